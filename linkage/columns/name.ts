/** Given and family names as the kernel compares them: whole, word by word, by sound and by the names they stand for. */
import { foldWord, toLatin, wordsOf } from '../names/fold.ts'
import { groupsOf } from '../names/known.ts'
import { soundOf } from '../names/sound.ts'
import { type Ints, sharedInts, toShared } from './shared.ts'
import { isSlip, lengthOf, packTexts, sharedPrefix, similarity, type Texts } from './texts.ts'

export const nameLevels = ['exact', 'variant', 'slip', 'similar', 'part', 'else'] as const
const [exact, variant, slip, similar, part, other] = [0, 1, 2, 3, 4, 5]

export type Names = {
  readonly kind: 'name'
  /** Whole names without blanks. */
  readonly whole: Texts
  /** Equal for the same words in any order. */
  readonly sorted: Ints
  /** Words of name `i`: `words[wordStart[i]]` and so on. */
  readonly wordStart: Ints
  readonly words: Ints
  readonly word: Texts
  readonly sound: Ints
  /** Two groups of the name tables a word, or -1. */
  readonly groups: Ints
}

/** A name as it is coded: folded words with one blank between. */
export const foldName = (written: string): string =>
  wordsOf(written)
    .map(foldWord)
    .filter((word) => word)
    .join(' ')

class Numbering {
  readonly texts: string[] = []
  readonly #known = new Map<string, number>()
  of(text: string): number {
    let at = this.#known.get(text)
    if (at === undefined) {
      at = this.texts.length
      this.texts.push(text)
      this.#known.set(text, at)
    }
    return at
  }
}

/** The features of folded names; `values[0]` is the empty one. */
export function nameFeatures(values: readonly string[]): Names {
  const words = new Numbering()
  const orders = new Numbering()
  const ids: number[] = []
  const wordStart = sharedInts(values.length + 1)
  const sorted = sharedInts(values.length)
  for (const [index, value] of values.entries()) {
    const parts = value === '' ? [] : value.split(' ')
    wordStart[index] = ids.length
    sorted[index] = orders.of(parts.length > 1 ? [...parts].sort().join(' ') : value)
    for (const one of parts) ids.push(words.of(one))
  }
  wordStart[values.length] = ids.length
  const sounds = new Numbering()
  const groups = sharedInts(words.texts.length * 2).fill(-1)
  const sound = sharedInts(words.texts.length)
  for (const [index, text] of words.texts.entries()) {
    sound[index] = sounds.of(soundOf(toLatin(text)))
    for (const [nth, group] of groupsOf(text).slice(0, 2).entries()) groups[index * 2 + nth] = group
  }
  return {
    kind: 'name',
    whole: packTexts(values.map((value) => value.replaceAll(' ', ''))),
    sorted,
    wordStart,
    words: toShared(ids),
    word: packTexts(words.texts),
    sound,
    groups,
  }
}

/** The level of two names, neither missing. Symmetric. */
export function compareName(names: Names, x: number, y: number): number {
  if (x === y) return exact
  const { wordStart, words, whole } = names
  if (names.sorted[x] === names.sorted[y]) return variant
  const xFrom = wordStart[x] ?? 0
  const yFrom = wordStart[y] ?? 0
  const xCount = (wordStart[x + 1] ?? 0) - xFrom
  const yCount = (wordStart[y + 1] ?? 0) - yFrom
  if (xCount === 1 && yCount === 1) return compareWord(names, words[xFrom] ?? 0, words[yFrom] ?? 0)
  const alike = similarity(whole, x, y, 0.82)
  if (alike === 1) return variant
  if (alike > 0 && (isSlip(whole, x, y) || alike >= 0.92)) return slip
  const found = sharedWords(names, xFrom, xCount, yFrom, yCount)
  const fewer = Math.min(xCount, yCount)
  if (found >= fewer) return part
  if (alike >= 0.82) return similar
  return found > 0 ? part : other
}

/** How many words of the shorter name stand in the other, spelling apart. */
function sharedWords(names: Names, xFrom: number, xCount: number, yFrom: number, yCount: number): number {
  let used = 0
  let found = 0
  for (let i = 0; i < xCount; i += 1)
    for (let j = 0; j < yCount; j += 1) {
      if (used & (1 << j)) continue
      if (compareWord(names, names.words[xFrom + i] ?? 0, names.words[yFrom + j] ?? 0) <= slip) {
        used |= 1 << j
        found += 1
        break
      }
    }
  return found
}

function compareWord(names: Names, x: number, y: number): number {
  if (x === y) return exact
  const { word, sound, groups } = names
  const shortest = Math.min(lengthOf(word, x), lengthOf(word, y))
  if (shortest === 1) return sharedPrefix(word, x, y) === 1 ? part : other
  const [a, b] = [groups[x * 2] ?? -1, groups[x * 2 + 1] ?? -1]
  if (a >= 0 && (a === groups[y * 2] || a === groups[y * 2 + 1])) return variant
  if (b >= 0 && (b === groups[y * 2] || b === groups[y * 2 + 1])) return variant
  if (shortest >= 3 && sound[x] === sound[y]) return variant
  if (shortest >= 3 && isSlip(word, x, y)) return slip
  const alike = similarity(word, x, y, 0.82)
  if (alike >= 0.92) return slip
  if (alike >= 0.82) return similar
  return shortest >= 3 && sharedPrefix(word, x, y) === shortest ? similar : other
}
