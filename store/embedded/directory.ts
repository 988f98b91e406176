import { execFile, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { HubError } from '../../errors.ts'
import { type Binaries, codeOf, postgresEnv, type RunAs } from './binaries.ts'

export const superuser = 'pamoja'

const run = promisify(execFile)

/** A data directory of ours, the user its server runs as, and the programs that serve it. */
export type Place = { dataDir: string; user: RunAs; programs: Binaries }

/**
 * Makes the data directory when there is none. A new one is filled aside and renamed into place: a run that is killed in
 * between leaves no half a database behind, and of two that start at once one wins and the other uses what it finds.
 */
export async function prepareDirectory(place: Place): Promise<void> {
  const { dataDir, user } = place
  const home = dirname(dataDir)
  try {
    // Root's server runs as another user, who has to pass through.
    mkdirSync(home, { recursive: true, mode: user.uid === undefined ? 0o700 : 0o755 })
    sweepDrafts(dataDir)
    if (!existsSync(join(dataDir, 'PG_VERSION'))) await create(place)
    mustReach(dataDir, user, dataDir)
    readFileSync(passwordFile(dataDir))
  } catch (error) {
    const code = codeOf(error)
    if (code === undefined || error instanceof HubError) throw error
    throw new HubError('bad_config', {
      detail: `${dataDir} cannot be used for the database (${code}). Give PAMOJA_HOME a directory that this user owns, or set DATABASE_URL.`,
      cause: error,
    })
  }
}

/** The URL of a database of this directory's server. Holds its password: never log it. */
export function urlOf(dataDir: string, port: number, database: string): string {
  const password = readFileSync(passwordFile(dataDir), 'utf8')
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/${database}`
}

const passwordFile = (dataDir: string) => join(dataDir, 'pamoja.password')

async function create({ dataDir, user, programs }: Place): Promise<void> {
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new HubError('bad_config', {
      detail: `${dataDir} is not empty and holds no database of ours. Give PAMOJA_HOME another directory.`,
    })
  }
  const draft = `${dataDir}.draft-${randomBytes(6).toString('hex')}`
  mkdirSync(draft, { mode: 0o700 })
  const secret = `${draft}.password`
  try {
    own(draft, user)
    mustReach(draft, user, dataDir)
    writeFileSync(secret, randomBytes(24).toString('base64url'), { mode: 0o600 })
    own(secret, user)
    const made = { ...user, cwd: '/', env: postgresEnv }
    await run(programs.initdb, [...initArguments, '-D', draft, `--pwfile=${secret}`], made).catch((cause) => {
      throw new HubError('unavailable', {
        detail: `The database could not be made in ${dataDir}: ${cause.stderr?.trim() || cause.message}`,
        cause,
      })
    })
    renameSync(secret, passwordFile(draft))
    if (process.platform === 'win32' && existsSync(dataDir)) rmdirSync(dataDir)
    renameSync(draft, dataDir)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    rmSync(secret, { force: true })
    // Somebody else was first; then theirs is used.
    if (!existsSync(join(dataDir, 'PG_VERSION'))) throw error
  }
}

// The builtin C.UTF-8 of PostgreSQL 17 sorts the same on every machine. Nothing is flushed yet: an unfinished draft is thrown away.
const initArguments = [
  ...['-U', superuser, '-A', 'scram-sha-256', '-E', 'UTF8'],
  ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-sync'],
]

function own(path: string, user: RunAs): void {
  if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid)
}

// Only root can be unable to share what it owns: /root and many home directories let nobody else through.
function mustReach(directory: string, user: RunAs, dataDir: string): void {
  if (user.uid === undefined) return
  const test = spawnSync('/bin/sh', ['-c', 'test -w "$0" && test -x "$0"', directory], { ...user, cwd: '/' })
  if (test.status === 0) return
  throw new HubError('bad_config', {
    detail: `${dataDir} cannot be reached by user ${user.uid}, and PostgreSQL does not run as root. Set PAMOJA_HOME to a directory outside /root that everybody may enter, such as /var/lib/pamoja.`,
  })
}

// What killed runs left. Ten minutes is far longer than an initdb takes, so nobody still works on it.
function sweepDrafts(dataDir: string): void {
  const home = dirname(dataDir)
  for (const name of readdirSync(home)) {
    if (!name.startsWith(`${basename(dataDir)}.draft-`)) continue
    const draft = join(home, name)
    if (Date.now() - statSync(draft).mtimeMs > 600_000) rmSync(draft, { recursive: true, force: true })
  }
}
