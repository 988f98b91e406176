/** Civil dates and months as text, at the precision at which they are known. No clock, no time zone. */
import type { Month, PartialDate } from '../schemas/contract.ts'

const dayMs = 86_400_000
const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** The day so many days later, or earlier. */
export const addDays = (day: string, days: number): string =>
  new Date(utc(day) + days * dayMs).toISOString().slice(0, 10)

export const daysBetween = (from: string, to: string): number => Math.round((utc(to) - utc(from)) / dayMs)

const monthNumber = (date: string): number => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1

/** The month so many months later, or earlier, than that of a month or day. */
export const addMonths = (date: string, months: number): Month => {
  const count = monthNumber(date) + months
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`
}

export const monthsBetween = (from: string, to: string): number => monthNumber(to) - monthNumber(from)

/** All months from one to another, both included; none when the second is earlier. */
export const monthsFrom = (first: string, last: string): Month[] =>
  Array.from({ length: Math.max(0, monthsBetween(first, last) + 1) }, (_, index) => addMonths(first, index))

/** The first day that a date as precise as it is known may mean. */
export const firstDay = (date: PartialDate): string => `${date}-01-01`.slice(0, 10).padEnd(10, '-01')

/** The last day that it may mean. */
export const lastDay = (date: PartialDate): string => {
  if (date.length === 10) return date
  return date.length === 7 ? addDays(`${addMonths(date, 1)}-01`, -1) : `${date}-12-31`
}

/** Days, both included. */
export type Span = { readonly from: string; readonly until: string }
type Dates = { readonly from?: PartialDate; readonly until?: PartialDate }
const always: Span = { from: '0000-01-01', until: '9999-12-31' }

/** The days that surely lie in a period; what is not said has no end. Empty (from after until) when no day surely does. */
export const surely = ({ from, until }: Dates): Span => ({
  from: from ? lastDay(from) : always.from,
  until: until ? firstDay(until) : always.until,
})

/** The days that may lie in it. */
export const perhaps = ({ from, until }: Dates): Span => ({
  from: from ? firstDay(from) : always.from,
  until: until ? lastDay(until) : always.until,
})

/** Of two dates of one length, written alike. */
export const later = (one: string, other: string): string => (one < other ? other : one)
export const earlier = (one: string, other: string): string => (other < one ? other : one)

/** The days that two spans share; empty (from after until) when there are none. */
export const shared = (one: Span, other: Span): Span => ({
  from: later(one.from, other.from),
  until: earlier(one.until, other.until),
})

export const holds = ({ from, until }: Span, day: string): boolean => from <= day && day <= until

const yearsBetween = (born: string, on: string): number =>
  Number(on.slice(0, 4)) - Number(born.slice(0, 4)) - (on.slice(5) < born.slice(5) ? 1 : 0)

/** The youngest and the oldest that somebody may be on a day. */
export const agesOn = (born: PartialDate, on: string): { readonly least: number; readonly most: number } => ({
  least: yearsBetween(lastDay(born), on),
  most: yearsBetween(firstDay(born), on),
})
