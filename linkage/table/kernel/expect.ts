/** One step of expectation: which pairs are one person, and how these and all others agree, if the weights are what they are. */
import { mostLevels, type Patterns } from './count.ts'
import type { Shares } from './shares.ts'
import { inSteps } from './steps.ts'

export type Expected = {
  /** By class, comparison and level: how many pairs. */
  readonly seen: readonly Float64Array[][]
  /** By class, and of the matches those whose names are swapped. */
  readonly found: Float64Array
  readonly swapped: number
  /** By comparison and level: how the pairs agree that are one person by all other comparisons, beyond doubt. */
  readonly sure: readonly Float64Array[]
}

/** Pairs from about this weight on are beyond doubt, in bits; those a few bits below count for little. */
const beyondDoubt = 9
const hardlyAny = 2

/** Places of a comparison: one for a missing value, and one a level. */
const places = mostLevels + 1

/** Two to the power of the weights, by class, comparison and place: what is missing weighs nothing. */
function powersOf(weights: readonly Shares[], stride: number): Float64Array {
  const powers = new Float64Array(weights.length * stride).fill(1)
  for (const [c, one] of weights.entries())
    for (const [k, of] of one.entries())
      for (const [level, bits] of of.entries()) powers[c * stride + k * places + level + 1] = 2 ** bits
  return powers
}

type Odds = {
  readonly powers: Float64Array
  readonly prior: Float64Array
  readonly swap: number
  /** How many classes there are, and places of each. */
  readonly classes: number
  readonly stride: number
}

type Sums = {
  /** By class and place. */
  readonly counts: Float64Array
  readonly found: Float64Array
  /** One number: of the matches, those with swapped names. */
  readonly swapped: Float64Array
  /** By place. */
  readonly sure: Float64Array
}

/**
 * How many pairs of each class there are, and how they agree, if these are the weights; `rarity` by pattern and class. Odds are multiplied
 * rather than bits added: powers would take longer than all the rest.
 */
export function expect(
  patterns: Patterns,
  rarity: Float64Array,
  weights: readonly Shares[],
  prior: readonly number[],
  swap: number,
): Expected {
  const classes = weights.length
  const stride = (weights[0]?.length ?? 0) * places
  const powers = powersOf(weights, stride)
  const odds = { powers, prior: Float64Array.from(prior, (bits) => 2 ** bits), swap: 2 ** swap, classes, stride }
  const sums = {
    counts: new Float64Array(powers.length),
    found: new Float64Array(classes),
    swapped: new Float64Array(1),
    sure: new Float64Array(stride),
  }
  inSteps(0, patterns.count.length, (from, to) => addUp(patterns, rarity, odds, sums, from, to), atOnce)
  // What was missing, which stands first, tells nothing.
  const byLevel = (all: Float64Array, one: Shares, from: number): Float64Array[] =>
    one.map((of, k) => all.slice(from + k * places + 1, from + k * places + 1 + of.length))
  const seen = weights.map((one, c) => byLevel(sums.counts, one, c * stride))
  return { seen, found: sums.found, swapped: sums.swapped[0] ?? 0, sure: byLevel(sums.sure, weights[0] ?? [], 0) }
}

/** Patterns are added up so many at a time. */
const atOnce = 512

const odds = new Float64Array(8)

/** Sets the odds of a pattern whose product is too large for a number, as shares of the greatest; answers what two strangers are of it. */
function shareOut(bits: Float64Array): number {
  const top = bits.reduce((most, one) => Math.max(most, one), 0)
  for (const [c, one] of bits.entries()) odds[c] = 2 ** (one - top)
  return 2 ** -top
}

/** Log2 of the odds of a pattern, by class; `levels` are its own. */
function bitsOf(
  levels: Int8Array,
  width: number,
  rarity: Float64Array,
  { powers, prior, swap, stride }: Odds,
): Float64Array {
  return prior.map((one, c) => {
    let bits = Math.log2(one * (rarity[c] ?? 0) * (levels[width] === 1 ? swap : 1))
    for (let k = 0; k < width; k += 1) bits += Math.log2(powers[c * stride + k * places + (levels[k] ?? -1) + 1] ?? 0)
    return bits
  })
}

function addUp(
  { levels, width, count }: Patterns,
  rarity: Float64Array,
  given: Odds,
  { counts, found, swapped, sure }: Sums,
  from: number,
  to: number,
): void {
  const { powers, prior, swap, classes, stride } = given
  for (let index = from; index < to; index += 1) {
    const at = index * (width + 1)
    const pairs = count[index] ?? 0
    const isSwapped = levels[at + width] === 1
    let strangers = 1
    let all = 1
    for (let c = 0; c < classes; c += 1) {
      let product = (prior[c] ?? 0) * (rarity[index * classes + c] ?? 0) * (isSwapped ? swap : 1)
      for (let k = 0; k < width; k += 1) product *= powers[c * stride + k * places + (levels[at + k] ?? -1) + 1] ?? 0
      odds[c] = product
      all += product
    }
    // Of hundreds of columns the product may be more than a number holds.
    if (!(all < Number.POSITIVE_INFINITY)) {
      const mine = rarity.subarray(index * classes, (index + 1) * classes)
      strangers = shareOut(bitsOf(levels.subarray(at, at + width + 1), width, mine, given))
      all = strangers
      for (let c = 0; c < classes; c += 1) all += odds[c] ?? 0
    }
    for (let k = 0; k < width; k += 1) {
      const place = k * places + (levels[at + k] ?? -1) + 1
      const rest = (odds[0] ?? 0) / (powers[place] ?? 1)
      if (rest < 2 ** hardlyAny * strangers) continue
      let others = strangers
      for (let c = 1; c < classes; c += 1) others += (odds[c] ?? 0) / (powers[c * stride + place] ?? 1)
      sure[place] = (sure[place] ?? 0) + (pairs * rest) / (rest + 2 ** beyondDoubt * others)
    }
    for (let c = 0; c < classes; c += 1) {
      const share = (pairs * (odds[c] ?? 0)) / all
      if (share < 1e-12) continue
      found[c] = (found[c] ?? 0) + share
      if (c === 0 && isSwapped) swapped[0] = (swapped[0] ?? 0) + share
      for (let k = 0; k < width; k += 1) {
        const place = c * stride + k * places + (levels[at + k] ?? -1) + 1
        counts[place] = (counts[place] ?? 0) + share
      }
    }
  }
}
