/** Blocking keys as keyed 64-bit hashes: which records may be compared at all. */
import { copyRows } from './copy.ts'
import type { Keys } from './keys.ts'
import type { Queryable } from './pool.ts'
import { blind64 } from './seal.ts'

export type Candidates = {
  /** Record pairs (one of the asked, one found) that share at least one key. */
  pairs: { of: string; candidate: string }[]
  /** True when a key was too common and was not looked into: then uniqueness is unproven. */
  truncated: Set<string>
}

/** A record's keys as they are stored, each once. */
export const hashBlockingKeys = (keys: Keys, blocking: readonly string[]): string[] => [
  ...new Set(blocking.map((key) => blind64(keys.blockingKey, key).toString())),
]

/** Writes records' keys. `replacing`: those of the records that may have keys already. */
export async function putBlockingKeys(
  tx: Queryable,
  rows: readonly { id: string; hashed: readonly string[] }[],
  replacing: readonly string[],
): Promise<void> {
  if (replacing.length > 0) await tx.query('delete from blocking_key where record = any($1)', [replacing])
  const pairs = rows.flatMap(({ id, hashed }) => hashed.map((key) => [key, id] as const))
  await copyRows(tx, 'blocking_key', 'key, record', pairs, (pair) => pair)
}

/** Of one person's records, so many stand for all of them: a person may have hundreds, a month each. */
const perPerson = 3

/**
 * Finds the candidates of many records in one query. Of a person's records only the first few that hold a key are candidates.
 * A key under which `limit` candidates and more are found is too common to look into; whoever holds such a key is truncated,
 * and then nobody can say that the rest of the candidates are all there are.
 */
export async function findCandidates(
  db: Queryable,
  asked: readonly { id: string; hashed: readonly string[] }[],
  limit: number,
): Promise<Candidates> {
  const owners = new Map<string, string[]>()
  for (const one of asked)
    for (const key of one.hashed) {
      const holders = owners.get(key)
      if (holders) holders.push(one.id)
      else owners.set(key, [one.id])
    }
  const found = await db.query<{ key: string; records: string; capped: boolean }>(
    `select asked.key::text as key, found.records, found.capped
     from unnest($1::bigint[]) as asked (key), lateral (
       select coalesce(string_agg(record::text, ',') filter (where nth <= ${perPerson}), '') as records,
         count(*) >= $3 or count(*) filter (where nth <= ${perPerson}) > $2 as capped
       from (
         select held.record, row_number() over (partition by coalesce(m.person, held.record) order by held.record) as nth
         from (select record from blocking_key b where b.key = asked.key limit $3) held
         left join membership m on m.record = held.record and m.until is null
       ) each
     ) found`,
    [[...owners.keys()], limit, limit * 10],
  )
  const pairs = new Map<string, { of: string; candidate: string }>()
  const truncated = new Set<string>()
  for (const { key, records: joined, capped } of found) {
    const records = joined === '' ? [] : joined.split(',')
    for (const of of owners.get(key) ?? []) {
      if (capped) truncated.add(of)
      else for (const candidate of records) if (candidate !== of) pairs.set(`${of} ${candidate}`, { of, candidate })
    }
  }
  return { pairs: [...pairs.values()], truncated }
}
