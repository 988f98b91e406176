import { fork } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { fingerprint, loadKeys } from '../../store/keys.ts'
import { seal, unseal } from '../../store/seal.ts'
import { testKeys } from '../kit/keys.ts'

let home: string
let directory: string
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'pamoja-keys-'))
  directory = join(home, 'keys')
})
afterEach(() => rmSync(home, { recursive: true }))

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)
const at = { table: 't', row: 'r', column: 'c' }
const second = (secret: string) => writeFileSync(join(directory, '2.key'), `pamoja-key ${secret}\n`, { mode: 0o600 })

test('the first use makes one key that only its owner can read', () => {
  const keys = loadKeys(directory)
  expect(keys.version).toBe(1)
  expect(readdirSync(directory)).toEqual(['1.key'])
  expect([mode(directory), mode(join(directory, '1.key'))]).toEqual(['700', '600'])
})

test('the second use reads the same key', () => {
  const sealed = seal(loadKeys(directory), at, 'x')
  expect(unseal(loadKeys(directory), at, sealed).toString()).toBe('x')
  expect(fingerprint(loadKeys(directory)).equals(fingerprint(loadKeys(directory)))).toBe(true)
})

test('no key is made where the database needs the one it has', () => {
  expect(() => loadKeys(directory, { create: false })).toThrow(expect.objectContaining({ code: 'bad_config' }))
  expect(existsSync(directory)).toBe(false)
})

test.each([0o640, 0o604, 0o660, 0o644])('a key file of mode %o is refused with the command that mends it', (bad) => {
  loadKeys(directory)
  chmodSync(join(directory, '1.key'), bad)
  expect(() => loadKeys(directory)).toThrow(/can be read by others. Run: chmod go-rwx .*1\.key/)
})

test('a directory that others may write is refused', () => {
  loadKeys(directory)
  chmodSync(directory, 0o777)
  expect(() => loadKeys(directory)).toThrow(/can be written by others/)
})

const damages: [string, (text: string) => string][] = [
  ['empty', () => ''],
  ['cut', (text) => text.slice(0, 40)],
  ['without its heading', (text) => text.slice(11)],
  ['too long', (text) => `${text.trim()}AAAA`],
]
test.each(damages)('a key file that is %s is refused', (_, damage) => {
  loadKeys(directory)
  const path = join(directory, '1.key')
  writeFileSync(path, damage(readFileSync(path, 'utf8')))
  expect(() => loadKeys(directory)).toThrow(expect.objectContaining({ code: 'wrong_key' }))
})

test('a newer key seals, the indexes stay as they are', () => {
  const before = loadKeys(directory)
  second(Buffer.alloc(32, 7).toString('base64url'))
  const after = loadKeys(directory)
  expect(after.version).toBe(2)
  expect(after.blockingKey.equals(before.blockingKey)).toBe(true)
  expect(after.identifierKey('ke-nssf', 'national-id').equals(before.identifierKey('ke-nssf', 'national-id'))).toBe(
    true,
  )
  expect(after.sourceKey('ke-nssf').equals(before.sourceKey('ke-nssf'))).toBe(true)
  expect(after.auditKey.equals(before.auditKey)).toBe(true)
  expect(fingerprint(after, 1).equals(fingerprint(before, 1))).toBe(true)
})

test('a missing older key is noticed', () => {
  loadKeys(directory)
  second(Buffer.alloc(32, 7).toString('base64url'))
  rmSync(join(directory, '1.key'))
  expect(() => loadKeys(directory)).toThrow(/lacks 1\.key/)
})

test('fingerprints tell any two keys apart, by either version', () => {
  const two = testKeys('test', 2)
  const prints = [fingerprint(two, 1), fingerprint(two, 2), fingerprint(testKeys('other'))].map((one) =>
    one.toString('hex'),
  )
  expect(new Set(prints).size).toBe(3)
  expect(prints.every((one) => one.length === 32)).toBe(true)
  expect(() => fingerprint(testKeys(), 2)).toThrow(expect.objectContaining({ code: 'wrong_key' }))
})

test('every use has a key of its own', () => {
  const keys = testKeys()
  const all = [
    keys.blockingKey,
    keys.auditKey,
    keys.sourceKey('a'),
    keys.sourceKey('b'),
    keys.identifierKey('a', 'b'),
    keys.identifierKey('ab', ''),
    keys.identifierKey('b', 'a'),
    keys.sealKey(1, 'a', 'b') ?? Buffer.alloc(0),
    keys.sealKey(1, 'ab', '') ?? Buffer.alloc(0),
  ]
  expect(new Set(all.map((key) => key.toString('hex'))).size).toBe(all.length)
  expect(all.every((key) => key.length === 32)).toBe(true)
})

test('processes that start together end up with one key', async () => {
  const program = join(import.meta.dirname, '../kit/make-keys.ts')
  const children = Array.from({ length: 4 }, () =>
    fork(program, [directory], { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
  )
  const prints = await Promise.all(children.map(async (child) => String((await once(child, 'message'))[0])))
  expect(new Set(prints).size).toBe(1)
  expect(readdirSync(directory)).toEqual(['1.key'])
})

test('a restored copy of the directory is the same key', () => {
  const print = fingerprint(loadKeys(directory))
  cpSync(directory, join(home, 'copy'), { recursive: true })
  expect(fingerprint(loadKeys(join(home, 'copy'))).equals(print)).toBe(true)
})
