/** Links the records of a table, without labels: encode, block, train, score, cluster. */
import { clusterRows } from './clusters.ts'
import { type Compared, comparedOf, type Encoded, encode } from './columns/encode.ts'
import { sharedInts } from './columns/shared.ts'
import { explainPair } from './explanation.ts'
import { makeSharedKeys } from './kernel/blocks.ts'
import { makeCrew } from './kernel/crew.ts'
import { type KeyPlan, planKeys } from './kernel/keys.ts'
import { cutRanges, mostRows, type Pairing } from './kernel/pairs.ts'
import { makeScorer, type Rows } from './kernel/scorer.ts'
import { oddsBits, type Terms, termsOf } from './kernel/weights.ts'
import type { Linked, Progress, Stage } from './linked.ts'
import { join, within } from './links.ts'
import type { TableModel } from './model.ts'
import type { Table } from './table.ts'
import { radixOf, train, weightsFrom } from './training.ts'

export type Options = {
  /** A pair from this probability on is a link. */
  readonly threshold: number
  /** Two clean lists: a record has no twin in its own list; at most one in the other, or many. */
  readonly linkOnly?: 'one-to-one' | 'one-to-many'
  /** Weights from an earlier run; without one the engine trains itself. */
  readonly model?: TableModel
  /** Trains anew, but leaves the levels alone that are marked `fixed` in this model. */
  readonly fixed?: TableModel
  readonly threads: number
  readonly signal?: AbortSignal
  readonly onProgress?: Progress
}

/** Pairs below this probability are given up; those between it and the threshold are for people to look at. */
export const leastProbability = 0.01
/** Pairs that keys may bring together: all that matter of a small file, a few a record of a large one. */
const pairBudget = (size: number): number => Math.max(2_000_000, size * 5)
/** Tasks a thread; more even out, fewer cost less. */
const tasksAThread = 16
/** Smaller tables are done before a thread has started. */
const worthThreads = 20_000

export async function dedupe(table: Table, options: Options): Promise<Linked> {
  const { size } = table
  if (size >= mostRows) throw new RangeError(`A table holds fewer than ${mostRows} records.`)
  const clock = { encode: 0, block: 0, train: 0, score: 0, cluster: 0 }
  let since = performance.now()
  const lap = (stage: Stage): void => {
    clock[stage] = performance.now() - since
    since = performance.now()
    options.onProgress?.(stage, 1, 1)
  }
  const crew = makeCrew(size < worthThreads ? 1 : options.threads, options.signal)
  try {
    const { encoded, rows, terms, plans } = prepareColumns(table)
    lap('encode')
    const budget = pairBudget(size) / plans.length
    const keys = await crew.run(plans.splice(0).map((plan) => ({ do: 'block' as const, plan, size, budget })))
    const pairing: Pairing = { size, keys, ...(options.linkOnly && table.source && { source: table.source.codes }) }
    const ranges = cutRanges(keys, options.threads * tasksAThread)
    lap('block')
    const model = options.model ?? (await train(crew, encoded, rows, pairing, terms, ranges, options.fixed))
    lap('train')
    const weights = weightsFrom(model, encoded, terms)
    crew.brief({ rows, weights, radix: radixOf(encoded), pairing })
    const least = oddsBits(Math.min(leastProbability, options.threshold))
    const parts = await crew.run(
      ranges.map((range) => ({ do: 'score' as const, range, least })),
      (done) => options.onProgress?.('score', done, ranges.length),
    )
    const { links: scored, fresh } = join(parts, ranges, keys.length)
    lap('score')
    const scorer = makeScorer(rows, weights)
    const lists = options.linkOnly && pairing.source && { source: pairing.source, each: options.linkOnly }
    const clusters = clusterRows(size, scored, oddsBits(options.threshold), scorer, lists)
    const links = within(scored, clusters, oddsBits(options.threshold))
    lap('cluster')
    return {
      model,
      scored,
      links,
      clusters,
      pairs: keys.reduce((sum, { report }) => sum + report.pairs, 0),
      keys: keys.map(({ report }, key) => ({ ...report, fresh: fresh[key] ?? 0 })),
      milliseconds: clock,
      sharedKeys: makeSharedKeys(keys, size),
      explain: (a, b) => explainPair(encoded, rows, weights, a, b),
    }
  } finally {
    await crew.close()
  }
}

type Prepared = { encoded: Compared[]; rows: Rows; terms: Terms; plans: KeyPlan[] }

function prepareColumns(table: Table): Prepared {
  const encoded = encode(table)
  return {
    encoded: encoded.map(comparedOf),
    rows: toRows(encoded, table.size),
    terms: termsOf(encoded),
    plans: planKeys(encoded, table.size),
  }
}

function toRows(encoded: readonly Encoded[], size: number): Rows {
  const stride = encoded.length
  const codes = sharedInts(size * stride)
  for (const [k, column] of encoded.entries())
    for (let row = 0; row < size; row += 1) codes[row * stride + k] = column.codes[row] ?? 0
  return { codes, stride }
}
