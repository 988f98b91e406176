/** Which fields two people may share, and how far. */
import type { FieldName } from './table.ts'

/** Kinds of pairs of two people that agree in more than chance has it. */
export const relations = ['household', 'place', 'namesakes', 'twins'] as const
export type Relation = (typeof relations)[number]

/** Fields that are shared together: the values' rarity is added up by these. */
export const groups = ['person', 'givenName', 'familyName', 'household', 'place'] as const
export type Group = (typeof groups)[number]

const sharedBy: { readonly [R in Relation]: readonly Group[] } = {
  household: ['familyName', 'household', 'place'],
  place: ['place'],
  namesakes: ['givenName', 'familyName'],
  twins: ['person', 'familyName', 'household', 'place'],
}
export const isShared = (relation: Relation, group: Group): boolean => sharedBy[relation].includes(group)
/** Whether people so related have a field in common; of what is a person's own, twins have the birth date. */
export const sharesField = (relation: Relation, field: FieldName): boolean =>
  isShared(relation, groupOf(field)) && (groupOf(field) !== 'person' || field === 'birthDate')

/** Where twins are most frequent there are so many pairs of them for each record; their names alone tell them apart. */
const twinsEach = 0.05
/** Parts of names go together, and names are in fashion: so many times as often as chance has it, and no more, two people bear one name. */
const namesakesMost = 3

/** How many pairs of a table's records are so related at most; `chance` is how often two bear one name by chance. */
export function mostRelated(relation: Relation, fields: readonly FieldName[], size: number, chance: number): number {
  if (relation === 'namesakes') return Math.max(1, (namesakesMost * chance * size * size) / 2)
  if (relation !== 'twins') return Number.POSITIVE_INFINITY
  const areTold = fields.includes('birthDate') && fields.some((field) => field === 'givenName' || field === 'fullName')
  return areTold ? twinsEach * size : 1e-3
}

/** What names the person itself. */
export const isName = (field: FieldName): boolean => ['givenName', 'familyName', 'fullName'].includes(field)

/** What people of one household differ in. Records without any of it, such as shops, have no relatives: who shares address and telephone is one. */
export const tellsApart = (field: FieldName): boolean => ['givenName', 'fullName', 'birthDate'].includes(field)

const groupsOf: { readonly [field: string]: Group } = {
  fullName: 'givenName',
  givenName: 'givenName',
  familyName: 'familyName',
  phone: 'household',
  email: 'household',
  address: 'household',
  relatedName: 'household',
  postcode: 'place',
  locality: 'place',
  region: 'place',
}
export const groupOf = (field: FieldName): Group => groupsOf[field] ?? 'person'

/** How often at most two people of one household, of one place, of one name, or twins agree in a personal field: names are handed down, or in fashion. */
const mostAlikeIn: { readonly [field: string]: readonly [number, number, number, number] } = {
  birthDate: [0.05, 0.003, 0.003, 1],
  givenName: [0.04, 0.3, 1, 0.04],
  familyName: [1, 0.3, 1, 1],
  relatedName: [1, 0.3, 0.3, 1],
  fullName: [0.02, 0.05, 0.05, 0.02],
  phone: [1, 0.02, 0.02, 1],
  email: [1, 0.003, 0.003, 1],
  sex: [1, 1, 1, 0.35],
  occupation: [1, 1, 1, 1],
  address: [1, 0.1, 0.1, 1],
  postcode: [1, 1, 1, 1],
  locality: [1, 1, 1, 1],
  region: [1, 1, 1, 1],
}
/** A number may be a family's, whatever it is called. */
export const maybeFamilys = (field: FieldName): boolean => field.startsWith('identifier:')
const familyNumber: readonly number[] = [1, 0.003, 0.003, 1]
const anyColumn: readonly number[] = [1, 1, 1, 1]
const ownNumber: readonly number[] = [0.02, 0.003, 0.003, 0.02]
export const mostAlike = (field: FieldName): readonly number[] => {
  const ofKind = field.startsWith('other:') ? anyColumn : maybeFamilys(field) ? familyNumber : ownNumber
  return mostAlikeIn[field] ?? ofKind
}

/** How often at most one person's two records disagree in a field altogether: who differs in more is not one person, whatever else agrees. */
const mostApartIn: { readonly [field: string]: number } = {
  birthDate: 0.1,
  givenName: 0.2,
  familyName: 0.3,
  fullName: 0.06,
  sex: 0.08,
  nationalId: 0.15,
  email: 0.5,
}
/** Of a column of any kind: when two in a hundred agree by chance or fewer, it names what the record is about, as a title does. */
const namingChance = 0.02
/** `chance` is how often two state the same value by chance. */
export const mostApart = (field: FieldName, chance: number): number => {
  const isNaming = field.startsWith('identifier:') || (field.startsWith('other:') && chance < namingChance)
  return mostApartIn[field] ?? (isNaming ? 0.3 : 0.9)
}

/** Levels from which on two values disagree altogether, where that is not the last one alone, counted from the end. */
export const apartLevels = (field: FieldName): number => (field === 'fullName' ? 2 : 1)

/**
 * Relatives' names in one column: one or two of the words are shared, or more than strangers share. At all other levels they agree by
 * chance, which `undefined` says.
 */
export const relativesFullName: readonly (number | undefined)[] = [
  undefined,
  undefined,
  undefined,
  undefined,
  undefined,
  0.12,
  0.4,
  0.45,
]

/** Brothers and sisters have a father's name among their given names, or a middle name of the family. */
export const relativesGivenName: readonly (number | undefined)[] = [
  undefined,
  undefined,
  undefined,
  undefined,
  undefined,
  undefined,
  0.02,
  0.98,
]

/** From this level of a full name on, what agrees is what relatives share. */
export const relativesFrom = relativesFullName.findIndex((share) => share !== undefined)
