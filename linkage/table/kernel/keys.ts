/** Which blocking keys suit the columns at hand. Each is built for an error that happens; a large block is cut by further atoms. */

import { toLatin } from '../../names/fold.ts'
import { wordOf } from '../../names/word.ts'
import type { Encoded } from '../columns/encode.ts'
import { type Ints, sharedInts } from '../columns/shared.ts'

/** A part of a record that keys are made of: a number by value code, 0 when missing. */
export type Atom = { readonly codes: Ints; readonly of: Ints }

export type KeyPlan = {
  readonly name: string
  /** Alternatives of one key, each a list of atoms that must all be present: any word of a name. */
  readonly slots: readonly (readonly Atom[])[]
  /** The order of the atoms within a slot does not matter. */
  readonly unordered?: boolean
  /** What cuts blocks that are too large, in this order. */
  readonly refine: readonly Atom[]
}

/** An atom over a column: equal texts are equal numbers in every atom, the empty text is missing. */
function atom({ codes, values }: Encoded, textOf: (value: string) => string): Atom {
  const of = sharedInts(values.length)
  for (let code = 1; code < values.length; code += 1) of[code] = hashOf(textOf(values[code] ?? ''))
  return { codes, of }
}

/** FNV-1a over 32 bits; 0 stands for the empty text alone. */
function hashOf(text: string): number {
  if (text === '') return 0
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash === 0 ? 1 : hash
}

/** What all spellings of a word share. */
const keyOfWord = (word: string): string => wordOf(word)?.key ?? word

const mostWords = 3

type NameAtoms = { words: Atom[]; initial: Atom; start: Atom }

function nameAtoms(column: Encoded): NameAtoms {
  const words = Array.from({ length: mostWords }, (_, nth) =>
    atom(column, (value) => {
      const word = value.split(' ')[nth] ?? ''
      return word.length > 1 ? keyOfWord(word) : ''
    }),
  ).filter(({ of }) => of.some((number) => number > 0))
  return {
    words,
    initial: atom(column, (value) => toLatin(value.charAt(0)).charAt(0)),
    start: atom(column, (value) => value.replaceAll(' ', '').slice(0, 3)),
  }
}

/** In tables of up to so many records one part alone is a key: there is room for the pairs, and two mistakes in a record cost nothing. */
const smallTable = 100_000

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
export function planKeys(columns: readonly Encoded[], size: number): KeyPlan[] {
  const find = (name: string): Encoded | undefined => columns.find((column) => column.name === name)
  const part = (name: string, textOf: (value: string) => string): Atom[] => {
    const column = find(name)
    return column ? [atom(column, textOf)] : []
  }
  const whole = (value: string): string => value
  const given = find('givenName')
  const family = find('familyName')
  const full = find('fullName')
  const names = [given, family, full].flatMap((column) => (column ? [nameAtoms(column)] : []))
  const initials = names.map((one) => one.initial)
  const year = part('birthDate', (value) => value.slice(0, 4))
  const birth = part('birthDate', sortedDay)
  const monthDay = part('birthDate', (value) => sortedDay(value).slice(5))
  const places = [...part('postcode', whole), ...part('locality', whole)]
  const sex = part('sex', whole)
  const plans: KeyPlan[] = []
  const add = (name: string, slots: readonly (readonly Atom[])[], refine: readonly Atom[], unordered = false): void => {
    const usable = slots.filter((atoms) => atoms.length > 0)
    if (usable.length > 0) plans.push({ name, slots: usable, refine, unordered })
  }
  for (const column of columns)
    if (column.name === 'nationalId' || column.name.startsWith('identifier'))
      add(column.name, [[atom(column, whole)]], [...initials, ...year])
  for (const name of ['email', 'phone'])
    add(name, [part(name, (value) => value.split('@')[0] ?? value)], [...initials, ...year])
  add('birthDate', [birth], [...initials, ...sex, ...places])
  const [first, second] = names
  const words = names.flatMap((one) => one.words)
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
  add('address', addressSlots(find('address')), [...initials, ...year])
  if (first && second) add('name starts', [[first.start, second.start]], [...year, ...places])
  const related = find('relatedName')
  if (related) {
    const relative = atom(related, whole)
    add('relative', [[relative, ...initials.slice(0, 1)]], [...year, ...places])
  }
  for (const column of columns)
    if (isWordy(column, size)) add(column.name, wordySlots(column, size), [...initials, ...year, ...places])
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

/** Day and month in either order; nothing when either is unknown, or a habit of the office. */
function sortedDay(value: string): string {
  const [year = '', month = '', day = ''] = value.split('-')
  if (day === '' || day === '00' || (month === '01' && day === '01')) return ''
  return day < month ? `${year}-${day}-${month}` : `${year}-${month}-${day}`
}

function pairsOf(words: readonly Atom[]): Atom[][] {
  return words.flatMap((one, index) => words.slice(index + 1).map((other) => [one, other]))
}

/** The longer words of a value, the rarest first. */
function rarestFirst({ values }: Encoded): (value: string) => string[] {
  const counts = new Map<string, number>()
  for (const value of values)
    for (const word of new Set(value.split(' '))) counts.set(word, (counts.get(word) ?? 0) + 1)
  return (value) =>
    value
      .split(' ')
      .filter((word) => word.length > 2 && !/^\d/.test(word))
      .sort((a, b) => (counts.get(a) ?? 0) - (counts.get(b) ?? 0) || (a < b ? -1 : 1))
}

/** Whether a column of any kind says enough to be a key: its values are more than a few classes. */
const isWordy = ({ name, values }: Encoded, size: number): boolean =>
  name.startsWith('other:') && values.length > Math.max(8, size / 20)

/** The whole value, its rarest two words and the next two; of small tables its rarest words alone. A slip in one word leaves the others. */
function wordySlots(column: Encoded, size: number): Atom[][] {
  const rarest = rarestFirst(column)
  const some = (from: number, count: number) => (value: string) => {
    const words = rarest(value).slice(from, from + count)
    return words.length === count ? words.sort().join(' ') : ''
  }
  const alone = size <= smallTable ? [some(0, 1), some(1, 1), some(2, 1)] : []
  return [(value: string) => value, some(0, 2), some(2, 2), ...alone].map((textOf) => [atom(column, textOf)])
}

/** The rarest two words of an address, a number first when there is one. */
function addressSlots(column: Encoded | undefined): Atom[][] {
  if (!column) return []
  const rarest = rarestFirst(column)
  const numbered = (value: string): string => {
    const number = /\d+/.exec(value)?.[0]
    const [word] = rarest(value)
    return number && word ? `${number} ${keyOfWord(word)}` : ''
  }
  const worded = (value: string): string => rarest(value).slice(0, 2).sort().join(' ')
  return [[atom(column, numbered)], [atom(column, worded)]]
}
