import { addMonths, holds, lastDay, surely } from '../dates.ts'
import { assessmentsOf, at, type Dossier, type DossierRecord, type FactRef } from '../dossier.ts'
import { inForce, type Law } from '../law/law.ts'
import { ageOn, countryOf, isInsured } from '../person.ts'
import { personRule } from '../rule.ts'

type Cover = { readonly scheme: string; readonly ref: FactRef }

/** Where a record says that somebody is covered as a dependant. Husbands and wives do not grow out of it. */
const dependantCover = (held: DossierRecord, law: Law, asOf: string): Cover | undefined => {
  const { households = [], relations = [], enrolments } = held.record
  const homes = households.filter((home) => holds(surely(home), asOf))
  if (homes.some(({ role }) => role === 'spouse')) return undefined
  const enrolment = enrolments.findIndex((one) => isInsured(one, law, asOf))
  const { category, scheme } = enrolments[enrolment] ?? {}
  if (category === 'spouse') return undefined
  const isDependant =
    category === 'dependant' || category === 'child' || relations.some(({ role }) => role === 'principal')
  const home = households.findIndex((one) => one.role === 'dependant' && holds(surely(one), asOf))
  if (scheme !== undefined && (isDependant || home >= 0)) return { scheme, ref: at(held, `/enrolments/${enrolment}`) }
  // A list of dependants may say who is on it, and no more.
  return home >= 0 && enrolments.length === 0
    ? { scheme: held.registry, ref: at(held, `/households/${home}`) }
    : undefined
}

/** In education by the last word about it, unless that is old. */
const isStudent = (dossier: Dossier, asOf: string, months: number): boolean => {
  const said = assessmentsOf(dossier).filter(
    ({ value: { kind, on } }) => kind === 'student' && on <= asOf.slice(0, on.length),
  )
  const latest = said.toSorted((one, other) => (lastDay(one.value.on) < lastDay(other.value.on) ? -1 : 1)).at(-1)
  return latest?.value.value === 1 && lastDay(latest.value.on).slice(0, 7) >= addMonths(asOf, -months)
}

/** R15. With an imprecise birth date, only when even the youngest age that it allows is too old. */
export const dependantAgedOut = personRule({
  id: 'R15',
  name: 'dependant-aged-out',
  title: 'Dependant has come of age',
  says: 'Somebody is still covered as a dependant and has passed the age at which that ends. Students stay dependants for longer where the law says so.',
  message: 'Covered as a dependant in {scheme} at {age}; dependants are covered until {limit}.',
  reason: 'Cover that rests on a parent may be refused on the day it is needed. Membership of one’s own keeps it.',
  severity: 'S2',
  action: 'notify',
  aim: 'quality',
  evidence: 'linked',
  dueInDays: 30,
  parameters: {
    studentMonths: { value: 12, says: 'Months for which a word about being a student counts.', least: 1, most: 36 },
  },
  subject: 'person',
  find: (dossier, { asOf, law, parameters }) => {
    const age = ageOn(dossier, law, asOf)
    if (!age) return []
    const told = new Set<string>()
    return dossier.records.flatMap((held) => {
      const country = countryOf(held.registry)
      const limits = inForce(country && law.countries[country]?.dependantUntil, asOf)
      const cover = held.absent ? undefined : dependantCover(held, law, asOf)
      if (!limits || !cover) return []
      const student = isStudent(dossier, asOf, parameters.studentMonths)
      const limit = student ? (limits.student ?? limits.age) : limits.age
      const about = `${held.registry} ${cover.scheme}`
      if (age.least < limit || told.has(about)) return []
      told.add(about)
      return [
        {
          about,
          owner: held.registry,
          evidence: [cover.ref, ...age.evidence],
          facts: { scheme: cover.scheme, age: age.least, limit, student },
        },
      ]
    })
  },
})
