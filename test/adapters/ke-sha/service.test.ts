import { createServer, type Server } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import type { Normalised } from '../../../adapters/contract.ts'
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
  ] as const)('%s costs no call, and is not answered as if SHA knew nobody', async (_, identifier) => {
    const made = await source()
    expect(await failureOf(ask(made, identifier))).toMatchObject({ name: 'PullError', recovery: 'skip' })
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
    expect(JSON.stringify(record.identifiers)).not.toContain('HH99')
    expect(record.households).toEqual([{ number: expect.stringMatching(/^HH99/), role: 'head' }])
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
