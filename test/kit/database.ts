import { inject } from 'vitest'
import { type Db, openPool } from '../../store/pool.ts'
import { databaseUrl } from './server.ts'

export type TestDatabase = {
  db: Db
  url: string
  /** Closes and drops. Throws when a test left a connection checked out, or a pool of its own open. */
  drop: () => Promise<void>
}

let made = 0

/** A database of its own for a test file, cloned from the migrated template (`empty`: without any table). */
export async function testDatabase(options: { empty?: boolean; max?: number } = {}): Promise<TestDatabase> {
  const name = `test_${process.pid}_${process.env.VITEST_POOL_ID ?? 0}_${made++}`
  const admin = openPool(inject('serverUrl'), { max: 1, applicationName: 'test kit', statementTimeoutMs: 60_000 })
  await admin.query(`create database ${name} template ${options.empty ? 'template0' : inject('templateName')}`)
  const url = databaseUrl(inject('serverUrl'), name)
  const db = openPool(url, { max: options.max ?? 10, applicationName: name })
  const drop = async () => {
    const { open, idle } = db.stats()
    if (open === idle) await db.close()
    const left = await othersIn(admin, name)
    await admin.query(`drop database ${name} with (force)`)
    await admin.close()
    if (open !== idle) throw new Error(`${open - idle} connections of the test's pool were never given back`)
    if (left.length > 0) throw new Error(`the test left connections open: ${left.join(', ')}`)
  }
  return { db, url, drop }
}

// A closed connection takes the server a moment to notice.
async function othersIn(admin: Db, name: string): Promise<string[]> {
  for (let attempt = 1; ; attempt++) {
    const rows = await admin.query<{ name: string }>(
      "select application_name as name from pg_stat_activity where datname = $1 and backend_type = 'client backend'",
      [name],
    )
    if (rows.length === 0 || attempt === 40) return rows.map((row) => row.name)
    await new Promise((done) => setTimeout(done, 50))
  }
}
