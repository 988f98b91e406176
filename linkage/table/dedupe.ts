/** Links the records of a table, without labels: encode, block, train, score, cluster. */
import { clusterRows } from './clusters.ts'
import type { Compared } from './columns/encode.ts'
import { type Ints, sharedInts } from './columns/shared.ts'
import { explainPair } from './explanation.ts'
import { rangesOf } from './kernel/blocks.ts'
import { type Mate, makeCrew } from './kernel/crew.ts'
import { isEnough, type KeyPlan, planKeys } from './kernel/keys.ts'
import { cutPairs, makeSharedKeys, mostRows } from './kernel/pairs.ts'
import type { Rows } from './kernel/scorer.ts'
import { oddsBits, type Term } from './kernel/weights.ts'
import type { Linked, Progress, Stage } from './linked.ts'
import { join, within } from './links.ts'
import type { TableModel } from './model.ts'
import { type People, prepare } from './people.ts'
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
  /** Threads that are there already. */
  readonly others?: readonly Mate[]
  readonly signal?: AbortSignal
  readonly onProgress?: Progress
}

/** Pairs below this probability are given up; those between it and the threshold are for people to look at. */
export const leastProbability = 0.01
/** Pairs that keys may bring together: all that matter of a small file, a few a record of a large one. */
const pairBudget = (size: number): number => Math.max(2_000_000, size * 5)
/** Tasks that scoring is cut into for each thread; more even out, fewer cost less. */
const tasksAThread = 16
/** Smaller tables are done before a thread has started. */
const worthThreads = 20_000

export const dedupe = (table: Table, options: Options): Promise<Linked> =>
  link({ size: table.size, columns: prepare(table), ...(table.source && { source: table.source.codes }) }, options)

/** The same when the columns are prepared already. They are taken out of `people`: what is needed no longer can be freed on the way. */
export async function link(people: People, options: Options): Promise<Linked> {
  const { size } = people
  if (size >= mostRows) throw new RangeError(`A table holds fewer than ${mostRows} records.`)
  const clock = { encode: 0, block: 0, train: 0, score: 0, cluster: 0 }
  let since = performance.now()
  const lap = (stage: Stage): void => {
    clock[stage] = performance.now() - since
    since = performance.now()
    options.onProgress?.(stage, 1, 1)
  }
  const crew = makeCrew(size < worthThreads ? 1 : options.threads, options.signal, options.others)
  try {
    const { encoded, rows, terms, plans } = takeColumns(people)
    lap('encode')
    const source = options.linkOnly && people.source ? { source: people.source } : {}
    const learner = { crew, encoded, rows, terms, records: { size, ...source } }
    const budget = pairBudget(size) / plans.length
    // The surest keys are the soonest built, so they come last.
    const blocks = plans.splice(0).map((plan) => ({ do: 'block' as const, plan, size, budget }))
    const [built, start] = await Promise.all([
      crew.run(blocks.toReversed()),
      options.model ? undefined : begin(learner, options.fixed),
    ])
    const keys = built.toReversed()
    const enough = keys.map(({ report }) => isEnough(report.name, size))
    const pairing = { size, keys, enough, ...source }
    crew.brief({ pairing })
    const pairs = await crew.run(Array.from({ length: rangesOf(size) }, (_, range) => ({ do: 'list' as const, range })))
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
    // The other threads end while this one goes on.
    const closed = crew.close()
    const { links: scored, fresh } = join(found, keys.length)
    lap('score')
    const clean = options.linkOnly && people.source && { source: people.source, each: options.linkOnly }
    const clusters = clusterRows(size, scored, oddsBits(options.threshold), crew.scorer(), clean)
    const links = within(scored, clusters, oddsBits(options.threshold))
    await closed
    lap('cluster')
    return {
      model,
      scored,
      links,
      clusters,
      pairs: compared,
      keys: keys.map(({ report }, key) => ({ ...report, fresh: fresh[key] ?? 0 })),
      milliseconds: clock,
      sharedKeys: makeSharedKeys(pairing),
      explain: (a, b) => explainPair(encoded, rows, weights, a, b),
    }
  } finally {
    await crew.close()
  }
}

type Taken = {
  readonly encoded: readonly Compared[]
  readonly rows: Rows
  readonly terms: readonly Term[]
  readonly plans: KeyPlan[]
}

function takeColumns({ columns, size }: People): Taken {
  const mine = columns.splice(0)
  return {
    encoded: mine.map(({ name, features, distinct }) => ({ name, features, distinct })),
    rows: toRows(mine, size),
    terms: mine.map(({ term }) => term),
    plans: planKeys(mine, size),
  }
}

function toRows(columns: readonly { readonly codes: Ints }[], size: number): Rows {
  const stride = columns.length
  const codes = sharedInts(size * stride)
  for (const [k, column] of columns.entries())
    for (let row = 0; row < size; row += 1) codes[row * stride + k] = column.codes[row] ?? 0
  return { codes, stride }
}
