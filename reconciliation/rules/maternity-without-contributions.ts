import type { Benefit, PartialDate } from '../../schemas/contract.ts'
import { contributedBefore, monthsIn } from '../contributed.ts'
import { addDays, addMonths, firstDay, lastDay } from '../dates.ts'
import { benefitsOf, contributionsOf, type Dossier, enrolmentsOf, type Sourced } from '../dossier.ts'
import { evidenceOf, isPaidOut, schemeOf } from '../facts.ts'
import type { Draft } from '../finding.ts'
import { grouped } from '../grouped.ts'
import { inForce, type Law } from '../law/law.ts'
import { monthOf, sexOf, sumOf } from '../person.ts'
import { personRule } from '../rule.ts'

type Paid = Sourced<Benefit>
type Lines = readonly [Paid, ...Paid[]]
type Case = {
  /** Everything that is held for her: what stands anywhere in it is no absence. */
  readonly whole: Dossier
  readonly law: Law
  readonly scheme: string
  readonly paid: Lines
  readonly expectedDays: number
}

const draftOf = ({ scheme, paid }: Case, what: string, problem: string, about: readonly Paid[]): Draft => {
  const money = sumOf(about.map(({ value }) => value.amount))
  return {
    about: `${scheme} ${what}`,
    owner: paid[0].registry,
    evidence: evidenceOf(about.map(({ ref }) => ref)),
    ...(money && { money }),
    facts: { scheme, problem },
  }
}

/** The month of the birth, by the line itself or else by the month that it was paid for. */
const birthMonth = ({ value }: Paid): string | undefined =>
  value.eventOn && value.eventOn.length >= 7 ? value.eventOn.slice(0, 7) : value.eventOn ? undefined : monthOf(value)

const isKnownTo = (dossier: Dossier, scheme: string): boolean =>
  enrolmentsOf(dossier).some(({ value }) => value.scheme === scheme) ||
  contributionsOf(dossier).some(({ value }) => value.scheme === scheme)

/** Too few months were paid in. Where her membership does not stand among these records, her contributions need not either. */
const withoutMonths = (one: Case): Draft[] => {
  const { whole, law, scheme, paid } = one
  const country = schemeOf(law, scheme)?.country
  if (!country || !isKnownTo(whole, scheme)) return []
  return [...grouped(paid, (line) => birthMonth(line) ?? '')].flatMap(([month, lines]) => {
    const rule = month === '' ? undefined : inForce(law.countries[country]?.maternity[scheme], month)
    if (!rule) return []
    const before = contributedBefore(whole, scheme, month, rule.within)
    const months = monthsIn(before)
    if (months >= rule.months) return []
    const draft = draftOf(one, `contributions ${month}`, 'too few months of contributions', lines)
    return [
      {
        ...draft,
        severity: 'S1',
        evidence: evidenceOf([...draft.evidence, ...before.map(({ ref }) => ref)]),
        facts: { ...draft.facts, birth: month, months, needed: rule.months, within: rule.within },
      },
    ]
  })
}

const toAMan = (one: Case): Draft[] => {
  const said = sexOf(one.whole, one.law)
  if (said?.sex !== 'male') return []
  const draft = draftOf(one, 'male', 'paid to a man, as all records have it', one.paid)
  return [{ ...draft, evidence: evidenceOf([...draft.evidence, ...said.evidence]) }]
}

/** A day so many months later; the last of its month where that month is shorter. */
const monthsLater = (day: string, months: number): string => {
  const month = addMonths(day, months)
  const last = lastDay(month)
  return `${month}-${day.slice(8)}` < last ? `${month}-${day.slice(8)}` : last
}

/** An expected and an actual day are one birth, and so are twins over midnight. */
const tooClose = (one: Case, months: number): Draft[] => {
  const births = one.paid
    .flatMap((line) => (line.value.eventOn ? [{ line, on: line.value.eventOn }] : []))
    .toSorted((first, second) => (first.on < second.on ? -1 : 1))
  const areTwo = (first: PartialDate, second: PartialDate): boolean =>
    firstDay(second) > addDays(lastDay(first), one.expectedDays) &&
    lastDay(second) < monthsLater(firstDay(first), months)
  const pairs = births.flatMap((first, index) =>
    births.slice(index + 1).flatMap((second) => (areTwo(first.on, second.on) ? [[first, second] as const] : [])),
  )
  const byMonths = grouped(pairs, ([first, second]) => `births ${first.on.slice(0, 7)} ${second.on.slice(0, 7)}`)
  return [...byMonths].map(([what, close]) => {
    const lines = [...new Set(close.map(([, { line }]) => line))]
    const draft = draftOf(one, what, 'two births too close to each other', lines)
    return {
      ...draft,
      severity: 'S1',
      evidence: evidenceOf([...draft.evidence, ...close.map(([{ line }]) => line.ref)]),
    }
  })
}

/** R17. Cash only: what a scheme pays to a hospital for a member's wife stands under the member's name. */
export const maternityWithoutContributions = personRule({
  id: 'R17',
  name: 'maternity-without-contributions',
  title: 'Maternity benefit that does not add up',
  says: 'A maternity cash benefit was paid although too few months of contributions came before the birth, or to somebody who is a man by all records, or for two births less than half a year apart. Months that an employer declared and did not pay count for the mother.',
  message: 'Maternity benefit of {scheme}: {problem}.',
  reason:
    'A contributory benefit has qualifying months. Who does not reach them may be entitled to non-contributory maternity support, and should be sent there.',
  severity: 'S2',
  action: 'review',
  aim: 'integrity',
  evidence: 'confirmed',
  dueInDays: 30,
  parameters: {
    monthsApart: { value: 6, says: 'Months that two births are apart at least.', least: 5, most: 9 },
    expectedDays: {
      value: 28,
      says: 'Days within which two birth dates are one birth: expected and actual, or twins.',
      least: 1,
      most: 60,
    },
  },
  subject: 'person',
  find: (dossier, { asOf, law, parameters }, whole) => {
    const paid = benefitsOf(dossier).filter(
      ({ value }) =>
        value.branch === 'maternity' &&
        value.kind === 'cash' &&
        isPaidOut(value) &&
        (monthOf(value) ?? '') <= asOf.slice(0, 7),
    )
    return [...grouped(paid, ({ value }) => value.scheme)].flatMap(([scheme, lines]) => {
      const one = { whole, law, scheme, paid: lines, expectedDays: parameters.expectedDays }
      return [...withoutMonths(one), ...toAMan(one), ...tooClose(one, parameters.monthsApart)]
    })
  },
})
