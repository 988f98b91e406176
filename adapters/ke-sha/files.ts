/** Reads SHA's files into raw records: a row of the old member export each, or a line of an employer's by-product. */
import { readIdentifier } from '../../schemas/values/identifier.ts'
import { readMoney } from '../../schemas/values/money.ts'
import { tidy } from '../../schemas/values/name.ts'
import type { RawRecord } from '../contract.ts'
import { type DropFile, FileProblem } from '../transports/drop.ts'
import type { LegacyEncoding } from '../transports/encoding.ts'
import { type FileReader, problemRecord } from '../transports/files.ts'
import type { Cell } from '../transports/header.ts'
import { openTables, type Table, type TableRow } from '../transports/table.ts'
import {
  anyColumns,
  type ByProductColumn,
  byProductColumns,
  type PreambleLabel,
  preambleLabels,
  streamOf,
} from './columns.ts'

type ReaderOptions = {
  readonly encoding: LegacyEncoding | undefined
  /** One member export is the whole roll: who is not in it has left. */
  readonly fullRoll: boolean
}

/** So many known headings make a heading row; the labels above the lines are fewer in a row. */
const atLeast = 4

export const makeReader = ({ encoding, fullRoll }: ReaderOptions): FileReader =>
  async function* (file) {
    let whole = true
    let roll = false
    for await (const table of openTables(file, { columns: anyColumns, atLeast, encoding })) {
      const stream = table instanceof FileProblem ? undefined : streamOf(table.headings)
      if (table instanceof FileProblem || stream === undefined) {
        whole = false
        yield problemRecord(file.name, table instanceof FileProblem ? table : layoutUnknown)
      } else if (stream === 'nhif') {
        roll = true
        yield* memberRows(file, table)
      } else yield* lines(file, table)
    }
    return fullRoll && roll && whole ? ['nhif'] : []
  }

export const layoutUnknown = new FileProblem(
  'layout-unknown',
  'The headings are those of neither a member export (NHIF NO and DOB or RELATIONSHIP) nor an employer by-product (AMOUNT and PAYROLL NO).',
)

const originOf = (file: DropFile, { sheet }: Table, row: number): string =>
  `${file.name}${sheet !== undefined && sheet > 1 ? ` sheet ${sheet}` : ''} row ${row}`

const isTotalWord = (cell: Cell | undefined): boolean =>
  typeof cell === 'string' && /^(grand |sub )?totals?( (members|amount|records))?[\s:]*$/i.test(cell.trim())

async function* memberRows(file: DropFile, table: Table): AsyncGenerator<RawRecord> {
  for await (const { row, cells } of table.rows) {
    const filled = Object.values(cells).filter((cell) => cell !== null && cell !== '')
    // A word, a count and a watermark at most: a row that says more is somebody's, and is told when it cannot be read.
    if (!isTotalWord(filled[0]) || filled.length > 3)
      yield { stream: 'nhif', origin: originOf(file, table, row), data: cells }
  }
}

async function* lines(file: DropFile, table: Table): AsyncGenerator<RawRecord> {
  const header = headerOf(table)
  const reader = cellReader(table)
  const seen = new Map<string, number>()
  let sum: number | undefined = 0
  let declared: number | undefined
  for await (const { row, cells } of table.rows) {
    const at = (column: ByProductColumn) => reader(cells, column)
    const amount = cents(at('AMOUNT'))
    if (isTotal(at)) {
      declared = amount
      continue
    }
    sum = sum === undefined || amount === undefined ? undefined : sum + amount
    const key = keyOf(at)
    const repeat = (seen.get(key) ?? 0) + 1
    seen.set(key, repeat)
    yield {
      stream: 'by-product',
      origin: originOf(file, table, row),
      data: { header, line: cells, ...(repeat > 1 && { repeat }) },
    }
  }
  if (declared !== undefined && sum !== undefined && declared !== sum) yield problemRecord(file.name, totalDiffers)
}

export const totalDiffers = new FileProblem(
  'total-differs',
  'The TOTAL row is not the sum of the lines above it. The lines were taken as they are; ask the employer for the missing or doubled ones.',
)

type CellReader = (cells: TableRow['cells'], column: ByProductColumn) => string

/** Finds a column's cell by the heading it has in this table; '' when there is none. */
const cellReader = ({ headings }: Table): CellReader => {
  const byColumn = new Map([...headings].reverse().map((heading) => [byProductColumns.of(heading), heading]))
  return (cells, column) => {
    const heading = byColumn.get(column)
    const cell = heading === undefined ? undefined : cells[heading]
    return cell === undefined || cell === null ? '' : String(cell).trim()
  }
}

type At = (column: ByProductColumn) => string

/** What tells a worker's lines from the others', as `normalise` does: numbers that are none are no key. */
const keyOf = (at: At): string => {
  const payroll = tidy(at('PAYROLL NO')).replace(/\.0$/, '')
  if (payroll !== '') return payroll
  const read = readIdentifier('national-id', 'ke', at('ID NO'))
  return read.outcome === 'ok' ? read.identifier.value : tidy(at('MEMBER NO')).toUpperCase()
}

const names = ['NAME', 'LAST NAME', 'FIRST NAME'] as const

/** The closing row: the word stands wherever the software puts it, but never beside a worker's number or another name. */
const isTotal = (at: At): boolean =>
  at('ID NO') === '' &&
  at('MEMBER NO') === '' &&
  (['PAYROLL NO', ...names] as const).some((column) => isTotalWord(at(column))) &&
  names.every((column) => at(column) === '' || isTotalWord(at(column)))

const cents = (written: string): number | undefined => {
  const read = readMoney(written, 'KES')
  if (read.outcome === 'empty') return 0
  return read.outcome === 'ok' ? read.money.amount : undefined
}

const headerOf = ({ preamble }: Table): { [label: string]: Cell } => {
  const header: { [label in PreambleLabel]?: Cell } = {}
  for (const row of preamble) {
    const [label, value = null] = row.filter((cell) => cell !== null && cell !== '')
    const known = typeof label === 'string' ? preambleLabels.of(label) : undefined
    if (known) header[known] = value
  }
  return { ...header }
}
