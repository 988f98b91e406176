import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto'
import { HubError } from '../errors.ts'
import type { Keys } from './keys.ts'
import { hmacWords } from './short-hmac.ts'

/** Where a sealed value lies. It opens nowhere else. */
export type SealContext = { table: string; row: string; column: string }

// format (1 byte), key version (2), nonce (12), ciphertext, tag (16)
const format = 1
const headBytes = 3
const nonceBytes = 12
const tagBytes = 16
const algorithm = 'aes-256-gcm'

/** AES-256-GCM, NIST SP 800-38D. 31 bytes longer than the text. */
export function seal(keys: Keys, context: SealContext, plain: string | Buffer): Buffer {
  const head = Buffer.of(format, keys.version >> 8, keys.version & 0xff)
  const nonce = nextNonce()
  const cipher = createCipheriv(algorithm, keyOf(keys, keys.version, context), nonce)
  cipher.setAAD(associated(head, context))
  const text = cipher.update(plain)
  // GCM is a stream: all of the text is there by now.
  cipher.final()
  const sealed = Buffer.allocUnsafe(headBytes + nonceBytes + text.length + tagBytes)
  head.copy(sealed)
  nonce.copy(sealed, headBytes)
  text.copy(sealed, headBytes + nonceBytes)
  cipher.getAuthTag().copy(sealed, sealed.length - tagBytes)
  return sealed
}

/** Throws HubError `wrong_key` when the key is not here, `internal` when the value was changed, cut or moved. */
export function unseal(keys: Keys, context: SealContext, sealed: Buffer): Buffer {
  const head = sealed.subarray(0, headBytes)
  if (sealed.length < headBytes + nonceBytes + tagBytes || head[0] !== format) throw damaged(context)
  const key = keyOf(keys, head.readUInt16BE(1), context)
  const body = headBytes + nonceBytes
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(headBytes, body), { authTagLength: tagBytes })
  decipher.setAAD(associated(head, context))
  decipher.setAuthTag(sealed.subarray(-tagBytes))
  const text = decipher.update(sealed.subarray(body, -tagBytes))
  try {
    decipher.final()
  } catch (cause) {
    throw damaged(context, cause)
  }
  return text
}

/** A keyed hash (HMAC-SHA256) for an index of equal values; 16 bytes are enough to be unique, 32 is the whole. */
export function blind(key: Buffer, text: string, bytes: 16 | 32 = 32): Buffer {
  const words = hmacWords(key, text)
  const hash = Buffer.allocUnsafe(bytes)
  for (let at = 0; at < bytes; at += 4) hash.writeInt32BE(words[at >> 2] ?? 0, at)
  return hash
}

/** The same cut to a signed 64-bit number: for blocking keys, where a chance meeting costs one comparison. */
export function blind64(key: Buffer, text: string): bigint {
  const words = hmacWords(key, text)
  return (BigInt(words[0] ?? 0) << 32n) | BigInt((words[1] ?? 0) >>> 0)
}

/** The second half of `blind64` as a signed number. */
export const blind32 = (key: Buffer, text: string): number => hmacWords(key, text)[1] ?? 0

function keyOf(keys: Keys, version: number, { table, column }: SealContext): Buffer {
  const key = keys.sealKey(version, table, column)
  if (key) return key
  throw new HubError('wrong_key', {
    detail: `A value was sealed with key ${version}, which is not here. Restore the right PAMOJA_KEYS.`,
  })
}

// JSON keeps the parts apart: ('ab', 'c') is not ('a', 'bc').
const associated = (head: Buffer, { table, row, column }: SealContext) =>
  Buffer.from(`["${head.toString('hex')}",${quoted(table)},${JSON.stringify(row)},${quoted(column)}]`)

/** Tables and columns as they stand in JSON. There are some dozens. */
const quotes = new Map<string, string>()
function quoted(name: string): string {
  const known = quotes.get(name)
  if (known) return known
  const made = JSON.stringify(name)
  quotes.set(name, made)
  return made
}

// Asking the system for twelve bytes at a time costs more than the sealing. No byte is used twice.
const pool = Buffer.alloc(nonceBytes * 512)
let used = pool.length

function nextNonce(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += nonceBytes
  return pool.subarray(used - nonceBytes, used)
}

function damaged({ table, column }: SealContext, cause?: unknown): HubError {
  return new HubError('internal', { detail: `A sealed value of ${table}.${column} was changed, cut or moved.`, cause })
}
