/** Birth dates as written anywhere, and how far two of them agree, each by what is known of it. */
import { type Ints, sharedInts } from './shared.ts'

export const birthLevels = ['exact', 'swapped', 'slip', 'known-part', 'near', 'year', 'else'] as const
const [exact, swapped, slip, knownPart, near, sameYear, other] = [0, 1, 2, 3, 4, 5, 6]

export type Births = {
  readonly kind: 'birth'
  /** 0 when not known. */
  readonly year: Ints
  readonly month: Ints
  readonly day: Ints
}

/** How names of months begin, without accents: English, Spanish, Portuguese, French, German, Indonesian, Swahili, Italian, Russian, Polish, Turkish. */
const months = new Map(
  `jan ene gen янв sty oca; feb fev фев lut sub; mar mac mrt мар; apr abr avr апр kwi nis; may mai mei mag май мая maj;
  jun juin giu июн cze haz; jul juil lug июл lip tem; aug ago aou agu agt авг sie; sep set сен wrz eyl;
  oct out okt ott окт paz eki; nov ноя lis kas; dec dic dez des дек gru ara`
    .split(';')
    .flatMap((names, index) =>
      names
        .trim()
        .split(' ')
        .map((name) => [name, index + 1] as const),
    ),
)
const monthOf = (word: string): number | undefined => {
  const plain = word.normalize('NFD').replace(/\p{M}/gu, '')
  return months.get(plain.slice(0, 4)) ?? months.get(plain.slice(0, 3))
}
/** Lao, Thai, Arabic-Indic, Persian, Indian, Burmese and Khmer digits: the first of each ten. */
const zeros = [
  0x0ed0, 0x0e50, 0x0660, 0x06f0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x1040,
  0x17e0,
]
const asciiDigits = (text: string): string =>
  text.replace(/(?![0-9])\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0
    const zero = zeros.find((first) => code >= first && code < first + 10)
    return zero === undefined ? digit : String(code - zero)
  })

type Parts = { readonly numbers: readonly number[]; readonly widths: readonly number[]; readonly named: number }

/** The numbers of a written date; `named` is the place of a month that is written as a word, or -1. */
function partsOf(written: string): Parts {
  const text = asciiDigits(written)
    .toLowerCase()
    .replace(/t\d\d:.*$|\s\d\d?:\d\d.*$/, '')
  const words = text.match(/\d+|\p{L}{3,}/gu) ?? []
  let named = -1
  const numbers: number[] = []
  const widths: number[] = []
  for (const word of words) {
    const month = /^\d/.test(word) ? undefined : monthOf(word)
    if (month !== undefined) named = numbers.length
    else if (!/^\d/.test(word)) continue
    numbers.push(month ?? Number(word))
    widths.push(month === undefined ? word.length : 2)
  }
  return { numbers, widths, named }
}

/** A date as it is coded: most are written so already. */
const coded = /^(1[89]|2[01])\d\d-\d\d-\d\d$/

export type Order = 'day-first' | 'month-first'

/** Whether 03/04/1990 means the third of April in these dates: what the unmistakable ones among them say. */
export function orderOf(written: readonly string[]): Order {
  let dayFirst = 0
  let monthFirst = 0
  for (const text of written) {
    if (coded.test(text)) continue
    const { numbers, widths, named } = partsOf(text)
    if (named >= 0 || numbers.length !== 3 || (widths[0] ?? 0) > 2) continue
    if ((numbers[0] ?? 0) > 12 && (numbers[1] ?? 0) <= 12) dayFirst += 1
    if ((numbers[1] ?? 0) > 12 && (numbers[0] ?? 0) <= 12) monthFirst += 1
  }
  return monthFirst > dayFirst ? 'month-first' : 'day-first'
}

/** A birth date as `YYYY-MM-DD`, with zeros for what is not known; empty when it cannot be read. */
export function foldBirth(written: string, order: Order): string {
  if (coded.test(written)) return written
  const { numbers, widths, named } = partsOf(written)
  const [a = 0, b = 0, c = 0] = numbers
  const [width = 0] = widths
  // A figure's fraction is none of a date's.
  if (numbers.length === 1 || (numbers.length === 2 && b === 0)) return fromFigure(a, width, order)
  if (numbers.length === 2) {
    if (width === 4) return toText(a, b, 0)
    return widths[1] === 4 ? toText(b, a, 0) : ''
  }
  if (numbers.length < 3) return ''
  if (width === 4) return toText(a, b, c)
  if (named !== 0 && a > 31 && width === 2 && (widths[2] ?? 0) <= 2) return toText(fullYear(a), b, c)
  const year = (widths[2] ?? 0) <= 2 ? fullYear(c) : c
  if (named === 0) return toText(year, a, b)
  if (named === 1) return toText(year, b, a)
  return order === 'month-first' ? toText(year, a, b) : toText(year, b, a)
}

const fullYear = (digits: number): number => digits + (digits > 30 ? 1900 : 2000)

/** A date in one figure: year, year and month, all three, or, as spreadsheets keep dates, days since the end of 1899. */
function fromFigure(figure: number, width: number, order: Order): string {
  if (width === 8) return fromCompact(String(figure), order)
  if (width === 6)
    return (
      toText(Math.floor(figure / 100), figure % 100, 0) ||
      toText(fullYear(Math.floor(figure / 10_000)), Math.floor(figure / 100) % 100, figure % 100)
    )
  if (width !== 4 && width !== 5) return ''
  return toText(figure, 0, 0) || (unknownYears.has(figure) ? '' : fromDays(figure))
}

/** What forms write for a year that nobody knows. */
const unknownYears = new Set([7777, 8888, 9998, 9999])

const dayZero = Date.UTC(1899, 11, 30)
/** Days of 1910 to 2049: fewer or more are no birth date's. */
const [firstDay, lastDay] = [3_654, 54_788]

function fromDays(days: number): string {
  if (days < firstDay || days > lastDay) return ''
  return new Date(dayZero + days * 86_400_000).toISOString().slice(0, 10)
}

function fromCompact(text: string, order: Order): string {
  const digits = text.padStart(8, '0')
  const yearFirst = Number(digits.slice(0, 4))
  if (yearFirst >= 1850 && yearFirst <= 2650)
    return toText(yearFirst, Number(digits.slice(4, 6)), Number(digits.slice(6)))
  const [one, two] = [Number(digits.slice(0, 2)), Number(digits.slice(2, 4))]
  const year = Number(digits.slice(4))
  return order === 'month-first' ? toText(year, one, two) : toText(year, two, one)
}

/** Impossible months and days stay as they are: they are slips of the pen, and the slip is compared. */
function toText(year: number, month: number, day: number): string {
  const christian = year > 2400 && year < 2700 ? year - 543 : year
  if (christian < 1800 || christian > 2200 || month > 99 || day > 99) return ''
  return `${christian}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

export function birthFeatures(values: readonly string[]): Births {
  const [year, month, day] = [sharedInts(values.length), sharedInts(values.length), sharedInts(values.length)]
  for (const [index, value] of values.entries()) {
    const [y, m, d] = value.split('-')
    year[index] = Number(y ?? 0)
    month[index] = Number(m ?? 0)
    day[index] = Number(d ?? 0)
  }
  return { kind: 'birth', year, month, day }
}

/** The level of two birth dates, neither missing. Symmetric. */
export function compareBirth({ year, month, day }: Births, x: number, y: number): number {
  if (x === y) return exact
  const [ay, by] = [year[x] ?? 0, year[y] ?? 0]
  const [am, bm] = [month[x] ?? 0, month[y] ?? 0]
  const [ad, bd] = [day[x] ?? 0, day[y] ?? 0]
  if (ad === 0 || bd === 0) {
    const differs = ay !== by || (am !== bm && am !== 0 && bm !== 0)
    if (!differs) return knownPart
    if (ay === by) return sameYear
    return digitsApart(ay * 100 + am, by * 100 + bm) === 1 && Math.abs(ay - by) <= 10 ? sameYear : other
  }
  // Where nobody knew the day, the first of January on both sides says nothing: only the year counts.
  if (isHabit(am, ad) && isHabit(bm, bd)) return digitsApart(ay, by) === 1 && Math.abs(ay - by) <= 2 ? sameYear : other
  if (ay === by && am === bd && ad === bm) return swapped
  const apart = digitsApart(ay * 10_000 + am * 100 + ad, by * 10_000 + bm * 100 + bd)
  if (apart === 1) return slip
  if (ay === by && isHabit(am, ad) !== isHabit(bm, bd)) return knownPart
  const agreed = Number(ay === by) + Number(am === bm) + Number(ad === bd)
  if (agreed === 2) return near
  return ay === by ? sameYear : other
}

/** 1 January stands for a day nobody knew. */
const isHabit = (month: number, day: number): boolean => month === 1 && day === 1

/** Digits that differ; two neighbours swapped count as one. */
function digitsApart(one: number, two: number): number {
  let apart = 0
  let [a, b] = [one, two]
  while (a > 0 || b > 0) {
    const [x, y] = [a % 10, b % 10]
    a = Math.floor(a / 10)
    b = Math.floor(b / 10)
    if (x === y) continue
    apart += 1
    if (a % 10 === y && b % 10 === x && x !== y) {
      a = Math.floor(a / 10)
      b = Math.floor(b / 10)
    }
  }
  return apart
}
