/** Links the records of a table, without labels: encode, block, train, score, cluster. */

import { clusterRows } from './clusters.ts'
import { type Compared, encode, levelsOf, withoutValues } from './columns/encode.ts'
import { sharedInts } from './columns/shared.ts'
import { strength, usualMOf, usualSwap, usualU } from './defaults.ts'
import { fingerprint } from './fingerprint.ts'
import { makeSharedKeys } from './kernel/blocks.ts'
import { mergePatterns, mostLevels, type Patterns } from './kernel/count.ts'
import { type Crew, makeCrew } from './kernel/crew.ts'
import { type KeyPlan, planKeys } from './kernel/keys.ts'
import {
  allPairs,
  type BlockRange,
  cutRanges,
  higher,
  lower,
  mostRows,
  type Pairing,
  randomPairs,
  unique,
} from './kernel/pairs.ts'
import { makeScorer, type Rows, type Weights } from './kernel/scorer.ts'
import { type Beliefs, type Learnt, learn, ratios, tables } from './kernel/train.ts'
import { oddsBits, probabilityOf, type Terms, termsOf, weightsOf } from './kernel/weights.ts'
import type { Scored } from './kernel/work.ts'
import type { Linked, Links, Progress, Stage } from './linked.ts'
import {
  apartLevels,
  groupOf,
  groups,
  isShared,
  mostAlike,
  mostApart,
  type Relation,
  relations,
  relativesFullName,
} from './roles.ts'
import type { Table } from './table.ts'
import type { TableModel } from './table-model.ts'

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
const pairBudget = (size: number): number => Math.max(2_000_000, size * 8)
const candidatesLookedAt = 500_000
const randomLookedAt = 300_000
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
    const { encoded, plans } = prepareColumns(table)
    const rows = toRows(encoded, size)
    lap('encode')
    const budget = pairBudget(size) / plans.length
    const keys = await crew.run(plans.map((plan) => ({ do: 'block' as const, plan, size, budget })))
    const pairing: Pairing = { size, keys, ...(options.linkOnly && table.source && { source: table.source.codes }) }
    const ranges = cutRanges(keys, options.threads * tasksAThread)
    lap('block')
    const terms = termsOf(encoded)
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

function prepareColumns(table: Table): { encoded: Compared[]; plans: KeyPlan[] } {
  const encoded = encode(table)
  return { encoded: encoded.map(withoutValues), plans: planKeys(encoded, table.size) }
}

const radixOf = (encoded: readonly Compared[]): number[] =>
  encoded.map(({ features }) => levelsOf[features.kind].length)

function toRows(encoded: readonly Compared[], size: number): Rows {
  const stride = encoded.length
  const codes = sharedInts(size * stride)
  for (const [k, column] of encoded.entries())
    for (let row = 0; row < size; row += 1) codes[row * stride + k] = column.codes[row] ?? 0
  return { codes, stride }
}

async function train(
  crew: Crew,
  encoded: readonly Compared[],
  rows: Rows,
  pairing: Pairing,
  terms: Terms,
  ranges: readonly BlockRange[],
  fixed: TableModel | undefined,
): Promise<TableModel> {
  const kinds = encoded.map(({ features }) => features.kind)
  const beliefs: Beliefs = {
    m: encoded.map(({ name, features }) => usualMOf(name, features.kind)),
    u: kinds.map((kind) => usualU[kind]),
    strength,
    swap: usualSwap,
    exact: terms.exact,
    setM: encoded.map(({ name }) => setByHand(fixed, name, 'm')),
    setU: encoded.map(({ name }) => setByHand(fixed, name, 'u')),
    shared: relations.map((relation) => encoded.map(({ name }) => isShared(relation, groupOf(name)))),
    mostAlike: encoded.map(({ name }) => mostAlike(name)),
    mostApart: encoded.map(({ name }) => mostApart(name)),
    apartLevels: encoded.map(({ name }) => apartLevels(name)),
    relatives: encoded.map(({ name }) => (name === 'fullName' ? relativesFullName : undefined)),
  }
  const start = {
    weights: tables(beliefs.m.map(toFloats), beliefs.u.map(toFloats)),
    related: [],
    prior: -10,
    relatedPrior: [],
    swap: Math.log2(usualSwap),
  }
  const brief = (typical: readonly Float64Array[]): void =>
    crew.brief({ rows, radix: radixOf(encoded), pairing, weights: weightsOf(encoded, { ...start, typical }, terms) })
  const count = async (pairs: Float64Array, scale: number): Promise<Patterns> => {
    const chunk = Math.ceil(pairs.length / 8) + 1
    const tasks = Array.from({ length: 8 }, (_, i) => pairs.slice(i * chunk, (i + 1) * chunk))
    return mergePatterns(await crew.run(tasks.map((part) => ({ do: 'count' as const, pairs: part }))), scale)
  }
  brief([])
  const random = await count(randomPairs(pairing, randomLookedAt), 1)
  const typical = typicalWorth(random, beliefs)
  brief(typical)
  const candidates = pairing.keys.reduce((sum, { report }) => sum + report.pairs, 0)
  const share = Math.min(1, candidatesLookedAt / candidates)
  const sampled = await crew.run(ranges.map((range) => ({ do: 'sample' as const, range, share })))
  const seen = await count(unique(concat(sampled)), 1 / share)
  const learnt = learn(seen, random, allPairs(pairing), beliefs, pairing.size * 0.1)
  return toModel(encoded, learnt, typical, pairing.size, candidates)
}

const setByHand = (model: TableModel | undefined, name: string, share: 'm' | 'u'): (number | undefined)[] =>
  model?.comparisons
    .find((one) => one.name === name)
    ?.levels.map((level) => (level.fixed ? level[share] : undefined)) ?? []

const toFloats = (shares: readonly number[]): Float64Array => Float64Array.from(shares)

/**
 * What the words agreed on are worth on average. Two people agree on words of share f with the odds f, one person's records whatever f:
 * the mean over matches of f is one over the mean over two people of 1 / f.
 */
function typicalWorth({ levels, width, count, worth }: Patterns, beliefs: Beliefs): Float64Array[] {
  return beliefs.u.map((usual, k) => {
    const seen = new Float64Array(usual.length)
    for (let index = 0; index < count.length; index += 1) {
      const level = levels[index * (width + 1) + k] ?? -1
      if (level >= 0) seen[level] = (seen[level] ?? 0) + (count[index] ?? 0)
    }
    // A level that no random pair showed is believed to be as rare as usual.
    return seen.map((pairs, level) =>
      level === 0 ? 0 : Math.log2(((worth[k * mostLevels + level] ?? 0) + 1) / (pairs + (usual[level] ?? 1))),
    )
  })
}

function toModel(
  encoded: readonly Compared[],
  learnt: Learnt,
  typical: readonly Float64Array[],
  records: number,
  pairs: number,
): TableModel {
  const comparisons = encoded.map(({ name, features }, k) => ({
    name,
    levels: levelsOf[features.kind].map((level, index) => ({
      name: level,
      m: learnt.m[k]?.[index] ?? 0,
      u: learnt.u[k]?.[index] ?? 0,
      typical: typical[k]?.[index] ?? 0,
      household: learnt.related[0]?.[k]?.[index] ?? 0,
      place: learnt.related[1]?.[k]?.[index] ?? 0,
      namesakes: learnt.related[2]?.[k]?.[index] ?? 0,
    })),
    termFrequency: true,
  }))
  const { iterations, converged, matches, lambda, swap } = learnt
  const [household = 0, place = 0, namesakes = 0] = learnt.relatedShare
  const content = { prior: lambda, household, place, namesakes, swap, comparisons }
  return {
    version: fingerprint(JSON.stringify(content)),
    ...content,
    training: { records, pairs, iterations, converged, expectedMatches: matches },
  }
}

function weightsFrom(model: TableModel, encoded: readonly Compared[], terms: Terms): Weights {
  const shares = (part: 'm' | 'u' | 'typical' | Relation): Float64Array[] =>
    encoded.map(({ name }) =>
      toFloats(model.comparisons.find((one) => one.name === name)?.levels.map((level) => level[part]) ?? []),
    )
  const u = shares('u')
  return weightsOf(
    encoded,
    {
      weights: tables(shares('m'), u),
      related: relations.map((relation) => ratios(shares(relation), u)),
      prior: oddsBits(model.prior),
      relatedPrior: relations.map((relation) => Math.log2(Math.max(1e-12, model[relation]))),
      swap: Math.log2(model.swap),
      typical: shares('typical'),
    },
    terms,
  )
}

function concat(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

/** All pairs once, by the rows; and how many each key was the first to find. */
function join(
  parts: readonly Scored[],
  ranges: readonly BlockRange[],
  keys: number,
): { links: Links; fresh: Float64Array } {
  const first = new Map<number, number>()
  const fresh = new Float64Array(keys)
  for (const [index, part] of parts.entries())
    for (const [i, pair] of part.pairs.entries()) {
      if (first.has(pair)) continue
      first.set(pair, part.weights[i] ?? 0)
      const key = ranges[index]?.key ?? 0
      fresh[key] = (fresh[key] ?? 0) + 1
    }
  const pairs = Float64Array.from(first.keys()).sort()
  const links = {
    a: Int32Array.from(pairs, lower),
    b: Int32Array.from(pairs, higher),
    weight: Float32Array.from(pairs, (pair) => first.get(pair) ?? 0),
  }
  return { links, fresh }
}

function within({ a, b, weight }: Links, clusters: Int32Array, least: number): Links {
  const kept = Int32Array.from(a.keys()).filter(
    (i) => (weight[i] ?? 0) >= least && clusters[a[i] ?? 0] === clusters[b[i] ?? 0],
  )
  return {
    a: kept.map((i) => a[i] ?? 0),
    b: kept.map((i) => b[i] ?? 0),
    weight: Float32Array.from(kept, (i) => weight[i] ?? 0),
  }
}

function explainPair(encoded: readonly Compared[], rows: Rows, weights: Weights, a: number, b: number) {
  const scorer = makeScorer(rows, weights)
  const into = new Int8Array(encoded.length + 1)
  const rarity = new Float64Array(groups.length)
  const worth = new Map<number, number>()
  scorer.levels(a, b, into, rarity, (k, level, bits) => level > 0 && worth.set(k, bits))
  const weight = scorer.weigh(a, b, Number.NEGATIVE_INFINITY)
  const parts = encoded.map(({ name, features }, k) => {
    const level = into[k] ?? -1
    const comparison = weights.comparisons[k]
    const code = rows.codes[a * rows.stride + k] ?? 0
    const own = level === 0 ? (comparison?.exact[code] ?? 0) : (comparison?.weights[level] ?? 0)
    const bits = level < 0 ? 0 : own + (worth.get(k) ?? 0) - (worth.has(k) ? (comparison?.typical[level] ?? 0) : 0)
    return { on: name, level: level < 0 ? 'missing' : (levelsOf[features.kind][level] ?? ''), weight: bits }
  })
  return {
    prior: weights.prior,
    parts,
    related: scorer.related(into, rarity),
    swapped: into[encoded.length] === 1,
    weight,
    probability: probabilityOf(weight),
  }
}
