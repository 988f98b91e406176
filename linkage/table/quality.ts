/** How good an answer is, beside a truth: figures over pairs of records. */
import { probabilityOf } from './kernel/weights.ts'
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
  const rows = rowsOf(truth)
  return qualityOf(pairsOfEqual(rows, truth), pairsOfEqual(rows, clusters), pairsOfBoth(rows, clusters, truth))
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
  const rows = rowsOf(truth)
  return pairsOfEqual(rows, truth) - pairsOfBoth(rows, truth, source)
}

/** Rows whose person is known. */
function rowsOf(truth: Truth): Int32Array {
  const rows = new Int32Array(truth.length)
  let count = 0
  for (let row = 0; row < truth.length; row += 1) {
    if ((truth[row] ?? -1) < 0) continue
    rows[count] = row
    count += 1
  }
  return rows.subarray(0, count)
}

const largest = (values: Int32Array): number => {
  let most = -1
  for (const value of values) if (value > most) most = value
  return most
}

/** The rows by their value, and rows of one value by their number; values are whole numbers from 0. Counting, not comparing. */
function sortedBy(rows: Int32Array, values: Int32Array): Int32Array {
  const place = new Int32Array(largest(values) + 2)
  for (const row of rows) {
    const next = (values[row] ?? 0) + 1
    place[next] = (place[next] ?? 0) + 1
  }
  for (let value = 1; value < place.length; value += 1) place[value] = (place[value] ?? 0) + (place[value - 1] ?? 0)
  const sorted = new Int32Array(rows.length)
  for (const row of rows) {
    const value = values[row] ?? 0
    const at = place[value] ?? 0
    sorted[at] = row
    place[value] = at + 1
  }
  return sorted
}

/** How many pairs of the rows hold the same value. */
function pairsOfEqual(rows: Int32Array, values: Int32Array): number {
  const seen = new Int32Array(largest(values) + 1)
  let pairs = 0
  for (const row of rows) {
    const value = values[row] ?? 0
    const before = seen[value] ?? 0
    pairs += before
    seen[value] = before + 1
  }
  return pairs
}

/** How many pairs of the rows hold the same `group` and the same `value`. */
function pairsOfBoth(rows: Int32Array, group: Int32Array, value: Int32Array): number {
  const sorted = sortedBy(rows, group)
  const seen = new Int32Array(largest(value) + 1)
  let pairs = 0
  for (let from = 0; from < sorted.length; ) {
    const mine = group[sorted[from] ?? 0]
    let to = from
    for (; to < sorted.length && group[sorted[to] ?? 0] === mine; to += 1) {
      const one = value[sorted[to] ?? 0] ?? 0
      const before = seen[one] ?? 0
      pairs += before
      seen[one] = before + 1
    }
    for (; from < to; from += 1) seen[value[sorted[from] ?? 0] ?? 0] = 0
  }
  return pairs
}

export type BlockingRecall = {
  readonly truePairs: number
  readonly candidates: number
  readonly recall: number | undefined
  /** Of each key how many of the true pairs share it. */
  readonly byKey: readonly number[]
}

/** More true pairs than this are not looked at one by one: the same share of each person's pairs is. */
const pairsLookedAt = 5_000_000

/**
 * The share of true pairs that were compared at all: what blocking misses no model can find. `sharedKeys` answers which of the
 * `keys` two rows have in common. Pairs of people with very many records are taken at even steps.
 */
export function blockingRecall(
  truth: Truth,
  keys: number,
  sharedKeys: (a: number, b: number) => readonly number[],
  source?: Int32Array,
): BlockingRecall {
  const byKey: number[] = new Array(keys).fill(0)
  let truePairs = 0
  let candidates = 0
  forTruePairs(truth, source, (a, b) => {
    truePairs += 1
    const shared = sharedKeys(a, b)
    if (shared.length > 0) candidates += 1
    for (const key of shared) byKey[key] = (byKey[key] ?? 0) + 1
  })
  return { truePairs, candidates, recall: share(candidates, truePairs), byKey }
}

/** Calls with the true pairs, `a` before `b`; all, or evenly spaced ones where there are too many to look at. */
function forTruePairs(truth: Truth, source: Int32Array | undefined, look: (a: number, b: number) => void): void {
  const known = rowsOf(truth)
  const rows = sortedBy(known, truth)
  const all = pairsOfEqual(known, truth)
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
    let place = 0
    while (probability >= (edges[place + 1] ?? Number.POSITIVE_INFINITY)) place += 1
    const bin = bins[place]
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
  const right = new Float32Array(weight.length)
  const wrong = new Float32Array(weight.length)
  let [rights, wrongs] = [0, 0]
  for (let at = 0; at < weight.length; at += 1) {
    const person = truth[a[at] ?? 0] ?? -1
    const other = truth[b[at] ?? 0] ?? -1
    if (person < 0 || other < 0) continue
    if (person === other) right[rights++] = weight[at] ?? 0
    else wrong[wrongs++] = weight[at] ?? 0
  }
  // Sorted as numbers, which is quick; read from the end.
  right.subarray(0, rights).sort()
  wrong.subarray(0, wrongs).sort()
  const all = rights + wrongs
  const step = Math.max(1, Math.floor(all / points))
  const curve: CurvePoint[] = []
  let [correct, accepted, due] = [0, 0, 0]
  while (accepted < all) {
    const next = Math.max(
      correct < rights ? (right[rights - correct - 1] ?? 0) : Number.NEGATIVE_INFINITY,
      accepted - correct < wrongs ? (wrong[wrongs - accepted + correct - 1] ?? 0) : Number.NEGATIVE_INFINITY,
    )
    // Pairs of one weight are accepted together or not at all.
    let [nextRight, nextWrong] = [correct, accepted - correct]
    while (nextRight < rights && right[rights - nextRight - 1] === next) nextRight += 1
    while (nextWrong < wrongs && wrong[wrongs - nextWrong - 1] === next) nextWrong += 1
    correct = nextRight
    accepted = nextRight + nextWrong
    if (accepted <= due && accepted < all) continue
    due = accepted - 1 + step
    curve.push({
      weight: next,
      precision: correct / accepted,
      recall: truePairs > 0 ? correct / truePairs : 0,
    })
  }
  return curve
}
