import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { usualMOf, usualSwap, usualU } from '../../../../linkage/table/beliefs.ts'
import { comparedOf, encode } from '../../../../linkage/table/columns/encode.ts'
import { levelsOf } from '../../../../linkage/table/columns/features.ts'
import { toShared } from '../../../../linkage/table/columns/shared.ts'
import { explainPair } from '../../../../linkage/table/explanation.ts'
import { givenUp, makeScorer } from '../../../../linkage/table/kernel/scorer.ts'
import { termOf } from '../../../../linkage/table/kernel/weights.ts'
import type { TableModel } from '../../../../linkage/table/model.ts'
import { weightsFrom } from '../../../../linkage/table/training.ts'
import { columnsOf, type Fields, tableOf } from '../tables.ts'

/** A scorer with the usual shares; `typical` is what words agreed on are worth on average. */
function setUp(fields: Fields, typical = 4, known: (field: string) => boolean = () => true, termFrequency = true) {
  const table = tableOf(fields)
  const columns = encode(table)
  const codes = Array.from({ length: table.size }, (_, row) => columns.map((one) => one.codes[row] ?? 0))
  const rows = { codes: toShared(codes.flat()), stride: columns.length }
  const terms = columns.map(termOf)
  const encoded = columns.map(comparedOf)
  const comparisons = encoded
    .filter(({ name }) => known(name))
    .map(({ name, features }) => ({
      name,
      levels: levelsOf[features.kind].map((level, at, all) => {
        const [m, u] = [usualMOf(name, features.kind)[at] ?? 0, usualU[features.kind][at] ?? 0]
        const related = 0.5 * m + 0.5 * u
        const isMiddle = at > 0 && at < all.length - 1
        return {
          name: level,
          m,
          u,
          typical: isMiddle ? typical : 0,
          household: related,
          place: u,
          namesakes: u,
          twins: u,
        }
      }),
      termFrequency,
    }))
  const model: TableModel = {
    version: 'test',
    prior: 0.001,
    household: 0.0001,
    place: 0.01,
    namesakes: 0.0001,
    twins: 0.0001,
    swap: usualSwap,
    comparisons,
  }
  const weights = weightsFrom(model, encoded, terms)
  return { scorer: makeScorer(rows, weights), explain: explainPair.bind(undefined, encoded, rows, weights) }
}

const name = fc.constantFrom(
  'Grace',
  'Gracie',
  'Grcae',
  'Peter',
  'P',
  'Otieno',
  'Atieno',
  'Mary Jane',
  'Jane',
  'Kamau',
  '',
)
const record = fc.record({
  givenName: name,
  familyName: name,
  relatedName: fc.constantFrom('Grace Otieno', 'Otieno Grace', 'Grace Peter Kamau', 'Jane', ''),
  birthDate: fc.constantFrom('1990-04-03', '1990-03-04', '1990', '1990-04-08', '1970-12-17', '1990-01-01', ''),
  sex: fc.constantFrom('m', 'f', ''),
  phone: fc.constantFrom('712345678', '712345687', '799887766', ''),
  nationalId: fc.constantFrom('12345678', '12345687', '99988877', ''),
  email: fc.constantFrom('grace@a.org', 'grace@b.org', 'peter@a.org', ''),
  address: fc.constantFrom('12 Market Street', 'Market Street', '7 Ocean Lane', ''),
  postcode: fc.constantFrom('40100', '40101', '80100', ''),
})
const fullRecord = fc.record({
  fullName: fc.constantFrom(
    'Grace Otieno',
    'Otieno Grace',
    'Grace A Otieno',
    'Grace',
    'Peter Otieno',
    'Jane Kamau',
    '',
  ),
  birthDate: fc.constantFrom('1990-04-03', '1990-03-04', '1970-12-17', ''),
  nationalId: fc.constantFrom('12345678', '12345687', '99988877', ''),
})
const tables = fc.oneof(
  fc.array(record, { minLength: 2, maxLength: 6 }).map(columnsOf),
  fc.array(fullRecord, { minLength: 2, maxLength: 6 }).map(columnsOf),
)
const typicals = fc.constantFrom(-3, 0, 4, 9)
/** Bounds are kept in 32 bits. */
const rounding = 1e-4

/** Calls `visit` with all ordered pairs of rows. */
function eachTwo(fields: Fields, visit: (a: number, b: number) => void): void {
  const size = Object.values(fields)[0]?.length ?? 0
  for (let a = 0; a < size; a += 1) for (let b = 0; b < size; b += 1) if (a !== b) visit(a, b)
}

test('a pair is given up only when it weighs less than the least asked for; else it weighs what it weighs', () => {
  fc.assert(
    fc.property(tables, typicals, fc.double({ min: -60, max: 60, noNaN: true }), (fields, typical, least) => {
      const { weigh } = setUp(fields, typical).scorer
      eachTwo(fields, (a, b) => {
        const whole = weigh(a, b, Number.NEGATIVE_INFINITY)
        const found = weigh(a, b, least)
        if (found === givenUp) expect(whole).toBeLessThan(least + rounding)
        else expect(found).toBe(whole)
        // Also with the bound right at the weight, where an exit too early would show first.
        expect(weigh(a, b, whole - rounding)).toBe(whole)
        expect(weigh(a, b, whole + rounding)).toBe(givenUp)
      })
    }),
    { numRuns: 150 },
  )
})

test('two records weigh the same either way round', () => {
  fc.assert(
    fc.property(tables, typicals, (fields, typical) => {
      const { weigh } = setUp(fields, typical).scorer
      eachTwo(fields, (a, b) => {
        expect(weigh(a, b, givenUp)).toBeCloseTo(weigh(b, a, givenUp), 9)
      })
    }),
    { numRuns: 150 },
  )
})

test('an explanation adds up: prior, parts and what related people cost are the weight', () => {
  fc.assert(
    fc.property(tables, typicals, (fields, typical) => {
      const { explain, scorer } = setUp(fields, typical)
      eachTwo(fields, (a, b) => {
        const { prior, parts, related, weight } = explain(a, b)
        const sum = parts.reduce((total, part) => total + part.weight, prior + related)
        expect(weight).toBe(scorer.weigh(a, b, givenUp))
        expect(sum).toBeCloseTo(weight, 6)
      })
    }),
    { numRuns: 150 },
  )
})

const others = Array.from({ length: 20 }, (_, row) => ({
  givenName: ['Peter', 'Jane', 'Mary', 'Kamau'][row % 4] ?? '',
  familyName: ['Mwangi', 'Hassan', 'Omondi', 'Njoroge', 'Kiptoo'][row % 5] ?? '',
  birthDate: `19${50 + row}-06-1${row % 9}`,
}))
const withOthers = (...records: (typeof others)[number][]): Fields => columnsOf([...records, ...others])

describe('swapped names', () => {
  const grace = { givenName: 'Grace', familyName: 'Odhiambo', birthDate: '1990-04-03' }
  const swapped = { ...grace, givenName: 'Odhiambo', familyName: 'Grace' }

  test('are found, and weigh nearly as much as names in their places', () => {
    const { explain } = setUp(withOthers(grace, grace, swapped))
    expect(explain(0, 1).swapped).toBe(false)
    expect(explain(0, 2).swapped).toBe(true)
    expect(explain(0, 2).weight).toBeGreaterThan(explain(0, 1).weight - 10)
    expect(explain(0, 2).weight).toBeLessThan(explain(0, 1).weight)
  })

  test('are found when one of them is spelt otherwise', () => {
    const { explain } = setUp(withOthers(grace, { ...swapped, givenName: 'Odhiambbo' }))
    expect(explain(0, 1)).toMatchObject({ swapped: true })
  })

  test('are not seen in names that agree where they stand', () => {
    const { explain } = setUp(withOthers(grace, { ...grace, familyName: 'Grace' }))
    expect(explain(0, 1).swapped).toBe(false)
  })
})

test('agreeing on a rare value weighs more than on a common one', () => {
  const fields = { familyName: ['Kamau', 'Kamau', 'Odhiambo', 'Odhiambo', ...new Array<string>(20).fill('Kamau')] }
  const { weigh } = setUp(fields).scorer
  expect(weigh(2, 3, givenUp)).toBeGreaterThan(weigh(0, 1, givenUp) + 2)
})

test('where the model says that rare values count for no more, they do not', () => {
  const familyName = [
    'Kamau',
    'Kamau',
    'Odhiambo',
    'Odhiambo',
    'Kamao',
    'Odhiembo',
    ...new Array<string>(20).fill('Kamau'),
  ]
  const { weigh } = setUp({ familyName }, 4, undefined, false).scorer
  expect(weigh(2, 3, givenUp)).toBe(weigh(0, 1, givenUp))
  expect(weigh(2, 5, givenUp)).toBe(weigh(0, 4, givenUp))
})

test('what is missing on a side weighs nothing', () => {
  const fields = { givenName: ['Grace', 'Grace', 'Peter'], phone: ['', '712345678', ''] }
  const { explain } = setUp(fields)
  expect(explain(0, 1).parts).toContainEqual({ on: 'phone', level: 'missing', weight: 0 })
})

test('another given name and another number of one’s own contradict, whatever else agrees', () => {
  const home = { familyName: 'Odhiambo', birthDate: '1990-04-03', phone: '712345678', postcode: '40100' }
  const twins = [
    { ...home, givenName: 'Grace', nationalId: '12345678' },
    { ...home, givenName: 'Peter', nationalId: '98761234' },
    { ...home, givenName: 'Peter', nationalId: '' },
  ]
  const { weigh, related } = setUp(columnsOf(twins)).scorer
  expect(related).toBeTypeOf('function')
  expect(weigh(0, 1, givenUp)).toBeLessThan(weigh(0, 2, givenUp) - 12)
})

test('a column that the model does not know weighs nothing and hides no pair', () => {
  const fields = columnsOf([
    { givenName: 'Grace', familyName: 'Odhiambo', birthDate: '1990-04-03', 'other:note': 'blue' },
    { givenName: 'Grace', familyName: 'Odhiambo', birthDate: '1990-04-03', 'other:note': 'yellow' },
    { givenName: 'Grace', familyName: 'Odhiambo', birthDate: '1990-04-03', 'other:note': 'blue' },
  ])
  const { weigh } = setUp(fields, 4, (field) => field !== 'other:note').scorer
  const weight = weigh(0, 1, givenUp)
  expect(weigh(0, 1, weight - 1)).toBe(weight)
  expect(weigh(0, 2, givenUp)).toBe(weight)
})

test('more than thirty-two columns are all weighed', () => {
  const many = Array.from({ length: 40 }, (_, i) => `other:column${i}`)
  const recordOf = (texts: readonly string[]) => Object.fromEntries(many.map((field, i) => [field, texts[i] ?? '']))
  const [apart, alike] = [many.map((_, i) => `left${i}`), many.map((_, i) => `right${i}`)]
  const { explain, scorer } = setUp(columnsOf([recordOf(apart), recordOf(alike), recordOf(apart)]))
  for (const other of [1, 2]) {
    const { parts, prior, related } = explain(0, other)
    expect(parts.length).toBe(40)
    const sum = parts.reduce((total, part) => total + part.weight, prior + related)
    expect(scorer.weigh(0, other, givenUp)).toBeCloseTo(sum, 6)
  }
})
