/** Why two records are, or are not, one person. */
import type { Compared } from './columns/encode.ts'
import { levelsOf } from './columns/features.ts'
import { makeScorer, type Rows, type Weights } from './kernel/scorer.ts'
import { probabilityOf } from './kernel/weights.ts'
import type { Explanation } from './linked.ts'
import { groups } from './roles.ts'

export function explainPair(
  encoded: readonly Compared[],
  rows: Rows,
  weights: Weights,
  a: number,
  b: number,
): Explanation {
  const scorer = makeScorer(rows, weights)
  const into = new Int8Array(encoded.length + 1)
  const rarity = new Float64Array(groups.length)
  const worth = new Map<number, number>()
  scorer.levels(a, b, into, rarity, (k, level, bits) => level > 0 && worth.set(k, bits))
  const weight = scorer.weigh(a, b, Number.NEGATIVE_INFINITY)
  const parts = encoded.map(({ name, features }, k) => {
    const level = into[k] ?? -1
    const comparison = weights.comparisons[k]
    const code = rows.codes[a * rows.stride + k] ?? 0
    const own = level === 0 ? (comparison?.exact[code] ?? 0) : (comparison?.weights[level] ?? 0)
    const bits = level < 0 ? 0 : own + (worth.get(k) ?? 0) - (worth.has(k) ? (comparison?.typical[level] ?? 0) : 0)
    return { on: name, level: level < 0 ? 'missing' : (levelsOf[features.kind][level] ?? ''), weight: bits }
  })
  return {
    prior: weights.prior,
    parts,
    related: scorer.related(into, rarity),
    swapped: into[encoded.length] === 1,
    weight,
    probability: probabilityOf(weight),
  }
}
