/** The words of names: how they are spelt, how they sound, which names they stand for, and how rare they are. */

import { halvesOf } from '../../names/han.ts'
import { isPlaceholder, withoutPlaceholders } from '../../names/nameless.ts'
import { isHanWord, isLatinWord } from '../../names/script.ts'
import { withoutTitles } from '../../names/titles.ts'
import { areTwo } from '../../names/two-names.ts'
import { type Word, wordOnce } from '../../names/word.ts'
import { readWritten } from '../../names/written.ts'
import { makeNumbering } from './numbering.ts'
import { type Floats, type Ints, sharedFloats, sharedInts, toShared } from './shared.ts'
import { isSlip, lengthOf, packTexts, sharedPrefix, sharedSuffix, similarity, strayBits, type Texts } from './texts.ts'

export type Words = {
  /** Words of value `i`: `ids[start[i]]` to `ids[start[i + 1] - 1]`. */
  readonly start: Ints
  readonly ids: Ints
  readonly spelt: Texts
  /** Equal for all spellings of a word. */
  readonly key: Ints
  /** `width` numbers a word, side by side so that they are read at once: see `part`. */
  readonly traits: Ints
}

const width = 8
/** What the traits of a word are: its sound, its letters as a mask, its length, how it is written, and its groups of the name tables or -1. */
const part = { sound: 0, mask: 1, length: 2, consonants: 3, groups: 4 } as const

/** How rare words are among the records of one column, in bits: as spelt, and in any spelling. */
export type Rarity = { readonly spelt: Floats; readonly any: Floats }

/** A name as it is coded: folded words with one blank between; particles only when there is nothing else. Most are one word in plain letters. */
export const foldName = (written: string): string =>
  isLatinWord(written)
    ? foldPlain(written.slice(0, longestName).toLowerCase())
    : foldedWords(written).join(' ') || unreadable(written)

const foldPlain = (word: string): string => (isPlaceholder(word) ? '' : word)

/** The same of a whole name in one column: a Chinese one is a family name and a given name. */
export const foldFullName = (written: string): string =>
  foldedWords(written)
    .flatMap((word) => (isHanWord(word) ? (halvesOf(word) ?? [word]) : [word]))
    .join(' ') || unreadable(written)

/** Father and son of one name are told apart by it, so it stays a word. */
const generations = ['', 'sr', 'jr', 'iii', 'iv']

/** No name has more letters; what is longer is no name, and must not hold up the rest. */
const longestName = 400

function foldedWords(written: string): string[] {
  const { words, generation } = readWritten([withoutTitles(withoutPlaceholders(written.slice(0, longestName)))])
  const folded = words.map(({ word }) => word.text)
  return generation === undefined ? folded : [...folded, generations[generation] ?? '']
}

const unreadable = (written: string): string =>
  withoutPlaceholders(written)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}]+/gu, '')

/** The words of folded names; `values[0]` is the empty one. */
export function wordsIn(values: readonly string[]): Words {
  const spellings = makeNumbering()
  const ids: number[] = []
  const start = sharedInts(values.length + 1)
  for (let i = 0; i < values.length; i += 1) {
    const value = values[i] ?? ''
    if (value !== '') for (const part of value.split(' ')) ids.push(spellings.of(part))
    start[i + 1] = ids.length
  }
  return { start, ids: toShared(ids), ...traitsOf(spellings.texts) }
}

function traitsOf(texts: readonly string[]): Pick<Words, 'spelt' | 'key' | 'traits'> {
  const sounds = makeNumbering()
  const keys = makeNumbering()
  const spelt = packTexts(texts)
  const key = sharedInts(texts.length)
  const traits = sharedInts(texts.length * width)
  for (let i = 0; i < texts.length; i += 1) {
    const text = texts[i] ?? ''
    const word: Pick<Word, 'sound' | 'key' | 'groups' | 'consonantsOnly'> = wordOnce(text) ?? unread(text)
    const at = i * width
    key[i] = keys.of(word.key)
    traits[at + part.sound] = sounds.of(word.sound)
    traits[at + part.mask] = spelt.mask[i] ?? 0
    traits[at + part.length] = Math.max(text.length, isHanWord(text) ? word.sound.length : 0)
    traits[at + part.consonants] = word.consonantsOnly ? 1 : 0
    for (let nth = 0; nth < width - part.groups; nth += 1) traits[at + part.groups + nth] = word.groups[nth] ?? -1
  }
  return { spelt, key, traits }
}

const unread = (text: string) => ({ sound: text, key: text, groups: [], consonantsOnly: false })

/** Log2 of one over the share of records in whose value a word stands. */
export function rarityOf({ start, ids, key }: Words, codes: Ints): Rarity {
  const bySpelling = new Float64Array(key.length)
  const byKey = new Float64Array(key.reduce((most, one) => Math.max(most, one), 0) + 1)
  let stated = 0
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] ?? 0
    if (code === 0) continue
    stated += 1
    for (let i = start[code] ?? 0; i < (start[code + 1] ?? 0); i += 1) {
      const word = ids[i] ?? 0
      bySpelling[word] = (bySpelling[word] ?? 0) + 1
      byKey[key[word] ?? 0] = (byKey[key[word] ?? 0] ?? 0) + 1
    }
  }
  const bits = (count: number): number => Math.min(20, Math.log2(Math.max(2, stated) / Math.max(1, count)))
  const [spelt, any] = [sharedFloats(key.length), sharedFloats(key.length)]
  for (let word = 0; word < key.length; word += 1) {
    spelt[word] = bits(bySpelling[word] ?? 0)
    any[word] = bits(byKey[key[word] ?? 0] ?? 0)
  }
  return { spelt, any }
}

export const wordLevels = { same: 0, variant: 1, slip: 2, similar: 3, initial: 4, other: 5 } as const

/** How far two words agree, by number in `words`. Symmetric. */
export function compareWord(words: Words, x: number, y: number): number {
  if (x === y) return wordLevels.same
  const { spelt, key, traits } = words
  const [one, two] = [x * width, y * width]
  const [length, other] = [traits[one + part.length] ?? 0, traits[two + part.length] ?? 0]
  const shortest = Math.min(length, other)
  if (shortest <= 1) return sharedPrefix(spelt, x, y) === 1 ? wordLevels.initial : wordLevels.other
  if (shareGroup(traits, one, two)) return wordLevels.variant
  if (traits[one + part.sound] === traits[two + part.sound]) return wordLevels.variant
  if (traits[one + part.consonants] !== traits[two + part.consonants])
    return shortest >= 3 && key[x] === key[y] ? wordLevels.variant : wordLevels.other
  const known = (traits[one + part.groups] ?? -1) >= 0 && (traits[two + part.groups] ?? -1) >= 0
  // Letters that only one of the two has: more than a slip leaves, or so many that no similarity is left.
  const stray = strayBits(traits[one + part.mask] ?? 0, traits[two + part.mask] ?? 0)
  if (shortest >= 3 && stray <= 2 && isSlip(spelt, x, y))
    return known && areTwoNames(spelt, x, y) ? wordLevels.other : wordLevels.slip
  if (stray > length + other - 2) return wordLevels.other
  const alike = similarity(spelt, x, y, 0.82)
  if (alike >= 0.92) return wordLevels.slip
  if (alike >= 0.82) return wordLevels.similar
  return shortest >= 3 && sharedPrefix(spelt, x, y) === shortest ? wordLevels.similar : wordLevels.other
}

/** Groups stand before the -1 that fill the places left. */
function shareGroup(traits: Ints, one: number, two: number): boolean {
  for (let i = one + part.groups; i < one + width && (traits[i] ?? -1) >= 0; i += 1)
    for (let j = two + part.groups; j < two + width && (traits[j] ?? -1) >= 0; j += 1)
      if (traits[i] === traits[j]) return true
  return false
}

function areTwoNames(spelt: Texts, x: number, y: number): boolean {
  const [one, other] = [lengthOf(spelt, x), lengthOf(spelt, y)]
  const longer = one > other ? x : y
  const last = spelt.letters[(spelt.start[longer + 1] ?? 0) - 1] ?? 0
  return areTwo(Math.min(one, other), Math.max(one, other), sharedPrefix(spelt, x, y), sharedSuffix(spelt, x, y), last)
}

/** What a less than perfect agreement costs, in bits: so many other words would agree like this too. */
const cost = [0, 1.5, 4] as const
/** What an initial is worth, in bits: some ten letters begin most names. */
export const initialBits = 3

/** What two words that agree at a level are worth, in bits. */
export function worthOfWords({ spelt, any }: Rarity, x: number, y: number, level: number): number {
  if (level === wordLevels.same) return spelt[x] ?? 0
  if (level === wordLevels.initial) return initialBits
  return Math.max(0, Math.min(any[x] ?? 0, any[y] ?? 0) - (cost[level] ?? 0))
}

/** What the words that two values agreed on in the last comparison are worth, in bits; 0 where rarity is not counted. */
export const agreed = { bits: 0 }
