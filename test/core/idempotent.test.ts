import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestCore, testCore } from '../kit/core.ts'

let now = new Date('2026-11-22T10:00:00Z')
let hub: TestCore
beforeAll(async () => {
  hub = await testCore([], { now: () => now })
})
afterAll(() => hub.close())

const once = (key: string, fingerprint = 'body') => ({ client: 'desk', operation: 'pushRecords', key, fingerprint })

test('64 requests with one key have one effect; all others are told to wait or get the first answer', async () => {
  let effects = 0
  const work = async () => {
    effects += 1
    await new Promise((done) => setTimeout(done, 30))
    return { status: 200, body: { accepted: 1 } }
  }
  const answers = await Promise.allSettled(Array.from({ length: 64 }, () => hub.core.idempotent(once('a'), work)))
  expect(effects).toBe(1)
  for (const answer of answers) {
    if (answer.status === 'fulfilled') expect(answer.value).toMatchObject({ status: 200, body: { accepted: 1 } })
    else expect(answer.reason).toMatchObject({ code: 'idempotency_in_progress' })
  }
  expect(await hub.core.idempotent(once('a'), work)).toEqual({ status: 200, body: { accepted: 1 }, replayed: true })
})

test('one key for two different requests is refused', async () => {
  await expect(hub.core.idempotent(once('a', 'other'), async () => ({ status: 200, body: {} }))).rejects.toMatchObject({
    code: 'idempotency_key_reused',
  })
})

test('a request that was refused did nothing, so its key may be used for the mended one', async () => {
  const refused = hub.core.idempotent(once('b'), async () => Promise.reject(new Error('no')))
  await expect(refused).rejects.toThrow('no')
  expect(await hub.core.idempotent(once('b', 'mended'), async () => ({ status: 200, body: {} }))).toMatchObject({
    replayed: false,
  })
})

test('the key of a process that died is taken over after a minute, by the same request only', async () => {
  await hub.owner.query(
    `insert into idempotency_key (client, operation, key, fingerprint, started_at)
    select client, operation, 'c', fingerprint, $1::timestamptz from idempotency_key where key = 'a'`,
    [now],
  )
  const work = async () => ({ status: 200, body: {} })
  await expect(hub.core.idempotent(once('c'), work)).rejects.toMatchObject({ code: 'idempotency_in_progress' })
  now = new Date(now.getTime() + 61_000)
  expect(await hub.core.idempotent(once('c'), work)).toMatchObject({ status: 200, replayed: false })
})

test('a token id is accepted once', async () => {
  const expires = new Date(now.getTime() + 60_000)
  expect(await hub.core.clients.rememberOnce('jti-1', expires)).toBe(true)
  expect(await hub.core.clients.rememberOnce('jti-1', expires)).toBe(false)
})

test('what has expired is swept away', async () => {
  now = new Date(now.getTime() + 49 * 3_600_000)
  await hub.core.sweep()
  const [row] = await hub.owner.query<{ count: number }>(
    'select ((select count(*) from seen_token) + (select count(*) from idempotency_key))::int as count',
  )
  expect(row?.count).toBe(0)
})
