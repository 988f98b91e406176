/** What holds for every request that reaches a handler: translation, repeats, failures. */
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Asker } from '../../core/asker.ts'
import { HubError } from '../../errors.ts'
import { clientId, exampleBody, type Kit, lookup, makeKit, personId } from './kit.ts'

let kit: Kit
let token: string
beforeAll(async () => {
  kit = await makeKit()
  token = await kit.token()
})

describe('translation', () => {
  test('who asks, why, for whom and through what reaches the core', async () => {
    const askers: Asker[] = []
    const spy = await makeKit((core) => ({
      lookup: async (query, asker) => {
        askers.push(asker)
        return core.lookup(query, asker)
      },
    }))
    await lookup(spy, {
      'Pamoja-Officer': 'o.mutua',
      'Pamoja-Case': 'C-17',
      'X-Road-Client': 'KE/GOV/123/clinic',
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    })
    await lookup(spy)
    expect(askers[0]).toEqual({
      client: clientId,
      purpose: 'clinic-visit',
      officer: 'o.mutua',
      case: 'C-17',
      operation: 'lookupBeneficiary',
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
      xRoad: { 'X-Road-Client': 'KE/GOV/123/clinic' },
    })
    expect(Object.keys(askers[1] ?? {}).sort()).toEqual(['client', 'operation', 'purpose', 'traceId'])
  })

  test('filters and page reach the core as written', async () => {
    const asked: unknown[] = []
    const spy = await makeKit((core) => ({
      listContributions: async (id, query, asker) => {
        asked.push(id, query)
        return core.listContributions(id, query, asker)
      },
    }))
    await request(spy.app)
      .get(`/v1/beneficiaries/${personId}/contributions?from=2026-01&to=2026-06&limit=7&cursor=abc`)
      .set({ Authorization: `Bearer ${await spy.token()}`, 'Pamoja-Purpose': 'clinic-visit' })
    expect(asked).toEqual([personId, { from: '2026-01', to: '2026-06', limit: 7, cursor: 'abc' }])
  })

  test('a started sync says where to read it', async () => {
    const response = await request(kit.app)
      .post('/v1/registries/ke-nssf/syncs')
      .set({ Authorization: `Bearer ${token}`, 'Idempotency-Key': crypto.randomUUID() })
    expect([response.status, response.headers.location]).toEqual([
      202,
      `/v1/registries/ke-nssf/syncs/${response.body.id}`,
    ])
  })

  test('a hub that is not ready says so with 503 and its checks', async () => {
    const checks = [{ name: 'database', ready: false, detail: 'The database does not answer.' }]
    const away = await makeKit(() => ({ ready: async () => ({ ready: false, checks }) }))
    const response = await request(away.app).get('/readyz')
    expect([response.status, response.body]).toEqual([503, { ready: false, checks }])
  })
})

describe('repeats', () => {
  const push = (on: Kit, key: string, body: unknown, registry = 'ke-nssf') =>
    on.token().then((bearer) =>
      request(on.app)
        .post(`/v1/registries/${registry}/records`)
        .set({ Authorization: `Bearer ${bearer}`, 'Idempotency-Key': key, 'Content-Type': 'application/json' })
        .send(JSON.stringify(body)),
    )

  test('a write carries client, operation, key and a fingerprint of path and body to the core', async () => {
    const once: { client: string; operation: string; key: string; fingerprint: string }[] = []
    const spy = await makeKit(() => ({
      idempotent: async (input, work) => {
        once.push(input)
        return { ...(await work()), replayed: once.length > 1 }
      },
    }))
    const body = exampleBody('pushRecords')
    const first = await push(spy, 'a'.repeat(16), body)
    const second = await push(spy, 'a'.repeat(16), body)
    await push(spy, 'a'.repeat(16), { ...(body as object), stream: 'return' })
    await push(spy, 'a'.repeat(16), body, 'ke-sha')
    expect([first.headers['idempotency-replayed'], second.headers['idempotency-replayed']]).toEqual(['false', 'true'])
    expect(once.map(({ client, operation, key }) => [client, operation, key])).toEqual(
      Array(4).fill([clientId, 'pushRecords', 'a'.repeat(16)]),
    )
    expect(once[1]?.fingerprint).toBe(once[0]?.fingerprint)
    expect(new Set(once.map(({ fingerprint }) => fingerprint)).size).toBe(3)
  })

  test('a repeated start of a sync gets the first answer with its place', async () => {
    let kept: { status: number; body: unknown } | undefined
    const spy = await makeKit(() => ({
      idempotent: async (_input, work) => {
        const replayed = kept !== undefined
        // Through JSON, as the store keeps it.
        kept ??= JSON.parse(JSON.stringify(await work())) as { status: number; body: unknown }
        return { ...kept, replayed }
      },
    }))
    const authorization = `Bearer ${await spy.token()}`
    const start = () =>
      request(spy.app)
        .post('/v1/registries/ke-nssf/syncs')
        .set({ Authorization: authorization, 'Idempotency-Key': 'k'.repeat(16) })
    const [first, second] = [await start(), await start()]
    expect(second.body).toEqual(first.body)
    expect([second.status, second.headers.location, second.headers['idempotency-replayed']]).toEqual([
      202,
      first.headers.location,
      'true',
    ])
  })
})

describe('failures', () => {
  const failing = (reason: unknown) =>
    makeKit(() => ({
      lookup: async () => {
        throw reason
      },
    }))

  test.each([
    ['agreement_missing', 403],
    ['not_found', 404],
    ['identifier_conflict', 409],
    ['audit_unavailable', 503],
    ['unavailable', 503],
  ] as const)('%s from the core is a problem with status %d and the trace of the request', async (code, status) => {
    const response = await lookup(await failing(new HubError(code)), {
      traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01',
    })
    expect(response.status).toBe(status)
    expect(response.type).toBe('application/problem+json')
    expect(response.body).toMatchObject({
      type: `/problems/${code}`,
      code,
      status,
      traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    })
    if (status === 503) expect(response.headers['retry-after']).toBe('2')
  })

  test('an error of ours shows nothing of itself, in the answer or in the log', async () => {
    const error = Object.assign(new Error('invalid input syntax for type uuid: "Njeri 24681357"'), {
      detail: 'Key (name)=(Njeri)',
      code: '22P02',
    })
    const broken = await failing(error)
    const response = await lookup(broken)
    expect([response.status, response.body.code, response.body.detail]).toEqual([
      500,
      'internal',
      'Something went wrong in the hub. It has been logged under the given trace id.',
    ])
    const failure = broken.log.find((line) => line.includes('"failure"')) ?? ''
    expect(JSON.parse(failure)).toMatchObject({
      traceId: response.body.traceId,
      operation: 'lookupBeneficiary',
      code: '22P02',
      name: 'Error',
    })
    expect(response.text + broken.log.join('')).not.toMatch(/Njeri|24681357/)
  })

  test('an answer that does not fit the contract is caught before it leaves', async () => {
    const wrong = await makeKit(() => ({ registry: async () => ({ id: 'ke-nssf' }) as never }))
    const response = await request(wrong.app)
      .get('/v1/registries/ke-nssf')
      .set('Authorization', `Bearer ${await wrong.token()}`)
    expect([response.status, response.body.code]).toEqual([500, 'internal'])
  })

  test('a problem can be looked up by its type', async () => {
    const response = await lookup(await failing(new HubError('identifier_conflict')))
    expect((await request(kit.app).get(response.body.type)).body).toEqual({
      code: 'identifier_conflict',
      status: 409,
      title: response.body.title,
    })
  })
})
