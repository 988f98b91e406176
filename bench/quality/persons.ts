/** The hub's linkage over all records in memory: statements, candidates, decisions, persons. */
import { partedKeys } from '../../linkage/blocking.ts'
import { type Cluster, cluster, type Edge } from '../../linkage/cluster.ts'
import { compare } from '../../linkage/compare.ts'
import { type Decision, decide } from '../../linkage/decide.ts'
import { packEvidence } from '../../linkage/evidence.ts'
import { prepare } from '../../linkage/features.ts'
import { defaultModel } from '../../linkage/model.ts'
import type { LinkRecord } from '../../linkage/record.ts'
import { findCandidates } from './candidates.ts'
import { type Judged, judge } from './judge.ts'

/** Records that say the same are one statement. */
export type Statements = {
  /** Of each record its statement; of each statement its records. */
  readonly of: Int32Array
  readonly records: readonly (readonly number[])[]
}

export type Persons = {
  readonly statements: Statements
  /** Of each record its person, as a number. */
  readonly persons: Int32Array
  /** Pairs of statements that were compared, and pairs that a steward is asked about: of different persons, the best for each two persons. */
  readonly compared: number
  readonly reviews: number
  readonly truncated: number
  readonly areCandidates: (a: number, b: number) => boolean
  /** Pairs of statements that the model leaves to a steward. */
  readonly questions: readonly Judged[]
  /** What the model says about two statements. */
  readonly judge: (a: number, b: number) => Decision
  /** Links that the clusters refused: why, and how many. */
  readonly refused: ReadonlyMap<string, number>
}

export function statementsOf(records: readonly LinkRecord[]): Statements & { readonly texts: readonly string[] } {
  const numbers = new Map<string, number>()
  const together: number[][] = []
  const of = Int32Array.from(records, (record, at) => {
    const text = packEvidence({ ...record, registry: '', stream: '' })
    const number = numbers.get(text) ?? together.length
    numbers.set(text, number)
    const known = together[number]
    if (known) known.push(at)
    else together.push([at])
    return number
  })
  return { of, records: together, texts: [...numbers.keys()] }
}

export async function formPersons(
  records: readonly LinkRecord[],
  threads: number,
  say: (line: string) => void,
): Promise<Persons> {
  const statements = statementsOf(records)
  const spoken = statements.records.map(([first = 0]) => records[first]).filter((one) => one !== undefined)
  say(`${records.length} records say ${spoken.length} different things`)
  const prepared = spoken.map(prepare)
  const keys = prepared.map(partedKeys)
  const copies = Int32Array.from(statements.records, (same) => same.length)
  const { pairs, truncated, areCandidates } = findCandidates(keys, copies)
  say(`${pairs.length / 2} pairs to compare`)
  const judged = await judge(statements.texts, pairs, threads)
  say(`${judged.length} pairs are links or questions`)
  const judgeTwo = (a: number, b: number): Decision => {
    const [one, other] = [prepared[a], prepared[b]]
    if (!one || !other) throw new RangeError('no such statement')
    return decide(defaultModel, compare(defaultModel, one, other))
  }
  const clusters = toClusters(records, statements, judged, (at) => judgeTwo(at, at))
  const persons = personsOf(clusters, records)
  return {
    statements,
    persons,
    compared: pairs.length / 2,
    reviews: countReviews(judged, statements, persons),
    truncated,
    areCandidates,
    questions: judged.filter(({ outcome }) => outcome === 'review'),
    judge: judgeTwo,
    refused: countRefused(clusters),
  }
}

/** A statement's copies hang together when the model links a statement to itself; else each record is on its own. */
function toClusters(
  records: readonly LinkRecord[],
  { records: same }: Statements,
  judged: readonly Judged[],
  judgeSelf: (statement: number) => Decision,
): Cluster[] {
  const edges: Edge[] = []
  const link = (one: number, other: number, weight: number) => {
    const [a, b] = [records[one]?.id, records[other]?.id]
    if (a !== undefined && b !== undefined) edges.push({ a, b, weight, by: 'model', outcome: 'link' })
  }
  const speakers = same.map(([first = 0, ...others], statement) => {
    if (others.length === 0) return [first]
    const { outcome, weight } = judgeSelf(statement)
    if (outcome !== 'link') return [first, ...others]
    for (const other of others) link(first, other, weight)
    return [first]
  })
  for (const { a, b, outcome, weight } of judged) {
    if (outcome !== 'link') continue
    for (const one of speakers[a] ?? []) for (const other of speakers[b] ?? []) link(one, other, weight)
  }
  return cluster(
    records.map(({ id, registry, stream, identifiers }) => ({ id, registry, stream, identifiers })),
    edges,
  )
}

function personsOf(clusters: readonly Cluster[], records: readonly LinkRecord[]): Int32Array {
  const persons = new Map(clusters.flatMap((one, person) => one.records.map((id) => [id, person] as const)))
  return Int32Array.from(records, ({ id }) => persons.get(id) ?? -1)
}

/** As in store/reviews.ts: one question for two persons, none within one. */
function countReviews(judged: readonly Judged[], { records }: Statements, persons: Int32Array): number {
  const asked = new Set<string>()
  for (const { a, b, outcome } of judged) {
    if (outcome !== 'review') continue
    for (const one of records[a] ?? [])
      for (const other of records[b] ?? []) {
        const [p = 0, q = 0] = [persons[one], persons[other]]
        if (p !== q) asked.add(p < q ? `${p} ${q}` : `${q} ${p}`)
      }
  }
  return asked.size
}

function countRefused(clusters: readonly Cluster[]): Map<string, number> {
  const refused = new Map<string, Set<string>>()
  for (const one of clusters)
    for (const { edge, reason, on } of one.refused) {
      const name = on === undefined ? reason : `${reason} ${on}`
      refused.set(name, (refused.get(name) ?? new Set()).add(`${edge.a} ${edge.b}`))
    }
  return new Map([...refused].map(([name, edges]) => [name, edges.size]))
}
