/** How often related people agree: in each field a blend of one person's records and two strangers'. */
import { relations } from '../roles.ts'
import type { Beliefs, Shares } from './shares.ts'

/** How many pairs the belief is worth that related people agree in a personal field no more than strangers. */
const apartStrength = 200

/** A number is a family's when so large a share of the related pairs have it in common; else it is a person's own, and few do. */
const leastFamilys = 0.5
const mostOwn = 0.02

/** How often at most related people agree in a field as one person would, instead of by chance. */
export const startOf = (relation: number, { m, mostAlike, shared }: Beliefs, u: Shares): Float64Array[] =>
  m.map((levels, k) =>
    blend(
      shared[relation]?.[k] ? 0.8 : (mostAlike[k]?.[relation] ?? 1) / 2,
      Float64Array.from(levels),
      u[k] ?? new Float64Array(),
    ),
  )

/** Shares of a field that two have in common with probability `common`, and in which they else agree by chance. */
const blend = (common: number, m: Float64Array, u: Float64Array): Float64Array =>
  m.map((share, level) => common * share + (1 - common) * (u[level] ?? 0))

const household = relations.indexOf('household')
const twins = relations.indexOf('twins')

/**
 * The shares of people so related: in each field a blend of one person's and two strangers'; how much of each is what is learnt. `shares`
 * are those of one person and of each relation until now.
 */
export function relatedShares(
  counts: readonly Float64Array[],
  shares: readonly Shares[],
  beliefs: Beliefs,
  relation: number,
  u: Shares,
): Float64Array[] {
  const isFamily = relation === household || relation === twins
  const at = (of: number, k: number): Float64Array => shares[of]?.[k] ?? new Float64Array()
  return counts.map((levels, k) => {
    const relatives = isFamily ? beliefs.relatives[k] : undefined
    const [one, two] = [at(0, k), u[k] ?? levels]
    const isShared = beliefs.shared[relation]?.[k] === true
    const before = commonOf(at(relation + 1, k), one, two)
    const most = isShared ? 0.999 : (beliefs.mostAlike[k]?.[relation] ?? 1)
    // Of twins there are few, so that a strong belief about columns of any kind would drown them.
    const isOpen = relation === twins && most === 1
    let all = isShared || isOpen ? beliefs.strength : apartStrength
    let common = all * (isShared ? 0.8 : isOpen ? 0.5 : Math.min(0.1, most / 3))
    for (const [level, count] of levels.entries()) {
      const copied = before * (one[level] ?? 0)
      common += (count * copied) / (copied + (1 - before) * (two[level] ?? 0) + 1e-300)
      all += count
    }
    const isFamilys =
      relation === household ? common >= leastFamilys * all : commonOf(at(household + 1, k), one, two) > 2 * mostOwn
    const isOwn = isFamily && beliefs.maybeFamilys[k] === true && !isFamilys
    const blended = blend(Math.min(common / all, isOwn ? mostOwn : most), one, two)
    return relatives ? relativesShares(levels, relatives, blended) : blended
  })
}

/** Counts as shares where something is believed of the level, and as strangers' shares where not. */
function relativesShares(
  counts: Float64Array,
  beliefs: readonly (number | undefined)[],
  strangers: Float64Array,
): Float64Array {
  const seen = counts.map((count, level) =>
    beliefs[level] === undefined ? 0 : count + apartStrength * (beliefs[level] ?? 0),
  )
  const chance = strangers.reduce((total, share, level) => total + (beliefs[level] === undefined ? share : 0), 0)
  const total = seen.reduce((all, one) => all + one, 0)
  return seen.map((count, level) =>
    beliefs[level] === undefined ? (strangers[level] ?? 0) : ((1 - chance) * count) / total,
  )
}

/** The probability that a blend was made with, read off the level where its two parts differ most. */
function commonOf(mine: Float64Array, one: Float64Array, two: Float64Array): number {
  let at = 0
  for (const [level, share] of one.entries())
    if (Math.abs(share - (two[level] ?? 0)) > Math.abs((one[at] ?? 0) - (two[at] ?? 0))) at = level
  const gap = (one[at] ?? 0) - (two[at] ?? 0)
  return gap === 0 ? 0 : Math.min(0.999, Math.max(1e-4, ((mine[at] ?? 0) - (two[at] ?? 0)) / gap))
}
