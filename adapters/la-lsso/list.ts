/** The raw records of a list: one an insured number with all its rows, and one for each month that the rows say was paid. */
import { readMoney } from '../../schemas/values/money.ts'
import type { AdapterSettings, RawRecord } from '../contract.ts'
import { makeRemarks } from '../transports/cells.ts'
import type { DropFile } from '../transports/drop.ts'
import type { Table, TableRow } from '../transports/table.ts'
import type { CellReader } from './columns.ts'
import { readBearer, readRows } from './identity.ts'
import { monthOf, paymentStream } from './payment.ts'
import { isTotal, makeControl } from './totals.ts'

export type List = {
  readonly file: DropFile
  readonly table: Table
  readonly province: string
  /** How many rows each insured number has, by its key. */
  readonly numbers: ReadonlyMap<string, number>
  readonly at: CellReader
  readonly settings: AdapterSettings
}

/** Spellings of an insured number that are one. */
export const numberKey = (written: string): string => written.normalize('NFKC').toUpperCase().replace(/\s/g, '')

/** The rows of a number need not stand together: its records come when the last of them has been read. */
export async function* listRecords(
  list: List,
  rows: Iterable<TableRow> | AsyncIterable<TableRow>,
): AsyncGenerator<RawRecord> {
  const { file, numbers, at } = list
  const control = makeControl(file, at)
  const waiting = new Map<string, TableRow[]>()
  for await (const row of rows) {
    if (isTotal(row, at)) {
      const wrong = control.compare(row)
      if (wrong) yield wrong
      continue
    }
    control.add(row)
    const key = numberKey(at(row, 'INSURED NO'))
    const times = numbers.get(key) ?? 1
    const group = waiting.get(key) ?? []
    group.push(row)
    if (group.length < times) waiting.set(key, group)
    else {
      waiting.delete(key)
      yield* recordsOf(list, group)
    }
  }
  for (const left of waiting.values()) yield* recordsOf(list, left)
}

function* recordsOf(list: List, rows: readonly TableRow[]): Generator<RawRecord> {
  yield recordOf(list, `insured/${list.province}`, rows)
  const paying = rows.filter((row) => pays(row, list.at))
  // The insured record is refused for what is wrong with number and name, and once is enough.
  if (paying.length === 0 || !bearerIsKnown(rows)) return
  const months = new Map<string, TableRow[]>()
  for (const row of paying) {
    const stream = streamOf(list, row)
    const lines = months.get(stream)
    if (lines) lines.push(row)
    else months.set(stream, [row])
  }
  for (const [stream, lines] of months) yield recordOf(list, stream, lines)
}

const recordOf = ({ file, table }: List, stream: string, rows: readonly TableRow[]): RawRecord => {
  const sheet = table.sheet !== undefined && table.sheet > 1 ? ` sheet ${table.sheet}` : ''
  return { stream, origin: `${file.name}${sheet} row ${rows[0]?.row}`, data: { rows: rows.map(({ cells }) => cells) } }
}

/** States an amount, readable or not. */
const pays = (row: TableRow, at: CellReader): boolean => {
  const read = readMoney(at(row, 'AMOUNT'), 'LAK')
  return read.outcome === 'invalid' || (read.outcome === 'ok' && read.money.amount !== 0)
}

const bearerIsKnown = (rows: readonly TableRow[]): boolean => {
  const remarks = makeRemarks()
  readBearer(readRows({ rows: rows.map(({ cells }) => cells) }, remarks), remarks)
  return remarks.reasons.length === 0
}

const streamOf = ({ province, at, settings }: List, row: TableRow): string =>
  paymentStream(province, monthOf((column) => at(row, column), settings.today)?.month)
