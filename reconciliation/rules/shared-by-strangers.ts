import { accountsOf, at, type Dossier, type FactRef } from '../dossier.ts'
import { evidenceOf, listed, mostEvidence } from '../facts.ts'
import type { Draft } from '../finding.ts'
import { grouped } from '../grouped.ts'
import { homesOn, householdKey } from '../person.ts'
import { type Fold, groupRule } from '../rule.ts'

/** Households that people tie together: who has one in common with somebody has all of hers. */
const makeFamilies = () => {
  const tiedTo = new Map<string, string>()
  const rootOf = (home: string): string => {
    let root = home
    for (let next = tiedTo.get(root); next !== undefined && next !== root; next = tiedTo.get(root)) root = next
    tiedTo.set(home, root)
    return root
  }
  return {
    tie: (one: string, other: string): void => void tiedTo.set(rootOf(one), rootOf(other)),
    count: (): number => new Set([...tiedTo.keys()].map(rootOf)).size,
  }
}

/** A finding names so many people at most; it counts all of them. */
const mostPersons = 100

type Shared = {
  readonly families: number
  readonly count: number
  readonly persons: readonly string[]
  readonly refs: ReadonlyMap<string, readonly FactRef[]>
}

/** One for each registry that lists any of them, its own entries first. */
const draftsOf = ({ families, count, persons, refs }: Shared): Draft[] =>
  [...refs.keys()].sort().map((registry) => {
    const others = [...refs].flatMap(([other, theirs]) => (other === registry ? [] : theirs))
    return {
      about: registry,
      owner: registry,
      evidence: evidenceOf([...(refs.get(registry) ?? []), ...others]),
      facts: { families, persons: count },
      persons,
    }
  })

/** Collects who shares one thing. A person's records may come in parts, one after the other, and are one person all the same. */
const sharing = (asOf: string, refsOf: (dossier: Dossier) => readonly FactRef[], most: number): Fold => {
  const families = makeFamilies()
  const persons: string[] = []
  const refs = new Map<string, FactRef[]>()
  let count = 0
  let current: string | undefined
  let home: string | undefined
  let withoutHome = 0
  return {
    add: (dossier) => {
      const own = refsOf(dossier)
      if (own.length === 0) return
      if (dossier.person !== current) {
        current = dossier.person
        home = undefined
        count += 1
        withoutHome += 1
        if (persons.length < mostPersons) persons.push(current)
      }
      for (const key of homesOn(dossier, asOf).map(householdKey)) {
        if (home === undefined) withoutHome -= 1
        home ??= key
        families.tie(key, home)
      }
      for (const [registry, [ref]] of grouped(own, (one) => one.registry)) {
        const known = refs.get(registry) ?? []
        refs.set(registry, known)
        if (known.length < mostEvidence) known.push(ref)
      }
    },
    end: () => {
      const shared = { families: families.count() + withoutHome, count, persons, refs }
      return shared.families > most ? draftsOf(shared) : []
    },
  }
}

const about = {
  reason:
    'One number for many people may be an agent who helps, or one who collects for people that do not exist. Families share; strangers seldom do.',
  action: 'review',
  aim: 'integrity',
  dueInDays: 30,
} as const

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
      parameters.most,
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
      parameters.most,
    ),
})
