/** Which requests reach a handler: paths, methods, parameters. */
import { createServer, request as rawRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { operations } from '../../schemas/operations.ts'
import { type Kit, makeKit, personId } from './kit.ts'

let kit: Kit
let token: string
beforeAll(async () => {
  kit = await makeKit()
  token = await kit.token()
})

type Layer = { route?: { path: string; methods: Record<string, boolean> } }

/** Sends a request exactly as written: clients tidy paths and headers up. */
async function raw(on: Kit, path: string, headers: Record<string, string | string[]>, body?: string) {
  const server = createServer(on.app).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  try {
    return await new Promise<{ status: number; type: string; text: string }>((resolve, reject) => {
      const sent = rawRequest(
        {
          host: '127.0.0.1',
          port: (server.address() as AddressInfo).port,
          path,
          headers,
          method: body ? 'POST' : 'GET',
        },
        (response) => {
          const parts: Buffer[] = []
          response.on('data', (part: Buffer) => parts.push(part))
          response.on('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              type: response.headers['content-type'] ?? '',
              text: Buffer.concat(parts).toString(),
            }),
          )
        },
      )
      sent.once('error', reject).end(body)
    })
  } finally {
    server.close()
  }
}

describe('routes', () => {
  test('the paths served are the paths of the contract, both ways', () => {
    const { stack } = kit.app.router as unknown as { stack: Layer[] }
    // A route with every method only refuses; one with a single method answers.
    const answering = stack.flatMap(({ route }) => {
      const methods = Object.keys(route?.methods ?? {})
      return methods.length === 1 ? [`${methods[0]} ${route?.path.replace(/:(\w+)/g, '{$1}')}`] : []
    })
    const documented = operations().map(({ method, path }) => `${method} ${path}`)
    expect(answering.sort()).toEqual(documented.sort())
  })

  test('without the built-in issuer its paths are not served', async () => {
    const { app } = await makeKit(undefined, { foreignIssuer: true })
    const asked = [
      request(app).get('/oauth2/jwks'),
      request(app).post('/oauth2/token'),
      request(app).get('/.well-known/openid-configuration'),
    ]
    for (const response of await Promise.all(asked)) expect(response.body.code).toBe('route_not_found')
  })

  test.each([
    '/V1/registries',
    '/v1/Registries',
    '/v1/registries/',
    '//v1/registries',
    '/v1//registries',
    '/v1/./registries/x/..',
    '/v1/registries%2f',
    '/v1/registries;x=1',
    '/v1/registries%00',
    '/v1/registries.json',
    '/v1',
    '/',
    '/v1/beneficiaries',
    '/admin',
    '/.env',
    '/v1/registries/ke-nssf%2fsyncs',
    '/v1/registries/%E0%A4%A',
    '/__proto__',
    '/constructor',
    '/v2/registries',
  ])('%s is refused without a handler', async (path) => {
    const response = await raw(kit, path, { Authorization: `Bearer ${token}` })
    expect([400, 404]).toContain(response.status)
    expect(response.type).toContain('application/problem+json')
    expect(['route_not_found', 'invalid_request']).toContain(JSON.parse(response.text).code)
  })

  test('a literal path refuses GET before {id} can take it for an id', async () => {
    const response = await request(kit.app).get('/v1/beneficiaries/lookup').set('Authorization', `Bearer ${token}`)
    expect([response.status, response.headers.allow]).toEqual([405, 'POST, OPTIONS'])
  })

  test('HEAD answers as GET does, without the body', async () => {
    const head = await request(kit.app).head('/v1/registries').set('Authorization', `Bearer ${token}`)
    expect([head.status, head.text, head.headers['content-type']]).toEqual([
      200,
      undefined,
      'application/json; charset=utf-8',
    ])
  })

  test('OPTIONS tells the methods', async () => {
    const response = await request(kit.app).options('/v1/registries/ke-nssf/syncs')
    expect([response.status, response.headers.allow]).toEqual([204, 'GET, HEAD, POST, OPTIONS'])
  })

  test.each([
    ['limit=0', 'query/limit minimum'],
    ['limit=201', 'query/limit maximum'],
    ['limit=1e2', 'query/limit type'],
    ['limit=0x10', 'query/limit type'],
    ['limit=%205', 'query/limit type'],
    ['limit=5.0', 'query/limit type'],
    ['limit=-1', 'query/limit type'],
    ['limit=', 'query/limit type'],
    ['limit=1&limit=2', 'query/limit once'],
    ['limit[]=1', 'query additionalProperties'],
    ['limit[$ne]=1', 'query additionalProperties'],
    ['__proto__=1', 'query/__proto__ additionalProperties'],
    ['constructor=1', 'query/constructor additionalProperties'],
    ['from=2026-13', 'query/from pattern'],
    ['to=2026', 'query/to pattern'],
    ['cursor=a%00b', 'query/cursor pattern'],
  ])('the query %s is refused by its rule', async (query, reason) => {
    const response = await request(kit.app)
      .get(`/v1/beneficiaries/${personId}/contributions?${query}`)
      .set({ Authorization: `Bearer ${token}`, 'Pamoja-Purpose': 'clinic-visit' })
    expect(response.body.reasons.map((one: { pointer: string; rule: string }) => `${one.pointer} ${one.rule}`)).toEqual(
      [reason],
    )
  })

  test('a body where none is expected is refused', async () => {
    const response = await request(kit.app)
      .post('/v1/registries/ke-nssf/syncs')
      .set({
        Authorization: `Bearer ${token}`,
        'Idempotency-Key': crypto.randomUUID(),
        'Content-Type': 'application/json',
      })
      .send('{"file":"/etc/passwd"}')
    expect(response.body.reasons).toEqual([{ pointer: '', rule: 'no-body', message: 'Send no body here.' }])
  })

  test('a body of two types is refused', async () => {
    const headers = {
      Authorization: `Bearer ${token}`,
      'Pamoja-Purpose': 'clinic-visit',
      'Content-Type': ['application/json', 'text/plain'],
    }
    expect((await raw(kit, '/v1/beneficiaries/lookup', headers, '{}')).status).toBe(415)
  })

  test('a header that stands twice is refused', async () => {
    const response = await raw(kit, `/v1/beneficiaries/${personId}`, {
      Authorization: `Bearer ${token}`,
      'Pamoja-Purpose': ['clinic-visit', 'audit'],
    })
    expect(JSON.parse(response.text).reasons[0]).toMatchObject({ pointer: 'header/Pamoja-Purpose', rule: 'once' })
  })
})
