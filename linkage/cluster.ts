/**
 * Puts records together into persons by the links between them. More than connected components: the best links are taken first, and a
 * link that would put contradictions into one person is refused and says why.
 */
import type { Identifier, IdentifierType } from '../schemas/contract.ts'
import { enrolmentTypes, uniqueTypes } from '../schemas/values/identifier.ts'
import { comparable } from './features.ts'
import { isNear } from './near.ts'

export type ClusterRecord = {
  readonly id: string
  readonly registry: string
  readonly stream: string
  readonly identifiers: readonly Identifier[]
}

/** What the model or a steward says about two records. A steward's word goes before the model's. */
export type Edge = {
  readonly a: string
  readonly b: string
  /** Bits; the best is taken first. */
  readonly weight: number
  readonly by: 'model' | 'steward'
  readonly outcome: 'link' | 'distinct'
}

type RefusedEdge = {
  readonly edge: Edge
  readonly reason: 'steward-distinct' | 'identifiers-conflict' | 'one-per-person'
  /** The identifier type in conflict, or the list that holds a person once. */
  readonly on?: string
}

export type Cluster = {
  /** Sorted. A record without links is a cluster of its own. */
  readonly records: readonly string[]
  /** The links that hold it together. */
  readonly edges: readonly Edge[]
  /** Links from its records that were refused; a link between two clusters stands in both. */
  readonly refused: readonly RefusedEdge[]
}

export type Constraints = {
  /** Types of which one person holds one value; by default those of the identifier rules. */
  readonly uniqueTypes?: ReadonlySet<IdentifierType>
  /** `REGISTRY STREAM` of lists that promise to hold a person once. */
  readonly oncePerPerson?: ReadonlySet<string>
}

/** By `TYPE ISSUER`, of unique types only. */
type Values = Map<string, Set<string>>

type Group = {
  records: string[]
  edges: Edge[]
  values: Values
  /** Pairs of different values that may stand side by side in here. */
  excused: Set<string>
  /** Records that a steward has told apart from some record in here. */
  apart: Set<string>
  lists: Set<string>
}

/**
 * The persons that these records form. Deterministic, whatever the order of records and edges. Two different values of a unique type
 * come together only by a steward's link, or by a model's link between the two records when the values differ by one slip or are two
 * numbers that one scheme gave to whom it enrolled twice.
 * An edge to a record that is not given is an error of the caller (RangeError).
 */
export function cluster(
  records: readonly ClusterRecord[],
  edges: readonly Edge[],
  constraints: Constraints = {},
): Cluster[] {
  const groups = new Map(records.map((record) => [record.id, groupOf(record, constraints)]))
  for (const { a, b } of edges)
    if (!groups.has(a) || !groups.has(b)) throw new RangeError('An edge names a record that is not in the list.')
  for (const { a, b, by, outcome } of edges) {
    if (by !== 'steward' || outcome !== 'distinct') continue
    groups.get(a)?.apart.add(b)
    groups.get(b)?.apart.add(a)
  }
  const valuesById = new Map(
    records.map((record) => [record.id, valuesOf(record, constraints.uniqueTypes ?? uniqueTypes)]),
  )
  const refused = new Map<string, RefusedEdge[]>()
  for (const edge of edges.filter(({ outcome }) => outcome === 'link').sort(byStrength)) {
    const left = groups.get(edge.a)
    const right = groups.get(edge.b)
    if (!left || !right) continue
    if (left === right) {
      left.edges.push(edge)
      continue
    }
    const excused = excusedBy(edge, left, right, valuesById)
    const refusal = refusalOf(left, right, edge, excused)
    if (refusal) {
      for (const end of [edge.a, edge.b]) refused.set(end, [...(refused.get(end) ?? []), refusal])
      continue
    }
    const [into, from] = left.records.length >= right.records.length ? [left, right] : [right, left]
    for (const record of from.records) groups.set(record, into)
    pour(from, into, excused)
    into.edges.push(edge)
  }
  return [...new Set(groups.values())]
    .map((group) => finish(group, refused))
    .sort((x, y) => compareText(x.records[0] ?? '', y.records[0] ?? ''))
}

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
const lower = ({ a, b }: Edge): string => (a < b ? a : b)
const higher = ({ a, b }: Edge): string => (a < b ? b : a)

/** Stewards first, then by weight; ids break ties, so that nothing depends on the order of the input. */
const byStrength = (one: Edge, other: Edge): number =>
  Number(other.by === 'steward') - Number(one.by === 'steward') ||
  other.weight - one.weight ||
  compareText(lower(one), lower(other)) ||
  compareText(higher(one), higher(other))

function groupOf(record: ClusterRecord, constraints: Constraints): Group {
  const list = `${record.registry} ${record.stream}`
  return {
    records: [record.id],
    edges: [],
    values: valuesOf(record, constraints.uniqueTypes ?? uniqueTypes),
    excused: new Set(),
    apart: new Set(),
    lists: new Set(constraints.oncePerPerson?.has(list) ? [list] : []),
  }
}

function valuesOf(record: ClusterRecord, unique: ReadonlySet<IdentifierType>): Values {
  const values: Values = new Map()
  for (const written of record.identifiers) {
    const identifier = comparable(written)
    if (!identifier || !unique.has(identifier.type)) continue
    const kind = `${identifier.type} ${identifier.issuer}`
    values.set(kind, (values.get(kind) ?? new Set()).add(identifier.value))
  }
  return values
}

/**
 * Pairs of values (`KIND VALUE VALUE`) that may stand side by side in the person that this edge would make: those that
 * did so in either half; all of both halves when a steward says so; and when the engine linked two records although
 * their numbers differ by a slip or are two numbers of one scheme, these two numbers.
 */
function excusedBy(edge: Edge, left: Group, right: Group, valuesById: ReadonlyMap<string, Values>): Set<string> {
  const excused = new Set([...left.excused, ...right.excused])
  const isSteward = edge.by === 'steward'
  const one = isSteward ? left.values : valuesById.get(edge.a)
  const other = isSteward ? right.values : valuesById.get(edge.b)
  for (const [kind, values] of one ?? [])
    for (const x of values)
      for (const y of other?.get(kind) ?? []) {
        if (isSteward || isEnrolment(kind) || isNear(x, y)) excused.add(`${kind} ${x} ${y}`).add(`${kind} ${y} ${x}`)
      }
  return excused
}

const isEnrolment = (kind: string): boolean => [...enrolmentTypes].some((type) => kind.startsWith(`${type} `))

function refusalOf(left: Group, right: Group, edge: Edge, excused: ReadonlySet<string>): RefusedEdge | undefined {
  if (right.records.some((record) => left.apart.has(record))) return { edge, reason: 'steward-distinct' }
  if (edge.by === 'steward') return undefined
  const kind = conflictBetween(left, right, excused)
  if (kind !== undefined) return { edge, reason: 'identifiers-conflict', on: kind.split(' ')[0] ?? kind }
  const list = [...left.lists].find((name) => right.lists.has(name))
  return list === undefined ? undefined : { edge, reason: 'one-per-person', on: list }
}

function conflictBetween(left: Group, right: Group, excused: ReadonlySet<string>): string | undefined {
  for (const [kind, values] of left.values)
    for (const x of values)
      for (const y of right.values.get(kind) ?? []) if (x !== y && !excused.has(`${kind} ${x} ${y}`)) return kind
  return undefined
}

function pour(from: Group, into: Group, excused: Set<string>): void {
  for (const [kind, values] of from.values)
    into.values.set(kind, new Set([...(into.values.get(kind) ?? []), ...values]))
  into.records.push(...from.records)
  into.edges.push(...from.edges)
  for (const record of from.apart) into.apart.add(record)
  for (const list of from.lists) into.lists.add(list)
  into.excused = excused
}

/** What was refused first and came together by a better link after all is refused no more. */
function finish(group: Group, refused: ReadonlyMap<string, readonly RefusedEdge[]>): Cluster {
  const inside = new Set(group.records)
  const theirs = group.records.flatMap((record) => refused.get(record) ?? [])
  return {
    records: [...group.records].sort(compareText),
    edges: [...group.edges].sort(byStrength),
    refused: theirs.filter(({ edge }) => !(inside.has(edge.a) && inside.has(edge.b))),
  }
}
