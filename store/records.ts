/** Source records: versioned, sealed, keyed by a keyed hash of the registry's own key. Never deleted on absence. */
import type { SourceRecord } from '../schemas/contract.ts'
import type { Keys } from './keys.ts'
import type { Queryable } from './pool.ts'
import { blind, type SealContext, unseal } from './seal.ts'

export type StoredRecord = {
  id: string
  version: number
  firstSeen: Date
  changedAt: Date
  seenAt: Date
  absentSince: Date | null
  record: SourceRecord
}

type Row = {
  id: string
  version: number
  sealed: Buffer
  first_seen: Date
  changed_at: Date
  seen_at: Date
  absent_since: Date | null
}

/** Cut to half, a hash is still unique, and its index half as big. */
export const hashBytes = 16
const columns = 'r.id, r.version, r.resolved_version, r.sealed, r.first_seen, r.changed_at, r.seen_at, r.absent_since'

export const sourceKey = (keys: Keys, registry: string, sourceId: string) =>
  blind(keys.sourceKey(registry), sourceId, hashBytes)

export const identifierHash = (keys: Keys, registry: string, of: { type: string; issuer: string; value: string }) =>
  blind(keys.identifierKey(registry, of.type), `${of.issuer}:${of.value}`, hashBytes)

/** Each version is sealed for its own place: an old one put back opens nowhere. */
export const recordContext = (id: string, version: number): SealContext => ({
  table: 'source_record',
  row: `${id}:${version}`,
  column: 'sealed',
})

const timesOf = (row: Omit<Row, 'sealed'>) => ({
  firstSeen: row.first_seen,
  changedAt: row.changed_at,
  seenAt: row.seen_at,
  absentSince: row.absent_since,
})

const open = (keys: Keys, row: Row): StoredRecord => ({
  id: row.id,
  version: row.version,
  ...timesOf(row),
  record: JSON.parse(unseal(keys, recordContext(row.id, row.version), row.sealed).toString()),
})

/** A record whose line was refused this time is still listed: it must not count as missing. Answers the ids of those that were absent. */
export const stillListed = async (
  tx: Queryable,
  keys: Keys,
  registry: string,
  sourceIds: readonly string[],
  at: Date,
): Promise<string[]> =>
  (
    await tx.query<{ id: string }>(
      `with absent as
         (select id, absent_since from source_record where registry = $1 and source_key = any($2) and absent_since is not null),
       past as (insert into absence (record, since, until) select id, absent_since, $3 from absent on conflict do nothing),
       listed as
         (update source_record set seen_at = now(), absent_since = null where registry = $1 and source_key = any($2))
       select id from absent`,
      [registry, sourceIds.map((id) => sourceKey(keys, registry, id)), at],
    )
  ).map((row) => row.id)

const resolved = `r.id, r.resolved_version as version, case when r.version = r.resolved_version then r.sealed else v.sealed end as sealed,
  r.first_seen, r.changed_at, r.seen_at, r.absent_since`
const resolvedFrom = `source_record r left join source_record_version v on v.record = r.id and v.version = r.resolved_version`

/** A record as its registry last sent it, and the version that was last resolved; 0 when none was. */
export type SentRecord = StoredRecord & { resolvedVersion: number }

/** Reads records by id as their registries last sent them, in no particular order; unknown ids are left out. */
export const readRecords = async (db: Queryable, keys: Keys, ids: readonly string[]): Promise<SentRecord[]> =>
  (
    await db.query<Row & { resolved_version: number }>(
      `select ${columns} from source_record r where id = any($1)`,
      [ids],
      'records_by_id',
    )
  ).map((row) => ({ ...open(keys, row), resolvedVersion: row.resolved_version }))

/** What may have changed of records although their content did not, and their version, by which it is told; unknown ids are left out. */
export const readStates = async (db: Queryable, ids: readonly string[]) =>
  (
    await db.query<Omit<Row, 'sealed'> & { resolved_version: number }>(
      `select id, version, resolved_version, first_seen, changed_at, seen_at, absent_since from source_record where id = any($1)`,
      [ids],
      'record_states',
    )
  ).map((row) => ({ id: row.id, version: row.version, resolvedVersion: row.resolved_version, ...timesOf(row) }))

/**
 * Reads records by id as they stood when they were last resolved: what a person is made of never runs ahead of the decision
 * about whose record it is. Records that were never resolved are left out.
 */
export const readResolved = async (db: Queryable, keys: Keys, ids: readonly string[]): Promise<StoredRecord[]> =>
  (
    await db.query<Row>(
      `select ${resolved} from ${resolvedFrom} where r.id = any($1) and r.resolved_version > 0`,
      [ids],
      'records_resolved',
    )
  ).map((row) => open(keys, row))

/** Which registry each record is of; unknown ids are left out. */
export const registriesOf = (db: Queryable, ids: readonly string[]) =>
  db.query<{ id: string; registry: string }>('select id, registry from source_record where id = any($1)', [ids])

export const markResolved = (tx: Queryable, records: readonly { id: string; version: number }[]) =>
  tx.query(
    `update source_record r set resolved_version = row.version
     from unnest($1::uuid[], $2::int[]) as row (id, version) where r.id = row.id and r.resolved_version <> row.version`,
    [records.map((one) => one.id), records.map((one) => one.version)],
    'mark_resolved',
  )

/** The records that make up a person now, as they were resolved. */
export const recordsOf = async (db: Queryable, keys: Keys, persons: readonly string[]) =>
  (
    await db.query<Row & { person: string }>(
      `select m.person, ${resolved}
       from membership m join (${resolvedFrom}) on r.id = m.record
       where m.person = any($1) and m.until is null and r.resolved_version > 0 order by r.id`,
      [persons],
    )
  ).map((row) => ({ person: row.person, ...open(keys, row) }))

export const countRecords = async (db: Queryable) =>
  db.query<{ registry: string; records: number; absent: number }>(
    `select registry, count(*)::int as records, (count(*) filter (where absent_since is not null))::int as absent
     from source_record group by registry`,
  )
