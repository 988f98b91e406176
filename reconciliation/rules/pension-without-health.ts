import type { Enrolment } from '../../schemas/contract.ts'
import { firstDay, lastDay, monthsBetween } from '../dates.ts'
import { type Dossier, enrolmentsOf, type Sourced } from '../dossier.ts'
import { evidenceOf, isOpen, schemeOf } from '../facts.ts'
import type { Law, SchemeLaw } from '../law/law.ts'
import { drawnWithin, monthOf, saidDead } from '../person.ts'
import { personRule } from '../rule.ts'

/** The health schemes of a country that exist on a day, those that everybody has to be in first. */
const healthSchemes = (law: Law, country: SchemeLaw['country'], day: string): [string, SchemeLaw][] =>
  Object.entries(law.schemes)
    .filter(
      ([, scheme]) => scheme.country === country && scheme.branches.includes('medical-care') && isOpen(scheme, day),
    )
    .sort(([, one], [, other]) => Number(other.mandatory ?? false) - Number(one.mandatory ?? false))

/** Covered, or perhaps: a registry that contradicts itself does not say that somebody has no cover. */
const mayCover = ({ status, from, until }: Enrolment, day: string): boolean =>
  (status === 'active' || status === 'unknown') && (!from || firstDay(from) <= day) && (!until || lastDay(until) >= day)

const coverOf = (dossier: Dossier): Sourced<Enrolment>[] =>
  enrolmentsOf(dossier).filter(({ value }) => value.branches.includes('medical-care'))

export const pensionWithoutHealth = personRule({
  id: 'R04',
  name: 'pension-without-health',
  title: 'Draws a pension, and has no health cover',
  says: 'A person is paid an old-age pension, and no health scheme that the hub reads covers the person today: never enrolled, or the cover has lapsed. Where a registry’s answer about cover contradicts itself, nothing is said.',
  message: '{pension} pays a pension, last for {month}. Health cover: {cover}. {scheme} can enrol the person.',
  reason:
    'Old people need care most and lose cover with their last employer. To find them is what the registries are compared for (Recommendation 202, paragraph 5).',
  severity: 'S2',
  action: 'notify',
  aim: 'take-up',
  evidence: 'linked',
  dueInDays: 30,
  parameters: {
    recentMonths: { value: 3, says: 'Months within which a pension payment counts as in payment.', least: 1, most: 24 },
  },
  subject: 'person',
  find: (dossier, { asOf, law, parameters }) => {
    if (saidDead(dossier)) return []
    const pensions = drawnWithin(dossier, parameters.recentMonths, asOf)
      .filter(({ value }) => value.branch === 'old-age' && value.kind === 'cash')
      .toSorted((one, other) => monthsBetween(monthOf(other.value) ?? '', monthOf(one.value) ?? ''))
    const pension = pensions.at(-1)
    const paying = pension && schemeOf(law, pension.value.scheme)
    const [health] = paying ? healthSchemes(law, paying.country, asOf) : []
    const cover = coverOf(dossier)
    if (!pension || !health || health[0] === pension.value.scheme) return []
    if (cover.some(({ value }) => mayCover(value, asOf))) return []
    return [
      {
        about: health[0],
        owner: health[1].registry,
        evidence: evidenceOf([...pensions.map(({ ref }) => ref).reverse(), ...cover.map(({ ref }) => ref)]),
        facts: {
          pension: pension.value.scheme,
          month: monthOf(pension.value) ?? '',
          scheme: health[0],
          cover: cover.length === 0 ? 'never enrolled' : 'lapsed',
        },
      },
    ]
  },
})
