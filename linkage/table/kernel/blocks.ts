/** The pairs that a key brings together. Too large blocks are cut by further atoms, and what is still too large into neighbours. */
import { type Ints, sharedInts } from '../columns/shared.ts'
import type { KeyReport } from '../linked.ts'
import type { Atom } from './atoms.ts'
import { collect, type Groups } from './groups.ts'
import type { KeyPlan } from './keys.ts'
import { cumulate } from './sort.ts'
import { inSteps } from './steps.ts'

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

const pairsOf = (size: number): number => (size * (size - 1)) / 2
/** Neighbours that are compared where a block cannot be cut further. */
const neighbours = 50
/** Blocks this small are never cut: there are very many of them, and hardly any pairs in them. */
const small = 4

type Sizes = { readonly blocks: number; readonly pairs: number; readonly largest: number }

function sumsOf(sizes: Int32Array): Sizes {
  let [blocks, pairs, largest] = [0, 0, 0]
  for (const [size, count] of sizes.entries()) {
    if (size < 2 || count === 0) continue
    blocks += count
    pairs += count * pairsOf(size)
    largest = size
  }
  return { blocks, pairs, largest }
}

type Cut = {
  readonly groups: Groups
  /** By atom, its value by row. */
  readonly refine: readonly (() => Uint16Array)[]
  /** By how many atoms a block has been cut already, where it begins. */
  readonly depths: Uint8Array
  /** Room for the values of an atom, side by side with the rows. */
  readonly values: Int32Array
  /** How many pairs there are too many, and how many blocks were cut by an atom, or into neighbours. */
  over: number
  refined: number
  capped: number
}

/** Cuts the largest groups first until the pairs of all are within the budget. The groups are changed in place. */
function cutToBudget(groups: Groups, refine: Cut['refine'], budget: number): Pick<Cut, 'refined' | 'capped'> {
  const { ends, sizes } = groups
  const { pairs, largest } = sumsOf(sizes)
  const over = pairs - budget
  if (over <= 0) return { refined: 0, capped: 0 }
  const [depths, values] = [new Uint8Array(ends.length), new Int32Array(ends.length)]
  const cut: Cut = { groups, refine, depths, values, over, refined: 0, capped: 0 }
  for (let most = largest; cut.over > 0 && most > small; ) {
    most = Math.min(most - 1, sizeWithin(sizes, budget))
    let from = 0
    inSteps(0, ends.length, (_, to) => {
      from = cutAbove(cut, most, from, to)
    })
  }
  return cut
}

/** The least size up to which blocks hold a budget of pairs: all larger ones have to be cut, in whatever order. */
function sizeWithin(sizes: Int32Array, budget: number): number {
  let pairs = 0
  let size = 0
  while (pairs < budget && size < sizes.length) {
    size += 1
    pairs += pairsOf(size) * (sizes[size] ?? 0)
  }
  return size
}

/** Cuts blocks of more than `most` rows, and what they are cut into, as long as there are too many pairs; answers where it ends. */
function cutAbove(cut: Cut, most: number, first: number, last: number): number {
  const { ends } = cut.groups
  const { depths, refine } = cut
  let from = first
  while (from < last && cut.over > 0) {
    const to = ends[from] ?? 0
    const size = to - from
    if (to === 0) from += 1
    else if (size <= most || size <= small || (size <= neighbours && (depths[from] ?? 0) >= refine.length)) from = to
    else cutBlock(cut, from, to)
  }
  return from
}

function cutBlock(cut: Cut, from: number, to: number): void {
  const { rows, ends, sizes } = cut.groups
  const depth = cut.depths[from] ?? 0
  const values = cut.refine[depth]?.()
  if (values) {
    cut.refined += 1
    lookUp(values, rows, from, to, cut.values)
    split(cut.groups, from, to, cut.values)
  } else {
    cut.capped += 1
    for (let at = from; at < to; at += neighbours) ends[at] = Math.min(to, at + neighbours)
  }
  cut.over -= pairsOf(to - from)
  sizes[to - from] = (sizes[to - from] ?? 0) - 1
  for (let at = from; at < to; ) {
    const end = ends[at] ?? to
    const size = end - at
    cut.over += pairsOf(size)
    sizes[size] = (sizes[size] ?? 0) + 1
    cut.depths[at] = values ? depth + 1 : depth
    // A row that is left alone is in no block.
    if (size === 1) ends[at] = 0
    at = end
  }
}

/** Many keys are cut by the same atoms. */
const known = new WeakMap<Atom, Uint16Array>()

/** The values of an atom by row, in as little room as will do: what two have in common by accident, a later atom tells apart. */
function valuesOf(atom: Atom, size: number): Uint16Array {
  let values = known.get(atom)
  if (!values) {
    const fresh = new Uint16Array(size)
    inSteps(0, size, (from, to) => fillValues(atom, fresh, from, to))
    known.set(atom, fresh)
    values = fresh
  }
  return values
}

function fillValues({ codes, of }: Atom, values: Uint16Array, from: number, to: number): void {
  for (let row = from; row < to; row += 1) values[row] = (of[codes[row] ?? 0] ?? 0) >>> 16
}

/** Values, side by side with their rows. */
function lookUp(byRow: Uint16Array, rows: Int32Array, from: number, to: number, values: Int32Array): void {
  for (let i = from; i < to; i += 1) values[i] = byRow[rows[i] ?? 0] ?? 0
}

/** Longer lists are sorted by the runtime. */
const short = 60

/** Sorts rows by their values, then by row, and sets the ends of those that share a value. */
function split({ rows, ends }: Groups, from: number, to: number, values: Int32Array): void {
  if (to - from > short) sortLong(rows, values, from, to)
  else sortShort(rows, values, from, to)
  let begin = from
  for (let i = from + 1; i < to; i += 1) {
    if (values[i] === values[begin]) continue
    ends[begin] = i
    begin = i
  }
  ends[begin] = to
}

/** Stable. */
function sortShort(rows: Int32Array, values: Int32Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i += 1) {
    const value = values[i] ?? 0
    const row = rows[i] ?? 0
    let at = i
    for (; at > from && (values[at - 1] ?? 0) > value; at -= 1) {
      values[at] = values[at - 1] ?? 0
      rows[at] = rows[at - 1] ?? 0
    }
    values[at] = value
    rows[at] = row
  }
}

/** Rows are numbered in so many bits below an atom's value, so that a plain sort of numbers orders by value, then by row. */
const rowBits = 2 ** 27

function sortLong(rows: Int32Array, values: Int32Array, from: number, to: number): void {
  const order = new Float64Array(to - from)
  for (let i = from; i < to; i += 1) order[i - from] = (values[i] ?? 0) * rowBits + (rows[i] ?? 0)
  order.sort()
  for (let i = from; i < to; i += 1) {
    const one = order[i - from] ?? 0
    const value = Math.floor(one / rowBits)
    values[i] = value
    rows[i] = one - value * rowBits
  }
}

/** The pairs of one key within a budget. Rows are below 2^26. */
export function makeBlocks(plan: KeyPlan, size: number, budget: number): Blocks {
  const groups = collect(plan, size)
  const refine = plan.refine.map((atom) => () => valuesOf(atom, size))
  const { refined, capped } = cutToBudget(groups, refine, budget)
  const start = sharedInts(rangesOf(size) + 1)
  inSteps(0, groups.rows.length, (from, to) => countPairs(groups, from, to, start))
  cumulate(start)
  const sizes = sumsOf(groups.sizes)
  const lower = new Uint16Array(new SharedArrayBuffer(sizes.pairs * 2))
  const higher = sharedInts(sizes.pairs)
  const next = start.slice()
  inSteps(0, groups.rows.length, (from, to) => putPairs(groups, from, to, next, lower, higher))
  return { start, lower, higher, report: { name: plan.name, refined, capped, ...sizes } }
}

/** Counts the pairs of blocks that begin at some rows, by the range of their lower row, each count one place on. */
function countPairs({ rows, ends }: Groups, first: number, last: number, start: Int32Array): void {
  for (let from = first; from < last; from += 1)
    for (let i = from, to = ends[from] ?? 0; i + 1 < to; i += 1) {
      const range = ((rows[i] ?? 0) >>> rangeBits) + 1
      start[range] = (start[range] ?? 0) + to - i - 1
    }
}

function putPairs(
  { rows, ends }: Groups,
  first: number,
  last: number,
  next: Int32Array,
  lower: Uint16Array,
  higher: Int32Array,
): void {
  for (let from = first; from < last; from += 1)
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
