import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { type Normalised, type Page, PullError } from '../../../adapters/contract.ts'
import { keSha } from '../../../adapters/ke-sha/adapter.ts'
import type { Identifier } from '../../../schemas/contract.ts'
import { makeSource, type Source, serviceOptions, settingsFor } from './source.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
const source = async (given: Parameters<typeof makeSource>[0] = {}): Promise<Source> => {
  const made = await makeSource(given)
  open.push(made)
  return made
}

const national = (value: string): Identifier => ({ type: 'national-id', issuer: 'ke', value })
const soon = () => AbortSignal.timeout(5_000)
const ask = async ({ adapter }: Pick<Source, 'adapter'>, identifier: Identifier): Promise<Normalised[]> => {
  const raws = (await adapter.fetchOne?.(identifier, soon())) ?? []
  return raws.map((raw) => adapter.normalise(raw))
}
const recordOf = async (made: Pick<Source, 'adapter'>, identifier: Identifier) => {
  const [result] = await ask(made, identifier)
  if (result?.outcome !== 'record') throw new Error(`no record: ${JSON.stringify(result)}`)
  return result.record
}
const pull = async ({ adapter, known }: Source, checkpoint?: Page['checkpoint']): Promise<Page[]> => {
  const pages: Page[] = []
  for await (const page of adapter.pull(checkpoint, { signal: new AbortController().signal, known })) pages.push(page)
  return pages
}
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('fetchOne', () => {
  test('answers one record with cover, numbers and address of the person asked about', async () => {
    expect(await recordOf(await source(), national('99000001'))).toMatchObject({
      stream: 'client',
      sex: 'female',
      birthDate: '1988-03-14',
      enrolments: [
        { scheme: 'ke-sha/shif', branches: ['medical-care', 'maternity'], status: 'active', until: '2026-12-09' },
      ],
      addresses: [{ regionCode: 'KE-30' }],
      synthetic: true,
    })
  })

  test('an unknown number has an empty answer', async () => {
    expect(await ask(await source(), national('1234599'))).toEqual([])
  })

  test.each([
    ['a type that SHA takes no questions about', { type: 'nssf-number', issuer: 'ke', value: '9900000001' }],
    ['a number of another country', { type: 'national-id', issuer: 'la', value: '99000001' }],
  ] as const)('%s costs no call', async (_, identifier) => {
    const made = await source()
    expect(await ask(made, identifier)).toEqual([])
    expect(made.server.calls()).toEqual({})
  })

  test('the same digits under another type are another person', async () => {
    const made = await source()
    const [citizen, refugee] = [
      await recordOf(made, national('99000042')),
      await recordOf(made, { type: 'refugee-id', issuer: 'ke', value: '99000042' }),
    ]
    expect(citizen.sourceId).not.toBe(refugee.sourceId)
    expect(refugee.identifiers.filter(({ value }) => value === '99000042')).toEqual([
      { type: 'refugee-id', issuer: 'ke', value: '99000042' },
    ])
  })

  test('two people under one number are a rejection, and neither’s data is in it', async () => {
    const made = await source()
    const raws = (await made.adapter.fetchOne?.(national('99000015'), soon())) ?? []
    const text = JSON.stringify(raws)
    expect(raws.map((raw) => made.adapter.normalise(raw))).toMatchObject([
      { outcome: 'rejection', reasons: [{ rule: 'identity-conflict' }] },
    ])
    expect(text).not.toMatch(/Janet|Hellen|Chebet/i)
  })

  test.each([
    [
      'eligible beside "not found"',
      '99000014',
      { enrolments: [{ status: 'unknown' }], quality: [{ code: 'contradictory-status' }] },
    ],
    [
      'a living man flagged dead keeps his cover',
      '99000013',
      { death: { status: 'reported' }, enrolments: [{ status: 'active' }], quality: [{ code: 'death-flag-alone' }] },
    ],
    [
      'a dead man flagged dead is no more than reported',
      '99000012',
      { death: { status: 'reported' }, quality: [{ code: 'death-flag-alone' }] },
    ],
    [
      'two wives and three children',
      '99000006',
      { relations: [{ role: 'spouse' }, { role: 'spouse' }, { role: 'child' }, { role: 'child' }, { role: 'child' }] },
    ],
  ])('%s', async (_, number, expected) => {
    expect(await recordOf(await source(), national(number))).toMatchObject(expected)
  })

  test('no household number becomes a number of the person', async () => {
    const record = await recordOf(await source(), national('99000006'))
    expect(JSON.stringify(record)).not.toContain('HH99')
    expect(record.identifiers.filter(({ type }) => type === 'sha-cr-number')).toHaveLength(1)
  })

  test('a caller who gives up ends the call', async () => {
    const made = await source()
    const controller = new AbortController()
    const asked = made.adapter.fetchOne?.(national('99000001'), controller.signal)
    controller.abort(new Error('too slow'))
    expect(await failureOf(asked ?? Promise.resolve())).toBe(controller.signal.reason)
  })
})

describe('the token', () => {
  test('is fetched once for many questions, even when they come at once', async () => {
    const made = await source()
    await Promise.all(['99000001', '99000002', '99000003', '99000004'].map((number) => ask(made, national(number))))
    await ask(made, national('99000009'))
    expect(made.server.calls()['/v1/hie-auth']).toBe(1)
  })

  test('is fetched anew when the service withdrew it, and the question is asked again', async () => {
    const made = await source()
    await recordOf(made, national('99000001'))
    made.server.withdrawTokens()
    expect((await recordOf(made, national('99000001'))).birthDate).toBe('1988-03-14')
    expect(made.server.calls()['/v1/hie-auth']).toBeLessThanOrEqual(3)
  })

  test('is fetched anew before it ends', async () => {
    const made = await source({ server: { tokenSeconds: 2 } })
    await recordOf(made, national('99000001'))
    await new Promise((resolve) => setTimeout(resolve, 1_100))
    await recordOf(made, national('99000001'))
    expect(made.server.calls()['/v1/hie-auth']).toBe(2)
  })

  test('a wrong password stops after one try, and says which settings to look at', async () => {
    const made = await source({ options: { password: 'wrong' } })
    const error = await failureOf(ask(made, national('99000001')))
    expect(error).toMatchObject({ recovery: 'stop' })
    expect(made.server.calls()['/v1/hie-auth']).toBeLessThanOrEqual(2)
  })

  test.each([
    ['a bare token as text', 'text/plain', 'aaa.bbb.ccc', true],
    ['a bare token as JSON', 'application/json', '"aaa.bbb.ccc"', true],
    ['an object without a token', 'application/json', '{"access":"aaa"}', false],
    ['a token that would split the header', 'application/json', '{"token":"a\\r\\nX-Evil: 1"}', false],
  ])('%s', async (_, type, body, works) => {
    const server = await tokenServer(type, body)
    open.push({ close: () => new Promise((resolve) => server.close(() => resolve())) })
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const adapter = keSha(settingsFor(serviceOptions(`http://127.0.0.1:${port}`)))
    const asked = failureOf(ask({ adapter }, national('99000001')))
    if (works) expect(await asked).toBeUndefined()
    else
      expect(await asked).toMatchObject({ recovery: 'stop', message: expect.stringContaining('options.consumerKey') })
  })
})

/** Gives the body as its token, and knows nobody. */
const tokenServer = (type: string, body: string): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer((request, response) => {
      const isToken = request.url?.startsWith('/v1/hie-auth')
      const known = request.headers.authorization === 'Bearer aaa.bbb.ccc'
      response.writeHead(isToken ? 200 : known ? 404 : 401, {
        'content-type': isToken ? type : 'application/json',
        connection: 'close',
      })
      response.end(isToken ? body : '{"message":"Individual not found"}')
    })
    server.listen(0, '127.0.0.1', () => resolve(server))
  })

describe('pull', () => {
  test('delivers the files first, then what the service says about everybody whom the hub knows', async () => {
    const made = await source()
    const records = (await pull(made)).flatMap((page) => page.records)
    const streams = records.map(({ stream }) => stream)
    expect(streams.lastIndexOf('nhif')).toBeLessThan(streams.indexOf('client'))
    const asked = made.country.people.filter((person) => person.nssf && person.sha)
    const results = records.filter(({ stream }) => stream === 'client').map((raw) => made.adapter.normalise(raw))
    expect(results.filter(({ outcome }) => outcome === 'record').length).toBe(
      asked.filter((person) => person.identity?.number !== '99000015').length,
    )
    expect(results.filter(({ outcome }) => outcome === 'rejection')).toHaveLength(1)
  })

  test('the member export completes the list of members, and nothing completes the service’s', async () => {
    const completed = (await pull(await source())).flatMap((page) => page.completes ?? [])
    expect(completed).toEqual(['nhif'])
  })

  test('an export in parts completes nothing when the settings say so', async () => {
    const completed = (await pull(await source({ options: { nhifFullRoll: false } }))).flatMap(
      (page) => page.completes ?? [],
    )
    expect(completed).toEqual([])
  })

  test('a broken answer about one person is told and does not stop the others', async () => {
    const made = await source({ options: { maxBytes: 7_000 } })
    const raws = (await pull(made)).flatMap((page) => page.records).filter(({ stream }) => stream === 'client')
    const results = raws.map((raw) => ({ raw, result: made.adapter.normalise(raw) }))
    const unreadable = results.filter(
      ({ result }) => result.outcome === 'rejection' && result.reasons[0]?.rule === 'answer-unreadable',
    )
    // A household of six makes an answer that is larger than that.
    expect(unreadable.map(({ raw }) => raw.data.asked)).toContainEqual({ type: 'national-id', value: '99000006' })
    expect(results.filter(({ result }) => result.outcome === 'record').length).toBeGreaterThan(20)
  })

  test('after an outage it goes on where it was, and asks nobody twice', async () => {
    const made = await source({ options: { inFlight: 1, askPage: 5 } })
    const pages: Page[] = []
    const run = async () => {
      for await (const page of made.adapter.pull(undefined, {
        signal: new AbortController().signal,
        known: made.known,
      })) {
        pages.push(page)
        if (page.records.some(({ stream }) => stream === 'client')) made.server.failNext(500)
      }
    }
    expect(await failureOf(run())).toMatchObject({ recovery: 'retry' })
    const rest = await pull(made, pages.at(-1)?.checkpoint)
    const numbers = (of: readonly Page[]) =>
      of
        .flatMap((page) => page.records)
        .filter(({ stream }) => stream === 'client')
        .map(({ data }) => JSON.stringify(data.asked))
    const whole = numbers(await pull(await source()))
    expect([...numbers(pages), ...numbers(rest)]).toEqual(whole)
    expect(rest.flatMap((page) => page.records).filter(({ stream }) => stream === 'nhif')).toEqual([])
  })

  test('a finished pull begins the next one with everybody again', async () => {
    const made = await source()
    const last = (await pull(made)).at(-1)
    const again = await pull(made, last?.checkpoint)
    expect(again.flatMap((page) => page.records).some(({ stream }) => stream === 'client')).toBe(true)
    expect(again.flatMap((page) => page.records).some(({ stream }) => stream === 'nhif')).toBe(false)
  })

  test('keeps within the calls a second that the registry allows', async () => {
    const made = await source({ options: { perSecond: 200 } })
    const began = Date.now()
    await pull(made)
    const calls = Object.values(made.server.calls()).reduce((sum, count) => sum + count, 0)
    expect(Date.now() - began).toBeGreaterThanOrEqual(((calls - 1) / 200) * 1000 * 0.95)
  })

  test('without an address it reads files alone, and cannot be asked', async () => {
    const made = await source()
    const adapter = keSha(settingsFor({}, made.inbox))
    expect(adapter.fetchOne).toBeUndefined()
    const records = (await pull({ ...made, adapter })).flatMap((page) => page.records)
    expect(records.length).toBeGreaterThan(20)
    expect(made.server.calls()).toEqual({})
  })

  test('without an inbox it asks the service alone', async () => {
    const made = await source()
    const adapter = keSha(settingsFor(serviceOptions(made.server.url)))
    const streams = new Set(
      (await pull({ ...made, adapter })).flatMap((page) => page.records).map(({ stream }) => stream),
    )
    expect([...streams]).toEqual(['client'])
  })

  test('a named file is read alone', async () => {
    const made = await source({ options: { file: 'nhif-members.csv' } })
    const streams = new Set((await pull(made)).flatMap((page) => page.records).map(({ stream }) => stream))
    expect([...streams]).toEqual(['nhif'])
    expect(made.server.calls()).toEqual({})
  })
})

describe('the settings', () => {
  const whole = serviceOptions('https://sha.example')
  test.each([
    ['neither files nor service', {}, 'inbox or options.baseUrl'],
    ['no key', { ...whole, consumerKey: '' }, 'options.consumerKey'],
    ['no password', { ...whole, password: undefined }, 'options.password'],
    ['no agent', { ...whole, agent: 7 }, 'options.agent'],
    ['secrets without TLS', { ...whole, baseUrl: 'http://sha.example' }, 'options.baseUrl'],
    ['an address that is none', { ...whole, baseUrl: 'sha.example' }, 'options.baseUrl'],
    ['a rate of nothing', { ...whole, perSecond: 0 }, 'options.perSecond'],
    ['a page beyond bounds', { ...whole, askPage: 5000 }, 'options.askPage'],
    ['a roll that is maybe whole', { ...whole, nhifFullRoll: 'maybe' }, 'options.nhifFullRoll'],
  ])('%s', (_, options, named) => {
    const make = () => keSha(settingsFor(options))
    expect(make).toThrow(PullError)
    expect(make).toThrow(named)
  })

  test('no message repeats a secret', () => {
    const make = () => keSha(settingsFor({ ...whole, password: 'hunter2-secret', perSecond: -1 }))
    expect(make).toThrow(/^(?!.*hunter2).*perSecond/)
  })
})
