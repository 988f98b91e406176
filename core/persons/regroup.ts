/** Regroups the records around a change into persons. Persons keep their ids; merged ids redirect; history stays. */
import { type Cluster, cluster, type Edge } from '../../linkage/cluster.ts'
import { dropBeneficiaries, putBeneficiaries } from '../../store/beneficiaries.ts'
import {
  byModel,
  type DecisionRow,
  dropLinksOf,
  noteRefused,
  type Verdict,
  verdictsAbout,
} from '../../store/decisions.ts'
import { newId } from '../../store/ids.ts'
import {
  addPersons,
  type Move,
  membershipHistory,
  membershipsOf,
  membersOf,
  mergedMembers,
  move,
  redirect,
  revive,
} from '../../store/persons.ts'
import type { Queryable } from '../../store/pool.ts'
import type { StoredRecord } from '../../store/records.ts'
import { listRegistries } from '../../store/registries.ts'
import { settleReviews } from '../../store/reviews.ts'
import { lapseRulings } from '../../store/rulings.ts'
import type { Needs } from '../needs.ts'
import type { Book } from './book.ts'
import { toDocument, trustOf } from './document.ts'

export type Change = {
  readonly changed: readonly string[]
  /** Those of the changed records that belong to nobody yet. */
  readonly fresh: ReadonlySet<string>
  /** The persons of the other changed records. */
  readonly before: ReadonlyMap<string, string>
  /** What the model says about the changed records. */
  readonly decisions: readonly DecisionRow[]
  /** Changed records that speak of somebody else than before. */
  readonly strangers: ReadonlySet<string>
  /** Those of the changed records that say anything new, so that their persons' documents are built anew; all unless told. */
  readonly restated?: readonly string[]
}

/** Rebuilds the persons of the changed records and of everybody they are linked to. Answers how many records moved. */
export async function regroup(needs: Needs, tx: Queryable, book: Book, change: Change): Promise<number> {
  await lapseLinks(tx, [...change.strangers], needs.now())
  const { records, before } = await neighbourhood(tx, change)
  const loaded = await book.read(records)
  const clusters = cluster(
    loaded.map(({ id, record: { registry, stream, identifiers } }) => ({ id, registry, stream, identifiers })),
    await edgesWithin(tx, new Set(records), change),
  )
  await noteRefused(tx, records, clusters.flatMap(refusedIn))
  const groups = clusters.map((one) => one.records)
  const faithful = new Map([...before].filter(([record]) => !change.strangers.has(record)))
  const { earlier, founded } = await earlierPersons(tx, groups, faithful, change.strangers)
  const assigned = assign(groups, faithful, earlier, founded)
  const plan = { ...assigned, moves: assigned.moves.flatMap((one) => asMoved(one, before.get(one.record))) }
  await carryOut(tx, plan, before, needs.now())
  const moved = plan.moves.flatMap(({ person, from }) => [person, from])
  const affected = new Set([...moved, ...change.changed.map((id) => plan.personOf.get(id))])
  const restated = new Set([...moved, ...(change.restated ?? change.changed).map((id) => plan.personOf.get(id))])
  const members = new Map<string, StoredRecord[]>()
  for (const stored of loaded) {
    const person = plan.personOf.get(stored.id)
    if (!person || !affected.has(person)) continue
    const together = members.get(person)
    if (together) together.push(stored)
    else members.set(person, [stored])
  }
  const trust = trustOf(await listRegistries(tx))
  const rebuilt = [...members].filter(([person]) => restated.has(person))
  const documents = rebuilt.map(([person, records]) => toDocument(person, records, trust))
  const fresh = new Set(plan.fresh)
  const known = rebuilt.flatMap(([person]) => (fresh.has(person) ? [] : [person]))
  await putBeneficiaries(tx, needs.keys, documents, known, needs.now())
  const touched = [...affected].filter((person) => person !== undefined)
  const theirs = [...members.values()].flatMap((stored) => stored.map(({ id }) => id))
  await settleReviews(tx, touched, theirs, needs.now())
  return plan.moves.length
}

/** A steward has joined a record with another as it was: a record that speaks of somebody else now is not joined by that word. */
async function lapseLinks(tx: Queryable, strangers: readonly string[], at: Date): Promise<void> {
  if (strangers.length === 0) return
  const lapsed = await dropLinksOf(tx, strangers)
  if (lapsed.length > 0) await lapseRulings(tx, lapsed, at)
}

const refusedIn = ({ refused }: Cluster) =>
  refused.flatMap(({ edge: { a, b, by }, reason, on }) =>
    by === 'model' ? [{ a, b, reason: on ? `${reason} ${on}` : reason }] : [],
  )

/** A stranger leaves where it was, although nobody is assigned by where it was. */
const asMoved = (one: Move, from: string | undefined): Move[] => (one.person === from ? [] : [{ ...one, from }])

/** The changed records, those they are linked to, and all records of their persons, in order; and who belongs to whom. */
async function neighbourhood(tx: Queryable, { changed, before, decisions }: Change) {
  const near = new Set([...changed, ...decisions.flatMap(({ a, b, outcome }) => (outcome === 'link' ? [a, b] : []))])
  const inside = new Set(changed)
  const linked = [...near].filter((id) => !inside.has(id))
  const found = linked.length > 0 ? await membershipsOf(tx, linked) : []
  const persons = [...new Set([...before.values(), ...found.map((one) => one.person)])]
  const members = persons.length > 0 ? await membersOf(tx, persons) : []
  return {
    records: [...new Set([...near, ...members.map((one) => one.record)])].sort(),
    before: new Map(members.map(({ record, person }) => [record, person])),
  }
}

/** The edges between these records: what stands written about those that were resolved before, and what was decided now. */
async function edgesWithin(tx: Queryable, inside: ReadonlySet<string>, { fresh, decisions }: Change): Promise<Edge[]> {
  const resolvedBefore = [...inside].filter((id) => !fresh.has(id))
  const written = resolvedBefore.length > 0 ? await verdictsAbout(tx, resolvedBefore) : []
  // A pair of which one record was resolved before is written by now; of two fresh records nobody else can have said anything.
  const between = decisions.filter(({ a, b }) => fresh.has(a) && fresh.has(b))
  return [...written, ...between].filter(({ a, b }) => inside.has(a) && inside.has(b)).flatMap(toEdge)
}

// The database keeps a weight as a `real`: one that was not read back must come before and after the same others.
const toEdge = ({ a, b, outcome, weight, made_by }: Verdict): Edge[] =>
  outcome === 'review'
    ? []
    : [{ a, b, outcome, weight: Math.fround(weight), by: made_by === byModel ? 'model' : 'steward' }]

type Plan = {
  personOf: Map<string, string>
  moves: Move[]
  fresh: string[]
  redirects: { from: string; to: string }[]
  /** Persons that were merged away once and have records again. */
  revived: string[]
}

type Earlier = {
  /** Persons that were merged away, and the records they had. */
  earlier: Map<string, string[]>
  /** Where persons were merged: whom each record made up at first. */
  founded: Map<string, string>
}

/**
 * When a person falls apart: the persons that were merged into it once, and the records they had, so that each id answers its own
 * person again. Where persons fall apart or come together, what they were made of. Nothing is asked while nobody does.
 */
async function earlierPersons(
  tx: Queryable,
  groups: readonly (readonly string[])[],
  before: ReadonlyMap<string, string>,
  strangers: ReadonlySet<string>,
): Promise<Earlier> {
  const ends = groups.map((records) => new Set(records.flatMap((record) => before.get(record) ?? [])))
  const joins = ends.some((persons) => persons.size > 1)
  const homes = new Set<string>()
  const fallsApart = ends.some((persons) => [...persons].some((person) => homes.size === homes.add(person).size))
  const earlier = new Map<string, string[]>()
  const merged = fallsApart || strangers.size > 0 ? await mergedMembers(tx, [...new Set(before.values())]) : []
  for (const { person, record } of merged) {
    if (strangers.has(record)) continue
    earlier.set(person, [...(earlier.get(person) ?? []), record])
  }
  const persons = new Set([...before.values(), ...earlier.keys()])
  const history = joins || earlier.size > 0 ? await membershipHistory(tx, [...before.keys()]) : []
  return { earlier, founded: foundersOf(history.filter(({ person }) => persons.has(person))) }
}

/**
 * Whom each record made up at first. What joined a person after another was merged into it may belong to either, and is left out.
 * `history`: the first first.
 */
function foundersOf(history: readonly { record: string; person: string; since: Date }[]): Map<string, string> {
  const first = new Map<string, { person: string; since: Date }>()
  const mergedAt = new Map<string, Date>()
  for (const { record, person, since } of history) {
    const before = first.get(record)
    if (!before) first.set(record, { person, since })
    else if (before.person !== person && !mergedAt.has(person)) mergedAt.set(person, since)
  }
  const isOwn = ({ person, since }: { person: string; since: Date }) =>
    since < (mergedAt.get(person) ?? new Date(8.64e15))
  return new Map([...first].flatMap(([record, one]) => (isOwn(one) ? [[record, one.person]] : [])))
}

type Claim = { index: number; person: string; count: number }

/** How many of a person's records each cluster holds; most first, the older person at a tie. */
function claimsOf(groups: readonly (readonly string[])[], personsOf: (record: string) => readonly string[]): Claim[] {
  const claims = groups.flatMap((records, index) => {
    const votes = new Map<string, number>()
    for (const record of records)
      for (const person of personsOf(record)) votes.set(person, (votes.get(person) ?? 0) + 1)
    return [...votes].map(([person, count]) => ({ index, person, count }))
  })
  return claims.sort(
    (a, b) => b.count - a.count || (a.person < b.person ? -1 : a.person > b.person ? 1 : a.index - b.index),
  )
}

/**
 * Gives each cluster a person: the one that most of its records belong to now; else one that was merged away with them once;
 * else a new one. Where persons were merged, what they were made of at first goes before all that. A person goes to one cluster
 * only. A person that is left without records, and one that was merged before, redirects to where most of its records are.
 */
export function assign(
  groups: readonly (readonly string[])[],
  before: ReadonlyMap<string, string>,
  earlier: ReadonlyMap<string, readonly string[]> = new Map(),
  founded: ReadonlyMap<string, string> = new Map(),
): Plan {
  const earlierOf = new Map<string, string[]>()
  for (const [person, records] of earlier)
    for (const record of records) earlierOf.set(record, [...(earlierOf.get(record) ?? []), person])
  const only = (persons: ReadonlyMap<string, string>) => (record: string) => {
    const person = persons.get(record)
    return person ? [person] : []
  }
  const first = claimsOf(groups, only(founded))
  const founders = new Set(first.map((claim) => claim.person))
  const others = [...claimsOf(groups, only(before)), ...claimsOf(groups, (record) => earlierOf.get(record) ?? [])]
  const claims = [...first, ...others.filter((claim) => !founders.has(claim.person))]
  const taken = new Set<string>()
  const given = new Map<number, string>()
  for (const { index, person } of claims)
    if (!taken.has(person) && !given.has(index)) {
      taken.add(person)
      given.set(index, person)
    }
  const fresh: string[] = []
  const personOf = new Map<string, string>()
  const moves: Plan['moves'] = []
  for (const [index, records] of groups.entries()) {
    const person = given.get(index) ?? newId()
    if (!given.has(index)) fresh.push(person)
    given.set(index, person)
    for (const record of records) {
      personOf.set(record, person)
      const from = before.get(record)
      if (from !== person)
        moves.push({ record, person, from, reason: from ? 'regrouped' : records.length > 1 ? 'linked' : 'alone' })
    }
  }
  const redirects = [...new Set([...before.values(), ...earlier.keys()])].flatMap((from) => {
    const claim = taken.has(from) ? undefined : claims.find((one) => one.person === from)
    const to = claim && given.get(claim.index)
    return to ? [{ from, to }] : []
  })
  return { personOf, moves, fresh, redirects, revived: [...earlier.keys()].filter((person) => taken.has(person)) }
}

async function carryOut(tx: Queryable, plan: Plan, before: ReadonlyMap<string, string>, at: Date): Promise<void> {
  if (plan.fresh.length > 0) await addPersons(tx, plan.fresh, at)
  if (plan.revived.length > 0) await revive(tx, plan.revived)
  await move(tx, plan.moves, at)
  for (const { from, to } of plan.redirects) await redirect(tx, from, to)
  const left = new Set(plan.personOf.values())
  const emptied = [...new Set(before.values())].filter((person) => !left.has(person))
  if (emptied.length > 0) await dropBeneficiaries(tx, emptied)
}
