/** Many short texts in one array of letters, with a mask of each one's letters that bounds how similar two can be. */
import type { Packed } from '../table.ts'
import { type Ints, type Letters, sharedInts, sharedLetters } from './shared.ts'

export type Texts = {
  readonly letters: Letters
  /** The letters of text `i` are `start[i]` to `start[i + 1]`. */
  readonly start: Ints
  /** Bit `letter % 32` is set when the text holds such a letter. */
  readonly mask: Ints
}

/** Texts keep at most so many letters: enough for a name or a street, and the similarity's buffers stay small. */
export const longest = 60

export function packTexts(texts: readonly string[]): Texts {
  const start = sharedInts(texts.length + 1)
  for (let i = 0; i < texts.length; i += 1) start[i + 1] = (start[i] ?? 0) + Math.min(longest, texts[i]?.length ?? 0)
  const letters = sharedLetters(start[texts.length] ?? 0)
  const mask = sharedInts(texts.length)
  for (let i = 0; i < texts.length; i += 1)
    mask[i] = putLetters(texts[i] ?? '', letters, start[i] ?? 0, start[i + 1] ?? 0)
  return { letters, start, mask }
}

function putLetters(text: string, letters: Letters, from: number, to: number): number {
  let mask = 0
  for (let at = from; at < to; at += 1) {
    const letter = text.charCodeAt(at - from)
    letters[at] = letter
    mask |= 1 << (letter & 31)
  }
  return mask
}

/** The same of texts that are packed already. */
export function packBytes(texts: Packed): Texts {
  const count = texts.start.length - 1
  const start = sharedInts(count + 1)
  for (let i = 0; i < count; i += 1)
    start[i + 1] = (start[i] ?? 0) + Math.min(longest, (texts.start[i + 1] ?? 0) - (texts.start[i] ?? 0))
  const letters = sharedLetters(start[count] ?? 0)
  const mask = sharedInts(count)
  for (let i = 0; i < count; i += 1) mask[i] = copyLetters(texts, i, letters, start[i] ?? 0, start[i + 1] ?? 0)
  return { letters, start, mask }
}

function copyLetters({ bytes, start }: Packed, text: number, letters: Letters, from: number, to: number): number {
  const first = (start[text] ?? 0) - from
  let mask = 0
  for (let at = from; at < to; at += 1) {
    const letter = bytes[first + at] ?? 0
    letters[at] = letter
    mask |= 1 << (letter & 31)
  }
  return mask
}

function bitsOf(mask: number): number {
  let bits = mask - ((mask >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/** How many letters (modulo 32) one text has and the other has not, both ways. */
export const strayBits = (one: number, other: number): number => bitsOf(one ^ other)

const taken = new Uint8Array(longest)
const order = new Uint16Array(longest)

/**
 * Jaro-Winkler similarity of texts `x` and `y`, prefix scale 0.1 over four letters; 0 when a look at the letters alone shows
 * that it is below `least`. Allocates nothing. Symmetric. (Winkler 1990, String Comparator Metrics.)
 */
export function similarity({ letters, start, mask }: Texts, x: number, y: number, least: number): number {
  let from = start[x] ?? 0
  let other = start[y] ?? 0
  let shorter = (start[x + 1] ?? 0) - from
  let longer = (start[y + 1] ?? 0) - other
  if (shorter > longer) {
    ;[from, other] = [other, from]
    ;[shorter, longer] = [longer, shorter]
  }
  if (shorter === 0) return 0
  // Each letter of one text that the other lacks costs at least one match.
  const [few, many] = from === start[x] ? [mask[x] ?? 0, mask[y] ?? 0] : [mask[y] ?? 0, mask[x] ?? 0]
  const most = shorter - bitsOf(few & ~many)
  const mostOfLong = Math.min(most, longer - bitsOf(many & ~few))
  if (mostOfLong <= 0) return 0
  const bound = (mostOfLong / shorter + mostOfLong / longer + 1) / 3
  if (bound + 0.4 * (1 - bound) < least) return 0
  const reach = Math.max(0, (longer >> 1) - 1)
  taken.fill(0, 0, longer)
  let matches = 0
  for (let i = 0; i < shorter; i += 1) {
    const letter = letters[from + i]
    const last = Math.min(longer - 1, i + reach)
    for (let j = Math.max(0, i - reach); j <= last; j += 1) {
      if (taken[j] === 0 && letters[other + j] === letter) {
        taken[j] = 1
        order[matches] = letter ?? 0
        matches += 1
        break
      }
    }
  }
  if (matches === 0) return 0
  let moved = 0
  let next = 0
  for (let j = 0; j < longer; j += 1) {
    if (taken[j] !== 1) continue
    if (letters[other + j] !== order[next]) moved += 1
    next += 1
  }
  const jaro = (matches / shorter + matches / longer + (matches - moved / 2) / matches) / 3
  let prefix = 0
  while (prefix < 4 && prefix < shorter && letters[from + prefix] === letters[other + prefix]) prefix += 1
  return jaro + prefix * 0.1 * (1 - jaro)
}

/** True when two different texts are one slip apart: a letter wrong, missing or too many, or two neighbours swapped. */
export function isSlip({ letters, start }: Texts, x: number, y: number): boolean {
  let a = start[x] ?? 0
  let b = start[y] ?? 0
  let aEnd = start[x + 1] ?? 0
  let bEnd = start[y + 1] ?? 0
  const gap = aEnd - a - (bEnd - b)
  if (gap > 1 || gap < -1) return false
  while (a < aEnd && b < bEnd && letters[a] === letters[b]) {
    a += 1
    b += 1
  }
  while (a < aEnd && b < bEnd && letters[aEnd - 1] === letters[bEnd - 1]) {
    aEnd -= 1
    bEnd -= 1
  }
  const left = aEnd - a
  const right = bEnd - b
  if (left <= 1 && right <= 1) return true
  return left === 2 && right === 2 && letters[a] === letters[b + 1] && letters[a + 1] === letters[b]
}

/** How many letters two texts begin with in common. */
export function sharedPrefix({ letters, start }: Texts, x: number, y: number): number {
  const a = start[x] ?? 0
  const b = start[y] ?? 0
  const most = Math.min((start[x + 1] ?? 0) - a, (start[y + 1] ?? 0) - b)
  let shared = 0
  while (shared < most && letters[a + shared] === letters[b + shared]) shared += 1
  return shared
}

/** How many letters two texts end with in common. */
export function sharedSuffix({ letters, start }: Texts, x: number, y: number): number {
  const a = start[x + 1] ?? 0
  const b = start[y + 1] ?? 0
  const most = Math.min(a - (start[x] ?? 0), b - (start[y] ?? 0))
  let shared = 0
  while (shared < most && letters[a - 1 - shared] === letters[b - 1 - shared]) shared += 1
  return shared
}

export const lengthOf = ({ start }: Texts, x: number): number => (start[x + 1] ?? 0) - (start[x] ?? 0)
