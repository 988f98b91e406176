import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldBirth, orderOf } from '../../../../linkage/table/columns/birth.ts'
import { levelOf } from '../tables.ts'

describe('a date is read however it is written', () => {
  test.each([
    ['with hyphens', '1990-04-03', '1990-04-03'],
    ['with slashes, year first', '1990/4/3', '1990-04-03'],
    ['day first', '03/04/1990', '1990-04-03'],
    ['day first with dots', '3.4.1990', '1990-04-03'],
    ['compact, year first', '19900403', '1990-04-03'],
    ['compact, day first', '03041990', '1990-04-03'],
    ['a month by name', '3 April 1990', '1990-04-03'],
    ['a month by name first', 'Apr 3, 1990', '1990-04-03'],
    ['a month by name, joined', '03-APR-1990', '1990-04-03'],
    ['with the time of day', '1990-04-03T00:00:00Z', '1990-04-03'],
    ['with the time after a blank', '1990-04-03 00:00:00', '1990-04-03'],
    ['a year of two digits, of this century', '03/04/12', '2012-04-03'],
    ['a year of two digits, of the last', '03/04/62', '1962-04-03'],
    ['a Buddhist year', '03/04/2533', '1990-04-03'],
    ['a Buddhist year, compact', '25330403', '1990-04-03'],
    ['Lao digits', '໐໓/໐໔/໑໙໙໐', '1990-04-03'],
    ['Thai digits and a Buddhist year', '๐๓/๐๔/๒๕๓๓', '1990-04-03'],
    ['Arabic digits', '١٩٩٠-٠٤-٠٣', '1990-04-03'],
    ['Persian digits', '۱۹۹۰-۰۴-۰۳', '1990-04-03'],
    ['Devanagari digits', '१९९०-०४-०३', '1990-04-03'],
    ['Bengali digits', '১৯৯০-০৪-০৩', '1990-04-03'],
    ['a month by its Spanish name', '3 ene 1990', '1990-01-03'],
    ['a month by its French name', '3 août 1990', '1990-08-03'],
    ['a month by its Indonesian name', '3 Agustus 1990', '1990-08-03'],
    ['a month by its Russian name', '3 марта 1990', '1990-03-03'],
    ['June and July in French', '3 juillet 1990', '1990-07-03'],
    ['days since the end of 1899, as spreadsheets count', '32966', '1990-04-03'],
    ['the same of four digits', '9970', '1927-04-18'],
    ['the same with a fraction', '32966.0', '1990-04-03'],
    ['a year with a fraction', '1990.0', '1990-00-00'],
    ['years first, of two digits', '90/04/03', '1990-04-03'],
    ['compact, with a year of two digits', '900403', '1990-04-03'],
    ['the month alone', '1990-04', '1990-04-00'],
    ['the month alone, year last', '04/1990', '1990-04-00'],
    ['the month alone, compact', '199004', '1990-04-00'],
    ['the year alone', '1990', '1990-00-00'],
    ['an impossible month, which is a slip', '1990-13-03', '1990-13-03'],
    ['a word', 'unknown', ''],
    ['nothing but blanks', '  ', ''],
    ['a year that nobody knew', '9999', ''],
    ['a year nobody alive was born in', '0990-04-03', ''],
    ['a number that is no date', '12', ''],
    ['more days than anybody has been alive', '98765', ''],
  ])('%s', (_, written, canonical) => {
    expect(foldBirth(written, 'day-first')).toBe(canonical)
  })

  test('month first where the column says so', () => {
    expect(foldBirth('03/04/1990', 'month-first')).toBe('1990-03-04')
    expect(foldBirth('03041990', 'month-first')).toBe('1990-03-04')
    expect(foldBirth('3 April 1990', 'month-first')).toBe('1990-04-03')
  })
})

describe('the order of day and month is what the unmistakable dates of a column say', () => {
  test.each([
    ['a day above 12 comes first', ['03/04/1990', '25/12/1980'], 'day-first'],
    ['a day above 12 comes second', ['03/04/1990', '12/25/1980'], 'month-first'],
    ['more of them say day first', ['25/12/1980', '26/12/1980', '12/25/1980'], 'day-first'],
    ['nothing says anything', ['03/04/1990'], 'day-first'],
    ['dates with the year first say nothing', ['1990-04-25', '1990-12-13'], 'day-first'],
  ])('%s', (_, written, order) => {
    expect(orderOf(written)).toBe(order)
  })

  test('so one column reads 03/04 as the fourth of March when another of its dates is 12/25', () => {
    expect(levelOf('birthDate', '03/04/1990', '1990-03-04', ['12/25/1980'])).toBe('exact')
    expect(levelOf('birthDate', '03/04/1990', '1990-03-04', ['25/12/1980'])).toBe('swapped')
  })
})

describe('two dates agree as far as both are known', () => {
  test.each([
    ['1990-04-03', '1990-04-03', 'exact'],
    ['1990-04-03', '3 April 1990', 'exact'],
    ['1990-04-03', '03/04/2533', 'exact'],
    ['1990-04-03', '1990-03-04', 'swapped'],
    ['1990-04-03', '1990-04-08', 'slip'],
    ['1990-04-03', '1980-04-03', 'slip'],
    ['1990-04-13', '1990-04-31', 'slip'],
    ['1990-04-03', '1909-04-03', 'slip'],
    ['1990-04-03', '1990-04', 'known-part'],
    ['1990-04-03', '1990', 'known-part'],
    ['1990-04', '1990', 'known-part'],
    ['1990-04-03', '1990-01-01', 'known-part'],
    ['1990-04-03', '1990-04-27', 'near'],
    ['1990-04-03', '1967-04-03', 'near'],
    ['1990-04-03', '1990-12-17', 'year'],
    ['1990-04', '1990-12', 'year'],
    ['1990', '1991', 'year'],
    ['1990-01-01', '1991-01-01', 'year'],
    ['1990-04-03', '1967-12-17', 'else'],
    ['1990', '1970', 'else'],
    ['1990-01-01', '1970-01-01', 'else'],
    ['1990-04-03', '', 'missing'],
    ['1990-04-03', 'unknown', 'missing'],
  ])('%s and %s: %s', (one, other, level) => {
    expect(levelOf('birthDate', one, other)).toBe(level)
    expect(levelOf('birthDate', other, one)).toBe(level)
  })

  test('two real dates of one year are never taken for a slip that changes the year by chance', () => {
    const date = fc.date({ min: new Date('1930-01-02'), max: new Date('2020-12-31'), noInvalidDate: true })
    const worse = ['exact', 'swapped', 'slip', 'known-part', 'near', 'year', 'else']
    fc.assert(
      fc.property(date, date, (a, b) => {
        const [one, other] = [a.toISOString().slice(0, 10), b.toISOString().slice(0, 10)]
        const apart = Array.from(one).filter((digit, at) => digit !== other[at]).length
        const level = levelOf('birthDate', one, other)
        if (apart === 0) expect(level).toBe('exact')
        if (apart === 1) expect(['swapped', 'slip', 'year', 'else']).toContain(level)
        if (apart > 4) expect(worse.indexOf(level)).toBeGreaterThan(worse.indexOf('slip'))
      }),
      { numRuns: 300 },
    )
  })
})
