import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sharedInts, toShared } from '../../../../linkage/table/columns/shared.ts'
import type { Atom } from '../../../../linkage/table/kernel/atoms.ts'
import { type Blocks, makeBlocks, rangeBits, rangesOf } from '../../../../linkage/table/kernel/blocks.ts'
import type { KeyPlan } from '../../../../linkage/table/kernel/keys.ts'
import {
  allPairs,
  cutPairs,
  eachPair,
  higher,
  listPairs,
  lower,
  makeSharedKeys,
  othersEach,
  type Pairing,
  type Pairs,
  randomPairs,
  scramble,
  toCode,
} from '../../../../linkage/table/kernel/pairs.ts'

/** An atom whose value stands for itself, spread as a hash would be; 0 is missing. */
function atomOf(values: readonly number[]): Atom {
  const of = sharedInts(values.reduce((most, value) => Math.max(most, value), 0) + 1)
  for (let value = 1; value < of.length; value += 1) of[value] = Math.imul(value, 0x9e3779b1)
  return { codes: toShared(values), of }
}

const planOf = (slots: readonly (readonly number[])[][], refine: readonly (readonly number[])[] = []): KeyPlan => ({
  name: 'test',
  slots: slots.map((atoms) => atoms.map(atomOf)),
  refine: refine.map(atomOf),
})

const listed = (pairing: Pairing): Pairs[] =>
  Array.from({ length: rangesOf(pairing.size) }, (_, range) => listPairs(pairing, range))

function pairsOf(pairing: Pairing): string[] {
  const met: string[] = []
  for (const list of listed(pairing)) eachPair(list, list, (a, b) => met.push(`${a}-${b}`))
  return met
}

/** The rows that meet any other under a key. */
const meet = ({ start, lower, higher }: Blocks): Set<number> => {
  const rows = new Set<number>(higher)
  for (let range = 0; range + 1 < start.length; range += 1)
    for (const row of lower.subarray(start[range], start[range + 1])) rows.add((range << rangeBits) + row)
  return rows
}

const column = fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 12, maxLength: 12 })

test('two records meet exactly when all atoms of one slot are stated and equal', () => {
  fc.assert(
    fc.property(column, column, column, (one, two, three) => {
      const blocks = makeBlocks(planOf([[one, two], [three]]), 12, Number.POSITIVE_INFINITY)
      const met = new Set(pairsOf({ size: 12, keys: [blocks] }))
      for (let a = 0; a < 12; a += 1)
        for (let b = a + 1; b < 12; b += 1) {
          const isFirst = one[a] !== 0 && two[a] !== 0 && one[a] === one[b] && two[a] === two[b]
          const isSecond = three[a] !== 0 && three[a] === three[b]
          expect(met.has(`${a}-${b}`)).toBe(isFirst || isSecond)
        }
      expect(blocks.report).toMatchObject({ refined: 0, capped: 0 })
    }),
  )
})

test('a key whose order does not matter brings crosswise equal records together', () => {
  const plan = planOf([
    [
      [1, 2, 1],
      [2, 1, 1],
    ],
  ])
  expect(pairsOf({ size: 3, keys: [makeBlocks({ ...plan, unordered: true }, 3, 100)] })).toEqual(['0-1'])
  expect(pairsOf({ size: 3, keys: [makeBlocks(plan, 3, 100)] })).toEqual([])
})

test('a key counts as many pairs as it gives, and no pair twice within a slot', () => {
  fc.assert(
    fc.property(column, (values) => {
      const blocks = makeBlocks(planOf([[values]]), 12, Number.POSITIVE_INFINITY)
      const met = pairsOf({ size: 12, keys: [blocks] })
      expect(met.length).toBe(blocks.report.pairs)
      expect(new Set(met).size).toBe(met.length)
    }),
  )
})

test('a block beyond the budget is cut by the further atoms, and pairs that differ in them do not meet', () => {
  const size = 200
  const half = Array.from({ length: size }, (_, row) => 1 + (row % 2))
  const blocks = makeBlocks(planOf([[new Array<number>(size).fill(1)]], [half]), size, 12_000)
  expect(blocks.report).toMatchObject({ refined: 1, capped: 0, blocks: 2, pairs: 9900, largest: 100 })
  for (const pair of pairsOf({ size, keys: [blocks] })) {
    const [a = 0, b = 0] = pair.split('-').map(Number)
    expect(half[a]).toBe(half[b])
  }
})

test('a block that no atom can cut is capped: only neighbours meet, and every record still meets some', () => {
  const size = 230
  const same = new Array<number>(size).fill(1)
  const blocks = makeBlocks(planOf([[same]], [same]), size, 100)
  expect(blocks.report).toMatchObject({ refined: 1, capped: 1, largest: 50 })
  expect(meet(blocks).size).toBe(size)
})

test('the largest blocks are cut first, and the others are left whole once the budget is met', () => {
  const sizes = [60, 30, 20]
  const key = sizes.flatMap((size, index) => new Array<number>(size).fill(index + 1))
  const further = key.map((_, row) => 1 + (row % 4))
  const blocks = makeBlocks(planOf([[key]], [further]), key.length, 1100)
  expect(blocks.report).toMatchObject({ refined: 1, capped: 0, largest: 30 })
  expect(blocks.report.pairs).toBeLessThanOrEqual(1100)
})

test('a key stays within its budget unless nothing but blocks of neighbours is left', () => {
  const rows = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 300, maxLength: 300 })
  fc.assert(
    fc.property(rows, rows, fc.integer({ min: 10, max: 40_000 }), (key, further, budget) => {
      const blocks = makeBlocks(planOf([[key]], [further]), 300, budget)
      const { report } = blocks
      if (report.pairs > budget) expect(report.largest).toBeLessThanOrEqual(50)
      expect(new Set(pairsOf({ size: 300, keys: [blocks] })).size).toBe(report.pairs)
      if (report.refined + report.capped === 0) expect(meet(blocks).size).toBe(300)
    }),
    { numRuns: 60 },
  )
})

test('the keys that two records share are those under which they meet', () => {
  fc.assert(
    fc.property(column, column, column, (one, two, three) => {
      const keys = [[[one]], [[two, three]], [[three]]].map((slots) => makeBlocks(planOf(slots), 12, 1000))
      const shared = makeSharedKeys({ size: 12, keys })
      const met = keys.map((blocks) => new Set(pairsOf({ size: 12, keys: [blocks] })))
      for (let a = 0; a < 12; a += 1)
        for (let b = a + 1; b < 12; b += 1) {
          const expected = met.flatMap((pairs, key) => (pairs.has(`${a}-${b}`) ? [key] : []))
          expect(shared(a, b)).toEqual(expected)
          expect(shared(b, a)).toEqual(expected)
        }
    }),
  )
})

test('pairs are listed once, in order, with the first of their keys, and cut into parts that leave none out', () => {
  fc.assert(
    fc.property(column, column, fc.integer({ min: 1, max: 9 }), (one, two, most) => {
      const keys = [one, two].map((values) => makeBlocks(planOf([[values]]), 12, 1000))
      const expected: string[] = []
      for (let a = 0; a < 12; a += 1)
        for (let b = a + 1; b < 12; b += 1) {
          const shares = [one, two].findIndex((values) => values[a] !== 0 && values[a] === values[b])
          if (shares >= 0) expected.push(`${a}-${b} by ${shares}`)
        }
      const list = listPairs({ size: 12, keys }, 0)
      const found: string[] = []
      for (const range of cutPairs(list, most))
        eachPair(list, range, (a, b, at) => found.push(`${a}-${b} by ${list.keys[at]}`))
      expect(found).toEqual(expected)
    }),
  )
})

test('of many records, pairs meet by the same rule in every range of rows', () => {
  const size = 3 * 2 ** rangeBits + 5
  const rows = Array.from({ length: size }, (_, row) => row)
  // Partners stand half a table apart, in other ranges; every fourth row is of a block of four.
  const half = size >> 1
  const values = [rows.map((row) => 1 + (row % half)), rows.map((row) => (row % 4 === 0 ? 1 + (row >> 4) : 0))]
  const keys = values.map((of) => makeBlocks(planOf([[of]]), size, 1e6))
  expect(keys[0]?.report.pairs).toBe(half + 2)
  const sharedKeys = makeSharedKeys({ size, keys })
  const lists = listed({ size, keys })
  expect(lists.map(({ from }) => from)).toEqual([0, 1, 2, 3].map((range) => range << rangeBits))
  let before = -1
  let met = 0
  for (const list of lists)
    eachPair(list, list, (a, b) => {
      const shared = values.flatMap((of, key) => (of[a] !== 0 && of[a] === of[b] ? [key] : []))
      if (shared.length === 0 || toCode(a, b) <= before) throw new Error(`${a}-${b} is out of place`)
      if (a % 1000 === 0) expect(sharedKeys(a, b)).toEqual(shared)
      before = toCode(a, b)
      met += 1
    })
  expect(met).toBe(keys.reduce((sum, { report }) => sum + report.pairs, 0))
})

test('long lists of partners are sorted like short ones', () => {
  const size = 300
  const rows = Array.from({ length: size }, (_, row) => row)
  const values = [rows.map((row) => 1 + (row % 2)), rows.map((row) => 1 + (row % 3))]
  const keys = values.map((of) => makeBlocks(planOf([[of]]), size, 1e6))
  const expected = rows.flatMap((a) =>
    rows.slice(a + 1).flatMap((b) => (values.some((of) => of[a] === of[b]) ? [`${a}-${b}`] : [])),
  )
  expect(pairsOf({ size, keys })).toEqual(expected)
})

describe('where one key alone is not enough', () => {
  const size = 400
  const rows = Array.from({ length: size }, (_, row) => row)
  const values = [
    rows.map((row) => 1 + (row >> 3)),
    rows.map((row) => 1 + (row >> 1)),
    rows.map((row) => 1 + (row % 40)),
  ]
  const keys = values.map((of) => makeBlocks(planOf([[of]]), size, 1e6))
  const enough = [false, true, false]
  const shared = (a: number, b: number): number[] => values.flatMap((of, key) => (of[a] === of[b] ? [key] : []))
  const isListed = (a: number, b: number): boolean => shared(a, b).length > 1 || shared(a, b).some((key) => enough[key])

  test('pairs that share no second one are left out', () => {
    const expected = rows.flatMap((a) => rows.slice(a + 1).flatMap((b) => (isListed(a, b) ? [`${a}-${b}`] : [])))
    expect(expected.length).toBeGreaterThan(100)
    expect(pairsOf({ size, keys, enough })).toEqual(expected)
  })

  test('a sample of them is there for training', () => {
    const left = rows.flatMap((a) =>
      rows.slice(a + 1).flatMap((b) => (shared(a, b).length > 0 && !isListed(a, b) ? [toCode(a, b)] : [])),
    )
    const sampled = left.filter((pair) => scramble(lower(pair), higher(pair)) % othersEach === 0)
    expect(sampled.length).toBeGreaterThan(50)
    expect([...listPairs({ size, keys, enough }, 0).others]).toEqual(sampled)
  })

  test('no key is said to have brought them together', () => {
    const sharedKeys = makeSharedKeys({ size, keys, enough })
    for (const a of rows.slice(0, 60))
      for (const b of rows.slice(a + 1, 90)) expect(sharedKeys(a, b)).toEqual(isListed(a, b) ? shared(a, b) : [])
  })
})

test('a pair is one number, from which both rows come back', () => {
  const row = fc.integer({ min: 0, max: 2 ** 26 - 1 })
  fc.assert(
    fc.property(row, row, (a, b) => {
      expect([lower(toCode(a, b)), higher(toCode(a, b))]).toEqual([a, b])
    }),
  )
})

test('when two clean lists are linked, pairs within a list are never met, drawn or counted', () => {
  const source = fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 12, maxLength: 12 })
  fc.assert(
    fc.property(column, source, fc.boolean(), (values, lists, everyPair) => {
      const keys = [makeBlocks(planOf([[values]]), 12, 1000)]
      const pairing: Pairing = { size: 12, keys, source: toShared(lists) }
      const isAcross = (a: number, b: number): boolean => lists[a] !== lists[b]
      for (const pair of pairsOf(pairing)) {
        const [a = 0, b = 0] = pair.split('-').map(Number)
        expect(isAcross(a, b)).toBe(true)
      }
      const drawn = randomPairs(pairing, everyPair ? 1000 : 40)
      for (const pair of drawn) expect(isAcross(lower(pair), higher(pair))).toBe(true)
      const first = lists.filter((list) => list === 1).length
      expect(allPairs(pairing)).toBe(first * (12 - first))
      if (everyPair) expect(drawn.length).toBe(first * (12 - first))
    }),
  )
})

test('random pairs are rows of the table, the lower one first, and the same each time', () => {
  const pairing = { size: 5000 }
  const drawn = randomPairs(pairing, 20_000)
  expect(drawn.length).toBeGreaterThan(19_900)
  for (const pair of drawn) expect(lower(pair) < higher(pair) && higher(pair) < 5000).toBe(true)
  expect(randomPairs(pairing, 20_000)).toEqual(drawn)
  expect(new Set(drawn).size).toBeGreaterThan(19_900)
})

test('random pairs take in all parts of the table about equally', () => {
  const tenths = new Array<number>(10).fill(0)
  for (const pair of randomPairs({ size: 5000 }, 20_000))
    for (const row of [lower(pair), higher(pair)])
      tenths[Math.floor(row / 500)] = (tenths[Math.floor(row / 500)] ?? 0) + 1
  for (const rows of tenths) expect(Math.abs(rows - 4000)).toBeLessThan(300)
})

test('a table with no more pairs than are asked for gives each of them once', () => {
  const drawn = randomPairs({ size: 40 }, 1000)
  expect(drawn.length).toBe(780)
  expect(new Set(drawn).size).toBe(780)
})
