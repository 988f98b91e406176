/** From columns as written to one value a record: canonical, each distinct value once. */
import { type Column, countOf, isPacked, type Packed, type TextColumn, textAt } from '../table.ts'
import { makeNumbering } from './numbering.ts'
import { type Ints, sharedInts } from './shared.ts'

/** Several columns of one field as one column of joined values. */
export function joinColumns(columns: readonly Column[], size: number, separator: string): TextColumn {
  const [first, ...rest] = columns.map(toTexts)
  if (!first) throw new RangeError('A field needs a column.')
  return rest.reduce((joined, column) => joinTwo(joined, column, size, separator), first)
}

const toTexts = ({ codes, values }: Column): TextColumn => ({
  codes,
  values: isPacked(values) ? Array.from({ length: countOf(values) }, (_, at) => textAt(values, at)) : values,
})

function joinTwo(one: TextColumn, other: TextColumn, size: number, separator: string): TextColumn {
  const codes = sharedInts(size)
  const values = ['']
  const known = new Map<number, number>([[0, 0]])
  const width = other.values.length
  for (let row = 0; row < size; row += 1) {
    const left = one.codes[row] ?? 0
    const right = other.codes[row] ?? 0
    const pair = left * width + right
    let code = known.get(pair)
    if (code === undefined) {
      code = values.length
      known.set(pair, code)
      values.push([one.values[left], other.values[right]].filter((part) => part).join(separator))
    }
    codes[row] = code
  }
  return { codes, values }
}

/** Columns that share one dictionary of canonical values; what `canonical` makes empty is missing. */
export function recode(
  columns: readonly TextColumn[],
  size: number,
  canonical: (written: string, column: number) => string,
): { codes: Ints[]; values: readonly string[] } {
  const [only] = columns
  // A column that is canonical as it is, such as numbers without blanks, keeps its codes.
  if (only && columns.length === 1 && only.values.every((written) => canonical(written, 0) === written))
    return { codes: [only.codes], values: only.values }
  const distinct = makeNumbering()
  distinct.of('')
  const codes = columns.map((column, index) => {
    const to = Int32Array.from(column.values, (written) => distinct.of(canonical(written, index)))
    return mapCodes(column.codes, size, to)
  })
  return { codes, values: distinct.texts }
}

function mapCodes(codes: Ints, size: number, to: Int32Array): Ints {
  const mapped = sharedInts(size)
  for (let row = 0; row < size; row += 1) mapped[row] = to[codes[row] ?? 0] ?? 0
  return mapped
}

/** Writes a canonical value to `to` from `at` on and answers where it ends; the value as written is `from[begin..end)`. Never longer than that. */
export type FoldBytes = (from: Uint8Array, begin: number, end: number, to: Uint8Array, at: number) => number

/** The same for a column of packed values, of which no string is made. */
export function recodePacked(codes: Ints, values: Packed, fold: FoldBytes): { codes: Ints; values: Packed } {
  const folded = foldAll(values, fold)
  const length = values.start.at(-1) ?? 0
  const isCanonical = folded.start.at(-1) === length && isSame(folded.bytes, 0, values.bytes, 0, length)
  if (isCanonical) return { codes, values }
  const to = eachOnce(folded, loseAlike(values, folded))
  return { codes: mapCodes(codes, codes.length, to), values: keepFirst(folded, to) }
}

function foldAll({ bytes, start }: Packed, fold: FoldBytes): Packed {
  const folded = { bytes: new Uint8Array(bytes.length), start: new Int32Array(start.length) }
  let at = 0
  for (let i = 0; i + 1 < start.length; i += 1) {
    at = fold(bytes, start[i] ?? 0, start[i + 1] ?? 0, folded.bytes, at)
    folded.start[i + 1] = at
  }
  return folded
}

const lengthOf = ({ start }: Packed, text: number): number => (start[text + 1] ?? 0) - (start[text] ?? 0)

/** Marks the texts that lost the same beginning as the first one, and nothing else: as each was written once, no two of them are one now. */
function loseAlike(written: Packed, folded: Packed): Uint8Array {
  const alike = new Uint8Array(written.start.length - 1)
  const first = written.start[1] ?? 0
  const lost = lengthOf(written, 1) - lengthOf(folded, 1)
  for (let i = 1; i < alike.length; i += 1) {
    const [from, length] = [written.start[i] ?? 0, lengthOf(folded, i)]
    const isAlike =
      length > 0 &&
      lengthOf(written, i) - length === lost &&
      isSame(written.bytes, first, written.bytes, from, lost) &&
      isSame(folded.bytes, folded.start[i] ?? 0, written.bytes, from + lost, length)
    alike[i] = Number(isAlike)
  }
  return alike
}

/**
 * Which text each one is when every text counts once, in the order in which they come; the empty one is 0. Those that are all different
 * are only looked up among the others: that table is small, where they are most.
 */
function eachOnce(texts: Packed, areDifferent: Uint8Array): Int32Array {
  const count = areDifferent.length
  const others = areDifferent.reduce((sum, one) => sum - one, count)
  const known = makeTexts(texts, others)
  const to = new Int32Array(count)
  for (let i = 1; i < count; i += 1) if (areDifferent[i] === 0 && lengthOf(texts, i) > 0) to[i] = known.add(i)
  const numbers = new Int32Array(count)
  let used = 0
  for (let i = 1; i < count; i += 1) {
    if (lengthOf(texts, i) === 0) continue
    const first = (areDifferent[i] === 0 ? to[i] : known.find(i)) || i
    if (numbers[first] === 0) {
      used += 1
      numbers[first] = used
    }
    to[i] = numbers[first] ?? 0
  }
  return to
}

/** Some of the texts: `add` answers which is the first that equals a text, and `find` too, or 0. */
function makeTexts(texts: Packed, most: number) {
  const { bytes, start } = texts
  const mask = 2 ** Math.ceil(Math.log2(most * 1.5 + 2)) - 1
  // A text's number and its hash side by side: most others are told apart without a look at their letters.
  const slots = new Int32Array(2 * (mask + 1))
  let hash = 0
  const slotOf = (text: number): number => {
    const [from, length] = [start[text] ?? 0, lengthOf(texts, text)]
    hash = hashOf(bytes, from, length)
    let slot = 2 * (hash & mask)
    for (let at = slots[slot] ?? 0; at !== 0; at = slots[slot] ?? 0) {
      const isKnown = slots[slot + 1] === hash && lengthOf(texts, at) === length
      if (isKnown && isSame(bytes, start[at] ?? 0, bytes, from, length)) break
      slot = (slot + 2) & (2 * mask + 1)
    }
    return slot
  }
  return {
    add: (text: number): number => {
      const slot = slotOf(text)
      if (slots[slot] === 0) {
        slots[slot] = text
        slots[slot + 1] = hash
      }
      return slots[slot] ?? 0
    },
    find: (text: number): number => slots[slotOf(text)] ?? 0,
  }
}

/** The first text of each number, moved in their place; the empty one is the first of all. */
function keepFirst({ bytes, start }: Packed, to: Int32Array): Packed {
  let known = 1
  for (let i = 1; i < to.length; i += 1) {
    const [from, end] = [start[i] ?? 0, start[i + 1] ?? 0]
    if (to[i] !== known) continue
    const target = start[known] ?? 0
    for (let at = 0; at < end - from; at += 1) bytes[target + at] = bytes[from + at] ?? 0
    known += 1
    start[known] = target + end - from
  }
  return { bytes, start: start.subarray(0, known + 1) }
}

/** FNV-1a, its upper bits mixed into the lower ones, which alone are looked at. */
function hashOf(bytes: Uint8Array, from: number, length: number): number {
  let hash = 0x811c9dc5
  for (let at = from; at < from + length; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  return hash ^ (hash >>> 15)
}

function isSame(one: Uint8Array, first: number, other: Uint8Array, second: number, length: number): boolean {
  for (let at = 0; at < length; at += 1) if (one[first + at] !== other[second + at]) return false
  return true
}
