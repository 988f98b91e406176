/** Identifiers, telephones and postcodes as the kernel compares them. */
import { isPacked, type Texts as Values } from '../table.ts'
import type { FoldBytes } from './recode.ts'
import { type Ints, type Letters, sharedInts } from './shared.ts'
import { isSlip, lengthOf, packBytes, packTexts, sharedPrefix, sharedSuffix, type Texts } from './texts.ts'

export const numberLevels = ['exact', 'slip', 'near', 'else'] as const
export type Numbers = {
  readonly kind: 'number'
  readonly texts: Texts
  /** The first and the last letters of each, a half word each; 0 for short ones. */
  readonly ends: Ints
}

const plain = /^[0-9A-Z]+$/

/** Letters and digits alone, upper case. Most are written so already, and a million of them need no copies. */
export const foldNumber = (written: string): string =>
  plain.test(written)
    ? written
    : written
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[^\p{L}\p{Nd}]/gu, '')

/** The last nine digits: with and without the country's code they are one telephone. */
export const foldPhone = (written: string): string => {
  const digits = written.normalize('NFKC').replace(/\D/g, '')
  return digits.length < 5 ? '' : digits.replace(/^0+/, '').slice(-9)
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39
const isLetter = (byte: number): boolean => (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a

/** What `foldNumber` does, for ASCII. */
export const foldNumberBytes: FoldBytes = (from, begin, end, to, at) => {
  let next = at
  for (let i = begin; i < end; i += 1) {
    const byte = from[i] ?? 0
    if (!isDigit(byte) && !isLetter(byte)) continue
    to[next] = isDigit(byte) ? byte : byte & ~0x20
    next += 1
  }
  return next
}

const shortestPhone = 5
const phoneDigits = 9

/** What `foldPhone` does, for ASCII. */
export const foldPhoneBytes: FoldBytes = (from, begin, end, to, at) => {
  let left = 0
  for (let i = begin; i < end; i += 1) if (isDigit(from[i] ?? 0)) left += 1
  if (left < shortestPhone) return at
  let next = at
  let isBegun = false
  for (let i = begin; i < end; i += 1) {
    const byte = from[i] ?? 0
    if (!isDigit(byte)) continue
    isBegun ||= byte !== 0x30
    if (isBegun && left <= phoneDigits) {
      to[next] = byte
      next += 1
    }
    left -= 1
  }
  return next
}

/** Letters at either end that one slip cannot both touch. */
const endLetters = 3

export function numberFeatures(values: Values): Numbers {
  const texts = isPacked(values) ? packBytes(values) : packTexts(values)
  const { letters, start } = texts
  const ends = sharedInts(start.length - 1)
  for (let i = 0; i < ends.length; i += 1) {
    const [from, to] = [start[i] ?? 0, start[i + 1] ?? 0]
    if (to - from > endLetters * 2) ends[i] = (halfWord(letters, from) << 16) | halfWord(letters, to - endLetters)
  }
  return { kind: 'number', texts, ends }
}

function halfWord(letters: Letters, from: number): number {
  let hash = 0
  for (let i = from; i < from + endLetters; i += 1) hash = (Math.imul(hash, 37) + (letters[i] ?? 0)) & 0xffff
  return hash
}

/** `slip` is one character or two neighbours swapped; `near` agrees in the first half and more, or in the last. Symmetric. */
export function compareNumber({ texts, ends }: Numbers, x: number, y: number): number {
  if (x === y) return 0
  const [one, other] = [ends[x] ?? 0, ends[y] ?? 0]
  const apart = one ^ other
  if (one !== 0 && other !== 0 && (apart & 0xffff) !== 0 && apart >>> 16 !== 0) return 3
  const length = Math.min(lengthOf(texts, x), lengthOf(texts, y))
  if (length < 3) return 3
  const start = sharedPrefix(texts, x, y)
  const end = sharedSuffix(texts, x, y)
  if (start + end + 2 >= length && isSlip(texts, x, y)) return 1
  return start * 2 > length || end * 2 > length ? 2 : 3
}
