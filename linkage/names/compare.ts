/** How far two names agree, as sets of words: order, spelling, initials, missing and joined words, and other people's names. */
import type { NameLevel } from '../levels.ts'
import { isSyllabic } from './script.ts'
import type { PreparedName, Token } from './tokens.ts'
import { joinWords, type Word } from './word.ts'
import { strayBetween, wordAgreement } from './word-level.ts'

/**
 * What a pair of words is worth: the same word, the same name in another spelling, similar letters, an initial. The low
 * bits count each kind (three bits are enough for six words), so that the best sum says what it is made of, whatever
 * the order of the words.
 */
const same = (18 << 12) | (1 << 9)
const alike = (16 << 12) | (1 << 6)
const similar = (14 << 12) | (1 << 3)
const initial = (13 << 12) | 1

type Counts = { readonly same: number; readonly alike: number; readonly similar: number; readonly initials: number }

const countsOf = (sum: number): Counts => ({
  same: (sum >> 9) & 7,
  alike: (sum >> 6) & 7,
  similar: (sum >> 3) & 7,
  initials: sum & 7,
})

/** What each level of agreement of two words is worth. */
const worth = [0, initial, similar, alike, same] as const

/** What the agreement of two words is worth; 0 when they disagree. Symmetric. */
const worthOf = (one: Word, other: Word): number => worth[wordAgreement(one, other)]

/** As `worthOf`; a word with particles before it may be written as one with them. Symmetric. */
function tokenWorth(one: Token, other: Token): number {
  const plain = worthOf(one, other)
  if (plain === same || (!one.joined && !other.joined)) return plain
  const joined = Math.max(worthOf(one.joined ?? one, other), worthOf(one, other.joined ?? other))
  return Math.max(plain, Math.min(joined, alike))
}

/** The level of agreement of two names. Symmetric. Senior and junior are two people, whatever their names say. */
export function compareNames(one: PreparedName, other: PreparedName): NameLevel {
  const level = compareTokens(one, other)
  const isFatherAndSon =
    one.generation !== undefined && other.generation !== undefined && one.generation !== other.generation
  return isFatherAndSon && level !== 'different' ? 'given-differs' : level
}

function compareTokens(one: PreparedName, other: PreparedName): NameLevel {
  const a = one.tokens
  const b = other.tokens
  const [left, right, joined] = joinSplitWords(a, b) ?? [a, b, 0]
  const found = countsOf(bestSum(left.map((token) => right.map((counterpart) => tokenWorth(token, counterpart)))))
  const counts = { ...found, alike: found.alike + joined }
  const full = counts.same + counts.alike + counts.similar
  const agreed = full + counts.initials
  if (agreed === 0) return 'different'
  // Joined words are as many words as they are written in, so each side counts its own.
  const leftOver = Math.max(0, one.required - (a.length - left.length) - (agreed - joined))
  const rightOver = Math.max(0, other.required - (b.length - right.length) - (agreed - joined))
  if (leftOver > 0 && rightOver > 0) {
    if (givenContradicts(one, other)) return 'given-differs'
    return full >= 2 ? 'two-agree' : 'one-agrees'
  }
  const isWhole = leftOver === 0 && rightOver === 0
  return levelOf(counts, isWhole, isWhole && inOrder(a, b))
}

function levelOf(counts: Counts, isWhole: boolean, inOrder: boolean): NameLevel {
  const sure = counts.same + counts.alike
  const full = sure + counts.similar
  if (full === 0) return 'one-of-more'
  if (full + counts.initials === 1) return isWhole && sure === 1 ? 'same-1' : 'one-of-more'
  if (full === 1) return 'initials'
  if (counts.similar > 0) {
    if (sure >= 2) return 'similar-3'
    return sure === 1 && (isWhole || full > 2) ? 'similar' : 'initials'
  }
  if (!isWhole || counts.initials > 0) return full > 2 ? 'part-missing-3' : 'part-missing-2'
  if (counts.alike > 0) return full > 2 ? 'alike-3' : 'alike-2'
  if (inOrder) return full > 2 ? 'same-3' : 'same-2'
  return full > 2 ? 'reordered-3' : 'reordered-2'
}

/** The same words in the same order; words that may be left out do not count. */
function inOrder(one: readonly Token[], other: readonly Token[]): boolean {
  const left = one.filter((token) => !token.optional)
  const right = other.filter((token) => !token.optional)
  return left.length === right.length && left.every((token, index) => token.text === right[index]?.text)
}

/** True when a given name stands against another given name: twins, brothers, sisters. A family name may change; this may not. */
function givenContradicts(one: PreparedName, other: PreparedName): boolean {
  const oneOut = givenIsAlone(one, other)
  const otherOut = givenIsAlone(other, one)
  return (oneOut && otherOut) || (oneOut && one.givenIsSure) || (otherOut && other.givenIsSure)
}

function givenIsAlone(one: PreparedName, other: PreparedName): boolean {
  const given = one.tokens.filter((token) => token.given)
  return (
    given.length > 0 &&
    given.every((token) => other.tokens.every((counterpart) => tokenWorth(token, counterpart) === 0))
  )
}

/**
 * The sum of the best assignment of words to words. Tries every assignment: a name has at most six words, and most pairs
 * are worth nothing.
 */
function bestSum(table: readonly (readonly number[])[]): number {
  const columns = table[0]?.length ?? 0
  const search = (row: number, used: number): number => {
    const line = table[row]
    if (!line) return 0
    let best = search(row + 1, used)
    for (let column = 0; column < columns; column += 1) {
      const value = line[column] ?? 0
      if (value === 0 || used & (1 << column)) continue
      const sum = value + search(row + 1, used | (1 << column))
      if (sum > best) best = sum
    }
    return best
  }
  return search(0, 0)
}

/**
 * When a word of one name is two neighbouring words of the other (Oun Heuane, Ounheuan), takes all three away; answers
 * what is left and how many words so agreed.
 */
function joinSplitWords(
  a: readonly Token[],
  b: readonly Token[],
): readonly [readonly Token[], readonly Token[], number] | undefined {
  if (a.length === b.length) return undefined
  const [few, many] = a.length < b.length ? [a, b] : [b, a]
  for (const [index, token] of few.entries()) {
    if (token.text.length < (isSyllabic(token.text) ? 2 : 4)) continue
    if (many.some((other) => tokenWorth(token, other) >= alike)) continue
    for (let at = 0; at + 1 < many.length; at += 1) {
      const first = many[at]
      const second = many[at + 1]
      if (!first || !second) continue
      if (!isWrittenAsOne(token, first, second)) continue
      const fewLeft = few.filter((_, place) => place !== index)
      const manyLeft = many.filter((_, place) => place !== at && place !== at + 1)
      return few === a ? [fewLeft, manyLeft, 1] : [manyLeft, fewLeft, 1]
    }
  }
  return undefined
}

/** Letters by which a word may differ from the two it is made of: Jean Luc, Janluc; more than that is another word. */
const strayLetters = 4

/** Abdi Rahman, Salah ud Din, and in characters or pinyin Wei Zhang too: a word may be two in either order. */
function isWrittenAsOne(token: Token, first: Token, second: Token): boolean {
  if (strayBetween(token.sounds, first.sounds | second.sounds) > strayLetters) return false
  const isJoined = (word: Word | null): boolean => word !== null && worthOf(token, word) >= alike
  if (isJoined(joinWords(first, second)) || isJoined(joinWords(second, first))) return true
  return second.joined !== undefined && isJoined(joinWords(first, second.joined))
}
