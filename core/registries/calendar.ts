/** Days and hours on the clocks of a zone. */

const partsIn = (zone: string, at: Date): Record<string, string> =>
  Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
    })
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )

/** YYYY-MM-DD. */
export function dayIn(zone: string, at: Date): string {
  const { year, month, day } = partsIn(zone, at)
  return `${year}-${month}-${day}`
}

/** How far the clocks of the zone are ahead of UTC at an instant, in milliseconds. */
function aheadOf(zone: string, at: Date): number {
  const { year, month, day, hour, minute, second } = partsIn(zone, at)
  const shown = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second))
  return shown - Math.floor(at.getTime() / 1000) * 1000
}

/** The last millisecond of a day there. */
export function endOfDay(zone: string, day: string): Date {
  const midnight = Date.parse(`${day}T00:00:00Z`) + 86_400_000
  // Clocks may change within the night: what they show just before the end of the day counts.
  const guess = midnight - aheadOf(zone, new Date(midnight))
  return new Date(midnight - aheadOf(zone, new Date(guess - 1)) - 1)
}

/** `HH:MM` on the clocks of a zone. */
export function timeIn(zone: string, at: Date): string {
  const { hour, minute } = partsIn(zone, at)
  return `${hour}:${minute}`
}

/** Minutes from one time of day to another, forward over midnight. */
export function minutesSince(from: string, to: string): number {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
  return (minutes(to) - minutes(from) + 1440) % 1440
}
