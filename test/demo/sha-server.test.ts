import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCountry } from '../../demo/country.ts'
import { type ShaServer, startShaServer } from '../../demo/sha-server.ts'

const country = makeCountry({ people: 300, seed: 3, asOf: '2026-11-22' })
const access = { key: 'demo-key', username: 'demo', password: 'demo-password' }
let server: ShaServer
let token: string

type Client = {
  first_name: string
  dependants: { relationship: string; result: unknown[] }[]
  other_identifications: { identification_type: string }[]
}
type Body = { token: string; message: { total: number; result: Client[] } }

const basic = (password: string) => ({ authorization: `Basic ${Buffer.from(`demo:${password}`).toString('base64')}` })
const get = async (path: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) => {
  const response = await fetch(`${server.url}${path}`, { headers })
  const body: Body = JSON.parse(await response.text())
  return { status: response.status, body }
}
const question = (number: string, type = 'National ID') =>
  `identification_type=${encodeURIComponent(type)}&identification_number=${number}`
const eligibility = (number: string, type?: string) => get(`/v2/eligibility?${question(number, type)}`)
const client = (number: string, type?: string) =>
  get(`/v3/client-registry/fetch-client?${question(number, type)}&agent=PAMOJA`)

beforeAll(async () => {
  server = await startShaServer({ country, ...access })
  token = (await get(`/v1/hie-auth?key=${access.key}`, basic(access.password))).body.token
})
afterAll(() => server.close())

describe('the service that plays SHA', () => {
  test('gives no token to a wrong password or a wrong key, and no answer without a token', async () => {
    expect((await get(`/v1/hie-auth?key=${access.key}`, basic('guess'))).status).toBe(401)
    expect((await get('/v1/hie-auth?key=guess', basic(access.password))).status).toBe(401)
    expect((await get(`/v2/eligibility?${question('99000001')}`, {})).status).toBe(401)
  })

  test('answers about a covered person, the end of cover as midnight in Nairobi', async () => {
    const { status, body } = await eligibility('99000001')
    expect(status).toBe(200)
    expect(body.message).toMatchObject({
      eligible: 1,
      reason: '',
      coverageEndDate: '2026-12-08T21:00:00Z',
      full_name: 'GRACE WANJIRU KAMAU',
    })
  })

  test('says yes and gives a reason for no, as the published service does', async () => {
    expect((await eligibility('99000014')).body.message).toMatchObject({
      eligible: 1,
      reason: 'Employer by-product for this member not found.',
    })
  })

  test('tells a refugee’s number from a citizen’s by the label alone', async () => {
    const names = [await client('99000042'), await client('99000042', 'Refugee ID')].map(({ body }) =>
      body.message.result[0]?.first_name.trim(),
    )
    expect(names).toEqual(['John', 'Amina'])
  })

  test('returns both people who stand under one number', async () => {
    expect((await client('99000015')).body.message).toMatchObject({
      total: 2,
      result: [{ resourceType: 'Patient' }, { resourceType: 'Patient' }],
    })
  })

  test('lists spouses and children with the household’s number under two labels, and a death on every one of them', async () => {
    const [person] = (await client('99000006')).body.message.result
    expect(person?.dependants.map((entry) => entry.relationship)).toEqual([
      'Spouse',
      'Spouse',
      'Child',
      'Child',
      'Child',
    ])
    expect(person?.dependants[0]?.result[0]).toMatchObject({ is_alive: 0, deceased_datetime: '2024-09-05 13:58:54' })
    expect(person?.other_identifications.map((other) => other.identification_type)).toEqual([
      'House Hold Number',
      'SHA Number',
      'Household Number',
    ])
  })

  test.each([
    [
      'a number nobody holds, asked of eligibility',
      '/v2/eligibility?identification_type=National%20ID&identification_number=1234567',
      404,
    ],
    ['an unknown label', '/v2/eligibility?identification_type=Library%20Card&identification_number=99000001', 400],
    ['no number', '/v2/eligibility?identification_type=National%20ID', 400],
    [
      'no agent',
      '/v3/client-registry/fetch-client?identification_type=National%20ID&identification_number=99000001',
      400,
    ],
    ['an unknown path', '/v9/anything', 404],
  ])('%s', async (_, path, status) => {
    expect((await get(path)).status).toBe(status)
  })

  test('a number nobody holds has a total of none in the client registry', async () => {
    expect((await client('1234567')).body.message).toEqual({ total: 0, result: [] })
  })

  test('asks a hasty client to wait', async () => {
    const strict = await startShaServer({ country, ...access, perSecond: 1 })
    const statuses = await Promise.all(
      Array.from({ length: 5 }, async () => {
        const response = await fetch(`${strict.url}/v1/hie-auth?key=none`)
        return `${response.status} ${response.headers.get('retry-after')}`
      }),
    )
    await strict.close()
    expect(statuses).toContain('429 1')
  })

  test('has bad days when a test wants them', async () => {
    server.failNext(500, 2)
    const statuses = [
      (await eligibility('99000001')).status,
      (await eligibility('99000001')).status,
      (await eligibility('99000001')).status,
    ]
    expect(statuses).toEqual([500, 500, 200])
  })

  test('answers the same about the same person every time', async () => {
    expect((await client('99000006')).body).toEqual((await client('99000006')).body)
  })
})
