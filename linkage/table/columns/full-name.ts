/** Whole names in one column, as sets of words: order, missing parts, spelling, initials, and what they contradict. */
import type { Ints } from './shared.ts'
import { agreed, compareWord, type Rarity, rarityOf, type Words, wordLevels, wordsIn, worthOfWords } from './words.ts'

export const fullNameLevels = ['exact', 'same', 'part', 'alike', 'one-of-one', 'two', 'one', 'else'] as const
const [exact, same, part, alike, oneOfOne, two, one, other] = [0, 1, 2, 3, 4, 5, 6, 7]

export type FullNames = { readonly kind: 'fullName'; readonly words: Words; readonly rarity: Rarity }

export function fullNameFeatures(values: readonly string[], codes: Ints): FullNames {
  const words = wordsIn(values)
  return { kind: 'fullName', words, rarity: rarityOf(words, codes) }
}

const most = 8
const takenX = new Uint8Array(most)
const takenY = new Uint8Array(most)

/**
 * The level of two names, neither missing. `same`: no word on either side is left over. `part`: one side has words that the other lacks,
 * and at least two agree; `alike` when some of those that agree are merely similar; `one-of-one` when it has but one. `two` and `one`: so many agree, and words on both sides contradict. Symmetric.
 */
export function compareFullName(names: FullNames, a: number, b: number): number {
  const { words, rarity } = names
  const { start, ids } = words
  const [x, y] = a < b ? [a, b] : [b, a]
  const [fromX, fromY] = [start[x] ?? 0, start[y] ?? 0]
  const countX = Math.min(most, (start[x + 1] ?? 0) - fromX)
  const countY = Math.min(most, (start[y + 1] ?? 0) - fromY)
  takenX.fill(0)
  takenY.fill(0)
  let found = 0
  let initials = 0
  let similar = 0
  let bits = 0
  // The surest agreements first, so that a word is not used up by one that is merely alike.
  for (const least of [wordLevels.same, wordLevels.variant, wordLevels.slip, wordLevels.initial, wordLevels.similar])
    for (let i = 0; i < countX; i += 1)
      for (let j = 0; j < countY && takenX[i] === 0; j += 1) {
        if (takenY[j] === 1) continue
        const [mine, theirs] = [ids[fromX + i] ?? 0, ids[fromY + j] ?? 0]
        const level = compareWord(words, mine, theirs)
        if (level > least || (least >= wordLevels.similar && level !== least)) continue
        takenX[i] = 1
        takenY[j] = 1
        if (level === wordLevels.similar) similar += 1
        else {
          if (level === wordLevels.initial) initials += 1
          else found += 1
          bits += worthOfWords(rarity, mine, theirs, level)
        }
      }
  agreed.bits = bits
  if (a === b) return exact
  if (found === 0) return other
  const [leftX, leftY] = [countX - found - initials, countY - found - initials]
  if (similar > 0 && (leftX === similar || leftY === similar)) return alike
  if (leftX === 0 && leftY === 0) return same
  if (leftX > 0 && leftY > 0) return found > 1 ? two : one
  return found > 1 ? part : oneOfOne
}

/** What the words of a name are worth together, in bits, as they are spelt. */
export function worthOf({ words, rarity }: Pick<FullNames, 'words' | 'rarity'>, value: number): number {
  let bits = 0
  for (let i = words.start[value] ?? 0; i < (words.start[value + 1] ?? 0); i += 1)
    bits += rarity.spelt[words.ids[i] ?? 0] ?? 0
  return bits
}

/** No agreement on some of a name's words is worth more than this, in bits, unless it is a slip of a rarer spelling. */
export const mostWorthOf = (names: Pick<FullNames, 'words' | 'rarity'>, value: number): number =>
  Math.max(20, worthOf(names, value))
