import type { PartialDate, QualityNote } from '../contract.ts'
import { civilDay, isRealDay, partialDate } from './civil.ts'
import { type Fields, fieldsOf } from './date-fields.ts'
import { tidy } from './name.ts'
import { isPlaceholderText } from './placeholder.ts'

export type DateOptions = {
  /** How the source writes dates where it is not plain from the date itself. */
  readonly order: 'dmy' | 'mdy' | 'ymd'
  /** YYYY-MM-DD in the registry's zone. */
  readonly today: string
  /** IANA zone in which an instant becomes a day; UTC when left out. */
  readonly timeZone?: string
  /**
   * True for dates that are not birth dates (cover, payment): a round or future day is then kept as it is and carries no
   * heaping note.
   */
  readonly keepDefaults?: boolean
}

export type ReadDate = { readonly date?: PartialDate; readonly notes: QualityNote['code'][] }

const unreadable: ReadDate = { notes: ['value-unreadable'] }

/** Days that mean "we had to type something". */
const placeholders = new Set(['1899-12-30', '1899-12-31', '1900-01-00', '1900-01-01', '1901-01-01'])
const openEnded = new Set([2999, 9999])
const heaped = /-(01-01|07-01|12-31)$/

/**
 * A date in any form a registry writes it, as precise as it is: year, year and month, or day. Nothing written gives no date and no
 * note; text that is no date, or a day that does not exist, gives no date and 'value-unreadable'.
 * Reads Date objects and instants (the day in `timeZone`), Excel serials, month names, compact and Chinese forms, any
 * script's digits. Buddhist years are converted, two-digit years get their century; both with a note.
 */
export function readDate(written: unknown, options: DateOptions): ReadDate {
  if (written === undefined || written === null) return { notes: [] }
  if (written instanceof Date) {
    return Number.isNaN(written.getTime()) ? unreadable : settle(civilDay(written, options.timeZone ?? 'UTC'), options)
  }
  const text = tidy(written)
  if (text === '') return { notes: [] }
  if (isPlaceholderText(text) || /^[0\s/.:-]+( ?12:00:00 ?AM| ?0?0:00(:00)?)?$/i.test(text))
    return { notes: ['placeholder-removed'] }
  const fields = fieldsOf(text, options)
  return fields ? settle(fields, options) : unreadable
}

/** Puts year, month and day through the rules that do not depend on how they were written. */
function settle(fields: Fields, options: DateOptions): ReadDate {
  const notes: QualityNote['code'][] = []
  if (openEnded.has(fields.year) || fields.year <= 1) return { notes: ['placeholder-removed'] }
  let year = fields.year
  if (fields.twoDigitYear) {
    year = century(fields, options)
    notes.push('two-digit-year')
  }
  const thisYear = Number(options.today.slice(0, 4))
  // A Thai-locale spreadsheet writes 2530 for 1987. Nobody alive was born before 2400 BE, so smaller years are just wrong.
  if (year > thisYear + 1 && year >= 2400) {
    year -= 543
    notes.push('buddhist-era-converted')
  }
  const month = fields.month ?? 0
  const day = fields.day ?? 0
  if (month > 12 || (month > 0 && day > 0 && !isRealDay(year, month, day))) return unreadable
  const date = month === 0 ? partialDate(year) : partialDate(year, month, day)
  if (placeholders.has(date)) return { notes: ['placeholder-removed'] }
  const latest = options.keepDefaults ? '2099-12-31' : options.today
  if (year < 1800 || date > latest.slice(0, date.length)) return unreadable
  if (!options.keepDefaults && heaped.test(date)) notes.push('birth-date-heaped')
  return { date, notes }
}

/** 87 is 1987, and 05 is 2005: the latest century that is not in the future (for a birth) or far in it (for the rest). */
function century({ year, month, day }: Fields, { today, keepDefaults }: DateOptions): number {
  const recent = 2000 + year
  if (keepDefaults) return recent <= Number(today.slice(0, 4)) + 10 ? recent : 1900 + year
  return partialDate(recent, month, day) <= today ? recent : 1900 + year
}
