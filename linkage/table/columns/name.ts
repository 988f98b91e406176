/** Given and family names as the kernel compares them: whole, and word by word. */
import { makeNumbering } from './numbering.ts'
import { type Floats, type Ints, sharedInts } from './shared.ts'
import { isSlip, packTexts, similarity, type Texts } from './texts.ts'
import {
  agreed,
  compareWord,
  initialBits,
  type Rarity,
  rarityOf,
  type Words,
  wordLevels,
  wordsIn,
  worthOfWords,
} from './words.ts'

export const nameLevels = ['exact', 'variant', 'slip', 'similar', 'part', 'first', 'some', 'else'] as const
const [exact, variant, slip, similar, part, first, some, other] = [0, 1, 2, 3, 4, 5, 6, 7]

export type Names = {
  readonly kind: 'name'
  readonly words: Words
  readonly rarity: Rarity
  /** Whole names without blanks. */
  readonly whole: Texts
  /** Equal for the same words in any order. */
  readonly sorted: Ints
  /** Equal for names whose first words are spellings of one name; 0 for none. */
  readonly first: Ints
}

/** The features of folded names, without the rarity, which each column has of its own. */
export function nameFeatures(values: readonly string[]): Omit<Names, 'rarity'> {
  const orders = makeNumbering()
  const sorted = sharedInts(values.length)
  const words = wordsIn(values)
  const first = sharedInts(values.length)
  for (let i = 1; i < values.length; i += 1) {
    const value = values[i] ?? ''
    // Of one word there is one order, and no other value.
    sorted[i] = value.includes(' ') ? orders.of(value.split(' ').sort().join(' ')) : -i
    first[i] = 1 + (words.key[words.ids[words.start[i] ?? 0] ?? 0] ?? 0)
  }
  return { kind: 'name', first, words, whole: packTexts(values.map((value) => value.replaceAll(' ', ''))), sorted }
}

export const withRarity = (names: Omit<Names, 'rarity'>, codes: Ints): Names => ({
  ...names,
  rarity: rarityOf(names.words, codes),
})

/**
 * The level of two names, neither missing. `part`: one side has words or letters that the other leaves out, and nothing contradicts. `some`:
 * words agree, and others contradict. Symmetric.
 */
export function compareName(names: Names, x: number, y: number): number {
  agreed.bits = 0
  if (x === y) return exact
  const { words, whole } = names
  if (names.sorted[x] === names.sorted[y]) return worthAll(names, x, y, variant)
  const [xCount, yCount] = [countOf(words, x), countOf(words, y)]
  if (xCount === 1 && yCount === 1) {
    const level = compareWord(words, words.ids[words.start[x] ?? 0] ?? 0, words.ids[words.start[y] ?? 0] ?? 0)
    if (level === wordLevels.initial) {
      agreed.bits = initialBits
      return part
    }
    return level <= wordLevels.similar ? worthAll(names, x, y, level) : other
  }
  const { found, initials, worst, bits } = pairWords(names, Math.min(x, y), Math.max(x, y))
  const left = Math.min(xCount, yCount) - found - initials
  if (left === 0) {
    if (found === xCount && found === yCount) return worthAll(names, x, y, worst)
    agreed.bits = bits
    return part
  }
  // Words may be joined on one side and parted on the other.
  const alike = similarity(whole, x, y, 0.82)
  if (alike === 1) return worthAll(names, x, y, variant)
  const isSlipped = alike > 0 && (alike >= 0.92 || isSlip(whole, x, y))
  if (isSlipped && (found === 0 || xCount !== yCount)) return worthAll(names, x, y, slip)
  if (found > 0) {
    agreed.bits = bits
    return isFirst(words, x, y) ? first : some
  }
  return alike >= 0.82 ? worthAll(names, x, y, similar) : other
}

const isFirst = (words: Words, x: number, y: number): boolean =>
  compareWord(words, words.ids[words.start[x] ?? 0] ?? 0, words.ids[words.start[y] ?? 0] ?? 0) <= wordLevels.slip

const countOf = ({ start }: Words, x: number): number => (start[x + 1] ?? 0) - (start[x] ?? 0)

/**
 * Leaves in `agreed` how rare what two names have in common is, in bits. Two spellings of one name are as rare as the name; a slip makes a
 * spelling that hardly anybody bears, so the rarer of the two counts; names that are merely similar have nothing in common.
 */
function worthAll({ words, rarity }: Names, x: number, y: number, level: number): number {
  const sum = (value: number, bitsOf: Floats): number => {
    let bits = 0
    for (let i = words.start[value] ?? 0; i < (words.start[value + 1] ?? 0); i += 1)
      bits += bitsOf[words.ids[i] ?? 0] ?? 0
    return bits
  }
  if (level === variant) agreed.bits = Math.min(sum(x, rarity.any), sum(y, rarity.any))
  else if (level === slip) agreed.bits = Math.max(sum(x, rarity.spelt), sum(y, rarity.spelt))
  return level
}

type Paired = {
  /** Words that agree, spelling apart; and letters that stand for a word. */
  found: number
  initials: number
  /** The worst level at which words agree, and what all of them are worth. */
  worst: number
  bits: number
}
const paired: Paired = { found: 0, initials: 0, worst: 0, bits: 0 }
const mostWords = 30

/** Pairs the words of two names, the surest agreements first. */
function pairWords({ words, rarity }: Names, x: number, y: number): Paired {
  const { start, ids } = words
  const [fromX, fromY] = [start[x] ?? 0, start[y] ?? 0]
  const [countX, countY] = [Math.min(mostWords, countOf(words, x)), Math.min(mostWords, countOf(words, y))]
  let [usedX, usedY] = [0, 0]
  paired.found = 0
  paired.initials = 0
  paired.worst = variant
  paired.bits = 0
  for (const most of [wordLevels.same, wordLevels.slip, wordLevels.initial])
    for (let i = 0; i < countX; i += 1)
      for (let j = 0; j < countY && (usedX & (1 << i)) === 0; j += 1) {
        if ((usedY & (1 << j)) !== 0) continue
        const [one, two] = [ids[fromX + i] ?? 0, ids[fromY + j] ?? 0]
        const level = compareWord(words, one, two)
        if (level > most || (most === wordLevels.initial && level !== most)) continue
        usedX |= 1 << i
        usedY |= 1 << j
        if (level === wordLevels.initial) paired.initials += 1
        else {
          paired.found += 1
          paired.worst = Math.max(paired.worst, level)
        }
        paired.bits += worthOfWords(rarity, one, two, level)
      }
  return paired
}
