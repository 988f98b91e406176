/** What people share, by which their dossiers are brought together: households, employers, numbers, telephones, accounts, caregivers, dependants. */
import type { Identifier, Relation } from '../schemas/contract.ts'
import { accountsOf, contributionsOf, type Dossier, enrolmentsOf, householdsOf, relationsOf } from './dossier.ts'
import type { GroupKind } from './rule.ts'

const listed = ({ records }: Dossier) => records.filter(({ absent }) => !absent)
const distinct = (keys: readonly string[]): string[] => [...new Set(keys)].sort()

export const identifierKey = ({ type, issuer, value }: Identifier): string => `${type}:${issuer}:${value}`

/** A household's number is shared by design: its people come together as a household. */
const isOnesOwn = ({ type }: Identifier): boolean => type !== 'sha-household-number'

const named = (dossier: Dossier, as: Relation['role']): string[] =>
  distinct(
    relationsOf(dossier).flatMap(({ value: { role, identifier } }) =>
      role === as && identifier ? [identifierKey(identifier)] : [],
    ),
  )

/**
 * The keys of a person's groups, each once. A key is plain text, and may be somebody's number: whoever keeps it keeps a keyed
 * hash of it. Households are those of any time: a rule looks at its own day.
 */
export const groupKeys: Readonly<Record<GroupKind, (dossier: Dossier) => readonly string[]>> = {
  household: (dossier) => distinct(householdsOf(dossier).map(({ registry, value }) => `${registry}:${value.number}`)),
  employer: (dossier) =>
    distinct(
      [...enrolmentsOf(dossier), ...contributionsOf(dossier)].flatMap(({ registry, value }) =>
        value.employer ? [`${registry}:${value.employer.id}`] : [],
      ),
    ),
  // Those of husband or wife too: married people come together under the number of one of them.
  identifier: (dossier) =>
    distinct([
      ...listed(dossier).flatMap(({ record }) => record.identifiers.filter(isOnesOwn).map(identifierKey)),
      ...named(dossier, 'spouse'),
    ]),
  phone: (dossier) => distinct(listed(dossier).flatMap(({ record }) => record.phones ?? [])),
  account: (dossier) => distinct(accountsOf(dossier).map(({ value }) => `${value.institution}:${value.number}`)),
  caregiver: (dossier) => named(dossier, 'caregiver'),
  // Under whom a child is listed: the key is the child's number.
  dependant: (dossier) => named(dossier, 'child'),
}
