/** Findings over HTTP, from a night on a database of its own: whose they are, how they are asked for, and what is refused. */
import request from 'supertest'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { law } from '../../reconciliation/law/countries.ts'
import type { Finding, Reason } from '../../schemas/contract.ts'
import { type Night, nightHub } from '../kit/night.ts'
import { nightRules } from '../kit/night-rules.ts'
import { type Kit, makeKit } from './kit.ts'

const nobody = '0192f5c2-7a10-7c44-9f0e-3b2a1c4d5e6f'
const dayMs = 86_400_000
let ahead = 0
let hub: Night
let kit: Kit
/** Owned by SHA, for which the client does not act. */
let foreign: string

beforeAll(async () => {
  const rules = nightRules.map((rule) => ({ ...rule, id: rule.id.replace('T', 'R') }))
  const reconciliation = { at: '04:00', timeZone: 'Africa/Nairobi', book: { rules, law } }
  hub = await nightHub({ now: () => new Date(Date.now() + ahead), reconciliation })
  await hub.fill(9)
  kit = await makeKit(() => hub.core)
  const { id } = (await send('/v1/reconciliation-runs', { body: { kind: 'live' } })).body
  await hub.core.reconciliation.run(id, new AbortController().signal)
  const [row] = await hub.owner.query<{ id: string }>(
    `update finding set owner = 'ke-sha' where id = (select id from finding where rule = 'R01' order by id limit 1) returning id`,
  )
  foreign = row?.id ?? ''
})
afterAll(() => hub.close())

type Sent = { body?: unknown; scope?: string; headers?: Record<string, string>; purpose?: string }
async function send(path: string, { body, scope, headers = {}, purpose = 'coverage' }: Sent = {}) {
  const claims = { sub: 'feeder', client_id: 'feeder', ...(scope !== undefined && { scope }) }
  const common = {
    Authorization: `Bearer ${await kit.token(claims)}`,
    'Pamoja-Purpose': purpose,
    // The narrow purpose asks for no officer; decisions do all the same.
    ...(purpose === 'coverage' && { 'Pamoja-Officer': 'ann' }),
    ...headers,
  }
  if (body === undefined) return request(kit.app).get(path).set(common)
  return request(kit.app)
    .post(path)
    .set({ 'Idempotency-Key': crypto.randomUUID(), 'Content-Type': 'application/json', ...common })
    .send(JSON.stringify(body))
}
const saying = ({ status, body }: { status: number; body: { code?: string; reasons?: { rule: string }[] } }) =>
  [status, body.code, ...(body.reasons ?? []).map(({ rule }) => rule)].join(' ')
async function fresh(): Promise<Finding> {
  const { body } = await send('/v1/findings?rule=R01&state=open')
  return body.items[0]
}
const transition = (id: string, body: object, sent: Sent = {}) =>
  send(`/v1/findings/${id}/transitions`, { body, ...sent })
const reason = 'Seen the file.'

test('only findings that the client acts for are listed, and another’s looks like none, to read and to decide', async () => {
  const { body } = await send('/v1/findings?limit=200')
  expect(body.items.length).toBeGreaterThan(3)
  expect(new Set(body.items.map(({ registry }: Finding) => registry))).toEqual(new Set(['ke-nssf']))
  expect((await send('/v1/findings?registry=ke-sha')).body).toEqual({ items: [] })
  for (const path of ['', '/transitions', '/notes', '/assignment']) {
    const requests = {
      '': undefined,
      '/transitions': { to: 'dismissed', reason, version: 1 },
      '/notes': { text: reason },
    }
    const asked = path === '/assignment' ? { version: 1 } : requests[path as keyof typeof requests]
    const [theirs, none] = [
      await send(`/v1/findings/${foreign}${path}`, { body: asked }),
      await send(`/v1/findings/${nobody}${path}`, { body: asked }),
    ]
    expect(theirs.status).toBe(404)
    expect({ ...theirs.body, traceId: '' }).toEqual({ ...none.body, traceId: '' })
  }
})

test('facts of a registry that the agreement does not cover are not in the answer', async () => {
  const { id } = await fresh()
  const wide = (await send(`/v1/findings/${id}`)).body
  const [own, other] = wide.evidence
  expect(other.value).toMatchObject({ enrolment: { scheme: 'ke-sha/act-2013' } })
  const { status, text, body } = await send(`/v1/findings/${id}`, { purpose: 'names' })
  expect(status).toBe(200)
  expect(body.withheld).toEqual(['ke-sha'])
  expect(body.evidence).toEqual([
    { registry: 'ke-nssf', record: own.record, version: own.version, pointer: '/enrolments/0' },
    { registry: 'ke-sha' },
  ])
  for (const hidden of [other.record, 'ke-sha/act-2013', own.value.enrolment.memberNumber])
    expect(text).not.toContain(hidden)
})

test.each([
  ['colour=red', '400 invalid_request additionalProperties'],
  ['rule=R99', '400 invalid_request known-rule'],
  ['rule=r01', '400 invalid_request pattern'],
  ['state=closed', '400 invalid_request enum'],
  ['overdue=yes', '400 invalid_request enum'],
  ['person=99000001', '400 invalid_request pattern'],
  ['rule=R01&rule=R02', '400 invalid_request once'],
  ['cursor=made-up', '400 invalid_request cursor'],
])('a list by %s is refused', async (query, expected) => {
  expect(saying(await send(`/v1/findings?${query}`))).toBe(expected)
})

test.each([
  ['/v1/findings?rule=R99&foo=1', undefined, ['query/foo additionalProperties', 'query/rule known-rule']],
  [`/v1/trials/${nobody}/differences?rule=R99&limit=0`, undefined, ['query/limit minimum', 'query/rule known-rule']],
  [
    '/v1/trials',
    { rules: { R99: { off: true }, R01: { off: 7, severity: null } }, foo: 1 },
    ['/foo additionalProperties', '/rules/R01/off type', '/rules/R01/severity type', '/rules/R99 known-name'],
  ],
])('%s is told at once all that is wrong with it, each by its field and rule', async (url, asked, expected) => {
  const { status, body } = await send(url, asked && { body: asked })
  expect([status, body.code]).toEqual([400, 'invalid_request'])
  expect(body.reasons.map(({ pointer, rule }: Reason) => `${pointer} ${rule}`).sort()).toEqual(expected)
})

test.each(['Wanjiku <12345678>', '\u001b[31m', 'x'.repeat(3_000)])(
  'a trial of %j is not told its own name back',
  async (name) => {
    for (const rules of [{ [name]: {} }, { R01: { [name]: 1 } }]) {
      const { status, body, text } = await send('/v1/trials', { body: { rules } })
      expect([status, body.code]).toEqual([400, 'invalid_request'])
      expect(body.reasons.map(({ rule }: Reason) => rule)).toContain('known-name')
      expect(text).not.toContain(JSON.stringify(name).slice(1, -1))
      for (const { pointer } of body.reasons) expect(pointer.length).toBeLessThanOrEqual(200)
    }
  },
)

test('a decision needs a reason, an officer, the scope and the version that stands', async () => {
  const { id, version } = await fresh()
  expect(saying(await transition(id, { to: 'dismissed', version }))).toBe('400 invalid_request required')
  expect(saying(await transition(id, { to: 'dismissed', reason: '   ', version }))).toBe('400 invalid_request pattern')
  expect(saying(await transition(id, { to: 'dismissed', reason, version }, { purpose: 'names' }))).toBe(
    '400 officer_missing',
  )
  expect(saying(await transition(id, { to: 'dismissed', reason, version }, { scope: 'findings:read' }))).toBe(
    '403 scope_missing',
  )
  expect(saying(await transition(id, { to: 'dismissed', reason, version: version + 1 }))).toBe('409 finding_changed')
  expect((await send(`/v1/findings/${id}`)).body).toMatchObject({ state: 'open', version })
})

test('what is against somebody is not upheld before notice, nor before its time; nobody resolves by hand', async () => {
  const { id, version } = await fresh()
  expect(saying(await transition(id, { to: 'upheld', reason, version }))).toBe('409 move_refused notice-missing')
  expect(saying(await transition(id, { to: 'resolved', reason, version }))).toBe('409 move_refused no-such-move')
  const { body: notified } = await transition(id, { to: 'notified', reason, version })
  const early = await transition(id, { to: 'upheld', reason, version: notified.version })
  expect(saying(early)).toBe('409 move_refused too-early')
  expect(early.body.detail).toContain(notified.earliestDecision)
  ahead = 14 * dayMs + 1_000
  expect((await transition(id, { to: 'upheld', reason, version: notified.version })).body.state).toBe('upheld')
  ahead = 0
})

test('a decision that is sent twice is taken once, and what was written is not in its answer', async () => {
  const { id, version } = await fresh()
  const headers = { 'Idempotency-Key': 'a-key-of-sixteen-or-more' }
  const first = await transition(id, { to: 'dismissed', reason, version }, { headers })
  const second = await transition(id, { to: 'dismissed', reason, version }, { headers })
  expect(second.body).toEqual(first.body)
  expect(second.headers['idempotency-replayed']).toBe('true')
  expect(first.text).not.toContain(reason)
  const { events } = (await send(`/v1/findings/${id}`)).body
  expect(events.map(({ kind }: { kind: string }) => kind)).toEqual(['transition', 'found'])
})

test('a run is watched with its totals, and a trial says what would change', async () => {
  const { body: runs } = await send('/v1/reconciliation-runs?kind=live')
  expect(runs.items).toMatchObject([
    {
      status: 'succeeded',
      totals: expect.arrayContaining([
        { rule: 'R01', registry: 'ke-nssf', new: 6, persisting: 0, resolved: 0, reopened: 0, money: expect.any(Array) },
      ]),
    },
  ])
  expect(saying(await send('/v1/trials', { body: { rules: { R99: { off: true } } } }))).toBe(
    '400 invalid_request known-name',
  )
  const trial = await send('/v1/trials', { body: { rules: { R01: { off: true } } } })
  expect(trial.status).toBe(202)
  expect(trial.headers.location).toBe(`/v1/reconciliation-runs/${trial.body.id}`)
  expect(saying(await send(`/v1/trials/${trial.body.id}/differences`))).toBe('409 run_unfinished')
  await hub.core.reconciliation.run(trial.body.id, new AbortController().signal)
  const { body } = await send(`/v1/trials/${trial.body.id}/differences`)
  expect(body.items.map(({ change, rule }: { change: string; rule: string }) => `${change} ${rule}`)).toEqual(
    Array(6).fill('vanishes R01'),
  )
  expect(saying(await send('/v1/reconciliation-runs', { body: { kind: 'as-of', asOf: '2026-02-30' } }))).toBe(
    '400 invalid_request format',
  )
})

test('a subscription inward is refused, one outward is made where it says', async () => {
  const asked = { url: 'https://192.168.1.7/hook', events: ['finding.opened'], registries: ['ke-nssf'] }
  expect(saying(await send('/v1/subscriptions', { body: asked }))).toBe('400 invalid_request public-address')
  const made = await send('/v1/subscriptions', { body: { ...asked, url: 'https://8.8.8.8/hook' } })
  expect(made.status).toBe(201)
  expect((await send(made.headers.location ?? '')).body).toEqual(made.body)
})

test('a report comes as JSON, CSV and a page, of registries that the client acts for alone', async () => {
  const [run] = (await send('/v1/reconciliation-runs?kind=live')).body.items
  const path = `/v1/reconciliation-runs/${run.id}/report`
  const before = await hub.owner.query<{ count: number }>('select count(*)::int as count from audit_leaf')
  const { body: report } = await send(path)
  expect(report).toMatchObject({ audience: 'owner', registry: { id: 'ke-nssf' }, run: { id: run.id } })
  const csv = await send(`${path}?format=csv&registry=ke-nssf`)
  expect(csv.headers['content-type']).toContain('text/csv')
  expect(csv.headers['content-disposition']).toBe(`attachment; filename="ke-nssf-${run.id}.csv"`)
  expect(csv.text.split('\r\n')[0]).toContain('"rule"')
  const page = await send(`${path}?format=html`)
  expect(page.headers['content-type']).toContain('text/html')
  expect(page.text).toContain('<!doctype html>')
  const narrow = (await send(path, { purpose: 'names' })).body
  expect(
    narrow.findings.filter(({ rule }: Finding) => rule === 'R01').map(({ message }: { message: string }) => message),
  ).toEqual(Array(6).fill('A rule of the tests.'))
  const all = (await send(`${path}?audience=public`)).body
  expect(all.findings).toEqual([])
  expect((await send(`${path}?registry=ke-sha`)).status).toBe(404)
  expect((await send(`/v1/reconciliation-runs/${nobody}/report?format=csv`)).status).toBe(404)
  const after = await hub.owner.query<{ count: number }>('select count(*)::int as count from audit_leaf')
  expect((after[0]?.count ?? 0) - (before[0]?.count ?? 0)).toBeGreaterThan(6)
})
