/**
 * The name in a preview: of up to three words which letters each holds, as it is written and as it sounds, and which known names it
 * may be. From two of them follows how many words may agree at most, and so the best level that the names may have.
 */
import type { Prepared } from './features.ts'
import { levels, type NameLevel } from './levels.ts'
import type { Model } from './model.ts'
import { headOf } from './names/known.ts'
import type { Token } from './names/tokens.ts'
import { strayBetween } from './names/word-level.ts'

export const nameBytes = 16
const mostWords = 3

/** `unknown`: several names, or more words than there is room for; they may agree with anything. */
export type NameGlimpse =
  | 'none'
  | 'unknown'
  | { readonly words: readonly WordGlimpse[] /** Words that may not be left out. */; readonly required: number }

type WordGlimpse = {
  readonly letters: number
  readonly sounds: number
  readonly known: number
  /** Letters by which another word may differ and still be a slip of this one. */
  readonly stray: number
}

/** What `packName` answers for names that may agree with anything. */
const unknown = { head: 7, words: [0, 0, 0, 0] }

/** `head`: five bits. `words`: four words of 32 bits. */
export function packName({ names }: Prepared): { head: number; words: readonly number[] } {
  const [name, second] = names
  if (!name) return { head: 0, words: [0, 0, 0, 0] }
  if (second || name.tokens.length > mostWords || name.tokens.some((token) => token.joined)) return unknown
  const packed = [0, 0, 0, 0]
  for (const [nth, token] of name.tokens.entries()) {
    // An initial, and consonants alone, may stand for many words.
    if (token.initial || token.consonantsOnly) continue
    packed[nth] = fold(token.letters) | (fold(token.sounds) << 16)
    packed[3] = (packed[3] ?? 0) | ((knownAs(token) | (lengthOf(token) << 8)) << (nth * 10))
  }
  return { head: name.tokens.length | (name.required << 3), words: packed }
}

/** Reads what `packName` gave, the four words from an offset on. */
export function readName(head: number, words: DataView, at: number): NameGlimpse {
  const count = head & 7
  if (count === 0) return 'none'
  if (count > mostWords) return 'unknown'
  const kinds = words.getUint32(at + 12)
  const read: WordGlimpse[] = []
  for (let nth = 0; nth < count; nth += 1) {
    const word = words.getUint32(at + nth * 4)
    const kind = (kinds >>> (nth * 10)) & 1023
    read.push({ letters: word & 0xffff, sounds: word >>> 16, known: kind & 255, stray: strays[kind >>> 8] ?? any })
  }
  return { words: read, required: head >>> 3 }
}

/** Letters are kept in sixteen classes, a bit each: words in which they differ differ in at least as many letters. */
const classes = 'ay iz nq k m o u e r hx td wvf gj lp sc b'.split(' ')
const classOf = Array.from({ length: 32 }, (_, code) => {
  const place = classes.findIndex((letters) => letters.includes(String.fromCharCode(code + 96)))
  return place < 0 ? code & 15 : place
})

/** Masks seen before; a pure function's results. */
const folded = new Map<number, number>()
const mostFolded = 50_000
function fold(letters: number): number {
  const before = folded.get(letters)
  if (before !== undefined) return before
  let mask = 0
  for (let bit = 0; bit < 32; bit += 1) if ((letters >>> bit) & 1) mask |= 1 << (classOf[bit] ?? 0)
  if (folded.size >= mostFolded) folded.clear()
  folded.set(letters, mask)
  return mask
}

/** Names that the tables say it may be, a bit each: words that share one share a bit. */
function knownAs({ groups }: Token): number {
  let mask = 0
  for (const group of groups) {
    let hash = 0
    for (const letter of headOf(group)) hash = (Math.imul(hash, 31) + (letter.codePointAt(0) ?? 0)) | 0
    mask |= 1 << ((hash ^ (hash >>> 7)) & 7)
  }
  return mask
}

/**
 * By how many letters two words may differ where one is a slip of the other (`wordAgreement`): two of up to seven letters, three of up
 * to nine, four of up to twelve, as a Jaro-Winkler similarity of 0.92 and lengths two apart at most have it; any of longer ones.
 */
const any = 32
const strays = [2, 3, 4, any] as const
const lengthOf = ({ text, sound }: Token): number => {
  const length = Math.max(text.length, sound.length)
  return length < 8 ? 0 : length < 10 ? 1 : length < 13 ? 2 : 3
}
/** A word that is written in two has so many stray letters at most. */
const joinedStray = 4

const isAny = ({ letters }: WordGlimpse): boolean => letters === 0

function mayAgree(one: WordGlimpse, other: WordGlimpse): boolean {
  if (isAny(one) || isAny(other) || (one.known & other.known) !== 0) return true
  const stray = Math.max(one.stray, other.stray)
  return strayBetween(one.letters, other.letters) <= stray || strayBetween(one.sounds, other.sounds) <= stray
}

/** Words of one name that may agree with words of the other, each with one, at most. */
function mostAgreeing(a: readonly WordGlimpse[], b: readonly WordGlimpse[], nth = 0, used = 0): number {
  const word = a[nth]
  if (!word) return 0
  let best = mostAgreeing(a, b, nth + 1, used)
  for (const [place, other] of b.entries())
    if (((used >>> place) & 1) === 0 && mayAgree(word, other))
      best = Math.max(best, 1 + mostAgreeing(a, b, nth + 1, used | (1 << place)))
  return best
}

/** Whether a word of the shorter name may be two neighbours of the longer one. */
function mayBeJoined(a: readonly WordGlimpse[], b: readonly WordGlimpse[]): boolean {
  if (a.length === b.length) return false
  const [few, many] = a.length < b.length ? [a, b] : [b, a]
  return few.some((word) =>
    many.some((first, at) => {
      const second = many[at + 1]
      if (!second) return false
      if (isAny(word) || isAny(first) || isAny(second)) return true
      return strayBetween(word.sounds, first.sounds | second.sounds) <= joinedStray
    }),
  )
}

/** The most that names may weigh, by how many words may agree at most, and whether both have more that must. */
type Bounds = { readonly whole: readonly number[]; readonly contradicting: readonly number[]; readonly unknown: number }
const knownBounds = new WeakMap<Model, Bounds>()

const disagreeing: readonly NameLevel[] = ['different', 'given-differs']
const byCount: readonly (readonly NameLevel[])[] = [
  ['different'],
  [...disagreeing, 'one-agrees', 'same-1', 'one-of-more'],
  levels.name.filter((level) => !level.endsWith('-3')),
  levels.name,
]
const contradicting: readonly (readonly NameLevel[])[] = [
  ['different'],
  [...disagreeing, 'one-agrees'],
  [...disagreeing, 'one-agrees', 'two-agree'],
]

function boundsOf(model: Model): Bounds {
  const before = knownBounds.get(model)
  if (before) return before
  const most = (of: readonly NameLevel[]) => Math.max(...of.map((level) => model.weights.name[level]))
  const bounds = {
    whole: byCount.map(most),
    contradicting: contradicting.map(most),
    unknown: Math.max(0, most(levels.name)),
  }
  knownBounds.set(model, bounds)
  return bounds
}

/** The most that two names may weigh. Symmetric. */
export function bestName(model: Model, a: NameGlimpse, b: NameGlimpse): number {
  if (a === 'none' || b === 'none') return 0
  const { whole, contradicting, unknown } = boundsOf(model)
  if (a === 'unknown' || b === 'unknown' || mayBeJoined(a.words, b.words)) return unknown
  const agreeing = mostAgreeing(a.words, b.words)
  const bounds = agreeing < a.required && agreeing < b.required ? contradicting : whole
  return bounds[agreeing] ?? unknown
}
