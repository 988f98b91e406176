/** From shares (m and u) and the values' frequencies to the weights that the kernel adds up. */
import type { Encoded } from '../columns/encode.ts'
import { sharedFloats } from '../columns/shared.ts'
import { groupOf, groups } from '../roles.ts'
import type { Weights } from './scorer.ts'

/** Never more than so many bits for one rare value on top of what exact agreement weighs. */
const mostBits = 20

export type Terms = {
  /** By comparison and value: what agreeing on this value adds to agreeing exactly, in bits. */
  readonly bits: readonly Float32Array[]
  /** By comparison: the probability that two records that both state a value state the same one. */
  readonly exact: readonly number[]
}

/** How common each value is. Agreement on `v` has the share f(v) among two people, not the mean of all values. */
export function termsOf(encoded: readonly Encoded[]): Terms {
  const bits: Float32Array[] = []
  const exact: number[] = []
  for (const { codes, values } of encoded) {
    const counts = new Float64Array(values.length)
    for (let row = 0; row < codes.length; row += 1) counts[codes[row] ?? 0] = (counts[codes[row] ?? 0] ?? 0) + 1
    counts[0] = 0
    const total = counts.reduce((sum, count) => sum + count, 0)
    const same = counts.reduce((sum, count) => sum + count * (count - 1), 0)
    const chance = Math.max(same, 0.5) / Math.max(1, total * (total - 1))
    exact.push(chance)
    bits.push(
      Float32Array.from(counts, (count) =>
        count === 0 ? 0 : Math.max(-mostBits, Math.min(mostBits, Math.log2((chance * total) / count))),
      ),
    )
  }
  return { bits, exact }
}

/** Log2 of the odds of a probability. */
export const oddsBits = (probability: number): number => Math.log2(probability / (1 - probability))
export const probabilityOf = (bits: number): number => 1 / (1 + 2 ** -bits)

export function swapOf(encoded: readonly Encoded[]): { given: number; family: number } | undefined {
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
}

export function weightsOf(encoded: readonly Encoded[], bits: Bits, terms: Terms): Weights {
  const swap = swapOf(encoded)
  return {
    prior: bits.prior,
    relatedPrior: bits.relatedPrior,
    comparisons: encoded.map(({ name, features, values }, k) => {
      const weights = bits.weights[k] ?? new Float64Array(1)
      const exact = sharedFloats(values.length)
      const extra = terms.bits[k]
      for (let code = 1; code < values.length; code += 1) exact[code] = (weights[0] ?? 0) + (extra?.[code] ?? 0)
      const related = bits.related.map((one) => one[k] ?? new Float64Array(1))
      return { features, weights, exact, group: groups.indexOf(groupOf(name)), related }
    }),
    ...(swap && { swap: { ...swap, weight: bits.swap } }),
  }
}
