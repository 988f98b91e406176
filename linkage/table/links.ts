/** Pairs that the threads found, put together. */
import { type BlockRange, higher, lower } from './kernel/pairs.ts'
import type { Scored } from './kernel/work.ts'
import type { Links } from './linked.ts'

/** All pairs once, by the rows; and how many each key was the first to find. */
export function join(
  parts: readonly Scored[],
  ranges: readonly BlockRange[],
  keys: number,
): { links: Links; fresh: Float64Array } {
  const first = new Map<number, number>()
  const fresh = new Float64Array(keys)
  for (const [index, part] of parts.entries())
    for (const [i, pair] of part.pairs.entries()) {
      if (first.has(pair)) continue
      first.set(pair, part.weights[i] ?? 0)
      const key = ranges[index]?.key ?? 0
      fresh[key] = (fresh[key] ?? 0) + 1
    }
  const pairs = Float64Array.from(first.keys()).sort()
  const links = {
    a: Int32Array.from(pairs, lower),
    b: Int32Array.from(pairs, higher),
    weight: Float32Array.from(pairs, (pair) => first.get(pair) ?? 0),
  }
  return { links, fresh }
}

export function within({ a, b, weight }: Links, clusters: Int32Array, least: number): Links {
  const kept = Int32Array.from(a.keys()).filter(
    (i) => (weight[i] ?? 0) >= least && clusters[a[i] ?? 0] === clusters[b[i] ?? 0],
  )
  return {
    a: kept.map((i) => a[i] ?? 0),
    b: kept.map((i) => b[i] ?? 0),
    weight: Float32Array.from(kept, (i) => weight[i] ?? 0),
  }
}
