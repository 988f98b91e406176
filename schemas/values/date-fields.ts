import { civilDay } from './civil.ts'
import { asciiDigits } from './digits.ts'
import { laoNormal } from './name.ts'

/** What a written date says, before any rule about which dates can be. Month and day are 0 or missing when not said. */
export type Fields = {
  readonly year: number
  readonly month?: number
  readonly day?: number
  readonly twoDigitYear?: boolean
}

type Reading = { readonly order: 'dmy' | 'mdy' | 'ymd'; readonly timeZone?: string }

const monthNames: readonly (readonly string[])[] = [
  ['january', 'jan', 'ມັງກອນ', 'января', 'январь', 'янв', 'januari'],
  ['february', 'feb', 'ກຸມພາ', 'февраля', 'февраль', 'фев', 'februari'],
  ['march', 'mar', 'ມີນາ', 'марта', 'март', 'мар', 'machi'],
  ['april', 'apr', 'ເມສາ', 'апреля', 'апрель', 'апр', 'aprili'],
  ['may', 'ພຶດສະພາ', 'мая', 'май', 'mei'],
  ['june', 'jun', 'ມິຖຸນາ', 'июня', 'июнь', 'июн', 'juni'],
  ['july', 'jul', 'ກໍລະກົດ', 'июля', 'июль', 'июл', 'julai'],
  ['august', 'aug', 'ສິງຫາ', 'августа', 'август', 'авг', 'agosti'],
  ['september', 'sep', 'sept', 'ກັນຍາ', 'сентября', 'сентябрь', 'сен', 'septemba'],
  ['october', 'oct', 'ຕຸລາ', 'октября', 'октябрь', 'окт', 'oktoba'],
  ['november', 'nov', 'ພະຈິກ', 'ноября', 'ноябрь', 'ноя', 'novemba'],
  ['december', 'dec', 'ທັນວາ', 'декабря', 'декабрь', 'дек', 'desemba'],
]
const months = new Map(
  monthNames.flatMap((names, index) => names.map((name): [string, number] => [laoNormal(name), index + 1])),
)
/** Words that stand beside a date and say nothing; ຄ.ສ. and ພ.ສ. name the era, which the year itself shows. */
const idle = new Set(
  ['st', 'nd', 'rd', 'th', 'of', 'ວັນທີ', 'ເດືອນ', 'ປີ', 'ຄ', 'ພ', 'ສ', 'г', 'года', '年', '月', '日', '号'].map(laoNormal),
)

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/i
const timeOfDay = /[ T,]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*([ap]\.?m\.?)?$/i

/** Reads the year, month and day out of tidied text; undefined when it is no date. */
export function fieldsOf(text: string, reading: Reading): Fields | undefined {
  if (instant.test(text)) {
    const date = new Date(text)
    return Number.isNaN(date.getTime()) ? undefined : civilDay(date, reading.timeZone ?? 'UTC')
  }
  const bare = laoNormal(asciiDigits(text)).toLowerCase().replace(timeOfDay, '').trim()
  if (/^\d+(\.\d+)?$/.test(bare)) {
    const number = oneNumber(bare, reading.order)
    if (number || !bare.includes('.')) return number
  }
  return fromTokens(bare, reading.order)
}

const firstSerial = 3000
const lastSerial = 73_050

function oneNumber(text: string, order: Reading['order']): Fields | undefined {
  const digits = text.replace(/\.0+$/, '')
  const value = Number(digits)
  if (/^\d{8}$/.test(digits)) return compactDay(digits, order)
  if (/^\d{6}$/.test(digits)) return compactShort(digits, order)
  if (/^\d{4}$/.test(digits) && value >= 1800 && value < firstSerial) return { year: value }
  // Excel counts days from 1899-12-30; 3000 is in 1908, so that a year is never taken for a serial.
  if (value >= firstSerial && value <= lastSerial)
    return civilDay(new Date((Math.floor(value) - 25_569) * 86_400_000), 'UTC')
  return undefined
}

const plausibleYear = (year: number): boolean => (year >= 1800 && year < 2700) || year === 9999 || year === 2999

/** 19870815 or 15081987: a month is never 18, 19, 20 or 25, so at most one reading has both a year and a month. */
function compactDay(digits: string, order: Reading['order']): Fields | undefined {
  const n = (from: number, to: number) => Number(digits.slice(from, to))
  const first = { year: n(0, 4), month: n(4, 6), day: n(6, 8) }
  if (plausibleYear(first.year) && first.month <= 12) return first
  const last = n(4, 8)
  if (!plausibleYear(last)) return undefined
  return order === 'mdy' ? { year: last, month: n(0, 2), day: n(2, 4) } : { year: last, month: n(2, 4), day: n(0, 2) }
}

/** 198708, or 150887 in the source's order. */
function compactShort(digits: string, order: Reading['order']): Fields | undefined {
  const n = (from: number, to: number) => Number(digits.slice(from, to))
  if (plausibleYear(n(0, 4)) && n(4, 6) >= 1 && n(4, 6) <= 12) return { year: n(0, 4), month: n(4, 6) }
  return arrange([digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)], order)
}

function fromTokens(text: string, order: Reading['order']): Fields | undefined {
  const numbers: string[] = []
  let named: number | undefined
  for (const token of text.match(/\d+|[\p{L}\p{M}]+/gu) ?? []) {
    const month = months.get(token)
    if (/^\d/.test(token)) numbers.push(token)
    else if (month && named === undefined) named = month
    else if (!idle.has(token)) return undefined
  }
  return named === undefined ? arrange(numbers, order) : arrangeNamed(named, numbers)
}

const yearOf = (token: string): Fields | undefined => {
  if (token.length === 4) return { year: Number(token) }
  return token.length === 2 ? { year: Number(token), twoDigitYear: true } : undefined
}

const isShort = (token: string | undefined): token is string => token !== undefined && token.length <= 2

function arrangeNamed(month: number, numbers: readonly string[]): Fields | undefined {
  const [first, second, more] = numbers
  if (first === undefined || more !== undefined) return undefined
  if (second === undefined) {
    const year = yearOf(first)
    return year && { ...year, month }
  }
  const [yearToken, dayToken] = first.length === 4 ? [first, second] : [second, first]
  const year = yearOf(yearToken)
  return year && isShort(dayToken) ? { ...year, month, day: Number(dayToken) } : undefined
}

function arrange(numbers: readonly string[], order: Reading['order']): Fields | undefined {
  const [a, b, c, more] = numbers
  if (a === undefined || b === undefined || more !== undefined) return undefined
  if (c === undefined) {
    if (a.length === 4 && isShort(b)) return { year: Number(a), month: Number(b) }
    return b.length === 4 && isShort(a) ? { year: Number(b), month: Number(a) } : undefined
  }
  if (!isShort(b)) return undefined
  if (a.length === 4) return isShort(c) ? { year: Number(a), month: Number(b), day: Number(c) } : undefined
  if (!isShort(a)) return undefined
  if (c.length === 2 && order === 'ymd')
    return { year: Number(a), month: Number(b), day: Number(c), twoDigitYear: true }
  const year = yearOf(c)
  const [day, month] = order === 'mdy' ? [b, a] : [a, b]
  return year && { ...year, month: Number(month), day: Number(day) }
}
