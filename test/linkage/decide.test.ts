import { expect, test } from 'vitest'
import type { Part } from '../../linkage/compare.ts'
import { decide } from '../../linkage/decide.ts'
import { defaultModel } from '../../linkage/model.ts'

const part = (on: string, level: string, weight: number): Part => ({ on, level, weight })
const nothing = [part('name', 'missing', 0)]

test('the weight is the prior and the sum of the parts, and the probability follows from it', () => {
  const parts = [part('name', 'same-3', 15), part('identifier:national-id', 'exact', 22)]
  const decision = decide(defaultModel, parts)
  expect(decision.weight).toBeCloseTo(defaultModel.priorWeight + 37)
  expect(decision.probability).toBeCloseTo(1 / (1 + 2 ** -decision.weight))
  expect(decision).toMatchObject({ outcome: 'link', parts, model: defaultModel.version, guards: [] })
})

test('without evidence the probability is the prior', () => {
  expect(decide(defaultModel, nothing).probability).toBeCloseTo(defaultModel.prior, 12)
})

test('each threshold is the first probability that counts', () => {
  const model = { ...defaultModel, guards: [] }
  const bitsTo = (probability: number) => [
    part('name', 'x', Math.log2(probability / (1 - probability)) - model.priorWeight),
  ]
  expect(decide(model, bitsTo(0.9901)).outcome).toBe('link')
  expect(decide(model, bitsTo(0.9899)).outcome).toBe('review')
  expect(decide(model, bitsTo(0.1001)).outcome).toBe('review')
  expect(decide(model, bitsTo(0.0999)).outcome).toBe('distinct')
})

test('a guard lowers what goes too far and lifts what falls too low, and says so', () => {
  expect(decide(defaultModel, [part('name', 'different', 90), part('identifier:passport', 'exact', 9)])).toMatchObject({
    outcome: 'review',
    guards: ['names-differ'],
  })
  expect(
    decide(defaultModel, [part('name', 'different', -90), part('identifier:passport', 'exact', 22)]),
  ).toMatchObject({
    outcome: 'review',
    guards: ['shared-identifier'],
  })
})
