import { afterAll, beforeAll, expect, test } from 'vitest'
import { PullError } from '../../../adapters/contract.ts'
import { type TestCore, testCore } from '../../kit/core.ts'
import { paperRegistry } from '../../kit/paper.ts'

let now = new Date()
let hub: TestCore
const finish = async () => {
  for (const wake of hub.wakes.splice(0))
    if (wake.work === 'sync') await hub.core.runSync(wake.run, new AbortController().signal)
}

beforeAll(async () => {
  hub = await testCore([paperRegistry('ke-nssf'), paperRegistry('ke-sha'), paperRegistry('la-lsso')], {
    now: () => now,
  })
})
afterAll(() => hub.close())

// The registries of the kit are read at 02:00 on their own clocks: 23:00 UTC in Nairobi, 19:00 UTC in Vientiane.
const nights = [
  { at: '2026-11-22T18:59:00Z', due: [] },
  { at: '2026-11-22T19:00:00Z', due: ['la-lsso'] },
  { at: '2026-11-22T19:05:00Z', due: [] },
  { at: '2026-11-22T23:40:00Z', due: ['ke-nssf', 'ke-sha'] },
  { at: '2026-11-23T12:00:00Z', due: [] },
  { at: '2026-11-23T19:30:00Z', due: ['la-lsso'] },
]
test.each(nights)('at $at these are due: $due', async ({ at, due }) => {
  now = new Date(at)
  expect(await hub.core.syncDue()).toEqual(due)
  await finish()
})

// Two in the morning of the 25th in Nairobi is 23:00 UTC of the 24th.
const evenings = [
  { says: 'a sync by hand at 22:30', at: '2026-11-24T19:30:00Z', end: 'succeeded' },
  { says: 'a sync that failed a minute before the night', at: '2026-11-24T22:59:59Z', end: 'failed' },
]
test.each(evenings)('$says does not stand for the sync of the night', async ({ at, end }) => {
  const registries = [paperRegistry('ke-nssf'), paperRegistry('ke-sha'), paperRegistry('la-lsso')]
  const other = await testCore(registries, { now: () => now })
  try {
    now = new Date(at)
    const [nssf] = registries
    if (end === 'failed' && nssf) nssf.failAt = { page: 0, error: new PullError('stop', 'The list is torn.') }
    expect(await other.sync('ke-nssf')).toMatchObject({ status: end })
    now = new Date('2026-11-24T23:00:10Z')
    expect((await other.core.syncDue()).sort()).toEqual(['ke-nssf', 'ke-sha'])
    now = new Date('2026-11-24T23:05:10Z')
    expect(await other.core.syncDue()).toEqual([])
  } finally {
    await other.close()
  }
})

test('a run that nobody was told of is found by the sweeper', async () => {
  const { id } = await hub.core.startSync('ke-nssf')
  hub.wakes.length = 0
  now = new Date(now.getTime() + 60_000)
  expect(await hub.core.sweep()).toMatchObject({ runs: 1 })
  expect(hub.wakes).toContainEqual({ work: 'sync', run: id })
})
