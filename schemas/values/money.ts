import type { Money, Month } from '../contract.ts'
import { readDate } from './date.ts'
import { asciiDigits, isScientific } from './digits.ts'
import { tidy } from './name.ts'
import { isPlaceholderText } from './placeholder.ts'

/** Digits after the decimal point, ISO 4217. LAK has two by the standard, and none in practice. */
const minorDigits: { readonly [currency in Money['currency']]: number } = { KES: 2, LAK: 2, PKR: 2, KGS: 2, CNY: 2 }

export type ReadMoney =
  | { readonly outcome: 'ok'; readonly money: Money }
  | { readonly outcome: 'empty' }
  | { readonly outcome: 'invalid'; readonly rule: string; readonly message: string }

const invalid = (rule: string, message: string): ReadMoney => ({ outcome: 'invalid', rule, message })

/**
 * An amount as a registry wrote it, in integer minor units. Reads numbers, grouped text (`1,234.50`, `2.500.000`,
 * `2 500 000`, Lao digits), a currency word at either end, brackets or a dash for less than zero. A placeholder counts as
 * empty. `invalid` names the rule (`money`, `money-precision`, `excel-scientific`) and never holds the value.
 */
export function readMoney(written: unknown, currency: Money['currency']): ReadMoney {
  if (written === undefined || written === null) return { outcome: 'empty' }
  if (typeof written === 'number') return fromNumber(written, currency)
  if (typeof written !== 'string') return invalid('money', 'An amount is a number.')
  const text = asciiDigits(tidy(written))
  if (text === '' || isPlaceholderText(text)) return { outcome: 'empty' }
  if (isScientific(text))
    return invalid('excel-scientific', 'A spreadsheet has rounded this amount. Export it again as text.')
  const bare = text.replace(/^(?:[A-Z]{3}|KSHS?\.?|₭|ກີບ)\s*(?=[\d(-])|\s*(?:[A-Z]{3}|₭|ກີບ|\/[=-])$/giu, '')
  const negative = /^\(.*\)$|^[-−]/.test(bare)
  const figures = plainFigures(bare.replace(/^\((.*)\)$/, '$1').replace(/^[-−+]/, ''))
  if (figures === undefined)
    return invalid('money', 'An amount is digits, perhaps grouped in threes, with at most two decimals.')
  return fromNumber(negative ? -Number(figures) : Number(figures), currency)
}

/** `1,234,567.8`, `1.234.567` or `1 234` as digits with a decimal point; undefined when the groups do not tell. */
const plainFigures = (text: string): string | undefined => {
  const close = text.replace(/(?<=\d)[ '](?=\d{3})/g, '')
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(close)) return close.replaceAll(',', '')
  if (/^\d{1,3}(\.\d{3}){2,}(,\d+)?$/.test(close)) return close.replaceAll('.', '').replace(',', '.')
  if (/^\d{1,3}(\.\d{3})+,\d+$/.test(close)) return close.replaceAll('.', '').replace(',', '.')
  if (/^\d+([.,]\d{1,2})?$/.test(close)) return close.replace(',', '.')
  return /^\d+\.\d+$/.test(close) ? close : undefined
}

const fromNumber = (value: number, currency: Money['currency']): ReadMoney => {
  const minor = value * 10 ** minorDigits[currency]
  const amount = Math.round(minor)
  if (!Number.isSafeInteger(amount)) return invalid('money-precision', 'This amount is too large to be exact.')
  // Binary fractions are a hair beside; anything more is a fraction of a cent, which nobody pays.
  if (Math.abs(minor - amount) > 1e-3) return invalid('money-precision', 'This amount has more than two decimals.')
  return { outcome: 'ok', money: { amount: amount === 0 ? 0 : amount, currency } }
}

/**
 * A calendar month as a registry wrote it: `022026`, `2026-2`, `02/2026`, `Feb 2026`, ເດືອນ names, Buddhist years, or any
 * day in it. Undefined when it is no month of 1900-2099; `buddhist` when the year was converted.
 */
export function readMonth(
  written: unknown,
  today: string,
): { readonly month: Month; readonly buddhist: boolean } | undefined {
  const text = asciiDigits(tidy(written)).replace(/\.0$/, '')
  const compact = /^(\d{1,2})((?:19|20)\d\d)$/.exec(text)
  if (compact) return inRange(`${compact[2]}-${(compact[1] ?? '').padStart(2, '0')}`, false)
  const { date, notes } = readDate(text, { order: 'dmy', today, keepDefaults: true })
  return date && date.length >= 7 ? inRange(date.slice(0, 7), notes.includes('buddhist-era-converted')) : undefined
}

const inRange = (month: string, buddhist: boolean) =>
  /^(19|20)\d{2}-(0[1-9]|1[0-2])$/.test(month) ? { month, buddhist } : undefined
