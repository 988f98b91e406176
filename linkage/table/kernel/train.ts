/**
 * Learns the weights without labels: expectation maximisation (Winkler 1988) on patterns of levels. How two people taken at random agree
 * (u) comes from random pairs. Among the pairs that share a key there are also two people of one household, or of one place: they agree in
 * more fields than chance has it, so they are classes of their own, or they would be taken for one person. A pair that shares no key counts
 * as two people at random, so one run over all keys takes the place of one run a key.
 */
import { groups, isShared, relations } from '../roles.ts'
import type { Patterns } from './count.ts'
import { expect } from './expect.ts'
import { relatedShares, startOf } from './relatives.ts'
import type { Beliefs, Learnt, Shares } from './shares.ts'

/** How many pairs of two people the beliefs about them are worth: a handful of records says little about what is rare. */
const strangersStrength = 300
const mostIterations = 80
const tolerance = 1e-4
/**
 * A relation is believed in when it explains more pairs than this share of the matches; else it would live on the odd matches that one
 * person's many mistakes make look like two people. Of twins there are fewer than of other relatives.
 */
const leastRelated: readonly number[] = relations.map((relation) => (relation === 'twins' ? 0.02 : 0.05))
/** `candidates` stand for all pairs that share a key, `random` for all pairs, `pairs` many. */
export function learn(
  candidates: Patterns,
  random: Patterns,
  pairs: number,
  beliefs: Beliefs,
  expected: number,
): Learnt {
  const rarity = rarityOf(candidates.bits, 1 + beliefs.shared.length)
  const all = countLevels(random, beliefs)
  const scale = pairs / Math.max(1, sum(random.count))
  const strangersOf = (counts: Shares): Float64Array[] =>
    sharesOf(counts, beliefs.u, strangersStrength).map((levels, k) => {
      const added = Math.max(0, (beliefs.leastChance[k] ?? 0) - (levels[0] ?? 0))
      const last = levels.length - 1
      const raised = levels.map((share, level) =>
        level === 0 ? share + added : level === last ? share - added : share,
      )
      return keep(raised, beliefs.setU[k] ?? [])
    })
  let u = strangersOf(all)
  let shares: Float64Array[][] = [
    beliefs.m.map((levels, k) => keep(Float64Array.from(levels), beliefs.setM[k] ?? [])),
    ...beliefs.shared.map((_, relation) => startOf(relation, beliefs, u)),
  ]
  // Where nothing is there to share, nobody is related.
  const { mostRelated } = beliefs
  let totals = [
    expected,
    ...beliefs.shared.map((shared, c) => (shared.includes(true) ? Math.min(mostRelated[c] ?? pairs, expected) : 1e-3)),
  ]
  let swap = beliefs.swap
  for (let iteration = 1; ; iteration += 1) {
    const weight = shares.map((one, index) => (index === 0 ? tables(one, u) : ratios(one, u)))
    const prior = totals.map((total) => Math.log2(Math.max(1e-9, total / pairs)))
    const { seen, sure, found, swapped } = expect(candidates, rarity, weight, prior, Math.log2(swap))
    const next = seen.map((counts, c) =>
      c === 0
        ? sharesOf(counts, beliefs.m, beliefs.strength).map((levels, k) =>
            keep(
              held(levels, mostApartOf(sure[k] ?? levels, k, beliefs), beliefs.apartLevels[k] ?? 1),
              beliefs.setM[k] ?? [],
            ),
          )
        : relatedShares(counts, shares, beliefs, c - 1, u),
    )
    const ofTwo = all.map((counts, k) =>
      counts.map((count, level) =>
        level === 0 && beliefs.drawn[k] ? count : Math.max(0, count - (seen[0]?.[k]?.[level] ?? 0) / scale),
      ),
    )
    u = strangersOf(ofTwo)
    const moved = Math.max(
      ...(next[0] ?? []).map((counts, k) => largestGap(counts, shares[0]?.[k])),
      Math.abs((totals[0] ?? 0) - (found[0] ?? 0)) / ((found[0] ?? 0) + 1),
    )
    shares = next
    swap = Math.min(0.2, (swapped + beliefs.strength * beliefs.swap) / ((found[0] ?? 0) + beliefs.strength))
    totals = Array.from(found, (total, c) =>
      c === 0
        ? Math.max(1, total)
        : Math.min(mostRelated[c - 1] ?? pairs, Math.max(1e-3, total - (leastRelated[c - 1] ?? 0) * (found[0] ?? 0))),
    )
    const converged = moved < tolerance
    if (!converged && iteration < mostIterations) continue
    const [m = [], ...related] = shares
    const [matches = 1, ...others] = totals
    const relatedShare = others.map((total) => total / pairs)
    return {
      m,
      u,
      related,
      relatedShare,
      swap,
      lambda: Math.min(0.5, matches / pairs),
      matches,
      iterations: iteration,
      converged,
    }
  }
}

const sum = (numbers: Float64Array): number => numbers.reduce((total, one) => total + one, 0)

/** By class: which groups of fields its pairs share, so that the rarity of their values counts. */
const counted = [
  groups.map(() => true),
  ...relations.map((relation) => groups.map((group) => isShared(relation, group))),
]

/** By pattern and class: two to the power of the bits of rarity that count. */
function rarityOf(bits: Int32Array, classes: number): Float64Array {
  const rarity = new Float64Array((bits.length / groups.length) * classes)
  for (let at = 0; at < rarity.length; at += 1) {
    const mine = counted[at % classes] ?? []
    const first = Math.floor(at / classes) * groups.length
    let sum = 0
    for (let group = 0; group < groups.length; group += 1) if (mine[group]) sum += bits[first + group] ?? 0
    rarity[at] = 2 ** sum
  }
  return rarity
}

/** Levels with some shares as they were set by hand; the others share what is left as they did. */
function keep(levels: Float64Array, set: readonly (number | undefined)[]): Float64Array {
  if (!set.some((share) => share !== undefined)) return levels
  const kept = set.reduce<number>((total, share) => total + (share ?? 0), 0)
  const free = levels.reduce((total, share, level) => total + (set[level] === undefined ? share : 0), 0)
  return levels.map((share, level) => set[level] ?? (share * Math.max(0, 1 - kept)) / Math.max(free, 1e-12))
}

/** From this share on, it is believed that a field may be anything. */
const free = 0.9

/**
 * How often at most one person's records disagree altogether in a field. Pairs that are one person by all else show it, whatever the field
 * says; were all likely pairs to count, two people who agree in the rest would make their own disagreement look usual.
 */
function mostApartOf(sure: Float64Array, k: number, { m, mostApart, apartLevels, strength }: Beliefs): number {
  const most = mostApart[k] ?? 1
  if (most >= free) return most
  const last = apartLevels[k] ?? 1
  const believed = Math.min(most, m[k]?.slice(-last).reduce((total, share) => total + share, 0) ?? 0)
  const apart = sum(sure.subarray(sure.length - last))
  const share = (room: number): number => (room * apart + strength * believed) / (sum(sure) + strength)
  return Math.min(free, Math.max(share(1), Math.min(most, share(1.5))))
}

/** At most `most` of the last levels; what is too much goes to the others in proportion. */
function held(levels: Float64Array, most: number, last: number): Float64Array {
  const first = levels.length - last
  const apart = sum(levels.subarray(first))
  if (apart <= most) return levels
  return levels.map((share, level) => (level < first ? (share * (1 - most)) / (1 - apart) : (share * most) / apart))
}

function countLevels({ levels, width, count }: Patterns, { m, exact }: Beliefs): Float64Array[] {
  const counts = m.map((of) => new Float64Array(of.length))
  for (let index = 0; index < count.length; index += 1)
    for (let k = 0; k < width; k += 1) {
      const level = levels[index * (width + 1) + k] ?? -1
      const mine = counts[k]
      if (level >= 0 && mine) mine[level] = (mine[level] ?? 0) + (count[index] ?? 0)
    }
  // Agreement by chance is known exactly from the values' frequencies; a sample sees too little of it.
  for (const [k, mine] of counts.entries()) mine[0] = (exact[k] ?? 0) * sum(mine)
  return counts
}

/** Counts as shares, with the beliefs as `strength` further cases, so that no share sticks at zero. */
const sharesOf = (counts: readonly Float64Array[], beliefs: readonly (readonly number[])[], strength: number) =>
  counts.map((levels, k) => {
    const total = sum(levels) + strength
    return levels.map((count, level) => (count + strength * (beliefs[k]?.[level] ?? 0)) / total)
  })

const largestGap = (one: Float64Array, other: Float64Array | undefined): number =>
  one.reduce((gap, share, level) => Math.max(gap, Math.abs(share - (other?.[level] ?? 0))), 0)

/** Bits by comparison and level: log2 of one share over the other. */
export const ratios = (shares: Shares, u: Shares): Float64Array[] =>
  shares.map((levels, k) => levels.map((share, level) => Math.log2(share / (u[k]?.[level] ?? 1))))

/** The weights of a match: `exact` is never below any level, and `else` never above one. */
export function tables(m: Shares, u: Shares): Float64Array[] {
  return ratios(m, u).map((weights) => {
    const last = weights.length - 1
    const top = weights[0] ?? 0
    const floor = Math.min(weights[last] ?? 0, top)
    return weights.map((weight, level) =>
      level === 0 ? top : level === last ? floor : Math.max(floor, Math.min(top, weight)),
    )
  })
}
