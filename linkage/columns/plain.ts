/** Numbers, places, e-mails, addresses and any other column as the kernel compares them. */
import { foldWord, toLatin, wordsOf } from '../names/fold.ts'
import { type Floats, type Ints, sharedFloats, sharedInts, toShared } from './shared.ts'
import { isSlip, lengthOf, packTexts, sharedPrefix, sharedSuffix, similarity, type Texts } from './texts.ts'

// --- numbers: identifiers, telephones, postcodes

export const numberLevels = ['exact', 'slip', 'near', 'else'] as const
export type Numbers = {
  readonly kind: 'number'
  readonly texts: Texts
  /** The first and the last letters of each, a half word each; 0 for short ones. */
  readonly ends: Ints
}

/** Letters and digits alone, upper case. */
export const foldNumber = (written: string): string =>
  written
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{Nd}]/gu, '')

/** The last nine digits: with and without the country's code they are one telephone. */
export const foldPhone = (written: string): string => {
  const digits = written.normalize('NFKC').replace(/\D/g, '')
  return digits.length < 5 ? '' : digits.replace(/^0+/, '').slice(-9)
}

/** Letters at either end that one slip cannot both touch. */
const endLetters = 3

export function numberFeatures(values: readonly string[]): Numbers {
  const ends = sharedInts(values.length)
  for (const [index, value] of values.entries())
    if (value.length >= endLetters * 2 + 1)
      ends[index] = (halfWord(value, 0) << 16) | halfWord(value, value.length - endLetters)
  return { kind: 'number', texts: packTexts(values), ends }
}

function halfWord(value: string, from: number): number {
  let hash = 0
  for (let i = from; i < from + endLetters; i += 1) hash = (Math.imul(hash, 37) + value.charCodeAt(i)) & 0xffff
  return hash
}

/** `slip` is one character or two neighbours swapped; `near` agrees in the first half and more, or in the last. Symmetric. */
export function compareNumber({ texts, ends }: Numbers, x: number, y: number): number {
  if (x === y) return 0
  const [one, other] = [ends[x] ?? 0, ends[y] ?? 0]
  const apart = one ^ other
  if (one !== 0 && other !== 0 && (apart & 0xffff) !== 0 && apart >>> 16 !== 0) return 3
  const length = Math.min(lengthOf(texts, x), lengthOf(texts, y))
  if (length < 3) return 3
  const start = sharedPrefix(texts, x, y)
  const end = sharedSuffix(texts, x, y)
  if (start + end + 2 >= length && isSlip(texts, x, y)) return 1
  return start * 2 > length || end * 2 > length ? 2 : 3
}

// --- words: places, occupations, any other text

export const textLevels = ['exact', 'similar', 'part', 'else'] as const
export type PlainTexts = { readonly kind: 'text'; readonly texts: Texts; readonly sets: WordSets }

export const foldText = (written: string): string =>
  written
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}]+|\p{Nd}+/gu)
    ?.map((word) => (/^\p{Nd}/u.test(word) ? word : toLatin(foldWord(word)) || word))
    .join(' ') ?? ''

export const textFeatures = (values: readonly string[]): PlainTexts => ({
  kind: 'text',
  texts: packTexts(values.map((value) => value.replaceAll(' ', ''))),
  sets: wordSets(values),
})

export function compareText({ texts, sets }: PlainTexts, x: number, y: number): number {
  if (x === y) return 0
  const alike = similarity(texts, x, y, 0.88)
  if (alike >= 0.88 || (Math.min(lengthOf(texts, x), lengthOf(texts, y)) >= 4 && isSlip(texts, x, y))) return 1
  return overlap(sets, x, y) >= 0.4 ? 2 : 3
}

// --- addresses: sets of words, rare ones counting for more

export const addressLevels = ['exact', 'most', 'half', 'some', 'else'] as const
export type Addresses = { readonly kind: 'address'; readonly sets: WordSets }

export const addressFeatures = (values: readonly string[]): Addresses => ({ kind: 'address', sets: wordSets(values) })

export function compareAddress({ sets }: Addresses, x: number, y: number): number {
  if (x === y) return 0
  const share = overlap(sets, x, y)
  if (share >= 0.75) return 1
  if (share >= 0.45) return 2
  return share >= 0.2 ? 3 : 4
}

export type WordSets = {
  readonly start: Ints
  /** Sorted word numbers of each value. */
  readonly words: Ints
  /** Bits that a word is worth. */
  readonly worth: Floats
  readonly word: Texts
}

function wordSets(values: readonly string[]): WordSets {
  const known = new Map<string, number>()
  const counts: number[] = []
  const ids: number[] = []
  const start = sharedInts(values.length + 1)
  for (const [index, value] of values.entries()) {
    start[index] = ids.length
    const mine = new Set<number>()
    for (const word of value === '' ? [] : value.split(' ')) {
      let at = known.get(word)
      if (at === undefined) {
        at = counts.length
        known.set(word, at)
        counts.push(0)
      }
      mine.add(at)
    }
    for (const one of [...mine].sort((a, b) => a - b)) {
      counts[one] = (counts[one] ?? 0) + 1
      ids.push(one)
    }
  }
  start[values.length] = ids.length
  const worth = sharedFloats(counts.length)
  for (const [index, count] of counts.entries()) worth[index] = Math.log2(1 + values.length / count)
  return { start, words: toShared(ids), worth, word: packTexts([...known.keys()]) }
}

/** The worth of the words in common as a share of all words' worth; a slip of the pen in a long word is forgiven. */
function overlap({ start, words, worth, word }: WordSets, x: number, y: number): number {
  let both = 0
  let all = 0
  for (let i = start[x] ?? 0; i < (start[x + 1] ?? 0); i += 1) all += worth[words[i] ?? 0] ?? 0
  for (let j = start[y] ?? 0; j < (start[y + 1] ?? 0); j += 1) {
    const mine = words[j] ?? 0
    const bits = worth[mine] ?? 0
    let found = false
    for (let i = start[x] ?? 0; i < (start[x + 1] ?? 0) && !found; i += 1) {
      const theirs = words[i] ?? 0
      found = mine === theirs || (lengthOf(word, mine) >= 4 && isSlip(word, mine, theirs))
    }
    if (found) both += bits
    else all += bits
  }
  return all === 0 ? 0 : both / all
}

// --- e-mails

export const emailLevels = ['exact', 'same-name', 'similar', 'else'] as const
export type Emails = { readonly kind: 'email'; readonly local: Ints; readonly texts: Texts }

export const foldEmail = (written: string): string => written.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')

export function emailFeatures(values: readonly string[]): Emails {
  const known = new Map<string, number>()
  const locals = values.map((value) => value.split('@')[0] ?? '')
  const local = sharedInts(values.length)
  for (const [index, text] of locals.entries()) {
    const at = known.get(text) ?? known.size
    known.set(text, at)
    local[index] = at
  }
  return { kind: 'email', local, texts: packTexts(locals) }
}

export function compareEmail({ local, texts }: Emails, x: number, y: number): number {
  if (x === y) return 0
  if (local[x] === local[y] || (lengthOf(texts, x) >= 4 && isSlip(texts, x, y))) return 1
  return similarity(texts, x, y, 0.88) >= 0.88 ? 2 : 3
}

// --- categories: sex and the like

export const categoryLevels = ['exact', 'else'] as const
export type Categories = { readonly kind: 'category' }

const sexes = new Map([
  ...[
    'm',
    'male',
    'man',
    '1',
    'masculine',
    'm.',
    'мужской',
    'м',
    'эркек',
    '男',
    'ຊາຍ',
    'ຊ',
    'مرد',
    'mwanaume',
    'me',
    'h',
    'homme',
  ].map((word) => [word, 'm'] as const),
  ...[
    'f',
    'female',
    'woman',
    '2',
    'feminine',
    'w',
    'женский',
    'ж',
    'аял',
    '女',
    'ຍິງ',
    'ຍ',
    'عورت',
    'mwanamke',
    'ke',
    'femme',
  ].map((word) => [word, 'f'] as const),
])

/** `m`, `f`, or the word itself when it is none of those known. */
export function foldSex(written: string): string {
  const word = written.normalize('NFKC').trim().toLowerCase()
  return sexes.get(word) ?? word
}

export const placeWords = (value: string): string[] => wordsOf(value)
