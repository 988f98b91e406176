/** The totals rows of a list, held against the rows above them. */
import { readMoney } from '../../schemas/values/money.ts'
import type { RawRecord } from '../contract.ts'
import { type DropFile, FileProblem } from '../transports/drop.ts'
import { problemRecord } from '../transports/files.ts'
import type { TableRow } from '../transports/table.ts'
import type { CellReader } from './columns.ts'

export const totalDiffers = new FileProblem(
  'total-differs',
  'This totals row is not what the rows above it add up to. The rows were read; ask the province which is right.',
)

const totalWord = /^(ລວມ|ຍອດລວມ|(grand )?total)/i

/** A name may begin like the word for a total; beside an insured number it is a name. */
export const isTotal = (row: TableRow, at: CellReader): boolean =>
  at(row, 'BIRTH DATE') === '' &&
  ((['NO', 'INSURED NO'] as const).some((column) => totalWord.test(at(row, column))) ||
    (at(row, 'INSURED NO') === '' && totalWord.test(at(row, 'NAME'))))

/** Totals rows are nobody's; they are held against the rows above them: since the last total, or all. */
export const makeControl = (file: DropFile, at: CellReader) => {
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
