import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, existsSync, openSync, readFileSync, realpathSync, statSync, truncateSync } from 'node:fs'
import { createServer } from 'node:net'
import { totalmem } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { HubError } from '../../errors.ts'
import { findBinaries, postgresEnv, runAs } from './binaries.ts'
import { type Place, prepareDirectory, urlOf } from './directory.ts'
import { type Keeper, keep } from './keeper.ts'
import { clearDeadLock, findPostmaster, isAlive, isPostmaster, type Postmaster } from './postmaster.ts'

export type StartOptions = {
  /** Where the database lives; made when missing. Its parent is usually PAMOJA_HOME. */
  dataDir: string
  /** Default: a free one. Not used when the server of this directory runs already; nor are the settings. */
  port?: number
  database?: string
  /** Server settings, such as `{ max_connections: 200 }`. */
  settings?: Record<string, string | number>
  log?: (message: string) => void
}

export type PostgresServer = {
  /** Holds the password: never log it. */
  url: string
  port: number
  pid: number
  /** True when the server ran already: another process of ours started it, or a killed one left it behind. */
  shared: boolean
  /** Leaves the server; the last process to leave stops it. May be called again, and after the server has gone. */
  stop: () => Promise<void>
}

function sharedMegabytes(): number {
  // A container may have less than its machine; 0 or a huge number: no limit.
  const limit = process.constrainedMemory() ?? 0
  const memory = limit > 0 ? Math.min(limit, totalmem()) : totalmem()
  return Math.round(Math.min(4096, Math.max(128, memory / 8 / 2 ** 20)))
}

// No failed statement, message or DETAIL line of a caller reaches the log: all may quote personal data.
const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: 100,
  timezone: 'UTC',
  log_min_messages: 'log', // above "error"
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  // A country's keys and documents are read at random: an eighth of the memory, four gigabytes at most, so that the indexes of a million
  // people stay in it and who reads need not write others' pages first. No statement here is worth compiling. A page of an index is
  // written to the log whole when it is first changed after a checkpoint, and keys are all over the index: checkpoints further apart
  // write less.
  shared_buffers: `${sharedMegabytes()}MB`,
  jit: 'off',
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
}

const attempts = 6

/**
 * Starts the embedded PostgreSQL of a data directory, or joins the one that runs there. Any number of processes may do so at
 * once: PostgreSQL's own lock file decides who serves, the others join.
 * Throws HubError `bad_config` when it cannot run here (the message says what to set), `unavailable` when it does not come up.
 */
export async function startPostgres(options: StartOptions): Promise<PostgresServer> {
  const user = runAs()
  const asked = resolve(options.dataDir)
  const programs = await findBinaries(user, dirname(asked))
  await prepareDirectory({ dataDir: asked, user, programs })
  const place: Place = { dataDir: realpathSync(asked), user, programs }
  const log = options.log ?? (() => {})
  const database = options.database ?? 'pamoja'
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const joined = await joinOrSpawn(place, options)
    // No keeper: it was being stopped by its last user, or crashed. Look again.
    const keeper =
      joined && (await keep(urlOf(place.dataDir, joined.port, 'postgres'), database).catch(() => undefined))
    if (joined && keeper) return serve(place, database, joined, keeper, log)
    await sleep(attempt * 100)
  }
  throw new HubError('unavailable', {
    detail: `PostgreSQL did not start in ${place.dataDir}${options.port ? ` on port ${options.port}` : ''}. The end of its log, ${logFile(place)}:\n${logTail(place)}`,
  })
}

type Joined = Postmaster & { child?: ChildProcess }

function serve(
  place: Place,
  database: string,
  { pid, port, child }: Joined,
  keeper: Keeper,
  log: (message: string) => void,
): PostgresServer {
  const shared = child === undefined
  log(`${shared ? 'joined the running' : 'started'} PostgreSQL: process ${pid}, port ${port}, log ${logFile(place)}`)
  let leaving: Promise<void> | undefined
  const stop = () => {
    leaving ??= leave(place, pid, keeper).then((stopped) =>
      log(stopped ? 'stopped PostgreSQL' : 'left PostgreSQL running for another process'),
    )
    return leaving
  }
  return { url: urlOf(place.dataDir, port, database), port, pid, shared, stop }
}

async function joinOrSpawn(place: Place, options: StartOptions): Promise<Joined | undefined> {
  const connect = (port: number) => urlOf(place.dataDir, port, 'postgres')
  const running = await findPostmaster(place.dataDir, connect)
  if (running) return running
  clearDeadLock(place.dataDir)
  const port = options.port ?? (await freePort())
  const child = spawnServer(place, port, { ...settings, ...options.settings })
  const found = await waitUntilReady(place.dataDir, connect, child)
  if (found === undefined) return undefined // it lost to another starter, or could not start: the caller looks again
  child.unref()
  return found.pid === child.pid ? { ...found, child } : found
}

// By connecting, never by reading the log.
async function waitUntilReady(dataDir: string, connect: (port: number) => string, child: ChildProcess) {
  let ended = false
  const end = () => {
    ended = true
  }
  child.once('exit', end).once('error', end)
  while (!ended) {
    const found = await findPostmaster(dataDir, connect)
    if (found) return found
    await sleep(20)
  }
  return undefined
}

function spawnServer(place: Place, port: number, all: Record<string, string | number>): ChildProcess {
  const file = logFile(place)
  if (existsSync(file) && statSync(file).size > 8 << 20) truncateSync(file)
  // A file, not a pipe: the server may outlive us.
  const output = openSync(file, 'a', 0o600)
  const set = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  try {
    return spawn(place.programs.postgres, ['-D', place.dataDir, '-p', String(port), ...set], {
      ...place.user,
      cwd: '/',
      env: postgresEnv,
      stdio: ['ignore', output, output],
    })
  } finally {
    closeSync(output)
  }
}

/** True when this stopped the server, or found it gone. */
async function leave(place: Place, pid: number, keeper: Keeper): Promise<boolean> {
  // No answer: it is gone, or going down because a terminal's Ctrl-C reached it too. Then wait until it is.
  const last = await keeper.isLast().catch(() => true)
  if (last) await stopServer(place, pid)
  await keeper.close()
  return last
}

// `pg_ctl kill` reaches exactly this process, on Windows too; `pg_ctl stop` would wait for, and even stop, the next server of the
// directory, which another process may start the moment this one has gone.
async function stopServer(place: Place, pid: number): Promise<void> {
  for (const signal of [fast, immediate]) {
    const sending = spawn(place.programs.pg_ctl, ['kill', signal, String(pid)], {
      ...place.user,
      cwd: '/',
      stdio: 'ignore',
    })
    await once(sending, 'exit')
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(10)) {
      if (!isPostmaster(pid, place.dataDir)) return ended(pid)
    }
  }
}

// A process that gives its memory back has no name any more, and is there for another moment.
async function ended(pid: number): Promise<void> {
  for (const deadline = Date.now() + 1_000; isAlive(pid) && Date.now() < deadline; ) await sleep(10)
}

// https://www.postgresql.org/docs/current/server-shutdown.html
const fast = 'INT'
const immediate = 'QUIT'

const logFile = ({ dataDir }: Place) => join(dirname(dataDir), 'postgres.log')

function logTail(place: Place): string {
  return existsSync(logFile(place)) ? readFileSync(logFile(place), 'utf8').slice(-2_000).trim() : '(empty)'
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))))
    })
  })
}
