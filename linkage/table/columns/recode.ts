/** From columns as written to one value a record: canonical, each distinct value once. */
import type { Column } from '../table.ts'
import { type Ints, sharedInts } from './shared.ts'

/** Several columns of one field as one column of joined values. */
export function joinColumns(columns: readonly Column[], size: number, separator: string): Column {
  const [first, ...rest] = columns
  if (!first) throw new RangeError('A field needs a column.')
  return rest.reduce((joined, column) => joinTwo(joined, column, size, separator), first)
}

function joinTwo(one: Column, other: Column, size: number, separator: string): Column {
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
  columns: readonly Column[],
  size: number,
  canonical: (written: string, column: number) => string,
): { codes: Ints[]; values: readonly string[] } {
  const [only] = columns
  // A column that is canonical as it is, such as numbers without blanks, keeps its codes.
  if (only && columns.length === 1 && only.values.every((written) => canonical(written, 0) === written))
    return { codes: [only.codes], values: only.values }
  const values = ['']
  const known = new Map([['', 0]])
  const codes = columns.map((column, index) => {
    const to = new Int32Array(column.values.length)
    for (let code = 1; code < column.values.length; code += 1) {
      const value = canonical(column.values[code] ?? '', index)
      let at = known.get(value)
      if (at === undefined) {
        at = values.length
        values.push(value)
        known.set(value, at)
      }
      to[code] = at
    }
    const mine = sharedInts(size)
    for (let row = 0; row < size; row += 1) mine[row] = to[column.codes[row] ?? 0] ?? 0
    return mine
  })
  return { codes, values }
}
