/** Records by person as they were known at an instant, whatever has been synced and resolved since. */
import type { SourceRecord } from '../../schemas/contract.ts'
import type { Keys } from '../keys.ts'
import type { Queryable } from '../pool.ts'
import { recordContext } from '../records.ts'
import { unseal } from '../seal.ts'

/** A record's version, still sealed: one that does not open costs its person, and nobody else. */
export type KnownRow = { person: string; id: string; version: number; absent: boolean; sealed: Buffer }

/**
 * The version that counts: the current one when it is not newer than the instant, else the one that was current then; never newer than
 * what was resolved, as the person is made of that. A record first seen later did not exist; one whose absence began later, or
 * ended later, was as it was then.
 */
const known = (persons: string) => `
  select m.person, r.id, case when r.changed_at <= $1 and r.version <= r.resolved_version then r.version else v.version end as version,
    case when r.changed_at <= $1 and r.version <= r.resolved_version then r.sealed else v.sealed end as sealed,
    coalesce(r.absent_since <= $1, false) or exists
      (select from absence a where a.record = r.id and a.since <= $1 and a.until > $1) as absent
  from (
    select person, record from membership where until is null and since <= $1 and ${persons}
    union all
    select person, record from membership where until is not null and until > $1 and since <= $1 and ${persons}
  ) m
  join source_record r on r.id = m.record and r.first_seen <= $1
  left join lateral
    (select v.version, v.sealed from source_record_version v
     where v.record = r.id and (v.replaced_at > $1 or v.version = r.resolved_version)
     order by v.version limit 1) v
    on r.changed_at > $1 or r.version > r.resolved_version
  where v.version is not null or (r.changed_at <= $1 and r.version <= r.resolved_version)
  order by m.person, r.id`

/** Ids that cut all persons of then into ranges of `size`: each is the first of its range. */
export const peopleBounds = async (db: Queryable, knownAt: Date, size: number): Promise<string[]> =>
  (
    await db.query<{ id: string }>(
      `select id from (select id, row_number() over (order by id) as place from person where created_at <= $1) one
       where (place - 1) % $2 = 0 order by id`,
      [knownAt, size],
    )
  ).map((row) => row.id)

/** Ids of the persons from `lower` on, before `upper`, who had a record then. */
export const personsKnown = async (
  db: Queryable,
  knownAt: Date,
  range: { after: string | null; lower: string; upper: string | null; limit: number },
): Promise<string[]> =>
  (
    await db.query<{ person: string }>(
      `select person from (
         select person from membership where until is null and since <= $1
           and person >= $2 and ($3::uuid is null or person < $3) and ($4::uuid is null or person > $4)
         union
         select person from membership where until is not null and until > $1 and since <= $1
           and person >= $2 and ($3::uuid is null or person < $3) and ($4::uuid is null or person > $4)
       ) one order by person limit $5`,
      [knownAt, range.lower, range.upper, range.after, range.limit],
      'persons_known',
    )
  ).map((row) => row.person)

/** The records of these persons, ordered by person. */
export const recordsKnown = (db: Queryable, knownAt: Date, persons: readonly string[]) =>
  db.query<KnownRow>(known('person = any($2)'), [knownAt, persons], 'records_known')

/** Throws when the record was changed, cut or moved in the database. */
export const openKnown = (keys: Keys, { id, version, sealed }: KnownRow): SourceRecord =>
  JSON.parse(unseal(keys, recordContext(id, version), sealed).toString())
