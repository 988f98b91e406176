/** Values as sets of words, and how much two sets have in common. */
import { type Floats, type Ints, sharedFloats, sharedInts, toShared } from './shared.ts'
import { isSlip, lengthOf, packTexts, type Texts } from './texts.ts'

export type WordSets = {
  readonly start: Ints
  /** Sorted word numbers of each value. */
  readonly words: Ints
  /** Bits that a word is worth. */
  readonly worth: Floats
  readonly word: Texts
}

/** An address has fewer words; what has more is none, and must not hold up the rest. */
const mostWords = 64

export function wordSets(values: readonly string[]): WordSets {
  const known = new Map<string, number>()
  const counts: number[] = []
  const ids: number[] = []
  const start = sharedInts(values.length + 1)
  for (const [index, value] of values.entries()) {
    start[index] = ids.length
    const mine = new Set<number>()
    for (const word of value === '' ? [] : value.split(' ', mostWords)) {
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

/** From so many words on a value is a phrase that somebody made up, such as a title, and no name of a place. */
const phraseWords = 4

/** How often at most two would state this value by chance: a phrase's words go together, so they are worth half as much as one by one. */
export const phraseChance = (sets: WordSets, x: number): number =>
  (sets.start[x + 1] ?? 0) - (sets.start[x] ?? 0) < phraseWords ? 1 : 2 ** (-worthOfAll(sets, x) / 2)

/** The worth of the words in common as a share of all words' worth; a slip of the pen in a long word is forgiven. Symmetric. */
export function overlap(sets: WordSets, x: number, y: number): number {
  const both = worthFound(sets, x, y) + worthFound(sets, y, x)
  const all = worthOfAll(sets, x) + worthOfAll(sets, y)
  // Words in common stand in both sums, and count once.
  return both === 0 ? 0 : both / (2 * all - both)
}

function worthOfAll({ start, words, worth }: WordSets, x: number): number {
  let bits = 0
  for (let i = start[x] ?? 0; i < (start[x + 1] ?? 0); i += 1) bits += worth[words[i] ?? 0] ?? 0
  return bits
}

/** The worth of the words of `x` that `y` has too. */
function worthFound({ start, words, worth, word }: WordSets, x: number, y: number): number {
  let bits = 0
  for (let i = start[x] ?? 0; i < (start[x + 1] ?? 0); i += 1) {
    const mine = words[i] ?? 0
    let found = false
    for (let j = start[y] ?? 0; j < (start[y + 1] ?? 0) && !found; j += 1) {
      const theirs = words[j] ?? 0
      found =
        mine === theirs || (Math.min(lengthOf(word, mine), lengthOf(word, theirs)) >= 4 && isSlip(word, mine, theirs))
    }
    if (found) bits += worth[mine] ?? 0
  }
  return bits
}
