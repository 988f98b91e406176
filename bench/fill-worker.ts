/**
 * Writes people `from` to `until` into a hub's tables as ingest and resolving would have left them, without asking who is who: the
 * bench knows. Arguments: database URL, from, until. Prints how far it is. bench/fill.ts starts one a core.
 */
import { toDocument, trustOf } from '../core/persons/document.ts'
import { partedKeys } from '../linkage/blocking.ts'
import { compare } from '../linkage/compare.ts'
import { decide } from '../linkage/decide.ts'
import { packEvidence } from '../linkage/evidence.ts'
import { prepare } from '../linkage/features.ts'
import { defaultModel } from '../linkage/model.ts'
import { previewOf } from '../linkage/preview.ts'
import { toLinkRecord } from '../linkage/record.ts'
import { putBeneficiaries } from '../store/beneficiaries.ts'
import { hashBlockingKeys, putBlockingKeys } from '../store/blocking.ts'
import { type DecisionRow, putDecisions } from '../store/decisions.ts'
import { putEvidence } from '../store/evidence.ts'
import { putFacts } from '../store/facts.ts'
import { putIdentifiers } from '../store/identifiers.ts'
import { newId } from '../store/ids.ts'
import { addPersons, type Move, move } from '../store/persons.ts'
import { openPool, type Queryable } from '../store/pool.ts'
import { draftRecord, putRecords } from '../store/put-records.ts'
import type { StoredRecord } from '../store/records.ts'
import { listRegistries } from '../store/registries.ts'
import { benchKeys, say } from './place.ts'
import { human, recordOf, registriesOf } from './population.ts'

const [url = '', from = '0', until = '0'] = process.argv.slice(2)
const peopleAtOnce = 1_000
const keys = benchKeys()

/** Source records of these people; answers them by person. */
async function putPeople(tx: Queryable, first: number, last: number, at: Date): Promise<StoredRecord[][]> {
  const drafts = new Map<string, { who: number; draft: ReturnType<typeof draftRecord> }[]>()
  for (let who = first; who < last; who++) {
    const one = human(who)
    for (const registry of registriesOf(one)) {
      const list = drafts.get(registry) ?? []
      list.push({ who, draft: draftRecord(keys, recordOf(one, registry)) })
      drafts.set(registry, list)
    }
  }
  const people = new Map<number, StoredRecord[]>()
  for (const [registry, page] of drafts) {
    const put = await putRecords(
      tx,
      keys,
      registry,
      page.map((one) => one.draft),
      { at, run: null },
    )
    for (const [place, { who, draft }] of page.entries()) {
      const stored = {
        id: put.added[place] ?? '',
        version: 1,
        firstSeen: at,
        changedAt: at,
        seenAt: at,
        absentSince: null,
        record: draft.record,
      }
      people.set(who, [...(people.get(who) ?? []), stored])
    }
  }
  return [...people.values()]
}

/** The decision about a person's two records; undefined when the engine would not link them. */
function linkOf([one, other]: readonly StoredRecord[]): DecisionRow | undefined {
  if (!one || !other) return undefined
  const [a, b] = one.id < other.id ? [one, other] : [other, one]
  const [left, right] = [a, b].map(({ id, record }) => prepare(toLinkRecord(id, record)))
  if (!left || !right) return undefined
  const { outcome, weight, probability, parts, model } = decide(defaultModel, compare(defaultModel, left, right))
  const stated = parts.filter((part) => part.level !== 'missing')
  const row = { a: a.id, b: b.id, outcome, weight, probability, parts: stated, model, made_by: 'model' }
  return outcome === 'distinct' ? undefined : row
}

async function fill(tx: Queryable, first: number, last: number): Promise<void> {
  const at = new Date()
  // Foreign keys need no check: every row is made here, whole.
  await tx.query('set local session_replication_role = replica')
  const people = await putPeople(tx, first, last, at)
  const records = people.flat()
  await putBlockingKeys(
    tx,
    keys,
    records.map(({ id, record }) => {
      const prepared = prepare(toLinkRecord(id, record))
      return { id, keys: hashBlockingKeys(keys, partedKeys(prepared)), preview: previewOf(prepared) }
    }),
    [],
  )
  const evidence = records.map(({ id, record }) => ({ id, text: packEvidence(toLinkRecord(id, record)) }))
  await putEvidence(tx, keys, evidence, new Set())
  await putIdentifiers(tx, keys, records, [])
  await putFacts(tx, keys, records, [])
  const decisions = people.flatMap((person) => linkOf(person) ?? [])
  await putDecisions(tx, [], decisions, at)
  const linked = new Set(decisions.flatMap(({ a, outcome }) => (outcome === 'link' ? [a] : [])))
  const groups = people.flatMap((person) =>
    person.some(({ id }) => linked.has(id)) ? [person] : person.map((one) => [one]),
  )
  const persons = groups.map((members) => ({ id: newId(), members }))
  await addPersons(
    tx,
    persons.map(({ id }) => id),
    at,
  )
  const moves = persons.flatMap(({ id, members }) =>
    members.map(
      (one): Move => ({
        record: one.id,
        person: id,
        from: undefined,
        reason: members.length > 1 ? 'linked' : 'alone',
      }),
    ),
  )
  await move(tx, moves, at)
  const trust = trustOf(await listRegistries(tx))
  const documents = persons.map(({ id, members }) => toDocument(id, members, trust))
  await putBeneficiaries(tx, keys, documents, [], at)
}

const db = openPool(url, { max: 1, statementTimeoutMs: 600_000 })
for (let first = Number(from); first < Number(until); first += peopleAtOnce) {
  const last = Math.min(Number(until), first + peopleAtOnce)
  await db.transaction((tx) => fill(tx, first, last))
  say(String(last - first))
}
await db.close()
