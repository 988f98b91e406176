/** Pairs that the threads found, put together. */
import { higher, lower } from './kernel/pairs.ts'
import type { Scored } from './kernel/work.ts'
import type { Links } from './linked.ts'

/** All pairs, in the order of the parts; and how many each key was the first to find. */
export function join(parts: readonly Scored[], keys: number): { links: Links; fresh: Float64Array } {
  const size = parts.reduce((sum, { pairs }) => sum + pairs.length, 0)
  const links = { a: new Int32Array(size), b: new Int32Array(size), weight: new Float32Array(size) }
  const fresh = new Float64Array(keys)
  let at = 0
  for (const { pairs, weights, fresh: found } of parts) {
    links.weight.set(weights, at)
    for (const pair of pairs) {
      links.a[at] = lower(pair)
      links.b[at] = higher(pair)
      at += 1
    }
    for (const [key, count] of found.entries()) fresh[key] = (fresh[key] ?? 0) + count
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
