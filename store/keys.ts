import { createHmac, hkdfSync, randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { HubError } from '../errors.ts'

/**
 * The secrets that the database never holds. Version 1 also keys every index, so a newer version changes how values are sealed
 * from now on and leaves the indexes alone.
 */
export type Keys = {
  /** The version that seals; the highest there is. */
  readonly version: number
  /** The key that seals a column, or undefined when that version is not here. */
  readonly sealKey: (version: number, table: string, column: string) => Buffer | undefined
  /** Keys for `blind` and `blind64`. One a registry and type: equal values of two registries look different in the database. */
  readonly identifierKey: (registry: string, type: string) => Buffer
  readonly sourceKey: (registry: string) => Buffer
  /** Keys for what people share, by the kind of group. */
  readonly groupKey: (kind: string) => Buffer
  /** The key for what makes a finding this one and no other. */
  readonly findingKey: Buffer
  readonly blockingKey: Buffer
  /** Keys that seal previews: see `veil`. */
  readonly previewKey: (use: 'text' | 'place') => Buffer
  readonly auditKey: Buffer
  /** 32 bytes, of which the key is made that signs what the hub sends out. */
  readonly signingSeed: Buffer
}

const secretBytes = 32
const heading = 'pamoja-key '
// Bounds the memory that odd names can take; a real hub needs a few dozen.
const cacheLimit = 4_096

/**
 * Reads the key files `1.key`, `2.key`, ... of a directory. Where there is none, makes the first, unless `create` is false: a
 * database that was sealed already needs its own key, not a new one.
 * Throws HubError `bad_config` when others may read a file or write the directory, `wrong_key` when a file is missing or damaged.
 */
export function loadKeys(directory: string, options: { create?: boolean } = {}): Keys {
  const create = options.create ?? true
  if (create) mkdirSync(directory, { recursive: true, mode: 0o700 })
  let files = keyFiles(directory)
  if (files.length === 0 && create) {
    createFirst(directory)
    files = keyFiles(directory)
  }
  if (files.length === 0) throw wrongKey(`${directory} holds no key. Restore the right PAMOJA_KEYS.`)
  mustBePrivate(directory, 0o022, 'written')
  return keysFrom(files.map((name, index) => readSecret(directory, name, index + 1)))
}

/** The keys derived from the secrets of version 1, 2, ...; 32 bytes each. */
export function keysFrom(secrets: readonly Buffer[]): Keys {
  const [first] = secrets
  if (first === undefined) throw new Error('keysFrom needs a secret')
  const sealing = secrets.map((secret) => derived(secret, 'seal'))
  const identifiers = derived(first, 'identifier')
  const sources = derived(first, 'source')
  return {
    version: secrets.length,
    sealKey: (version, table, column) => sealing[version - 1]?.(table, column),
    identifierKey: identifiers,
    sourceKey: sources,
    groupKey: derived(first, 'group'),
    findingKey: derived(first, 'finding')(),
    blockingKey: derived(first, 'blocking')(),
    previewKey: derived(first, 'preview'),
    auditKey: derived(first, 'audit')(),
    signingSeed: derived(first, 'signature')(),
  }
}

/**
 * 16 bytes that tell the key of one version from any other and nothing about it. A database remembers them per version, so that a
 * wrong key file is noticed before it does harm.
 */
export function fingerprint(keys: Keys, version: number = keys.version): Buffer {
  const key = keys.sealKey(version, 'key_check', 'fingerprint')
  if (key === undefined)
    throw wrongKey(`The database was sealed with key ${version}, which is not here. Restore the right PAMOJA_KEYS.`)
  // The indexes hang on version 1, so it takes part in every version's fingerprint.
  return createHmac('sha256', key).update(keys.blockingKey).digest().subarray(0, 16)
}

// RFC 5869; what the key is for goes into `info`, length by length, so that no two uses meet.
function derived(secret: Buffer, use: string): (...names: string[]) => Buffer {
  // Each use has one number of names, two at most. Asked for several times a record, so nothing is rendered to find a key.
  const cache = new Map<string, Map<string, Buffer>>()
  let size = 0
  return (...names) => {
    const [first = '', second = ''] = names
    const known = cache.get(first)?.get(second)
    if (known) return known
    if (++size > cacheLimit) {
      cache.clear()
      size = 1
    }
    const key = Buffer.from(hkdfSync('sha256', secret, '', JSON.stringify(['pamoja', use, ...names]), secretBytes))
    const under = cache.get(first) ?? new Map<string, Buffer>()
    cache.set(first, under.set(second, key))
    return key
  }
}

function keyFiles(directory: string): string[] {
  try {
    const names = readdirSync(directory).filter((name) => /^[1-9]\d*\.key$/.test(name))
    return names.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
  } catch (cause) {
    throw new HubError('bad_config', { detail: `The keys in ${directory} cannot be read. Look at PAMOJA_KEYS.`, cause })
  }
}

function readSecret(directory: string, name: string, version: number): Buffer {
  if (name !== `${version}.key`) throw wrongKey(`${directory} lacks ${version}.key. Restore the right PAMOJA_KEYS.`)
  const path = join(directory, name)
  mustBePrivate(path, 0o077, 'read')
  const text = readFileSync(path, 'utf8').trim()
  const secret = Buffer.from(text.slice(heading.length), 'base64url')
  if (!text.startsWith(heading) || secret.length !== secretBytes)
    throw wrongKey(`${path} is damaged. Restore it from its backup.`)
  return secret
}

function mustBePrivate(path: string, forbidden: number, how: string): void {
  // Windows knows no modes; access lists are the operator's there.
  if (process.platform === 'win32' || (statSync(path).mode & forbidden) === 0) return
  throw new HubError('bad_config', { detail: `${path} can be ${how} by others. Run: chmod go-rwx ${path}` })
}

// Written aside and linked into place: whoever is first, everybody reads the same key, and never half of one. It is flushed to
// the disk before anything is sealed with it.
function createFirst(directory: string): void {
  const draft = join(directory, `.${randomBytes(8).toString('hex')}`)
  const file = openSync(draft, 'wx', 0o600)
  try {
    writeSync(file, `${heading}${randomBytes(secretBytes).toString('base64url')}\n`)
    fsyncSync(file)
    linkSync(draft, join(directory, '1.key'))
    if (process.platform !== 'win32') flushDirectory(directory)
  } catch (error) {
    if (keyFiles(directory).length === 0) throw error // else another process was first
  } finally {
    closeSync(file)
    rmSync(draft, { force: true })
  }
}

function flushDirectory(directory: string): void {
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

function wrongKey(detail: string): HubError {
  return new HubError('wrong_key', { detail })
}
