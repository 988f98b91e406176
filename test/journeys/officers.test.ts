/** A reconciliation officer's morning, on the wire: the night's run, its report, a finding from notice to decision, a rule tried out. */
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FindingDetail, ReconciliationRun } from '../../schemas/contract.ts'
import type { Pamoja } from '../../sdk/pamoja.ts'
import { type DemoHub, demoHub } from '../kit/demo-hub.ts'

const written = 'Burial permit of Mzee Kanariwacho seen at the district office.'
let demo: DemoHub
let officer: Pamoja
let night: ReconciliationRun

async function ended(run: ReconciliationRun): Promise<ReconciliationRun> {
  for (;;) {
    const now = await officer.reconciliation.run(run.id)
    if (now.status === 'succeeded' || now.status === 'failed') return now
    await sleep(100)
  }
}
async function firstOf<Item>(items: AsyncIterable<Item>): Promise<Item> {
  for await (const item of items) return item
  throw new Error('there is none')
}
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'none',
    (problem: { code?: string }) => problem.code,
  )

beforeAll(async () => {
  demo = await demoHub(120)
  officer = demo.client('demo-reconciler', 'reconciliation')
  night = await ended(await officer.reconciliation.start())
}, 240_000)
afterAll(() => demo?.close())

test('the run ends with totals by rule and registry, and its report says the same in every form', async () => {
  expect(night).toMatchObject({ kind: 'live', status: 'succeeded', phase: 'done', counts: { faults: 0 } })
  const [most] = [...(night.totals ?? [])].sort((a, b) => b.new - a.new)
  if (!most) throw new Error('nothing was found')
  const report = await officer.reconciliation.report(night.id, { registry: most.registry })
  expect(report.rules).toContainEqual(
    expect.objectContaining({ rule: most.rule, changes: expect.objectContaining({ new: most.new }) }),
  )
  const csv = await officer.reconciliation.reportText(night.id, 'csv', { registry: most.registry })
  expect(csv.split('\r\n').filter((line) => line.includes(`"${most.rule}"`))).toHaveLength(most.new)
  const page = await officer.reconciliation.reportText(night.id, 'html', { registry: most.registry })
  expect(page).toMatch(/^<!doctype html>/i)
  expect(page).not.toMatch(/https?:\/\/(?!www\.w3\.org)/)
})

test('every finding can be read: its rule is known, its figures are filled in, its evidence stands in records', async () => {
  const known = new Set((await officer.reconciliation.rules()).map(({ id }) => id))
  const seen = new Map<string, FindingDetail>()
  for await (const { id, rule } of officer.reconciliation.findings())
    if (!seen.has(rule)) seen.set(rule, await officer.reconciliation.finding(id))
  expect(seen.size).toBeGreaterThan(5)
  for (const [rule, finding] of seen) {
    expect(known).toContain(rule)
    expect(finding.message, rule).not.toMatch(/[{}]|undefined|NaN/)
    expect(finding.evidence.length, rule).toBeGreaterThan(0)
    expect(finding.withheld).toEqual([])
    if (finding.subjectKind === 'person') expect(finding.persons.length, rule).toBeGreaterThan(0)
  }
})

test('a finding against somebody goes by notice and time to answer, and what was written is nowhere in clear', async () => {
  const { reconciliation, beneficiaries } = officer
  const listed = await firstOf(reconciliation.findings({ severity: 'S1', state: 'open' }))
  const finding = await reconciliation.finding(listed.id)
  expect(finding.moves).toEqual(finding.adverse ? ['notified', 'dismissed'] : ['notified', 'upheld', 'dismissed'])
  const [person] = finding.persons
  if (person) expect((await beneficiaries.get(person)).id).toBe(person)
  if (finding.adverse) expect(await codeOf(reconciliation.transition(finding, 'upheld', written))).toBe('move_refused')
  const notified = await reconciliation.transition(finding, 'notified', 'Letter of today, copy in the file.')
  expect(await codeOf(reconciliation.transition(finding, 'dismissed', written))).toBe('finding_changed')
  const answered = await reconciliation.transition(notified, 'answered', written)
  if (finding.adverse) expect(await codeOf(reconciliation.transition(answered, 'upheld', written))).toBe('move_refused')
  const dismissed = await reconciliation.transition(answered, 'dismissed', written)
  expect(dismissed.state).toBe('dismissed')
  const { events } = await reconciliation.finding(finding.id)
  expect(events.map(({ to, text }) => [to, text]).slice(0, 2)).toEqual([
    ['dismissed', written],
    ['answered', written],
  ])
  for (const table of ['finding_event', 'finding', 'idempotency_key', 'audit_leaf', 'delivery']) {
    const [row] = await demo.owner.query<{ text: string }>(
      `select coalesce(string_agg(t::text, ' '), '') as text from ${table} t`,
    )
    expect(row?.text.includes('Kanariwacho'), table).toBe(false)
  }
  expect(demo.log.join('').includes('Kanariwacho')).toBe(false)
})

test('a rule that is switched off in a trial would take its findings away, and takes none', async () => {
  const { reconciliation } = officer
  const { rule } = await firstOf(reconciliation.findings())
  const before = []
  for await (const { id, state } of reconciliation.findings({ rule })) before.push(`${id} ${state}`)
  const trial = await ended(await reconciliation.try({ [rule]: { off: true } }))
  let vanishing = 0
  for await (const difference of reconciliation.differences(trial.id)) {
    expect(difference).toMatchObject({ change: 'vanishes', rule })
    vanishing += 1
  }
  expect(vanishing).toBe(before.length)
  const after = []
  for await (const { id, state } of reconciliation.findings({ rule })) after.push(`${id} ${state}`)
  expect(after).toEqual(before)
})

test('another desk gets no token for findings, and an agreement for another purpose shows none', async () => {
  const clerk = demo.client('demo', 'reconciliation')
  expect(await codeOf(firstOf(clerk.reconciliation.findings()))).toBe('scope_missing')
  const wrong = demo.client('demo-reconciler', 'stewardship-of-cattle')
  expect(await codeOf(firstOf(wrong.reconciliation.findings()))).toBe('agreement_missing')
  expect(
    await codeOf(
      officer.subscriptions.create({
        url: 'https://127.0.0.1/events',
        events: ['finding.opened'],
        registries: ['ke-nssf'],
      }),
    ),
  ).toBe('invalid_request')
})
