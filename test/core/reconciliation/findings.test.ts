/** Findings in the hands of the registries that have to act: who sees which, what is withheld, and how one is decided. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { FindingQuery } from '../../../core/reconciliation/findings.ts'
import { putClient } from '../../../store/agreements.ts'
import { type Night, nightHub } from '../../kit/night.ts'

const dayMs = 86_400_000
let ahead = 0
let hub: Night
const nobody = '0192f5c2-7a10-7c44-9f0e-3b2a1c4d5e6f'

/** Acts for NSSF, and may see the facts of both registries. */
const nssf = { client: 'feeder', purpose: 'coverage', officer: 'ann', operation: 'test', traceId: 'test' }
/** The same client, under an agreement about NSSF's names alone. */
const { officer: _, ...nameless } = nssf
const narrow = { ...nameless, purpose: 'names' }
const sha = { ...nssf, client: 'sha-desk' }
const foreign = { ...nssf, client: 'counter' }

beforeAll(async () => {
  hub = await nightHub({ now: () => new Date(Date.now() + ahead) })
  const row = { agency: 'clinic', title: 'Desk of SHA', scopes: ['findings:read'], jwks: { keys: [] }, active: true }
  await putClient(hub.owner, { ...row, id: 'sha-desk', registries: ['ke-sha'], demo: false })
  await hub.fill(12)
  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  await hub.core.reconciliation.run(id, new AbortController().signal)
  // One of them is SHA's to act on.
  await hub.owner.query(
    `update finding set owner = 'ke-sha' where id = (select id from finding where rule = 'T01' order by id desc limit 1)`,
  )
})
afterAll(() => hub.close())
beforeEach(() => {
  ahead = 0
})

const list = async (query: FindingQuery = {}, asker = nssf) => (await hub.core.findings.list(query, asker)).items
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 'none',
    (problem: { code?: string; reasons?: { rule: string }[] }) =>
      [problem.code, ...(problem.reasons ?? []).map(({ rule }) => rule)].join(' '),
  )
const leaves = async () =>
  (
    await hub.owner.query<{ body: Buffer; subject: Buffer | null }>(
      'select body, subject from audit_leaf order by xid, id',
    )
  ).map((row) => ({ ...JSON.parse(row.body.toString()), hasSubject: row.subject !== null }))
async function fresh(rule = 'T01') {
  const [finding] = await list({ rule, state: 'open' })
  if (!finding) throw new Error(`no open finding of ${rule}`)
  return finding
}
const reason = 'Seen the file.'

describe('a list', () => {
  test('holds the findings of the registries that the client acts for, and no other', async () => {
    const ours = await list()
    const theirs = await list({}, sha)
    expect(new Set(ours.map(({ registry }) => registry))).toEqual(new Set(['ke-nssf']))
    expect(ours.filter(({ rule }) => rule === 'T01')).toHaveLength(7)
    expect(ours.filter(({ rule }) => rule === 'T02')).toHaveLength(3)
    expect(theirs.map(({ registry, rule }) => `${registry} ${rule}`)).toEqual(['ke-sha T01'])
    expect(await codeOf(list({}, foreign))).toBe('none')
    expect(await list({}, foreign)).toEqual([])
    expect(await list({ registry: 'ke-sha' })).toEqual([])
  })

  test('names nobody, and leaves one leaf that names nobody', async () => {
    const before = (await leaves()).length
    const items = await list()
    expect((await leaves()).slice(before)).toMatchObject([{ outcome: 'listed', hasSubject: false }])
    const people = await hub.owner.query<{ id: string }>('select id from person')
    for (const { id } of people) expect(JSON.stringify(items)).not.toContain(id)
  })

  test('is read page by page without a gap or a repetition', async () => {
    const whole = await list()
    const pages: string[] = []
    let cursor: string | undefined
    do {
      const page = await hub.core.findings.list({ limit: 3, cursor }, nssf)
      pages.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor)
    expect(pages).toEqual(whole.map(({ id }) => id))
    expect(pages).toEqual([...pages].sort().reverse())
  })

  test('is filtered by rule, severity, state, region, run, being overdue and being seen to by the asker', async () => {
    const all = await list()
    const [run] = await hub.owner.query<{ id: string }>('select id from reconciliation_run')
    expect(await list({ severity: 'S3' })).toEqual(all.filter(({ rule }) => rule === 'T02'))
    expect(await list({ rule: 'T02', severity: 'S2' })).toEqual([])
    expect(await list({ state: 'open' })).toEqual(all.filter(({ state }) => state === 'open'))
    expect(await list({ region: 'KE-30' })).toEqual([])
    expect(await list({ mine: 'true' }, { ...nssf, officer: 'nobody' })).toEqual([])
    expect(await codeOf(hub.core.findings.list({ mine: 'true' }, narrow))).toBe('officer_missing')
    expect(await list({ run: run?.id })).toEqual(all)
    expect(await list({ run: nobody })).toEqual([])
    expect(await list({ overdue: 'true' })).toEqual([])
    expect(await list({ overdue: 'false' })).toEqual(all)
    ahead = 12 * dayMs
    expect((await list({ overdue: 'true' })).length).toBe(all.length)
    expect((await list({ overdue: 'true' })).every(({ overdue }) => overdue)).toBe(true)
    expect(await list({ overdue: 'false' })).toEqual([])
  })

  test('refuses a rule that nobody knows and a cursor of another list', async () => {
    expect(await codeOf(list({ rule: 'R99' }))).toBe('invalid_request known-rule')
    expect(await codeOf(list({ cursor: '12' }))).toBe('invalid_request cursor')
  })

  test('about one person is a disclosure about her, and nothing about whom the agreement does not cover', async () => {
    const finding = await fresh()
    const { persons } = await hub.core.findings.read(finding.id, nssf)
    const [person = ''] = persons
    const before = (await leaves()).length
    const found = await list({ person })
    expect(found.map(({ id }) => id)).toContain(finding.id)
    expect((await leaves()).slice(before)).toMatchObject([{ outcome: 'shown', hasSubject: true }])
    expect(await list({ person: nobody })).toEqual([])
    // She is in both registries; whoever is agreed for Lao records alone does not learn that she exists.
    expect(await list({ person }, foreign)).toEqual([])
  })
})

describe('a finding', () => {
  test('shows whom it is about, its figures and its evidence with values, and leaves a leaf for each person', async () => {
    const { id } = await fresh()
    const before = (await leaves()).length
    const found = await hub.core.findings.read(id, nssf)
    expect(found).toMatchObject({
      title: 'Two registries',
      message: '2',
      reason: 'Tests.',
      adverse: true,
      figures: { count: 2 },
      withheld: [],
      personCount: 1,
      evidenceCount: 2,
      events: [{ kind: 'found', to: 'open' }],
      moves: ['notified', 'dismissed'],
    })
    expect(found.evidence).toMatchObject([
      { registry: 'ke-nssf', pointer: '/enrolments/0', value: { enrolment: { scheme: 'ke-nssf/act-2013' } } },
      { registry: 'ke-sha', pointer: '/enrolments/0', value: { enrolment: { scheme: 'ke-sha/act-2013' } } },
    ])
    expect(found.evidence.map(({ sourceId }) => sourceId)).toEqual([expect.stringMatching(/^990/), undefined])
    expect((await leaves()).slice(before)).toMatchObject([{ outcome: 'shown', hasSubject: true }])
  })

  test("of which a fact is another registry's says so, and nothing of that fact", async () => {
    const { id } = (await list({ rule: 'T01' })).find(({ money }) => money) ?? (await fresh())
    const open = await hub.core.findings.read(id, nssf)
    const found = await hub.core.findings.read(id, narrow)
    expect(found.withheld).toEqual(['ke-sha'])
    expect(found.message).toBe('A rule of the tests.')
    expect(found).not.toHaveProperty('figures')
    expect(found).not.toHaveProperty('about')
    // The amount is a figure like any other, in the list too.
    expect(open.money?.amount).toBeGreaterThan(0)
    expect(found).not.toHaveProperty('money')
    const listed = (await hub.core.findings.list({ rule: 'T01' }, narrow)).items.find((one) => one.id === id)
    expect(listed?.state).toBe('open')
    expect(listed).not.toHaveProperty('money')
    const [own, other] = found.evidence
    expect(other).toEqual({ registry: 'ke-sha' })
    expect(own).toMatchObject({ registry: 'ke-nssf', pointer: '/enrolments/0' })
    // Enrolments and identifiers are not agreed for this purpose.
    expect(own).not.toHaveProperty('value')
    expect(own).not.toHaveProperty('sourceId')
    expect(JSON.stringify(found)).not.toContain(open.evidence[1]?.record)
  })

  test('of another registry looks like one that never was, to read and to decide', async () => {
    const [theirs] = await list({}, sha)
    const id = theirs?.id ?? ''
    const before = (await leaves()).length
    for (const each of [id, nobody]) {
      expect(await codeOf(hub.core.findings.read(each, nssf))).toBe('not_found')
      expect(await codeOf(hub.core.findings.transition(each, { to: 'dismissed', reason, version: 1 }, nssf))).toBe(
        'not_found',
      )
      expect(await codeOf(hub.core.findings.note(each, 'Seen.', nssf))).toBe('not_found')
      expect(await codeOf(hub.core.findings.assign(each, { version: 1 }, nssf))).toBe('not_found')
    }
    expect((await leaves()).slice(before).map(({ outcome, hasSubject }) => `${outcome} ${hasSubject}`)).toEqual(
      Array(8).fill('none false'),
    )
    expect((await hub.core.findings.read(id, sha)).state).toBe('open')
  })

  test('about many people shows those of agreed registries', async () => {
    const [row] = await hub.owner.query<{ id: string; persons: string[] }>(
      `select id, persons from finding where rule = 'T03' and owner = 'ke-nssf'`,
    )
    if (!row) return expect(await list({ rule: 'T03' })).toEqual([])
    const found = await hub.core.findings.read(row.id, nssf)
    expect(found.persons).toEqual([...row.persons].sort())
  })
})

describe('a decision', () => {
  const transition =
    (id: string, to: 'notified' | 'answered' | 'upheld' | 'dismissed' | 'appealed' | 'reopened') =>
    async (version: number, asker = nssf) =>
      hub.core.findings.transition(id, { to, reason, version }, asker)

  test('is refused without an officer, and on a version that is not the last', async () => {
    const { id, version } = await fresh()
    const before = (await leaves()).length
    expect(await codeOf(hub.core.findings.transition(id, { to: 'dismissed', reason, version }, narrow))).toBe(
      'officer_missing',
    )
    expect(await codeOf(transition(id, 'dismissed')(version + 1))).toBe('finding_changed')
    expect(await codeOf(hub.core.findings.assign(id, { assignee: 'ben', version: version + 1 }, nssf))).toBe(
      'finding_changed',
    )
    expect((await leaves()).slice(before).map(({ outcome }) => outcome)).toEqual(['conflict', 'conflict'])
    expect((await hub.core.findings.read(id, nssf)).version).toBe(version)
  })

  test('of two officers on one version, one is refused', async () => {
    const { id, version } = await fresh()
    const both = await Promise.all([
      codeOf(transition(id, 'notified')(version)),
      codeOf(transition(id, 'dismissed')(version)),
    ])
    expect(both.sort()).toEqual(['finding_changed', 'none'])
  })

  test('against somebody waits for notice and time; an appeal is heard by another; every step is told and proven', async () => {
    const { id, version } = await fresh()
    expect(await codeOf(transition(id, 'upheld')(version))).toBe('move_refused notice-missing')
    const before = (await leaves()).length
    const told = await transition(id, 'notified')(version)
    expect((await leaves()).slice(before)).toMatchObject([{ outcome: 'decided', officer: 'ann', hasSubject: true }])
    expect(told).toMatchObject({ state: 'notified', version: version + 1 })
    expect(Date.parse(told.earliestDecision ?? '') - Date.parse(told.stateSince)).toBe(14 * dayMs)
    expect(await codeOf(transition(id, 'upheld')(told.version))).toBe('move_refused too-early')
    ahead = 14 * dayMs + 1_000
    const upheld = await transition(id, 'upheld')(told.version)
    const appealed = await transition(id, 'appealed')(upheld.version)
    expect(await codeOf(transition(id, 'upheld')(appealed.version))).toBe('move_refused other-officer')
    expect((await hub.core.findings.read(id, nssf)).moves).toEqual(['dismissed'])
    expect((await transition(id, 'upheld')(appealed.version, { ...nssf, officer: 'ben' })).state).toBe('upheld')
    const { events } = await hub.core.findings.read(id, nssf)
    expect(events.map(({ kind, from, to, officer, text }) => [kind, from, to, officer, text])).toEqual([
      ['transition', 'appealed', 'upheld', 'ben', reason],
      ['transition', 'upheld', 'appealed', 'ann', reason],
      ['transition', 'notified', 'upheld', 'ann', reason],
      ['transition', 'open', 'notified', 'ann', reason],
      ['found', undefined, 'open', undefined, undefined],
    ])
  })

  test('an answer does not end the waiting, and a dismissal that is taken back has a new day and needs a new notice', async () => {
    const { id, version } = await fresh()
    const told = await transition(id, 'notified')(version)
    const answered = await transition(id, 'answered')(told.version)
    expect(await codeOf(transition(id, 'upheld')(answered.version))).toBe('move_refused too-early')
    expect((await hub.core.findings.read(id, nssf)).moves).toEqual(['notified', 'dismissed'])
    const dismissed = await transition(id, 'dismissed')(answered.version)
    ahead = 30 * dayMs
    const again = await transition(id, 'reopened')(dismissed.version)
    expect(again).toMatchObject({ state: 'reopened', overdue: false })
    expect(again).not.toHaveProperty('earliestDecision')
    expect(await codeOf(transition(id, 'upheld')(again.version))).toBe('move_refused notice-missing')
  })

  test('what is against nobody is upheld at once', async () => {
    await hub.owner.query(`update finding set action = 'fix', amount = null, currency = null where rule = 'T02'`)
    const { id, version, adverse } = await fresh('T02')
    expect(adverse).toBe(false)
    expect((await transition(id, 'upheld')(version)).state).toBe('upheld')
  })

  test('notes and assignments stand beside it; what people write is sealed', async () => {
    const { id, version } = await fresh()
    const noted = await hub.core.findings.note(id, 'Asked Wanjiku of Nyeri office.', nssf)
    expect(noted.version).toBe(version + 1)
    const assigned = await hub.core.findings.assign(id, { assignee: 'ben', version: noted.version }, nssf)
    expect(assigned.assignee).toBe('ben')
    expect((await list({ mine: 'true' }, { ...nssf, officer: 'ben' })).map((one) => one.id)).toEqual([id])
    expect(await list({ mine: 'true' })).toEqual([])
    const { events } = await hub.core.findings.read(id, nssf)
    expect(events.map(({ kind, text }) => [kind, text])).toEqual([
      ['assignment', 'ben'],
      ['note', 'Asked Wanjiku of Nyeri office.'],
      ['found', undefined],
    ])
    const nobodyDoes = await hub.core.findings.assign(id, { version: assigned.version }, nssf)
    expect(nobodyDoes).not.toHaveProperty('assignee')
    const rows = await hub.owner.query<{ sealed: Buffer | null }>('select sealed from finding_event')
    for (const { sealed } of rows) expect(sealed?.includes('Wanjiku') ?? false).toBe(false)
  })
})

describe('a run', () => {
  test('is shown with the totals of the registries that the client acts for', async () => {
    const [ours] = (await hub.core.runs.list({ kind: 'live' }, nssf)).items
    expect(ours).toMatchObject({ status: 'succeeded', phase: 'done', counts: { people: 12, records: 20, faults: 0 } })
    expect(ours?.totals?.map(({ rule, registry, new: added }) => [rule, registry, added])).toEqual(
      expect.arrayContaining([
        ['T01', 'ke-nssf', 8],
        ['T02', 'ke-nssf', 3],
      ]),
    )
    expect(await hub.core.runs.read(ours?.id ?? '', nssf)).toEqual(ours)
    expect((await hub.core.runs.read(ours?.id ?? '', sha)).totals).toEqual([])
    expect(await codeOf(hub.core.runs.read(nobody, nssf))).toBe('not_found')
  })

  test('of today is not asked for another day', async () => {
    expect(await codeOf(hub.core.runs.start({ kind: 'live', asOf: '2026-01-01' }, nssf))).toBe('invalid_request as-of')
  })

  test('of other settings says which findings would appear and vanish, to whom they belong, and changes none', async () => {
    const standing = await list()
    const trial = await hub.core.runs.startTrial({ T01: { fewest: 3 } }, nssf)
    expect(trial).toMatchObject({ kind: 'trial', status: 'queued', settings: { T01: { fewest: 3 } } })
    expect(await codeOf(hub.core.runs.listDifferences(trial.id, {}, nssf))).toBe('run_unfinished')
    await hub.core.reconciliation.run(trial.id, new AbortController().signal)
    const before = (await leaves()).length
    const first = await hub.core.runs.listDifferences(trial.id, { limit: 5 }, nssf)
    const rest = await hub.core.runs.listDifferences(trial.id, { limit: 5, cursor: first.nextCursor }, nssf)
    const all = [...first.items, ...rest.items]
    expect(all.map(({ change, rule }) => `${change} ${rule}`)).toEqual(Array(8).fill('vanishes T01'))
    expect(new Set(all.flatMap(({ persons }) => persons)).size).toBe(8)
    expect((await leaves()).slice(before)).toHaveLength(8)
    expect([...first.items, ...rest.items].some(({ money }) => money)).toBe(true)
    const narrowed = (await hub.core.runs.listDifferences(trial.id, {}, narrow)).items
    expect(narrowed.length).toBeGreaterThan(0)
    for (const one of narrowed) expect(one).not.toHaveProperty('money')
    expect((await hub.core.runs.listDifferences(trial.id, { change: 'appears' }, nssf)).items).toEqual([])
    expect((await hub.core.runs.listDifferences(trial.id, { rule: 'T02' }, nssf)).items).toEqual([])
    expect((await hub.core.runs.listDifferences(trial.id, {}, sha)).items).toEqual([])
    expect(await list()).toEqual(standing)
    const [live] = (await hub.core.runs.list({ kind: 'live' }, nssf)).items
    expect(await codeOf(hub.core.runs.listDifferences(live?.id ?? '', {}, nssf))).toBe('not_found')
  })
})

test('of trials and past nights, as many are taken on as there is room for', async () => {
  const before = await hub.owner.query<{ id: string }>(
    `select id from reconciliation_run where status in ('queued', 'running')`,
  )
  for (let more = before.length; more < 5; more++) await hub.core.reconciliation.start({ kind: 'trial' })
  expect(await codeOf(hub.core.runs.startTrial({}, nssf))).toBe('runs_waiting')
  expect(await codeOf(hub.core.runs.start({ kind: 'as-of', asOf: '2026-01-01' }, nssf))).toBe('runs_waiting')
  expect(await codeOf(hub.core.runs.start({ kind: 'live' }, nssf))).toBe('none')
})

test('the rules say what they look for, and what they go by', async () => {
  expect(await hub.core.runs.rules(nssf)).toMatchObject([
    { id: 'T01', settings: [{ name: 'fewest', value: 2, says: 'Registries.' }] },
    { id: 'T02', subjectKind: 'person' },
    { id: 'T03', subjectKind: 'phone' },
  ])
})

test('a client has one trial or past night at a time; what others ask for, and the night itself, waits for none', async () => {
  await hub.owner.query(
    `update reconciliation_run set status = 'failed', phase = 'done' where status in ('queued', 'running')`,
  )
  const both = await Promise.allSettled([hub.core.runs.startTrial({}, nssf), hub.core.runs.startTrial({}, nssf)])
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(await codeOf(hub.core.runs.start({ kind: 'as-of', asOf: '2026-01-01' }, nssf))).toBe('runs_waiting')
  expect(await codeOf(hub.core.runs.startTrial({}, sha))).toBe('none')
  expect(await codeOf(hub.core.runs.start({ kind: 'live' }, nssf))).toBe('none')
})
