/** How far two words of names agree. Allocates nothing, so that it may stand in the innermost loop. */
import { jaroWinkler } from '../jaro-winkler.ts'
import { areTwoNames, shareGroup } from './known.ts'
import { isHanWord } from './script.ts'
import { areTwo } from './two-names.ts'
import type { Word } from './word.ts'

/**
 * 4 the same word; 3 one name in another spelling, script or short form; 2 a slip of the pen; 1 an initial, on either or both
 * sides; 0 two words.
 */
export type WordLevel = 0 | 1 | 2 | 3 | 4

/** Letters alike enough for a slip of the pen when more than one letter is wrong. */
const similarFrom = 0.92
const shortest = 4

/** The level of agreement of two words. Symmetric. */
export function wordAgreement(one: Word, other: Word): WordLevel {
  if (one.text === other.text) return one.initial ? 1 : 4
  if (one.initial || other.initial) return sharesInitial(one, other) ? 1 : 0
  if (shareGroup(one.groups, other.groups)) return 3
  if (one.sound === other.sound) return soundLevel(one, other)
  if (one.consonantsOnly !== other.consonantsOnly) return consonantsAgree(one.sound, other.sound) ? 2 : 0
  // A character is half a given name: 小明 and 小红 are no slip of the pen.
  if (isHanWord(one.text) && isHanWord(other.text) && Math.min(one.text.length, other.text.length) < shortest) return 0
  if (one.sound.length < shortest || other.sound.length < shortest) return 0
  const mayBeText = mayBeSlip(one.text, one.letters, other.text, other.letters)
  const mayBeSound = mayBeSlip(one.sound, one.sounds, other.sound, other.sounds)
  if (!mayBeText && !mayBeSound) return 0
  if (areTwoNames(one.groups, other.groups)) return mayBeText && mayBeMistyped(one.text, other.text) ? 2 : 0
  const isAlike = (mayBeText && isSlip(one.text, other.text)) || (mayBeSound && isSlip(one.sound, other.sound))
  return isAlike && !areSexedPair(one.text, other.text) ? 2 : 0
}

/** How many letters one of two words may hold that the other has not, for each to be a slip of the other; more in long words. */
const strayLetters = 4
const longWord = 12

/** A bound that costs next to nothing: false when two words are surely no slip of each other. */
const mayBeSlip = (one: string, letters: number, other: string, others: number): boolean =>
  Math.abs(one.length - other.length) <= 2 && (bitsOf(letters ^ others) <= strayLetters || one.length > longWord)

/** How many letters stand in one of two masks only. */
export const strayBetween = (one: number, other: number): number => bitsOf(one ^ other)

function bitsOf(mask: number): number {
  let bits = mask - ((mask >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return Math.imul((bits + (bits >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

const sharesInitial = (one: Word, other: Word): boolean =>
  one.text.charCodeAt(0) === other.text.charCodeAt(0) || one.sound.charCodeAt(0) === other.sound.charCodeAt(0)

/** Words of one sound: another spelling, but of two names in characters or without vowels only a guess that they are one. */
function soundLevel(one: Word, other: Word): WordLevel {
  if (one.consonantsOnly && other.consonantsOnly) return one.sound.length >= 3 ? 3 : 0
  if (isHanWord(one.text) && isHanWord(other.text)) return 2
  return one.sound.length >= 2 ? 3 : 0
}

/** One letter wrong, missing or too many, two neighbours swapped; or a long word with two such slips. */
const isSlip = (one: string, other: string): boolean =>
  isOneSlip(one, other) || (Math.abs(one.length - other.length) <= 2 && jaroWinkler(one, other) >= similarFrom)

/** Two different words that are one typing error apart. */
function isOneSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  const longer = long.length - short.length
  if (longer > 1) return false
  const start = sharedStart(short, long)
  const end = sharedEnd(short, long, start)
  const left = short.length - start - end
  if (longer === 1) return left === 0
  return left === 1 || (left === 2 && isSwapped(short, long, start))
}

function sharedStart(short: string, long: string): number {
  let start = 0
  while (start < short.length && short.charCodeAt(start) === long.charCodeAt(start)) start += 1
  return start
}

/** Letters at the end, those of the shared start left out. */
function sharedEnd(short: string, long: string, start: number): number {
  let end = 0
  const most = short.length - start
  while (end < most && short.charCodeAt(short.length - 1 - end) === long.charCodeAt(long.length - 1 - end)) end += 1
  return end
}

const isSwapped = (one: string, other: string, at: number): boolean =>
  one.charCodeAt(at) === other.charCodeAt(at + 1) && one.charCodeAt(at + 1) === other.charCodeAt(at)

function mayBeMistyped(one: string, other: string): boolean {
  if (!isOneSlip(one, other) || areSexedPair(one, other)) return false
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  const start = sharedStart(short, long)
  const end = sharedEnd(short, long, start)
  return !areTwo(short.length, long.length, start, end, long.charCodeAt(long.length - 1))
}

/** Arabic script against Latin: only the consonants can be compared, and two of them prove nothing. */
function consonantsAgree(one: string, other: string): boolean {
  let left = nextConsonant(one, 0)
  let right = nextConsonant(other, 0)
  let agreed = 0
  while (left < one.length && right < other.length) {
    if (one.charCodeAt(left) !== other.charCodeAt(right)) return false
    agreed += 1
    left = nextConsonant(one, afterRun(one, left))
    right = nextConsonant(other, afterRun(other, right))
  }
  return agreed >= 3 && left >= one.length && right >= other.length
}

function nextConsonant(sound: string, from: number): number {
  let at = from
  while (at < sound.length && 'aeiouhv'.includes(sound.charAt(at))) at += 1
  return at
}

/** The place behind a consonant and its repetitions, vowels between them set aside. */
function afterRun(sound: string, from: number): number {
  const code = sound.charCodeAt(from)
  let at = from + 1
  let next = nextConsonant(sound, at)
  while (next < sound.length && sound.charCodeAt(next) === code) {
    at = next + 1
    next = nextConsonant(sound, at)
  }
  return at
}

/** Beginnings by which brother and sister, or father and daughter, are told apart: Otieno and Atieno, Wafula and Nafula, Kiprono and Cherono. */
const sexedBeginnings: readonly (readonly [readonly string[], readonly string[]])[] = [
  [['o'], ['a']],
  [['w'], ['n']],
  [
    ['kip', 'ki'],
    ['chep', 'jep', 'che', 'je'],
  ],
]

function areSexedPair(one: string, other: string): boolean {
  for (const [his, hers] of sexedBeginnings)
    if (stemsMeet(one, his, other, hers) || stemsMeet(other, his, one, hers)) return true
  return false
}

function stemsMeet(one: string, his: readonly string[], other: string, hers: readonly string[]): boolean {
  for (const mine of his) {
    if (!one.startsWith(mine)) continue
    for (const theirs of hers) {
      const stem = one.length - mine.length
      if (stem < 3 || other.length - theirs.length !== stem || !other.startsWith(theirs)) continue
      if (endsAlike(one, other, stem)) return true
    }
  }
  return false
}

function endsAlike(one: string, other: string, length: number): boolean {
  for (let back = 1; back <= length; back += 1)
    if (one.charCodeAt(one.length - back) !== other.charCodeAt(other.length - back)) return false
  return true
}
