/** Blocks of records that share a key. Too large ones are cut by further atoms, and what is still too large into neighbours. */
import { type Ints, sharedInts } from '../columns/shared.ts'
import type { KeyReport } from '../linked.ts'
import type { Atom, KeyPlan } from './keys.ts'

export type Blocks = {
  /** Records of block `i`: `members[start[i]]` to `members[start[i + 1] - 1]`. */
  readonly members: Ints
  readonly start: Ints
  readonly count: number
  /** `slots` block numbers a record (counted from 1; 0 is none): what tells whether an earlier key brought two together. */
  readonly of: Ints
  readonly slots: number
  /** The slots of key `i` are `slotStart[i]` to `slotStart[i + 1] - 1`. */
  readonly slotStart: readonly number[]
  /** The first block of each key. */
  readonly firstBlock: readonly number[]
}

const mix = (hash: number, value: number): number => {
  let next = Math.imul(hash ^ value, 0x9e3779b1)
  next ^= next >>> 15
  next = Math.imul(next, 0x85ebca77)
  return next ^ (next >>> 13)
}

const atomOf = ({ codes, of }: Atom, row: number): number => of[codes[row] ?? 0] ?? 0

/** The key of a record in a slot, 0 when an atom is missing. */
function keyOf(atoms: readonly Atom[], row: number, unordered: boolean): number {
  let hash = 0
  for (const atom of atoms) {
    const value = atomOf(atom, row)
    if (value === 0) return 0
    hash = unordered ? (hash + mix(0x811c9dc5, value)) | 0 : mix(hash, value)
  }
  return hash === 0 ? 1 : hash
}

type Entries = {
  readonly hashes: Int32Array<ArrayBuffer>
  readonly rows: Int32Array<ArrayBuffer>
  readonly size: number
}

function collect(plan: KeyPlan, size: number): Entries {
  const most = size * plan.slots.length
  const hashes = new Int32Array(most)
  const rows = new Int32Array(most)
  const mine = new Int32Array(plan.slots.length)
  let used = 0
  for (let row = 0; row < size; row += 1) {
    for (const [slot, atoms] of plan.slots.entries()) {
      const hash = keyOf(atoms, row, plan.unordered === true)
      mine[slot] = hash
      if (hash === 0 || mine.indexOf(hash) < slot) continue
      hashes[used] = hash
      rows[used] = row
      used += 1
    }
  }
  return sortByHash({ hashes, rows, size: used })
}

/** Radix sort, stable: two passes of sixteen bits. */
function sortByHash({ hashes, rows, size }: Entries): Entries {
  let [fromHashes, fromRows] = [hashes, rows]
  let [toHashes, toRows] = [new Int32Array(size), new Int32Array(size)]
  for (const shift of [0, 16]) {
    const places = new Int32Array(65_537)
    for (let i = 0; i < size; i += 1) {
      const digit = ((fromHashes[i] ?? 0) >>> shift) & 0xffff
      places[digit + 1] = (places[digit + 1] ?? 0) + 1
    }
    for (let i = 1; i < places.length; i += 1) places[i] = (places[i] ?? 0) + (places[i - 1] ?? 0)
    for (let i = 0; i < size; i += 1) {
      const hash = fromHashes[i] ?? 0
      const digit = (hash >>> shift) & 0xffff
      const at = places[digit] ?? 0
      places[digit] = at + 1
      toHashes[at] = hash
      toRows[at] = fromRows[i] ?? 0
    }
    ;[fromHashes, toHashes] = [toHashes, fromHashes]
    ;[fromRows, toRows] = [toRows, fromRows]
  }
  return { hashes: fromHashes, rows: fromRows, size }
}

type Range = { from: number; to: number; depth: number }
const pairsIn = ({ from, to }: Range): number => ((to - from) * (to - from - 1)) / 2
/** Neighbours that are compared where a block cannot be cut further. */
const neighbours = 50

/** Cuts the largest ranges first until the pairs of all are within the budget. */
function cutToBudget(rows: Int32Array, whole: readonly Range[], refine: readonly Atom[], budget: number) {
  let pairs = 0
  let [refined, capped] = [0, 0]
  const done: Range[] = []
  // Sizes only shrink, so lists by size serve as a queue.
  const bySize: Range[][] = []
  const put = (range: Range): void => {
    const size = range.to - range.from
    if (size < 2) return
    pairs += pairsIn(range)
    if (size <= neighbours && range.depth >= refine.length) {
      done.push(range)
      return
    }
    while (bySize.length <= size) bySize.push([])
    bySize[size]?.push(range)
  }
  for (const range of whole) put(range)
  for (let size = bySize.length - 1; size > 1 && pairs > budget; size -= 1) {
    const list = bySize[size] ?? []
    for (let range = list.pop(); range; range = list.pop()) {
      pairs -= pairsIn(range)
      const atom = refine[range.depth]
      if (atom) refined += 1
      else capped += 1
      for (const part of atom ? split(rows, range, atom) : chop(range)) put(part)
      // A cut by an atom that all of them share gives a block of this size again: it waits in the same list.
      if (pairs <= budget) break
    }
  }
  for (const list of bySize) for (const range of list) done.push(range)
  return { ranges: done.sort((a, b) => a.from - b.from), refined, capped }
}

function split(rows: Int32Array, { from, to, depth }: Range, atom: Atom): Range[] {
  const part = rows.subarray(from, to)
  part.sort((a, b) => atomOf(atom, a) - atomOf(atom, b) || a - b)
  const ranges: Range[] = []
  let begin = 0
  for (let i = 1; i <= part.length; i += 1) {
    if (i < part.length && atomOf(atom, part[i] ?? 0) === atomOf(atom, part[begin] ?? 0)) continue
    ranges.push({ from: from + begin, to: from + i, depth: depth + 1 })
    begin = i
  }
  return ranges
}

function chop({ from, to, depth }: Range): Range[] {
  const ranges: Range[] = []
  for (let at = from; at < to; at += neighbours) ranges.push({ from: at, to: Math.min(to, at + neighbours), depth })
  return ranges
}

/** Builds the blocks of all keys within a budget of pairs. */
export function makeBlocks(
  plans: readonly KeyPlan[],
  size: number,
  budget: number,
): { blocks: Blocks; reports: Omit<KeyReport, 'fresh'>[] } {
  const slots = plans.reduce((sum, plan) => sum + plan.slots.length, 0)
  const of = sharedInts(size * slots)
  const parts: { rows: Int32Array; ranges: Range[] }[] = []
  const reports: Omit<KeyReport, 'fresh'>[] = []
  const slotStart: number[] = []
  const firstBlock: number[] = []
  let left = budget
  let slot = 0
  let blocks = 0
  let members = 0
  for (const [index, plan] of plans.entries()) {
    const { hashes, rows, size: used } = collect(plan, size)
    const whole: Range[] = []
    let begin = 0
    for (let i = 1; i <= used; i += 1) {
      if (i < used && hashes[i] === hashes[begin]) continue
      if (i - begin > 1) whole.push({ from: begin, to: i, depth: 0 })
      begin = i
    }
    const { ranges, refined, capped } = cutToBudget(rows, whole, plan.refine, left / (plans.length - index))
    const pairs = ranges.reduce((sum, range) => sum + pairsIn(range), 0)
    left -= pairs
    const largest = ranges.reduce((most, { from, to }) => Math.max(most, to - from), 0)
    reports.push({ name: plan.name, blocks: ranges.length, pairs, refined, capped, largest })
    slotStart.push(slot)
    firstBlock.push(blocks)
    for (const { from, to } of ranges) {
      blocks += 1
      members += to - from
      for (let i = from; i < to; i += 1) {
        const at = (rows[i] ?? 0) * slots
        let free = slot
        while (of[at + free] !== 0) free += 1
        of[at + free] = blocks
      }
    }
    slot += plan.slots.length
    parts.push({ rows, ranges })
  }
  slotStart.push(slot)
  const all = sharedInts(members)
  const start = sharedInts(blocks + 1)
  let at = 0
  let block = 0
  for (const { rows, ranges } of parts)
    for (const { from, to } of ranges) {
      start[block] = at
      all.set(rows.subarray(from, to), at)
      at += to - from
      block += 1
    }
  start[blocks] = at
  return { blocks: { members: all, start, count: blocks, of, slots, slotStart, firstBlock }, reports }
}

/** True when some key brings two records together. */
export function shareKey({ of, slots, slotStart }: Blocks, a: number, b: number): boolean {
  for (let key = 0; key + 1 < slotStart.length; key += 1)
    for (let i = slotStart[key] ?? 0; i < (slotStart[key + 1] ?? 0); i += 1) {
      const mine = of[a * slots + i] ?? 0
      for (let j = slotStart[key] ?? 0; mine !== 0 && j < (slotStart[key + 1] ?? 0); j += 1)
        if (of[b * slots + j] === mine) return true
    }
  return false
}
