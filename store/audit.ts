/**
 * The audit log: one leaf an answer, durable before the answer leaves. The application role may only insert.
 * A leaf keeps the exact bytes that were hashed (never re-serialised to verify) and a salt inside the hash, so that
 * guessable contents cannot be found from hashes alone. Leaf hash as in RFC 9162 section 2.1.1: SHA-256(0x00 || salt || body).
 */
import { createHash, randomBytes } from 'node:crypto'
import { newId } from './ids.ts'
import type { Db, Queryable } from './pool.ts'

export type Leaf = { at: Date; subject: Buffer | null; body: { readonly [field: string]: unknown } }
type Waiting = { leaves: Leaf[]; done: () => void; failed: (reason: unknown) => void }

/** Leaves of one insert; more wait for the next. */
const mostAtOnce = 500

/** Appends leaves. Calls that come while an insert is under way are written together by the next: one flush serves many. */
export function openAuditLog(db: Db) {
  const waiting: Waiting[] = []
  let writing = false

  async function drain() {
    writing = true
    while (waiting.length > 0) {
      const batch = waiting.splice(0, mostAtOnce)
      try {
        await insertLeaves(
          db,
          batch.flatMap((one) => one.leaves),
        )
        for (const one of batch) one.done()
      } catch (reason) {
        for (const one of batch) one.failed(reason)
      }
    }
    writing = false
  }

  return {
    /** Resolves when every leaf is durable; rejects when it is not certain that they are. */
    append: (leaves: Leaf[]): Promise<void> =>
      new Promise((done, failed) => {
        waiting.push({ leaves, done, failed })
        if (!writing) void drain()
      }),
  }
}
export type AuditLog = ReturnType<typeof openAuditLog>

/** Writes leaves; inside a transaction they are durable exactly when what they tell of is. */
export function insertLeaves(db: Queryable, leaves: readonly Leaf[]) {
  const rows = leaves.map((leaf) => {
    const body = Buffer.from(JSON.stringify(leaf.body))
    const salt = randomBytes(16)
    return { leaf, body, salt, hash: createHash('sha256').update(Buffer.of(0)).update(salt).update(body).digest() }
  })
  return db.query(
    `insert into audit_leaf (id, at, subject, body, salt, hash)
     select * from unnest($1::uuid[], $2::timestamptz[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bytea[])`,
    [
      rows.map(() => newId()),
      rows.map((row) => row.leaf.at),
      rows.map((row) => row.leaf.subject),
      rows.map((row) => row.body),
      rows.map((row) => row.salt),
      rows.map((row) => row.hash),
    ],
    'audit_append',
  )
}
