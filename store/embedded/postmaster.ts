import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { HubError } from '../../errors.ts'
import { codeOf } from './binaries.ts'

export type Postmaster = { pid: number; port: number }

/**
 * The server that runs in this data directory and answers, if any; waits while one is starting, recovering or stopping.
 * A lock file that a crash left behind is not a server, even when its process id belongs to another program by now.
 */
export async function findPostmaster(dataDir: string, url: (port: number) => string): Promise<Postmaster | undefined> {
  const deadline = Date.now() + 300_000
  for (;;) {
    const { pid, port } = readLock(pidFile(dataDir)) ?? {}
    if (pid === undefined || !isPostmaster(pid, dataDir)) return undefined
    if (port !== undefined && (await answers(url(port), dataDir))) return { pid, port }
    if (Date.now() > deadline) {
      throw new HubError('unavailable', {
        detail: `PostgreSQL, process ${pid} in ${dataDir}, does not answer. Stop it and start again.`,
      })
    }
    await sleep(25)
  }
}

/** Whether the process is alive and serves this directory. True where the system does not let us see what it runs. */
export function isPostmaster(pid: number, dataDir: string): boolean {
  if (!isAlive(pid)) return false
  const command = commandOf(pid)
  return command === undefined || (command.includes('postgres') && command.includes(dataDir))
}

/**
 * Removes a lock file that PostgreSQL itself would take for a running server: its process id has gone to another program, or a full
 * disk left it empty. Where its process is simply dead, PostgreSQL recovers by itself.
 */
export function clearDeadLock(dataDir: string): void {
  const aside = `${pidFile(dataDir)}.${randomBytes(4).toString('hex')}`
  const stale = readLock(pidFile(dataDir))
  if (stale === undefined || !isDead(stale, dataDir)) return
  try {
    renameSync(pidFile(dataDir), aside)
    // Another starter was quicker and this is its lock: give it back.
    if (readLock(aside)?.pid !== stale.pid) linkSync(aside, pidFile(dataDir))
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(codeOf(error) ?? '')) throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

// A server writes its lock within a moment of making it.
const isDead = ({ pid, age }: Lock, dataDir: string) =>
  pid === undefined ? age > 1_000 : isAlive(pid) && !isPostmaster(pid, dataDir)

const pidFile = (dataDir: string) => join(dataDir, 'postmaster.pid')

type Lock = { pid: number | undefined; port: number | undefined; age: number }

// Lines: process id, data directory, start time, port, and more. The file is written bit by bit, so a port may not be there yet.
function readLock(path: string): Lock | undefined {
  try {
    const [pid, , , port] = readFileSync(path, 'utf8').split('\n')
    return { pid: positive(pid), port: positive(port), age: Date.now() - statSync(path).mtimeMs }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw error
  }
}

function positive(text: string | undefined): number | undefined {
  const number = Number.parseInt(text ?? '', 10)
  return number > 0 ? number : undefined
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

function commandOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    if (process.platform === 'win32') return undefined
    const shown = spawnSync('ps', ['-ww', '-p', String(pid), '-o', 'command='], { encoding: 'utf8' })
    return shown.status === 0 ? shown.stdout : undefined
  }
}

// Another server may have taken the port of a dead one: only the one that serves this very directory counts.
async function answers(url: string, dataDir: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const { rows } = await client.query<{ directory: string }>("select current_setting('data_directory') as directory")
    return rows[0]?.directory === dataDir
  } catch (error) {
    if (codeOf(error) !== '28P01') return false // starting up, shutting down
    throw new HubError('bad_config', {
      detail: `The password in ${dataDir} does not open its database. Restore pamoja.password, or give PAMOJA_HOME another directory.`,
    })
  } finally {
    await client.end().catch(() => {})
  }
}
