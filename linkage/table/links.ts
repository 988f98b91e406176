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

/** Those from the weight `least` on whose rows stand in one cluster. */
export function within({ a, b, weight }: Links, clusters: Int32Array, least: number): Links {
  const kept = placesFrom(weight, least).filter((i) => clusters[a[i] ?? 0] === clusters[b[i] ?? 0])
  return {
    a: kept.map((i) => a[i] ?? 0),
    b: kept.map((i) => b[i] ?? 0),
    weight: new Float32Array(kept.length).map((_, at) => weight[kept[at] ?? 0] ?? 0),
  }
}

/** The places of the weights from `least` on. */
export function placesFrom(weight: Float32Array, least: number): Int32Array<ArrayBuffer> {
  const places = new Int32Array(weight.length)
  let used = 0
  for (let i = 0; i < weight.length; i += 1) {
    if ((weight[i] ?? 0) < least) continue
    places[used] = i
    used += 1
  }
  return places.slice(0, used)
}
