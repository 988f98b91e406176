/** Past nights and trials: the facts known then, whatever is known by now, and no trace in what lives on. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCore } from '../../../core/core.ts'
import type { Totals } from '../../../core/reconciliation/totals.ts'
import type { Change } from '../../../core/reconciliation/trial.ts'
import { foundBy, type Night, nightHub, standing } from '../../kit/night.ts'
import { sharedPhone, twoRegistries } from '../../kit/night-rules.ts'

const never = new AbortController().signal
let now = new Date('2026-11-01T01:00:00Z')
let hub: Night
let firstNight: string

beforeAll(async () => {
  hub = await nightHub({ now: () => now })
  await hub.fill(60)
  now = new Date('2026-11-01T20:00:00Z')
  firstNight = await run({ kind: 'live' })
  // Much happens in the next days: facts change, people leave, come back, and come anew, records turn out to be somebody else's.
  now = new Date('2026-11-02T10:00:00Z')
  const { nssf, sha } = hub.papers
  const before = { nssf: nssf.lines, sha: sha.lines }
  nssf.lines = [
    ...nssf.lines.slice(4).map((line) => ({ ...line, born: line.born ?? '1977-07-07', months: ['2026-11'] })),
    { no: '990009999', name: 'Nobody Before Now', id: '91234567' },
  ]
  sha.lines = sha.lines.map((line, index) => (index % 7 === 0 ? { ...line, phone: '+254700000001' } : line))
  await sync()
  now = new Date('2026-11-03T10:00:00Z')
  nssf.lines = before.nssf.map((line, index) =>
    index % 3 === 0 ? { ...line, name: `Tofauti ${line.name}`, id: String(80_000_000 + index) } : line,
  )
  await sync()
})
afterAll(() => hub.close())

async function sync() {
  for (const registry of ['ke-nssf', 'ke-sha']) expect(await hub.sync(registry)).toMatchObject({ status: 'succeeded' })
  await hub.core.resolveWaiting()
}
async function run(request: Parameters<Night['core']['reconciliation']['start']>[0], core = hub.core): Promise<string> {
  const { id } = await core.reconciliation.start(request)
  expect(await core.reconciliation.run(id, never)).toEqual({ status: 'succeeded' })
  return id
}
async function trace() {
  const tables = ['finding', 'finding_event', 'delivery', 'outbox', 'source_record', 'membership', 'beneficiary']
  const rows: string[] = []
  for (const table of tables)
    for (const { row } of await hub.owner.query<{ row: string }>(`select xmin::text || t::text as row from ${table} t`))
      rows.push(`${table} ${row}`)
  return rows.sort()
}

test('a past night finds what it found then, byte for byte, after everything has changed', async () => {
  const again = await run({ kind: 'as-of', asOf: '2026-11-01' })
  expect(await foundBy(hub, again)).toEqual(await foundBy(hub, firstNight))
  const today = await run({ kind: 'as-of', asOf: '2026-11-03' })
  expect(await foundBy(hub, today)).not.toEqual(await foundBy(hub, firstNight))
})

test('a past night is compared with the living run before it, and leaves no trace in findings', async () => {
  const before = await trace()
  const again = await run({ kind: 'as-of', asOf: '2026-11-02' })
  expect(await trace()).toEqual(before)
  const row = await hub.core.reconciliation.read(again)
  expect(row).toMatchObject({ before: firstNight, as_of: '2026-11-02', known_at: new Date('2026-11-02T20:59:59.999Z') })
  const totals = row?.totals as Totals
  expect(totals.rules.T02).toMatchObject({ resolved: 12, new: 1, persisting: 0 })
})

test('a day that has not come cannot be reconciled, nor can anything be tried before the first night', async () => {
  await expect(hub.core.reconciliation.start({ kind: 'as-of', asOf: '2026-11-04' })).rejects.toMatchObject({
    code: 'invalid_request',
    reasons: [{ pointer: '/asOf' }],
  })
  const empty = await nightHub()
  try {
    await expect(empty.core.reconciliation.start({ kind: 'trial' })).rejects.toMatchObject({ code: 'not_found' })
  } finally {
    await empty.close()
  }
})

test('other rules are tried on the last night’s facts: exactly what appears and vanishes is told, nothing is touched', async () => {
  const before = await trace()
  const { reconciliation } = hub.needs
  const stricter = { ...sharedPhone, least: 2 } as typeof sharedPhone
  const rules = [twoRegistries, stricter]
  const lab = makeCore({ ...hub.needs, reconciliation: { ...reconciliation, book: { ...reconciliation.book, rules } } })
  const trial = await run({ kind: 'trial' }, lab)
  expect(await trace()).toEqual(before)
  const changes: Change[] = []
  for await (const change of lab.reconciliation.differences(trial)) changes.push(change)
  const live = await foundBy(hub, firstNight)
  const vanished = live.filter((row) => row.includes('"rule":"T02"'))
  expect(changes.filter(({ change }) => change === 'vanishes')).toHaveLength(vanished.length)
  expect(changes.every(({ change, rule }) => (change === 'vanishes') === (rule === 'T02'))).toBe(true)
  const tried = await foundBy(hub, trial)
  const keyOf = (row: string): string => JSON.parse(row).key
  const known = new Set(live.map(keyOf))
  expect(changes.filter(({ change }) => change === 'appears').map(({ key }) => key)).toEqual(
    tried.map(keyOf).filter((key) => !known.has(key)),
  )
  expect((await hub.core.reconciliation.read(trial))?.known_at).toEqual(
    (await hub.core.reconciliation.read(firstNight))?.known_at,
  )
})

test('while a run is under way, what comes in and is resolved meanwhile is left to the next', async () => {
  now = new Date('2026-11-04T10:00:00Z')
  const quiet = await run({ kind: 'live' })
  now = new Date('2026-11-05T10:00:00Z')
  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  let changed: Promise<void> | undefined
  const onProgress = () => {
    changed ??= (async () => {
      now = new Date('2026-11-05T10:00:01Z')
      hub.papers.nssf.lines = hub.papers.nssf.lines.map((line) => ({
        ...line,
        months: ['2026-01'],
        phone: '+254711999999',
      }))
      await sync()
    })()
  }
  const sizes = { people: 2, members: 5, findings: 5 }
  await hub.core.reconciliation.run(id, never, { onProgress, sizes })
  await changed
  expect(await foundBy(hub, id)).toEqual(await foundBy(hub, quiet))
  expect((await standing(hub)).length).toBeGreaterThan(0)
})
