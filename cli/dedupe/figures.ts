/** Figures beside a truth, and as lines for a terminal. */
import type { Linked } from '../../linkage/table/linked.ts'
import {
  type BlockingRecall,
  blockingRecall,
  type PairQuality,
  qualityOfClusters,
  qualityOfLinks,
  type ReliabilityBin,
  reliability,
  type Truth,
} from '../../linkage/table/quality.ts'
import { grouped } from '../progress.ts'

export type Figures = {
  readonly quality: PairQuality
  readonly blocking: BlockingRecall
  readonly bins: readonly ReliabilityBin[]
  readonly unknown: number
}

/** Over pairs within clusters; between two lists (`lists` tells which a record stands in) over the links. */
export function measure(linked: Linked, truth: Truth, unknown: number, lists: Int32Array | undefined): Figures {
  return {
    quality: lists ? qualityOfLinks(linked.links, truth, lists) : qualityOfClusters(linked.clusters, truth),
    blocking: blockingRecall(truth, linked.keys.length, linked.sharedKeys, lists),
    bins: reliability(linked.scored, truth),
    unknown,
  }
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
    `${'precision'.padEnd(width)}${ratio(quality.precision)}  (${grouped(correct)} of ${grouped(foundPairs)} ${over === 'clusters' ? 'pairs within clusters' : 'links'})`,
    `${'recall'.padEnd(width)}${ratio(quality.recall)}  (${grouped(correct)} of ${grouped(truePairs)} true pairs)`,
    `${'F1'.padEnd(width)}${ratio(quality.f1)}`,
    `${'blocking recall'.padEnd(width)}${ratio(blocking.recall)}  (${grouped(blocking.candidates)} of ${grouped(blocking.truePairs)} true pairs shared a key)`,
    'reliability of the pairs scored: what the model says, and what came true',
    `  ${'probability'.padEnd(16)}${'pairs'.padStart(10)}${'said'.padStart(10)}${'true'.padStart(10)}`,
    ...rows,
  ]
}
