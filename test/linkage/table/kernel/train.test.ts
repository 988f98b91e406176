import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergePatterns, noWorth, type Patterns } from '../../../../linkage/table/kernel/count.ts'
import type { Beliefs, Learnt } from '../../../../linkage/table/kernel/shares.ts'
import { learn } from '../../../../linkage/table/kernel/train.ts'
import { groups } from '../../../../linkage/table/roles.ts'
import { makeRandom } from '../tables.ts'

/** Patterns of levels, a pair each; nothing is known of rarity. */
function patternsOf(pairs: readonly (readonly number[])[], width: number): Patterns {
  const levels = Int8Array.from(pairs.flatMap((pair) => [...pair, 0]))
  const count = new Float64Array(pairs.length).fill(1)
  return {
    keys: pairs.map((pair) => pair.join(' ')),
    levels,
    width,
    bits: new Int32Array(pairs.length * groups.length),
    count,
    worth: noWorth(width),
  }
}

const merged = (pairs: readonly (readonly number[])[], width: number): Patterns =>
  mergePatterns([patternsOf(pairs, width)], 1)

test('patterns counted in any number of parts are the same when put together', () => {
  const pair = fc.array(fc.integer({ min: -1, max: 2 }), { minLength: 3, maxLength: 3 })
  fc.assert(
    fc.property(fc.array(pair, { maxLength: 40 }), fc.array(fc.nat(39), { maxLength: 5 }), (pairs, cuts) => {
      const at = [0, ...cuts.sort((a, b) => a - b), pairs.length]
      const parts = at.slice(1).map((to, i) => patternsOf(pairs.slice(at[i], to), 3))
      expect(mergePatterns(parts, 2)).toEqual(mergePatterns([patternsOf(pairs, 3)], 2))
    }),
  )
})

test('each pattern stands once, with all its pairs, each for as many as it was drawn for', () => {
  const { count, levels } = mergePatterns([patternsOf([[0], [1], [0]], 1), patternsOf([[0]], 1)], 10)
  expect([...count]).toEqual([30, 10])
  expect([...levels]).toEqual([0, 0, 1, 0])
})

/** The fields of the simulated pairs: five of a person's own, one that a household shares, one of a place. */
const m = [
  [0.9, 0.06, 0.04],
  [0.85, 0.1, 0.05],
  [0.8, 0.15, 0.05],
  [0.92, 0.05, 0.03],
  [0.7, 0.2, 0.1],
  [0.95, 0.05],
]
const u = [
  [0.01, 0.02, 0.97],
  [0.005, 0.01, 0.985],
  [0.02, 0.03, 0.95],
  [0.001, 0.004, 0.995],
  [0.01, 0.02, 0.97],
  [0.1, 0.9],
]
const isOfHousehold = [false, false, false, false, true, true]
const isOfPlace = [false, false, false, false, false, true]

const beliefs: Beliefs = {
  m: m.map((levels) => (levels.length === 2 ? [0.9, 0.1] : [0.75, 0.15, 0.1])),
  u: u.map((levels) => (levels.length === 2 ? [0.2, 0.8] : [0.02, 0.02, 0.96])),
  strength: 20,
  swap: 0.01,
  exact: u.map(([exact = 0]) => exact),
  drawn: u.map(() => false),
  leastChance: u.map(() => 0),
  shared: [isOfHousehold, isOfPlace, m.map(() => false)],
  mostRelated: [],
  mostAlike: m.map((_, k) => (isOfHousehold[k] ? [1, 1, 1] : [0.05, 0.05, 0.05])),
  maybeFamilys: m.map(() => false),
  mostApart: m.map(() => 0.9),
  setM: m.map(() => []),
  setU: m.map(() => []),
  apartLevels: m.map(() => 1),
  relatives: m.map(() => undefined),
}

function draw(shares: readonly number[], random: () => number): number {
  let left = random()
  for (const [level, share] of shares.entries()) {
    left -= share
    if (left < 0) return level
  }
  return shares.length - 1
}

/** So many pairs of one person, of one household and of strangers: of those that agree in something the patterns, as blocking leaves them. */
function simulate(
  matches: number,
  household: number,
  strangers: number,
  {
    of: truly = m,
    home = m.map((of, k) => (isOfHousehold[k] ? of : u[k]) ?? []),
    ...others
  }: Partial<Beliefs> & Partial<Record<'of' | 'home', readonly (readonly number[])[]>> = {},
): Learnt {
  const random = makeRandom(7)
  const pairOf = (shares: readonly (readonly number[])[]): number[] => shares.map((of) => draw(of, random))
  const all = Array.from({ length: matches + household + strangers }, (_, at) =>
    pairOf(at < matches ? truly : at < matches + household ? home : u),
  )
  const candidates = all.filter((pair) => pair.some((level) => level === 0))
  const drawn = Array.from({ length: 40_000 }, () => all[Math.floor(random() * all.length)] ?? [])
  const exact = m.map((_, k) => all.filter((pair) => pair[k] === 0).length / all.length)
  return learn(merged(candidates, 6), merged(drawn, 6), all.length, { ...beliefs, exact, ...others }, 300)
}

const farthest = (found: readonly (Float64Array | readonly number[])[], expected: readonly (readonly number[])[]) =>
  Math.max(...expected.flatMap((levels, k) => levels.map((share, at) => Math.abs(share - (found[k]?.[at] ?? 9)))))

describe('how often one person’s records disagree altogether in a field', () => {
  const often = [[0.5, 0.14, 0.36], ...m.slice(1)]

  test.each([
    ['hardly ever', m, 0.04],
    ['often', often, 0.36],
  ])('shows in the pairs that are sure without it, whatever was believed: %s', (_, of, share) => {
    const learnt = simulate(2000, 0, 200_000, { of, mostApart: [0.15, ...m.slice(1).map(() => 0.9)] })
    expect(Math.abs((learnt.m[0]?.[2] ?? 0) - share)).toBeLessThan(0.03)
  })
})

describe('a number that may be a family’s', () => {
  const maybe = m.map((_, k) => k === 3)
  const mostAlike = m.map((_, k) => (k === 3 || isOfHousehold[k] ? [1, 1, 1] : [0.05, 0.05, 0.05]))

  test.each([
    ['is one when people of a household share it', 0.95, 0.8, 1],
    ['is a person’s own when few do', 0.15, 0, 0.05],
  ])('%s', (_, share, least, most) => {
    const { related } = simulate(1500, 3000, 120_000, {
      home: m.map((of, k) => (k === 3 ? [share, 0, 1 - share] : ((isOfHousehold[k] ? of : u[k]) ?? []))),
      maybeFamilys: maybe,
      mostAlike,
    })
    expect(related[0]?.[3]?.[0]).toBeGreaterThan(least)
    expect(related[0]?.[3]?.[0]).toBeLessThan(most)
  })
})

describe('learning from patterns alone', () => {
  const learnt = simulate(2000, 0, 200_000)

  test('finds how often one person’s records agree, and how often two people’s', () => {
    expect(farthest(learnt.m, m)).toBeLessThan(0.03)
    expect(farthest(learnt.u, u)).toBeLessThan(0.01)
  })

  test('finds how many pairs are one person', () => {
    expect(learnt.matches).toBeGreaterThan(1900)
    expect(learnt.matches).toBeLessThan(2100)
    expect(learnt.lambda).toBeCloseTo(learnt.matches / 202_000, 12)
  })

  test('gives shares of which those of one comparison add up to one, and none is 0 or 1', () => {
    for (const shares of [learnt.m, learnt.u, ...learnt.related])
      for (const levels of shares) {
        expect(levels.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
        for (const share of levels) expect(share > 0 && share < 1).toBe(true)
      }
  })

  test('says when it has settled', () => {
    expect(learnt.converged).toBe(true)
    expect(learnt.iterations).toBeLessThan(80)
  })

  test('believes in no households where there are none', () => {
    expect((learnt.relatedShare[0] ?? 1) * 202_000).toBeLessThan(0.05 * learnt.matches)
  })

  test('comes out the same each time', () => {
    expect(simulate(2000, 0, 200_000)).toEqual(learnt)
  })
})

describe('two people of one household', () => {
  const learnt = simulate(1000, 5000, 200_000)

  test('are a class of their own', () => {
    expect((learnt.relatedShare[0] ?? 0) * 206_000).toBeGreaterThan(2000)
    expect((learnt.relatedShare[0] ?? 0) * 206_000).toBeLessThan(6500)
  })

  test('are not taken for one person', () => {
    expect(learnt.matches).toBeGreaterThan(900)
    expect(learnt.matches).toBeLessThan(1100)
    expect(farthest(learnt.m, m)).toBeLessThan(0.04)
  })

  test('share what households share, and agree in personal fields no more than strangers', () => {
    const household = learnt.related[0] ?? []
    expect(household[4]?.[0]).toBeGreaterThan(0.5)
    for (const k of [0, 1, 2, 3]) expect(household[k]?.[0]).toBeLessThan(0.05)
  })
})

describe('few or no data', () => {
  const few = (pairs: readonly (readonly number[])[], all: number, with_: Partial<Beliefs> = {}): Learnt =>
    learn(merged(pairs, 6), merged(pairs, 6), all, { ...beliefs, ...with_ }, 1)
  const one = [[0, 0, 0, 0, 0, 0]]

  test('leave the beliefs nearly as they are', () => {
    expect(farthest(few(one, 1).m, beliefs.m)).toBeLessThan(0.05)
    expect(farthest(few(one, 1).u, beliefs.u)).toBeLessThan(0.05)
  })

  test.each([
    ['no pair at all', [], 1],
    ['pairs of which nothing is known', [[-1, -1, -1, -1, -1, -1]], 3],
    ['pairs that all agree', new Array(50).fill([0, 0, 0, 0, 0, 0]), 50],
    ['pairs that all disagree', new Array(50).fill([2, 2, 2, 2, 2, 1]), 50],
  ])('%s give shares between 0 and 1', (_, pairs, all) => {
    const learnt = few(pairs, all)
    for (const shares of [learnt.m, learnt.u, ...learnt.related])
      for (const share of shares.flatMap((levels) => [...levels])) expect(share > 0 && share < 1).toBe(true)
    for (const number of [learnt.lambda, learnt.swap, ...learnt.relatedShare]) expect(number).toBeGreaterThan(0)
    expect(learnt.lambda).toBeLessThan(1)
  })

  test('a share set by hand stays, and the others of its comparison make up the rest', () => {
    const setM = beliefs.m.map((_, k) => (k === 0 ? [undefined, 0.2, undefined] : []))
    const setU = beliefs.u.map((_, k) => (k === 1 ? [0.3, undefined, undefined] : []))
    const { m: found, u: strangers } = few(new Array(50).fill([0, 0, 0, 0, 0, 0]), 50, { setM, setU })
    expect(found[0]?.[1]).toBe(0.2)
    expect(strangers[1]?.[0]).toBe(0.3)
    for (const shares of [found, strangers])
      for (const levels of shares) expect(levels.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
  })
})

describe('what is known of chance', () => {
  const pairs = Array.from({ length: 1000 }, (_, at) => (at < 200 ? [0, 0, 0, 0, 0, 0] : [2, 2, 2, 2, 2, 1]))
  const chanceOf = (with_: Partial<Beliefs>): number | undefined =>
    learn(merged(pairs, 6), merged(pairs, 6), 1000, { ...beliefs, exact: u.map(() => 0.2), ...with_ }, 100).u[0]?.[0]

  test('agreement that matches explain is no chance, but that of words drawn one by one stays', () => {
    expect(chanceOf({})).toBeLessThan(0.05)
    expect(chanceOf({ drawn: u.map((_, k) => k === 0) })).toBeGreaterThan(0.15)
  })

  test('two people agree at least as often as is believed', () => {
    expect(chanceOf({ leastChance: u.map(() => 0.1) })).toBeCloseTo(0.1, 9)
  })
})

test('what has not settled within the limit of iterations says so', () => {
  // Fields that tell one person from two so badly that the share of matches creeps.
  const weak = [0, 1, 2]
  const random = makeRandom(3)
  const pairs = Array.from({ length: 4000 }, () => weak.map(() => (random() < 0.27 ? 0 : 1)))
  const none = weak.map(() => [])
  const poor: Beliefs = {
    ...beliefs,
    m: weak.map(() => [0.4, 0.6]),
    u: weak.map(() => [0.25, 0.75]),
    exact: weak.map(() => 0.26),
    drawn: weak.map(() => false),
    leastChance: weak.map(() => 0),
    shared: [],
    setM: none,
    setU: none,
  }
  const { converged, iterations } = learn(merged(pairs, 3), merged(pairs, 3), 4000, poor, 50)
  expect({ converged, iterations }).toEqual({ converged: false, iterations: 80 })
})
