/** Subscriptions: which addresses and registries, whose they are, and what becomes of what could not be sent. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { announce } from '../../../store/deliveries.ts'
import { type TestCore, testCore } from '../../kit/core.ts'

/** Acts for NSSF; its agreement covers SHA too. An address without a name needs no name service. */
const feeder = { client: 'feeder', purpose: 'coverage', officer: 'ann', operation: 'test', traceId: 'test' }
const url = 'https://8.8.8.8/pamoja?key=of-ours'
const asked = { url, events: ['finding.opened', 'finding.changed'], registries: ['ke-nssf'] } as const

let hub: TestCore
beforeAll(async () => {
  hub = await testCore([])
})
afterAll(() => hub.close())

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'none',
    (problem: { code?: string; reasons?: { pointer: string; rule: string }[] }) =>
      [problem.code, ...(problem.reasons ?? []).map(({ pointer, rule }) => `${pointer} ${rule}`)].join(' '),
  )
const happened = (type: string, registry = 'ke-nssf') =>
  announce(hub.needs.db, [{ type, registry, subject: 'f-1', data: {} }], new Date())

test('one is made with the key that verifies what it is sent, and is its own client’s alone', async () => {
  const made = await hub.core.subscriptions.create(asked, feeder)
  expect(made).toMatchObject({ ...asked, state: 'active', waiting: 0, dead: 0 })
  expect(made.key).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' })
  expect(await hub.core.subscriptions.read(made.id, feeder)).toEqual(made)
  expect((await hub.core.subscriptions.list({}, feeder)).items).toEqual([made])
  const desk = { ...feeder, client: 'desk' }
  expect((await hub.core.subscriptions.list({}, desk)).items).toEqual([])
  const calls = [
    hub.core.subscriptions.read(made.id, desk),
    hub.core.subscriptions.update(made.id, 'ended', desk),
    hub.core.subscriptions.deliveries(made.id, {}, desk),
    hub.core.subscriptions.redeliver(made.id, made.id, desk),
  ]
  expect(await Promise.all(calls.map(codeOf))).toEqual(Array(4).fill('not_found'))
  expect((await hub.core.subscriptions.update(made.id, 'ended', feeder)).state).toBe('ended')
})

test.each([
  ['plain http', { ...asked, url: 'http://8.8.8.8/pamoja' }, '/url https'],
  ['this machine', { ...asked, url: 'https://127.0.0.1/pamoja' }, '/url public-address'],
  ['this machine in disguise', { ...asked, url: 'https://[::ffff:127.0.0.1]/pamoja' }, '/url public-address'],
  ['a private network', { ...asked, url: 'https://10.0.0.1/' }, '/url public-address'],
  ['the metadata of a cloud', { ...asked, url: 'https://169.254.169.254/latest' }, '/url public-address'],
  ['a password in the address', { ...asked, url: 'https://me:secret@8.8.8.8/' }, '/url bare'],
  [
    'a registry that it does not act for',
    { ...asked, registries: ['ke-nssf', 'ke-sha'] },
    '/registries/1 own-registry',
  ],
  ['a registry that is not agreed', { ...asked, registries: ['la-lsso'] }, '/registries/0 own-registry'],
])('none is made for %s', async (_says, request, reason) => {
  expect(await codeOf(hub.core.subscriptions.create(request, feeder))).toBe(`invalid_request ${reason}`)
})

test('what waits is counted, kept while it is paused, and dropped when it ends; what has ended stays so', async () => {
  const { id } = await hub.core.subscriptions.create(asked, feeder)
  expect(await happened('finding.opened')).toBe(1)
  expect(await happened('finding.opened', 'ke-sha')).toBe(0)
  expect(await happened('finding.resolved')).toBe(0)
  expect(await hub.core.subscriptions.update(id, 'paused', feeder)).toMatchObject({ state: 'paused', waiting: 1 })
  expect(await happened('finding.changed')).toBe(0)
  const wakes = hub.wakes.length
  expect((await hub.core.subscriptions.update(id, 'active', feeder)).state).toBe('active')
  expect(hub.wakes.slice(wakes)).toEqual([{ work: 'deliver' }])
  expect(await hub.core.subscriptions.update(id, 'ended', feeder)).toMatchObject({ waiting: 0, dead: 1 })
  expect(await hub.core.subscriptions.update(id, 'ended', feeder)).toMatchObject({ state: 'ended' })
  expect(await codeOf(hub.core.subscriptions.update(id, 'active', feeder))).toBe('subscription_ended')
  const [dead] = (await hub.core.subscriptions.deliveries(id, {}, feeder)).items
  expect(await codeOf(hub.core.subscriptions.redeliver(id, dead?.id ?? '', feeder))).toBe('subscription_ended')
})

test('a dead letter is seen, and sent again under the same id', async () => {
  const { id } = await hub.core.subscriptions.create(asked, feeder)
  await happened('finding.opened')
  await happened('finding.changed')
  await hub.owner.query(
    `update delivery set state = 'dead', attempts = 14, settled_at = now(), answer = '503'
     where subscription = $1 and event ->> 'type' = 'finding.opened'`,
    [id],
  )
  expect(await hub.core.subscriptions.read(id, feeder)).toMatchObject({ waiting: 1, dead: 1 })
  const [dead, more] = (await hub.core.subscriptions.deliveries(id, { state: 'dead' }, feeder)).items
  expect(more).toBeUndefined()
  expect(dead).toMatchObject({
    type: 'finding.opened',
    registry: 'ke-nssf',
    subject: 'f-1',
    attempts: 14,
    answer: '503',
  })
  const again = await hub.core.subscriptions.redeliver(id, dead?.id ?? '', feeder)
  expect(again).toMatchObject({ id: dead?.id, state: 'waiting', attempts: 0 })
  expect(again).not.toHaveProperty('settledAt')
  const first = await hub.core.subscriptions.deliveries(id, { limit: 1 }, feeder)
  const second = await hub.core.subscriptions.deliveries(id, { limit: 1, cursor: first.nextCursor }, feeder)
  expect([...first.items, ...second.items].map(({ type }) => type)).toEqual(['finding.changed', 'finding.opened'])
  expect(await codeOf(hub.core.subscriptions.redeliver(id, id, feeder))).toBe('not_found')
})

test('a client has at most fifty', async () => {
  const have = (await hub.core.subscriptions.list({ limit: 200 }, feeder)).items.filter((one) => one.state !== 'ended')
  for (let more = have.length; more < 50; more++) await hub.core.subscriptions.create(asked, feeder)
  expect(await codeOf(hub.core.subscriptions.create(asked, feeder))).toBe('invalid_request  most-subscriptions')
})
