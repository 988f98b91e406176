/** Rows that share a key, put together. */
import type { Atom } from './atoms.ts'
import type { KeyPlan } from './keys.ts'
import { cumulate } from './sort.ts'
import { inSteps } from './steps.ts'

/** Rows of one key one after the other, upwards. */
export type Groups = {
  readonly rows: Int32Array
  /** The end of each group where it begins, and 0 elsewhere. */
  readonly ends: Int32Array
  /** By size, how many groups there are. */
  readonly sizes: Int32Array
}

const mix = (hash: number, value: number): number => {
  let next = Math.imul(hash ^ value, 0x9e3779b1)
  next ^= next >>> 15
  next = Math.imul(next, 0x85ebca77)
  return next ^ (next >>> 13)
}

/** The keys of some rows in one slot, 0 where an atom is missing. */
function fillKeys(keys: Int32Array, atoms: readonly Atom[], isUnordered: boolean, from: number, to: number): void {
  for (const [nth, atom] of atoms.entries())
    mixAtom(keys, atom, nth === 0, nth === atoms.length - 1, isUnordered, from, to)
}

function mixAtom(
  keys: Int32Array,
  { codes, of }: Atom,
  isFirst: boolean,
  isLast: boolean,
  isUnordered: boolean,
  from: number,
  to: number,
): void {
  for (let row = from; row < to; row += 1) {
    const before = keys[row] ?? 0
    if (before === 0 && !isFirst) continue
    const value = of[codes[row] ?? 0] ?? 0
    const mixed = isUnordered ? (before + mix(0x811c9dc5, value)) | 0 : mix(before, value)
    keys[row] = value === 0 ? 0 : mixed === 0 && !isLast ? 1 : mixed
  }
}

function dropRepeated(keys: Int32Array, earlier: Int32Array, from: number, to: number): void {
  for (let row = from; row < to; row += 1) if (keys[row] === earlier[row]) keys[row] = 0
}

/** Keys are dealt out by their upper byte first, so that each part stays in the cache. */
const parts = 256

/** Counts keys by their upper byte, each count one place on, where those of the next begin. */
function countParts(keys: Int32Array, begin: Int32Array, from: number, to: number): void {
  for (let row = from; row < to; row += 1) {
    const key = keys[row] ?? 0
    if (key !== 0) begin[(key >>> 24) + 1] = (begin[(key >>> 24) + 1] ?? 0) + 1
  }
}

type Keyed = { readonly keys: Int32Array<ArrayBuffer>; readonly rows: Int32Array<ArrayBuffer> }

function deal(all: readonly Int32Array[], from: number, to: number, next: Int32Array, { keys, rows }: Keyed): void {
  for (let row = from; row < to; row += 1)
    for (let slot = 0; slot < all.length; slot += 1) {
      const key = all[slot]?.[row] ?? 0
      if (key === 0) continue
      const at = next[key >>> 24] ?? 0
      next[key >>> 24] = at + 1
      keys[at] = key
      rows[at] = row
    }
}

/** Groups of two rows and more by their key, each key of a row once. */
export function collect({ slots, unordered }: KeyPlan, size: number): Groups {
  const all = slots.map(() => new Int32Array(size))
  const begin = new Int32Array(parts + 1)
  inSteps(0, size, (from, to) => {
    for (const [slot, keys] of all.entries()) {
      fillKeys(keys, slots[slot] ?? [], unordered === true, from, to)
      for (let earlier = 0; earlier < slot; earlier += 1) dropRepeated(keys, all[earlier] ?? keys, from, to)
      countParts(keys, begin, from, to)
    }
  })
  cumulate(begin)
  const most = begin[parts] ?? 0
  const entries = { keys: new Int32Array(most), rows: new Int32Array(most) }
  const next = begin.slice()
  inSteps(0, size, (from, to) => deal(all, from, to, next, entries))
  const chains = makeChains(Math.max(...begin.subarray(1).map((to, part) => to - (begin[part] ?? 0))))
  let used = 0
  for (let part = 0; part < parts; part += 1) {
    const [from, to] = [begin[part] ?? 0, begin[part + 1] ?? 0]
    chain(entries.keys, from, to, chains)
    const more = putGroups(entries, from, to, used, chains)
    entries.rows.set(chains.rows.subarray(0, more), used)
    used += more
  }
  return { rows: entries.rows.subarray(0, used), ends: entries.keys.subarray(0, used), sizes: chains.sizes }
}

/** Entries of one key, each with the place of the next one. Places count from where the part begins. */
type Chains = {
  /** By bits of a key, or soon after, one more than the place of its first entry. */
  readonly heads: Int32Array
  readonly next: Int32Array
  /** By the place of a first entry, that of the last one, and how many there are; 0 at all others. */
  readonly last: Int32Array
  readonly count: Int32Array
  /** By size, how many groups there are, of all parts. */
  readonly sizes: Int32Array
  /** The rows of a part's groups, one group after the other. */
  readonly rows: Int32Array
}

/** A power of two: twice as many as there are entries, so that most are where they are looked for. */
const headsFor = (entries: number): number => 2 ** (32 - Math.clz32(2 * entries))

/** For parts of up to so many entries. */
function makeChains(most: number): Chains {
  const ints = (): Int32Array => new Int32Array(most)
  return {
    heads: new Int32Array(headsFor(most)),
    next: ints(),
    last: ints(),
    count: ints(),
    rows: ints(),
    sizes: new Int32Array(most + 1),
  }
}

function chain(keys: Int32Array, from: number, to: number, { heads, next, last, count }: Chains): void {
  const mask = headsFor(to - from) - 1
  heads.fill(0, 0, mask + 1)
  for (let i = from; i < to; i += 1) {
    const key = keys[i] ?? 0
    let at = key & mask
    let head = heads[at] ?? 0
    while (head !== 0 && keys[from + head - 1] !== key) {
      at = (at + 1) & mask
      head = heads[at] ?? 0
    }
    const place = i - from
    if (head === 0) {
      heads[at] = place + 1
      count[place] = 1
      last[place] = place
    } else {
      count[place] = 0
      count[head - 1] = (count[head - 1] ?? 0) + 1
      next[last[head - 1] ?? 0] = place
      last[head - 1] = place
    }
  }
}

/** Puts the ends of groups of two and more from `first` on, in the place of keys, and their rows apart; answers how many rows these are. */
function putGroups({ keys, rows }: Keyed, from: number, to: number, first: number, chains: Chains): number {
  const { next, count, sizes, rows: mine } = chains
  let used = 0
  for (let head = 0; head < to - from; head += 1) {
    const size = count[head] ?? 0
    if (size < 2) continue
    sizes[size] = (sizes[size] ?? 0) + 1
    for (let nth = 0, place = head; nth < size; nth += 1, place = next[place] ?? 0) {
      keys[first + used] = nth === 0 ? first + used + size : 0
      mine[used] = rows[from + place] ?? 0
      used += 1
    }
  }
  return used
}
