/** The pairs that a key brings together. Too large blocks are cut by further atoms, and what is still too large into neighbours. */
import { type Ints, sharedInts } from '../columns/shared.ts'
import type { KeyReport } from '../linked.ts'
import type { Atom } from './atoms.ts'
import type { KeyPlan } from './keys.ts'
import { cumulate, sortByKey, sortByLowerBits } from './sort.ts'

// Hot loops have functions of their own: the runtime compiles a function of several loops once for each of them.

/** Rows are dealt out in ranges of so many bits, so that the pairs of one range stay in the processor's cache. */
export const rangeBits = 16
export const rangesOf = (size: number): number => Math.ceil(size / 2 ** rangeBits)

/** The pairs of records that stand in one block of a key, by the range of the lower one. Where a key has several slots one may stand twice. */
export type Blocks = {
  /** The pairs of range `i` stand from `start[i]` to `start[i + 1]`. */
  readonly start: Ints
  /** The place of the lower row in its range, and the higher row. */
  readonly lower: Uint16Array<SharedArrayBuffer>
  readonly higher: Ints
  readonly report: Omit<KeyReport, 'fresh'>
}

const mix = (hash: number, value: number): number => {
  let next = Math.imul(hash ^ value, 0x9e3779b1)
  next ^= next >>> 15
  next = Math.imul(next, 0x85ebca77)
  return next ^ (next >>> 13)
}

/** The keys of all records in one slot, 0 where an atom is missing. */
function keysOf(atoms: readonly Atom[], size: number, unordered: boolean): Int32Array {
  const keys = new Int32Array(size)
  for (const [nth, atom] of atoms.entries()) mixAtom(keys, atom, nth === 0, nth === atoms.length - 1, unordered)
  return keys
}

function mixAtom(keys: Int32Array, { codes, of }: Atom, isFirst: boolean, isLast: boolean, unordered: boolean): void {
  for (let row = 0; row < keys.length; row += 1) {
    const before = keys[row] ?? 0
    if (before === 0 && !isFirst) continue
    const value = of[codes[row] ?? 0] ?? 0
    const mixed = unordered ? (before + mix(0x811c9dc5, value)) | 0 : mix(before, value)
    keys[row] = value === 0 ? 0 : mixed === 0 && !isLast ? 1 : mixed
  }
}

/** Rows of one key one after the other, upwards. `ends` has the end of each group where it begins, and 0 elsewhere. */
type Groups = { readonly rows: Int32Array; readonly ends: Int32Array }

/** Fewer keys are sorted at once; more are dealt out by their upper byte first, so that each part stays in the cache. */
const oneSort = 1 << 17
const parts = 256

/** Groups of two rows and more by their key, each key of a row once. */
function collect({ slots, unordered }: KeyPlan, size: number): Groups {
  const all = slots.map((atoms) => keysOf(atoms, size, unordered === true))
  for (const [slot, keys] of all.entries()) for (const earlier of all.slice(0, slot)) dropRepeated(keys, earlier)
  const begin = new Int32Array(parts + 1)
  for (const keys of all) countParts(keys, begin)
  cumulate(begin)
  const most = begin[parts] ?? 0
  const entries = { keys: new Int32Array(most), rows: new Int32Array(most) }
  deal(all, size, begin.slice(), entries)
  if (most < oneSort) {
    const sorted = sortByKey({ ...entries, size: most })
    return cutGroups(sorted, group(sorted, 0, most, 0))
  }
  const largest = Math.max(...begin.subarray(1).map((to, part) => to - (begin[part] ?? 0)))
  const spare = { keys: new Int32Array(largest), rows: new Int32Array(largest) }
  let used = 0
  for (let part = 0; part < parts; part += 1) {
    const from = begin[part] ?? 0
    const to = withoutSingles(entries, from, begin[part + 1] ?? 0)
    sortByLowerBits(entries, from, to, spare)
    used = group(entries, from, to, used)
  }
  return cutGroups(entries, used)
}

function dropRepeated(keys: Int32Array, earlier: Int32Array): void {
  for (let row = 0; row < keys.length; row += 1) if (keys[row] === earlier[row]) keys[row] = 0
}

/** Counts keys by their upper byte, each count one place on, where those of the next begin. */
function countParts(keys: Int32Array, begin: Int32Array): void {
  for (let row = 0; row < keys.length; row += 1) {
    const key = keys[row] ?? 0
    if (key !== 0) begin[(key >>> 24) + 1] = (begin[(key >>> 24) + 1] ?? 0) + 1
  }
}

type Keyed = { readonly keys: Int32Array<ArrayBuffer>; readonly rows: Int32Array<ArrayBuffer> }

function deal(all: readonly Int32Array[], size: number, next: Int32Array, { keys, rows }: Keyed): void {
  for (let row = 0; row < size; row += 1)
    for (let slot = 0; slot < all.length; slot += 1) {
      const key = all[slot]?.[row] ?? 0
      if (key === 0) continue
      const at = next[key >>> 24] ?? 0
      next[key >>> 24] = at + 1
      keys[at] = key
      rows[at] = row
    }
}

/** By further bits of a key, how many entries there are: one, or more. */
const seen = new Uint8Array(1 << 16)

/** Leaves most entries out whose key no other has; answers where those end that are kept. */
function withoutSingles(entries: Keyed, from: number, to: number): number {
  seen.fill(0)
  countSeen(entries.keys, from, to)
  return keepSeen(entries, from, to)
}

function countSeen(keys: Int32Array, from: number, to: number): void {
  for (let i = from; i < to; i += 1) {
    const at = ((keys[i] ?? 0) >>> 8) & 0xffff
    if ((seen[at] ?? 0) < 2) seen[at] = (seen[at] ?? 0) + 1
  }
}

function keepSeen({ keys, rows }: Keyed, from: number, to: number): number {
  let used = from
  for (let i = from; i < to; i += 1) {
    const key = keys[i] ?? 0
    if (seen[(key >>> 8) & 0xffff] !== 2) continue
    keys[used] = key
    rows[used] = rows[i] ?? 0
    used += 1
  }
  return used
}

/** Moves groups of two and more to `first`, their ends in the place of their keys; answers where they end. */
function group({ keys, rows }: Keyed, from: number, to: number, first: number): number {
  let used = first
  for (let begin = from; begin < to; ) {
    let end = begin + 1
    while (end < to && keys[end] === keys[begin]) end += 1
    if (end - begin > 1) {
      const last = used + end - begin
      for (let i = begin; i < end; i += 1, used += 1) {
        rows[used] = rows[i] ?? 0
        keys[used] = i === begin ? last : 0
      }
    }
    begin = end
  }
  return used
}

const cutGroups = ({ keys, rows }: Keyed, used: number): Groups => ({
  rows: rows.subarray(0, used),
  ends: keys.subarray(0, used),
})

const pairsOf = (size: number): number => (size * (size - 1)) / 2
/** Neighbours that are compared where a block cannot be cut further. */
const neighbours = 50
/** Blocks this small are never cut: there are very many of them, and hardly any pairs in them. */
const small = 4

/** Blocks that may be cut. Sizes only shrink, so lists by size serve as a queue: the first block of each size, and behind each the next of its size. */
type Queue = {
  readonly first: Int32Array
  readonly next: Int32Array
  /** By how many atoms a block has been cut already. */
  readonly depths: Uint8Array
  /** Blocks cut by so many atoms are cut no more when they are no larger than neighbours. */
  readonly deepest: number
}

function enqueue({ first, next, depths, deepest }: Queue, from: number, size: number, depth: number): void {
  if (size <= small || (size <= neighbours && depth >= deepest)) return
  next[from] = first[size] ?? 0
  depths[from] = depth
  first[size] = from
}

function enqueueAll(queue: Queue, ends: Int32Array): void {
  for (let from = 0; from < ends.length; from += 1) {
    const to = ends[from] ?? 0
    if (to > 0) enqueue(queue, from, to - from, 0)
  }
}

type Sizes = { readonly blocks: number; readonly pairs: number; readonly largest: number }

function sizesOf(ends: Int32Array): Sizes {
  let [blocks, pairs, largest] = [0, 0, 0]
  for (let from = 0; from < ends.length; from += 1) {
    const to = ends[from] ?? 0
    if (to === 0) continue
    blocks += 1
    pairs += pairsOf(to - from)
    if (to - from > largest) largest = to - from
  }
  return { blocks, pairs, largest }
}

/** Cuts the largest groups first until the pairs of all are within the budget. The groups are changed in place. */
function cutToBudget(groups: Groups, refine: readonly Atom[], budget: number) {
  const { ends } = groups
  const { pairs, largest } = sizesOf(ends)
  const queue: Queue = {
    first: new Int32Array(largest + 1).fill(-1),
    next: new Int32Array(ends.length),
    depths: new Uint8Array(ends.length),
    deepest: refine.length,
  }
  enqueueAll(queue, ends)
  let over = pairs - budget
  const values = new Int32Array(ends.length)
  // Nearly all are cut by the first atom, and memory answers many at once.
  if (refine[0] && over > 0) lookUp(refine[0], groups.rows, 0, ends.length, values)
  let [refined, capped] = [0, 0]
  for (let size = largest; size > 1; size -= 1)
    // A cut by an atom that all of them share gives a block of this size again: it waits in the same list.
    for (let from = queue.first[size] ?? -1; from >= 0 && over > 0; from = queue.first[size] ?? -1) {
      queue.first[size] = queue.next[from] ?? -1
      const depth = queue.depths[from] ?? 0
      const atom = refine[depth]
      if (atom) refined += 1
      else capped += 1
      if (atom && depth > 0) lookUp(atom, groups.rows, from, from + size, values)
      if (atom) split(groups, from, from + size, values)
      else cap(ends, from, from + size)
      over += enqueueParts(queue, ends, from, from + size, atom ? depth + 1 : depth) - pairsOf(size)
    }
  return { refined, capped }
}

/** Enqueues what a block was cut into, leaves single rows out, and answers how many pairs there are. */
function enqueueParts(queue: Queue, ends: Int32Array, from: number, to: number, depth: number): number {
  let pairs = 0
  for (let at = from; at < to; ) {
    const end = ends[at] ?? to
    if (end - at === 1) ends[at] = 0
    pairs += pairsOf(end - at)
    enqueue(queue, at, end - at, depth)
    at = end
  }
  return pairs
}

function cap(ends: Int32Array, from: number, to: number): void {
  for (let at = from; at < to; at += neighbours) ends[at] = Math.min(to, at + neighbours)
}

/** The values of an atom, side by side with their rows. */
function lookUp({ codes, of }: Atom, rows: Int32Array, from: number, to: number, values: Int32Array): void {
  for (let i = from; i < to; i += 1) values[i] = of[codes[rows[i] ?? 0] ?? 0] ?? 0
}

/** Rows are numbered in so many bits below an atom's value, so that a plain sort of numbers orders by value, then by row. */
const rowBits = 2 ** 27
/** Longer lists are sorted by the runtime. */
const short = 40
const shortOrder = new Float64Array(short)

/** Sorts rows by their values, then by row, and sets the ends of those that share a value. */
function split({ rows, ends }: Groups, from: number, to: number, values: Int32Array): void {
  const order = to - from > short ? new Float64Array(to - from) : shortOrder
  for (let i = from; i < to; i += 1) order[i - from] = ((values[i] ?? 0) >>> 6) * rowBits + (rows[i] ?? 0)
  sortFirst(order, to - from)
  let begin = from
  let value = -1
  for (let i = from; i < to; i += 1) {
    const one = order[i - from] ?? 0
    const mine = Math.floor(one / rowBits)
    rows[i] = one - mine * rowBits
    if (mine !== value && i > from) {
      ends[begin] = i
      begin = i
    }
    value = mine
  }
  ends[begin] = to
}

function sortFirst(numbers: Float64Array, count: number): void {
  if (count > short) {
    numbers.subarray(0, count).sort()
    return
  }
  for (let i = 1; i < count; i += 1) {
    const one = numbers[i] ?? 0
    let at = i
    for (; at > 0 && (numbers[at - 1] ?? 0) > one; at -= 1) numbers[at] = numbers[at - 1] ?? 0
    numbers[at] = one
  }
}

/** The pairs of one key within a budget. Rows are below 2^26. */
export function makeBlocks(plan: KeyPlan, size: number, budget: number): Blocks {
  const groups = collect(plan, size)
  const { refined, capped } = cutToBudget(groups, plan.refine, budget)
  const start = sharedInts(rangesOf(size) + 1)
  countPairs(groups, start)
  cumulate(start)
  const sizes = sizesOf(groups.ends)
  const lower = new Uint16Array(new SharedArrayBuffer(sizes.pairs * 2))
  const higher = sharedInts(sizes.pairs)
  putPairs(groups, start.slice(), lower, higher)
  return { start, lower, higher, report: { name: plan.name, refined, capped, ...sizes } }
}

/** Counts pairs by the range of their lower row, each count one place on. */
function countPairs({ rows, ends }: Groups, start: Int32Array): void {
  for (let from = 0; from < rows.length; from += 1)
    for (let i = from, to = ends[from] ?? 0; i + 1 < to; i += 1) {
      const range = ((rows[i] ?? 0) >>> rangeBits) + 1
      start[range] = (start[range] ?? 0) + to - i - 1
    }
}

function putPairs({ rows, ends }: Groups, next: Int32Array, lower: Uint16Array, higher: Int32Array): void {
  for (let from = 0; from < rows.length; from += 1)
    for (let i = from, to = ends[from] ?? 0; i + 1 < to; i += 1) {
      const row = rows[i] ?? 0
      let at = next[row >>> rangeBits] ?? 0
      for (let j = i + 1; j < to; j += 1, at += 1) {
        lower[at] = row
        higher[at] = rows[j] ?? 0
      }
      next[row >>> rangeBits] = at
    }
}
