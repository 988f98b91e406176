/** Everything that the hub refuses, on the wire: the right problem each time, nothing about anybody, and a leaf where one is due. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Beneficiary } from '../../schemas/contract.ts'
import { pamoja } from '../../sdk/pamoja.ts'
import { badRequests, number } from '../kit/bad-requests.ts'
import { type DemoHub, demoHub } from '../kit/demo-hub.ts'
import {
  canariesOf,
  expectProblem,
  lookupPath,
  makeWire,
  nationalId,
  type Sent,
  shapeOf,
  type Wire,
} from '../kit/wire.ts'

let demo: DemoHub
let wire: Wire
/** The person of the README, as the clinic may see her. */
let grace: Beneficiary
let canaries: string[] = []
const nobody = '0192f5c2-7a10-7c44-9f0e-3b2a1c4d5e6f'

beforeAll(async () => {
  demo = await demoHub(120)
  wire = makeWire(demo)
  const answer = await demo.client('demo').lookup({ type: 'national-id', issuer: 'ke', value: number })
  if (answer.outcome !== 'match') throw new Error('no match')
  grace = answer.beneficiary
  canaries = canariesOf(demo, [
    ...(grace.name?.parts ?? []).map((part) => part.value),
    ...(grace.identifiers ?? []).map((identifier) => identifier.value),
  ])
  expect(canaries.length).toBeGreaterThan(60)
}, 180_000)
afterAll(() => demo?.close())

const ask = (sent: Partial<Sent> = {}) => wire.send({ path: lookupPath, body: nationalId(number), ...sent })

describe('refused before anybody is looked up, and nobody is disclosed', () => {
  test.each(badRequests)('%s: %d %s', async (_says, status, code, sent) => {
    const { result, left } = await wire.leavesOf(async () => ask(await sent(wire, grace)))
    expectProblem(result, status, code)
    // A cursor is looked at when the person has been met, so that call is in the log like any other.
    expect(left.filter(({ outcome }) => outcome === 'shown')).toEqual([])
  })

  test('a wrong method is told the right ones', async () => {
    expect((await ask({ method: 'DELETE', body: undefined })).headers.get('allow')).toBe('POST, OPTIONS')
  })

  test('an unknown purpose, one that is not agreed and one that was agreed until last year look the same', async () => {
    const [first, ...others] = await Promise.all([
      ask({ headers: { 'Pamoja-Purpose': 'curiosity' } }),
      ask({ headers: { 'Pamoja-Purpose': 'reconciliation' } }),
      ask({ client: 'demo-operator' }),
    ])
    for (const other of others) expect(shapeOf(other)).toEqual(first && shapeOf(first))
  })

  test('a client with another key gets no token, and is not told more', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true })
    const stranger = (clientId: string, key: object) =>
      pamoja({ baseUrl: demo.url, clientId, privateKey: key, purpose: 'coverage-check', officer: 'x', tries: 1 })
    const refused = { code: 'token_refused', status: 401 }
    const key = { ...(await exportJWK(privateKey)), alg: 'ES256' }
    await expect(stranger('demo', key).token('beneficiaries:read')).rejects.toMatchObject(refused)
    await expect(stranger('nobody', key).token('beneficiaries:read')).rejects.toMatchObject(refused)
  })

  test('a client gets no token for what it may not do', async () => {
    await expect(demo.client('demo').token('registries:write')).rejects.toMatchObject({ code: 'scope_missing' })
    await expect(demo.client('demo-lao').token('registries:read')).rejects.toMatchObject({ code: 'scope_missing' })
  })
})

describe('nobody, not yours and not permitted', () => {
  test('look the same by identifier: nobody, with the same words, and a leaf each', async () => {
    const call = (value: string) => wire.leavesOf(() => ask({ client: 'demo-lao', body: nationalId(value) }))
    const [unknown, foreign] = [await call('99099999'), await call(number)]
    expect(unknown.result.status).toBe(200)
    expect(unknown.result.body).toMatchObject({ outcome: 'none', registries: [{ registry: 'la-lsso' }] })
    expect(foreign.result.body).toEqual(unknown.result.body)
    expect(foreign.result.headers.get('cache-control')).toBe('no-store')
    for (const { left } of [unknown, foreign]) {
      expect(left).toMatchObject([
        { operation: 'lookupBeneficiary', outcome: 'none', client: 'demo-lao', purpose: 'coverage-check' },
      ])
      expect(left[0]).not.toHaveProperty('subject')
    }
  })

  test('look the same to the clinic: an unknown number and that of a Lao person, whom the Lao office finds', async () => {
    const truth = await readFile(path.join(demo.home, 'demo', 'truth.csv'), 'utf8')
    const value = /^la-lsso,insured[^,]*,([^,]+),/m.exec(truth)?.[1]
    const lao = { body: { identifier: { type: 'lsso-number', issuer: 'la', value } } }
    const [unknown, foreign] = [await ask({ body: nationalId('99099999') }), await ask(lao)]
    expect(foreign.body).toEqual(unknown.body)
    expect((await ask({ ...lao, client: 'demo-lao' })).body).toMatchObject({ outcome: 'match' })
  })

  test.each(['', '/enrolments', '/contributions', '/records'])('look the same by id: %s', async (part) => {
    const call = (id: string, client: string) =>
      wire.leavesOf(() => wire.send({ path: `/v1/beneficiaries/${id}${part}`, client }))
    const [unknown, foreign] = [await call(nobody, 'demo-lao'), await call(grace.id, 'demo-lao')]
    expectProblem(unknown.result, 404, 'not_found')
    expect(shapeOf(foreign.result)).toEqual(shapeOf(unknown.result))
    for (const { left } of [unknown, foreign]) expect(left).toMatchObject([{ outcome: 'none', client: 'demo-lao' }])
    expect((await wire.send({ path: `/v1/beneficiaries/${grace.id}${part}` })).status).toBe(200)
  })

  test('look the same for a field that the agreement leaves out', async () => {
    const call = (id: string) => wire.leavesOf(() => wire.send({ path: `/v1/beneficiaries/${id}/benefits` }))
    const [unknown, notAgreed] = [await call(nobody), await call(grace.id)]
    expectProblem(unknown.result, 404, 'not_found')
    expect(shapeOf(notAgreed.result)).toEqual(shapeOf(unknown.result))
    expect(notAgreed.left).toMatchObject([{ outcome: 'none' }])
  })

  test('a search by a Lao office finds no Kenyan, and leaves a leaf', async () => {
    const { result, left } = await wire.leavesOf(() =>
      wire.send({
        path: '/v1/beneficiaries/search',
        client: 'demo-lao',
        body: { name: grace.name?.full, birthDate: grace.birthDate?.value },
      }),
    )
    expect(result.body).toEqual({ outcome: 'none', candidates: [] })
    expect(left).toMatchObject([{ operation: 'searchBeneficiaries', outcome: 'none' }])
  })
})

describe('after all of this', () => {
  const found = (text: string) => canaries.filter((canary) => text.includes(canary))

  test('no refusal has said a word about anybody', () => {
    const refused = wire.answers.filter(({ status }) => status >= 400)
    expect(refused.length).toBeGreaterThan(badRequests.length)
    for (const { text } of refused) expect(found(text)).toEqual([])
  })

  test('the log has a line for each request, with the problem, and names nobody', () => {
    const log = demo.log.join('\n')
    for (const code of new Set(badRequests.map(([, , code]) => code))) expect(log).toContain(`"problem":"${code}"`)
    expect(found(log)).toEqual([])
    expect(log).not.toContain('"problem":"internal"')
  })

  test('the audit log names agencies and officers, and nobody who was asked about', async () => {
    const text = JSON.stringify(await wire.leaves())
    expect(text).toContain('demo-clinic')
    expect(found(text)).toEqual([])
  })
})
