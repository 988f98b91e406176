/** Access tokens: RFC 9068 JWTs, verified with jose against the built-in issuer's keys or another issuer's. */
import { createHash } from 'node:crypto'
import {
  createLocalJWKSet,
  createRemoteJWKSet,
  errors,
  type JSONWebKeySet,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose'
import { HubError } from '../errors.ts'

/** The client system behind a token. */
export type Caller = { readonly client: string; readonly scopes: ReadonlySet<string> }

/** Answers who sent the Authorization header, or throws `token_missing` or `token_invalid`. */
export type TokenCheck = (authorization: string | undefined) => Promise<Caller>

export type TokenNeeds = {
  readonly issuer: string
  /** What `aud` must be: one string, this hub. */
  readonly audience: string
  readonly keys: JWTVerifyGetKey
  /** Whether the client may still ask. Asked at least once a minute for each token, so that a lock takes effect soon. */
  readonly isActive: (client: string) => Promise<boolean>
  /** FAPI 2.0 signs with these; another issuer may need RS256. */
  readonly algorithms?: readonly string[]
  readonly now?: () => Date
}

/** FAPI 2.0 Security Profile, section 5.4. Never `none`, never a shared secret. */
const usualAlgorithms = ['ES256', 'EdDSA', 'Ed25519', 'PS256']
/** Seconds that two clocks may differ. */
const clockTolerance = 10
/** A token that lives longer than this was not made for us. Seconds. */
const longestLife = 3600
const recheckMs = 60_000
const mostCached = 10_000
const bearer = /^Bearer +([A-Za-z0-9._~+/=-]{1,8000})$/i

export const localKeys = (keys: JSONWebKeySet): JWTVerifyGetKey => createLocalJWKSet(keys)
/** The keys of another issuer. jose fetches them once, and again for an unknown key id at most every 30 s. */
export const remoteKeys = (url: string): JWTVerifyGetKey => createRemoteJWKSet(new URL(url), { timeoutDuration: 2000 })

export function makeTokenCheck(needs: TokenNeeds): TokenCheck {
  const now = needs.now ?? (() => new Date())
  // Verifying costs more than the look-up it protects, and the same token comes many times in its five minutes.
  const cache = new Map<string, { readonly caller: Caller; readonly until: number }>()
  return async (authorization) => {
    if (authorization === undefined || authorization === '') throw new HubError('token_missing')
    const token = bearer.exec(authorization)?.[1]
    if (token === undefined) throw new HubError('token_invalid')
    const key = createHash('sha256').update(token).digest('base64url')
    const time = now().getTime()
    const cached = cache.get(key)
    if (cached && cached.until > time) return cached.caller
    cache.delete(key)
    const { caller, expires } = await verify(token, needs, now())
    if (!(await needs.isActive(caller.client))) throw new HubError('token_invalid')
    if (cache.size >= mostCached) for (const [oldest] of cache) if (cache.delete(oldest)) break
    cache.set(key, { caller, until: Math.min(expires * 1000, time + recheckMs) })
    return caller
  }
}

async function verify(
  token: string,
  needs: TokenNeeds,
  currentDate: Date,
): Promise<{ caller: Caller; expires: number }> {
  try {
    const { payload } = await jwtVerify(token, needs.keys, {
      issuer: needs.issuer,
      audience: needs.audience,
      typ: 'at+jwt',
      algorithms: [...(needs.algorithms ?? usualAlgorithms)],
      // Without this list jose accepts a token that never expires.
      requiredClaims: ['iss', 'exp', 'aud', 'sub', 'client_id', 'iat', 'jti'],
      clockTolerance,
      maxTokenAge: longestLife,
      currentDate,
    })
    return toCaller(payload)
  } catch (reason) {
    // The keys of a remote issuer could not be fetched: that says nothing about the token.
    if (reason instanceof errors.JWKSTimeout || !(reason instanceof errors.JOSEError || reason instanceof HubError)) {
      throw new HubError('unavailable', { cause: reason })
    }
    throw new HubError('token_invalid', { cause: reason })
  }
}

function toCaller(payload: JWTPayload): { caller: Caller; expires: number } {
  const { aud, sub, client_id: client, jti, exp = 0, iat = 0, scope = '' } = payload
  const texts = [aud, sub, client, jti].every(
    (claim) => typeof claim === 'string' && claim !== '' && claim.length <= 300,
  )
  // jose accepts a list of audiences; a token for two services can be replayed by one of them at the other.
  if (!texts || typeof client !== 'string' || typeof scope !== 'string' || exp - iat > longestLife)
    throw new HubError('token_invalid')
  return { caller: { client, scopes: new Set(scope.split(' ').filter(Boolean)) }, expires: exp }
}

/** Throws `scope_missing` unless the caller has every scope that the operation asks for. */
export function requireScopes(caller: Caller, scopes: readonly string[]): void {
  const missing = scopes.filter((scope) => !caller.scopes.has(scope))
  if (missing.length > 0)
    throw new HubError('scope_missing', { detail: `The access token lacks the scope ${missing.join(', ')}.` })
}
