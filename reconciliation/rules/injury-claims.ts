import type { Benefit, Money } from '../../schemas/contract.ts'
import { firstDay } from '../dates.ts'
import { benefitsOf, type Sourced } from '../dossier.ts'
import { evidenceOf, isPaidOut, schemeOf } from '../facts.ts'
import type { Draft } from '../finding.ts'
import { grouped } from '../grouped.ts'
import { sumOf } from '../person.ts'
import { personRule } from '../rule.ts'
import { insurableDays, type WorkDay } from './platform-work-uncovered.ts'

type Claim = Sourced<Benefit> & { readonly on: string }
type Claims = readonly [Claim, ...Claim[]]

const draftOf = (claims: Claims, what: string, problem: string, more: Draft['evidence'] = []): Draft => {
  const money = sumOf(claims.map(({ value }) => value.amount))
  const [{ value, registry, on }] = claims
  return {
    about: `${what} ${value.scheme} ${on.slice(0, 7)}`,
    owner: registry,
    evidence: evidenceOf([...claims.map(({ ref }) => ref), ...more]),
    ...(money && { money }),
    facts: { scheme: value.scheme, month: on.slice(0, 7), problem },
  }
}

/** A day that the platform's file does not hold says nothing; one that it holds without a premium does, if no other file has one. */
const onOpenDays = (claims: readonly Claim[], days: readonly WorkDay[], anywhere: readonly WorkDay[]): Draft[] => {
  const found = claims.flatMap((claim) => {
    const ofClaim = ({ on, scheme }: WorkDay): boolean => on === claim.on && scheme === claim.value.scheme
    const ofDay = days.filter(ofClaim)
    const insured = anywhere.some((day) => ofClaim(day) && day.insured > 0)
    const worked = ofDay.length > 0 && !insured && ofDay.every(({ orders }) => orders > 0)
    return worked ? [{ ...claim, days: ofDay }] : []
  })
  return [...grouped(found, ({ value, on }) => `${value.scheme} ${on.slice(0, 7)}`).values()].map((ofMonth) =>
    draftOf(
      ofMonth,
      'uncovered',
      'paid for an injury on a day without a premium',
      ofMonth.flatMap(({ days: open }) => open.flatMap((day) => day.days.map(({ ref }) => ref))),
    ),
  )
}

/** Two days that are not known as such may be the same, and may not. */
const sameDay = (one: string, other: string): boolean => one.length === 10 && one === other

/** One injury is paid once: what went out beside the highest payment. */
const excessOf = (claims: Claims): Money | undefined => {
  const total = sumOf(claims.map(({ value }) => value.amount))
  if (!total) return undefined
  const amounts = claims.flatMap(({ value: { amount } }) =>
    amount?.currency === total.currency ? [amount.amount] : [],
  )
  const amount = total.amount - Math.max(...amounts)
  return amount > 0 ? { ...total, amount } : undefined
}

/** R20. Hurt on an uncovered day is no fault of the worker: the finding asks who pays, and not whether. */
export const injuryClaims = personRule({
  id: 'R20',
  name: 'injury-claims',
  title: 'Injury paid without cover, or twice',
  says: 'A platform worker’s injury was paid by the scheme that insures order by order, for a day on which no order had a premium; or one injury was paid by that scheme and by another one.',
  message: '{scheme}: {problem}, {month}.',
  reason: 'The platform owes the premium, and one injury is paid once. The worker keeps the right to be cared for.',
  severity: 'S1',
  action: 'review',
  aim: 'integrity',
  evidence: 'confirmed',
  dueInDays: 14,
  parameters: {},
  subject: 'person',
  find: (dossier, { asOf, law }, whole) => {
    const claims = benefitsOf(dossier).flatMap((claim): Claim[] => {
      const { branch, eventOn } = claim.value
      const counts = branch === 'employment-injury' && isPaidOut(claim.value) && eventOn && firstDay(eventOn) <= asOf
      return counts ? [{ ...claim, on: eventOn }] : []
    })
    const byOrder = claims.filter(({ value }) => schemeOf(law, value.scheme)?.insuresOrders !== undefined)
    const twice = byOrder.flatMap((claim): Claims[] => {
      const others = claims.filter(
        ({ value, on }) =>
          value.scheme !== claim.value.scheme && value.kind === claim.value.kind && sameDay(on, claim.on),
      )
      return others.length > 0 ? [[claim, ...others]] : []
    })
    const doubles = grouped(twice, ([{ value, on }]) => `${value.scheme} ${on.slice(0, 7)}`)
    return [
      ...(byOrder.length > 0
        ? onOpenDays(byOrder, insurableDays(dossier, law, asOf), insurableDays(whole, law, asOf))
        : []),
      ...[...doubles.values()].map((ofMonth) => {
        const [first, ...others] = new Set(ofMonth.flat())
        const { money: _, ...draft } = draftOf(
          first ? [first, ...others] : ofMonth[0],
          'twice',
          'one injury paid by two schemes',
        )
        const money = sumOf(ofMonth.map(excessOf))
        return { ...draft, ...(money && { money }) }
      }),
    ]
  },
})
