/** The pairs that share a key, and pairs taken at random. */
import { type Ints, sharedInts } from '../columns/shared.ts'
import { type Blocks, rangeBits } from './blocks.ts'
import { cumulate } from './sort.ts'

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

/** A power of two. */
export const othersEach = 32

/** Lists the pairs of a range by their lower row, which is then read once for all its partners. */
export function listPairs(pairing: Pairing, range: number): Pairs {
  const isEnough = Uint8Array.from(pairing.keys, (_, key) => Number(pairing.enough?.[key] ?? true))
  return eachOnce(meetingsOf(pairing, range), isEnough)
}

/** Whom the rows of a range meet, under all keys: row `from + i` meets those from `begin[i]` to below `end[i]`, by the first keys first. */
type Meetings = RowRange & {
  readonly begin: Int32Array
  readonly end: Int32Array
  readonly partners: Int32Array
  readonly keys: Uint16Array
}

function meetingsOf({ size, keys, source }: Pairing, range: number): Meetings {
  const from = range << rangeBits
  const to = Math.min(size, (range + 1) << rangeBits)
  const begin = new Int32Array(to - from + 1)
  for (const one of keys) countMeetings(one, range, begin)
  cumulate(begin)
  const most = begin[to - from] ?? 0
  const meetings = {
    from,
    to,
    begin,
    end: begin.slice(),
    partners: new Int32Array(most),
    keys: new Uint16Array(most),
  }
  for (const [key, one] of keys.entries()) putMeetings(one, range, key, meetings, source)
  return meetings
}

/** Counts by lower row, each count one place on, where those of the next row begin. */
function countMeetings({ start, lower }: Blocks, range: number, begin: Int32Array): void {
  const to = start[range + 1] ?? 0
  for (let i = start[range] ?? 0; i < to; i += 1) {
    const next = (lower[i] ?? 0) + 1
    begin[next] = (begin[next] ?? 0) + 1
  }
}

function putMeetings(
  { start, lower, higher }: Blocks,
  range: number,
  key: number,
  { from, end, partners, keys }: Meetings,
  source: Ints | undefined,
): void {
  const to = start[range + 1] ?? 0
  for (let i = start[range] ?? 0; i < to; i += 1) {
    const row = lower[i] ?? 0
    const partner = higher[i] ?? 0
    if (source && source[from + row] === source[partner]) continue
    const at = end[row] ?? 0
    end[row] = at + 1
    partners[at] = partner
    keys[at] = key
  }
}

/** Sorts the partners of each row and leaves each once, with the first of its keys; those without enough of them are left out. */
function eachOnce(meetings: Meetings, isEnough: Uint8Array): Pairs {
  const { from, to, begin, partners, keys } = meetings
  const start = sharedInts(begin.length)
  const others: number[] = []
  let used = 0
  for (let row = from; row < to; row += 1) {
    start[row - from] = used
    used = keepOnce(meetings, row, used, isEnough, others)
  }
  start[to - from] = used
  const once = { partners: sharedInts(used), keys: new Uint16Array(new SharedArrayBuffer(used * 2)) }
  once.partners.set(partners.subarray(0, used))
  once.keys.set(keys.subarray(0, used))
  return { from, to, start, ...once, others: Float64Array.from(others) }
}

/** Moves the partners of one row to `first`, each once; answers where they end. */
function keepOnce(
  { from, begin, end, partners, keys }: Meetings,
  row: number,
  first: number,
  isEnough: Uint8Array,
  others: number[],
): number {
  const to = end[row - from] ?? 0
  const start = begin[row - from] ?? 0
  sortPartners(partners, keys, start, to)
  let used = first
  for (let i = start; i < to; ) {
    const partner = partners[i] ?? 0
    const key = keys[i] ?? 0
    const before = i
    while (i < to && partners[i] === partner) i += 1
    if (i === before + 1 && isEnough[key] === 0) {
      if ((scramble(row, partner) & (othersEach - 1)) === 0) others.push(toCode(row, partner))
      continue
    }
    partners[used] = partner
    keys[used] = key
    used += 1
  }
  return used
}

/** Longer lists are sorted by the runtime; most rows have a handful of partners. */
const short = 40
/** Keys are numbered in so many bits below a partner's row. */
const keyBits = 2 ** 16

/** Sorts by partner; of equal ones the first key stays first. */
function sortPartners(partners: Int32Array, firstKeys: Uint16Array, from: number, to: number): void {
  if (to - from > short) {
    sortLong(partners, firstKeys, from, to)
    return
  }
  for (let i = from + 1; i < to; i += 1) {
    const partner = partners[i] ?? 0
    const key = firstKeys[i] ?? 0
    let at = i
    for (; at > from && (partners[at - 1] ?? 0) > partner; at -= 1) {
      partners[at] = partners[at - 1] ?? 0
      firstKeys[at] = firstKeys[at - 1] ?? 0
    }
    partners[at] = partner
    firstKeys[at] = key
  }
}

function sortLong(partners: Int32Array, firstKeys: Uint16Array, from: number, to: number): void {
  const both = new Float64Array(to - from)
  for (let i = from; i < to; i += 1) both[i - from] = (partners[i] ?? 0) * keyBits + (firstKeys[i] ?? 0)
  both.sort()
  for (let i = from; i < to; i += 1) {
    const one = both[i - from] ?? 0
    partners[i] = Math.floor(one / keyBits)
    firstKeys[i] = one % keyBits
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

/**
 * Tells which keys bring two records together, by their places; none when they share one alone and that is not `enough`. Looks at the pairs
 * of a range of rows when first asked about one of them.
 */
export function makeSharedKeys(pairing: Pairing): (a: number, b: number) => number[] {
  const known: Meetings[] = []
  return (a, b) => {
    const [row, partner] = a < b ? [a, b] : [b, a]
    const range = row >>> rangeBits
    known[range] ??= meetingsOf(pairing, range)
    const { from, begin, end, partners, keys } = known[range]
    const shared = new Set<number>()
    for (let i = begin[row - from] ?? 0; i < (end[row - from] ?? 0); i += 1)
      if (partners[i] === partner) shared.add(keys[i] ?? 0)
    const [first, second] = shared
    return second === undefined && pairing.enough?.[first ?? 0] === false ? [] : [...shared]
  }
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
