import type { Identifier } from '../../schemas/contract.ts'
import { at, type Dossier, type DossierRecord, type FactRef } from '../dossier.ts'
import type { Draft } from '../finding.ts'
import { grouped } from '../grouped.ts'
import { identifierKey } from '../groups.ts'
import type { Law } from '../law/law.ts'
import { homesOn, householdKey, isInsured } from '../person.ts'
import { groupRule, personRule } from '../rule.ts'

const about = {
  says: 'A child is a dependant of two people who are not married to each other, or stands twice under one of them. People of one household, and husband and wife as either of them states it, count as married.',
  reason: 'One child, one cover: what is paid for a dependant is paid once, and nobody is struck off both lists.',
  severity: 'S2',
  action: 'review',
  aim: 'integrity',
  evidence: 'linked',
  dueInDays: 30,
  parameters: {},
} as const

/** A principal's list with the child on it. */
type Listing = {
  readonly person: string
  readonly registry: string
  readonly scheme: string
  readonly refs: readonly FactRef[]
}
/** By what people know each other: their own numbers, those of husband or wife, and the households they may be in. */
type Ties = { readonly own: Set<string>; readonly spouses: Set<string>; readonly homes: Set<string> }

const tiesOf = (dossier: Dossier, asOf: string): Ties => {
  const listed = dossier.records.filter(({ absent }) => !absent).map(({ record }) => record)
  const spouses = listed.flatMap(({ relations = [] }) => relations.filter(({ role }) => role === 'spouse'))
  return {
    own: new Set(listed.flatMap(({ identifiers }) => identifiers.map(identifierKey))),
    spouses: new Set(spouses.flatMap(({ identifier }) => (identifier ? [identifierKey(identifier)] : []))),
    homes: new Set(homesOn(dossier, asOf).map(householdKey)),
  }
}

const share = (one: Set<string>, other: Set<string>): boolean => [...one].some((key) => other.has(key))
const areMarried = (one: Ties, other: Ties): boolean =>
  share(one.spouses, other.own) || share(other.spouses, one.own) || share(one.homes, other.homes)

const isUnder = (key: string, { role, identifier }: { role: string; identifier?: Identifier }): boolean =>
  role === 'child' && identifier !== undefined && identifierKey(identifier) === key

/** A list counts as far as the principal is a member today. */
const listingOf = (held: DossierRecord, person: string, key: string, law: Law, asOf: string): Listing | undefined => {
  const scheme = held.record.enrolments.find((one) => isInsured(one, law, asOf))?.scheme
  const refs = (held.record.relations ?? []).flatMap((relation, index) =>
    isUnder(key, relation) ? [at(held, `/relations/${index}`)] : [],
  )
  return held.absent || scheme === undefined || refs.length === 0
    ? undefined
    : { person, registry: held.registry, scheme, refs }
}

const draftOf = (what: string, [first, ...others]: readonly [Listing, ...Listing[]], persons: string[]): Draft => ({
  about: `${what} ${first.registry} ${first.scheme}`,
  owner: first.registry,
  evidence: [first, ...others].flatMap(({ refs }) => refs),
  facts: {
    scheme: first.scheme,
    principals: persons.length,
    listed: [first, ...others].flatMap(({ refs }) => refs).length,
  },
  persons,
})

/** R16, as the principals' lists have it. */
export const dependantOfTwo = groupRule({
  ...about,
  id: 'R16',
  name: 'dependant-of-two',
  title: 'Dependant under two principals',
  message: 'One child stands {listed} times on the lists of {principals} principals of {scheme}.',
  subject: 'dependant',
  least: 1,
  begin: (key, { asOf, law }) => {
    const listings: Listing[] = []
    const ties = new Map<string, Ties>()
    return {
      add: (dossier) => {
        for (const held of dossier.records) {
          const listing = listingOf(held, dossier.person, key, law, asOf)
          if (!listing) continue
          listings.push(listing)
          ties.set(dossier.person, tiesOf(dossier, asOf))
        }
      },
      end: () =>
        [...grouped(listings, ({ scheme }) => scheme).values()].flatMap((lists) => {
          const persons = [...new Set(lists.map(({ person }) => person))]
          const known = persons.flatMap((person) => ties.get(person) ?? [])
          const strangers = known.some((one, index) => known.slice(index + 1).some((other) => !areMarried(one, other)))
          if (strangers) return [draftOf('principals', lists, persons)]
          const [first, ...others] = lists.filter(({ refs }) => refs.length > 1)
          return first ? [draftOf('twice', [first, ...others], [first.person])] : []
        }),
    }
  },
})

type Named = { readonly held: DossierRecord; readonly kind: string; readonly key: string; readonly ref: FactRef }

const principalsOf = (held: DossierRecord): Named[] =>
  (held.record.relations ?? []).flatMap(({ role, identifier }, index) =>
    role === 'principal' && identifier
      ? [
          {
            held,
            kind: `${identifier.type}:${identifier.issuer}`,
            key: identifierKey(identifier),
            ref: at(held, `/relations/${index}`),
          },
        ]
      : [],
  )

/** R16, as the dependant's own records have it. Numbers of one kind only: two kinds may well be one principal's. */
export const namesTwoPrincipals = personRule({
  ...about,
  id: 'R16b',
  name: 'names-two-principals',
  title: 'Dependant names two principals',
  message: 'Covered as a dependant of {principals} principals in {registry}.',
  subject: 'person',
  find: (dossier, { asOf, law }) => {
    const covered = dossier.records.filter(
      ({ absent, record }) => !absent && record.enrolments.some((one) => isInsured(one, law, asOf)),
    )
    const named = grouped(covered.flatMap(principalsOf), ({ held, kind }) => `${held.registry} ${kind}`)
    return [...named].flatMap(([what, all]) => {
      const keys = new Set(all.map(({ key }) => key))
      // Who are named together, in one record or one household, belong together.
      const together = new Set(all.map(({ held }) => held.record.households?.[0]?.number ?? held.id))
      if (keys.size < 2 || together.size < 2) return []
      const [{ held }] = all
      return [
        {
          about: what,
          owner: held.registry,
          evidence: all.map(({ ref }) => ref),
          facts: { registry: held.registry, principals: keys.size },
        },
      ]
    })
  },
})
