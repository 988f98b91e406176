/** The pairs that share a key, each once; and pairs taken at random. */
import type { Ints } from '../columns/shared.ts'
import type { Blocks } from './blocks.ts'

export type Pairing = {
  readonly size: number
  readonly blocks: Blocks
  /** When two clean lists are linked: which one a record stands in. Pairs within a list are left out. */
  readonly source?: Ints
}

/** Calls `visit` with the pairs of blocks `from` to `to - 1` that no earlier key brought together, the lower row first. */
export function eachPair(
  { blocks, source }: Pairing,
  from: number,
  to: number,
  visit: (a: number, b: number, key: number) => void,
): void {
  const { members, start, firstBlock, of, slots, slotStart } = blocks
  // The earlier blocks of one record, and for each the slots in which another record may hold it.
  const [mine, first, last] = [new Int32Array(slots), new Int32Array(slots), new Int32Array(slots)]
  let key = 0
  for (let block = from; block < to; block += 1) {
    while (key + 1 < firstBlock.length && block >= (firstBlock[key + 1] ?? 0)) key += 1
    const end = start[block + 1] ?? 0
    for (let i = start[block] ?? 0; i < end; i += 1) {
      const x = members[i] ?? 0
      let held = 0
      for (let earlier = 0; earlier <= key; earlier += 1) {
        const [low, high] = [slotStart[earlier] ?? 0, slotStart[earlier + 1] ?? 0]
        for (let slot = low; slot < high; slot += 1) {
          const one = of[x * slots + slot] ?? 0
          if (one === 0) break
          if (earlier === key && one > block) continue
          mine[held] = one
          first[held] = low
          last[held] = high
          held += 1
        }
      }
      for (let j = i + 1; j < end; j += 1) {
        const y = members[j] ?? 0
        if (x === y || (source && source[x] === source[y])) continue
        if (metBefore(of, y * slots, mine, first, last, held)) continue
        if (x < y) visit(x, y, key)
        else visit(y, x, key)
      }
    }
  }
}

function metBefore(of: Ints, at: number, mine: Int32Array, first: Int32Array, last: Int32Array, held: number): boolean {
  for (let i = 0; i < held; i += 1) {
    const one = mine[i] ?? 0
    const end = at + (last[i] ?? 0)
    for (let slot = at + (first[i] ?? 0); slot < end; slot += 1) if (of[slot] === one) return true
  }
  return false
}

/** A number of 32 bits that looks random and depends on nothing but the two. */
export function scramble(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35)
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x45d9f3b)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** How many pairs there are to be one person or two. */
export function allPairs({ size, source }: Pairing): number {
  const all = (size * (size - 1)) / 2
  if (!source) return all
  const counts = new Map<number, number>()
  for (const one of source) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts.values()].reduce((left, count) => left - (count * (count - 1)) / 2, all)
}

/** Up to `most` pairs of the whole table: every pair when there are no more than that, else pairs at random. */
export function eachRandomPair(
  pairing: Pairing,
  most: number,
  from: number,
  to: number,
  visit: (a: number, b: number) => void,
): void {
  const { size, source } = pairing
  const apart = (a: number, b: number): boolean => a !== b && !(source && source[a] === source[b])
  if ((size * (size - 1)) / 2 <= most) {
    if (from > 0) return
    for (let a = 0; a < size; a += 1) for (let b = a + 1; b < size; b += 1) if (apart(a, b)) visit(a, b)
    return
  }
  for (let i = from; i < Math.min(to, most); i += 1) {
    const a = scramble(i, 0x2545f491) % size
    const b = scramble(i, 0x6c078965) % size
    if (apart(a, b)) visit(Math.min(a, b), Math.max(a, b))
  }
}
