/** Identifiers, telephones and postcodes as the kernel compares them. */
import { type Ints, sharedInts } from './shared.ts'
import { isSlip, lengthOf, packTexts, sharedPrefix, sharedSuffix, type Texts } from './texts.ts'

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

/** Letters at either end that one slip cannot both touch. */
const endLetters = 3

export function numberFeatures(values: readonly string[]): Numbers {
  const ends = sharedInts(values.length)
  for (const [index, value] of values.entries())
    if (value.length >= endLetters * 2 + 1)
      ends[index] = (halfWord(value, 0) << 16) | halfWord(value, value.length - endLetters)
  return { kind: 'number', texts: packTexts(values), ends }
}

function halfWord(value: string, from: number): number {
  let hash = 0
  for (let i = from; i < from + endLetters; i += 1) hash = (Math.imul(hash, 37) + value.charCodeAt(i)) & 0xffff
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
