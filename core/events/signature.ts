/**
 * HTTP message signatures (RFC 9421) with Ed25519, over a digest of the content (RFC 9530), so that a receiver knows that an event is
 * this hub's and unchanged. `created` and the event's id are what it needs to refuse a replay.
 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'

export type SigningKey = {
  readonly id: string
  readonly key: KeyObject
  /** As a JSON Web Key (RFC 8037), for receivers. */
  readonly publicJwk: Readonly<Record<string, string>>
}

/** PKCS #8 (RFC 8410) around a bare Ed25519 seed. */
const pkcs8Head = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The key made from a 32-byte seed; its id is the thumbprint of its public half (RFC 7638). */
export function signingKey(seed: Buffer): SigningKey {
  const key = createPrivateKey({ key: Buffer.concat([pkcs8Head, seed]), format: 'der', type: 'pkcs8' })
  const { crv = '', kty = '', x = '' } = createPublicKey(key).export({ format: 'jwk' })
  const id = createHash('sha256').update(JSON.stringify({ crv, kty, x })).digest('base64url')
  return { id, key, publicJwk: { kty, crv, x, kid: id, alg: 'EdDSA', use: 'sig' } }
}

export type SignedRequest = {
  readonly method: string
  readonly url: string
  readonly type: string
  readonly body: string
}

/** The headers that a request is sent with. `created` in seconds since 1970. */
export function signedHeaders(
  { id, key }: SigningKey,
  request: SignedRequest,
  created: number,
): Record<string, string> {
  const digest = `sha-256=:${createHash('sha256').update(request.body).digest('base64')}:`
  const covered: readonly (readonly [name: string, value: string])[] = [
    ['@method', request.method],
    ['@target-uri', request.url],
    ['content-type', request.type],
    ['content-digest', digest],
  ]
  const parameters = `(${covered.map(([name]) => `"${name}"`).join(' ')});created=${created};keyid="${id}";alg="ed25519"`
  const base = [...covered.map(([name, value]) => `"${name}": ${value}`), `"@signature-params": ${parameters}`].join(
    '\n',
  )
  return {
    'content-type': request.type,
    'content-digest': digest,
    'signature-input': `pamoja=${parameters}`,
    signature: `pamoja=:${sign(null, Buffer.from(base), key).toString('base64')}:`,
  }
}
