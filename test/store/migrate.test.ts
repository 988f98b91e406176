import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { migrate, pendingMigrations, readMigrations } from '../../store/migrate.ts'
import { openPool } from '../../store/pool.ts'
import { type TestDatabase, testDatabase } from '../kit/database.ts'

let base: TestDatabase
let folder: string

beforeEach(async () => {
  base = await testDatabase({ empty: true })
  folder = mkdtempSync(join(tmpdir(), 'pamoja-migrations-'))
})
afterEach(async () => {
  rmSync(folder, { recursive: true })
  await base.drop()
})

const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
const tables = async () =>
  (
    await base.db.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' order by 1",
    )
  ).map((row) => row.name)

const first = () => write('0001_one.sql', 'create table one (n int);\ninsert into one values (1);')
const second = () => write('0002_two.sql', 'create table two (n int);')

test("the hub's own migrations bring an empty database to this build, and a second time change nothing", async () => {
  const files = readMigrations(join(import.meta.dirname, '../../store/migrations')).map(({ name }) => name)
  expect(files.length).toBeGreaterThan(0)
  expect(await pendingMigrations(base.db)).toEqual(files)
  expect(await migrate(base.db)).toEqual({ applied: files })
  expect(await tables()).toContain('source_record')
  expect(await migrate(base.db)).toEqual({ applied: [] })
  expect(await pendingMigrations(base.db)).toEqual([])
})

test('twenty that start at once apply each migration once', async () => {
  first()
  second()
  const pools = Array.from({ length: 20 }, () => openPool(base.url, { max: 1 }))
  const results = await Promise.all(pools.map((pool) => migrate(pool, folder)))
  await Promise.all(pools.map((pool) => pool.close()))
  expect(results.flatMap(({ applied }) => applied).sort()).toEqual(['0001_one.sql', '0002_two.sql'])
  expect(await base.db.query('select n from one')).toEqual([{ n: 1 }])
})

test('a new migration goes on top of the applied ones', async () => {
  first()
  await migrate(base.db, folder)
  second()
  expect(await pendingMigrations(base.db, folder)).toEqual(['0002_two.sql'])
  expect(await migrate(base.db, folder)).toEqual({ applied: ['0002_two.sql'] })
  expect(await base.db.query('select number, name, length(sha256) as digits from migration order by 1')).toEqual([
    { number: 1, name: '0001_one.sql', digits: 64 },
    { number: 2, name: '0002_two.sql', digits: 64 },
  ])
})

test('a migration that fails leaves nothing of itself, and what came before stays', async () => {
  first()
  write('0002_two.sql', 'create table two (n int); select 1 / 0;')
  await expect(migrate(base.db, folder)).rejects.toMatchObject({ code: '22012' })
  expect(await tables()).toEqual(['migration', 'one'])
  second()
  expect(await migrate(base.db, folder)).toEqual({ applied: ['0002_two.sql'] })
})

test('an applied migration whose text has changed is refused by name, before anything else is done', async () => {
  first()
  await migrate(base.db, folder)
  write('0001_one.sql', 'create table one (n bigint);')
  second()
  const refused = { code: 'migration_changed', message: expect.stringContaining('0001_one.sql') }
  await expect(migrate(base.db, folder)).rejects.toMatchObject(refused)
  await expect(pendingMigrations(base.db, folder)).rejects.toMatchObject(refused)
  expect(await tables()).toEqual(['migration', 'one'])
})

test('a database that is newer than the build is refused', async () => {
  first()
  second()
  await migrate(base.db, folder)
  rmSync(join(folder, '0002_two.sql'))
  const refused = { code: 'database_newer', message: expect.stringMatching(/at migration 2, .* knows 1/) }
  await expect(migrate(base.db, folder)).rejects.toMatchObject(refused)
  await expect(pendingMigrations(base.db, folder)).rejects.toMatchObject(refused)
})

test('other line ends are the same text', async () => {
  first()
  await migrate(base.db, folder)
  write('0001_one.sql', 'create table one (n int);\r\ninsert into one values (1);')
  expect(await migrate(base.db, folder)).toEqual({ applied: [] })
})

test('two files with one number, or a number left out, are a mistake of the build', () => {
  first()
  write('0001_other.sql', '')
  expect(() => readMigrations(folder)).toThrow(/should have the number 2/)
  rmSync(join(folder, '0001_other.sql'))
  write('0003_three.sql', '')
  expect(() => readMigrations(folder)).toThrow(/0003_three.sql should have the number 2/)
})

test('a migration may take longer than a statement of the hub may', async () => {
  write('0001_slow.sql', 'select pg_sleep(0.3);')
  const hasty = openPool(base.url, { max: 1, statementTimeoutMs: 100 })
  expect(await migrate(hasty, folder)).toEqual({ applied: ['0001_slow.sql'] })
  await expect(hasty.query('select pg_sleep(0.3)')).rejects.toMatchObject({ code: 'unavailable' })
  await hasty.close()
})
