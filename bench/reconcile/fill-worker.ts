/**
 * Writes people `from` to `until` into a hub's tables as ingest and resolving would have left them, as far as look-ups and
 * reconciliation ask for it. Arguments: database URL, folder of the keys, from, until. Prints how far it is.
 */
import { toDocument, trustOf } from '../../core/persons/document.ts'
import type { SourceRecord } from '../../schemas/contract.ts'
import { putBeneficiaries } from '../../store/beneficiaries.ts'
import { putIdentifiers } from '../../store/identifiers.ts'
import { newId } from '../../store/ids.ts'
import { loadKeys } from '../../store/keys.ts'
import { addPersons, type Move, move } from '../../store/persons.ts'
import { openPool, type Queryable } from '../../store/pool.ts'
import { draftRecord, putRecords } from '../../store/put-records.ts'
import type { StoredRecord } from '../../store/records.ts'
import { listRegistries } from '../../store/registries.ts'
import { say } from '../place.ts'
import { recordsAbout } from './people.ts'

const [url = '', folder = '', from = '0', until = '0'] = process.argv.slice(2)
const peopleAtOnce = 500
const keys = loadKeys(folder, { create: false })

/** Stores a page of records, a registry at a time; answers them in the order given. */
async function putAll(tx: Queryable, records: readonly SourceRecord[], at: Date): Promise<StoredRecord[]> {
  const stored = new Map<SourceRecord, StoredRecord>()
  for (const registry of new Set(records.map((record) => record.registry))) {
    const page = records.filter((record) => record.registry === registry)
    const drafts = page.map((record) => draftRecord(keys, record))
    const { added } = await putRecords(tx, keys, registry, drafts, { at, run: null })
    for (const [place, record] of page.entries())
      stored.set(record, {
        id: added[place] ?? '',
        version: 1,
        firstSeen: at,
        changedAt: at,
        seenAt: at,
        absentSince: null,
        record,
      })
  }
  return records.flatMap((record) => stored.get(record) ?? [])
}

async function fill(tx: Queryable, first: number, last: number): Promise<void> {
  const at = new Date()
  // Foreign keys need no check: every row is made here, whole.
  await tx.query('set local session_replication_role = replica')
  const people = Array.from({ length: last - first }, (_, place) => ({
    id: newId(),
    records: recordsAbout(first + place),
  }))
  const all = await putAll(
    tx,
    people.flatMap(({ records }) => records),
    at,
  )
  await putIdentifiers(tx, keys, all, [])
  await addPersons(
    tx,
    people.map(({ id }) => id),
    at,
  )
  let place = 0
  const persons = people.map(({ id, records }) => {
    const members = all.slice(place, place + records.length)
    place += records.length
    return { id, members }
  })
  const moves = persons.flatMap(({ id, members }) =>
    members.map((one): Move => ({ record: one.id, person: id, from: undefined, reason: 'linked' })),
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
