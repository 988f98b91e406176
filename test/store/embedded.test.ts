import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { findBinaries } from '../../store/embedded/binaries.ts'
import { type PostgresServer, type StartOptions, startPostgres } from '../../store/embedded/server.ts'
import { openPool } from '../../store/pool.ts'

let home: string
let dataDir: string
let servers: PostgresServer[]
let children: ChildProcess[]

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pamoja-embedded-'))
  chmodSync(home, 0o755)
  dataDir = join(home, 'pg')
  servers = []
  children = []
})
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL')
  await Promise.all(servers.map((server) => server.stop()))
  rmSync(home, { recursive: true, force: true, maxRetries: 10 })
})

const start = async (options: Partial<StartOptions> = {}) => {
  const server = await startPostgres({ dataDir, ...options })
  servers.push(server)
  return server
}

/** Another process that uses the same directory. */
const startElsewhere = async () => {
  const child = fork(join(import.meta.dirname, '../kit/serve-postgres.ts'), [dataDir], {
    execArgv: ['--import', 'tsx'],
  })
  children.push(child)
  const [told] = await Promise.race([once(child, 'message'), once(child, 'exit').then(() => [undefined])])
  const leave = async () => {
    child.send('stop')
    await once(child, 'exit')
  }
  return { child, leave, pid: Number(told?.pid), shared: told?.shared === true, url: String(told?.url) }
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
const gone = (pid: number) => vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000 })

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const db = openPool(url, { max: 1 })
  try {
    return await db.query<Row>(sql)
  } finally {
    await db.close()
  }
}

describe('one process', () => {
  test('an empty directory becomes a server that answers this machine only, and ends when told', async () => {
    const server = await start({ settings: { max_connections: 33 } })
    expect(server.shared).toBe(false)
    const [row] = await ask(
      server.url,
      `select current_database() as database, current_setting('server_version_num')::int >= 150000 as recent,
       current_setting('listen_addresses') as listens, current_setting('max_connections') as connections, 'É' = lower('É') as same`,
    )
    expect(row).toEqual({ database: 'pamoja', recent: true, listens: '127.0.0.1', connections: '33', same: false })
    await server.stop()
    await server.stop()
    expect(isAlive(server.pid)).toBe(false)
    expect(existsSync(join(dataDir, 'postmaster.pid'))).toBe(false)
  })

  test('what was stored is there after the next start', async () => {
    const first = await start()
    await ask(first.url, 'create table kept as select 7 as n')
    await first.stop()
    const second = await start()
    expect(second.shared).toBe(false)
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }])
  })

  test('nobody enters without the password, and only the server and its user can read that', async () => {
    const server = await start()
    const url = new URL(server.url)
    expect(url.password.length).toBeGreaterThan(20)
    url.password = 'guess'
    await expect(ask(url.href, 'select 1')).rejects.toMatchObject({ code: 'unavailable' })
    expect(statSync(dataDir).mode & 0o077).toBe(0)
    expect(statSync(join(dataDir, 'pamoja.password')).mode & 0o077).toBe(0)
  })

  test('what a failed statement says about people does not reach the log', async () => {
    const server = await start()
    await ask(server.url, 'create table person (name text primary key)')
    await ask(server.url, "insert into person values ('Akinyi')")
    await expect(ask(server.url, "insert into person values ('Akinyi')")).rejects.toMatchObject({ code: '23505' })
    await expect(ask(server.url, "select 'Akinyi'::date")).rejects.toMatchObject({ code: '22007' })
    const log = readFileSync(join(home, 'postgres.log'), 'utf8')
    expect(log).toContain('ready to accept connections')
    expect(log).not.toContain('Akinyi')
  })

  test('a server that is going down already, or has crashed, does not disturb stop', async () => {
    const interrupted = await start()
    process.kill(interrupted.pid, 'SIGINT') // as a terminal's Ctrl-C does to the whole group
    await interrupted.stop()
    expect(isAlive(interrupted.pid)).toBe(false)
    const crashed = await start()
    process.kill(crashed.pid, 'SIGKILL')
    await crashed.stop()
    await gone(crashed.pid)
  })

  test('a port that is taken is said, with the log of the server', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await expect(startPostgres({ dataDir, port })).rejects.toThrow(
      new RegExp(`on port ${port}[^]*postgres.log[^]*Address already in use`),
    )
    taken.close()
  })
})

describe('several processes', () => {
  test('the second joins the first, and only the last to leave stops the server', async () => {
    const first = await start()
    const second = await startElsewhere()
    expect(second).toMatchObject({ pid: first.pid, shared: true, url: first.url })
    await first.stop()
    expect(await ask(second.url, 'select 1 as n')).toEqual([{ n: 1 }])
    await second.leave()
    await gone(first.pid)
  })

  test('of four that start at once on an empty directory one serves, and when all have left nothing runs', async () => {
    const all = await Promise.all(Array.from({ length: 4 }, startElsewhere))
    expect(new Set(all.map((one) => one.pid)).size).toBe(1)
    expect(all.filter((one) => !one.shared)).toHaveLength(1)
    await Promise.all(all.map((one) => one.leave()))
    await gone(all[0]?.pid ?? 0)
    expect(readdirSync(home).sort()).toEqual(['pg', 'postgres.log'])
  })

  test('the orphan of a killed process is taken over, data and all, and can be stopped', async () => {
    const dead = await startElsewhere()
    await ask(dead.url, 'create table kept as select 7 as n')
    dead.child.kill('SIGKILL')
    await once(dead.child, 'exit')
    expect(isAlive(dead.pid)).toBe(true)
    const heir = await start()
    expect(heir).toMatchObject({ pid: dead.pid, shared: true })
    expect(await ask(heir.url, 'select n from kept')).toEqual([{ n: 7 }])
    await heir.stop()
    await expect(ask(heir.url, 'select 1')).rejects.toMatchObject({ code: 'unavailable' })
    expect(existsSync(join(dataDir, 'postmaster.pid'))).toBe(false)
  })

  test('a process whose session was cut off still counts as a user', async () => {
    const first = await start()
    const second = await startElsewhere()
    await ask(
      first.url,
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'pamoja keeper'",
    )
    await vi.waitFor(
      async () =>
        expect(
          await ask(first.url, "select 1 from pg_stat_activity where application_name = 'pamoja keeper'"),
        ).toHaveLength(2),
      { timeout: 10_000 },
    )
    await first.stop()
    expect(isAlive(first.pid)).toBe(true)
    await second.leave()
    await gone(first.pid)
  })

  test('one that starts while the last is leaving gets a server that stays', async () => {
    const first = await start()
    const [, second] = await Promise.all([first.stop(), start()])
    expect(await ask(second.url, 'select 1 as n')).toEqual([{ n: 1 }])
  })
})

describe('what a crash leaves behind', () => {
  test('after the server itself was killed the next start recovers what was committed', async () => {
    const first = await start()
    await ask(first.url, 'create table kept as select 7 as n')
    process.kill(first.pid, 'SIGKILL')
    await gone(first.pid)
    const second = await start()
    expect(second.pid).not.toBe(first.pid)
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 7 }])
  })

  test('a lock file whose process id belongs to another program by now is no server', async () => {
    const first = await start()
    const lock = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8')
    await first.stop()
    writeFileSync(join(dataDir, 'postmaster.pid'), lock.replace(String(first.pid), String(process.pid)))
    const second = await start()
    expect(second.shared).toBe(false)
    expect(await ask(second.url, 'select 1 as n')).toEqual([{ n: 1 }])
  })

  test('an empty or half-written lock file is no server', async () => {
    await (await start()).stop()
    for (const text of ['', '999']) {
      writeFileSync(join(dataDir, 'postmaster.pid'), text)
      const server = await start()
      expect(server.shared).toBe(false)
      await server.stop()
    }
  })

  test('what an interrupted first start left is swept later, and does not count as a database', async () => {
    const draft = `${dataDir}.draft-000000000000`
    mkdirSync(draft)
    writeFileSync(join(draft, 'PG_VERSION'), '18')
    utimesSync(draft, new Date(0), new Date(0))
    await start()
    expect(existsSync(draft)).toBe(false)
  })
})

describe('where it cannot run', () => {
  test('a directory that holds something else is refused, not overwritten', async () => {
    mkdirSync(dataDir)
    writeFileSync(join(dataDir, 'letter.txt'), 'mine')
    await expect(startPostgres({ dataDir })).rejects.toMatchObject({
      code: 'bad_config',
      message: expect.stringContaining('PAMOJA_HOME'),
    })
    expect(readdirSync(dataDir)).toEqual(['letter.txt'])
  })

  test.skipIf(process.getuid?.() !== 0)(
    'as root, a directory that others cannot enter is named, with the way out',
    async () => {
      const closed = join(home, 'closed')
      mkdirSync(closed, { mode: 0o700 })
      await expect(startPostgres({ dataDir: join(closed, 'pg') })).rejects.toMatchObject({
        code: 'bad_config',
        message: expect.stringMatching(/closed.*PAMOJA_HOME/),
      })
      expect(readdirSync(closed)).toEqual([])
    },
  )

  test('a home that is a file is named', async () => {
    writeFileSync(join(home, 'file'), '')
    await expect(startPostgres({ dataDir: join(home, 'file', 'pg') })).rejects.toMatchObject({
      code: 'bad_config',
      message: expect.stringContaining('PAMOJA_HOME'),
    })
  })

  test('a platform without an embedded server is told to set DATABASE_URL', async () => {
    await expect(findBinaries({}, home, 'sunos', 'sparc')).rejects.toMatchObject({
      code: 'bad_config',
      message: expect.stringContaining('DATABASE_URL'),
    })
  })
})
