/** Trains a model on the table itself, and turns models into the weights that the kernel adds up. */

import { fingerprint } from '../fingerprint.ts'
import { leastChance, strength, usualMOf, usualSwap, usualU } from './beliefs.ts'
import type { Compared } from './columns/encode.ts'
import { levelsOf } from './columns/features.ts'
import { mergePatterns, mostLevels, type Patterns } from './kernel/count.ts'
import type { Crew } from './kernel/crew.ts'
import { allPairs, type Lists, othersEach, type Pairs, randomPairs } from './kernel/pairs.ts'
import type { Rows, Weights } from './kernel/scorer.ts'
import type { Beliefs, Learnt } from './kernel/shares.ts'
import { learn, ratios, tables } from './kernel/train.ts'
import { oddsBits, type Term, weightsOf } from './kernel/weights.ts'
import type { TableModel } from './model.ts'
import {
  apartLevels,
  isName,
  maybeFamilys,
  mostAlike,
  mostApart,
  mostRelated,
  type Relation,
  relations,
  relativesFullName,
  relativesGivenName,
  sharesField,
  tellsApart,
} from './roles.ts'
import type { FieldName } from './table.ts'

/** How many pairs training looks at: of a large table a smaller part, because its matches are many all the same. */
const lookedAt = (size: number) =>
  size > 200_000 ? { candidates: 100_000, random: 200_000 } : { candidates: 1_000_000, random: 400_000 }

/** Counts are made in so many parts, whatever the number of threads: sums of fractions depend on their order. */
const countParts = 4

async function count(crew: Crew, pairs: Float64Array, scale: number): Promise<Patterns> {
  const each = Math.ceil(pairs.length / countParts)
  const tasks = Array.from({ length: countParts }, (_, i) => pairs.slice(i * each, (i + 1) * each))
  return mergePatterns(await crew.run(tasks.map((part) => ({ do: 'count' as const, pairs: part }))), scale)
}

/** What is believed before anything is seen, and how two people taken at random agree. */
export type Start = {
  readonly beliefs: Beliefs
  readonly random: Patterns
  readonly typical: readonly Float64Array[]
}

export type Learner = {
  readonly crew: Crew
  readonly encoded: readonly Compared[]
  readonly rows: Rows
  readonly terms: readonly Term[]
  readonly records: Lists
}

/** The half of training that needs no blocks. */
export async function begin(learner: Learner, fixed: TableModel | undefined): Promise<Start> {
  const { crew, encoded, terms, records } = learner
  const beliefs = beliefsOf(encoded, terms, fixed, records.size)
  briefUsual(learner, beliefs, [])
  const random = await count(crew, randomPairs(records, lookedAt(records.size).random), 1)
  return { beliefs, random, typical: typicalWorth(random, beliefs) }
}

/** The half that needs the pairs which share keys. */
export async function train(
  learner: Learner,
  { beliefs, random, typical }: Start,
  lists: readonly Pairs[],
): Promise<TableModel> {
  const { crew, records } = learner
  briefUsual(learner, beliefs, typical)
  const compared = lists.reduce((total, { partners }) => total + partners.length, 0)
  const share = Math.min(1, lookedAt(records.size).candidates / compared)
  const [sampled, others] = await Promise.all([
    crew.run(lists.map(({ from, to }, list) => ({ do: 'sample' as const, part: { list, from, to }, share }))),
    count(crew, concat(lists.map((list) => list.others)), othersEach),
  ])
  const seen = mergePatterns([mergePatterns(sampled, 1 / share), others], 1)
  const learnt = learn(seen, random, Math.max(1, allPairs(records)), beliefs, records.size * 0.1)
  return toModel(learner, beliefs, learnt, typical, compared)
}

/** How often two bear one name by chance, as if its parts were drawn one by one. */
const chanceOfName = (names: readonly FieldName[], terms: readonly Term[]): number =>
  names.reduce((chance, name, k) => (isName(name) ? chance * (terms[k]?.exact ?? 1) : chance), 1)

function beliefsOf(
  encoded: readonly Compared[],
  terms: readonly Term[],
  fixed: TableModel | undefined,
  size: number,
): Beliefs {
  const kinds = encoded.map(({ features }) => features.kind)
  const names = encoded.map(({ name }) => name)
  const arePeople = encoded.some(({ name }) => tellsApart(name))
  return {
    m: encoded.map(({ name, features }) => usualMOf(name, features.kind)),
    u: kinds.map((kind) => usualU[kind]),
    strength,
    swap: usualSwap,
    exact: terms.map(({ exact }) => exact),
    drawn: kinds.map((kind) => kind === 'fullName'),
    leastChance: kinds.map((kind) => leastChance[kind] ?? 0),
    setM: encoded.map(({ name }) => setByHand(fixed, name, 'm')),
    setU: encoded.map(({ name }) => setByHand(fixed, name, 'u')),
    shared: relations.map((relation) => encoded.map(({ name }) => arePeople && sharesField(relation, name))),
    mostRelated: relations.map((relation) => mostRelated(relation, names, size, chanceOfName(names, terms))),
    mostAlike: encoded.map(({ name }) => mostAlike(name)),
    maybeFamilys: encoded.map(({ name }) => maybeFamilys(name)),
    mostApart: encoded.map(({ name }, k) => mostApart(name, terms[k]?.exact ?? 0)),
    apartLevels: encoded.map(({ name }) => apartLevels(name)),
    relatives: encoded.map(({ name }) =>
      name === 'fullName' ? relativesFullName : name === 'givenName' ? relativesGivenName : undefined,
    ),
  }
}

/** Tells the threads of the usual weights: counting needs no others. */
function briefUsual(
  { crew, encoded, rows, terms }: Learner,
  { m, u }: Beliefs,
  typical: readonly Float64Array[],
): void {
  const usual = {
    weights: tables(m.map(toFloats), u.map(toFloats)),
    related: [],
    prior: -10,
    relatedPrior: [],
    swap: Math.log2(usualSwap),
    typical,
  }
  crew.brief({ scoring: { rows, radix: radixOf(encoded), weights: weightsOf(encoded, usual, terms) } })
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

const setByHand = (model: TableModel | undefined, name: string, share: 'm' | 'u'): (number | undefined)[] =>
  model?.comparisons
    .find((one) => one.name === name)
    ?.levels.map((level) => (level.fixed ? level[share] : undefined)) ?? []

const toFloats = (shares: readonly number[]): Float64Array => Float64Array.from(shares)

/** How many pairs the belief about what words agreed on are worth stands for. */
const worthStrength = 0.5

/**
 * What the words agreed on are worth on average, in bits, by comparison and level. Two people agree on words of share f with the odds f, one
 * person's records whatever f: over two people the mean of 1 / f, over matches one over the mean of f. Either is the better known the more
 * pairs there are of it; a level that no pair showed is believed to be as rare as usual.
 */
function typicalWorth({ worth: { ofTwo, two, ofOne, one } }: Patterns, beliefs: Beliefs): Float64Array[] {
  const times = (pairs: number, sum: number): number => (pairs > 0 ? pairs * Math.log2(sum / pairs) : 0)
  return beliefs.u.map((usual, k) =>
    Float64Array.from(usual, (share, level) => {
      const at = k * mostLevels + level
      const [pairs, likely] = [two[at] ?? 0, one[at] ?? 0]
      const bits = times(pairs, ofTwo[at] ?? 0) - times(likely, ofOne[at] ?? 0) - worthStrength * Math.log2(share)
      return level === 0 ? 0 : bits / (pairs + likely + worthStrength)
    }),
  )
}

function toModel(
  { encoded, records: { size: records } }: Learner,
  { setM }: Beliefs,
  learnt: Learnt,
  typical: readonly Float64Array[],
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
      twins: learnt.related[3]?.[k]?.[index] ?? 0,
      ...(setM[k]?.[index] !== undefined && { fixed: true }),
    })),
    termFrequency: true,
  }))
  const { iterations, converged, matches, lambda, swap } = learnt
  const [household = 0, place = 0, namesakes = 0, twins = 0] = learnt.relatedShare
  const content = { prior: lambda, household, place, namesakes, twins, swap, comparisons }
  return {
    version: fingerprint(JSON.stringify(content)),
    ...content,
    training: { records, pairs, iterations, converged, expectedMatches: matches },
  }
}

export const radixOf = (encoded: readonly Compared[]): number[] =>
  encoded.map(({ features }) => levelsOf[features.kind].length)

/** A column that the model does not know weighs nothing. */
export function weightsFrom(model: TableModel, encoded: readonly Compared[], terms: readonly Term[]): Weights {
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
