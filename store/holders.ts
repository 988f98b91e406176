/** How many persons hold a key. */
import type { Queryable } from './pool.ts'

/** So many records of a key are counted at most: more people than that make no difference, and a person may have a record a month. */
const mostRecords = 400

/** Persons by key, of those keys that anybody holds. `agreed`: only what these registries still list counts. */
export async function countHolders(
  db: Queryable,
  keys: readonly string[],
  agreed: readonly string[] | undefined,
): Promise<Map<string, number>> {
  const rows = await db.query<{ key: string; persons: number }>(
    `select asked.key, count(distinct m.person)::int as persons
     from unnest($1::bigint[]) as asked (key),
       lateral (select b.record from blocking_key b where b.key = asked.key and ($2::text[] is null or exists
         (select 1 from source_record r where r.id = b.record and r.registry = any($2) and r.absent_since is null))
         limit ${mostRecords}) held
       join membership m on m.record = held.record and m.until is null
     group by asked.key`,
    [keys, agreed ?? null],
    'key_holders',
  )
  return new Map(rows.map(({ key, persons }) => [key, persons]))
}
