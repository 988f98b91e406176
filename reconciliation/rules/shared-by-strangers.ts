import { accountsOf, at, type Dossier, type FactRef } from '../dossier.ts'
import { evidenceOf, listed } from '../facts.ts'
import type { Draft } from '../finding.ts'
import { homesOn, householdKey } from '../person.ts'
import { type Fold, groupRule } from '../rule.ts'

type Sharer = { readonly homes: Set<string>; readonly refs: FactRef[] }

/** How many groups of people have no household in common, nor one with somebody who has one in common with the others. */
const familiesOf = (sharers: Iterable<Sharer>): number => {
  let families: Set<string>[] = []
  let alone = 0
  for (const { homes } of sharers) {
    if (homes.size === 0) {
      alone += 1
      continue
    }
    const tied = families.filter((family) => [...homes].some((home) => family.has(home)))
    families = [
      ...families.filter((family) => !tied.includes(family)),
      new Set([homes, ...tied].flatMap((keys) => [...keys])),
    ]
  }
  return families.length + alone
}

/** Collects who shares one thing. A person's records may come in parts, and are one person all the same. */
const sharing = (
  asOf: string,
  refsOf: (dossier: Dossier) => readonly FactRef[],
  draftOf: (families: number, persons: readonly string[], refs: readonly FactRef[]) => readonly Draft[],
): Fold => {
  const sharers = new Map<string, Sharer>()
  return {
    add: (dossier) => {
      const refs = refsOf(dossier)
      if (refs.length === 0) return
      const sharer = sharers.get(dossier.person) ?? { homes: new Set(), refs: [] }
      sharers.set(dossier.person, sharer)
      for (const home of homesOn(dossier, asOf)) sharer.homes.add(householdKey(home))
      sharer.refs.push(...refs.slice(0, 1))
    },
    end: () =>
      draftOf(
        familiesOf(sharers.values()),
        [...sharers.keys()],
        [...sharers.values()].flatMap(({ refs }) => refs),
      ),
  }
}

const about = {
  reason:
    'One number for many people may be an agent who helps, or one who collects for people that do not exist. Families share; strangers seldom do.',
  action: 'review',
  aim: 'integrity',
  dueInDays: 30,
} as const

const mostPersons = 100

/** R27, telephones: weak evidence, for agents write their own where people have none. */
export const sharedPhone = groupRule({
  ...about,
  id: 'R27',
  name: 'shared-phone',
  title: 'One telephone, many strangers',
  says: 'More people than usual, of whom no two households are the same, have one telephone number. People of one household count once.',
  message: '{persons} people of {families} families have one telephone number.',
  severity: 'S2',
  evidence: 'linked',
  parameters: {
    most: { value: 4, says: 'Families that may share a number.', least: 1, most: 100 },
  },
  subject: 'phone',
  least: 2,
  begin: (key, { asOf, parameters }) =>
    sharing(
      asOf,
      (dossier) =>
        listed(dossier).flatMap((held) => {
          const index = held.record.phones?.indexOf(key) ?? -1
          return index < 0 ? [] : [at(held, `/phones/${index}`)]
        }),
      (families, persons, refs) =>
        families <= parameters.most
          ? []
          : [
              {
                about: 'phone',
                owner: refs[0]?.registry ?? '',
                evidence: evidenceOf(refs),
                facts: { families, persons: persons.length },
                persons: persons.slice(0, mostPersons),
              },
            ],
    ),
})

/** R27, accounts that benefits are paid to: money is leaving. */
export const sharedAccount = groupRule({
  ...about,
  id: 'R27b',
  name: 'shared-account',
  title: 'One account, paid for strangers',
  says: 'Benefits of people who have no household in common are paid to one account. People of one household count once.',
  message: 'Benefits of {persons} people of {families} families are paid to one account.',
  severity: 'S1',
  evidence: 'confirmed',
  parameters: {
    most: { value: 1, says: 'Families that may share an account.', least: 1, most: 100 },
  },
  subject: 'account',
  least: 2,
  begin: (key, { asOf, parameters }) =>
    sharing(
      asOf,
      (dossier) =>
        accountsOf(dossier).flatMap(({ value, ref }) => (`${value.institution}:${value.number}` === key ? [ref] : [])),
      (families, persons, refs) =>
        families <= parameters.most
          ? []
          : [
              {
                about: 'account',
                owner: refs[0]?.registry ?? '',
                evidence: evidenceOf(refs),
                facts: { families, persons: persons.length },
                persons: persons.slice(0, mostPersons),
              },
            ],
    ),
})
