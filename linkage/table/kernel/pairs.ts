/** The pairs that share a key, and pairs taken at random. */
import { type Ints, sharedInts } from '../columns/shared.ts'
import type { Blocks } from './blocks.ts'

export type Lists = {
  readonly size: number
  /** When two clean lists are linked: which one a record stands in. Pairs within a list are left out. */
  readonly source?: Ints
}

export type Pairing = Lists & {
  readonly keys: readonly Blocks[]
  /** By key, whether sharing it alone is reason enough to compare two records; it is where nothing is said. Else they share a second one. */
  readonly enough?: readonly boolean[]
}

/** Rows from `from` to below `to`. */
export type RowRange = { readonly from: number; readonly to: number }

/** The pairs whose lower row is in a range. Each stands once, however many keys it shares: it is compared once. */
export type Pairs = RowRange & {
  /** The partners of row `from + i`, upwards: `partners[start[i]]` to `partners[start[i + 1] - 1]`. */
  readonly start: Ints
  readonly partners: Ints
  /** Of each pair the first key that it shares. */
  readonly keys: Uint16Array<SharedArrayBuffer>
  /** Of the pairs that do not share enough one in `othersEach`, for training. Codes as `toCode` makes them. */
  readonly others: Float64Array<ArrayBuffer>
}

export const othersEach = 32

/** Lists the pairs of a range by their lower row, which is then read once for all its partners. */
export function listPairs({ keys, source, enough }: Pairing, { from, to }: RowRange): Pairs {
  const met = countMeetings(keys, { from, to })
  const next = met.slice()
  const most = met[to - from] ?? 0
  const [partners, firstKeys] = [new Int32Array(most), new Uint16Array(most)]
  for (const [key, { members, start }] of keys.entries())
    for (let block = 0; block + 1 < start.length; block += 1) {
      const end = start[block + 1] ?? 0
      for (let i = start[block] ?? 0; i + 1 < end; i += 1) {
        const row = members[i] ?? 0
        if (row < from) continue
        if (row >= to) break
        let place = next[row - from] ?? 0
        for (let j = i + 1; j < end; j += 1) {
          const partner = members[j] ?? 0
          if (source && source[row] === source[partner]) continue
          partners[place] = partner
          firstKeys[place] = key
          place += 1
        }
        next[row - from] = place
      }
    }
  const isEnough = Uint8Array.from(keys, (_, key) => Number(enough?.[key] ?? true))
  return { from, to, ...eachOnce(from, met, next, partners, firstKeys, isEnough) }
}

/** Where the meetings of each row of the range begin if they stand one after the other. */
function countMeetings(keys: readonly Blocks[], { from, to }: RowRange): Int32Array {
  const begin = new Int32Array(to - from + 1)
  for (const { members, start } of keys)
    for (let block = 0; block + 1 < start.length; block += 1) {
      const end = start[block + 1] ?? 0
      for (let i = start[block] ?? 0; i + 1 < end; i += 1) {
        const row = members[i] ?? 0
        if (row < from) continue
        if (row >= to) break
        begin[row - from + 1] = (begin[row - from + 1] ?? 0) + end - 1 - i
      }
    }
  for (let i = 1; i < begin.length; i += 1) begin[i] = (begin[i] ?? 0) + (begin[i - 1] ?? 0)
  return begin
}

/** Sorts the partners of each row and leaves each once, with the first of its keys; those without enough of them are left out. */
function eachOnce(
  first: number,
  begin: Int32Array,
  end: Int32Array,
  partners: Int32Array,
  firstKeys: Uint16Array,
  isEnough: Uint8Array,
): Pick<Pairs, 'start' | 'partners' | 'keys' | 'others'> {
  const start = sharedInts(begin.length)
  const others: number[] = []
  let used = 0
  for (let row = 0; row + 1 < begin.length; row += 1) {
    start[row] = used
    const [from, to] = [begin[row] ?? 0, end[row] ?? 0]
    sortPartners(partners, firstKeys, from, to)
    for (let i = from; i < to; ) {
      const [partner, key, before] = [partners[i] ?? 0, firstKeys[i] ?? 0, i]
      while (i < to && partners[i] === partner) i += 1
      if (i === before + 1 && isEnough[key] === 0) {
        if (scramble(first + row, partner) % othersEach === 0) others.push(toCode(first + row, partner))
        continue
      }
      partners[used] = partner
      firstKeys[used] = key
      used += 1
    }
  }
  start[begin.length - 1] = used
  const once = { partners: sharedInts(used), keys: new Uint16Array(new SharedArrayBuffer(used * 2)) }
  once.partners.set(partners.subarray(0, used))
  once.keys.set(firstKeys.subarray(0, used))
  return { start, ...once, others: Float64Array.from(others) }
}

/** Longer lists are sorted by the runtime; most rows have a handful of partners. */
const short = 40
/** Keys are numbered in so many bits below a partner's row. */
const keyBits = 2 ** 16

/** Sorts by partner; of equal ones the first key stays first. */
function sortPartners(partners: Int32Array, firstKeys: Uint16Array, from: number, to: number): void {
  if (to - from > short) {
    const both = Float64Array.from(
      partners.subarray(from, to),
      (partner, i) => partner * keyBits + (firstKeys[from + i] ?? 0),
    )
    for (const [i, one] of both.sort().entries()) {
      partners[from + i] = Math.floor(one / keyBits)
      firstKeys[from + i] = one % keyBits
    }
    return
  }
  for (let i = from + 1; i < to; i += 1) {
    const [partner, key] = [partners[i] ?? 0, firstKeys[i] ?? 0]
    let at = i
    for (; at > from && (partners[at - 1] ?? 0) > partner; at -= 1) {
      partners[at] = partners[at - 1] ?? 0
      firstKeys[at] = firstKeys[at - 1] ?? 0
    }
    partners[at] = partner
    firstKeys[at] = key
  }
}

/** Calls `visit` with the pairs of some rows, by the lower, then by the higher one; `at` is a pair's place. */
export function eachPair(
  { from: first, start, partners }: Pairs,
  { from, to }: RowRange,
  visit: (a: number, b: number, at: number) => void,
): void {
  for (let row = from; row < to; row += 1)
    for (let at = start[row - first] ?? 0; at < (start[row - first + 1] ?? 0); at += 1)
      visit(row, partners[at] ?? 0, at)
}

/** Cuts a table into ranges of as many rows each. */
export function cutRows(size: number, parts: number): RowRange[] {
  const each = Math.max(1, Math.ceil(size / parts))
  return Array.from({ length: Math.ceil(size / each) }, (_, i) => ({
    from: i * each,
    to: Math.min(size, (i + 1) * each),
  }))
}

/** Cuts the rows of a list into ranges of about as many pairs each. */
export function cutPairs({ from, to, start, partners }: Pairs, most: number): RowRange[] {
  const ranges: RowRange[] = []
  let begin = from
  for (let row = from; row < to; row += 1) {
    const isLast = row + 1 === to
    if (!isLast && (start[row + 1 - from] ?? 0) - (start[begin - from] ?? 0) < most) continue
    ranges.push({ from: begin, to: row + 1 })
    begin = row + 1
  }
  return partners.length > 0 ? ranges : []
}

/** A number of 32 bits that looks random and depends on nothing but the two. */
export function scramble(a: number, b: number): number {
  let hash = Math.imul(a ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(b + 0x7f4a7c15, 0xc2b2ae35)
  hash ^= hash >>> 16
  hash = Math.imul(hash, 0x45d9f3b)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** How many pairs there are to be one person or two. */
export function allPairs({ size, source }: Lists): number {
  const all = (size * (size - 1)) / 2
  if (!source) return all
  const counts = new Map<number, number>()
  for (const one of source) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts.values()].reduce((left, count) => left - (count * (count - 1)) / 2, all)
}

/** Up to `most` pairs of the whole table: every pair when there are no more than that, else pairs at random. Codes as `toCode` makes them. */
export function randomPairs({ size, source }: Lists, most: number): Float64Array {
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
