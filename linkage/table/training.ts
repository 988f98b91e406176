/** Trains a model on the table itself, and turns models into the weights that the kernel adds up. */

import { fingerprint } from '../fingerprint.ts'
import { leastChance, strength, usualMOf, usualSwap, usualU } from './beliefs.ts'
import type { Compared } from './columns/encode.ts'
import { levelsOf } from './columns/features.ts'
import { mergePatterns, mostLevels, type Patterns } from './kernel/count.ts'
import type { Crew } from './kernel/crew.ts'
import { allPairs, type BlockRange, type Pairing, randomPairs, unique } from './kernel/pairs.ts'
import type { Rows, Weights } from './kernel/scorer.ts'
import { type Beliefs, type Learnt, learn, ratios, tables } from './kernel/train.ts'
import { oddsBits, type Terms, weightsOf } from './kernel/weights.ts'
import type { TableModel } from './model.ts'
import {
  apartLevels,
  groupOf,
  isShared,
  mostAlike,
  mostApart,
  type Relation,
  relations,
  relativesFullName,
} from './roles.ts'

/** How many pairs training looks at: of a large table a smaller part, because its matches are many all the same. */
const lookedAt = (size: number) =>
  size > 200_000 ? { candidates: 400_000, random: 200_000 } : { candidates: 1_000_000, random: 400_000 }

export async function train(
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
    drawn: kinds.map((kind) => kind === 'fullName'),
    leastChance: kinds.map((kind) => leastChance[kind] ?? 0),
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
  const most = lookedAt(pairing.size)
  brief([])
  const random = await count(randomPairs(pairing, most.random), 1)
  const typical = typicalWorth(random, beliefs)
  brief(typical)
  const candidates = pairing.keys.reduce((sum, { report }) => sum + report.pairs, 0)
  const share = Math.min(1, most.candidates / candidates)
  const sampled = await crew.run(ranges.map((range) => ({ do: 'sample' as const, range, share })))
  const seen = await count(unique(concat(sampled)), 1 / share)
  const learnt = learn(seen, random, Math.max(1, allPairs(pairing)), beliefs, pairing.size * 0.1)
  return toModel(encoded, learnt, typical, pairing.size, candidates)
}

const setByHand = (model: TableModel | undefined, name: string, share: 'm' | 'u'): (number | undefined)[] =>
  model?.comparisons
    .find((one) => one.name === name)
    ?.levels.map((level) => (level.fixed ? level[share] : undefined)) ?? []

const toFloats = (shares: readonly number[]): Float64Array => Float64Array.from(shares)

function concat(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}

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

export const radixOf = (encoded: readonly Compared[]): number[] =>
  encoded.map(({ features }) => levelsOf[features.kind].length)

/** A column that the model does not know weighs nothing. */
export function weightsFrom(model: TableModel, encoded: readonly Compared[], terms: Terms): Weights {
  const known = encoded.map(({ name }) => model.comparisons.find((one) => one.name === name))
  const shares = (part: 'm' | 'u' | 'typical' | Relation, unknown: number): Float64Array[] =>
    known.map((one, k) =>
      toFloats(
        one?.levels.map((level) => level[part]) ?? levelsOf[encoded[k]?.features.kind ?? 'category'].map(() => unknown),
      ),
    )
  const u = shares('u', 1)
  return weightsOf(
    encoded,
    {
      weights: tables(shares('m', 1), u),
      related: relations.map((relation) => ratios(shares(relation, 1), u)),
      prior: oddsBits(model.prior),
      relatedPrior: relations.map((relation) => Math.log2(Math.max(1e-12, model[relation]))),
      swap: Math.log2(model.swap),
      typical: shares('typical', 0),
      rarity: known.map((one) => one?.termFrequency === true),
    },
    terms,
  )
}
