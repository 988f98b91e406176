/**
 * The built-in authorization server: oidc-provider, cut down to client credentials with private_key_jwt. No users, no
 * browser, no shared secrets. Any OIDC issuer may take its place (OIDC_ISSUER).
 */
import type { RequestHandler } from 'express'
import { exportJWK, generateKeyPair, type JWK } from 'jose'
import { type Adapter, errors, Provider } from 'oidc-provider'
import { HubError } from '../errors.ts'
import type { Answering } from './handler.ts'

export type IssuerNeeds = {
  /** Where callers reach this hub, such as `https://hub.example.org`. Without a path. */
  readonly issuer: string
  /** What tokens are for: their `aud`. */
  readonly audience: string
  /** Private ES256 keys with a `kid`; the first one signs, the others are still published. */
  readonly signingKeys: readonly JWK[]
  readonly clients: Answering['clients']
  /** The server failed; its answer to the caller says no more than that. */
  readonly onFailure: (error: Error) => void
}

/** Seconds that a token lives: a lock takes effect soon even where nobody asks again. */
const tokenLife = 300
/** FAPI 2.0: an assertion of at most 60 s, and clocks that differ by at most 10 s. */
const assertionLife = 60
const clockTolerance = 10
const clientAlgorithms = ['ES256', 'EdDSA', 'Ed25519', 'PS256']
export const allScopes = [
  'beneficiaries:read',
  'registries:read',
  'registries:write',
  'matching:read',
  'matching:write',
  'findings:read',
  'findings:write',
  'reconciliation:run',
  'subscriptions:write',
]

/** A new key to sign tokens with. Private: it belongs into a file that only the hub can read. */
export async function newSigningKey(kid: string): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return { ...(await exportJWK(privateKey)), kid, alg: 'ES256', use: 'sig' }
}

/** The public halves, for verifying. */
export const publicKeys = (keys: readonly JWK[]): { keys: JWK[] } => ({
  keys: keys.map(({ d: _, ...publicKey }) => publicKey),
})

/** Answers the three token paths of the contract, and nothing else of what oidc-provider could. */
export function makeIssuer(needs: IssuerNeeds): RequestHandler {
  const { host, protocol } = new URL(needs.issuer)
  const provider = new Provider(needs.issuer, configuration(needs))
  provider.on('server_error', (_context, error) => needs.onFailure(error))
  // The URLs in the metadata come from the issuer, never from the Host header that somebody sent.
  provider.proxy = true
  const answer = provider.callback()
  return (request, response) => {
    request.headers['x-forwarded-host'] = host
    request.headers['x-forwarded-proto'] = protocol.slice(0, -1)
    return answer(request, response)
  }
}

const configuration = (needs: IssuerNeeds) => ({
  adapter: (model: string) => makeAdapter(model, needs.clients),
  jwks: { keys: needs.signingKeys },
  clientAuthMethods: ['private_key_jwt'],
  enabledJWA: { clientAuthSigningAlgValues: clientAlgorithms, idTokenSigningAlgValues: ['ES256'] },
  clientDefaults: { id_token_signed_response_alg: 'ES256' },
  responseTypes: ['none'],
  scopes: allScopes,
  claims: {},
  clockTolerance,
  ttl: { ClientCredentials: tokenLife },
  routes: { token: '/oauth2/token', jwks: '/oauth2/jwks' },
  features: {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => needs.audience,
      useGrantedResource: () => true,
      getResourceServerInfo: (_context: unknown, resource: string) => {
        if (resource !== needs.audience) throw new errors.InvalidRequest('this server gives tokens for this hub only')
        return {
          scope: allScopes.join(' '),
          audience: needs.audience,
          accessTokenTTL: tokenLife,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }
      },
    },
  },
  assertJwtClientAuthClaimsAndHeader: (_context: unknown, claims: Record<string, unknown>) =>
    checkAssertion(claims, needs.issuer),
})

/** What FAPI 2.0 asks of an assertion beyond oidc-provider's own checks. */
function checkAssertion({ aud, exp, jti }: Record<string, unknown>, issuer: string): void {
  const now = Math.floor(Date.now() / 1000)
  if (aud !== issuer) throw new errors.InvalidClientAuth(`aud must be one text: ${issuer}`)
  if (typeof exp !== 'number' || exp > now + assertionLife + clockTolerance)
    throw new errors.InvalidClientAuth('exp must be at most 60 s ahead')
  if (typeof jti !== 'string' || jti.length < 16 || jti.length > 200)
    throw new errors.InvalidClientAuth('jti must be 16 to 200 characters')
}

/** oidc-provider's storage: clients come from the core, assertions are remembered there; a JWT needs no storing. */
function makeAdapter(model: string, clients: Answering['clients']): Adapter {
  const nothing = async () => undefined
  return {
    find: async (id) => (model === 'Client' ? findClient(id, clients) : undefined),
    upsert: async (id, _payload, expiresIn = assertionLife) => {
      if (model !== 'ReplayDetection') return
      const fresh = await ask(() => clients.rememberOnce(id, new Date(Date.now() + expiresIn * 1000)))
      if (!fresh) throw new errors.InvalidClientAuth('client assertion tokens must only be used once')
    },
    findByUid: nothing,
    findByUserCode: nothing,
    consume: nothing,
    destroy: nothing,
    revokeByGrantId: nothing,
  }
}

async function findClient(id: string, clients: Answering['clients']) {
  const client = await ask(() => clients.find(id))
  if (!client?.active) return undefined
  return {
    client_id: client.id,
    token_endpoint_auth_method: 'private_key_jwt',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    scope: client.scopes.join(' '),
    jwks: client.jwks,
  }
}

/** A database that does not answer is 503, not the caller's fault. */
async function ask<Answer>(question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question()
  } catch (reason) {
    if (reason instanceof HubError && reason.code === 'unavailable')
      throw new errors.OIDCProviderError(503, 'temporarily_unavailable')
    throw reason
  }
}
