/** Places, occupations and any other words as the kernel compares them. */
import { foldWord, toLatin } from '../../names/fold.ts'
import { isSlip, lengthOf, packTexts, similarity, type Texts } from './texts.ts'
import { overlap, type WordSets, wordSets } from './word-sets.ts'

export const textLevels = ['exact', 'similar', 'part', 'else'] as const
export type PlainTexts = { readonly kind: 'text'; readonly texts: Texts; readonly sets: WordSets }

export const foldText = (written: string): string =>
  written
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}]+|\p{Nd}+/gu)
    ?.map((word) => (/^\p{Nd}/u.test(word) ? word : toLatin(foldWord(word)) || word))
    .join(' ') ?? ''

export const textFeatures = (values: readonly string[]): PlainTexts => ({
  kind: 'text',
  texts: packTexts(values.map((value) => value.replaceAll(' ', ''))),
  sets: wordSets(values),
})

export function compareText({ texts, sets }: PlainTexts, x: number, y: number): number {
  if (x === y) return 0
  const alike = similarity(texts, x, y, 0.88)
  if (alike >= 0.88 || (Math.min(lengthOf(texts, x), lengthOf(texts, y)) >= 4 && isSlip(texts, x, y))) return 1
  return overlap(sets, x, y) >= 0.4 ? 2 : 3
}
