/** Token vectors: RFC 9068 and FAPI 2.0, one row a rule. */
import { generateKeyPair, type JWK } from 'jose'
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { localKeys, makeTokenCheck } from '../../api/auth.ts'
import { makeIssuer, publicKeys } from '../../api/issuer.ts'
import { HubError } from '../../errors.ts'
import { type Claims, clientId, issuer, type Kit, makeKit } from './kit.ts'

let kit: Kit
beforeAll(async () => {
  kit = await makeKit()
})

const now = () => Math.floor(Date.now() / 1000)
const ask = (authorization: string | undefined, on = kit) => {
  const asked = request(on.app).get('/v1/registries')
  return authorization === undefined ? asked : asked.set('Authorization', authorization)
}

const badClaims: [string, () => Claims][] = [
  ...['iss', 'aud', 'sub', 'client_id', 'iat', 'exp', 'jti'].map((name): [string, () => Claims] => [
    `without ${name}`,
    () => ({ [name]: undefined }),
  ]),
  ['of another issuer', () => ({ iss: 'https://evil.example' })],
  ['with the issuer and a slash', () => ({ iss: `${issuer}/` })],
  ['for another audience', () => ({ aud: 'https://other.example' })],
  ['for a list of audiences', () => ({ aud: [issuer] })],
  ['for a list of audiences, ours among them', () => ({ aud: [issuer, 'https://other.example'] })],
  ['that has expired', () => ({ iat: now() - 600, exp: now() - 11 })],
  ['that is not valid yet', () => ({ nbf: now() + 60 })],
  ['from the future', () => ({ iat: now() + 60 })],
  ['that lives for a day', () => ({ exp: now() + 86_400 })],
  ['with a text as exp', () => ({ exp: 'tomorrow' })],
  ['with an empty client', () => ({ client_id: '' })],
  ['with a number as client', () => ({ client_id: 7 })],
  ['with a list of scopes', () => ({ scope: ['registries:read'] })],
]
const badHeaders: [string, Claims][] = [
  ['of type JWT', { typ: 'JWT' }],
  ['of no type', { typ: undefined }],
  ['of an id token', { typ: 'id_token+jwt' }],
  ['of a DPoP proof', { typ: 'dpop+jwt' }],
  ['with an unknown key id', { kid: 'other' }],
  ['with a path as key id', { kid: '../../etc/passwd' }],
]

describe('a token', () => {
  test('that is in order is let in', async () => {
    expect((await ask(`Bearer ${await kit.token()}`)).status).toBe(200)
    expect((await ask(`bearer ${await kit.token({ aud: issuer, nbf: now() })}`)).status).toBe(200)
  })

  test.each(badClaims)('%s is refused', async (_name, claims) => {
    const response = await ask(`Bearer ${await kit.token(claims())}`)
    expect([response.status, response.body.code]).toEqual([401, 'token_invalid'])
    expect(response.headers['www-authenticate']).toContain('invalid_token')
  })

  test.each(badHeaders)('%s is refused', async (_name, header) => {
    expect((await ask(`Bearer ${await kit.token({}, header)}`)).body.code).toBe('token_invalid')
  })

  test('that brings its own key is refused', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
    const { exportJWK } = await import('jose')
    const jwk = await exportJWK(publicKey)
    for (const header of [
      { jwk },
      { jwk, kid: undefined },
      { jku: 'https://evil.example/jwks' },
      { x5u: 'https://evil.example/x' },
    ]) {
      expect((await ask(`Bearer ${await kit.token({}, header, privateKey)}`)).body.code).toBe('token_invalid')
    }
  })

  test('signed with the public key as a shared secret is refused', async () => {
    const { x = '', y = '' } = kit.signingKey
    for (const secret of [JSON.stringify({ kty: 'EC', crv: 'P-256', x, y }), x, x + y]) {
      const padded = new TextEncoder().encode(secret.padEnd(32, '='))
      expect((await ask(`Bearer ${await kit.token({}, { alg: 'HS256' }, padded)}`)).body.code).toBe('token_invalid')
    }
  })

  test('that is not signed is refused', async () => {
    const [, payload = '', signature = ''] = (await kit.token()).split('.')
    const header = (fields: Claims) =>
      Buffer.from(JSON.stringify({ typ: 'at+jwt', kid: 'test-1', ...fields })).toString('base64url')
    for (const bad of [
      `${header({ alg: 'none' })}.${payload}.`,
      `${header({ alg: 'NONE' })}.${payload}.${signature}`,
      `${header({})}.${payload}.${signature}`,
      `${header({ alg: 'ES256', b64: false, crit: ['b64'] })}.${payload}.${signature}`,
      `${header({ alg: 'ES256', crit: ['exp'] })}.${payload}.${signature}`,
      `.${payload}.${signature}`,
      payload,
    ]) {
      expect((await ask(`Bearer ${bad}`)).body.code, bad.slice(0, 40)).toBe('token_invalid')
    }
  })

  test('with one changed character is refused', async () => {
    const token = await kit.token()
    const [header = '', payload = '', signature = ''] = token.split('.')
    const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1)
    for (const bad of [
      `${flip(header, 4)}.${payload}.${signature}`,
      `${header}.${flip(payload, 9)}.${signature}`,
      `${header}.${payload}.${flip(signature, 7)}`,
    ]) {
      expect((await ask(`Bearer ${bad}`)).body.code).toBe('token_invalid')
    }
  })

  test.each([
    ['another scheme', 'Basic Y291bnR5OnB3', 'token_invalid'],
    ['the scheme alone', 'Bearer', 'token_invalid'],
    ['two tokens', 'Bearer a b', 'token_invalid'],
    ['nothing', '', 'token_missing'],
    ['a very long token', `Bearer ${'a'.repeat(9000)}`, 'token_invalid'],
  ])('as %s is refused', async (_name, authorization, code) => {
    expect((await ask(authorization)).body.code).toBe(code)
  })

  test('in the query or in the body does not count', async () => {
    const token = await kit.token()
    expect((await request(kit.app).get(`/v1/registries?access_token=${token}`)).body.code).toBe('token_missing')
  })

  test('of a client that was switched off is refused', async () => {
    expect(
      (await ask(`Bearer ${await kit.token()}`, await makeKit(undefined, { isActive: async () => false }))).body.code,
    ).toBe('token_invalid')
  })

  test('that cannot be checked because the database is away is a 503, not a 401', async () => {
    const away = await makeKit(undefined, {
      isActive: async () => {
        throw new HubError('unavailable')
      },
    })
    const response = await ask(`Bearer ${await away.token()}`, away)
    expect([response.status, response.body.code, response.headers['retry-after']]).toEqual([503, 'unavailable', '2'])
  })
})

describe('the token endpoint', () => {
  const form = async (fields: Record<string, string | undefined> = {}, on = kit) => {
    const usual = {
      grant_type: 'client_credentials',
      client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      client_assertion: await on.assertion(),
      scope: 'registries:read',
      ...fields,
    }
    const sent = Object.entries(usual).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
    return request(on.app).post('/oauth2/token').type('form').send(Object.fromEntries(sent))
  }

  test('gives a token that the API takes, for the scopes asked for and no more', async () => {
    const response = await form()
    expect(response.body).toMatchObject({ token_type: 'Bearer', expires_in: 300, scope: 'registries:read' })
    expect(response.headers['cache-control']).toContain('no-store')
    const [header = '', payload = ''] = response.body.access_token.split('.')
    const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString())
    expect(read(header)).toMatchObject({ typ: 'at+jwt', alg: 'ES256' })
    expect(read(payload)).toMatchObject({
      iss: issuer,
      aud: issuer,
      client_id: clientId,
      sub: clientId,
      scope: 'registries:read',
    })
    expect((await ask(`Bearer ${response.body.access_token}`)).status).toBe(200)
    const write = await request(kit.app)
      .post('/v1/registries/ke-nssf/syncs')
      .set('Authorization', `Bearer ${response.body.access_token}`)
      .set('Idempotency-Key', crypto.randomUUID())
    expect(write.body.code).toBe('scope_missing')
  })

  test('takes an assertion once', async () => {
    const client_assertion = await kit.assertion()
    expect((await form({ client_assertion })).status).toBe(200)
    expect((await form({ client_assertion })).body.error).toBe('invalid_client')
  })

  test.each<[string, () => Promise<Record<string, string | undefined>>, string]>([
    [
      'an assertion for somebody else',
      async () => ({ client_assertion: await kit.assertion({ aud: 'https://other.example' }) }),
      'invalid_client',
    ],
    [
      'an assertion for a list',
      async () => ({ client_assertion: await kit.assertion({ aud: [issuer] }) }),
      'invalid_client',
    ],
    [
      'an assertion for an hour',
      async () => ({ client_assertion: await kit.assertion({ exp: now() + 3600 }) }),
      'invalid_client',
    ],
    [
      'an assertion that has expired',
      async () => ({ client_assertion: await kit.assertion({ exp: now() - 60 }) }),
      'invalid_client',
    ],
    [
      'an assertion without jti',
      async () => ({ client_assertion: await kit.assertion({ jti: undefined }) }),
      'invalid_client',
    ],
    [
      'an assertion with a guessable jti',
      async () => ({ client_assertion: await kit.assertion({ jti: '1' }) }),
      'invalid_client',
    ],
    [
      'an unknown client',
      async () => ({ client_assertion: await kit.assertion({ iss: 'nobody', sub: 'nobody' }) }),
      'invalid_client',
    ],
    ['another grant', async () => ({ grant_type: 'password' }), 'unsupported_grant_type'],
    ['a scope that the client does not have', async () => ({ scope: 'openid' }), 'invalid_scope'],
    ['another resource', async () => ({ resource: 'https://other.example' }), 'invalid_request'],
    [
      'a shared secret',
      async () => ({
        client_assertion: undefined,
        client_assertion_type: undefined,
        client_id: clientId,
        client_secret: 'x',
      }),
      'invalid_client',
    ],
  ])('refuses %s', async (_name, fields, error) => {
    const response = await form(await fields())
    expect([400, 401]).toContain(response.status)
    expect(response.body.error).toBe(error)
    expect(response.body.access_token).toBeUndefined()
  })

  test('says 503 when the database is away', async () => {
    const away = await makeKit((core) => ({
      clients: {
        ...core.clients,
        find: async () => {
          throw new HubError('unavailable')
        },
      },
    }))
    expect((await form({}, away)).status).toBe(503)
  })

  test('publishes its metadata and its public keys, whatever the Host header says', async () => {
    const metadata = await request(kit.app)
      .get('/.well-known/openid-configuration')
      .set('Host', 'evil.example')
      .set('X-Forwarded-Host', 'evil.example')
    expect(metadata.body).toMatchObject({
      issuer,
      token_endpoint: `${issuer}/oauth2/token`,
      jwks_uri: `${issuer}/oauth2/jwks`,
      grant_types_supported: ['client_credentials'],
      token_endpoint_auth_methods_supported: ['private_key_jwt'],
    })
    expect(metadata.text).not.toContain('evil.example')
    const { keys } = (await request(kit.app).get('/oauth2/jwks')).body as { keys: JWK[] }
    expect(keys.map(({ kid, d }) => [kid, d])).toEqual([['test-1', undefined]])
  })

  test.each([
    '/auth',
    '/me',
    '/reg',
    '/token',
    '/session/end',
    '/oauth2/auth',
    '/interaction/x',
    '/oauth2/token/introspection',
  ])('%s is not served', async (path) => {
    expect((await request(kit.app).get(path)).body.code).toBe('route_not_found')
  })

  test('cannot be made for an issuer that is no URL', () => {
    const needs = { issuer: 'pamoja', audience: 'pamoja', signingKeys: [kit.signingKey], onFailure: () => undefined }
    expect(() =>
      makeIssuer({ ...needs, clients: { find: async () => undefined, rememberOnce: async () => true } }),
    ).toThrow()
  })
})

describe('the token check', () => {
  test('asks again within a minute whether the client may still ask', async () => {
    let time = Date.now()
    let active = true
    const check = makeTokenCheck({
      issuer,
      audience: issuer,
      keys: localKeys(publicKeys([kit.signingKey])),
      isActive: async () => active,
      now: () => new Date(time),
    })
    const header = `Bearer ${await kit.token()}`
    await check(header)
    active = false
    expect((await check(header)).client).toBe(clientId)
    time += 61_000
    await expect(check(header)).rejects.toMatchObject({ code: 'token_invalid' })
  })

  test('does not let a remembered token outlive itself', async () => {
    let time = Date.now()
    const check = makeTokenCheck({
      issuer,
      audience: issuer,
      keys: localKeys(publicKeys([kit.signingKey])),
      isActive: async () => true,
      now: () => new Date(time),
    })
    const header = `Bearer ${await kit.token({ exp: Math.floor(time / 1000) + 30 })}`
    await check(header)
    time += 45_000
    await expect(check(header)).rejects.toMatchObject({ code: 'token_invalid' })
  })
})
