/** What was paid in for an insured person for one month: the lines of a province's list that say so. */
import type { Contribution, Month, SourceRecord } from '../../schemas/contract.ts'
import { readMonth } from '../../schemas/values/money.ts'
import type { AdapterSettings, Normalised, RawRecord } from '../contract.ts'
import { makeRemarks, moneyIn, type Remarks } from '../transports/cells.ts'
import { employerOf } from './employer.ts'
import { type Row, readInsured, readRows } from './identity.ts'
import { scheme } from './insured.ts'

/** Stream of the payments of a province; without a month, for lines whose month cannot be read. */
export const paymentStream = (province: string, month: Month | undefined): string =>
  month === undefined ? `payment/${province}` : `payment/${province}-${month}`

export const monthlyStream = /^payment\/\d\d-/

/** `text` gives a column's cell, '' for none. Lists have the month in one column or in two. */
export const monthOf = (text: (column: 'MONTH' | 'YEAR') => string, today: string): ReturnType<typeof readMonth> => {
  const year = text('YEAR')
  return readMonth(year === '' ? text('MONTH') : `${text('MONTH')} ${year}`, today)
}

type List = { readonly province: string; readonly month: Month | undefined }

/** `list`: what the raw record's stream says. Its record's stream always has the month. */
export const normalisePayment = (raw: RawRecord, list: List, settings: AdapterSettings): Normalised => {
  const remarks = makeRemarks()
  const rows = readRows(raw.data, remarks)
  // The insured record of the same line tells of a broken identity card; the money is paid in all the same.
  const { number, said } = readInsured(rows, settings, remarks, 'note')
  const month = readTheMonth(rows, list.month, settings, remarks)
  const contributions = month ? readContributions(rows, month, remarks) : []
  const sourceId = number && month && `${number}/${month}`
  if (remarks.reasons.length > 0 || !sourceId || !said)
    return { outcome: 'rejection', ...(sourceId && { sourceId }), reasons: remarks.reasons }
  const record: SourceRecord = {
    registry: settings.registry,
    stream: paymentStream(list.province, month),
    sourceId,
    ...said,
    enrolments: [],
    contributions,
    benefits: [],
    quality: remarks.notes,
  }
  return { outcome: 'record', record }
}

/** The one month of all the rows. */
const readTheMonth = (
  rows: readonly Row[],
  listed: Month | undefined,
  { today }: AdapterSettings,
  remarks: Remarks,
): Month | undefined => {
  const months = rows.map((row) => {
    const read = monthOf(row.text, today)
    if (read?.buddhist) remarks.note('buddhist-era-converted', row.pointer('MONTH'))
    if (!read) remarks.refuse(row.pointer('MONTH'), 'month', 'An amount needs its month and year, such as 02/2026.')
    return read?.month
  })
  const [first] = months
  const month = listed ?? first
  const other = rows.find((_, index) => months[index] !== undefined && months[index] !== month)
  if (!other) return months.includes(undefined) ? undefined : first
  const message = 'The rows of a payment are of one month, which its stream names, such as payment/17-2026-02.'
  return void remarks.refuse(other.pointer('MONTH'), 'month-differs', message)
}

const readContributions = (rows: readonly Row[], month: Month, remarks: Remarks): Contribution[] => {
  const seen = new Set<string>()
  return rows.flatMap((row) => {
    const refused = remarks.reasons.length
    const total = moneyIn(row, 'AMOUNT', 'LAK', remarks)
    if (!total?.amount) {
      if (remarks.reasons.length === refused)
        remarks.refuse(row.pointer('AMOUNT'), 'amount-missing', 'A payment needs the amount that was paid in.')
      return []
    }
    const base = moneyIn(row, 'SALARY', 'LAK', remarks)
    const employer = employerOf(row, remarks)
    const contribution: Contribution = {
      scheme,
      month,
      state: 'paid',
      ...(base && { base }),
      total,
      ...(employer && { employer }),
    }
    const key = JSON.stringify(contribution)
    if (seen.has(key)) {
      remarks.note('contradictory-status', row.pointer('MONTH'))
      return []
    }
    seen.add(key)
    return [contribution]
  })
}
