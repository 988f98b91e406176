/** Regroups the records around a change into persons. Persons keep their ids; merged ids redirect; history stays. */
import { cluster, type Edge } from '../linkage/cluster.ts'
import { dropBeneficiaries, putBeneficiaries } from '../store/beneficiaries.ts'
import { type DecisionRow, decisionsAbout } from '../store/decisions.ts'
import { newId } from '../store/ids.ts'
import { addPersons, type Membership, membershipsOf, membersOf, move, redirect } from '../store/persons.ts'
import type { Queryable } from '../store/pool.ts'
import { readRecords, recordsOf, type StoredRecord } from '../store/records.ts'
import { listRegistries } from '../store/registries.ts'
import { toDocument, trustOf } from './document.ts'
import type { Needs } from './needs.ts'

/** Rebuilds the persons of the changed records and of everybody they are linked to. */
export async function regroup(
  needs: Needs,
  tx: Queryable,
  changed: readonly StoredRecord[],
  decisions: readonly DecisionRow[],
): Promise<void> {
  const near = new Set([
    ...changed.map((stored) => stored.id),
    ...decisions.flatMap(({ a, b, outcome }) => (outcome === 'link' ? [a, b] : [])),
  ])
  const { records, members } = await neighbourhood(tx, near)
  const loaded = await load(needs, tx, changed, records)
  const edges = (await decisionsAbout(tx, records)).flatMap(toEdge)
  const inside = new Set(records)
  const clusters = cluster(
    loaded.map(({ id, record }) => ({
      id,
      registry: record.registry,
      stream: record.stream,
      identifiers: record.identifiers,
    })),
    edges.filter((edge) => inside.has(edge.a) && inside.has(edge.b)),
  )
  const before = new Map(members.map(({ record, person }) => [record, person]))
  const plan = assign(
    clusters.map((one) => one.records),
    before,
  )
  await carryOut(tx, plan, before, needs.now())
  const moved = plan.moves.flatMap(({ record, person }) => [person, before.get(record)])
  const affected = new Set([...moved, ...changed.map((one) => plan.personOf.get(one.id))])
  await rebuild(
    needs,
    tx,
    [...affected].flatMap((person) => (person ? [person] : [])),
  )
}

const toEdge = ({ a, b, outcome, weight, made_by }: DecisionRow): Edge[] =>
  outcome === 'review' ? [] : [{ a, b, outcome, weight, by: made_by === 'model' ? 'model' : 'steward' }]

/** The records of every person that a near record belongs to, and the near records themselves. */
async function neighbourhood(tx: Queryable, near: ReadonlySet<string>) {
  const persons = new Set((await membershipsOf(tx, [...near])).map((one) => one.person))
  const members = await membersOf(tx, [...persons])
  return { members, records: [...new Set([...near, ...members.map((one) => one.record)])].sort() }
}

async function load(
  needs: Needs,
  tx: Queryable,
  changed: readonly StoredRecord[],
  records: readonly string[],
): Promise<StoredRecord[]> {
  const have = new Set(changed.map((stored) => stored.id))
  return [
    ...changed,
    ...(await readRecords(
      tx,
      needs.keys,
      records.filter((id) => !have.has(id)),
    )),
  ]
}

type Plan = {
  personOf: Map<string, string>
  moves: (Membership & { reason: string })[]
  fresh: string[]
  redirects: { from: string; to: string }[]
}

/**
 * Gives each cluster a person: the one that most of its records belong to already, the older at a tie. A person goes to one
 * cluster only; clusters without one get a new person; a person left without records redirects to where most of them went.
 */
export function assign(clusters: readonly (readonly string[])[], before: ReadonlyMap<string, string>): Plan {
  const claims = clusters.flatMap((records, index) => {
    const votes = new Map<string, number>()
    for (const record of records) {
      const person = before.get(record)
      if (person) votes.set(person, (votes.get(person) ?? 0) + 1)
    }
    return [...votes].map(([person, count]) => ({ index, person, count }))
  })
  claims.sort((a, b) => b.count - a.count || (a.person < b.person ? -1 : a.person > b.person ? 1 : a.index - b.index))
  const taken = new Map<string, number>()
  const given = new Map<number, string>()
  for (const { index, person } of claims)
    if (!taken.has(person) && !given.has(index)) {
      taken.set(person, index)
      given.set(index, person)
    }
  const fresh: string[] = []
  const personOf = new Map<string, string>()
  const moves: Plan['moves'] = []
  for (const [index, records] of clusters.entries()) {
    const person = given.get(index) ?? newId()
    if (!given.has(index)) fresh.push(person)
    given.set(index, person)
    for (const record of records) {
      personOf.set(record, person)
      const from = before.get(record)
      if (from !== person)
        moves.push({ record, person, reason: from ? 'regrouped' : records.length > 1 ? 'linked' : 'alone' })
    }
  }
  const redirects = [...new Set(before.values())].flatMap((from) => {
    const claim = taken.has(from) ? undefined : claims.find((one) => one.person === from)
    const to = claim && given.get(claim.index)
    return to ? [{ from, to }] : []
  })
  return { personOf, moves, fresh, redirects }
}

async function carryOut(tx: Queryable, plan: Plan, before: ReadonlyMap<string, string>, at: Date): Promise<void> {
  if (plan.fresh.length > 0) await addPersons(tx, plan.fresh, at)
  await move(tx, plan.moves, at)
  for (const { from, to } of plan.redirects) await redirect(tx, from, to)
  const left = new Set(plan.personOf.values())
  const emptied = [...new Set(before.values())].filter((person) => !left.has(person))
  if (emptied.length > 0) await dropBeneficiaries(tx, emptied)
}

/** Writes the read model of persons anew. */
async function rebuild(needs: Needs, tx: Queryable, persons: readonly string[]): Promise<void> {
  const trust = trustOf(await listRegistries(tx))
  const members = new Map<string, StoredRecord[]>(persons.map((person) => [person, []]))
  for (const stored of await recordsOf(tx, needs.keys, persons)) members.get(stored.person)?.push(stored)
  const documents = [...members].flatMap(([person, records]) =>
    records.length > 0 ? [toDocument(person, records, trust)] : [],
  )
  await putBeneficiaries(tx, needs.keys, documents, needs.now())
}
