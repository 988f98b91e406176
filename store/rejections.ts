/** Rejections: raw records that could not be normalised, sealed and kept with their reasons until they are replayed. */
import type { Reason } from '../errors.ts'
import { newId } from './ids.ts'
import type { Keys } from './keys.ts'
import type { Queryable } from './pool.ts'
import { sourceKey } from './records.ts'
import { blind, seal, unseal } from './seal.ts'

export type Refused<Raw> = { raw: Raw; sourceId?: string | undefined; reasons: readonly Reason[] }
export type RejectionRow = {
  id: string
  registry: string
  stream: string
  origin: string
  reasons: Reason[]
  first_seen: Date
  state: 'open' | 'replayed' | 'superseded'
}
type Raw = { stream: string; origin: string; data: unknown }

const context = (id: string) => ({ table: 'rejection', row: id, column: 'sealed' })
const columns = 'id, registry, stream, origin, reasons, first_seen, state'

/**
 * Keeps a page's rejections; the same raw record in the same place is kept once. Where a pushed record came from is the
 * caller's own text, so it stays among the sealed: only a file's name and row stand in clear.
 */
export async function putRejections(
  tx: Queryable,
  keys: Keys,
  registry: string,
  refused: readonly Refused<Raw>[],
  seen: { at: Date; run: string | null },
): Promise<void> {
  if (refused.length === 0) return
  const once = new Map(refused.map((one) => [JSON.stringify(one.raw), one]))
  const rows = [...once].map(([text, one]) => {
    const id = newId()
    return {
      ...one,
      id,
      rawKey: blind(keys.sourceKey(registry), `raw:${text}`, 16),
      sourceKey: one.sourceId === undefined ? null : sourceKey(keys, registry, one.sourceId),
      sealed: seal(keys, context(id), text),
    }
  })
  await tx.query(
    `insert into rejection (id, registry, stream, origin, raw_key, source_key, sealed, reasons, run, state, first_seen)
     select id, $1, stream, origin, raw_key, source_key, sealed, reasons, $2::uuid, 'open', $3::timestamptz
     from unnest($4::uuid[], $5::text[], $6::text[], $7::bytea[], $8::bytea[], $9::bytea[], $10::jsonb[])
       as row (id, stream, origin, raw_key, source_key, sealed, reasons)
     on conflict (registry, raw_key) do update set
       reasons = excluded.reasons, run = coalesce(excluded.run, rejection.run), state = 'open', told_at = now(), settled_at = null`,
    [
      registry,
      seen.run,
      seen.at,
      rows.map((row) => row.id),
      rows.map((row) => row.raw.stream),
      rows.map((row) => (seen.run === null ? 'push' : row.raw.origin)),
      rows.map((row) => row.rawKey),
      rows.map((row) => row.sourceKey),
      rows.map((row) => row.sealed),
      rows.map((row) => JSON.stringify(row.reasons)),
    ],
  )
}

/** A record that is now accepted settles the open rejections of the same source id. */
export const supersede = (tx: Queryable, registry: string, sourceKeys: readonly Buffer[], at: Date) =>
  tx.query(
    `update rejection set state = 'superseded', settled_at = $3
     where registry = $1 and state = 'open' and source_key = any($2)`,
    [registry, sourceKeys, at],
  )

/** Ends complaints about rows of complete lists that the newest list, which ends now, has not brought again. */
export const settleListed = (tx: Queryable, registry: string, streams: readonly string[], at: Date) =>
  tx.query(
    `update rejection r set state = 'superseded', settled_at = $3 from listing l
     where r.registry = $1 and r.stream = any($2) and r.state = 'open' and r.run is not null
       and l.registry = r.registry and l.stream = r.stream and r.told_at < l.started_at`,
    [registry, streams, at],
  )

/** Ends complaints about whole files that a run, which tells of every file that cannot be read, did not make again. */
export const settleFiles = (tx: Queryable, registry: string, run: string, at: Date) =>
  tx.query(
    `update rejection set state = 'superseded', settled_at = $3
     where registry = $1 and stream = 'file' and state = 'open' and run is distinct from $2`,
    [registry, run, at],
  )

export const settle = (tx: Queryable, id: string, at: Date) =>
  tx.query(`update rejection set state = 'replayed', settled_at = $2 where id = $1`, [id, at])

export const listRejections = (
  db: Queryable,
  registry: string,
  page: { after: string | null; limit: number; state: string | null },
) =>
  db.query<RejectionRow>(
    `select ${columns} from rejection
     where registry = $1 and ($2::uuid is null or id > $2) and ($3::text is null or state = $3) order by id limit $4`,
    [registry, page.after, page.state, page.limit],
  )

/** Open rejections before a place, the newest first: a newer raw record goes before an older one of the same person. */
export const newestOpen = async (db: Queryable, registry: string, before: string | null, limit: number) =>
  db.query<{ id: string; reasons: Reason[] }>(
    `select id, reasons from rejection
     where registry = $1 and state = 'open' and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [registry, before, limit],
  )

/** One rejection with its raw record, locked for replay. */
export async function openRejection(tx: Queryable, keys: Keys, registry: string, id: string) {
  const [row] = await tx.query<RejectionRow & { sealed: Buffer }>(
    `select ${columns}, sealed from rejection where registry = $1 and id = $2 for update`,
    [registry, id],
  )
  return row && { ...row, raw: JSON.parse(unseal(keys, context(row.id), row.sealed).toString()) as Raw }
}

export const countOpen = (db: Queryable) =>
  db.query<{ registry: string; rejections: number }>(
    `select registry, count(*)::int as rejections from rejection where state = 'open' group by registry`,
  )
