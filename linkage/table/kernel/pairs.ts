/** The pairs that share a key, and pairs taken at random. */
import type { Ints } from '../columns/shared.ts'
import type { Blocks } from './blocks.ts'

export type Pairing = {
  readonly size: number
  readonly keys: readonly Blocks[]
  /** When two clean lists are linked: which one a record stands in. Pairs within a list are left out. */
  readonly source?: Ints
}

/** Some blocks of one key. */
export type BlockRange = { readonly key: number; readonly from: number; readonly to: number }

/** Calls `visit` with the pairs of some blocks, the lower row first. Two that share several keys are met under each of them. */
export function eachPair(
  { keys, source }: Pairing,
  { key, from, to }: BlockRange,
  visit: (a: number, b: number) => void,
): void {
  const blocks = keys[key]
  if (!blocks) return
  const { members, start } = blocks
  for (let block = from; block < to; block += 1) {
    const end = start[block + 1] ?? 0
    for (let i = start[block] ?? 0; i < end; i += 1) {
      const x = members[i] ?? 0
      for (let j = i + 1; j < end; j += 1) {
        const y = members[j] ?? 0
        if (source && source[x] === source[y]) continue
        if (x < y) visit(x, y)
        else visit(y, x)
      }
    }
  }
}

/** Ranges of blocks with about as many pairs each. */
export function cutRanges(keys: readonly Blocks[], parts: number): BlockRange[] {
  const all = keys.reduce((sum, { report }) => sum + report.pairs, 0)
  return keys.flatMap(({ start }, key) => {
    const ranges: BlockRange[] = []
    let from = 0
    let mine = 0
    for (let block = 0; block + 1 < start.length; block += 1) {
      const size = (start[block + 1] ?? 0) - (start[block] ?? 0)
      mine += (size * (size - 1)) / 2
      if (mine < all / parts && block + 2 < start.length) continue
      ranges.push({ key, from, to: block + 1 })
      from = block + 1
      mine = 0
    }
    return ranges
  })
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

/** Up to `most` pairs of the whole table: every pair when there are no more than that, else pairs at random. Codes as `toCode` makes them. */
export function randomPairs({ size, source }: Pairing, most: number): Float64Array {
  const pairs: number[] = []
  const take = (a: number, b: number): void => {
    if (a !== b && !(source && source[a] === source[b])) pairs.push(toCode(Math.min(a, b), Math.max(a, b)))
  }
  if ((size * (size - 1)) / 2 <= most)
    for (let a = 0; a < size; a += 1) for (let b = a + 1; b < size; b += 1) take(a, b)
  else for (let i = 0; i < most; i += 1) take(scramble(i, 0x2545f491) % size, scramble(i, 0x6c078965) % size)
  return Float64Array.from(pairs)
}

/** Rows are below 2^26, so that a pair is one whole number. */
export const mostRows = 2 ** 26
export const toCode = (a: number, b: number): number => a * mostRows + b
export const lower = (code: number): number => Math.floor(code / mostRows)
export const higher = (code: number): number => code % mostRows

/** Sorts codes and leaves each once. */
export function unique(codes: Float64Array): Float64Array {
  codes.sort()
  let used = 0
  for (let i = 0; i < codes.length; i += 1) {
    if (i > 0 && codes[i] === codes[i - 1]) continue
    codes[used] = codes[i] ?? 0
    used += 1
  }
  return codes.subarray(0, used)
}
