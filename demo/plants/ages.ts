/** R22: pensions before the age for them, and pensions that nobody draws. */
import { lsso, lssoPaid, member, money, paid } from './money.ts'
import type { Planter } from './planter.ts'

const kip = { branch: 'old-age' as const, amount: money(2_100_000, 'LAK'), entitled: money(2_100_000, 'LAK') }

export const plantAges = (p: Planter): void => {
  const drawing = (sex: 'male' | 'female', age: number, birthDate?: string) => {
    const one = p.lao({ sex, age, insured: false })
    const benefits = [3, 2, 1].map((ago) => paid(lsso, p.month(ago), 2_100_000, kip))
    p.record('la-lsso', 'account', one, { benefits, ...(birthDate && { birthDate }) })
    return one
  }
  p.fires('R22', 'An old-age pension at fifty.', [drawing('male', 50)])
  p.near('R22', 'Women may draw it from fifty-five.', [drawing('female', 56)])
  p.near('R22', 'By the year of birth alone, the age may be reached.', [
    drawing('male', 60, String(Number(p.asOf.slice(0, 4)) - 61)),
  ])

  const past = (age: number, more: Parameters<Planter['record']>[3] = {}) => {
    const one = p.lao({ sex: 'male', age, insured: false })
    p.record('la-lsso', 'account', one, {
      enrolments: [member(lsso, p.month(200), { category: 'employed' })],
      contributions: [24, 23, 22].map((ago) => lssoPaid(p.month(ago))),
      ...more,
    })
    return one
  }
  p.fires('R22', 'Paid in until sixty-two, and never claimed.', [past(64)])
  p.near('R22', 'Still at work.', [p.lao({ sex: 'male', age: 61 })])
  p.near('R22', 'Taken as one sum.', [past(63, { benefits: [paid(lsso, p.month(20), 9_000_000, kip)] })])
}
