import { afterAll, beforeAll, expect, test } from 'vitest'
import { PullError } from '../../../adapters/contract.ts'
import { readRecords, sourceKey } from '../../../store/records.ts'
import { type TestCore, testCore } from '../../kit/core.ts'
import { type Line, paperRegistry } from '../../kit/paper.ts'

const line = (index: number): Line => ({
  no: `99000${String(index).padStart(4, '0')}`,
  name: `Person Number${'abcdefghij'[index % 10]} Family${index}`,
  born: `19${String(50 + (index % 50))}-0${1 + (index % 9)}-1${index % 10}`,
  id: String(99_000_000 + index),
})
const nssf = paperRegistry('ke-nssf', { pageSize: 40 })
let hub: TestCore
beforeAll(async () => {
  hub = await testCore([nssf])
})
afterAll(() => hub.close())

const counts = async (run: string) => (await hub.core.syncRun('ke-nssf', run)).counts
const rows = async (sql: string) => (await hub.owner.query<{ count: number }>(sql))[0]?.count

test('every record that was read is a source record or a rejection, and the counts add up', async () => {
  nssf.lines = [...Array(95).keys()].map(line)
  nssf.lines.push({ no: 'bad-1', name: 'x', broken: true })
  const { run, status } = await hub.sync('ke-nssf')
  expect(status).toBe('succeeded')
  expect(await counts(run)).toEqual({ read: 96, added: 95, changed: 0, unchanged: 0, rejected: 1, absent: 0 })
  expect(await rows('select count(*)::int as count from source_record')).toBe(95)
})

test('a second sync of the same list changes nothing and wakes nobody for resolving', async () => {
  await hub.core.resolveWaiting()
  const { run } = await hub.sync('ke-nssf')
  expect(await counts(run)).toMatchObject({ read: 96, unchanged: 95, rejected: 1, added: 0, changed: 0 })
  expect(await rows('select count(*)::int as count from rejection')).toBe(1)
  expect(await rows('select count(*)::int as count from outbox')).toBe(0)
})

test('a changed record keeps its id and its earlier version', async () => {
  nssf.lines[0] = { ...line(0), phone: '+254712000001' }
  const { run } = await hub.sync('ke-nssf')
  expect(await counts(run)).toMatchObject({ changed: 1, unchanged: 94 })
  expect(await rows('select max(version)::int as count from source_record')).toBe(2)
  expect(await rows('select count(*)::int as count from source_record_version')).toBe(1)
})

test('a mended record is accepted and settles its open rejection', async () => {
  nssf.lines[95] = { ...line(95), no: 'bad-1' }
  await hub.sync('ke-nssf')
  const { items } = await hub.core.rejections('ke-nssf', {})
  expect(items.map((item) => item.state)).toEqual(['superseded'])
})

test('two lines with one number and different content: the first is kept, the second is rejected with the reason', async () => {
  nssf.lines.push({ ...line(96), no: line(1).no })
  const { run } = await hub.sync('ke-nssf')
  expect(await counts(run)).toMatchObject({ read: 97, rejected: 1 })
  const { items } = await hub.core.rejections('ke-nssf', { state: 'open' })
  expect(items.map((item) => item.reasons[0]?.rule)).toEqual(['source-id-unique'])
  nssf.lines.pop()
})

test('a complaint that the next complete list does not make again is settled', async () => {
  await hub.sync('ke-nssf')
  expect((await hub.core.rejections('ke-nssf', { state: 'open' })).items).toEqual([])
})

test('a record that a complete list leaves out is marked absent, never deleted, and comes back', async () => {
  const gone = nssf.lines.splice(10, 2)
  const { run } = await hub.sync('ke-nssf')
  expect((await counts(run)).absent).toBe(2)
  expect(await rows('select count(*)::int as count from source_record')).toBe(96)
  nssf.lines.push(...gone)
  await hub.sync('ke-nssf')
  expect(await rows('select count(*)::int as count from source_record where absent_since is not null')).toBe(0)
})

test('a record whose line is refused this time keeps what it said before and does not count as missing', async () => {
  const before = nssf.lines[3]
  nssf.lines[3] = { ...line(3), broken: true }
  const { run } = await hub.sync('ke-nssf')
  expect(await counts(run)).toMatchObject({ rejected: 1, absent: 0, changed: 0 })
  if (before) nssf.lines[3] = before
  await hub.sync('ke-nssf')
  const open = (await hub.core.rejections('ke-nssf', { state: 'open' })).items
  expect(open.map((item) => item.reasons[0]?.rule)).not.toContain('paper')
})

test('a list with too many people missing is held: nothing is marked absent and the owner is told why', async () => {
  const all = nssf.lines
  nssf.lines = all.slice(0, 15)
  const { run, status } = await hub.sync('ke-nssf')
  expect(status).toBe('held')
  expect((await hub.core.syncRun('ke-nssf', run)).problem).toMatch(/81 of 96 records are missing.*allows 20 %/)
  expect(await rows('select count(*)::int as count from source_record where absent_since is not null')).toBe(0)
  nssf.lines = all
})

test('a pull that fails for good keeps what it has committed and goes on from there next time', async () => {
  nssf.lines = [...Array(96).keys()].map(line).concat([...Array(130).keys()].map((index) => line(200 + index)))
  nssf.failAt = { page: 3, error: new PullError('stop', 'The line was cut.') }
  const first = await hub.sync('ke-nssf')
  expect(first).toMatchObject({ status: 'failed', problem: 'The line was cut.' })
  expect((await counts(first.run)).read).toBe(120)
  const second = await hub.sync('ke-nssf')
  expect((await counts(second.run)).read).toBe(226 - 120)
})

test('while one run is under way a second one is refused', async () => {
  const { id } = await hub.core.startSync('ke-nssf')
  await expect(hub.core.startSync('ke-nssf')).rejects.toMatchObject({ code: 'sync_running' })
  await hub.core.runSync(id, new AbortController().signal)
})

test('an interrupted run goes back to the queue and the next worker finishes it', async () => {
  const stop = new AbortController()
  const { id } = await hub.core.startSync('ke-nssf')
  const end = await hub.core.runSync(id, stop.signal, () => stop.abort())
  expect(end.status).toBe('released')
  expect(await hub.core.runSync(id, new AbortController().signal)).toEqual({ status: 'succeeded' })
})

test('two equal bad records in one page are one rejection, and the good one between them is in', async () => {
  const bad = { origin: 'desk', data: { no: 'bad-9', name: 'x', broken: true } }
  const good = { data: { ...line(400) } }
  const pushed = await hub.core.pushRecords('ke-nssf', { stream: 'member', records: [bad, good, bad] })
  expect(pushed).toMatchObject({ accepted: 1, rejected: [{ index: 0 }, { index: 2 }] })
})

test('replaying everything tries the newest first, leaves doubles to a person, and does not stop halfway', async () => {
  const normalise = nssf.normalise
  nssf.normalise = (raw) => normalise({ ...raw, data: { ...raw.data, broken: false } })
  await hub.core.pushRecords('ke-nssf', {
    stream: 'member',
    records: [{ data: { no: 'bad-9', name: 'Older Word', broken: true } }],
  })
  nssf.normalise = normalise
  await hub.core.pushRecords('ke-nssf', {
    stream: 'member',
    records: [{ data: { no: 'bad-10', name: 'Older Word', broken: true } }],
  })
  await hub.core.pushRecords('ke-nssf', {
    stream: 'member',
    records: [{ data: { no: 'bad-10', name: 'Newer Word', broken: true } }],
  })
  nssf.normalise = (raw) => normalise({ ...raw, data: { ...raw.data, broken: false } })
  const doubles = [{ data: { ...line(300) } }, { data: { ...line(300), phone: '+254712000088' } }]
  await hub.core.pushRecords('ke-nssf', { stream: 'member', records: doubles })
  const counts = await hub.core.replayRejections('ke-nssf')
  nssf.normalise = normalise
  expect(counts.accepted).toBeGreaterThanOrEqual(2)
  const open = (await hub.core.rejections('ke-nssf', { state: 'open' })).items
  expect(open.map((item) => item.reasons[0]?.rule)).toEqual(['source-id-unique'])
  const [record] = await readRecords(hub.owner, hub.needs.keys, await idsOf('bad-10'))
  expect(record?.record.names[0]?.full).toBe('Newer Word')
})

test('an adapter that fails on one record costs that record alone', async () => {
  const normalise = nssf.normalise
  nssf.normalise = (raw) => {
    if (raw.data.no === 'fault') throw new TypeError('a fault of the adapter')
    return normalise(raw)
  }
  const records = [{ data: { ...line(401) } }, { data: { no: 'fault', name: 'x' } }, { data: { ...line(402) } }]
  const pushed = await hub.core.pushRecords('ke-nssf', { stream: 'member', records })
  nssf.normalise = normalise
  expect(pushed).toMatchObject({ accepted: 2, rejected: [{ index: 1, reasons: [{ rule: 'adapter-fault' }] }] })
})

test('a single file that somebody hands over says nothing about how fresh the whole list is', async () => {
  const before = (await hub.core.registry('ke-nssf')).freshness.asOf
  const { id } = await hub.core.startSync('ke-nssf', { file: '/somewhere/one.csv' })
  await hub.core.runSync(id, new AbortController().signal)
  expect((await hub.core.registry('ke-nssf')).freshness.asOf).toBe(before)
})

const idsOf = async (no: string) =>
  (
    await hub.owner.query<{ id: string }>('select id from source_record where source_key = $1', [
      sourceKey(hub.needs.keys, 'ke-nssf', no),
    ])
  ).map((row) => row.id)

test('a corrected delivery in the same night replaces the first one, in either half of a page', async () => {
  const listed = nssf.lines
  nssf.lines = [
    ...listed.map((one) => ({ ...one, list: 'a.csv' })),
    { ...line(1), phone: '+254712000077', list: 'b.csv' },
  ]
  nssf.complete = false
  const { run } = await hub.sync('ke-nssf')
  nssf.complete = true
  expect((await counts(run)).rejected).toBe(0)
  const [record] = await readRecords(hub.owner, hub.needs.keys, await idsOf(line(1).no))
  expect(record?.record.phones).toEqual(['+254712000077'])
  nssf.lines = listed
})
