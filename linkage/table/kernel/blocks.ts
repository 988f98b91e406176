/** Blocks of records that share a key. Too large ones are cut by further atoms, and what is still too large into neighbours. */
import { type Ints, sharedInts } from '../columns/shared.ts'
import type { KeyReport } from '../linked.ts'
import type { Atom } from './atoms.ts'
import type { KeyPlan } from './keys.ts'
import { type Entries, sortByKey } from './sort.ts'

/** The blocks of one key: block `i` holds the records `members[start[i]]` to `members[start[i + 1] - 1]`, upwards. */
export type Blocks = {
  readonly members: Ints
  readonly start: Ints
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
  for (const [nth, { codes, of }] of atoms.entries()) {
    const isLast = nth === atoms.length - 1
    for (let row = 0; row < size; row += 1) {
      const before = keys[row] ?? 0
      if (nth > 0 && before === 0) continue
      const value = of[codes[row] ?? 0] ?? 0
      const mixed = unordered ? (before + mix(0x811c9dc5, value)) | 0 : mix(before, value)
      keys[row] = value === 0 ? 0 : mixed === 0 && !isLast ? 1 : mixed
    }
  }
  return keys
}

/** Keys and rows of all slots, each key of a row once; most keys that one record alone holds are left out at once. */
function collect({ slots, unordered }: KeyPlan, size: number): Entries {
  const all = slots.map((atoms) => keysOf(atoms, size, unordered === true))
  const seen = new Uint8Array(1 << 22)
  for (const keys of all)
    for (let row = 0; row < size; row += 1) {
      const key = keys[row] ?? 0
      if (key === 0) continue
      const at = key >>> 10
      if ((seen[at] ?? 0) < 2) seen[at] = (seen[at] ?? 0) + 1
    }
  let most = 0
  for (const keys of all)
    for (let row = 0; row < size; row += 1) if (keys[row] !== 0 && seen[(keys[row] ?? 0) >>> 10] === 2) most += 1
  const [found, rows] = [new Int32Array(most), new Int32Array(most)]
  let used = 0
  for (const [slot, keys] of all.entries())
    for (let row = 0; row < size; row += 1) {
      const key = keys[row] ?? 0
      if (key === 0 || seen[key >>> 10] !== 2 || isRepeated(all, slot, row, key)) continue
      found[used] = key
      rows[used] = row
      used += 1
    }
  return sortByKey({ keys: found, rows, size: used })
}

function isRepeated(all: readonly Int32Array[], slot: number, row: number, key: number): boolean {
  for (let earlier = 0; earlier < slot; earlier += 1) if (all[earlier]?.[row] === key) return true
  return false
}

const pairsOf = (size: number): number => (size * (size - 1)) / 2
/** Neighbours that are compared where a block cannot be cut further. */
const neighbours = 50

/** Blocks this small are never cut: there are very many of them, and hardly any pairs in them. */
const small = 4

/**
 * Cuts the largest ranges of rows first until the pairs of all are within the budget. `ends` has the end of each range at its beginning,
 * and 0 where none begins; it is changed in place.
 */
function cutToBudget(rows: Int32Array, ends: Int32Array, refine: readonly Atom[], budget: number) {
  let pairs = 0
  let [refined, capped] = [0, 0]
  // Sizes only shrink, so lists by size serve as a queue: the first range of each size, and behind each range the next of its size.
  const first: number[] = []
  const next = new Int32Array(ends.length)
  const depths = new Uint8Array(ends.length)
  const put = (from: number, to: number, depth: number): void => {
    const size = to - from
    ends[from] = size > 1 ? to : 0
    pairs += pairsOf(size)
    if (size <= small || (size <= neighbours && depth >= refine.length)) return
    while (first.length <= size) first.push(-1)
    next[from] = first[size] ?? -1
    depths[from] = depth
    first[size] = from
  }
  for (let from = 0; from < ends.length; from += 1) {
    const to = ends[from] ?? 0
    if (to > 0) put(from, to, 0)
  }
  for (let size = first.length - 1; size > 1; size -= 1)
    // A cut by an atom that all of them share gives a block of this size again: it waits in the same list.
    for (let from = first[size] ?? -1; from >= 0 && pairs > budget; from = first[size] ?? -1) {
      first[size] = next[from] ?? -1
      const depth = depths[from] ?? 0
      pairs -= pairsOf(size)
      const atom = refine[depth]
      if (atom) refined += 1
      else capped += 1
      if (atom) split(rows, from, from + size, atom, (begin, end) => put(begin, end, depth + 1))
      else
        for (let at = from; at < from + size; at += neighbours) put(at, Math.min(from + size, at + neighbours), depth)
    }
  return { refined, capped }
}

/** Rows are numbered in so many bits below an atom's value, so that a plain sort of numbers orders by value, then by row. */
const rowBits = 2 ** 27
/** Longer lists are sorted by the runtime. */
const short = 40

function split(
  rows: Int32Array,
  from: number,
  to: number,
  { codes, of }: Atom,
  put: (from: number, to: number) => void,
): void {
  const order = to - from > short ? new Float64Array(to - from) : shortOrder
  for (let i = from; i < to; i += 1) {
    const row = rows[i] ?? 0
    order[i - from] = ((of[codes[row] ?? 0] ?? 0) >>> 6) * rowBits + row
  }
  sortFirst(order, to - from)
  let begin = from
  let value = -1
  for (let i = from; i < to; i += 1) {
    const one = order[i - from] ?? 0
    const mine = Math.floor(one / rowBits)
    rows[i] = one - mine * rowBits
    if (mine !== value && i > from) {
      put(begin, i)
      begin = i
    }
    value = mine
  }
  put(begin, to)
}

const shortOrder = new Float64Array(short)

function sortFirst(numbers: Float64Array | Int32Array, count: number): void {
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

/** The blocks of one key within a budget of pairs. Rows are below 2^26. */
export function makeBlocks(plan: KeyPlan, size: number, budget: number): Blocks {
  const { keys, rows, size: used } = collect(plan, size)
  const ends = new Int32Array(used)
  let begin = 0
  for (let i = 1; i <= used; i += 1) {
    if (i < used && keys[i] === keys[begin]) continue
    if (i - begin > 1) ends[begin] = i
    begin = i
  }
  const { refined, capped } = cutToBudget(rows, ends, plan.refine, budget)
  let [blocks, held] = [0, 0]
  for (let from = 0; from < used; from += 1) {
    const to = ends[from] ?? 0
    if (to === 0) continue
    blocks += 1
    held += to - from
  }
  const start = sharedInts(blocks + 1)
  const members = sharedInts(held)
  let [block, at, pairs, largest] = [0, 0, 0, 0]
  for (let from = 0; from < used; from += 1) {
    const to = ends[from] ?? 0
    if (to === 0) continue
    start[block] = at
    let isRising = true
    for (let i = from; i < to; i += 1) {
      members[at] = rows[i] ?? 0
      if (i > from && (rows[i - 1] ?? 0) > (rows[i] ?? 0)) isRising = false
      at += 1
    }
    // Where a key has several slots, a later slot's rows stand behind those of an earlier one.
    if (!isRising) members.subarray(start[block], at).sort()
    block += 1
    pairs += pairsOf(to - from)
    largest = Math.max(largest, to - from)
  }
  start[blocks] = at
  return { members, start, report: { name: plan.name, blocks, pairs, refined, capped, largest } }
}

type Held = { readonly start: Int32Array; readonly blocks: Int32Array; readonly key: readonly number[] }

/** The blocks of each record, numbered upwards over all keys, and the key of each block. */
function blocksHeld(keys: readonly Blocks[], size: number): Held {
  const start = new Int32Array(size + 1)
  for (const { members } of keys) for (const row of members) start[row + 1] = (start[row + 1] ?? 0) + 1
  for (let row = 0; row < size; row += 1) start[row + 1] = (start[row + 1] ?? 0) + (start[row] ?? 0)
  const next = start.slice()
  const blocks = new Int32Array(start[size] ?? 0)
  const key: number[] = []
  for (const [index, { members, start: of }] of keys.entries())
    for (let block = 0; block + 1 < of.length; block += 1) {
      for (let i = of[block] ?? 0; i < (of[block + 1] ?? 0); i += 1) {
        const row = members[i] ?? 0
        blocks[next[row] ?? 0] = key.length
        next[row] = (next[row] ?? 0) + 1
      }
      key.push(index)
    }
  return { start, blocks, key }
}

/**
 * Tells which keys bring two records together, by their places; none when they share one alone and that is not `enough`. Looks all
 * blocks up once, when first asked.
 */
export function makeSharedKeys(
  keys: readonly Blocks[],
  size: number,
  enough: readonly boolean[],
): (a: number, b: number) => number[] {
  let held: Held | undefined
  return (a, b) => {
    held ??= blocksHeld(keys, size)
    const { start, blocks, key } = held
    const shared = new Set<number>()
    let [i, j] = [start[a] ?? 0, start[b] ?? 0]
    while (i < (start[a + 1] ?? 0) && j < (start[b + 1] ?? 0)) {
      const gap = (blocks[i] ?? 0) - (blocks[j] ?? 0)
      if (gap === 0) shared.add(key[blocks[i] ?? 0] ?? 0)
      if (gap <= 0) i += 1
      if (gap >= 0) j += 1
    }
    const [first, second] = shared
    return second === undefined && enough[first ?? 0] === false ? [] : [...shared]
  }
}
