/**
 * The outbox: work that follows from a commit, written in the same transaction. A row is claimed by its state under a row
 * lock, so a row that commits late is never skipped, and a worker that dies leaves its rows to the next.
 */
import { newId } from './ids.ts'
import type { Queryable } from './pool.ts'

export type Topic = 'resolve'
export type OutboxRow = { id: string; records: string[]; attempts: number }

/** More failed attempts than this, and a row is parked for a person to look at. */
const mostAttempts = 5

export const post = (tx: Queryable, topic: Topic, records: readonly string[], at: Date) =>
  tx.query('insert into outbox (id, topic, payload, created_at) values ($1, $2, $3, $4)', [
    newId(),
    topic,
    JSON.stringify({ records }),
    at,
  ])

/** Claims the oldest waiting rows, none behind `last`; they are gone when the transaction commits. */
export async function claim(tx: Queryable, topic: Topic, rows: number, last?: string): Promise<OutboxRow[]> {
  return tx.query<OutboxRow>(
    `delete from outbox where id in
       (select id from outbox where topic = $1 and parked_at is null and ($3::uuid is null or id <= $3)
       order by id limit $2 for update skip locked)
     returning id, attempts, array(select jsonb_array_elements_text(payload -> 'records')) as records`,
    [topic, rows, last ?? null],
  )
}

/** The waiting rows behind one, without claiming them: what others may have claimed meanwhile is seen too. */
export const peek = (db: Queryable, topic: Topic, after: string | undefined, rows: number) =>
  db.query<Pick<OutboxRow, 'id' | 'records'>>(
    `select id, array(select jsonb_array_elements_text(payload -> 'records')) as records from outbox
     where topic = $1 and parked_at is null and ($2::uuid is null or id > $2) order by id limit $3`,
    [topic, after ?? null, rows],
  )

/** Counts a failed attempt; after too many the row is parked instead of being tried for ever. */
export const countFailure = (db: Queryable, topic: Topic, rows: number, at: Date) =>
  db.query(
    `update outbox set attempts = attempts + 1, parked_at = case when attempts + 1 >= $3 then $4::timestamptz end
     where id in (select id from outbox where topic = $1 and parked_at is null order by id limit $2)`,
    [topic, rows, mostAttempts, at],
  )

export const waiting = async (db: Queryable, topic: Topic) =>
  (
    await db.query<{ waiting: number; parked: number }>(
      `select (count(*) filter (where parked_at is null))::int as waiting, (count(*) filter (where parked_at is not null))::int as parked
       from outbox where topic = $1`,
      [topic],
    )
  )[0] ?? { waiting: 0, parked: 0 }

/** Since when something waits; undefined when nothing does. */
export const oldestWaiting = async (db: Queryable, topic: Topic): Promise<Date | undefined> =>
  (
    await db.query<{ at: Date | null }>(
      'select min(created_at) as at from outbox where topic = $1 and parked_at is null',
      [topic],
    )
  )[0]?.at ?? undefined
