/** One way to read tables, be they sheets of a workbook or delimited text: heading row found, rows as cells by heading. */
import { open } from 'node:fs/promises'
import { type Delimiter, delimiters, firstLines, readDelimited, splitLine } from './delimited.ts'
import { type DropFile, type FileProblem, fileProblems } from './drop.ts'
import { type Encoding, type LegacyEncoding, sniffEncoding } from './encoding.ts'
import { type Cell, type Columns, findHeader, type Header, isSensitive, tidyHeading } from './header.ts'
import { readSheets } from './sheet.ts'

export type TableRow = {
  /** Row of the sheet, or first line in the file, from 1. */
  readonly row: number
  readonly cells: { readonly [heading: string]: Cell }
}

export type Table = {
  /** Sheet number from 1; undefined for text files. A sheet's name could name a person. */
  readonly sheet: number | undefined
  /** What stands above the heading row. */
  readonly preamble: readonly (readonly Cell[])[]
  readonly headings: readonly string[]
  /** Rows that hold anything; read them once. */
  readonly rows: AsyncGenerator<TableRow>
}

export type TableOptions<Column extends string> = {
  readonly columns: Columns<Column>
  /** So many known headings make a heading row. */
  readonly atLeast: number
  readonly encoding: LegacyEncoding | undefined
}

/** A row whose cells may stand under the wrong headings carries this key with the broken rule's name. */
export const shapeKey = '~row'

/** Rows looked through for the heading row. */
const headerWithin = 40

type Source = AsyncGenerator<{ readonly row: number; readonly values: readonly Cell[]; readonly unbalanced?: true }>

/**
 * Yields the file's tables; for a sheet that holds something but no heading row, its FileProblem.
 * Throws FileProblem when nothing of the file can be read.
 */
export async function* openTables<Column extends string>(
  file: DropFile,
  options: TableOptions<Column>,
): AsyncGenerator<Table | FileProblem> {
  if (file.size === 0) throw fileProblems.empty
  const kind = await kindOf(file)
  if (kind === 'other') throw fileProblems.kind
  if (kind === 'text') {
    const encoding = await sniffEncoding(file.path, options.encoding)
    const table = await tableOf(readText(file, encoding, options), undefined, options)
    yield table ?? fileProblems.headings
    return
  }
  for (const [index, sheet] of (await readSheets(file)).entries()) {
    const table = await tableOf(readRows(sheet.rows), index + 1, options)
    if (table) yield table
    else if (sheet.rows.some((row) => row.some(holds))) yield fileProblems.headings
  }
}

/** First bytes of what is no table, whatever its name: old workbooks and those with a password, pictures, PDF, gzip, 7z, rar. */
const others = [
  'd0cf11e0',
  '89504e47',
  'ffd8ff',
  '47494638',
  '49492a00',
  '25504446',
  '1f8b',
  '377abcaf',
  '52617221',
].map((hex) => Buffer.from(hex, 'hex'))

/** Told by the first bytes: names lie. */
const kindOf = async (file: DropFile): Promise<'workbook' | 'other' | 'text'> => {
  const handle = await open(file.path)
  try {
    const { buffer } = await handle.read(Buffer.alloc(4), 0, 4, 0)
    if (buffer.equals(Buffer.from('PK\u0003\u0004'))) return 'workbook'
    return others.some((first) => buffer.subarray(0, first.length).equals(first)) ? 'other' : 'text'
  } finally {
    await handle.close()
  }
}

async function* readText<Column extends string>(
  file: DropFile,
  encoding: Encoding,
  options: TableOptions<Column>,
): Source {
  const lines = await firstLines(file.path, encoding, headerWithin)
  yield* readDelimited(file.path, encoding, sniffDelimiter(lines, options.columns))
}

/** The delimiter under which a line holds most known headings; where none does, the one that is used most. */
const sniffDelimiter = <Column extends string>(lines: readonly string[], columns: Columns<Column>): Delimiter => {
  const known = (line: string, delimiter: Delimiter) =>
    new Set(splitLine(line, delimiter).map((cell) => columns.of(cell))).size
  const score = (delimiter: Delimiter) => {
    const most = Math.max(0, ...lines.map((line) => known(line, delimiter)))
    const used = lines.reduce((sum, line) => sum + line.split(delimiter).length - 1, 0)
    return most * 1_000_000 + used
  }
  return delimiters.reduce((best, next) => (score(next) > score(best) ? next : best))
}

async function* readRows(rows: readonly (readonly Cell[])[]): Source {
  for (const [index, values] of rows.entries()) yield { row: index + 1, values }
}

const tableOf = async <Column extends string>(
  source: Source,
  sheet: number | undefined,
  { columns, atLeast }: TableOptions<Column>,
): Promise<Table | undefined> => {
  const head: { row: number; values: readonly Cell[]; unbalanced?: true }[] = []
  while (head.length < headerWithin) {
    const step = await source.next()
    if (step.done) break
    head.push(step.value)
  }
  const grid = head.map(({ values }) => values)
  const header = findHeader(grid, columns, atLeast)
  if (!header) {
    await source.return(undefined)
    return undefined
  }
  const rows = rowsBelow(head.slice(header.below), source, header, sheet === undefined)
  return { sheet, preamble: grid.slice(0, header.at), headings: header.headings, rows }
}

async function* rowsBelow(
  buffered: readonly { row: number; values: readonly Cell[]; unbalanced?: true }[],
  source: Source,
  { headings }: Header,
  strictWidth: boolean,
): AsyncGenerator<TableRow> {
  const dropped = headings.map(isSensitive)
  const toRow = (from: { row: number; values: readonly Cell[]; unbalanced?: true }): TableRow | undefined => {
    if (!from.values.some(holds) || repeats(from.values, headings)) return undefined
    const cells: { [heading: string]: Cell } = {}
    for (const [index, value] of from.values.entries()) {
      const heading = headings[index]
      if (heading !== undefined) cells[heading] = dropped[index] ? null : value
      else if (holds(value)) cells[`column ${index + 1}`] = value
    }
    const shape = from.unbalanced
      ? 'unbalanced-quote'
      : strictWidth
        ? widthProblem(from.values, headings.length)
        : undefined
    if (shape) cells[shapeKey] = shape
    return { row: from.row, cells }
  }
  for (const from of buffered) {
    const row = toRow(from)
    if (row) yield row
  }
  for await (const from of source) {
    const row = toRow(from)
    if (row) yield row
  }
}

/** Reports print their headings again on every sheet of paper. */
const repeats = (values: readonly Cell[], headings: readonly string[]): boolean => {
  const same = (cell: Cell | undefined, heading: string | undefined) =>
    typeof cell === 'string' && heading !== undefined && tidyHeading(cell) === tidyHeading(heading)
  const first = headings.findIndex((heading) => !heading.startsWith('column '))
  return same(values[first], headings[first]) && same(values[first + 1], headings[first + 1])
}

/** In text, a cell too many means that a delimiter stood inside a cell: everything behind it has slipped. */
const widthProblem = (values: readonly Cell[], width: number): 'too-many-cells' | 'too-few-cells' | undefined => {
  if (values.length < width) return 'too-few-cells'
  return values.slice(width).some(holds) ? 'too-many-cells' : undefined
}

const holds = (cell: Cell): boolean => cell !== null && (typeof cell !== 'string' || cell.trim() !== '')
