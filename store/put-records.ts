/** Writes source records: what is new is copied in, what changed is replaced and keeps its earlier version. */
import type { SourceRecord } from '../schemas/contract.ts'
import { copyRows } from './copy.ts'
import { newId } from './ids.ts'
import type { Keys } from './keys.ts'
import type { Queryable } from './pool.ts'
import { hashBytes, recordContext, sourceKey } from './records.ts'
import { blind, seal } from './seal.ts'

/** What can be worked out about a record before its page's transaction begins. */
export type Draft = {
  readonly record: SourceRecord
  readonly text: string
  readonly key: Buffer
  readonly hash: Buffer
  /** The delivery it came in; one source id stands in one delivery once. */
  readonly list: string
}
export type Put = {
  added: string[]
  changed: string[]
  /** Records that were absent and are listed again as they were. */
  returned: string[]
  /** Places in the page whose source id was there before in the same list with other content. */
  doubled: number[]
}

type Known = {
  id: string
  source_key: Buffer
  content_hash: Buffer
  version: number
  absent: boolean
  in_this_list: boolean | null
}
type Seen = { at: Date; run: string | null }
type Change = Draft & { id: string; version: number }

export function draftRecord(keys: Keys, record: SourceRecord, list = ''): Draft {
  const text = JSON.stringify(record)
  return {
    record,
    text,
    key: sourceKey(keys, record.registry, record.sourceId),
    hash: blind(keys.sourceKey(record.registry), text, hashBytes),
    list,
  }
}

/**
 * Writes a page of one registry's records inside the caller's transaction, which holds the registry's lock.
 * A record whose content is unchanged only counts as seen. A source id that the same list has already brought with other
 * content is not overwritten: which of the two is right is not ours to guess.
 */
export async function putRecords(
  tx: Queryable,
  keys: Keys,
  registry: string,
  page: readonly Draft[],
  seen: Seen,
): Promise<Put> {
  const known = await findKnown(tx, registry, page, seen)
  const { changes, doubled } = compareWith(known, page)
  const added = changes.filter((change) => change.version === 1)
  const changed = changes.filter((change) => change.version > 1)
  await insert(tx, keys, registry, added, seen)
  if (changed.length > 0) await replace(tx, keys, changed, seen)
  const back = [...known.values()].filter((row) => row.absent).map((row) => row.id)
  if (back.length > 0) await endAbsences(tx, back, seen)
  if (known.size > 0)
    await touch(
      tx,
      [...known.values()].map((row) => row.id),
      seen,
    )
  const changedIds = new Set(changed.map((one) => one.id))
  const returned = back.filter((id) => !changedIds.has(id))
  return { added: added.map((one) => one.id), changed: [...changedIds], returned, doubled }
}

/** The records of a page that are here already, by their source key in hexadecimal digits. */
async function findKnown(tx: Queryable, registry: string, page: readonly Draft[], seen: Seen) {
  const rows = await tx.query<Known>(
    `select r.id, r.source_key, r.content_hash, r.version, r.absent_since is not null as absent,
       r.seen_run = $3::uuid and r.seen_at >= l.started_at as in_this_list
     from source_record r left join listing l on l.registry = r.registry and l.stream = r.stream
     where r.registry = $1 and r.source_key = any($2)`,
    [registry, page.map((one) => one.key), seen.run],
  )
  return new Map(rows.map((row) => [row.source_key.toString('hex'), row]))
}

function compareWith(known: ReadonlyMap<string, Known>, page: readonly Draft[]) {
  const changes = new Map<string, Change>()
  const doubled: number[] = []
  const last = new Map<string, { hash: Buffer; list: string }>()
  for (const [place, draft] of page.entries()) {
    const name = draft.key.toString('hex')
    const before = known.get(name)
    const earlier =
      last.get(name) ?? (before?.in_this_list ? { hash: before.content_hash, list: draft.list } : undefined)
    const isDouble = earlier?.list === draft.list && !earlier.hash.equals(draft.hash)
    if (isDouble) doubled.push(place)
    if (isDouble || earlier?.hash.equals(draft.hash)) continue
    last.set(name, draft)
    // A later delivery in the same page goes before the one that came first.
    if (before?.content_hash.equals(draft.hash)) changes.delete(name)
    else
      changes.set(name, {
        ...draft,
        id: before?.id ?? changes.get(name)?.id ?? newId(),
        version: (before?.version ?? 0) + 1,
      })
  }
  return { changes: [...changes.values()], doubled }
}

const sealed = (keys: Keys, { id, version, text }: Change) => seal(keys, recordContext(id, version), text)

// Sealed while it is copied, so that the server works on the rows before. `seen_at` is the database's own time.
const insert = (tx: Queryable, keys: Keys, registry: string, rows: readonly Change[], seen: Seen) =>
  copyRows(
    tx,
    'source_record',
    'id, registry, stream, source_key, content_hash, version, sealed, synthetic, first_seen, changed_at, seen_run',
    rows,
    (row) => [
      row.id,
      registry,
      row.record.stream,
      row.key,
      row.hash,
      row.version,
      sealed(keys, row),
      row.record.synthetic ?? false,
      seen.at,
      seen.at,
      seen.run,
    ],
  )

async function replace(tx: Queryable, keys: Keys, rows: readonly Change[], seen: Seen) {
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
      rows.map((row) => sealed(keys, row)),
      rows.map((row) => row.record.synthetic ?? false),
    ],
  )
}

/** That they were away stays known, for whoever asks what a past night knew. */
const endAbsences = (tx: Queryable, ids: string[], seen: Seen) =>
  tx.query(
    `insert into absence (record, since, until)
     select id, absent_since, $2 from source_record where id = any($1) and absent_since is not null on conflict do nothing`,
    [ids, seen.at],
  )

const touch = (tx: Queryable, ids: string[], seen: Seen) =>
  tx.query('update source_record set seen_run = $2, seen_at = now(), absent_since = null where id = any($1)', [
    ids,
    seen.run,
  ])
