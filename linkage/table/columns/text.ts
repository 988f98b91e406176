/** Places, occupations and any other words as the kernel compares them; of other columns, figures such as an age by how far they are apart. */
import { foldWord, toLatin } from '../../names/fold.ts'
import { type Floats, sharedFloats } from './shared.ts'
import { isSlip, lengthOf, packTexts, similarity, type Texts } from './texts.ts'
import { overlap, type WordSets, wordSets } from './word-sets.ts'

export const textLevels = ['exact', 'similar', 'part', 'else'] as const
export type PlainTexts = {
  readonly kind: 'text'
  readonly texts: Texts
  readonly sets: WordSets
  /** By value the figure that it is, where figures are compared and the column holds them alone; else empty. */
  readonly figures: Floats
  /** Figures no further apart than this are similar, and those no further than the second agree in part. */
  readonly reach: readonly [number, number]
}

export const foldText = (written: string): string =>
  written
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{M}]+|\p{Nd}+/gu)
    ?.map((word) => (/^\p{Nd}/u.test(word) ? word : toLatin(foldWord(word)) || word))
    .join(' ') ?? ''

const noFigures = { figures: sharedFloats(0), reach: [0, 0] as const }

export const textFeatures = (values: readonly string[]): PlainTexts => ({
  kind: 'text',
  texts: packTexts(values.map((value) => value.replaceAll(' ', ''))),
  sets: wordSets(values),
  ...noFigures,
})

/** The same of a column that may hold figures. Codes of places and occupations hold digits too, but their neighbours are others. */
export const figureFeatures = (values: readonly string[]): PlainTexts => ({
  ...textFeatures(values),
  ...figuresOf(values),
})

/** A whole number, or one with a fraction whose point or comma folding took away; longer ones are numbers of things, not figures. */
const figure = /^(\d{1,6})(?: (\d{1,3}))?$/
/** What is no figure may be a slip of the pen; of more than this share the column is no column of figures. */
const mostOthers = 0.02

/** How far apart two figures may be, as shares of the range in which most of them lie. */
const [near, far] = [0.02, 0.08]

function figuresOf(values: readonly string[]): Pick<PlainTexts, 'figures' | 'reach'> {
  const read = values.map((value) => {
    const parts = figure.exec(value)
    return parts ? Number(`${parts[1]}.${parts[2] ?? ''}`) : Number.NaN
  })
  const known = read.filter((one) => !Number.isNaN(one)).sort((a, b) => a - b)
  if (known.length < 3 || values.length - 1 - known.length > values.length * mostOthers) return noFigures
  const at = (share: number): number => known[Math.round(share * (known.length - 1))] ?? 0
  const range = at(0.95) - at(0.05)
  const unit = known.every(Number.isInteger) ? 1 : 0
  const figures = sharedFloats(values.length)
  figures.set(read)
  return { figures, reach: [Math.max(unit, near * range), Math.max(unit, far * range)] }
}

export function compareText({ texts, sets, figures, reach }: PlainTexts, x: number, y: number): number {
  if (x === y) return 0
  if (figures.length > 0) {
    const apart = Math.abs((figures[x] ?? 0) - (figures[y] ?? 0))
    if (!Number.isNaN(apart)) return apart <= reach[0] ? 1 : apart <= reach[1] ? 2 : 3
  }
  const alike = similarity(texts, x, y, 0.88)
  if (alike >= 0.88 || (Math.min(lengthOf(texts, x), lengthOf(texts, y)) >= 4 && isSlip(texts, x, y))) return 1
  return overlap(sets, x, y) >= 0.4 ? 2 : 3
}
