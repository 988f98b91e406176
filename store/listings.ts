/**
 * Complete lists: when one began, and who it left out when it ends. Times are the database's own, so that workers with
 * different clocks agree.
 */
import type { Queryable } from './pool.ts'

/** Notes which list of each stream is being read. Going on with one changes nothing; another one begins anew. */
export const openListings = (tx: Queryable, registry: string, lists: ReadonlyMap<string, string>) =>
  tx.query(
    `insert into listing (registry, stream, list, started_at)
     select $1, stream, list, now() from unnest($2::text[], $3::text[]) as row (stream, list)
     on conflict (registry, stream) do update set list = excluded.list, started_at = excluded.started_at
       where listing.list <> excluded.list`,
    [registry, [...lists.keys()], [...lists.values()]],
  )

const missing = `r.registry = $1 and r.stream = any($2) and r.absent_since is null and r.seen_at <
  coalesce((select started_at from listing l where l.registry = r.registry and l.stream = r.stream), now())`

/** How many records a complete list leaves out, and how many there were. */
export const countMissing = async (tx: Queryable, registry: string, streams: readonly string[]) =>
  (
    await tx.query<{ listed: number; missing: number }>(
      `select (count(*) filter (where ${missing}))::int as missing, count(*)::int as listed
       from source_record r where r.registry = $1 and r.stream = any($2) and r.absent_since is null`,
      [registry, streams],
    )
  )[0] ?? { listed: 0, missing: 0 }

/** Ends the lists and marks whom they left out; answers the ids. */
export async function closeListings(
  tx: Queryable,
  registry: string,
  streams: readonly string[],
  at: Date,
): Promise<string[]> {
  const gone = await tx.query<{ id: string }>(
    `update source_record r set absent_since = $3 where ${missing} returning id`,
    [registry, streams, at],
  )
  await tx.query('delete from listing where registry = $1 and stream = any($2)', [registry, streams])
  return gone.map((row) => row.id)
}
