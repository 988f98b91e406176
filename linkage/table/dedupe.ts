/** Links the records of a table, without labels: encode, block, train, score, cluster. */
import { clusterRows } from './clusters.ts'
import { type Compared, comparedOf, type Encoded, encode } from './columns/encode.ts'
import { sharedInts } from './columns/shared.ts'
import { explainPair } from './explanation.ts'
import { makeSharedKeys } from './kernel/blocks.ts'
import { makeCrew } from './kernel/crew.ts'
import { isEnough, type KeyPlan, planKeys } from './kernel/keys.ts'
import { cutPairs, cutRows, mostRows } from './kernel/pairs.ts'
import { makeScorer, type Rows } from './kernel/scorer.ts'
import { oddsBits, type Terms, termsOf } from './kernel/weights.ts'
import type { Linked, Progress, Stage } from './linked.ts'
import { join, within } from './links.ts'
import type { TableModel } from './model.ts'
import type { Table } from './table.ts'
import { begin, radixOf, train, weightsFrom } from './training.ts'

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
/** Lists that the pairs are cut into, and tasks a thread; more even out, fewer cost less. */
const listCount = 8
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
    const source = options.linkOnly && table.source ? { source: table.source.codes } : {}
    const learner = { crew, encoded, rows, terms, records: { size, ...source } }
    const budget = pairBudget(size) / plans.length
    const [start, keys] = await Promise.all([
      options.model ? undefined : begin(learner, options.fixed),
      crew.run(plans.splice(0).map((plan) => ({ do: 'block' as const, plan, size, budget }))),
    ])
    const enough = keys.map(({ report }) => isEnough(report.name, size))
    crew.brief({ pairing: { size, keys, enough, ...source } })
    const pairs = await crew.run(cutRows(size, listCount).map((range) => ({ do: 'list' as const, rows: range })))
    crew.brief({ pairs })
    lap('block')
    const model = start ? await train(learner, start, pairs) : options.model
    lap('train')
    if (!model) throw new RangeError('There is a model, or one is trained.')
    const weights = weightsFrom(model, encoded, terms)
    crew.brief({ scoring: { rows, weights, radix: radixOf(encoded) } })
    const least = oddsBits(Math.min(leastProbability, options.threshold))
    const compared = pairs.reduce((sum, { partners }) => sum + partners.length, 0)
    const each = Math.ceil(compared / (options.threads * tasksAThread))
    const parts = pairs.flatMap((one, list) => cutPairs(one, each).map((range) => ({ ...range, list })))
    const found = await crew.run(
      parts.map((part) => ({ do: 'score' as const, part, least })),
      (done) => options.onProgress?.('score', done, parts.length),
    )
    const { links: scored, fresh } = join(found, keys.length)
    lap('score')
    const scorer = makeScorer(rows, weights)
    const clean = options.linkOnly && table.source && { source: table.source.codes, each: options.linkOnly }
    const clusters = clusterRows(size, scored, oddsBits(options.threshold), scorer, clean)
    const links = within(scored, clusters, oddsBits(options.threshold))
    lap('cluster')
    return {
      model,
      scored,
      links,
      clusters,
      pairs: compared,
      keys: keys.map(({ report }, key) => ({ ...report, fresh: fresh[key] ?? 0 })),
      milliseconds: clock,
      sharedKeys: makeSharedKeys(keys, size, enough),
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
