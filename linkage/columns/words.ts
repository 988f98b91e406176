/** The words of names: how they are spelt, how they sound, which names they stand for, and how rare they are. */

import { wordsOf } from '../names/fold.ts'
import { type Word, wordOf } from '../names/word.ts'
import { type Floats, type Ints, sharedFloats, sharedInts, toShared } from './shared.ts'
import { isSlip, lengthOf, packTexts, sharedPrefix, similarity, type Texts } from './texts.ts'

export type Words = {
  /** Words of value `i`: `ids[start[i]]` to `ids[start[i + 1] - 1]`. */
  readonly start: Ints
  readonly ids: Ints
  readonly spelt: Texts
  readonly sound: Ints
  /** Two groups of the name tables a word, or -1. */
  readonly groups: Ints
  /** Equal for all spellings of a word. */
  readonly key: Ints
  /** 1 where only consonants are written. */
  readonly consonants: Ints
}

/** How rare words are among the records of one column, in bits: as spelt, and in any spelling. */
export type Rarity = { readonly spelt: Floats; readonly any: Floats }

/** A name as it is coded: folded words with one blank between; particles only when there is nothing else. */
export function foldName(written: string): string {
  const words = wordsOf(written).flatMap((word) => wordOf(word)?.text ?? [])
  return words.length > 0
    ? words.join(' ')
    : written
        .normalize('NFKC')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{M}]+/gu, '')
}

/** Numbers texts in the order in which they come. */
export function makeNumbering(): { readonly texts: string[]; readonly of: (text: string) => number } {
  const texts: string[] = []
  const known = new Map<string, number>()
  const of = (text: string): number => {
    let at = known.get(text)
    if (at === undefined) {
      at = texts.length
      texts.push(text)
      known.set(text, at)
    }
    return at
  }
  return { texts, of }
}

/** The words of folded names; `values[0]` is the empty one. */
export function wordsIn(values: readonly string[]): Words {
  const spellings = makeNumbering()
  const sounds = makeNumbering()
  const keys = makeNumbering()
  const ids: number[] = []
  const start = sharedInts(values.length + 1)
  for (const [index, value] of values.entries()) {
    start[index] = ids.length
    if (value !== '') for (const part of value.split(' ')) ids.push(spellings.of(part))
  }
  start[values.length] = ids.length
  const count = spellings.texts.length
  const [sound, key, consonants] = [sharedInts(count), sharedInts(count), sharedInts(count)]
  const groups = sharedInts(count * 2).fill(-1)
  for (const [index, text] of spellings.texts.entries()) {
    const word: Pick<Word, 'sound' | 'key' | 'groups' | 'consonantsOnly'> = wordOf(text) ?? unread(text)
    consonants[index] = word.consonantsOnly ? 1 : 0
    sound[index] = sounds.of(word.sound)
    key[index] = keys.of(word.key)
    for (const [nth, group] of word.groups.slice(0, 2).entries()) groups[index * 2 + nth] = group
  }
  return { start, ids: toShared(ids), spelt: packTexts(spellings.texts), sound, groups, key, consonants }
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
  const { spelt, sound, groups, key, consonants } = words
  const shortest = Math.min(lengthOf(spelt, x), lengthOf(spelt, y))
  if (shortest <= 1) return sharedPrefix(spelt, x, y) === 1 ? wordLevels.initial : wordLevels.other
  const [a, b] = [groups[x * 2] ?? -1, groups[x * 2 + 1] ?? -1]
  const [c, d] = [groups[y * 2] ?? -1, groups[y * 2 + 1] ?? -1]
  if ((a >= 0 && (a === c || a === d)) || (b >= 0 && (b === c || b === d))) return wordLevels.variant
  if (shortest >= 3 && sound[x] === sound[y]) return wordLevels.variant
  if (consonants[x] !== consonants[y]) return shortest >= 3 && key[x] === key[y] ? wordLevels.variant : wordLevels.other
  if (shortest >= 3 && isSlip(spelt, x, y)) return wordLevels.slip
  const alike = similarity(spelt, x, y, 0.82)
  if (alike >= 0.92) return wordLevels.slip
  if (alike >= 0.82) return wordLevels.similar
  return shortest >= 3 && sharedPrefix(spelt, x, y) === shortest ? wordLevels.similar : wordLevels.other
}

/** What the words that two values agreed on in the last comparison are worth, in bits; 0 where rarity is not counted. */
export const agreed = { bits: 0 }
