/** Rules of the tests' own: about persons and about groups, with and without money, on confirmed and on linked evidence. */
import { contributionsOf, enrolmentsOf, at as placeOf } from '../../reconciliation/dossier.ts'
import { groupRule, personRule, type Rule } from '../../reconciliation/rule.ts'

const about = {
  says: 'A rule of the tests.',
  message: '{count}',
  reason: 'Tests.',
  severity: 'S2',
  action: 'review',
  aim: 'integrity',
  dueInDays: 10,
} as const

/** Enrolled in two registries at once: each person once, with the money of all months. */
export const twoRegistries = personRule({
  ...about,
  id: 'T01',
  name: 'two-registries',
  title: 'Two registries',
  subject: 'person',
  evidence: 'confirmed',
  parameters: { fewest: { value: 2, says: 'Registries.' } },
  find: (dossier, { parameters }) => {
    const enrolments = enrolmentsOf(dossier)
    const registries = [...new Set(enrolments.map(({ registry }) => registry))]
    if (registries.length < parameters.fewest) return []
    const paid = contributionsOf(dossier).reduce((sum, { value }) => sum + (value.employeeShare?.amount ?? 0), 0)
    return [
      {
        about: registries.join(' '),
        owner: registries[0] ?? '',
        evidence: enrolments.map(({ ref }) => ref),
        facts: { count: registries.length, months: contributionsOf(dossier).length },
        ...(paid > 0 && { money: { amount: paid, currency: 'KES' as const } }),
      },
    ]
  },
})

/** A record without a birth date. */
export const noBirthDate = personRule({
  ...about,
  id: 'T02',
  name: 'no-birth-date',
  title: 'No birth date',
  subject: 'person',
  evidence: 'linked',
  severity: 'S3',
  parameters: {},
  find: ({ records }) =>
    records.flatMap((held) =>
      held.record.birthDate || held.absent
        ? []
        : [{ about: held.registry, owner: held.registry, evidence: [placeOf(held)], facts: { count: 1 } }],
    ),
})

/** Three people or more with one telephone. */
export const sharedPhone = groupRule({
  ...about,
  id: 'T03',
  name: 'shared-phone',
  title: 'Shared telephone',
  subject: 'phone',
  evidence: 'linked',
  least: 3,
  parameters: {},
  begin: () => {
    const seen: { person: string; registry: string; id: string; version: number }[] = []
    return {
      add: ({ person, records }) => {
        const [first] = records
        if (first) seen.push({ person, registry: first.registry, id: first.id, version: first.version })
      },
      end: () => [
        {
          about: 'phone',
          owner: seen[0]?.registry ?? '',
          evidence: seen.map(({ registry, id, version }) => ({ registry, record: id, version, pointer: '/phones/0' })),
          facts: { count: seen.length },
          persons: seen.map(({ person }) => person),
        },
      ],
    }
  },
})

export const nightRules: readonly Rule[] = [twoRegistries, noBirthDate, sharedPhone]
