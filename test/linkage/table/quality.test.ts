import fc from 'fast-check'
import { expect, test } from 'vitest'
import { probabilityOf } from '../../../linkage/table/kernel/weights.ts'
import {
  blockingRecall,
  precisionRecall,
  qualityOfClusters,
  qualityOfLinks,
  reliability,
} from '../../../linkage/table/quality.ts'

const numbers = (...values: number[]) => Int32Array.from(values)

test('pairs within clusters are counted once each', () => {
  // Found: 01 02 12 34. True: 01, 34, 35, 45.
  const quality = qualityOfClusters(numbers(0, 0, 0, 3, 3, 5), numbers(7, 7, 8, 9, 9, 9))
  expect(quality).toMatchObject({ truePairs: 4, foundPairs: 4, correct: 2, precision: 0.5, recall: 0.5, f1: 0.5 })
})

test('a record without a truth counts neither for nor against', () => {
  const quality = qualityOfClusters(numbers(0, 0, 0), numbers(1, 1, -1))
  expect(quality).toMatchObject({ truePairs: 1, foundPairs: 1, correct: 1 })
})

test('where nothing was found or nothing is to be found, the share is not known rather than 0 or 1', () => {
  expect(qualityOfClusters(numbers(0, 1), numbers(1, 2))).toMatchObject({ precision: undefined, recall: undefined })
  expect(qualityOfClusters(numbers(0, 1), numbers(1, 1))).toMatchObject({ precision: undefined, recall: 0, f1: 0 })
})

test('counting by contingency gives what counting pair by pair gives', () => {
  const labels = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: -1, max: 5 })), { maxLength: 30 })
  fc.assert(
    fc.property(labels, (records) => {
      const count = { truePairs: 0, foundPairs: 0, correct: 0 }
      for (const [at, [cluster, person]] of records.entries())
        for (const [otherCluster, otherPerson] of records.slice(at + 1)) {
          if (person < 0 || otherPerson < 0) continue
          if (person === otherPerson) count.truePairs += 1
          if (cluster === otherCluster) count.foundPairs += 1
          if (person === otherPerson && cluster === otherCluster) count.correct += 1
        }
      const clusters = numbers(...records.map(([cluster]) => cluster))
      expect(qualityOfClusters(clusters, numbers(...records.map(([, person]) => person)))).toMatchObject(count)
    }),
  )
})

test('between two lists only pairs across them count as true', () => {
  const truth = numbers(1, 1, 2, 1, 2)
  const source = numbers(1, 1, 1, 2, 2)
  // True across: 0-3, 1-3, 2-4. Found: 0-3, and 1-4, which is wrong.
  expect(qualityOfLinks({ a: numbers(0, 1), b: numbers(3, 4) }, truth, source)).toMatchObject({
    truePairs: 3,
    foundPairs: 2,
    correct: 1,
  })
})

test('blocking recall is the share of true pairs that share a key', () => {
  const shared = (a: number, b: number) => (b - a === 1 ? (a === 0 ? [0, 1] : [1]) : [])
  expect(blockingRecall(numbers(5, 5, 5, 6, 6), 2, shared)).toEqual({
    truePairs: 4,
    candidates: 3,
    recall: 0.75,
    byKey: [1, 3],
  })
  const across = blockingRecall(numbers(5, 5, 5), 2, shared, numbers(1, 1, 2))
  expect(across).toMatchObject({ truePairs: 2, candidates: 1 })
})

const scored = { a: numbers(0, 0, 1, 2), b: numbers(1, 2, 2, 3), weight: Float32Array.of(10, 0, 0, -3) }

test('reliability sets what was said beside what came true', () => {
  const bins = reliability(scored, numbers(1, 1, 1, 2))
  expect(bins.map(({ pairs, correct }) => [pairs, correct])).toEqual([
    [1, 0],
    [2, 2],
    [1, 1],
  ])
  expect(bins[1]).toMatchObject({ from: 0.5, to: 0.6, said: 0.5, true: 1 })
})

test('pairs of one weight enter the precision-recall curve together', () => {
  const curve = precisionRecall(scored, numbers(1, 1, 1, 2), 4)
  expect(curve.map(({ precision, recall }) => [precision, recall])).toEqual([
    [1, 0.25],
    [1, 0.75],
    [0.75, 0.75],
  ])
})

test('weight 0 is one half, and each bit doubles the odds', () => {
  expect(probabilityOf(0)).toBe(0.5)
  expect(probabilityOf(2)).toBeCloseTo(0.8)
})
