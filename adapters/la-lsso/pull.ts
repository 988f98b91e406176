/** Reads a province's list into raw records: one an insured number, with all the rows (months) that bear it. */
import { readMoney } from '../../schemas/values/money.ts'
import type { RawRecord } from '../contract.ts'
import { type DropFile, FileProblem } from '../transports/drop.ts'
import type { LegacyEncoding } from '../transports/encoding.ts'
import { type FileReader, problemRecord } from '../transports/files.ts'
import { openTables, type Table, type TableRow } from '../transports/table.ts'
import { type Column, columns } from './columns.ts'
import { provinceCode, provinceOf } from './province.ts'

export type LssoPull = {
  readonly encoding: LegacyEncoding | undefined
  /** A province's file is its whole roll: who is not in it has left. */
  readonly fullRoll: boolean
}

/** So many known headings make a heading row. */
const atLeast = 4

type Rows = Iterable<TableRow> | AsyncIterable<TableRow>
type CellReader = (row: TableRow, column: Column) => string

export const makeReader = ({ encoding, fullRoll }: LssoPull): FileReader => {
  const options = { columns, atLeast, encoding }
  return async function* (file) {
    const provinces = new Set<string>()
    let whole = true
    for await (const table of openTables(file, options)) {
      if (table instanceof FileProblem) {
        whole = false
        yield problemRecord(file.name, table)
        continue
      }
      const at = cellReader(table)
      // A sheet is in memory anyway; a text file, which may be long, is read a second time instead.
      const held = table.sheet === undefined ? undefined : await collect(table.rows)
      const survey = await surveyRows(held ?? rowsAgain(openTables(file, options)), at)
      const province = provinceOf(table.preamble, survey.provinces, file.name)
      if (province === undefined) {
        whole = false
        if (!held) await table.rows.return(undefined)
        yield problemRecord(file.name, provinceUnknown)
      } else {
        provinces.add(province)
        yield* insuredRecords({ file, table, province, numbers: survey.numbers, at }, held ?? table.rows)
      }
    }
    return fullRoll && whole ? [...provinces].map((province) => `insured/${province}`) : []
  }
}

export const provinceUnknown = new FileProblem(
  'province-unknown',
  'It cannot be told which province this list is from. Name it in a title row (ແຂວງ …), in the column ແຂວງ, or in the file’s name.',
)

const collect = async (rows: AsyncIterable<TableRow>): Promise<TableRow[]> => {
  const all: TableRow[] = []
  for await (const row of rows) all.push(row)
  return all
}

export const totalDiffers = new FileProblem(
  'total-differs',
  'This totals row is not what the rows above it add up to. The rows were read; ask the province which is right.',
)

async function* rowsAgain(tables: AsyncIterable<Table | FileProblem>): AsyncGenerator<TableRow> {
  for await (const table of tables) if (!(table instanceof FileProblem)) yield* table.rows
}

const cellReader = ({ headings }: Table): CellReader => {
  const byColumn = new Map([...headings].reverse().map((heading) => [columns.of(heading), heading]))
  return ({ cells }, column) => {
    const heading = byColumn.get(column)
    const cell = heading === undefined ? undefined : cells[heading]
    return cell === undefined || cell === null ? '' : String(cell).trim()
  }
}

/** How often each insured number and each province stands in the list. */
const surveyRows = async (rows: Rows, at: CellReader) => {
  const numbers = new Map<string, number>()
  const provinces = new Map<string, number>()
  const seen = new Map<string, string | undefined>()
  for await (const row of rows) {
    const number = numberKey(at(row, 'INSURED NO'))
    if (number !== '') numbers.set(number, (numbers.get(number) ?? 0) + 1)
    const written = at(row, 'PROVINCE')
    if (!seen.has(written)) seen.set(written, written === '' ? undefined : provinceCode(written))
    const province = seen.get(written)
    if (province) provinces.set(province, (provinces.get(province) ?? 0) + 1)
  }
  return { numbers, provinces }
}

const numberKey = (written: string): string => written.normalize('NFKC').toUpperCase().replace(/\s/g, '')

type List = {
  readonly file: DropFile
  readonly table: Table
  readonly province: string
  readonly numbers: ReadonlyMap<string, number>
  readonly at: CellReader
}

async function* insuredRecords({ file, table, province, numbers, at }: List, rows: Rows): AsyncGenerator<RawRecord> {
  const control = makeControl(file, at)
  const waiting = new Map<string, { readonly first: number; readonly rows: TableRow['cells'][] }>()
  const sheet = table.sheet !== undefined && table.sheet > 1 ? ` sheet ${table.sheet}` : ''
  const record = (row: number, cells: readonly TableRow['cells'][]): RawRecord => ({
    stream: `insured/${province}`,
    origin: `${file.name}${sheet} row ${row}`,
    data: { rows: cells },
  })
  for await (const row of rows) {
    if (isTotal(row, at)) {
      const wrong = control.compare(row)
      if (wrong) yield wrong
      continue
    }
    control.add(row)
    const key = numberKey(at(row, 'INSURED NO'))
    const times = numbers.get(key) ?? 1
    if (times === 1) {
      yield record(row.row, [row.cells])
      continue
    }
    const group = waiting.get(key) ?? { first: row.row, rows: [] }
    waiting.set(key, group)
    group.rows.push(row.cells)
    if (group.rows.length === times) {
      waiting.delete(key)
      yield record(group.first, group.rows)
    }
  }
  for (const { first, rows: left } of waiting.values()) yield record(first, left)
}

const isTotal = (row: TableRow, at: CellReader): boolean =>
  at(row, 'BIRTH DATE') === '' &&
  (['NO', 'INSURED NO', 'NAME'] as const).some((column) => /^(ລວມ|ຍອດລວມ|(grand )?total)/i.test(at(row, column)))

/** Totals rows are nobody's; they are held against the rows above them: since the last total, or all. */
const makeControl = (file: DropFile, at: CellReader) => {
  let all: number | undefined = 0
  let since: number | undefined = 0
  const amountIn = (row: TableRow): number | undefined => {
    const read = readMoney(at(row, 'AMOUNT'), 'LAK')
    if (read.outcome === 'invalid') return undefined
    return read.outcome === 'ok' ? read.money.amount : 0
  }
  const plus = (sum: number | undefined, amount: number | undefined) =>
    sum === undefined || amount === undefined ? undefined : sum + amount
  const add = (row: TableRow): void => {
    const amount = amountIn(row)
    all = plus(all, amount)
    since = plus(since, amount)
  }
  const compare = (row: TableRow): RawRecord | undefined => {
    const total = at(row, 'AMOUNT') === '' ? undefined : amountIn(row)
    const agrees = total === undefined || all === undefined || total === all || total === since
    since = 0
    if (agrees) return undefined
    return problemRecord(`${file.name} row ${row.row}`, totalDiffers)
  }
  return { add, compare }
}
