/** Payments and contributions as the plants' registries write them. */
import type { Benefit, Branch, Contribution, Enrolment, Money } from '../../schemas/contract.ts'
import type { Planter, Subject } from './planter.ts'

export const olderPersons = 'ke-inua/older-persons'
export const orphans = 'ke-inua/orphans'
export const disability = 'ke-inua/disability'
export const publicService = 'ke-payroll/public-service'
export const publicPension = 'ke-payroll/public-pension'
export const lsso = 'la-lsso/nssf'

export const money = (units: number, currency: Money['currency'] = 'KES'): Money => ({ amount: units * 100, currency })

export const member = (scheme: string, from: string, more: Partial<Enrolment> = {}): Enrolment => ({
  scheme,
  branches: [branchOf(scheme)],
  status: 'active',
  from,
  ...more,
})

/** A cash payment for a month, as much as was due. */
export const paid = (scheme: string, month: string, units: number, more: Partial<Benefit> = {}): Benefit => ({
  scheme,
  branch: branchOf(scheme),
  kind: 'cash',
  state: 'paid',
  month,
  amount: money(units),
  entitled: money(units),
  reference: `${scheme.split('/')[1]}-${month}`,
  ...more,
})

const branches: { readonly [scheme: string]: Branch } = {
  [olderPersons]: 'old-age',
  [orphans]: 'family',
  [disability]: 'invalidity',
  [publicPension]: 'old-age',
  [lsso]: 'old-age',
}
const branchOf = (scheme: string): Branch => branches[scheme] ?? 'social-assistance'

/** Two months’ money every two months, the last so many cycles. */
const cycles = 4
export const cash = (p: Planter, scheme: string, more: (ago: number) => Partial<Benefit> = () => ({})): Benefit[] =>
  Array.from({ length: cycles }, (_, i) => 2 * (cycles - i) - 1).map((ago) =>
    paid(scheme, p.month(ago), 4_000, more(ago)),
  )

/** Somebody on the cash-transfer list, since two years ago, with the last cycles paid. */
type Listed = Parameters<Planter['record']>[3]
export const assisted = (p: Planter, about: Subject, scheme: string, more: Listed = {}): void =>
  p.record('ke-inua', 'beneficiary', about, {
    enrolments: [member(scheme, p.month(24))],
    benefits: cash(p, scheme),
    ...more,
  })

/** Somebody with a public pension, paid every month. */
export const pensioned = (p: Planter, about: Subject, more: Listed = {}): void =>
  p.record('ke-payroll', 'pension', about, {
    enrolments: [member(publicPension, p.month(48))],
    benefits: [4, 3, 2, 1].map((ago) => paid(publicPension, p.month(ago), 18_500)),
    ...more,
  })

/** A month's contribution to the Lao fund, received. */
export const lssoPaid = (month: string, pay = 3_000_000): Contribution => ({
  scheme: lsso,
  month,
  state: 'paid',
  total: money(Math.round(pay * 0.115), 'LAK'),
})
