import type { Prepared } from '../../linkage/features.ts'
import type { IdentifierType } from '../../schemas/contract.ts'
import { uniqueTypes } from '../../schemas/values/identifier.ts'
import { earlier, firstDay, lastDay, later } from '../dates.ts'
import { at, type Dossier, type DossierRecord, type FactRef } from '../dossier.ts'
import { evidenceOf, listed } from '../facts.ts'
import type { Draft } from '../finding.ts'
import { grouped } from '../grouped.ts'
import { identifierKey } from '../groups.ts'
import { bornOn, nameLevel, otherNames, prepared } from '../identity.ts'
import { groupRule } from '../rule.ts'

type Bearer = { readonly record: Prepared; readonly registry: string; readonly ref: FactRef }
type Holder = { readonly person: string; readonly bearers: readonly Bearer[] }

const pairs = <One>(some: readonly One[], others: readonly One[]): [One, One][] =>
  some.flatMap((one) => others.map((other): [One, One] => [one, other]))

/** Whether more than so many years lie between two births for certain; undefined when one is not known. */
const bornApart = ({ birth: one }: Prepared, { birth: other }: Prepared, years: number): boolean | undefined => {
  if (!one || !other) return undefined
  const [a, b] = [bornOn(one), bornOn(other)]
  const first = earlier(lastDay(a), lastDay(b))
  return later(firstDay(a), firstDay(b)) > `${Number(first.slice(0, 4)) + years}${first.slice(4)}`
}

/** Two people beyond doubt: whatever records one compares, the names contradict, and so does the birth date or the sex. */
const areTwo = (one: Holder, other: Holder, years: number): boolean => {
  const compared = pairs(one.bearers, other.bearers).map(([a, b]) => ({ a: a.record, b: b.record }))
  const names = compared.flatMap(({ a, b }) => nameLevel(a, b) ?? [])
  if (names.length === 0 || names.some((level) => !otherNames.has(level))) return false
  const births = compared.flatMap(({ a, b }) => bornApart(a, b, years) ?? [])
  const sexes = compared.filter(({ a, b }) => a.sex && b.sex)
  return (
    (births.length > 0 && births.every((apart) => apart)) ||
    (sexes.length > 0 && sexes.every(({ a, b }) => a.sex !== b.sex))
  )
}

const isUnique = (type: string): boolean => uniqueTypes.has(type as IdentifierType)
/** So many holders of one number say enough. */
const mostHolders = 20

/** Lists that come every month say the same about a person every month. */
const entry = ({ registry, record: { names, birthDate, sex } }: DossierRecord): string =>
  JSON.stringify([registry, names, birthDate, sex])

export const sharedIdentifier = groupRule({
  id: 'R08',
  name: 'shared-identifier',
  title: 'One number, two people',
  says: 'Two people stand under one number of which everybody has their own. Their names contradict each other in every order and spelling, and either they were born more than a year apart or their sex differs. Numbers of households, and numbers that are given anew, are not meant.',
  message: '{people} people hold one {type} of {issuer}; {registry} lists at least one of them.',
  reason:
    'Whoever is looked up by this number may be shown, paid or refused as somebody else. Nobody is linked by it until its issuer has said whose it is.',
  severity: 'S1',
  action: 'review',
  aim: 'integrity',
  evidence: 'linked',
  dueInDays: 14,
  parameters: {
    years: {
      value: 1,
      says: 'Years between the births of two people that one slip of the pen does not explain.',
      least: 1,
      most: 20,
    },
  },
  subject: 'identifier',
  least: 2,
  begin: (key, { parameters }) => {
    const [type = '', issuer = ''] = key.split(':')
    const holders: Holder[] = []
    const add = (dossier: Dossier): void => {
      if (!isUnique(type) || holders.length >= mostHolders) return
      const bearing = listed(dossier)
        .filter(({ record }) => record.identifiers.some((identifier) => identifierKey(identifier) === key))
        .sort((one, other) => (one.id < other.id ? -1 : 1))
      const bearers = [...grouped(bearing, entry).values()].map(([held]) => ({
        record: prepared(held),
        registry: held.registry,
        ref: at(held, '/identifiers'),
      }))
      if (bearers.length > 0) holders.push({ person: dossier.person, bearers })
    }
    const end = (): Draft[] => {
      const two = holders.filter((one) =>
        holders.some((other) => other.person !== one.person && areTwo(one, other, parameters.years)),
      )
      const bearers = two.flatMap((holder) => holder.bearers)
      return [...new Set(bearers.map(({ registry }) => registry))].sort().map((registry) => ({
        about: registry,
        owner: registry,
        evidence: evidenceOf(
          [...bearers]
            .sort((a, b) => Number(b.registry === registry) - Number(a.registry === registry))
            .map(({ ref }) => ref),
        ),
        facts: { people: two.length, type, issuer, registry },
        persons: two.map(({ person }) => person),
      }))
    }
    return { add, end }
  },
})
