/** Reads the provinces' lists: which province each is from, and which streams it is the whole of. */
import type { AdapterSettings } from '../contract.ts'
import { FileProblem } from '../transports/drop.ts'
import type { LegacyEncoding } from '../transports/encoding.ts'
import { type FileReader, problemRecord } from '../transports/files.ts'
import { openTables, type Table, type TableRow } from '../transports/table.ts'
import { type CellReader, cellReader, columns } from './columns.ts'
import { listRecords, numberKey } from './list.ts'
import { monthlyStream } from './payment.ts'
import { provinceCode, provinceOf } from './province.ts'

export type LssoPull = {
  readonly encoding: LegacyEncoding | undefined
  /** A province's file is its whole roll, and the whole payment list of its months: who is not in it has left. */
  readonly fullRoll: boolean
  readonly settings: AdapterSettings
}

/** So many known headings make a heading row. */
const atLeast = 4

type Rows = Iterable<TableRow> | AsyncIterable<TableRow>

export const makeReader = ({ encoding, fullRoll, settings }: LssoPull): FileReader => {
  const options = { columns, atLeast, encoding }
  return async function* (file) {
    const paid = new Map<string, Map<string, number>>()
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
        const lines = paid.get(province) ?? new Map<string, number>()
        paid.set(province, lines)
        const list = { file, table, province, numbers: survey.numbers, at, settings }
        for await (const raw of listRecords(list, held ?? table.rows)) {
          if (monthlyStream.test(raw.stream)) lines.set(raw.stream, (lines.get(raw.stream) ?? 0) + 1)
          yield raw
        }
      }
    }
    if (!fullRoll || !whole) return []
    return [...paid].flatMap(([province, lines]) => [`insured/${province}`, ...wholeMonths(lines)])
  }
}

/**
 * A list of one month may also hold what a few paid late for another, and says nothing about the rest of that month: only
 * a month with at least half as many payments as the list's fullest one is there as a whole.
 */
const wholeMonths = (paid: ReadonlyMap<string, number>): string[] => {
  const most = Math.max(...paid.values())
  return [...paid].flatMap(([stream, payments]) => (payments * 2 >= most ? [stream] : []))
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

async function* rowsAgain(tables: AsyncIterable<Table | FileProblem>): AsyncGenerator<TableRow> {
  for await (const table of tables) if (!(table instanceof FileProblem)) yield* table.rows
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
