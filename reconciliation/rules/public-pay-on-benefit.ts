import type { Money } from '../../schemas/contract.ts'
import { addMonths } from '../dates.ts'
import { contributionsOf, type Dossier, enrolmentsOf, type FactRef } from '../dossier.ts'
import { evidenceOf, schemeOf } from '../facts.ts'
import type { SchemeLaw } from '../law/law.ts'
import { drawnWithin, isMember, livingIn, sumOf } from '../person.ts'
import { type Context, groupRule, personRule } from '../rule.ts'

export const about = {
  reason:
    'Means-tested benefits are for people without a regular income. Filters like this one took 142,556 public servants, wives and husbands off BISP, some of them wrongly: each case has to be looked at.',
  severity: 'S1',
  action: 'review',
  aim: 'integrity',
  evidence: 'confirmed',
  dueInDays: 14,
  parameters: {
    recentMonths: {
      value: 3,
      says: 'Months for which a payment shows that pay or benefit goes on.',
      least: 1,
      most: 12,
    },
  },
} as const
export type Given = Context<typeof about.parameters>

/** Schemes of one way of financing that somebody is on at the day, as a member or by what was paid lately. */
export const on = (dossier: Dossier, financing: SchemeLaw['financing'], { asOf, law, parameters }: Given) => {
  const found = new Map<string, FactRef[]>()
  const add = (scheme: string, ref: FactRef): void => {
    if (schemeOf(law, scheme)?.financing === financing) found.set(scheme, [...(found.get(scheme) ?? []), ref])
  }
  for (const { value, ref } of enrolmentsOf(dossier)) if (isMember(value, asOf)) add(value.scheme, ref)
  for (const { value, ref } of drawnWithin(dossier, parameters.recentMonths, asOf)) add(value.scheme, ref)
  const since = addMonths(asOf, -parameters.recentMonths)
  for (const { value, ref } of contributionsOf(dossier))
    if (since <= value.month && value.month <= asOf.slice(0, 7)) add(value.scheme, ref)
  return found
}

/** What was paid lately: the money that a decision would be about. */
export const paidLately = (dossier: Dossier, scheme: string, { asOf, parameters }: Given): Money | undefined =>
  sumOf(
    drawnWithin(dossier, parameters.recentMonths, asOf).flatMap(({ value }) =>
      value.scheme === scheme ? [value.amount] : [],
    ),
  )

/** R23, the person herself. */
export const publicPayOnBenefit = personRule({
  ...about,
  id: 'R23',
  name: 'public-pay-on-benefit',
  title: 'Public pay or pension, and a poverty benefit',
  says: 'Somebody who is on the public payroll, or draws a pension of the state, is on a means-tested benefit at the same time.',
  message: 'On {scheme} while on {payroll}.',
  subject: 'person',
  find: (dossier, given) => {
    const benefits = on(dossier, 'means-tested', given)
    const [paid] = benefits.size > 0 ? on(dossier, 'payroll', given) : []
    if (!paid) return []
    const [payroll, shown] = paid
    return [...benefits].map(([scheme, refs]) => {
      const money = paidLately(dossier, scheme, given)
      return {
        about: scheme,
        owner: schemeOf(given.law, scheme)?.registry ?? '',
        evidence: evidenceOf([...refs, ...shown]),
        ...(money && { money }),
        facts: { scheme, payroll },
      }
    })
  },
})

type Partner = {
  readonly person: string
  readonly role: string
  readonly home: FactRef
  readonly payroll: ReadonlyMap<string, readonly FactRef[]>
  readonly benefits: ReadonlyMap<string, { readonly refs: readonly FactRef[]; readonly money: Money | undefined }>
}

/** R23, husband or wife: head and spouse of one household on the day. */
export const publicSpouseOnBenefit = groupRule({
  ...about,
  id: 'R23b',
  name: 'public-spouse-on-benefit',
  title: 'A poverty benefit, and public pay or pension of husband or wife',
  says: 'Husband or wife of somebody on a means-tested benefit is on the public payroll, or draws a pension of the state. Who is married is taken from the household as it is on the day: its head and the head’s spouses.',
  message: 'On {scheme}; husband or wife is on {payroll}.',
  subject: 'household',
  least: 2,
  concerns: (dossier, given) => on(dossier, 'means-tested', given).size > 0,
  begin: (key, given) => {
    const partners: Partner[] = []
    return {
      add: (dossier) => {
        const home = livingIn(dossier, key, given.asOf)
        if (home?.value.role !== 'head' && home?.value.role !== 'spouse') return
        const benefits = [...on(dossier, 'means-tested', given)].map(
          ([scheme, refs]) => [scheme, { refs, money: paidLately(dossier, scheme, given) }] as const,
        )
        const payroll = on(dossier, 'payroll', given)
        if (benefits.length === 0 && payroll.size === 0) return
        partners.push({
          person: dossier.person,
          role: home.value.role,
          home: home.ref,
          payroll,
          benefits: new Map(benefits),
        })
      },
      end: () =>
        partners.flatMap((one) => {
          // Two wives of one man are not married to each other.
          const other = partners.find(
            ({ person, role, payroll }) => person !== one.person && role !== one.role && payroll.size > 0,
          )
          const [paid] = other?.payroll ?? []
          if (!other || !paid) return []
          return [...one.benefits].map(([scheme, { refs, money }]) => ({
            about: `${scheme} ${one.person}`,
            owner: schemeOf(given.law, scheme)?.registry ?? '',
            evidence: evidenceOf([...refs, ...paid[1], one.home, other.home]),
            ...(money && { money }),
            facts: { scheme, payroll: paid[0] },
            persons: [one.person, other.person],
          }))
        }),
    }
  },
})
