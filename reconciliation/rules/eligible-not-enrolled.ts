import type { Assessment } from '../../schemas/contract.ts'
import { lastDay } from '../dates.ts'
import { assessmentsOf, type Dossier, enrolmentsOf, type FactRef, relationsOf, type Sourced } from '../dossier.ts'
import { evidenceOf, isOpen, listed, schemeOf } from '../facts.ts'
import type { Draft } from '../finding.ts'
import { type Eligibility, inForce, type Law, type SchemeLaw } from '../law/law.ts'
import { ageOn, drawnWithin, homesOn, householdKey, mayBeMember, saidDead, sexOf } from '../person.ts'
import { groupRule, personRule } from '../rule.ts'

const about = {
  reason:
    'Poor and old people who are left out are the first whom social protection is for. The scheme looks at each case; nobody is enrolled by this list.',
  severity: 'S2',
  action: 'notify',
  aim: 'take-up',
  evidence: 'linked',
  dueInDays: 30,
  parameters: {
    poverty: {
      value: 32,
      says: 'Poverty score up to which somebody counts as poor, where a scheme is for the poor and publishes none. Preset to that of BISP.',
      least: 0,
      most: 100,
    },
    recentMonths: {
      value: 6,
      says: 'Months for which a payment shows that somebody is on a scheme.',
      least: 1,
      most: 24,
    },
  },
} as const

/** The last word of an assessment by the day. What nobody can date within the time known is not taken. */
const latest = (dossier: Dossier, kind: Assessment['kind'], asOf: string): Sourced<Assessment> | undefined =>
  assessmentsOf(dossier)
    .filter(({ value }) => value.kind === kind && value.on <= asOf.slice(0, value.on.length))
    .toSorted((one, other) => (lastDay(one.value.on) < lastDay(other.value.on) ? -1 : 1))
    .at(-1)

const marriage = (dossier: Dossier): boolean =>
  relationsOf(dossier).some(({ value }) => value.role === 'spouse') ||
  listed(dossier).some(
    ({ record }) =>
      record.households?.some(({ role }) => role === 'spouse') ||
      record.names.some(({ parts }) => parts.some(({ role }) => role === 'husband')),
  )

type Shown = { readonly refs: readonly FactRef[]; readonly because: string }
type Given = { readonly dossier: Dossier; readonly law: Law; readonly asOf: string; readonly poor: number }
type Condition = (given: Given, rule: Eligibility) => Shown | undefined | 'fails'

/** One for each thing that a scheme may ask for; undefined where it does not ask. */
const conditions: readonly Condition[] = [
  ({ dossier, law, asOf }, { age }) => {
    if (age === undefined) return undefined
    const known = ageOn(dossier, law, asOf)
    return known && known.least >= age ? { refs: known.evidence, because: `aged ${age} or over` } : 'fails'
  },
  ({ dossier, law }, { sex }) => {
    if (sex === undefined) return undefined
    const known = sexOf(dossier, law)
    return known?.sex === sex ? { refs: known.evidence, because: 'a woman' } : 'fails'
  },
  ({ dossier }, { everMarried }) => {
    if (everMarried === undefined) return undefined
    return marriage(dossier) ? { refs: [], because: 'ever married' } : 'fails'
  },
  ({ dossier, asOf, poor }, { isPoor, poverty }) => {
    const most = poverty ?? (isPoor ? poor : undefined)
    if (most === undefined) return undefined
    const known = latest(dossier, 'poverty', asOf)
    return known && known.value.value <= most
      ? { refs: [known.ref], because: `poverty score of at most ${most}` }
      : 'fails'
  },
  ({ dossier, asOf }, { disability }) => {
    if (disability === undefined) return undefined
    const known = latest(dossier, 'disability', asOf)
    if (!known || known.value.value < disability) return 'fails'
    return { refs: [known.ref], because: `disability of grade ${disability} or more` }
  },
]

/** What shows that the person meets all that the scheme asks for. */
const meets = (given: Given, rule: Eligibility): Shown | undefined => {
  const shown: Shown[] = []
  for (const condition of conditions) {
    const result = condition(given, rule)
    if (result === 'fails') return undefined
    if (result) shown.push(result)
  }
  return { refs: shown.flatMap(({ refs }) => refs), because: shown.map(({ because }) => because).join(', ') }
}

/** Schemes that somebody is, or may be, on: enrolled, suspended, or paid lately. */
const schemesOf = (dossier: Dossier, asOf: string, months: number): Set<string> =>
  new Set([
    ...enrolmentsOf(dossier).flatMap(({ value }) => (mayBeMember(value, asOf) ? [value.scheme] : [])),
    ...drawnWithin(dossier, months, asOf).map(({ value }) => value.scheme),
  ])

const excludes = (law: Law, unit: 'person' | 'household', held: ReadonlySet<string>, scheme: string): boolean =>
  law.incompatible.some(
    ({ schemes, unit: of }) =>
      (of === unit || unit === 'person') &&
      schemes.includes(scheme) &&
      schemes.some((other) => other !== scheme && held.has(other)),
  )

type Eligible = { readonly scheme: string; readonly known: SchemeLaw; readonly shown: Shown }

/** The schemes that a person may be referred to by what is known of her alone. Who is paid by the state is not in need of them. */
const eligibleFor = (given: Given, held: ReadonlySet<string>): Eligible[] => {
  const { dossier, law, asOf } = given
  if (saidDead(dossier)) return []
  if ([...held].some((scheme) => schemeOf(law, scheme)?.financing === 'payroll')) return []
  return Object.entries(law.schemes).flatMap(([scheme, known]) => {
    const rule = inForce(known.eligible, asOf)
    if (!rule || !isOpen(known, asOf) || held.has(scheme) || excludes(law, 'person', held, scheme)) return []
    if (!listed(dossier).some(({ registry }) => registry.startsWith(`${known.country}-`))) return []
    const shown = meets(given, rule)
    return shown ? [{ scheme, known, shown }] : []
  })
}

const draftOf = ({ scheme, known, shown }: Eligible, persons: readonly string[], asOf: string): Draft => {
  const money = inForce(known.tariff, asOf)
  return {
    about: scheme,
    owner: known.registry,
    evidence: evidenceOf(shown.refs),
    ...(money && { money }),
    facts: { scheme, title: known.title, because: shown.because, people: persons.length },
    persons,
  }
}

/** The household in which a person is looked at, where several registries count her in one: that of the registry with schemes for households. */
const homeOf = (dossier: Dossier, law: Law, asOf: string): string | undefined => {
  const paying = new Set(Object.values(law.schemes).flatMap((one) => (one.unit === 'household' ? [one.registry] : [])))
  const homes = homesOn(dossier, asOf)
  const own = homes.filter(({ registry }) => paying.has(registry))
  return (own.length > 0 ? own : homes).map(householdKey).sort()[0]
}

/** R28, for whom no registry counts in a household. */
export const eligibleNotEnrolled = personRule({
  ...about,
  id: 'R28',
  name: 'eligible-not-enrolled',
  title: 'May be entitled, and is not enrolled',
  says: 'By age, disability and poverty score somebody meets what a scheme asks for, is not enrolled in it, and draws nothing that excludes it. Who is on the public payroll, or draws a public pension, is left out.',
  message: 'Not enrolled in {title}, and may be entitled: {because}.',
  subject: 'person',
  find: (dossier, { asOf, law, parameters }) => {
    if (homeOf(dossier, law, asOf) !== undefined) return []
    const held = schemesOf(dossier, asOf, parameters.recentMonths)
    return eligibleFor({ dossier, law, asOf, poor: parameters.poverty }, held).map((one) => draftOf(one, [], asOf))
  },
})

/** R28, for members of a household: what one of them draws may exclude the others. */
export const eligibleInHousehold = groupRule({
  ...about,
  id: 'R28b',
  name: 'eligible-in-household',
  title: 'A household may be entitled, and is not enrolled',
  says: 'By age, disability and poverty score members of a household meet what a scheme asks for and are not enrolled in it. Nobody in the household draws what excludes it, or is head or spouse with pay or a pension of the state. The household is that of the day.',
  message: '{people} of the household may be entitled to {title}: {because}.',
  subject: 'household',
  least: 1,
  concerns: (dossier, { asOf, law, parameters }) => {
    const held = schemesOf(dossier, asOf, parameters.recentMonths)
    return eligibleFor({ dossier, law, asOf, poor: parameters.poverty }, held).length > 0
  },
  begin: (key, { asOf, law, parameters }) => {
    const held = new Set<string>()
    const found = new Map<string, { readonly one: Eligible; readonly persons: Set<string> }>()
    let paidByState = false
    const add = (dossier: Dossier): void => {
      const home = homesOn(dossier, asOf).find((one) => householdKey(one) === key)
      if (!home) return
      const own = schemesOf(dossier, asOf, parameters.recentMonths)
      for (const scheme of own) held.add(scheme)
      const leads = home.value.role === 'head' || home.value.role === 'spouse'
      paidByState ||= leads && [...own].some((scheme) => schemeOf(law, scheme)?.financing === 'payroll')
      if (homeOf(dossier, law, asOf) !== key) return
      for (const one of eligibleFor({ dossier, law, asOf, poor: parameters.poverty }, own)) {
        const before = found.get(one.scheme)
        before?.persons.add(dossier.person)
        if (!before) found.set(one.scheme, { one, persons: new Set([dossier.person]) })
      }
    }
    const isOpenTo = ({ scheme, known }: Eligible): boolean =>
      !excludes(law, 'household', held, scheme) && !(known.unit === 'household' && held.has(scheme))
    return {
      add,
      end: () =>
        paidByState
          ? []
          : [...found.values()]
              .filter(({ one }) => isOpenTo(one))
              .map(({ one, persons }) => draftOf(one, [...persons], asOf)),
    }
  },
})
