/** Who may write to a registry: over HTTP its own clients, in the foreground of this machine the operator. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { By } from '../../../core/core.ts'
import { type TestCore, testCore } from '../../kit/core.ts'
import { paperRegistry } from '../../kit/paper.ts'

const broken = { no: '990000002', name: 'Peter Otieno', broken: true }
let hub: TestCore
beforeAll(async () => {
  hub = await testCore([paperRegistry('ke-nssf'), paperRegistry('ke-sha')])
})
afterAll(() => hub.close())

type Write = (registry: string, by?: By) => Promise<unknown>
const push: Write = (registry, by) =>
  hub.core.pushRecords(registry, { stream: 'member', records: [{ data: broken }] }, by)
const firstRejection = async (registry: string) => (await hub.core.rejections(registry, {})).items[0]?.id ?? ''
const writes: [operation: string, write: Write][] = [
  ['pushRecords', push],
  ['startSync', (registry, by) => hub.core.startSync(registry, by)],
  ['replayRejection', async (registry, by) => hub.core.replayRejection(registry, await firstRejection('ke-sha'), by)],
  ['replayRejections', (registry, by) => hub.core.replayRejections(registry, by)],
]

test.each(writes)('%s of a foreign registry answers like one of a registry that is not there', async (_name, write) => {
  await push('ke-sha')
  const before = await hub.owner.query('select id, state from rejection order by id', [])
  const refusals = await Promise.all(
    [
      ['ke-sha', 'feeder'],
      ['ke-sha', 'desk'],
      ['ke-sha', 'nobody'],
      ['ke-none', 'feeder'],
    ].map(([registry = '', client]) => write(registry, { client }).catch(({ code, message }) => ({ code, message }))),
  )
  expect(new Set(refusals.map((refusal) => JSON.stringify(refusal))).size).toBe(1)
  expect(refusals[0]).toMatchObject({ code: 'not_found', message: expect.stringContaining('no such registry') })
  expect(await hub.owner.query('select id, state from rejection order by id', [])).toEqual(before)
  expect((await hub.core.syncRuns('ke-sha', {})).items).toEqual([])
})

test('a client writes to its own registry', async () => {
  const by = { client: 'feeder' }
  expect(await push('ke-nssf', by)).toMatchObject({ rejected: [{ index: 0 }] })
  expect(await hub.core.replayRejection('ke-nssf', await firstRejection('ke-nssf'), by)).toMatchObject({
    outcome: 'rejected',
  })
  expect(await hub.core.replayRejections('ke-nssf', by)).toEqual({ accepted: 0, rejected: 1 })
  expect(await hub.core.startSync('ke-nssf', by)).toMatchObject({ status: 'queued' })
})

test('a client that was switched off writes nowhere', async () => {
  await hub.owner.query(`update client set active = false where id = 'feeder'`, [])
  await expect(push('ke-nssf', { client: 'feeder' })).rejects.toMatchObject({ code: 'not_found' })
})

test('work that was given up on is told of, with how much it is: at once, when it changes, and again later', async () => {
  const told: unknown[] = []
  let now = Date.now()
  const other = await testCore([paperRegistry('ke-nssf')], {
    now: () => new Date(now),
    log: (event, details) => void told.push([event, details]),
  })
  try {
    const park = () =>
      other.owner.query(
        `insert into outbox (id, topic, payload, created_at, attempts, parked_at)
         values (gen_random_uuid(), 'resolve', '{"records":[]}', now(), 5, now())`,
        [],
      )
    expect(await other.core.sweep()).toMatchObject({ parked: 0 })
    expect(told).toEqual([])
    await park()
    expect(await other.core.sweep()).toMatchObject({ parked: 1 })
    await other.core.sweep()
    expect(told).toEqual([['resolve_parked_failed', { parked: 1 }]])
    await park()
    await other.core.sweep()
    expect(told.at(-1)).toEqual(['resolve_parked_failed', { parked: 2 }])
    now += 600_000
    await other.core.sweep()
    expect(told).toHaveLength(3)
  } finally {
    await other.close()
  }
})
