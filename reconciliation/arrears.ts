/** Since when a month's contributions are owed, and what is asked for being late. */
import type { Money } from '../schemas/contract.ts'
import { addMonths, daysBetween, monthsBetween } from './dates.ts'
import type { SchemeLaw } from './law/law.ts'

/** The middle of the next month, where the law that the hub knows does not say. */
const usualDueDay = 15

/** The settings of rules that wait for a month's lists and money. */
export const lateness = {
  graceDays: {
    value: 30,
    says: 'Days after the due day until lists and money must have come in.',
    least: 0,
    most: 366,
  },
  lateDays: {
    value: 60,
    says: 'Days after the due day from which deducted money that is missing weighs most.',
    least: 0,
    most: 366,
  },
} as const

/** Days since the contributions of a month were due; less than nothing before. */
export const daysLate = (month: string, { arrears }: SchemeLaw, asOf: string): number => {
  const day = String(arrears?.dueDay ?? usualDueDay).padStart(2, '0')
  return daysBetween(`${addMonths(month, 1)}-${day}`, asOf)
}

/** The penalty on what is owed for a month: the scheme's share for each month that has begun since it was due. */
export const penaltyOn = (owed: Money, month: string, scheme: SchemeLaw, asOf: string): Money | undefined => {
  const late = daysLate(month, scheme, asOf)
  if (!scheme.arrears?.penalty || late <= 0) return undefined
  const dueDay = String(scheme.arrears.dueDay).padStart(2, '0')
  const begun = monthsBetween(addMonths(month, 1), asOf) + (asOf.slice(8) > dueDay ? 1 : 0)
  return { ...owed, amount: Math.round(owed.amount * scheme.arrears.penalty * begun) }
}
