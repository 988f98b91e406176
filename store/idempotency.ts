/** Remembered requests and token ids, so that nothing is carried out, or accepted, twice. */
import type { Queryable } from './pool.ts'

export type Remembered = { fingerprint: Buffer; status: number | null; body: unknown }
type Key = { client: string; operation: string; key: string }

/** Claims a key; answers the earlier request when there was one. A claim without an answer is taken over after `before`. */
export async function claimKey(
  db: Queryable,
  key: Key,
  fingerprint: Buffer,
  at: Date,
  before: Date,
): Promise<Remembered | 'claimed'> {
  const claimed = await db.query(
    `insert into idempotency_key (client, operation, key, fingerprint, started_at) values ($1, $2, $3, $4, $5)
     on conflict (client, operation, key) do update set started_at = excluded.started_at
       where idempotency_key.status is null and idempotency_key.started_at < $6 and idempotency_key.fingerprint = $4
     returning key`,
    [key.client, key.operation, key.key, fingerprint, at, before],
  )
  if (claimed.length === 1) return 'claimed'
  const [earlier] = await db.query<Remembered>(
    'select fingerprint, status, body from idempotency_key where client = $1 and operation = $2 and key = $3',
    [key.client, key.operation, key.key],
  )
  return earlier ?? 'claimed'
}

export const rememberAnswer = (db: Queryable, key: Key, status: number, body: unknown) =>
  db.query('update idempotency_key set status = $4, body = $5 where client = $1 and operation = $2 and key = $3', [
    key.client,
    key.operation,
    key.key,
    status,
    JSON.stringify(body),
  ])

export const forgetKey = (db: Queryable, key: Key) =>
  db.query('delete from idempotency_key where client = $1 and operation = $2 and key = $3 and status is null', [
    key.client,
    key.operation,
    key.key,
  ])

/** True the first time an id is seen. */
export const seeOnce = async (db: Queryable, id: string, expiresAt: Date): Promise<boolean> =>
  (
    await db.query('insert into seen_token (id, expires_at) values ($1, $2) on conflict do nothing returning id', [
      id,
      expiresAt,
    ])
  ).length === 1

/** Drops what is too old to matter. */
export async function forgetOld(db: Queryable, at: Date, keysBefore: Date): Promise<void> {
  await db.query('delete from seen_token where expires_at < $1', [at])
  await db.query('delete from idempotency_key where started_at < $1', [keysBefore])
}
