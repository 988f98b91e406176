/** Values of options, as they are typed. Each throws what Commander prints beside the option's name. */
import { InvalidArgumentError } from 'commander'

export function whole(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is needed.')
  return Number(text)
}

export function processes(text: string): number {
  const count = whole(text)
  if (count < 1 || count > 64) throw new InvalidArgumentError('A number from 1 to 64 is needed.')
  return count
}

/** By which rates are multiplied. */
export function factor(text: string): number {
  if (!/^\d{1,2}(\.\d{1,4})?$/.test(text))
    throw new InvalidArgumentError('A number from 0 on is needed, such as 1 or 0.5.')
  return Number(text)
}

export function day(text: string): string {
  if (!isDay(text)) throw new InvalidArgumentError('A date is needed, such as 2026-11-22.')
  return text
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) &&
  !Number.isNaN(Date.parse(text)) &&
  new Date(text).toISOString().slice(0, 10) === text
