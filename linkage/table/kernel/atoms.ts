/** The parts of a column's values that keys are made of, so that nothing later needs the values themselves. */
import { toLatin } from '../../names/fold.ts'
import { wordOf } from '../../names/word.ts'
import type { Encoded } from '../columns/encode.ts'
import { type Ints, sharedInts } from '../columns/shared.ts'
import { lengthOf } from '../columns/texts.ts'
import type { Words } from '../columns/words.ts'

/** A part of a record that keys are made of: a number by value code, 0 when missing. */
export type Atom = { readonly codes: Ints; readonly of: Ints }

/** By what the atom is of the value. */
export type Atoms = {
  /** The value itself; of an e-mail what stands before the @. */
  readonly whole?: Atom
  /** Of a name. */
  readonly words?: readonly Atom[]
  readonly initial?: Atom
  readonly start?: Atom
  /** Of a birth date. */
  readonly year?: Atom
  readonly day?: Atom
  readonly monthDay?: Atom
  /** Of a longer text, any of which may be a key. */
  readonly slots?: readonly Atom[]
}

export function atomsOf(column: Encoded, size: number): Atoms {
  switch (column.name) {
    case 'givenName':
    case 'familyName':
    case 'fullName':
      return nameAtoms(column)
    case 'birthDate':
      return {
        year: atom(column, (value) => value.slice(0, 4)),
        day: atom(column, sortedDay),
        monthDay: atom(column, (value) => sortedDay(value).slice(5)),
      }
    case 'email':
      return { whole: atom(column, (value) => value.split('@')[0] ?? value) }
    case 'address':
      return { slots: addressSlots(column) }
    case 'phone':
    case 'postcode':
    case 'locality':
    case 'sex':
    case 'relatedName':
    case 'nationalId':
      return { whole: wholeAtom(column) }
    default:
      if (column.name.startsWith('identifier')) return { whole: wholeAtom(column) }
      return isWordy(column, size) ? { slots: wordySlots(column, size) } : {}
  }
}

/** An atom over a column: equal texts are equal numbers in every atom, the empty text is missing. */
function atom({ codes, values }: Encoded, textOf: (value: string) => string): Atom {
  const of = sharedInts(values.length)
  for (let code = 1; code < values.length; code += 1) of[code] = hashOf(textOf(values[code] ?? ''))
  return { codes, of }
}

/** The atom of the values themselves. */
function wholeAtom(column: Encoded): Atom {
  const { codes, packed } = column
  if (!packed) return atom(column, (value) => value)
  const of = sharedInts(column.distinct)
  for (let code = 1; code < of.length; code += 1)
    of[code] = hashOfBytes(packed.bytes, packed.start[code] ?? 0, packed.start[code + 1] ?? 0)
  return { codes, of }
}

/** FNV-1a over 32 bits; 0 stands for the empty text alone. */
function hashOf(text: string): number {
  if (text === '') return 0
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash === 0 ? 1 : hash
}

/** The same of text in ASCII. */
function hashOfBytes(bytes: Uint8Array, from: number, to: number): number {
  let hash = 0x811c9dc5
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  return from === to ? 0 : hash === 0 ? 1 : hash
}

/** What all spellings of a word share. */
const keyOfWord = (word: string): string => wordOf(word)?.key ?? word

const mostWords = 3

function nameAtoms(column: Encoded): Atoms {
  const { features } = column
  if (features.kind !== 'name' && features.kind !== 'fullName') return {}
  const words = Array.from({ length: mostWords }, (_, nth) => wordAtom(column, features.words, nth))
  return {
    words: words.filter(({ of }) => of.some((number) => number > 0)),
    initial: atom(column, (value) => toLatin(value.charAt(0)).charAt(0)),
    start: atom(column, (value) => value.replaceAll(' ', '').slice(0, 3)),
  }
}

/** What all spellings of the nth word share; names of a table share a dictionary, so equal words are equal numbers in all of them. */
function wordAtom({ codes }: Encoded, { start, ids, key, spelt }: Words, nth: number): Atom {
  const of = sharedInts(start.length - 1)
  for (let code = 1; code < of.length; code += 1) {
    const at = (start[code] ?? 0) + nth
    const word = ids[at] ?? 0
    if (at < (start[code + 1] ?? 0) && lengthOf(spelt, word) > 1) of[code] = Math.imul((key[word] ?? 0) + 1, 0x9e3779b1)
  }
  return { codes, of }
}

/** In tables of up to so many records one part alone is a key: there is room for the pairs, and two mistakes in a record cost nothing. */
export const smallTable = 100_000

/** Day and month in either order; nothing when either is unknown, or a habit of the office. */
function sortedDay(value: string): string {
  const [year = '', month = '', day = ''] = value.split('-')
  if (day === '' || day === '00' || (month === '01' && day === '01')) return ''
  return day < month ? `${year}-${day}-${month}` : `${year}-${month}-${day}`
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
function wordySlots(column: Encoded, size: number): Atom[] {
  const rarest = rarestFirst(column)
  const some = (from: number, count: number) => (value: string) => {
    const words = rarest(value).slice(from, from + count)
    return words.length === count ? words.sort().join(' ') : ''
  }
  const alone = size <= smallTable ? [some(0, 1), some(1, 1), some(2, 1)] : []
  return [(value: string) => value, some(0, 2), some(2, 2), ...alone].map((textOf) => atom(column, textOf))
}

/** The rarest two words of an address, a number first when there is one. */
function addressSlots(column: Encoded): Atom[] {
  const rarest = rarestFirst(column)
  const numbered = (value: string): string => {
    const number = /\d+/.exec(value)?.[0]
    const [word] = rarest(value)
    return number && word ? `${number} ${keyOfWord(word)}` : ''
  }
  const worded = (value: string): string => rarest(value).slice(0, 2).sort().join(' ')
  return [atom(column, numbered), atom(column, worded)]
}
