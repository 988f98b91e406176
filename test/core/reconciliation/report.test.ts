/** A registry's report: the same for a night that is repeated, and right about what became of earlier ones. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ReportFormat, readReport, reportText } from '../../../core/reconciliation/report.ts'
import { newId } from '../../../store/ids.ts'
import { findingsPage, rulesFound } from '../../../store/reconciliation/report.ts'
import { type Night, nightHub } from '../../kit/night.ts'

const people = 60
const never = new AbortController().signal
const dayMs = 86_400_000
let now = new Date('2026-11-01T01:00:00Z')
let hub: Night
beforeEach(async () => {
  now = new Date('2026-11-01T01:00:00Z')
  hub = await nightHub({ now: () => now })
  await hub.fill(people)
})
afterEach(() => hub.close())

async function run(hours = 24): Promise<string> {
  now = new Date(now.getTime() + hours * 3_600_000)
  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  expect(await hub.core.reconciliation.run(id, never)).toEqual({ status: 'succeeded' })
  return id
}
const asked = (run: string, audience: 'owner' | 'public' = 'owner') => ({ run, registry: 'ke-nssf', audience })
const read = (run: string, audience: 'owner' | 'public' = 'owner') => readReport(hub.needs, asked(run, audience))
const write = async (run: string, format: ReportFormat, audience: 'owner' | 'public' = 'owner') => {
  let text = ''
  for await (const piece of reportText(hub.needs, asked(run, audience), format)) text += piece
  return text
}
/** Without the run's id and times. */
const stripped = (text: string, id: string) =>
  text.replaceAll(id, 'RUN').replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, 'TIME')

test('counts agree with what the run found, by rule and in all', async () => {
  const id = await run()
  const report = await read(id)
  const totals = (await hub.core.reconciliation.read(id))?.totals as {
    owners: Record<string, Record<string, { new: number }>>
  }
  const own = totals.owners['ke-nssf'] ?? {}
  expect(Object.fromEntries(report.rules.map(({ rule, findings }) => [rule, findings]))).toEqual(
    Object.fromEntries(Object.entries(own).map(([rule, counts]) => [rule, counts.new])),
  )
  const [distinct] = await hub.owner.query<{ people: number }>(
    `select count(distinct p)::int as people from run_finding, unnest(persons) p where run = $1 and owner = 'ke-nssf'`,
    [id],
  )
  expect(report.totals.people).toBe(distinct?.people)
  const hits = report.rules.reduce((sum, line) => sum + (line.people ?? 0), 0)
  expect(hits, 'somebody breaks several rules and is counted once').toBeGreaterThan(distinct?.people ?? 0)
  const [money] = await hub.owner.query<{ sum: number }>(
    `select sum(amount)::float8 as sum from run_finding where run = $1 and owner = 'ke-nssf'`,
    [id],
  )
  expect(report.totals.money).toEqual([{ currency: 'KES', amount: money?.sum }])
  expect(report.run.comparedWith).toBeNull()
  expect(report.totals.changes).toMatchObject({ persisting: 0, resolved: 0, reopened: 0 })
})

test('a run that is repeated on the same day has the same report, byte for byte, apart from its id and times', async () => {
  await run()
  const first = await run(2)
  const again = await run(1)
  for (const format of ['json', 'csv', 'html'] as const)
    for (const audience of ['owner', 'public'] as const)
      expect(stripped(await write(again, format, audience), again), `${format} ${audience}`).toBe(
        stripped(await write(first, format, audience), first),
      )
})

test('nights are compared with the night before; what went and came back is told as that', async () => {
  await run()
  const lines = hub.papers.nssf.lines
  hub.papers.nssf.lines = lines.map((line) => ({ ...line, born: line.born ?? '1977-07-07' }))
  await hub.sync('ke-nssf')
  await hub.core.resolveWaiting()
  const second = await read(await run())
  expect(second.rules.find(({ rule }) => rule === 'T02')).toMatchObject({
    findings: 0,
    changes: { resolved: 12 },
    waiting: 0,
  })
  hub.papers.nssf.lines = lines
  await hub.sync('ke-nssf')
  await hub.core.resolveWaiting()
  const third = await read(await run())
  expect(third.rules.find(({ rule }) => rule === 'T02')).toMatchObject({
    changes: { new: 0, reopened: 12 },
    waiting: 12,
  })
  expect(third.trend.map(({ asOf }) => asOf)).toEqual(['2026-11-02', '2026-11-03', '2026-11-04'])
  expect(third.run.comparedWith).toBe('2026-11-03')
})

test('findings grow old, fall due, and are decided; an earlier night’s report stays what it was', async () => {
  const first = await run()
  const before = await write(first, 'json')
  const [one, other] = await hub.owner.query<{ id: string }>(
    `select id from finding where owner = 'ke-nssf' and rule = 'T02' order by id limit 2`,
  )
  now = new Date(now.getTime() + dayMs)
  for (const [finding, to] of [
    [one?.id, 'dismissed'],
    [other?.id, 'upheld'],
  ])
    await hub.owner.query(
      `with moved as (update finding set state = $2, state_since = $3 where id = $1)
       insert into finding_event (id, finding, at, kind, from_state, to_state) values ($4, $1, $3, 'transition', 'open', $2)`,
      [finding, to, now, newId()],
    )
  const late = await read(await run(24 * 39))
  const line = late.rules.find(({ rule }) => rule === 'T02')
  expect(line).toMatchObject({ findings: 12, waiting: 10, overdue: 10, upheld: 1, dismissed: 1, falsePositives: 0.5 })
  expect(late.ages.map(({ findings }) => findings)).toEqual([0, 0, late.totals.waiting, 0])
  expect(await write(first, 'json')).toBe(before)
})

test('the owner’s list has a line for each finding, and names nobody', async () => {
  const id = await run()
  const csv = await write(id, 'csv')
  const [{ findings = 0 } = {}] = [(await read(id)).totals]
  expect(csv.trimEnd().split('\r\n')).toHaveLength((findings ?? 0) + 1)
  for (const text of [csv, await write(id, 'html'), await write(id, 'json')]) {
    for (const { name, id: number } of hub.papers.nssf.lines.slice(0, 20)) {
      expect(text).not.toContain(name)
      if (number) expect(text).not.toContain(number)
    }
  }
})

test('pages of the list follow one another without a gap', async () => {
  const id = await run()
  const compared = { run: id, asOf: '2026-11-02', before: null, owner: 'ke-nssf' }
  const listed: string[] = []
  for (const rule of await rulesFound(hub.owner, id, 'ke-nssf'))
    for (let after: Buffer | undefined = Buffer.alloc(0); after; ) {
      const rows = await findingsPage(hub.owner, hub.needs.keys, compared, now, { rule, after, limit: 5 })
      listed.push(...rows.map(({ key }) => key.toString('hex')))
      after = rows.at(-1)?.key
    }
  const all = await hub.owner.query<{ key: string }>(
    `select encode(key, 'hex') as key from run_finding where run = $1 and owner = 'ke-nssf' order by rule, key`,
    [id],
  )
  expect(listed).toEqual(all.map(({ key }) => key))
})

test('what leaves the agency has counts alone, and no small ones', async () => {
  const id = await run()
  const report = await read(id, 'public')
  expect(report.findings).toEqual([])
  const subjects = await hub.owner.query<{ subject: string }>('select subject from run_finding where run = $1', [id])
  const texts = [await write(id, 'csv', 'public'), await write(id, 'html', 'public'), await write(id, 'json', 'public')]
  for (const { subject } of subjects) for (const text of texts) expect(text).not.toContain(subject)
  for (const { people: count } of report.rules) expect(count === null || count === 0 || count >= 5).toBe(true)
})

test('a run that has not ended has no report, and one of whose findings nothing is left says so', async () => {
  const { id: queued } = await hub.core.reconciliation.start({ kind: 'live' })
  await expect(read(queued)).rejects.toMatchObject({ code: 'not_found' })
  await hub.core.reconciliation.run(queued, never)
  await hub.owner.query('delete from run_finding where run = $1', [queued])
  await expect(read(queued)).rejects.toThrow('forgotten')
})

test('a trial is told beside the night that it was tried on', async () => {
  await run()
  const { id } = await hub.core.reconciliation.start({ kind: 'trial', settings: { rules: { T02: { off: true } } } })
  expect(await hub.core.reconciliation.run(id, never)).toEqual({ status: 'succeeded' })
  const report = await read(id)
  expect(report.run).toMatchObject({ kind: 'trial', comparedWith: '2026-11-02' })
  expect(report.rules.find(({ rule }) => rule === 'T02')).toMatchObject({ findings: 0, changes: { resolved: 12 } })
})

test('where figures are withheld, the amount of a listed finding is too', async () => {
  const id = await run()
  const whole = await readReport(hub.needs, asked(id))
  expect(whole.findings.some(({ money }) => money !== null)).toBe(true)
  const lens = async () => () => ({ subject: true, figures: false })
  const withheld = await readReport(hub.needs, { ...asked(id), lens })
  expect(withheld.findings).toHaveLength(whole.findings.length)
  expect(withheld.findings.every(({ money, message }) => money === null && message === 'A rule of the tests.')).toBe(
    true,
  )
})
