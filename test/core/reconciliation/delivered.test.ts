/** A rule that asks which months' lists have come is told what was known at the run's instant. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { personRule } from '../../../reconciliation/rule.ts'
import { deliveredBy } from '../../../store/reconciliation/delivered.ts'
import { foundBy, type Night, nightHub } from '../../kit/night.ts'

const scheme = 'ke-nssf/act-2013'
const asked = ['2026-08', '2026-10', '2026-11', '2026-12']
const whichMonths = personRule({
  id: 'T09',
  name: 'which-months',
  title: 'Which months have come',
  says: 'A rule of the tests.',
  message: '{months}',
  reason: 'Tests.',
  severity: 'S3',
  action: 'review',
  aim: 'quality',
  evidence: 'linked',
  dueInDays: 10,
  parameters: {},
  subject: 'person',
  find: ({ records }, { delivered }) => {
    const [held] = records
    const months = asked.filter((month) => delivered(scheme, 'returns', month)).join(' ')
    const ledger = asked.some((month) => delivered(scheme, 'ledger', month))
    if (!held) return []
    const evidence = [{ registry: held.registry, record: held.id, version: held.version, pointer: '' }]
    return [{ about: 'months', owner: 'ke-nssf', evidence, facts: { months, ledger } }]
  },
})
const never = new AbortController().signal
let now = new Date('2026-11-01T20:00:00Z')
let hub: Night

beforeAll(async () => {
  const reconciliation = { at: '04:00', timeZone: 'Africa/Nairobi', book: { rules: [whichMonths], law } }
  hub = await nightHub({ now: () => now, reconciliation })
  await hub.fill(8)
})
afterAll(() => hub.close())

async function monthsIn(request: Parameters<Night['core']['reconciliation']['start']>[0]): Promise<string[]> {
  const { id } = await hub.core.reconciliation.start(request)
  expect(await hub.core.reconciliation.run(id, never)).toEqual({ status: 'succeeded' })
  const bodies = await foundBy(hub, id)
  return [...new Set(bodies.map((row) => /\\"months\\":\\"([^\\]*)\\"/.exec(row)?.[1] ?? row))]
}

test('tonight knows the months of which lists came, and a past night those of then', async () => {
  expect(await monthsIn({ kind: 'live' })).toEqual(['2026-08 2026-10'])
  now = new Date('2026-11-02T20:00:00Z')
  const [first, ...others] = hub.papers.nssf.lines
  if (!first) throw new Error('no line')
  hub.papers.nssf.lines = [{ ...first, months: ['2026-11'] }, ...others]
  expect(await hub.sync('ke-nssf')).toMatchObject({ status: 'succeeded' })
  await hub.core.resolveWaiting()
  expect(await monthsIn({ kind: 'live' })).toEqual(['2026-08 2026-10 2026-11'])
  expect(await monthsIn({ kind: 'as-of', asOf: '2026-11-01' })).toEqual(['2026-08 2026-10'])
})

test('a month is noted once, and stays although its lines are corrected away', async () => {
  now = new Date('2026-11-03T20:00:00Z')
  hub.papers.nssf.lines = hub.papers.nssf.lines.map((line) => ({ ...line, months: [] }))
  expect(await hub.sync('ke-nssf')).toMatchObject({ status: 'succeeded' })
  await hub.core.resolveWaiting()
  const rows = await deliveredBy(hub.owner, now)
  expect(rows.map(({ list, month }) => `${list} ${month}`).sort()).toEqual([
    'returns 2026-08',
    'returns 2026-09',
    'returns 2026-10',
    'returns 2026-11',
  ])
})
