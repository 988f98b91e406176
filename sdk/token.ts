/** Access tokens: asked for with a signed assertion (private_key_jwt), one a scope, kept until shortly before they expire. */
import { type CryptoKey, importJWK, importPKCS8, type JWK, SignJWT } from 'jose'
import type { IssuerMetadata, TokenAnswer, TokenError } from './contract.ts'
import { PamojaProblem } from './problem.ts'
import type { Scope } from './scope.ts'

export type TokenOptions = {
  readonly baseUrl: string
  readonly clientId: string
  /** A private JWK, or PKCS #8 in PEM. */
  readonly privateKey: JWK | string
  /** How a PEM key signs; a JWK says it itself. ES256 when missing. */
  readonly algorithm?: string
  readonly keyId?: string
  /** Another authorization server than the hub's own. */
  readonly issuer?: string
  readonly fetch: typeof fetch
}

export type Tokens = {
  get(scope: Scope, signal?: AbortSignal): Promise<string>
  /** Drops a token that the hub did not take. */
  drop(scope: Scope, token: string): void
}

/** Seconds before its end that a token is no longer used: a call must arrive with it alive. */
const margin = 30
/** Seconds that an assertion lives. FAPI 2.0 allows no more. */
const assertionLife = 60

type Kept = { readonly token: string; readonly until: number }

export function makeTokens(options: TokenOptions): Tokens {
  const kept = new Map<Scope, Kept>()
  const asked = new Map<Scope, Promise<Kept>>()
  let prepared: Promise<Issuer> | undefined

  async function ask(scope: Scope): Promise<Kept> {
    prepared ??= prepare(options).catch((reason: unknown) => {
      prepared = undefined
      throw reason
    })
    const found = await request(options, await prepared, scope)
    kept.set(scope, found)
    return found
  }

  return {
    async get(scope, signal) {
      const have = kept.get(scope)
      if (have && have.until > Date.now()) return have.token
      // Many calls at once wait for one token.
      const asking = asked.get(scope) ?? ask(scope).finally(() => asked.delete(scope))
      asked.set(scope, asking)
      const { token } = await asking
      signal?.throwIfAborted()
      return token
    },
    drop(scope, token) {
      if (kept.get(scope)?.token === token) kept.delete(scope)
    },
  }
}

type Issuer = {
  readonly issuer: string
  readonly endpoint: string
  readonly key: CryptoKey | Uint8Array
  readonly algorithm: string
  readonly keyId: string | undefined
}

async function prepare(options: TokenOptions): Promise<Issuer> {
  const { privateKey, baseUrl } = options
  const jwk = typeof privateKey === 'string' ? undefined : privateKey
  const algorithm = options.algorithm ?? jwk?.alg ?? algorithmOf(jwk)
  const key =
    typeof privateKey === 'string' ? await importPKCS8(privateKey, algorithm) : await importJWK(privateKey, algorithm)
  const at = (options.issuer ?? baseUrl).replace(/\/$/, '')
  const response = await reach(() =>
    options.fetch(`${at}/.well-known/openid-configuration`, { headers: { accept: 'application/json' } }),
  )
  if (!response.ok)
    throw new PamojaProblem('unreachable', `No authorization server was found at ${at} (status ${response.status}).`)
  const metadata = (await response.json()) as IssuerMetadata
  // The hub's own token endpoint stands beside its API, also where a tunnel gives it another name than it knows itself by.
  const endpoint = options.issuer ? metadata.token_endpoint : `${at}/oauth2/token`
  return { issuer: metadata.issuer, endpoint, key, algorithm, keyId: options.keyId ?? jwk?.kid }
}

/** FAPI 2.0's algorithm for each kind of key. */
const algorithmOf = (jwk: JWK | undefined) => (jwk?.kty === 'OKP' ? 'EdDSA' : jwk?.kty === 'RSA' ? 'PS256' : 'ES256')

async function request(
  options: TokenOptions,
  { issuer, endpoint, key, algorithm, keyId }: Issuer,
  scope: Scope,
): Promise<Kept> {
  const assertion = await new SignJWT({})
    .setProtectedHeader({ alg: algorithm, ...(keyId !== undefined && { kid: keyId }) })
    .setIssuer(options.clientId)
    .setSubject(options.clientId)
    .setAudience(issuer)
    .setIssuedAt()
    .setExpirationTime(`${assertionLife}s`)
    .setJti(crypto.randomUUID())
    .sign(key)
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: options.clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    scope,
  })
  const response = await reach(() =>
    options.fetch(endpoint, { method: 'POST', body, headers: { accept: 'application/json' } }),
  )
  const answer: unknown = await response.json().catch(() => undefined)
  if (!response.ok || !isToken(answer)) throw refused(scope, response.status, answer)
  return { token: answer.access_token, until: Date.now() + Math.max(answer.expires_in - margin, 0) * 1000 }
}

async function reach(call: () => Promise<Response>): Promise<Response> {
  try {
    return await call()
  } catch (cause) {
    throw new PamojaProblem('unreachable', 'The authorization server does not answer.', { cause })
  }
}

const isToken = (answer: unknown): answer is TokenAnswer =>
  typeof answer === 'object' && answer !== null && 'access_token' in answer && 'expires_in' in answer

function refused(scope: Scope, status: number, answer: unknown): PamojaProblem {
  if (status >= 500)
    return new PamojaProblem('unreachable', `The authorization server failed (status ${status}).`, { status })
  const { error = `status ${status}`, error_description: description } = (answer ?? {}) as Partial<TokenError>
  if (error === 'invalid_scope')
    return new PamojaProblem('scope_missing', `This client may not have the scope ${scope}.`, { status })
  return new PamojaProblem('token_refused', `No token: ${error}${description ? ` (${description})` : ''}.`, { status })
}
