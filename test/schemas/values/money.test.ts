import { describe, expect, test } from 'vitest'
import { readMoney, readMonth } from '../../../schemas/values/money.ts'

describe('an amount', () => {
  test.each([
    [540, 54_000],
    [0.1 + 0.2, 30],
    [1e-320, 0],
    ['540', 54_000],
    ['1,234.50', 123_450],
    ['1,234,567', 123_456_700],
    ['KES 1,234.5', 123_450],
    ['Ksh. 50,000/=', 5_000_000],
    ['2.500.000', 250_000_000],
    ['2.500.000,75', 250_000_075],
    ['2 500 000', 250_000_000],
    ["2'500'000", 250_000_000],
    ['12,50', 1250],
    ['໒໘໗,໕໐໐', 28_750_000],
    ['287500 ກີບ', 28_750_000],
    ['(1,000)', -100_000],
    ['-5', -500],
    [' 7 ', 700],
    ['0', 0],
    ['-0', 0],
  ])('%j is %i minor units', (written, amount) => {
    expect(readMoney(written, 'LAK')).toEqual({ outcome: 'ok', money: { amount, currency: 'LAK' } })
  })

  test.each([[null], [undefined], [''], ['  '], ['-'], ['N/A']])('%j is nothing', (written) => {
    expect(readMoney(written, 'KES')).toEqual({ outcome: 'empty' })
  })

  test.each([
    ['five hundred', 'money'],
    ['1,23', 'ok'],
    ['12,345,6', 'money'],
    ['1.2.3', 'money'],
    ['--5', 'money'],
    [true, 'money'],
    [{}, 'money'],
    ['1.23E+13', 'excel-scientific'],
    [1e20, 'money-precision'],
    [Number.NaN, 'money-precision'],
    [1.005, 'money-precision'],
    ['1.2345', 'money-precision'],
  ])('%j is told apart: %s', (written, rule) => {
    const read = readMoney(written, 'KES')
    expect(read.outcome === 'invalid' ? read.rule : read.outcome).toBe(rule)
  })
})

describe('a month', () => {
  test.each([
    ['022026', '2026-02'],
    [22026, '2026-02'],
    ['202602', '2026-02'],
    ['2026-2', '2026-02'],
    ['02/2026', '2026-02'],
    ['Feb 2026', '2026-02'],
    ['ກຸມພາ 2026', '2026-02'],
    ['໐໒/໒໐໒໖', '2026-02'],
    ['2026-02-28', '2026-02'],
    ['28/02/2026', '2026-02'],
  ])('%j is %s', (written, month) => {
    expect(readMonth(written, '2026-11-22')).toEqual({ month, buddhist: false })
  })

  test('in a Buddhist year says so', () => {
    expect(readMonth('02/2569', '2026-11-22')).toEqual({ month: '2026-02', buddhist: true })
  })

  test.each([[''], [null], ['132026'], ['002026'], ['2026'], ['February'], ['13/2026'], ['1850-01'], [{}]])(
    '%j is none',
    (written) => {
      expect(readMonth(written, '2026-11-22')).toBeUndefined()
    },
  )
})
