/** Figures beside a truth, as lines for a terminal. */
import type { BlockingRecall, PairQuality, ReliabilityBin } from '../../linkage/quality.ts'
import { grouped } from '../progress.ts'

export type Figures = {
  readonly quality: PairQuality
  readonly blocking: BlockingRecall
  readonly bins: readonly ReliabilityBin[]
  readonly unknown: number
}

export const ratio = (value: number | undefined): string => (value === undefined ? 'n/a' : value.toFixed(4))

export function figureLines({ quality, blocking, bins }: Figures, over: 'clusters' | 'links'): string[] {
  const { truePairs, foundPairs, correct } = quality
  const width = 22
  const rows = bins.map(
    (bin) =>
      `  ${`${bin.from} - ${bin.to}`.padEnd(16)}${grouped(bin.pairs).padStart(10)}${bin.said.toFixed(4).padStart(10)}${bin.true.toFixed(4).padStart(10)}`,
  )
  return [
    `${'precision'.padEnd(width)}${ratio(quality.precision)}  (${grouped(correct)} of ${grouped(foundPairs)} pairs within ${over})`,
    `${'recall'.padEnd(width)}${ratio(quality.recall)}  (${grouped(correct)} of ${grouped(truePairs)} true pairs)`,
    `${'F1'.padEnd(width)}${ratio(quality.f1)}`,
    `${'blocking recall'.padEnd(width)}${ratio(blocking.recall)}  (${grouped(blocking.candidates)} of ${grouped(blocking.truePairs)} true pairs shared a key)`,
    'reliability of the pairs scored: what the model says, and what came true',
    `  ${'probability'.padEnd(16)}${'pairs'.padStart(10)}${'said'.padStart(10)}${'true'.padStart(10)}`,
    ...rows,
  ]
}
