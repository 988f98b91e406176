/** Source records: versioned, sealed, keyed by a keyed hash of the registry's own key. Never deleted on absence. */
import type { SourceRecord } from '../schemas/contract.ts'
import { putFacts } from './facts.ts'
import { newId } from './ids.ts'
import type { Keys } from './keys.ts'
import type { Queryable } from './pool.ts'
import { blind, seal, unseal } from './seal.ts'

export type StoredRecord = {
  id: string
  version: number
  firstSeen: Date
  changedAt: Date
  seenAt: Date
  absentSince: Date | null
  record: SourceRecord
}
/** `doubled` holds the places in the page whose source id was there before in the same list with other content. */
export type Put = { added: string[]; changed: string[]; doubled: number[] }

type Row = {
  id: string
  version: number
  sealed: Buffer
  first_seen: Date
  changed_at: Date
  seen_at: Date
  absent_since: Date | null
}
type Known = { id: string; source_key: Buffer; content_hash: Buffer; version: number; in_this_list: boolean | null }
type Seen = { at: Date; run: string | null }

const table = 'source_record'
const hashBytes = 16
const columns = 'r.id, r.version, r.sealed, r.first_seen, r.changed_at, r.seen_at, r.absent_since'

export const sourceKey = (keys: Keys, registry: string, sourceId: string) =>
  blind(keys.sourceKey(registry), sourceId, hashBytes)

export const identifierHash = (keys: Keys, registry: string, of: { type: string; issuer: string; value: string }) =>
  blind(keys.identifierKey(registry, of.type), `${of.issuer}:${of.value}`, hashBytes)

const open = (keys: Keys, row: Row): StoredRecord => ({
  id: row.id,
  version: row.version,
  firstSeen: row.first_seen,
  changedAt: row.changed_at,
  seenAt: row.seen_at,
  absentSince: row.absent_since,
  record: JSON.parse(unseal(keys, { table, row: `${row.id}:${row.version}`, column: 'sealed' }, row.sealed).toString()),
})

/**
 * Writes a page of one registry's records inside the caller's transaction, which holds the registry's lock.
 * A record whose content is unchanged only counts as seen. A source id that the same list has already brought with other
 * content is not overwritten: which of the two is right is not ours to guess.
 */
export async function putRecords(
  tx: Queryable,
  keys: Keys,
  registry: string,
  page: readonly SourceRecord[],
  seen: Seen,
): Promise<Put> {
  const incoming = page.map((record, place) => {
    const text = JSON.stringify(record)
    const key = sourceKey(keys, registry, record.sourceId)
    return { place, record, text, key, hash: blind(keys.sourceKey(registry), text, hashBytes) }
  })
  const known = new Map(
    (
      await tx.query<Known>(
        `select r.id, r.source_key, r.content_hash, r.version,
           r.seen_run = $3::uuid and r.seen_at >= l.started_at as in_this_list
         from source_record r left join listing l on l.registry = r.registry and l.stream = r.stream
         where r.registry = $1 and r.source_key = any($2)`,
        [registry, incoming.map((one) => one.key), seen.run],
      )
    ).map((row) => [row.source_key.toString('hex'), row]),
  )
  const changes: Change[] = []
  const doubled: number[] = []
  const firsts = new Map<string, Buffer>()
  for (const one of incoming) {
    const name = one.key.toString('hex')
    const before = known.get(name)
    const first = firsts.get(name) ?? (before?.in_this_list ? before.content_hash : undefined)
    if (first && !first.equals(one.hash)) doubled.push(one.place)
    if (first || before?.content_hash.equals(one.hash)) continue
    firsts.set(name, one.hash)
    const id = before?.id ?? newId()
    const version = (before?.version ?? 0) + 1
    changes.push({
      ...one,
      id,
      version,
      sealed: seal(keys, { table, row: `${id}:${version}`, column: 'sealed' }, one.text),
    })
  }
  const added = changes.filter((change) => change.version === 1)
  const changed = changes.filter((change) => change.version > 1)
  if (added.length > 0) await insert(tx, registry, added, seen)
  if (changed.length > 0) await replace(tx, changed, seen)
  if (known.size > 0)
    await touch(
      tx,
      [...known.values()].map((row) => row.id),
      seen,
    )
  if (changes.length > 0) {
    await putIdentifiers(tx, keys, registry, changes, changed.length > 0)
    await putFacts(tx, changes, changed.length > 0)
  }
  return { added: added.map((one) => one.id), changed: changed.map((one) => one.id), doubled }
}

type Change = { id: string; version: number; key: Buffer; hash: Buffer; sealed: Buffer; record: SourceRecord }

const insert = (tx: Queryable, registry: string, rows: Change[], seen: Seen) =>
  tx.query(
    `insert into source_record
       (id, registry, stream, source_key, content_hash, version, sealed, synthetic, first_seen, changed_at, seen_at, seen_run)
     select id, $1, stream, key, hash, 1, sealed, synthetic, $2::timestamptz, $2::timestamptz, now(), $3::uuid
     from unnest($4::uuid[], $5::text[], $6::bytea[], $7::bytea[], $8::bytea[], $9::boolean[])
       as row (id, stream, key, hash, sealed, synthetic)`,
    [
      registry,
      seen.at,
      seen.run,
      rows.map((row) => row.id),
      rows.map((row) => row.record.stream),
      rows.map((row) => row.key),
      rows.map((row) => row.hash),
      rows.map((row) => row.sealed),
      rows.map((row) => row.record.synthetic ?? false),
    ],
  )

async function replace(tx: Queryable, rows: Change[], seen: Seen) {
  const ids = rows.map((row) => row.id)
  await tx.query(
    `insert into source_record_version (record, version, sealed, replaced_at)
     select id, version, sealed, $2 from source_record where id = any($1)`,
    [ids, seen.at],
  )
  await tx.query(
    `update source_record as r
     set stream = row.stream, content_hash = row.hash, version = row.version, sealed = row.sealed,
         synthetic = row.synthetic, changed_at = $1
     from unnest($2::uuid[], $3::text[], $4::bytea[], $5::int[], $6::bytea[], $7::boolean[])
       as row (id, stream, hash, version, sealed, synthetic)
     where r.id = row.id`,
    [
      seen.at,
      ids,
      rows.map((row) => row.record.stream),
      rows.map((row) => row.hash),
      rows.map((row) => row.version),
      rows.map((row) => row.sealed),
      rows.map((row) => row.record.synthetic ?? false),
    ],
  )
}

const touch = (tx: Queryable, ids: string[], seen: Seen) =>
  tx.query('update source_record set seen_run = $2, seen_at = now(), absent_since = null where id = any($1)', [
    ids,
    seen.run,
  ])

/** A record whose line was refused this time is still listed: it must not count as missing. */
export const stillListed = (tx: Queryable, keys: Keys, registry: string, sourceIds: readonly string[]) =>
  tx.query(
    'update source_record set seen_at = now(), absent_since = null where registry = $1 and source_key = any($2)',
    [registry, sourceIds.map((id) => sourceKey(keys, registry, id))],
  )

async function putIdentifiers(tx: Queryable, keys: Keys, registry: string, rows: Change[], replacing: boolean) {
  if (replacing) await tx.query('delete from identifier where record = any($1)', [rows.map((row) => row.id)])
  const pairs = rows.flatMap((row) =>
    row.record.identifiers.map((identifier) => ({ hash: identifierHash(keys, registry, identifier), record: row.id })),
  )
  if (pairs.length === 0) return
  await tx.query(
    `insert into identifier (hash, record) select * from unnest($1::bytea[], $2::uuid[]) on conflict do nothing`,
    [pairs.map((pair) => pair.hash), pairs.map((pair) => pair.record)],
  )
}

/** Reads records by id, in no particular order; unknown ids are left out. */
export const readRecords = async (db: Queryable, keys: Keys, ids: readonly string[]): Promise<StoredRecord[]> =>
  (await db.query<Row>(`select ${columns} from source_record r where id = any($1)`, [ids])).map((row) =>
    open(keys, row),
  )

/** The records that make up a person now. */
export const recordsOf = async (db: Queryable, keys: Keys, persons: readonly string[]) =>
  (
    await db.query<Row & { person: string }>(
      `select m.person, ${columns}
       from membership m join source_record r on r.id = m.record
       where m.person = any($1) and m.until is null order by r.id`,
      [persons],
    )
  ).map((row) => ({ person: row.person, ...open(keys, row) }))

export const countRecords = async (db: Queryable) =>
  db.query<{ registry: string; records: number; absent: number }>(
    `select registry, count(*)::int as records, (count(*) filter (where absent_since is not null))::int as absent
     from source_record group by registry`,
  )
