/** Which blocking keys suit the columns at hand. Each is built for an error that happens; a large block is cut by further atoms. */

import type { FieldName } from '../table.ts'
import { type Atom, type Atoms, smallTable } from './atoms.ts'

/** A column as far as keys go. */
export type Keyed = { readonly name: FieldName; readonly atoms: Atoms }

export type KeyPlan = {
  readonly name: string
  /** Alternatives of one key, each a list of atoms that must all be present: any word of a name. */
  readonly slots: readonly (readonly Atom[])[]
  /** The order of the atoms within a slot does not matter. */
  readonly unordered?: boolean
  /** What cuts blocks that are too large, in this order. */
  readonly refine: readonly Atom[]
}

/** Above so many records two strangers often share a name and a year: such a key needs another one beside it. */
const largeTable = 300_000
const hints = new Set([
  'birthDate',
  'name + year',
  'name + day',
  'name + place',
  'name + locality',
  'place + year',
  'locality + year',
  'name starts',
])

/** Whether two records of a table of that size are worth comparing when they share nothing but this key. */
export const isEnough = (key: string, size: number): boolean => size <= largeTable || !hints.has(key)

/** Keys for these columns, the surest first. */
export function planKeys(columns: readonly Keyed[], size: number): KeyPlan[] {
  const find = (name: string): Atoms => columns.find((column) => column.name === name)?.atoms ?? {}
  const list = (atom: Atom | undefined): Atom[] => (atom ? [atom] : [])
  const names = [find('givenName'), find('familyName'), find('fullName')].filter(({ words }) => words !== undefined)
  const initials = names.flatMap(({ initial }) => list(initial))
  const birth = find('birthDate')
  const [year, monthDay] = [list(birth.year), list(birth.monthDay)]
  const places = [...list(find('postcode').whole), ...list(find('locality').whole)]
  const sex = list(find('sex').whole)
  const plans: KeyPlan[] = []
  const add = (name: string, slots: readonly (readonly Atom[])[], refine: readonly Atom[], unordered = false): void => {
    const usable = slots.filter((atoms) => atoms.length > 0)
    if (usable.length > 0) plans.push({ name, slots: usable, refine, unordered })
  }
  for (const { name, atoms } of columns)
    if (name === 'nationalId' || name.startsWith('identifier')) add(name, [list(atoms.whole)], [...initials, ...year])
  for (const name of ['email', 'phone']) add(name, [list(find(name).whole)], [...initials, ...year])
  add('birthDate', [list(birth.day)], [...initials, ...sex, ...places])
  const words = names.flatMap((one) => one.words ?? [])
  if (words.length > 1) add('two words', pairsOf(words), [...year, ...monthDay, ...places], true)
  add(
    'name + year',
    words.map((word) => [word, ...year]),
    [...initials, ...monthDay, ...places, ...sex],
  )
  add(
    'name + day',
    words.map((word) => [word, ...monthDay]),
    [...initials, ...year, ...places],
  )
  for (const [index, place] of places.entries())
    add(
      index === 0 ? 'name + place' : 'name + locality',
      words.map((word) => [word, place]),
      [...year, ...initials],
    )
  for (const [index, place] of places.entries())
    add(index === 0 ? 'place + year' : 'locality + year', [[place, ...year]], [...initials, ...monthDay])
  const slotsOf = ({ slots = [] }: Atoms): Atom[][] => slots.map((one) => [one])
  add('address', slotsOf(find('address')), [...initials, ...year])
  const starts = names.slice(0, 2).flatMap(({ start }) => list(start))
  if (starts.length === 2) add('name starts', [starts], [...year, ...places])
  const relative = find('relatedName').whole
  if (relative) add('relative', [[relative, ...initials.slice(0, 1)]], [...year, ...places])
  for (const { name, atoms } of columns)
    if (name.startsWith('other:')) add(name, slotsOf(atoms), [...initials, ...year, ...places])
  if (size <= smallTable) {
    add(
      'name',
      words.map((word) => [word]),
      [...year, ...monthDay, ...places, ...initials],
    )
    add('day', [monthDay], [...initials, ...year, ...places])
    for (const [index, place] of places.entries())
      add(index === 0 ? 'place' : 'locality', [[place]], [...initials, ...year, ...monthDay])
    add('year', [year], [...initials, ...sex, ...places])
  }
  return plans
}

function pairsOf(words: readonly Atom[]): Atom[][] {
  return words.flatMap((one, index) => words.slice(index + 1).map((other) => [one, other]))
}
