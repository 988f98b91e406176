/** When the night's run starts, and who wakes whom. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { endOfDay } from '../../../core/registries/calendar.ts'
import { type Night, nightHub } from '../../kit/night.ts'

// Four in the morning in Nairobi is 01:00 UTC.
let now = new Date('2026-11-21T10:00:00Z')
let hub: Night
beforeAll(async () => {
  hub = await nightHub({ now: () => now })
  await hub.fill(10)
})
afterAll(() => hub.close())

const startDue = () => hub.core.reconciliation.startDue()
const never = new AbortController().signal

test('a hub that was not there at the hour waits for the next night', async () => {
  const fresh = await nightHub({ now: () => new Date('2026-11-22T01:30:00Z') })
  try {
    await fresh.fill(3)
    expect(await fresh.core.reconciliation.startDue()).toBeUndefined()
  } finally {
    await fresh.close()
  }
})

test('before the hour nothing starts; at the hour one run, and no second one that night', async () => {
  now = new Date('2026-11-22T00:59:59Z')
  expect(await startDue()).toBeUndefined()
  now = new Date('2026-11-22T01:00:10Z')
  const run = await startDue()
  expect(run).toBeDefined()
  expect(hub.wakes).toContainEqual({ work: 'reconcile', run })
  await hub.core.reconciliation.run(run ?? '', never)
  now = new Date('2026-11-22T03:00:00Z')
  expect(await startDue()).toBeUndefined()
})

test('the run waits for syncs of the night and for what they brought, but not for ever', async () => {
  now = new Date('2026-11-23T00:30:00Z')
  const { id } = await hub.core.startSync('ke-nssf')
  now = new Date('2026-11-23T01:05:00Z')
  expect(await startDue(), 'a sync is queued').toBeUndefined()
  hub.papers.nssf.lines = hub.papers.nssf.lines.map((line) => ({ ...line, months: ['2026-02'] }))
  await hub.core.runSync(id, never)
  expect(await startDue(), 'records wait to be resolved').toBeUndefined()
  now = new Date('2026-11-23T04:00:10Z')
  const run = await startDue()
  expect(run, 'three hours are enough').toBeDefined()
  await hub.core.reconciliation.run(run ?? '', never)
  await hub.core.resolveWaiting()
})

test('a worker that was down makes up for the night until ten, and not in the afternoon', async () => {
  now = new Date('2026-11-24T07:00:00Z')
  expect(await startDue()).toBeUndefined()
  now = new Date('2026-11-25T06:59:00Z')
  const run = await startDue()
  expect(run).toBeDefined()
})

test('a run that nobody carries on is woken by the sweeper, one that is alive is left alone', async () => {
  hub.wakes.length = 0
  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  await hub.core.reconciliation.sweep()
  expect(hub.wakes.filter(({ work }) => work === 'reconcile')).toEqual([{ work: 'reconcile', run: id }])
  now = new Date(now.getTime() + 60_000)
  await hub.core.reconciliation.sweep()
  expect(hub.wakes.filter(({ work }) => work === 'reconcile')).toHaveLength(2)
  await hub.core.reconciliation.run(id, never)
  await hub.core.reconciliation.sweep()
  expect(hub.wakes.filter(({ work }) => work === 'reconcile')).toHaveLength(2)
})

const ends: [zone: string, day: string, end: string][] = [
  ['Africa/Nairobi', '2026-11-22', '2026-11-22T20:59:59.999Z'],
  ['Asia/Vientiane', '2026-11-22', '2026-11-22T16:59:59.999Z'],
  ['UTC', '2026-12-31', '2026-12-31T23:59:59.999Z'],
  // Clocks went back that morning: the day has 25 hours.
  ['Europe/Berlin', '2026-10-25', '2026-10-25T22:59:59.999Z'],
  ['Europe/Berlin', '2026-03-29', '2026-03-29T21:59:59.999Z'],
  ['America/New_York', '2026-11-01', '2026-11-02T04:59:59.999Z'],
]
test.each(ends)('in %s the day %s ends at %s', (zone, day, end) => {
  expect(endOfDay(zone, day).toISOString()).toBe(end)
})
