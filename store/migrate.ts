import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { HubError } from '../errors.ts'
import { packageFile } from '../schemas/files.ts'
import type { Db, Queryable } from './pool.ts'

export type Migration = { number: number; name: string; text: string; sha256: string }
type Applied = { number: number; name: string; sha256: string }

const oldest = 150_000
// Any number; the same in every build, so that two builds do not migrate at once.
const lock = 7_046_029_254

/**
 * Brings the database to this build: applies `NNNN_name.sql` in order, each with its record in one transaction.
 * May be started any number of times at once. Throws HubError `migration_changed`, `database_newer` or `bad_config` (server too old)
 * before it changes anything.
 */
export async function migrate(db: Db, folder = packageFile('store/migrations')): Promise<{ applied: string[] }> {
  const migrations = readMigrations(folder)
  const applied: string[] = []
  for (;;) {
    // The lock is taken anew for each, so that it lives and dies with a transaction, behind a connection pooler too.
    const name = await db.transaction((tx) => applyNext(tx, migrations), { settings: { statement_timeout: '0' } })
    if (name === undefined) return { applied }
    applied.push(name)
  }
}

/** The migrations that this database still lacks. Throws as `migrate` does; changes nothing. For processes that must not migrate. */
export async function pendingMigrations(db: Queryable, folder = packageFile('store/migrations')): Promise<string[]> {
  const migrations = readMigrations(folder)
  const [found] = await db.query<{ known: boolean }>("select to_regclass('migration') is not null as known")
  return pending(migrations, found?.known ? await readApplied(db) : []).map(({ name }) => name)
}

/** The numbered files of a folder, in order. Throws when two share a number or one is missing: a mistake of the build. */
export function readMigrations(folder: string): Migration[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.sql'))
  const migrations = names.map((name) => {
    // Git may check out with other line ends; the text means the same.
    const text = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n')
    return { number: Number.parseInt(name, 10), name, text, sha256: createHash('sha256').update(text).digest('hex') }
  })
  migrations.sort((a, b) => a.number - b.number)
  for (const [index, { number, name }] of migrations.entries()) {
    if (number !== index + 1) throw new Error(`store/migrations: ${name} should have the number ${index + 1}`)
  }
  return migrations
}

async function applyNext(tx: Queryable, migrations: Migration[]): Promise<string | undefined> {
  await tx.query('select pg_advisory_xact_lock($1)', [lock])
  const [server] = await tx.query<{ version: number }>("select current_setting('server_version_num')::int as version")
  if (server === undefined || server.version < oldest) {
    throw new HubError('bad_config', {
      detail: 'The database server is older than PostgreSQL 15. Upgrade it, or unset DATABASE_URL.',
    })
  }
  await tx.query(`create table if not exists migration (
    number int primary key, name text not null, sha256 text not null, applied_at timestamptz not null default now())`)
  const [next] = pending(migrations, await readApplied(tx))
  if (next === undefined) return undefined
  await tx.query(next.text)
  await tx.query('insert into migration (number, name, sha256) values ($1, $2, $3)', [
    next.number,
    next.name,
    next.sha256,
  ])
  return next.name
}

const readApplied = (tx: Queryable) => tx.query<Applied>('select number, name, sha256 from migration order by number')

function pending(migrations: Migration[], applied: Applied[]): Migration[] {
  for (const { number, name, sha256 } of applied) {
    const known = migrations[number - 1]
    if (known === undefined) {
      throw new HubError('database_newer', {
        detail: `The database is at migration ${applied.length}, this build knows ${migrations.length}. Deploy a newer build, or restore a backup.`,
      })
    }
    if (known.sha256 !== sha256) {
      throw new HubError('migration_changed', {
        detail: `${name} was applied with another text than this build has. Restore its text; write a new migration instead.`,
      })
    }
  }
  return migrations.slice(applied.length)
}
