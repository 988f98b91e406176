/** How good an answer is, beside a truth: figures over pairs of records. */
import type { Links } from './linked.ts'

/** Of each record the person it belongs to, as a number; -1 where nobody knows, and then the record counts for nothing. */
export type Truth = Int32Array

export type PairQuality = {
  /** Pairs that are one person, pairs that were said to be, and those that are both. */
  readonly truePairs: number
  readonly foundPairs: number
  readonly correct: number
  /** From 0 to 1; undefined where there is nothing to divide by. */
  readonly precision: number | undefined
  readonly recall: number | undefined
  readonly f1: number | undefined
}

const share = (part: number, whole: number): number | undefined => (whole > 0 ? part / whole : undefined)

const qualityOf = (truePairs: number, foundPairs: number, correct: number): PairQuality => ({
  truePairs,
  foundPairs,
  correct,
  precision: share(correct, foundPairs),
  recall: share(correct, truePairs),
  f1: share(2 * correct, truePairs + foundPairs),
})

/** Pairs within clusters, counted from the contingency of clusters and people rather than pair by pair. */
export function qualityOfClusters(clusters: Int32Array, truth: Truth): PairQuality {
  const known = rowsOf(truth)
  const cell = new Float64Array(known.length)
  const people = truth.reduce((most, person) => Math.max(most, person), 0) + 1
  // Whole numbers below 2^53 for any file of fewer than 90 million records.
  known.forEach((row, at) => {
    cell[at] = (clusters[row] ?? 0) * people + (truth[row] ?? 0)
  })
  const pairs = (values: Float64Array) => pairsOfEqual(values)
  return qualityOf(
    pairs(Float64Array.from(known, (row) => truth[row] ?? 0)),
    pairs(Float64Array.from(known, (row) => clusters[row] ?? 0)),
    pairs(cell),
  )
}

/** Links between two lists: `source` tells which list a record stands in, and only pairs across lists count. */
export function qualityOfLinks({ a, b }: Pick<Links, 'a' | 'b'>, truth: Truth, source: Int32Array): PairQuality {
  let found = 0
  let correct = 0
  for (let at = 0; at < a.length; at += 1) {
    const left = truth[a[at] ?? 0] ?? -1
    const right = truth[b[at] ?? 0] ?? -1
    if (left < 0 || right < 0) continue
    found += 1
    if (left === right) correct += 1
  }
  return qualityOf(truePairsAcross(truth, source), found, correct)
}

/** Pairs of records of one person that stand in different lists. */
function truePairsAcross(truth: Truth, source: Int32Array): number {
  const known = rowsOf(truth)
  const lists = Math.max(...new Set(source), 0) + 1
  const people = Float64Array.from(known, (row) => truth[row] ?? 0)
  const peopleInLists = Float64Array.from(known, (row) => (truth[row] ?? 0) * lists + (source[row] ?? 0))
  return pairsOfEqual(people) - pairsOfEqual(peopleInLists)
}

function rowsOf(truth: Truth): number[] {
  const rows: number[] = []
  truth.forEach((person, row) => {
    if (person >= 0) rows.push(row)
  })
  return rows
}

/** How many pairs of places hold the same value; sorts the values. */
function pairsOfEqual(values: Float64Array): number {
  values.sort()
  let pairs = 0
  let run = 0
  for (let at = 0; at < values.length; at += 1) {
    run = at > 0 && values[at] === values[at - 1] ? run + 1 : 0
    pairs += run
  }
  return pairs
}

export type BlockingRecall = {
  readonly truePairs: number
  readonly candidates: number
  readonly recall: number | undefined
}

/** More true pairs than this are not looked at one by one: the same share of each person's pairs is. */
const pairsLookedAt = 5_000_000

/**
 * The share of true pairs that were compared at all: what blocking misses no model can find. `isCandidate` says whether two rows
 * share a key. Pairs of people with very many records are taken at even steps.
 */
export function blockingRecall(
  truth: Truth,
  isCandidate: (a: number, b: number) => boolean,
  source?: Int32Array,
): BlockingRecall {
  let truePairs = 0
  let candidates = 0
  forTruePairs(truth, source, (a, b) => {
    truePairs += 1
    if (isCandidate(a, b)) candidates += 1
  })
  return { truePairs, candidates, recall: share(candidates, truePairs) }
}

/** Calls with the true pairs, `a` before `b`; all, or evenly spaced ones where there are too many to look at. */
export function forTruePairs(truth: Truth, source: Int32Array | undefined, look: (a: number, b: number) => void): void {
  const rows = rowsOf(truth).sort((left, right) => (truth[left] ?? 0) - (truth[right] ?? 0) || left - right)
  const all = pairsOfEqual(Float64Array.from(rows, (row) => truth[row] ?? 0))
  const step = Math.max(1, Math.ceil(all / pairsLookedAt))
  let number = 0
  for (let from = 0; from < rows.length; ) {
    const person = truth[rows[from] ?? 0]
    let to = from + 1
    while (to < rows.length && truth[rows[to] ?? 0] === person) to += 1
    for (let left = from; left < to; left += 1)
      for (let right = left + 1; right < to; right += 1) {
        number += 1
        const a = rows[left] ?? 0
        const b = rows[right] ?? 0
        if (number % step === 0 && (source === undefined || source[a] !== source[b])) look(a, b)
      }
    from = to
  }
}

export const probabilityOf = (weight: number): number => 1 / (1 + 2 ** -weight)

export type ReliabilityBin = {
  /** Probabilities from `from` up to, not including, `to`. */
  readonly from: number
  readonly to: number
  readonly pairs: number
  readonly correct: number
  /** What the model said on average, and what came true. */
  readonly said: number
  readonly true: number
}

/** Edges that show the ends, where most pairs lie. */
const edges = [0, 0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.000_001]

/** Of the pairs scored: the share that is true, for each range of probabilities; ranges without a pair are left out. */
export function reliability({ a, b, weight }: Links, truth: Truth): ReliabilityBin[] {
  const bins = edges.slice(1).map((to, at) => ({ from: edges[at] ?? 0, to, pairs: 0, correct: 0, sum: 0 }))
  for (let at = 0; at < a.length; at += 1) {
    const left = truth[a[at] ?? 0] ?? -1
    const right = truth[b[at] ?? 0] ?? -1
    if (left < 0 || right < 0) continue
    const probability = probabilityOf(weight[at] ?? 0)
    const bin = bins.find(({ to }) => probability < to)
    if (!bin) continue
    bin.pairs += 1
    bin.sum += probability
    if (left === right) bin.correct += 1
  }
  return bins
    .filter(({ pairs }) => pairs > 0)
    .map(({ from, to, pairs, correct, sum }) => ({
      from,
      to: Math.min(to, 1),
      pairs,
      correct,
      said: sum / pairs,
      true: correct / pairs,
    }))
}

export type CurvePoint = { readonly weight: number; readonly precision: number; readonly recall: number }

/** Precision and recall of the scored pairs at falling thresholds; at most `points` of them. `truePairs` counts missed ones too. */
export function precisionRecall({ a, b, weight }: Links, truth: Truth, truePairs: number, points = 200): CurvePoint[] {
  const order = Array.from(a.keys())
    .filter((at) => (truth[a[at] ?? 0] ?? -1) >= 0 && (truth[b[at] ?? 0] ?? -1) >= 0)
    .sort((left, right) => (weight[right] ?? 0) - (weight[left] ?? 0))
  const curve: CurvePoint[] = []
  const step = Math.max(1, Math.floor(order.length / points))
  let correct = 0
  let due = 0
  for (const [rank, at] of order.entries()) {
    if (truth[a[at] ?? 0] === truth[b[at] ?? 0]) correct += 1
    // Pairs of one weight are accepted together or not at all.
    const isLastOfTie = weight[at] !== weight[order[rank + 1] ?? -1]
    if (!isLastOfTie || (rank < due && rank + 1 < order.length)) continue
    due = rank + step
    curve.push({
      weight: weight[at] ?? 0,
      precision: correct / (rank + 1),
      recall: truePairs > 0 ? correct / truePairs : 0,
    })
  }
  return curve
}
