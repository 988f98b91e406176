/** Blocking keys as keyed 64-bit hashes: which records may be compared at all. */
import type { Keys } from './keys.ts'
import type { Queryable } from './pool.ts'
import { blind64 } from './seal.ts'

export type Candidates = {
  /** Record pairs (one of the asked, one found) that share at least one key. */
  pairs: { of: string; candidate: string }[]
  /** True when a key was too common and was not looked into: then uniqueness is unproven. */
  truncated: Set<string>
}

const hash = (keys: Keys, key: string) => blind64(keys.blockingKey, key).toString()

export async function putBlockingKeys(
  tx: Queryable,
  keys: Keys,
  rows: readonly { record: string; blocking: readonly string[] }[],
): Promise<void> {
  await tx.query('delete from blocking_key where record = any($1)', [rows.map((row) => row.record)])
  const pairs = rows.flatMap((row) => row.blocking.map((key) => ({ key: hash(keys, key), record: row.record })))
  if (pairs.length === 0) return
  await tx.query(
    `insert into blocking_key (key, record) select * from unnest($1::bigint[], $2::uuid[]) on conflict do nothing`,
    [pairs.map((pair) => pair.key), pairs.map((pair) => pair.record)],
  )
}

/**
 * Finds the candidates of many records in one query. A key held by more than `limit` records is too common to look into;
 * whoever holds such a key is marked truncated when no rarer key of theirs was looked into.
 */
export async function findCandidates(
  db: Queryable,
  keys: Keys,
  asked: readonly { id: string; blocking: readonly string[] }[],
  limit: number,
): Promise<Candidates> {
  const owners = new Map<string, string[]>()
  for (const one of asked)
    for (const key of one.blocking) {
      const hashed = hash(keys, key)
      owners.set(hashed, [...(owners.get(hashed) ?? []), one.id])
    }
  const found = await db.query<{ key: string; records: string[] }>(
    `select asked.key::text as key, array(select record from blocking_key b where b.key = asked.key limit $2) as records
     from unnest($1::bigint[]) as asked (key)`,
    [[...owners.keys()], limit + 1],
  )
  const pairs = new Map<string, { of: string; candidate: string }>()
  const truncated = new Set<string>()
  for (const { key, records } of found)
    for (const of of owners.get(key) ?? []) {
      if (records.length > limit) truncated.add(of)
      else for (const candidate of records) if (candidate !== of) pairs.set(`${of} ${candidate}`, { of, candidate })
    }
  return { pairs: [...pairs.values()], truncated }
}
