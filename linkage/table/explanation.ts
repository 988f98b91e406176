/** Why two records are, or are not, one person. */
import type { Compared } from './columns/encode.ts'
import { levelsOf } from './columns/features.ts'
import { givenUp, makeScorer, type Rows, type Weights } from './kernel/scorer.ts'
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
  scorer.levels(a, b, into, rarity)
  const weight = scorer.weigh(a, b, givenUp)
  const swapped = into[encoded.length] === 1
  const parts: { on: string; level: string; weight: number }[] = encoded.map(({ name, features }, k) => {
    const level = into[k] ?? -1
    return {
      on: name,
      level: level < 0 ? 'missing' : (levelsOf[features.kind][level] ?? ''),
      weight: scorer.part(k, a, b, swapped),
    }
  })
  if (swapped) parts.push({ on: 'names', level: 'crosswise', weight: weights.swap?.weight ?? 0 })
  return {
    prior: weights.prior,
    parts,
    related: scorer.related(into, rarity),
    swapped,
    weight,
    probability: probabilityOf(weight),
  }
}
