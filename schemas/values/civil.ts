/** True when the day exists in the Gregorian calendar. */
export function isRealDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

const pad = (value: number, width: number): string => String(value).padStart(width, '0')

/** `2001`, `2001-07` or `2001-07-04`: as precise as the arguments. */
export function partialDate(year: number, month?: number, day?: number): string {
  if (!month) return pad(year, 4)
  return day ? `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}` : `${pad(year, 4)}-${pad(month, 2)}`
}

const formatters = new Map<string, Intl.DateTimeFormat>()

/** The civil day of an instant in a zone. Throws RangeError for a zone that does not exist. */
export function civilDay(instant: Date, timeZone: string): { year: number; month: number; day: number } {
  let formatter = formatters.get(timeZone)
  if (!formatter) {
    formatter = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', {
      timeZone,
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      era: 'short',
    })
    formatters.set(timeZone, formatter)
  }
  const parts = new Map(formatter.formatToParts(instant).map(({ type, value }) => [type, value]))
  const year = parts.get('era') === 'BC' ? 0 : Number(parts.get('year'))
  return { year, month: Number(parts.get('month')), day: Number(parts.get('day')) }
}
