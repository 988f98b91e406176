/** The totals that an employer writes above a return, held against its lines. */
import { readMoney } from '../../schemas/values/money.ts'
import type { Cells, Remarks } from '../transports/cells.ts'
import type { HeaderLabel } from './columns.ts'

/** Each label with the sums it may mean: employers count lines or people, and pay once or on every line. */
const meanings: readonly (readonly [HeaderLabel, readonly string[]])[] = [
  ['TOTAL RECORDS', ['lines', 'people']],
  ['TOTAL INCOME', ['income', 'incomeByLine']],
  ['TOTAL MEMBER', ['member']],
  ['TOTAL EMPLOYER', ['employer']],
  ['TOTAL CONTRIBUTIONS', ['total']],
]

/** A total that agrees with no count of the lines gets a note: the lines are taken as they are, the fund has to ask. */
export const compareTotals = (header: Cells<HeaderLabel>, counted: unknown, remarks: Remarks): void => {
  if (typeof counted !== 'object' || counted === null) return
  const sums = new Map<string, unknown>(Object.entries(counted))
  for (const [label, names] of meanings) {
    const written = header.value(label)
    const possible = names.map((name) => sums.get(name)).filter((sum) => typeof sum === 'number')
    if (written === undefined || possible.length < names.length) continue
    const declared = label === 'TOTAL RECORDS' ? wholeNumber(header.text(label)) : cents(written)
    if (declared === undefined || !possible.includes(declared))
      remarks.note('contradictory-status', header.pointer(label))
  }
}

const cents = (written: unknown): number | undefined => {
  const read = readMoney(written, 'KES')
  return read.outcome === 'ok' ? read.money.amount : undefined
}

const wholeNumber = (text: string): number | undefined => (/^\d{1,9}(\.0)?$/.test(text) ? Number(text) : undefined)
