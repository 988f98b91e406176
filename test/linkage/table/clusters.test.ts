import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clusterRows, type Lists } from '../../../linkage/table/clusters.ts'
import type { Scorer } from '../../../linkage/table/kernel/scorer.ts'
import type { Links } from '../../../linkage/table/linked.ts'

type Pair = readonly [a: number, b: number, weight: number]

const linksOf = (pairs: readonly Pair[]): Links => ({
  a: Int32Array.from(pairs, ([a]) => a),
  b: Int32Array.from(pairs, ([, b]) => b),
  weight: Float32Array.from(pairs, ([, , weight]) => weight),
})

/** Weighs pairs as they are listed, and others as far from one person. */
function scorerOf(pairs: readonly Pair[]): Scorer {
  const known = new Map(
    pairs.flatMap(([a, b, weight]) => [[`${a}-${b}`, weight] as const, [`${b}-${a}`, weight] as const]),
  )
  return {
    weigh: (a, b) => known.get(`${a}-${b}`) ?? -30,
    levels: () => undefined,
    related: () => 0,
    part: () => 0,
  }
}

const cluster = (size: number, pairs: readonly Pair[], lists?: Lists): number[] =>
  Array.from(clusterRows(size, linksOf(pairs), 0, scorerOf(pairs), lists))

test('rows without a link stand alone', () => {
  expect(cluster(3, [])).toEqual([0, 1, 2])
  expect(cluster(3, [[0, 2, -1]])).toEqual([0, 1, 2])
})

test('a cluster bears the number of its lowest row', () => {
  expect(
    cluster(5, [
      [3, 4, 9],
      [1, 4, 8],
      [1, 3, 8],
    ]),
  ).toEqual([0, 1, 2, 1, 1])
})

test('two groups that one mistaken link joins stay two', () => {
  const bridged: Pair[] = [
    [0, 1, 12],
    [0, 2, 12],
    [1, 2, 12],
    [3, 4, 12],
    [3, 5, 12],
    [4, 5, 12],
    [2, 3, 3],
  ]
  expect(cluster(6, bridged)).toEqual([0, 0, 0, 3, 3, 3])
})

test('a record that hangs together with one only through a third joins when the third is sure of both', () => {
  const chained: Pair[] = [
    [0, 1, 8],
    [1, 2, 7],
  ]
  expect(cluster(3, chained)).toEqual([0, 0, 0])
  expect(cluster(4, [...chained, [2, 3, 6]])).toEqual([0, 0, 0, 3])
})

test('the surest links are taken first, so a weaker claim on a record comes too late', () => {
  const claims: Pair[] = [
    [0, 2, 3],
    [1, 2, 9],
  ]
  const source = Int32Array.from([1, 1, 2])
  expect(cluster(3, claims, { source, each: 'one-to-one' })).toEqual([0, 1, 1])
})

describe('two clean lists', () => {
  const source = Int32Array.from([1, 1, 2, 2, 2])
  const pairs: Pair[] = [
    [0, 2, 9],
    [0, 3, 8],
    [1, 3, 7],
    [1, 4, 6],
  ]

  test('one to one: a record has at most one counterpart', () => {
    expect(cluster(5, pairs, { source, each: 'one-to-one' })).toEqual([0, 1, 0, 1, 4])
  })

  test('one to many: a record of the first list has several, one of the second only one', () => {
    expect(cluster(5, pairs, { source, each: 'one-to-many' })).toEqual([0, 1, 0, 0, 1])
  })

  test('the first list is the one that the table begins with, also where the lists are mixed', () => {
    const mixed = Int32Array.from([7, 2, 7, 2])
    const both: Pair[] = [
      [1, 2, 9],
      [2, 3, 8],
    ]
    expect(cluster(4, both, { source: mixed, each: 'one-to-many' })).toEqual([0, 1, 1, 1])
    expect(
      cluster(
        4,
        [
          [0, 1, 9],
          [1, 2, 8],
        ],
        { source: mixed, each: 'one-to-many' },
      ),
    ).toEqual([0, 0, 2, 3])
  })

  test('whatever the links, no cluster holds more than its lists allow', () => {
    const pair = fc.tuple(fc.nat(9), fc.nat(9), fc.integer({ min: 1, max: 50 }))
    fc.assert(
      fc.property(fc.array(pair, { maxLength: 30 }), fc.constantFrom('one-to-one', 'one-to-many'), (drawn, each) => {
        const lists = Int32Array.from({ length: 20 }, (_, row) => (row < 10 ? 1 : 2))
        const found = cluster(
          20,
          drawn.map(([a, b, weight]) => [a, b + 10, weight] as const),
          { source: lists, each },
        )
        for (const root of new Set(found)) {
          const rows = [...found.keys()].filter((row) => found[row] === root)
          if (rows.length === 1) continue
          expect(rows.filter((row) => row < 10).length).toBe(1)
          if (each === 'one-to-one') expect(rows.length).toBe(2)
        }
      }),
    )
  })
})

const drawn = fc.uniqueArray(fc.tuple(fc.nat(8), fc.nat(8)), {
  selector: ([a, b]) => `${Math.min(a, b)}-${Math.max(a, b)}`,
  maxLength: 25,
})

test('the order in which links and rows come does not matter', () => {
  const rows = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8], { minLength: 9 })
  fc.assert(
    fc.property(drawn, rows, fc.infiniteStream(fc.nat(1000)), (found, place, random) => {
      const pairs = found
        .filter(([a, b]) => a !== b)
        .map(([a, b], i) => [Math.min(a, b), Math.max(a, b), 0.5 + ((i * 7) % 25) / 3] as const)
      const first = cluster(9, pairs)
      const shuffled = pairs
        .map((pair) => [pair, random.next().value] as const)
        .sort(([, x], [, y]) => x - y)
        .map(([pair]) => pair)
      expect(cluster(9, shuffled)).toEqual(first)
      const moved = cluster(
        9,
        shuffled.map(([a, b, weight]) => {
          const [x, y] = [place[a] ?? 0, place[b] ?? 0]
          return [Math.min(x, y), Math.max(x, y), weight] as const
        }),
      )
      for (let a = 0; a < 9; a += 1)
        for (let b = 0; b < 9; b += 1) expect(moved[place[a] ?? 0] === moved[place[b] ?? 0]).toBe(first[a] === first[b])
    }),
  )
})

test('rows of one cluster hang together by links, and its number is one of its rows', () => {
  fc.assert(
    fc.property(drawn, (found) => {
      const pairs = found.filter(([a, b]) => a !== b).map(([a, b], i) => [a, b, 1 + i] as const)
      const clusters = cluster(9, pairs)
      for (const [row, root] of clusters.entries()) {
        expect(clusters[root]).toBe(root)
        expect(root).toBeLessThanOrEqual(row)
        if (root !== row)
          expect(pairs.some(([a, b]) => (a === row || b === row) && clusters[a] === clusters[b])).toBe(true)
      }
    }),
  )
})
