/** From shares (m and u) and the values' frequencies to the weights that the kernel adds up. */
import type { Compared, Encoded } from '../columns/encode.ts'
import { countsRarity } from '../columns/features.ts'
import { type FullNames, mostWorthOf, worthOf } from '../columns/full-name.ts'
import type { Names } from '../columns/name.ts'
import { type Floats, sharedFloats } from '../columns/shared.ts'
import { phraseChance, type WordSets } from '../columns/word-sets.ts'
import { groupOf, groups } from '../roles.ts'
import { mostOver, type Weights } from './scorer.ts'

/** Never more than so many bits for one rare value on top of what exact agreement weighs. */
const mostBits = 20

export type Term = {
  /** By value: what agreeing on this value adds to agreeing exactly, in bits. */
  readonly bits: Float32Array
  /** The probability that two records that both state a value state the same one. */
  readonly exact: number
}

/** How common each value is. Agreement on `v` has the share f(v) among two people, not the mean of all values. */
export function termOf({ codes, distinct, features }: Encoded): Term {
  const bits = new Float32Array(distinct)
  if (features.kind === 'fullName') {
    const worth = new Float64Array(distinct)
    for (let code = 0; code < distinct; code += 1) worth[code] = worthOf(features, code)
    const exact = meanChance(codes, worth)
    for (let code = 0; code < distinct; code += 1) bits[code] = (worth[code] ?? 0) + Math.log2(exact)
    return { exact, bits }
  }
  const counts = countCodes(codes, distinct)
  const total = codes.length - (counts[0] ?? 0)
  counts[0] = 0
  // A phrase that stands in several records is one thing's rather than a common one.
  const most = features.kind === 'text' ? phraseChances(features.sets, distinct) : undefined
  const exact = Math.max(sameOf(counts, total, most), 0.5) / Math.max(1, total * (total - 1))
  for (let code = 1; code < distinct; code += 1) {
    const share = Math.min((counts[code] ?? 0) / total, most ? (most[code] ?? 1) : 1)
    if (share > 0) bits[code] = Math.max(-mostBits, Math.min(mostBits, Math.log2(exact / share)))
  }
  return { exact, bits }
}

function countCodes(codes: Int32Array, distinct: number): Int32Array {
  const counts = new Int32Array(distinct)
  for (let row = 0; row < codes.length; row += 1) counts[codes[row] ?? 0] = (counts[codes[row] ?? 0] ?? 0) + 1
  return counts
}

const phraseChances = (sets: WordSets, distinct: number): Float64Array =>
  Float64Array.from({ length: distinct }, (_, code) => phraseChance(sets, code))

/** How many times a record states the same as another; `most` is how often it does so at most, by value. */
function sameOf(counts: Int32Array, total: number, most: Float64Array | undefined): number {
  let same = 0
  for (let code = 0; code < counts.length; code += 1) {
    const count = counts[code] ?? 0
    same += count * (most ? Math.min(count - 1, (most[code] ?? 1) * total) : count - 1)
  }
  return same
}

/** The probability that another record states the same words as a record of the file does, as if words were drawn one by one. */
function meanChance(codes: Int32Array, worth: Float64Array): number {
  let sum = 0
  let stated = 0
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] ?? 0
    if (code === 0) continue
    stated += 1
    sum += 2 ** -(worth[code] ?? 0)
  }
  return sum / Math.max(1, stated)
}

/** Log2 of the odds of a probability. */
export const oddsBits = (probability: number): number => Math.log2(probability / (1 - probability))
export const probabilityOf = (bits: number): number => 1 / (1 + 2 ** -bits)

export function swapOf(encoded: readonly Compared[]): { given: number; family: number } | undefined {
  const given = encoded.findIndex(({ name }) => name === 'givenName')
  const family = encoded.findIndex(({ name }) => name === 'familyName')
  return given >= 0 && family >= 0 ? { given, family } : undefined
}

export type Bits = {
  /** By comparison and level. */
  readonly weights: readonly Float64Array[]
  /** By relation, comparison and level. */
  readonly related: readonly (readonly Float64Array[])[]
  readonly prior: number
  readonly relatedPrior: readonly number[]
  readonly swap: number
  /** By comparison and level: what the words agreed on are worth on average, so that rarer ones add and commoner ones take away. */
  readonly typical: readonly Float64Array[]
  /** By comparison: whether rare values weigh more; they do where nothing is said. */
  readonly rarity?: readonly boolean[]
}

export function weightsOf(encoded: readonly Compared[], bits: Bits, terms: readonly Term[]): Weights {
  const swap = swapOf(encoded)
  return {
    prior: bits.prior,
    relatedPrior: bits.relatedPrior,
    comparisons: encoded.map(({ name, features, distinct }, k) => {
      const weights = bits.weights[k] ?? new Float64Array(1)
      const exact = sharedFloats(distinct)
      const isTold = bits.rarity?.[k] ?? true
      const extra = isTold ? terms[k]?.bits : undefined
      exact.fill(weights[0] ?? 0, 1)
      if (extra) addTo(exact, weights[0] ?? 0, extra)
      const typical = bits.typical[k] ?? new Float64Array(weights.length)
      const related = bits.related.map((one) => one[k] ?? new Float64Array(1))
      const isRare = isTold && countsRarity(features)
      const best = isRare ? bestByValue(features, weights, typical, distinct) : bestOfAll(weights)
      return { features, isRare, weights, exact, group: groups.indexOf(groupOf(name)), related, typical, best }
    }),
    ...(swap && { swap: { ...swap, weight: bits.swap } }),
  }
}

function addTo(exact: Floats, weight: number, extra: Float32Array): void {
  for (let code = 1; code < exact.length; code += 1) exact[code] = weight + (extra[code] ?? 0)
}

/** The most that agreeing in any but the exact way can weigh. */
const bestOfAll = (weights: Float64Array): Floats =>
  sharedFloats(1).fill(weights.subarray(1).reduce((most, one) => Math.max(most, one), -99))

/** The same by value, where rarity counts. */
function bestByValue(
  features: Names | FullNames,
  weights: Float64Array,
  typical: Float64Array,
  values: number,
): Floats {
  const best = sharedFloats(values)
  const last = weights.length - 1
  let fixed = weights[last] ?? 0
  let byWorth = Number.NEGATIVE_INFINITY
  for (let level = 1; level < last; level += 1) {
    const weight = weights[level] ?? 0
    fixed = Math.max(fixed, weight + mostOver)
    byWorth = Math.max(byWorth, weight - (typical[level] ?? 0))
  }
  for (let code = 1; code < values; code += 1)
    best[code] = Math.min(fixed, Math.max(weights[last] ?? 0, byWorth + mostWorthOf(features, code)))
  return best
}
