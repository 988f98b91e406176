/** The SDK against a real app on a port. Only the network in between is made to fail. */
import { exportPKCS8 } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answering } from '../../api/handler.ts'
import { type Listening, listen } from '../../api/server.ts'
import { HubError } from '../../errors.ts'
import { type PamojaOptions, PamojaProblem, pamoja } from '../../sdk/index.ts'
import { makeSend } from '../../sdk/send.ts'
import { clientId, exampleAnswer, type Kit, makeKit, personId } from '../api/kit.ts'

let kit: Kit
let server: Listening
let baseUrl: string
const calls: { operation: string; input: unknown[] }[] = []

beforeAll(async () => {
  kit = await makeKit((core) => ({
    // Three pages, told apart by their months.
    listContributions: async (_id, query) => {
      calls.push({ operation: 'listContributions', input: [query] })
      const page = Number(query.cursor?.slice(1) ?? 1)
      const [item] = exampleAnswer<{
        items: [{ month: string; scheme: string; state: 'paid'; registry: string; asOf: string }]
      }>('listBeneficiaryContributions', 200).items
      return { items: [{ ...item, month: `2026-0${page}` }], ...(page < 3 && { nextCursor: `p${page + 1}` }) }
    },
    pushRecords: async (registry, push, by) => {
      calls.push({ operation: 'pushRecords', input: [registry, push] })
      return core.pushRecords(registry, push, by)
    },
    idempotent: async (once, work) => {
      calls.push({ operation: 'idempotent', input: [once.key] })
      return core.idempotent(once, work)
    },
    lookup: async (query, asker) => {
      calls.push({ operation: 'lookup', input: [query, asker] })
      if (query.identifier.value === '409') throw new HubError('identifier_conflict')
      return core.lookup(query, asker)
    },
  }))
  server = await listen(kit.app, { host: '127.0.0.1', port: 0 })
  baseUrl = `http://127.0.0.1:${server.port}`
})
afterAll(() => server.close())

const key = () => exportPKCS8(kit.clientKey)
const client = async (options: Partial<PamojaOptions> = {}) =>
  pamoja({ baseUrl, clientId, privateKey: await key(), purpose: 'clinic-visit', pause: 1, ...options })
async function kitClient(core: Answering, id: string) {
  const found = await core.clients.find(id)
  if (!found) throw new Error(`no client ${id}`)
  return found
}
const identifier = { type: 'national-id', issuer: 'ke', value: '24681357' } as const
const all = async <Item>(items: AsyncIterable<Item>) => {
  const found: Item[] = []
  for await (const item of items) found.push(item)
  return found
}
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'none',
    (error: unknown) => (error instanceof PamojaProblem ? error.code : String(error)),
  )

/** A fetch that answers in its own way first: one entry a call to the API, `undefined` for the real network. */
function disturbed(first: (Response | 'down' | undefined)[], seen: Request[] = []): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init)
    if (!new URL(request.url).pathname.startsWith('/v1/')) return fetch(request)
    seen.push(request.clone())
    const next = first.shift()
    if (next === 'down') throw new TypeError('fetch failed')
    return next ?? fetch(request)
  }
}
const busy = (status: number, headers: Record<string, string> = {}) => new Response('busy', { status, headers })

describe('every operation', () => {
  test('answers with the types of the contract', async () => {
    const hub = await client({ officer: 'o.mutua' })
    const found = await hub.lookup(identifier, { refresh: true, case: 'C-17' })
    expect(found).toEqual(exampleAnswer('lookupBeneficiary', 200))
    expect(calls.findLast((call) => call.operation === 'lookup')?.input).toMatchObject([
      { identifier, refresh: true },
      { client: clientId, purpose: 'clinic-visit', officer: 'o.mutua', case: 'C-17' },
    ])
    expect(await hub.search({ name: 'Wanjiku', birthDate: '1987' }, { purpose: 'audit' })).toEqual(
      exampleAnswer('searchBeneficiaries', 200),
    )
    expect(await hub.beneficiaries.get(personId)).toEqual(exampleAnswer('getBeneficiary', 200))
    const items = (id: string) => exampleAnswer<{ items: unknown[] }>(id, 200).items
    expect(await all(hub.beneficiaries.enrolments(personId))).toEqual(items('listBeneficiaryEnrolments'))
    expect(await all(hub.beneficiaries.benefits(personId, { from: '2026-01' }))).toEqual(
      items('listBeneficiaryBenefits'),
    )
    expect(await all(hub.beneficiaries.records(personId))).toEqual(items('listBeneficiaryRecords'))
    expect(await hub.registries.list()).toEqual(items('listRegistries'))
    expect(await hub.registries.get('ke-nssf')).toEqual(exampleAnswer('getRegistry', 200))
    expect(await hub.registries.push('ke-nssf', { stream: 'member', records: [{ data: { A: 1 } }] })).toEqual(
      exampleAnswer('pushRecords', 200),
    )
    expect(await hub.registries.startSync('ke-nssf')).toEqual(exampleAnswer('startSync', 202))
    expect(await all(hub.registries.syncs('ke-nssf'))).toEqual(items('listSyncRuns'))
    expect(await hub.registries.sync('ke-nssf', personId)).toEqual(exampleAnswer('getSyncRun', 200))
    expect(await all(hub.registries.rejections('ke-nssf', 'open'))).toEqual(items('listRejections'))
    expect(await hub.registries.replay('ke-nssf', personId)).toEqual(exampleAnswer('replayRejection', 200))
    expect(await hub.registries.replayAll('ke-nssf')).toEqual(exampleAnswer('replayRejections', 200))
    expect(await hub.ready()).toEqual(exampleAnswer('getReadiness', 200))
  })

  test('of a steward answers with the types of the contract', async () => {
    const { matching } = await client({ officer: 's.achieng' })
    const items = (id: string) => exampleAnswer<{ items: unknown[] }>(id, 200).items
    const reason = 'Certificate seen.'
    expect(await all(matching.reviews({ state: 'open', registry: 'ke-nssf' }))).toEqual(items('listReviews'))
    expect(await matching.review(personId)).toEqual(exampleAnswer('getReview', 200))
    calls.length = 0
    const idempotencyKey = 'a-key-of-sixteen-or-more'
    expect(await matching.decide(personId, { outcome: 'distinct', reason }, { idempotencyKey })).toEqual(
      exampleAnswer('decideReview', 200),
    )
    expect(calls).toEqual([{ operation: 'idempotent', input: [idempotencyKey] }])
    expect(await all(matching.decisions())).toEqual(items('listDecisions'))
    expect(await matching.decision(personId)).toEqual(exampleAnswer('getDecision', 200))
    expect(await matching.withdraw(personId, reason)).toEqual(exampleAnswer('withdrawDecision', 200))
    expect(await matching.merge([personId, personId], reason)).toEqual(exampleAnswer('mergePersons', 200))
    expect(await matching.split(personId, [personId], reason)).toEqual(exampleAnswer('splitPerson', 200))
    expect(await matching.match({ description: { name: 'Wanjiku', birthDate: '1987' } })).toEqual(
      exampleAnswer('matchRecord', 200),
    )
    expect(await matching.explain({ persons: [personId, personId] })).toEqual(exampleAnswer('explainPair', 200))
  })

  test('a list is read page by page, and no further than it is used', async () => {
    const hub = await client()
    calls.length = 0
    expect(
      (await all(hub.beneficiaries.contributions(personId, { from: '2026-01' }))).map(({ month }) => month),
    ).toEqual(['2026-01', '2026-02', '2026-03'])
    expect(calls.map(({ input }) => input[0])).toEqual([
      { from: '2026-01' },
      { from: '2026-01', cursor: 'p2' },
      { from: '2026-01', cursor: 'p3' },
    ])
    calls.length = 0
    for await (const _ of hub.beneficiaries.contributions(personId)) break
    expect(calls).toHaveLength(1)
  })

  test('a hub that is not ready is an answer, not an error', async () => {
    const hub = await client({
      fetch: async () => Response.json({ ready: false, checks: [] }, { status: 503 }),
      tries: 1,
    })
    expect(await hub.ready()).toEqual({ ready: false, checks: [] })
  })
})

describe('problems', () => {
  test('carry their code, reasons and trace', async () => {
    const hub = await client()
    expect(await codeOf(hub.lookup({ ...identifier, value: '409' }))).toBe('identifier_conflict')
    const problem = await hub.lookup({ ...identifier, value: '' }).catch((error: unknown) => error)
    expect(problem).toMatchObject({
      name: 'PamojaProblem',
      code: 'invalid_request',
      status: 400,
      reasons: [{ pointer: '/identifier/value', rule: 'minLength' }],
    })
    expect((problem as PamojaProblem).traceId).toMatch(/^[0-9a-f]{32}$/)
  })

  test.each<[string, Partial<PamojaOptions>, string]>([
    ['no purpose', { purpose: undefined as never }, 'purpose_missing'],
    ['a client that the hub does not know', { clientId: 'nobody' }, 'token_refused'],
    ['nobody there', { baseUrl: 'http://127.0.0.1:9', tries: 1 }, 'unreachable'],
    ['an authorization server that is not there', { issuer: 'http://127.0.0.1:9' }, 'unreachable'],
    ['a page of a proxy', { fetch: disturbed([busy(403)]) }, 'unexpected_answer'],
  ])('%s', async (_name, options, code) => {
    expect(await codeOf((await client(options)).lookup(identifier))).toBe(code)
  })

  test('a scope that the client does not have is named', async () => {
    const poor = await makeKit((core) => ({
      clients: {
        ...core.clients,
        find: async (id) => ({ ...(await kitClient(core, id)), scopes: ['registries:read'] }),
      },
    }))
    const poorServer = await listen(poor.app, { host: '127.0.0.1', port: 0 })
    const hub = pamoja({
      baseUrl: `http://127.0.0.1:${poorServer.port}`,
      clientId,
      privateKey: await exportPKCS8(poor.clientKey),
    })
    expect(await hub.registries.list()).toHaveLength(1)
    const problem = await hub.registries.startSync('ke-nssf').catch((error: unknown) => error)
    expect(problem).toMatchObject({
      code: 'scope_missing',
      message: 'This client may not have the scope registries:write.',
    })
    await poorServer.close()
  })

  test('a key that is none fails before anything is sent', async () => {
    const hub = await client({ privateKey: 'secret', fetch: () => expect.unreachable() })
    await expect(hub.lookup(identifier)).rejects.toThrow(/pkcs8/i)
  })
})

describe('a request is sent again', () => {
  test.each<[string, (Response | 'down')[], string, number]>([
    ['when the network fails', ['down', 'down'], 'none', 3],
    ['when the hub is away', [busy(503), busy(502), busy(504)], 'none', 4],
    ['when it asks too much', [busy(429, { 'Retry-After': '0' })], 'none', 2],
    ['but not for ever', ['down', 'down', 'down', 'down', 'down'], 'unreachable', 4],
    ['but not when the hub asks for an hour', [busy(503, { 'Retry-After': '3600' })], 'unexpected_answer', 1],
    ['but not when it failed for another reason', [busy(500)], 'unexpected_answer', 1],
  ])('%s', async (_name, first, code, sent) => {
    const seen: Request[] = []
    expect(await codeOf((await client({ fetch: disturbed(first, seen) })).lookup(identifier))).toBe(code)
    expect(seen).toHaveLength(sent)
  })

  test('a write with the same Idempotency-Key and the same body', async () => {
    const seen: Request[] = []
    const hub = await client({ fetch: disturbed(['down', busy(503)], seen) })
    await hub.registries.push('ke-nssf', { stream: 'member', records: [{ data: { A: 1 } }] })
    const keys = seen.map((request) => request.headers.get('Idempotency-Key'))
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
    expect(new Set(await Promise.all(seen.map((request) => request.text()))).size).toBe(1)
    await hub.registries.startSync('ke-nssf', { idempotencyKey: 'my-own-key-0123456789' })
    expect(calls.at(-1)).toEqual({ operation: 'idempotent', input: ['my-own-key-0123456789'] })
    await hub.registries.startSync('ke-nssf')
    expect(seen.at(-1)?.headers.get('Idempotency-Key')).not.toBe(keys[0])
  })

  test('while the first one with its key is still running', async () => {
    const problem = {
      type: '/problems/idempotency_in_progress',
      code: 'idempotency_in_progress',
      detail: 'x',
      traceId: 'a'.repeat(32),
      title: 'x',
      status: 409,
    }
    const running = Response.json(problem, { status: 409, headers: { 'Retry-After': '0' } })
    const hub = await client({ fetch: disturbed([running]) })
    expect(await hub.registries.startSync('ke-nssf')).toMatchObject({ status: 'queued' })
    const conflict = Response.json({ ...problem, code: 'sync_running' }, { status: 409 })
    expect(await codeOf((await client({ fetch: disturbed([conflict]) })).registries.startSync('ke-nssf'))).toBe(
      'sync_running',
    )
  })

  test('unless that could carry a write out twice', async () => {
    const seen: string[] = []
    const down: typeof fetch = async (input) => {
      seen.push(String(input instanceof Request ? input.method : 'GET'))
      throw new TypeError('fetch failed')
    }
    const tokens = { get: async () => 'token', drop: () => undefined }
    const send = makeSend({ fetch: down, tokens, tries: 3, timeout: 1_000, pause: 1 }, 'registries:write')
    const url = `${baseUrl}/v1/registries/ke-nssf/syncs`
    expect(await codeOf(send(new Request(url, { method: 'POST' })))).toBe('unreachable')
    expect(seen).toHaveLength(1)
    expect(
      await codeOf(send(new Request(url, { method: 'POST', headers: { 'Idempotency-Key': 'k'.repeat(16) } }))),
    ).toBe('unreachable')
    expect(seen).toHaveLength(4)
  })

  test('no longer than the caller wants', async () => {
    const stop = new AbortController()
    const hub = await client({ fetch: disturbed(['down', 'down', 'down', 'down']), pause: 10_000 })
    const call = hub.lookup(identifier, { signal: stop.signal })
    setTimeout(() => stop.abort(new Error('the clerk went home')), 50)
    await expect(call).rejects.toThrow('the clerk went home')
  })

  test('a try that hangs is given up', async () => {
    let asked = 0
    const hanging: typeof fetch = async (input, init) => {
      const request = new Request(input, init)
      if (!new URL(request.url).pathname.startsWith('/v1/') || ++asked > 1) return fetch(request)
      return new Promise((_resolve, reject) =>
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
      )
    }
    expect(await codeOf((await client({ fetch: hanging, timeout: 100 })).lookup(identifier))).toBe('none')
    expect(asked).toBe(2)
  })
})

describe('tokens', () => {
  /** Counts token requests, and lets a test change the answer. */
  const counted =
    (tokens: string[], change: (answer: Record<string, unknown>) => object = (answer) => answer): typeof fetch =>
    async (input, init) => {
      const response = await fetch(input, init)
      if (!String(input instanceof Request ? input.url : input).endsWith('/oauth2/token')) return response
      tokens.push(String(new URLSearchParams(String(init?.body)).get('scope')))
      return Response.json(change((await response.json()) as Record<string, unknown>))
    }

  test('are asked for once, whoever calls at the same time, and with one scope each', async () => {
    const tokens: string[] = []
    const hub = await client({ fetch: counted(tokens) })
    await Promise.all(Array.from({ length: 20 }, () => hub.lookup(identifier)))
    await hub.registries.list()
    await hub.registries.startSync('ke-nssf')
    expect(tokens).toEqual(['beneficiaries:read', 'registries:read', 'registries:write'])
    expect(await hub.token('registries:read')).toMatch(/^eyJ/)
    expect(tokens).toHaveLength(3)
  })

  test('are renewed before they expire', async () => {
    const tokens: string[] = []
    const hub = await client({ fetch: counted(tokens, (answer) => ({ ...answer, expires_in: 31 })) })
    await hub.lookup(identifier)
    await hub.lookup(identifier)
    expect(tokens).toHaveLength(1)
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    await hub.lookup(identifier)
    expect(tokens).toHaveLength(2)
  })

  test('that the hub does not take are renewed once, also for a write', async () => {
    const tokens: string[] = []
    let spoilt = 0
    const hub = await client({
      fetch: counted(tokens, (answer) => (spoilt++ === 0 ? { ...answer, access_token: 'spoilt' } : answer)),
    })
    expect(await hub.registries.startSync('ke-nssf')).toMatchObject({ status: 'queued' })
    expect(tokens).toHaveLength(2)
    const never = await client({ fetch: counted([], (answer) => ({ ...answer, access_token: 'spoilt' })) })
    expect(await codeOf(never.lookup(identifier))).toBe('token_invalid')
  })

  test('can be had with a JWK as well', async () => {
    const { exportJWK } = await import('jose')
    const hub = await client({ privateKey: { ...(await exportJWK(kit.clientKey)), kid: 'client-1' } })
    expect(await codeOf(hub.lookup(identifier))).toBe('none')
  })
})
