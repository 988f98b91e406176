import { expect, test } from 'vitest'
import { HubError } from '../../errors.ts'
import { defaultModelData } from '../../linkage/default-model.ts'
import { levels } from '../../linkage/levels.ts'
import { defaultModel, readModel } from '../../linkage/model.ts'

/** The model as JSON, with one value set at each path. */
function changed(changes: { [path: string]: unknown }): Record<string, unknown> {
  const model = structuredClone<Record<string, unknown>>({ ...defaultModelData })
  for (const [path, value] of Object.entries(changes)) {
    const steps = path.split('/')
    const last = steps.pop() ?? ''
    const holder = steps.reduce<Record<string, unknown>>((bag, step) => bag[step] as Record<string, unknown>, model)
    holder[last] = value
  }
  return model
}

const reasonsFor = (json: unknown) => {
  try {
    readModel(json)
  } catch (error) {
    if (error instanceof HubError) return error.reasons.map(({ pointer, rule }) => `${pointer} ${rule}`)
  }
  return []
}

test('the model that ships passes its own check, through JSON and back', () => {
  expect(readModel(JSON.parse(JSON.stringify(defaultModelData)))).toEqual(defaultModel)
})

test('the version changes with any number, and not with the order of the keys', () => {
  const other = readModel(changed({ 'comparisons/phone/same/m': 0.29 }))
  expect(other.version).not.toBe(defaultModel.version)
  const { guards, ...rest } = changed({})
  expect(readModel({ guards, ...rest }).version).toBe(defaultModel.version)
})

test('weights are log2(m/u), and a better level never weighs less', () => {
  expect(defaultModel.weights.sex.same).toBeCloseTo(Math.log2(0.99 / 0.5))
  for (const name of Object.keys(levels) as (keyof typeof levels)[]) {
    const weights = levels[name].map(
      (level) => (defaultModel.weights[name] as Record<string, number>)[level] ?? Number.NaN,
    )
    expect(weights).toEqual([...weights].sort((a, b) => b - a))
  }
})

test('every problem of a model is named at once', () => {
  const broken = changed({
    prior: 0,
    thresholds: { link: 0.5, review: 0.6 },
    'comparisons/sex/same/u': 0,
    'comparisons/shoe': {},
    'comparisons/phone/sometimes': { m: 0.1, u: 0.1 },
    'comparisons/locality/different': { m: 0.9, u: 0.001 },
    'guards/0/when': [{ on: 'shoe', in: [] }],
  })
  expect(reasonsFor(broken)).toEqual([
    '/prior range',
    '/thresholds range',
    '/comparisons/shoe unknown',
    '/comparisons/sex/same range',
    '/comparisons/phone/sometimes unknown',
    '/comparisons/locality/different order',
    '/comparisons/locality sum',
    '/guards/0 condition',
  ])
})

test.each([null, 'model', [], 7])('%j is no model', (json) => {
  expect(reasonsFor(json)).not.toEqual([])
})
