import { addMonths, lastDay } from '../dates.ts'
import { benefitsOf, contributionsOf, type Dossier, enrolmentsOf, type FactRef } from '../dossier.ts'
import { evidenceOf, isPaidOut, schemeOf } from '../facts.ts'
import { grouped } from '../grouped.ts'
import { inForce, type Law } from '../law/law.ts'
import { ageOn, monthOf, saidDead, sexOf, sumOf } from '../person.ts'
import { personRule } from '../rule.ts'

/** Ages of a scheme on a day: from `early` on it may be drawn at all, from `full` on without reductions. What sex is not known takes from both. */
const agesOf = (dossier: Dossier, law: Law, scheme: string, day: string) => {
  const known = schemeOf(law, scheme)
  const ages = known && inForce(law.countries[known.country]?.pensionAge, day)
  if (!known || !ages || known.financing !== 'contributory') return undefined
  const sex = sexOf(dossier, law)?.sex
  const lowest = sex ? ages[sex] : Math.min(ages.male, ages.female)
  const full = sex ? ages[sex] : Math.max(ages.male, ages.female)
  return { early: Math.min(ages.early ?? lowest, lowest), full, known }
}

/** R22, one side of it: a pension too early. */
export const pensionTooEarly = personRule({
  id: 'R22',
  name: 'pension-too-early',
  title: 'Draws a pension below pension age',
  says: 'An old-age pension of a contributory scheme was paid for months in which the person was younger than the youngest age at which it may be drawn. With an imprecise birth date, only when even the oldest age that it allows is too young.',
  message: '{scheme} paid an old-age pension for {month} at {age}; it may be drawn from {limit}.',
  reason: 'Most often a birth date is wrong, here or there; otherwise the pension began too early.',
  severity: 'S2',
  action: 'review',
  aim: 'integrity',
  evidence: 'confirmed',
  dueInDays: 30,
  parameters: {},
  subject: 'person',
  find: (dossier, { asOf, law }) => {
    const early = benefitsOf(dossier).flatMap(({ value, registry, ref }) => {
      const month = monthOf(value)
      if (value.branch !== 'old-age' || value.kind !== 'cash' || !isPaidOut(value)) return []
      if (month === undefined || month > asOf.slice(0, 7)) return []
      const age = ageOn(dossier, law, lastDay(month))
      const ages = agesOf(dossier, law, value.scheme, month)
      return age && ages && age.most < ages.early ? [{ value, registry, ref, month, age, limit: ages.early }] : []
    })
    return [...grouped(early, ({ value }) => value.scheme)].map(([scheme, lines]) => {
      const newest = lines.reduce((one, other) => (other.month > one.month ? other : one))
      const money = sumOf(lines.map(({ value }) => value.amount))
      return {
        about: scheme,
        owner: newest.registry,
        evidence: evidenceOf([
          newest.ref,
          ...newest.age.evidence,
          ...lines.map(({ ref }) => ref).filter((ref) => ref !== newest.ref),
        ]),
        ...(money && { money }),
        facts: { scheme, month: newest.month, age: newest.age.most, limit: newest.limit, payments: lines.length },
      }
    })
  },
})

/** Where somebody's membership of a scheme shows, unless it is over: whoever left may have taken the money along. */
const membershipsOf = (dossier: Dossier): Map<string, FactRef> => {
  const left = new Set<string>()
  const found = new Map<string, FactRef>()
  for (const { value, ref } of enrolmentsOf(dossier)) {
    if (value.status === 'ended' || value.status === 'deceased') left.add(value.scheme)
    else if (!found.has(value.scheme)) found.set(value.scheme, ref)
  }
  for (const { value, ref } of contributionsOf(dossier))
    if (!found.has(value.scheme) && !left.has(value.scheme)) found.set(value.scheme, ref)
  return found
}

/** R22, the other side: a pension that nobody draws. A sum paid out once is a pension drawn. */
export const pensionNotDrawn = personRule({
  id: 'R22b',
  name: 'pension-not-drawn',
  title: 'Past pension age, and no pension',
  says: 'Somebody has paid into a pension scheme, is past the age from which the pension may be drawn in full, pays in no more, and has never been paid anything. Many people do not know that they have to claim.',
  message: '{age} years old, pension age {limit}: nothing was ever paid by {scheme}.',
  reason: 'A pension that was paid for and is not drawn leaves an old person poorer than the law wants.',
  severity: 'S2',
  action: 'notify',
  aim: 'take-up',
  evidence: 'linked',
  dueInDays: 30,
  parameters: {
    workingMonths: {
      value: 3,
      says: 'Months without a contribution after which somebody counts as no longer working.',
      least: 0,
      most: 24,
    },
  },
  subject: 'person',
  find: (dossier, { asOf, law, parameters }) => {
    const age = saidDead(dossier) ? undefined : ageOn(dossier, law, asOf)
    if (!age) return []
    return [...membershipsOf(dossier)].flatMap(([scheme, ref]) => {
      const ages = agesOf(dossier, law, scheme, asOf)
      if (!ages?.known.payouts || !ages.known.branches.includes('old-age') || age.least < ages.full) return []
      const drawn = benefitsOf(dossier).some(({ value }) => value.scheme === scheme && value.branch === 'old-age')
      const since = addMonths(asOf, -parameters.workingMonths)
      const works = contributionsOf(dossier).some(({ value }) => value.scheme === scheme && value.month > since)
      if (drawn || works) return []
      return [
        {
          about: scheme,
          owner: ages.known.registry,
          evidence: evidenceOf([ref, ...age.evidence]),
          facts: { scheme, age: age.least, limit: ages.full },
        },
      ]
    })
  },
})
