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
  const { to, ...distinct } = eachOnce(folded)
  return { codes: mapCodes(codes, codes.length, to), values: distinct }
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

/** Each text once, in the order in which they come, the empty one first; `to` says which one a text became. They are moved in their place. */
function eachOnce({ bytes, start }: Packed): Packed & { readonly to: Int32Array } {
  const count = start.length - 1
  const to = new Int32Array(count)
  const mask = 2 ** Math.ceil(Math.log2(count * 1.5 + 2)) - 1
  // A text's number and its hash side by side: most others are told apart without a look at their letters.
  const slots = new Int32Array(2 * (mask + 1))
  let known = 1
  for (let i = 1; i < count; i += 1) {
    const from = start[i] ?? 0
    const length = (start[i + 1] ?? 0) - from
    if (length === 0) continue
    const hash = hashOf(bytes, from, length)
    let slot = 2 * (hash & mask)
    for (let at = slots[slot] ?? 0; at !== 0; at = slots[slot] ?? 0) {
      const other = start[at] ?? 0
      const isKnown = slots[slot + 1] === hash && (start[at + 1] ?? 0) - other === length
      if (isKnown && isSame(bytes, other, bytes, from, length)) break
      slot = (slot + 2) & (2 * mask + 1)
    }
    if (slots[slot] === 0) {
      slots[slot] = known
      slots[slot + 1] = hash
      const target = start[known] ?? 0
      for (let at = 0; at < length; at += 1) bytes[target + at] = bytes[from + at] ?? 0
      known += 1
      start[known] = target + length
    }
    to[i] = slots[slot] ?? 0
  }
  return { to, bytes, start: start.subarray(0, known + 1) }
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
