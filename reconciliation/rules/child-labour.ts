import type { PartialDate } from '../../schemas/contract.ts'
import { lastDay } from '../dates.ts'
import { contributionsOf, type Dossier, eventsOf, type FactRef } from '../dossier.ts'
import { evidenceOf } from '../facts.ts'
import type { Draft } from '../finding.ts'
import { grouped } from '../grouped.ts'
import { inForce } from '../law/law.ts'
import { ageOn, countryOf } from '../person.ts'
import { personRule } from '../rule.ts'

type Work = {
  readonly registry: string
  readonly employer: string
  readonly date: PartialDate
  readonly ref: FactRef
}

/** Days of platform work, and months that somebody contributed for. */
const workOf = (dossier: Dossier, asOf: string): Work[] => [
  ...contributionsOf(dossier).flatMap(({ value: { month, employer, state }, registry, ref }) =>
    employer && state !== 'reversed' && month <= asOf.slice(0, 7)
      ? [{ registry, employer: employer.id, date: month, ref }]
      : [],
  ),
  ...eventsOf(dossier).flatMap(({ value: { kind, on, employer, count }, registry, ref }) =>
    kind === 'work-day' && count !== 0 && on <= asOf.slice(0, on.length)
      ? [{ registry, employer: employer?.id ?? 'unknown', date: on, ref }]
      : [],
  ),
]

/** R21. Of a birth date known to the year, the first of January is taken: only who is too young by that is surely too young. */
export const childLabour = personRule({
  id: 'R21',
  name: 'child-labour',
  title: 'A child at work',
  says: 'Somebody worked on a day on which she was below the legal working age: an employer contributed for her, or a platform gave her orders. Where only the year of birth is known, only when she was too young whatever her birthday. Records that disagree about the birth date have to agree on it, unless the population register knows.',
  message: 'At work at {age} for {employer}, {first} to {last}; the working age is {limit}.',
  reason:
    'Conventions 138 and 182. The child needs protection and a school, the employer an inspection; the family is never punished by this list.',
  severity: 'S1',
  action: 'report',
  aim: 'integrity',
  evidence: 'linked',
  dueInDays: 7,
  parameters: {},
  subject: 'person',
  find: (dossier, { asOf, law }) => {
    const today = ageOn(dossier, law, asOf)
    if (!today) return []
    const year = Number(asOf.slice(0, 4))
    const young = workOf(dossier, asOf).flatMap((work) => {
      const country = countryOf(work.registry)
      const limit = inForce(country && law.countries[country]?.workingAge, work.date)?.general
      // Most people are so old today that the day itself need not be worked out.
      const atLeast = today.most - (year - Number(work.date.slice(0, 4))) - 1
      if (limit === undefined || atLeast >= limit) return []
      // Of a month the last day counts, on which the child is oldest.
      const on = lastDay(work.date)
      const age = ageOn(dossier, law, on)
      return age && age.most < limit ? [{ ...work, on, age, limit }] : []
    })
    return [...grouped(young, ({ registry, employer }) => `${registry} ${employer}`)].map(([about, days]): Draft => {
      const sorted = days.toSorted((one, other) => (one.on < other.on ? -1 : 1))
      const [first = days[0]] = sorted
      const last = sorted.at(-1) ?? first
      return {
        about,
        owner: first.registry,
        evidence: evidenceOf([last.ref, ...last.age.evidence, ...sorted.slice(0, -1).map(({ ref }) => ref)]),
        facts: {
          employer: first.employer,
          age: first.age.most,
          limit: first.limit,
          first: first.on.slice(0, 7),
          last: last.on.slice(0, 7),
          days: days.length,
        },
      }
    })
  },
})
