import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { PullError } from '../../../adapters/contract.ts'
import { type HttpOptions, makeHttp } from '../../../adapters/transports/http.ts'

const secretId = '99123456'
const secretKey = 'key-that-nobody-may-see'
const servers: Server[] = []

/** A real server on a free port that answers with `listener`, and a client for it. */
const serve = async (listener: RequestListener, options: Partial<HttpOptions> = {}) => {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  const http = makeHttp({
    baseUrl: `http://127.0.0.1:${port}/api`,
    timeoutMs: 2000,
    maxBytes: 1000,
    breaker: { failures: 100, coolMs: 1000 },
    ...options,
  })
  return { http, server }
}

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

const ask = (http: ReturnType<typeof makeHttp>, signal?: AbortSignal) =>
  http.getJson('/v1/people', {
    query: { number: secretId },
    headers: { authorization: secretKey },
    ...(signal && { signal }),
  })

const failureOf = async (answer: Promise<unknown>): Promise<PullError> => {
  const error = await answer.then(
    () => 'it answered',
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof PullError)) throw new Error(`expected a PullError, got ${String(error)}`)
  return error
}

describe('a GET', () => {
  test('sends query and headers below the base path and answers status and parsed body', async () => {
    const { http } = await serve((request, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify({ url: request.url, key: request.headers.authorization, accept: request.headers.accept }),
      )
    })
    expect(await ask(http)).toEqual({
      status: 200,
      body: { url: `/api/v1/people?number=${secretId}`, key: secretKey, accept: 'application/json' },
    })
  })

  test.each([400, 404, 422])('returns a %i with its body to the caller', async (status) => {
    const { http } = await serve((_, response) => response.writeHead(status).end('{"message":"no such number"}'))
    expect(await ask(http)).toEqual({ status, body: { message: 'no such number' } })
  })

  test('returns a 404 without a JSON body as null', async () => {
    const { http } = await serve((_, response) => response.writeHead(404).end('<h1>not here</h1>'))
    expect(await ask(http)).toEqual({ status: 404, body: null })
  })
})

describe('a failure says what to do next, and nothing about anybody', () => {
  const inAMinute = new Date(Date.UTC(2026, 0, 1, 0, 1, 0)).toUTCString()
  const cases: [string, RequestListener, { recovery: string; retryAfter?: number; says: RegExp }][] = [
    ['500', (_, r) => r.writeHead(500).end(), { recovery: 'retry', says: /answered 500/ }],
    [
      '503 with seconds',
      (_, r) => r.writeHead(503, { 'retry-after': '17' }).end(),
      { recovery: 'retry', retryAfter: 17, says: /503/ },
    ],
    [
      '503 with a date',
      (_, r) => r.writeHead(503, { 'retry-after': inAMinute }).end(),
      { recovery: 'retry', retryAfter: 60, says: /503/ },
    ],
    [
      '503 with a date gone by',
      (_, r) => r.writeHead(503, { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }).end(),
      { recovery: 'retry', retryAfter: 0, says: /503/ },
    ],
    [
      '503 with nonsense',
      (_, r) => r.writeHead(503, { 'retry-after': 'soon' }).end(),
      { recovery: 'retry', says: /503/ },
    ],
    [
      '429',
      (_, r) => r.writeHead(429, { 'retry-after': '5' }).end(),
      { recovery: 'retry', retryAfter: 5, says: /429/ },
    ],
    [
      'a wait of a year is cut to a day',
      (_, r) => r.writeHead(429, { 'retry-after': '31536000' }).end(),
      { recovery: 'retry', retryAfter: 86400, says: /429/ },
    ],
    ['401', (_, r) => r.writeHead(401).end(), { recovery: 'stop', says: /credentials/ }],
    ['403', (_, r) => r.writeHead(403).end(), { recovery: 'stop', says: /credentials/ }],
    ['405', (_, r) => r.writeHead(405).end(), { recovery: 'stop', says: /405/ }],
    ['413', (_, r) => r.writeHead(413).end(), { recovery: 'skip', says: /too long/ }],
    [
      'redirect',
      (_, r) => r.writeHead(302, { location: 'http://elsewhere.invalid/' }).end(),
      { recovery: 'stop', says: /redirect/ },
    ],
    [
      'broken JSON',
      (_, r) => r.writeHead(200, { 'content-type': 'application/json' }).end(`{"id":"${secretId}`),
      { recovery: 'skip', says: /not JSON/ },
    ],
    [
      'a web page',
      (_, r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Down for maintenance</h1>'),
      { recovery: 'retry', says: /web page/ },
    ],
    ['a reset connection', (request) => request.socket.destroy(), { recovery: 'retry', says: /connection failed/ }],
    [
      'a body cut off half way',
      (request, r) => {
        r.writeHead(200, { 'content-length': '500' }).write('{"a":')
        setTimeout(() => request.socket.destroy(), 20)
      },
      { recovery: 'retry', says: /connection failed/ },
    ],
    [
      'a declared huge body',
      (_, r) => r.writeHead(200, { 'content-length': '1000000' }).end('x'.repeat(1_000_000)),
      { recovery: 'skip', says: /larger than 1000 bytes/ },
    ],
    [
      'an endless body',
      (_, r) => {
        const feed = setInterval(() => r.write('x'.repeat(500)), 5)
        r.on('close', () => clearInterval(feed))
      },
      { recovery: 'skip', says: /larger than 1000 bytes/ },
    ],
  ]
  test.each(cases)('%s', async (_, listener, expected) => {
    const { http } = await serve(listener, { now: () => Date.UTC(2026, 0, 1) })
    const error = await failureOf(ask(http))
    expect({ recovery: error.recovery, retryAfter: error.retryAfter }).toEqual({
      recovery: expected.recovery,
      retryAfter: expected.retryAfter,
    })
    expect(error.message).toMatch(expected.says)
    const everything = `${error.stack} ${String(error.cause)} ${JSON.stringify(error)}`
    expect(everything).not.toContain(secretId)
    expect(everything).not.toContain(secretKey)
  })

  test('a service that never answers is given up after the timeout', async () => {
    const { http } = await serve(() => {}, { timeoutMs: 60 })
    const error = await failureOf(ask(http))
    expect(error).toMatchObject({ recovery: 'retry', message: 'GET /v1/people: no answer within 60 ms.' })
  })

  test('the timeout covers a body that stalls, too', async () => {
    const { http } = await serve((_, response) => response.writeHead(200).write('{'), { timeoutMs: 60 })
    expect(await failureOf(ask(http))).toMatchObject({
      recovery: 'retry',
      message: 'GET /v1/people: no answer within 60 ms.',
    })
  })

  test('nobody listening is a retry that names the system code', async () => {
    const { http, server } = await serve(() => {})
    await new Promise((closed) => server.close(closed))
    expect(await failureOf(ask(http))).toMatchObject({
      recovery: 'retry',
      message: expect.stringContaining('ECONNREFUSED'),
    })
  })

  test.each([
    'ftp://service.invalid',
    'not an address',
    'http://user:pass@service.invalid',
    'http://service.invalid/?a=b',
  ])('the base address %s is refused as a setting', (baseUrl) => {
    const make = () => makeHttp({ baseUrl, timeoutMs: 1, maxBytes: 1, breaker: { failures: 1, coolMs: 1 } })
    expect(make).toThrow(/baseUrl must be/)
  })

  test('a header that HTTP does not allow stops, without quoting it', async () => {
    const { http } = await serve((_, response) => response.end('{}'))
    const error = await failureOf(http.getJson('/x', { headers: { authorization: `${secretKey}\nx\u0000` } }))
    expect(error.recovery).toBe('stop')
    expect(String(error.stack)).not.toContain(secretKey)
  })
})

describe('an abort', () => {
  test('ends a hanging call with the caller’s own reason', async () => {
    const { http } = await serve(() => {})
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('shutting down')), 30)
    await expect(ask(http, controller.signal)).rejects.toThrow('shutting down')
  })

  test('ends the wait for the rate limit', async () => {
    const { http } = await serve((_, response) => response.end('{}'), { perSecond: 0.01 })
    await ask(http)
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('shutting down')), 30)
    await expect(ask(http, controller.signal)).rejects.toThrow('shutting down')
  })
})

test('the rate limit spaces calls evenly, concurrent ones included', async () => {
  const arrivals: number[] = []
  const { http } = await serve(
    (_, response) => {
      arrivals.push(performance.now())
      response.end('{}')
    },
    { perSecond: 20 },
  )
  await Promise.all([ask(http), ask(http), ask(http)])
  // Arrivals, not departures, are seen: the first connection costs a little, so only the whole span is firm.
  expect((arrivals[2] ?? 0) - (arrivals[0] ?? 0)).toBeGreaterThan(60)
})

describe('a turn of the rate limit', () => {
  test('that its caller gave up is left to the next one', async () => {
    const { http } = await serve((_, response) => response.end('{}'), { perSecond: 5 })
    await ask(http)
    const crowd = Array.from({ length: 60 }, () => {
      const gaveUp = new AbortController()
      const answer = ask(http, gaveUp.signal).catch((error: unknown) => error)
      gaveUp.abort(new Error('gone'))
      return answer
    })
    expect((await Promise.all(crowd)).every((error) => error instanceof Error && error.message === 'gone')).toBe(true)
    const began = performance.now()
    await ask(http)
    // One gap after the call that was made, not twelve seconds after those that were not.
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  test('that would come later than the caller can wait is refused at once, with the seconds until then', async () => {
    let calls = 0
    const { http } = await serve(
      (_, response) => {
        calls += 1
        response.end('{}')
      },
      { perSecond: 0.5 },
    )
    const gaveUp = new AbortController()
    await ask(http)
    const waiting = ask(http, gaveUp.signal).catch(() => undefined)
    const began = performance.now()
    const refused = await failureOf(http.getJson('/v1/people', { query: { number: secretId }, patienceMs: 1_500 }))
    expect(performance.now() - began).toBeLessThan(500)
    expect(refused).toMatchObject({ recovery: 'retry', retryAfter: 4 })
    expect(refused.message).not.toContain(secretId)
    gaveUp.abort()
    await waiting
    expect(calls).toBe(1)
  })

  test('is not used up by a call that the open breaker refuses', async () => {
    const { http } = await serve((_, response) => response.writeHead(503).end(), {
      perSecond: 2,
      breaker: { failures: 1, coolMs: 60_000 },
    })
    await failureOf(ask(http))
    const began = performance.now()
    for (let call = 0; call < 5; call += 1) expect((await failureOf(ask(http))).message).toContain('not tried')
    expect(performance.now() - began).toBeLessThan(1_000)
  })
})

describe('the circuit breaker', () => {
  const flaky = async () => {
    const state = { clock: 0, calls: 0, status: 503 }
    const { http } = await serve(
      (_, response) => {
        state.calls += 1
        response.writeHead(state.status).end('{}')
      },
      { breaker: { failures: 3, coolMs: 10_000 }, now: () => state.clock },
    )
    return { http, state }
  }

  test('opens after so many failures in a row and then fails at once with the seconds left', async () => {
    const { http, state } = await flaky()
    for (let call = 0; call < 3; call += 1) await failureOf(ask(http))
    state.clock = 4000
    expect(await failureOf(ask(http))).toMatchObject({
      recovery: 'retry',
      retryAfter: 6,
      message: expect.stringContaining('not tried'),
    })
    expect(state.calls).toBe(3)
  })

  test('lets one call try after cooling down, and stays shut while that one fails', async () => {
    const { http, state } = await flaky()
    for (let call = 0; call < 3; call += 1) await failureOf(ask(http))
    state.clock = 10_000
    const both = await Promise.all([failureOf(ask(http)), failureOf(ask(http))])
    expect(state.calls).toBe(4)
    expect(both.map((error) => error.message).filter((message) => message.includes('not tried'))).toHaveLength(1)
    expect((await failureOf(ask(http))).retryAfter).toBe(10)
  })

  test('opens the door again on the first success', async () => {
    const { http, state } = await flaky()
    for (let call = 0; call < 3; call += 1) await failureOf(ask(http))
    state.clock = 10_000
    state.status = 200
    await ask(http)
    state.status = 503
    await failureOf(ask(http))
    await failureOf(ask(http))
    expect(state.calls).toBe(6)
  })

  test('does not count answers about us or about one item', async () => {
    const { http, state } = await flaky()
    for (const status of [404, 401, 429, 404]) {
      state.status = status
      await ask(http).catch(() => undefined)
    }
    expect(state.calls).toBe(4)
  })
})
