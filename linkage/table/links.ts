/** Pairs that the threads found, put together. */
import { type BlockRange, higher, lower } from './kernel/pairs.ts'
import type { Scored } from './kernel/work.ts'
import type { Links } from './linked.ts'

/** All pairs once, by the rows; and how many each key was the first to find. A pair weighs the same whoever found it. */
export function join(
  parts: readonly Scored[],
  ranges: readonly BlockRange[],
  keys: number,
): { links: Links; fresh: Float64Array } {
  const fresh = new Float64Array(keys)
  const size = parts.reduce((sum, { pairs }) => sum + pairs.length, 0)
  const mask = 2 ** Math.ceil(Math.log2(size * 2 + 2)) - 1
  const [seen, weights] = [new Float64Array(mask + 1).fill(-1), new Float32Array(mask + 1)]
  const slotOf = (pair: number): number => {
    let slot = Math.imul(lower(pair) ^ Math.imul(higher(pair), 0x85ebca6b), 0x9e3779b1) & mask
    while (seen[slot] !== -1 && seen[slot] !== pair) slot = (slot + 1) & mask
    return slot
  }
  for (const [index, part] of parts.entries()) {
    const key = ranges[index]?.key ?? 0
    for (let i = 0; i < part.pairs.length; i += 1) {
      const pair = part.pairs[i] ?? 0
      const slot = slotOf(pair)
      if (seen[slot] === pair) continue
      seen[slot] = pair
      weights[slot] = part.weights[i] ?? 0
      fresh[key] = (fresh[key] ?? 0) + 1
    }
  }
  const pairs = seen.filter((pair) => pair >= 0).sort()
  const links = {
    a: Int32Array.from(pairs, lower),
    b: Int32Array.from(pairs, higher),
    weight: Float32Array.from(pairs, (pair) => weights[slotOf(pair)] ?? 0),
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
