/** R17 and R18: maternity benefits that do not add up, and those that nobody claimed. */
import type { Benefit } from '../../schemas/contract.ts'
import { lsso, lssoPaid, money } from './money.ts'
import type { Planter, Subject } from './planter.ts'

const birthBenefit = (born: string, more: Partial<Benefit> = {}): Benefit => ({
  scheme: lsso,
  branch: 'maternity',
  kind: 'cash',
  state: 'paid',
  month: born.slice(0, 7),
  amount: money(5_400_000, 'LAK'),
  reference: `M-${born}`,
  eventOn: born,
  ...more,
})

/** Months of contributions in the fund's own account of a member, besides those of the provinces’ lists. */
const account = (p: Planter, one: Subject, months: readonly number[], benefits: readonly Benefit[]): void =>
  p.record('la-lsso', 'account', one, {
    contributions: months.map((ago) => lssoPaid(p.month(ago))),
    benefits: [...benefits],
  })
const year = [15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4]

const unearned = (p: Planter): void => {
  const woman = (age: number) => p.lao({ sex: 'female', age })
  const new1 = woman(24)
  account(p, new1, [4], [birthBenefit(`${p.month(1)}-12`)])
  p.fires('R17', 'A birth two months after the first contributions.', [new1])

  const man = p.lao({ sex: 'male', age: 31 })
  account(p, man, year, [birthBenefit(`${p.month(2)}-20`)])
  p.fires('R17', 'A maternity benefit to a man.', [man])

  const often = woman(29)
  account(p, often, [...year, 18, 17, 16], [birthBenefit(`${p.month(6)}-05`), birthBenefit(`${p.month(2)}-05`)])
  p.fires('R17', 'Two births within four months.', [often])

  const twins = woman(27)
  account(p, twins, year, [birthBenefit(`${p.month(2)}-14`), birthBenefit(`${p.month(2)}-15`, { reference: 'M-2' })])
  p.near('R17', 'Twins, born on both sides of midnight.', [twins])

  const enough = woman(26)
  account(p, enough, [7, 6, 5, 4], [birthBenefit(`${p.month(1)}-28`)])
  p.near('R17', 'Just enough months.', [enough])
}

const unclaimed = (p: Planter): void => {
  const mother = (age: number, born: string, months: readonly number[], benefits: readonly Benefit[] = []) => {
    const one = p.lao({ sex: 'female', age })
    account(p, one, months, benefits)
    p.record('la-crvs', 'birth', one, { events: [{ kind: 'birth-given', on: born }] })
    return one
  }
  p.fires('R18', 'Entitled since four months, and nobody claimed.', [mother(30, p.day(125), year)], { from: p.day(34) })
  p.near('R18', 'There is time left.', [mother(25, p.day(45), year)])
  p.near('R18', 'Claimed.', [mother(33, p.day(130), year, [birthBenefit(p.day(130))])])
  p.near('R18', 'Too few contributions for a benefit.', [mother(22, p.day(125), [])])
}

export const plantMaternity = (p: Planter): void => {
  unearned(p)
  unclaimed(p)
}
