import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readDate } from '../../../schemas/values/date.ts'

type Vector = { in: string; source: string; out: string | null; flag?: string; year?: number }
const vectors: { dates: Vector[] } = JSON.parse(
  readFileSync(new URL('../../vectors/identifiers.json', import.meta.url), 'utf8'),
)
const placeholders: { dob: string[] } = JSON.parse(
  readFileSync(new URL('../../vectors/placeholders.json', import.meta.url), 'utf8'),
)
const today = '2026-11-22'
const dmy = { order: 'dmy', today, timeZone: 'Africa/Nairobi' } as const
const notesOf: Record<string, string> = {
  HEAPED_OR_DEFAULT: 'birth-date-heaped',
  BUDDHIST_ERA_SUSPECT: 'buddhist-era-converted',
  TWO_DIGIT_YEAR: 'two-digit-year',
}

test.each(vectors.dates)('the published vector $in ($source)', (vector) => {
  const order = vector.source === 'IPRS' ? 'mdy' : vector.source === 'CN' ? 'ymd' : 'dmy'
  const read = readDate(vector.in, { ...dmy, order })
  expect(read.date).toBe(vector.out ?? (vector.year ? String(vector.year) : undefined))
  if (vector.flag) expect(read.notes).toContain(notesOf[vector.flag])
})

test.each(placeholders.dob)('%s is either no date or marked as heaped', (written) => {
  const read = readDate(written, { ...dmy, order: 'ymd' })
  expect(read).toEqual(
    /^(1970|1980|2000)/.test(written)
      ? { date: written, notes: ['birth-date-heaped'] }
      : { notes: ['placeholder-removed'] },
  )
})

describe('a date is as precise as it was written', () => {
  test.each([
    ['1987', '1987'],
    [1987, '1987'],
    ['1987-08', '1987-08'],
    ['08/1987', '1987-08'],
    ['Aug 1987', '1987-08'],
    ['00/08/1987', '1987-08'],
    ['00/00/1987', '1987'],
    ['1987-00-15', '1987'],
    ['15 August 1987', '1987-08-15'],
    ['August 15th, 1987', '1987-08-15'],
    ['15 ສິງຫາ 1987', '1987-08-15'],
    ['15 августа 1987 г.', '1987-08-15'],
    ['15081987', '1987-08-15'],
    ['198708', '1987-08'],
    [31996, '1987-08-07'],
    ['31996.0', '1987-08-07'],
    [31996.75, '1987-08-07'],
    ['1987-08-15 00:00:00', '1987-08-15'],
    ['１９８７年８月１５日', '1987-08-15'],
    ['໑໕ ສິງຫາ ໒໕໓໐', '1987-08-15'],
    [new Date('1987-08-14T21:00:00Z'), '1987-08-15'],
    ['1987-08-15T00:00:00+03:00', '1987-08-15'],
  ])('%s -> %s', (written, date) => {
    expect(readDate(written, dmy).date).toBe(date)
  })
})

test.each([
  ['29/02/2003'],
  ['31/04/1987'],
  ['15/13/1987'],
  ['08/25/1987'],
  ['1987-02-30'],
  ['yesterday'],
  ['15 Augst 1987'],
  ['1/2/3/4'],
  ['23/11/2026'],
  ['1066-10-14'],
  ['15/08/2200'],
  [new Date('nonsense')],
  [{ year: 1987 }],
  [true],
])('%s is unreadable: there is no such birth date', (written) => {
  const read = readDate(written, dmy)
  expect(read.date).toBeUndefined()
  if (typeof written === 'string' || written instanceof Date) expect(read.notes).toEqual(['value-unreadable'])
})

test.each(['01/01/1987', '01/07/1987', '31/12/1987'])(
  '%s is a heaped birth date, but an ordinary day for a payment',
  (written) => {
    expect(readDate(written, dmy).notes).toEqual(['birth-date-heaped'])
    expect(readDate(written, { ...dmy, keepDefaults: true }).notes).toEqual([])
  },
)

test('cover may end in the future; a birth may not', () => {
  expect(readDate('31/12/2030', { ...dmy, keepDefaults: true })).toEqual({ date: '2030-12-31', notes: [] })
  expect(readDate('31/12/2030', dmy)).toEqual({ notes: ['value-unreadable'] })
})

test.each([
  ['15-Aug-87', '1987-08-15'],
  ['15/08/05', '2005-08-15'],
  ['15/12/26', '1926-12-15'],
  ['01/11/26', '2026-11-01'],
])('the two-digit year in %s is never in the future: %s', (written, date) => {
  expect(readDate(written, dmy)).toEqual({ date, notes: ['two-digit-year'] })
})

test.each(['', '  ', undefined, null])('nothing written (%j) is no date and no note', (written) => {
  expect(readDate(written, dmy)).toEqual({ notes: [] })
})

test('any real day survives every way of writing it', () => {
  const days = fc.date({ min: new Date('1902-01-02'), max: new Date('2026-11-20'), noInvalidDate: true })
  fc.assert(
    fc.property(days, (day) => {
      const iso = day.toISOString().slice(0, 10)
      const [y, m, d] = iso.split('-')
      const utc = { ...dmy, timeZone: 'UTC' }
      const forms = [
        `${d}/${m}/${y}`,
        `${d}${m}${y}`,
        `${y}${m}${d}`,
        `${y}年${Number(m)}月${Number(d)}日`,
        `${d}.${m}.${Number(y) + 543}`,
        day,
      ]
      for (const form of forms) expect(readDate(form, utc).date).toBe(iso)
      expect(readDate(`${m}/${d}/${y}`, { ...utc, order: 'mdy' }).date).toBe(iso)
    }),
  )
})

test('whatever is written, reading does not throw and the date fits the schema', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.double(), fc.stringMatching(/^[\d/.: -]{0,12}$/)), (written) => {
      const { date } = readDate(written, dmy)
      if (date !== undefined) expect(date).toMatch(/^(18|19|20)\d{2}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/)
    }),
  )
})
