/** What records are called in the answers. */
import type { Lines } from './answers.ts'
import type { Dictionary } from './dictionary.ts'
import { csvCell } from './outputs.ts'
import { InputProblem } from './problem.ts'
import type { ReadTable } from './read-csv.ts'

type WriteId = (row: number, lines: Lines) => void

export type Ids = {
  /** Where ids repeat from one source to another, with the source before it. */
  readonly idOf: (row: number) => string
  /** The id as it stands in the file. */
  readonly plainIdOf: (row: number) => string
  /** The same as cells of a CSV file. */
  readonly write: WriteId
  readonly writePlain: WriteId
  /** Rows that an id may mean; more than one when it stands in several sources. */
  readonly rowsOf: (id: string) => number[]
  readonly notes: readonly string[]
}

/** Throws InputProblem when two records of one source have the same id. */
export function makeIds({ table, ids, fileOf, lines }: ReadTable): Ids {
  if (!ids) {
    const number = (row: number) => String(row + 1)
    const write: WriteId = (row, lines) => lines.ascii(number(row))
    const rowsOf = (id: string) => rowNumbered(id, table.size)
    return { idOf: number, plainIdOf: number, write, writePlain: write, rowsOf, notes: [] }
  }
  const source = table.source
  const missing = countMissing(ids, table.size)
  const isUnique = ids.count - 1 === table.size - missing
  const clashes = isUnique ? { within: [], across: 0 } : repeated(ids, table.size, source?.codes)
  const [first] = clashes.within
  if (first) {
    const place = (row: number) => `${fileOf(row).path} line ${lines[row]}`
    const named = clashes.within
      .slice(0, 3)
      .map(([one, two]) => `  ${ids.value(ids.codes[one] ?? 0)}: ${place(one)} and ${place(two)}`)
    throw new InputProblem(
      `${clashes.within.length.toLocaleString('en-GB')} records repeat the id of a record before them (column ${ids.name}):\n${named.join('\n')}\n` +
        'Each record needs its own id. Name another column with --id COLUMN, or number the records with --id none.',
    )
  }
  const stand = missing > 0 ? freePrefix(ids) : ''
  const plainIdOf = (row: number) => {
    const code = ids.codes[row] ?? 0
    return code === 0 ? `${stand}${row + 1}` : ids.value(code)
  }
  const isQualified = clashes.across > 0 && source !== undefined
  const idOf = isQualified
    ? (row: number) => `${source.values[source.codes[row] ?? 0] ?? ''}:${plainIdOf(row)}`
    : plainIdOf
  const notes = [
    ...(missing > 0
      ? [
          `${missing.toLocaleString('en-GB')} records have no id; they are called ${stand}N, N being the record's number`,
        ]
      : []),
    ...(isQualified ? ['ids repeat from one source to another, so they are written as SOURCE:ID'] : []),
  ]
  const rowsOf = (id: string) => {
    const rows: number[] = []
    for (let row = 0; row < table.size; row += 1) if (plainIdOf(row) === id || idOf(row) === id) rows.push(row)
    return rows
  }
  const { bytes } = ids
  const writePlain: WriteId = (row, lines) => {
    const code = ids.codes[row] ?? 0
    if (code === 0 || !lines.value(bytes, ids.startOf(code), ids.endOf(code, bytes)))
      lines.text(csvCell(plainIdOf(row)))
  }
  const write: WriteId = isQualified ? (row, lines) => lines.text(csvCell(idOf(row))) : writePlain
  return { idOf, plainIdOf, write, writePlain, rowsOf, notes }
}

function rowNumbered(id: string, size: number): number[] {
  const row = Number(id) - 1
  return /^\d+$/.test(id) && row >= 0 && row < size ? [row] : []
}

/** Pairs of rows with one id within a source, each with the first of its kind; and how many repeat over sources alone. */
function repeated(ids: Dictionary, size: number, source: Int32Array | undefined) {
  const firstRow = new Int32Array(ids.count).fill(-1)
  const bySource = new Map<string, number>()
  const within: [number, number][] = []
  let across = 0
  for (let row = 0; row < size; row += 1) {
    const code = ids.codes[row] ?? 0
    if (code === 0) continue
    const first = firstRow[code] ?? -1
    if (first < 0) {
      firstRow[code] = row
      continue
    }
    if (!source) {
      within.push([first, row])
      continue
    }
    bySource.set(`${code} ${source[first]}`, first)
    const key = `${code} ${source[row]}`
    const twin = bySource.get(key)
    if (twin === undefined) {
      bySource.set(key, row)
      across += 1
    } else within.push([twin, row])
  }
  return { within, across }
}

function countMissing(ids: Dictionary, size: number): number {
  let missing = 0
  for (let row = 0; row < size; row += 1) if (ids.codes[row] === 0) missing += 1
  return missing
}

/** A beginning that no id of the file has. */
function freePrefix(ids: Dictionary): string {
  const known = ids.values()
  let prefix = 'row-'
  while (known.some((id) => id.startsWith(prefix))) prefix = `_${prefix}`
  return prefix
}
