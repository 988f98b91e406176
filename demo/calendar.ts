/** Civil dates as text, so that no time zone can shift them. */

const dayMs = 86_400_000
const utc = (date: string): number => Date.parse(`${date}T00:00:00Z`)

/** The date so many days later (or earlier). */
export const addDays = (date: string, days: number): string =>
  new Date(utc(date) + days * dayMs).toISOString().slice(0, 10)

/** YYYY-MM so many months later (or earlier) than the month of a date. */
export const addMonths = (date: string, months: number): string => {
  const count = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`
}

/** The last `count` months that ended before the date, oldest first. */
export const completedMonths = (asOf: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => addMonths(asOf, i - count))

export const ageOn = (born: string, date: string): number =>
  Number(date.slice(0, 4)) - Number(born.slice(0, 4)) - (date.slice(5) < born.slice(5) ? 1 : 0)

/** `31/01/1990`, the way clerks write it. */
export const dayFirst = (date: string): string => `${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)}`
