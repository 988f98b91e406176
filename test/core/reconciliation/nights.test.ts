/** What becomes of findings from night to night. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Totals } from '../../../core/reconciliation/totals.ts'
import { type Night, nightHub, standing } from '../../kit/night.ts'
import { noBirthDate, sharedPhone, twoRegistries } from '../../kit/night-rules.ts'

const people = 60
const never = new AbortController().signal
let now = new Date('2026-11-01T01:00:00Z')
let hub: Night
beforeEach(async () => {
  now = new Date('2026-11-01T01:00:00Z')
  hub = await nightHub({ now: () => now })
  await hub.fill(people)
})
afterEach(() => hub.close())

/** The next night: a day later than the last. */
async function night() {
  now = new Date(now.getTime() + 86_400_000)
  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  expect(await hub.core.reconciliation.run(id, never)).toEqual({ status: 'succeeded' })
  const run = await hub.core.reconciliation.read(id)
  const totals = run?.totals as Totals
  return totals.rules
}
const sync = async () => {
  now = new Date(now.getTime() + 3_600_000)
  for (const registry of ['ke-nssf', 'ke-sha']) expect(await hub.sync(registry)).toMatchObject({ status: 'succeeded' })
  await hub.core.resolveWaiting()
}
const rowsOf = async () =>
  (await hub.owner.query<{ row: string }>('select xmin::text || f::text as row from finding f order by id')).map(
    ({ row }) => row,
  )

test('a night on which nothing changed writes no finding and finds nothing new', async () => {
  const first = await night()
  const before = await rowsOf()
  const second = await night()
  expect(await rowsOf()).toEqual(before)
  for (const [rule, { new: found, money }] of Object.entries(first))
    expect(second[rule]).toEqual({ new: 0, persisting: found, resolved: 0, reopened: 0, money })
})

test('what is put right is resolved, and what comes back is open anew, the same finding', async () => {
  await night()
  const lines = hub.papers.nssf.lines
  hub.papers.nssf.lines = lines.map((line) => ({ ...line, born: line.born ?? '1977-07-07' }))
  await sync()
  expect((await night()).T02).toMatchObject({ new: 0, persisting: 0, resolved: 12 })
  const resolved = (await standing(hub)).filter(({ rule }) => rule === 'T02')
  expect(resolved.every(({ state, gone, events }) => state === 'resolved' && gone && events === 2)).toBe(true)
  expect((await night()).T02, 'what is gone is not told of again').toBeUndefined()
  hub.papers.nssf.lines = lines
  await sync()
  expect((await night()).T02).toMatchObject({ new: 0, persisting: 0, resolved: 0, reopened: 12 })
  const back = (await standing(hub)).filter(({ rule }) => rule === 'T02')
  expect(back.every(({ state, gone, events }) => state === 'reopened' && !gone && events === 3)).toBe(true)
})

test('a change of the facts brings the finding up to date, and its owner is not told of it as new', async () => {
  await night()
  const [before] = (await standing(hub)).filter(({ rule, amount }) => rule === 'T01' && amount === 54_000)
  hub.papers.nssf.lines = hub.papers.nssf.lines.map((line) => ({
    ...line,
    months: [...(line.months ?? []), '2026-11'],
  }))
  await sync()
  expect((await night()).T01).toMatchObject({ new: 0, persisting: 40 })
  const after = (await standing(hub)).find(({ subject, rule }) => rule === 'T01' && subject === before?.subject)
  expect(after).toMatchObject({ amount: 108_000, version: 2, events: 1, state: 'open' })
})

const nssf = { client: 'feeder', purpose: 'coverage', officer: 'ann', operation: 'test', traceId: 'test' }
const oneOfTwo = async () =>
  (await hub.core.findings.list({ rule: 'T01', limit: 200 }, nssf)).items.filter(
    ({ money }) => money?.amount === 54_000,
  )
const read = (id: string) => hub.core.findings.read(id, nssf)
async function bring(id: string, ...states: ('notified' | 'answered' | 'upheld' | 'appealed' | 'dismissed')[]) {
  for (const to of states) {
    if (to === 'upheld') now = new Date(now.getTime() + 15 * 86_400_000)
    await hub.core.findings.transition(id, { to, reason: 'Seen the file.', version: (await read(id)).version }, nssf)
  }
}
const listMonths = async (change: (months: string[]) => string[]) => {
  hub.papers.nssf.lines = hub.papers.nssf.lines.map((line) => ({ ...line, months: change(line.months ?? []) }))
  await sync()
}

test('what weighs more than people were told, or than was decided, is open anew, and what was decided can still be read', async () => {
  await night()
  const [noticed, answered, upheld, appealed, dismissed, untouched] = (await oneOfTwo()).map(({ id }) => id)
  if (!noticed || !answered || !upheld || !appealed || !dismissed || !untouched) throw new Error('too few findings')
  await bring(upheld, 'notified', 'upheld')
  await bring(appealed, 'notified', 'upheld', 'appealed')
  await bring(dismissed, 'dismissed')
  await bring(answered, 'notified', 'answered')
  await bring(noticed, 'notified')
  await listMonths((months) => [...months, '2026-11'])
  expect((await night()).T01).toMatchObject({ new: 0, reopened: 4, persisting: 36 })
  for (const id of [noticed, answered, upheld, dismissed]) {
    const found = await read(id)
    expect(found).toMatchObject({ state: 'reopened', money: { amount: 108_000 }, overdue: false })
    expect(found).not.toHaveProperty('earliestDecision')
    expect(found.moves).toEqual(['notified', 'dismissed'])
  }
  expect(await read(untouched)).toMatchObject({ state: 'open', money: { amount: 108_000 } })
  const [again, decision, notice] = (await read(upheld)).events
  expect(again).toMatchObject({ kind: 'found', from: 'upheld', to: 'reopened' })
  const basis = { registry: 'ke-nssf', severity: 'S2', message: '2', money: { amount: 54_000, currency: 'KES' } }
  expect(decision).toMatchObject({ to: 'upheld', basis })
  expect(notice).toMatchObject({ to: 'notified', basis })
  // An appeal is about what was decided, and is answered before anything is added.
  expect(await read(appealed)).toMatchObject({ state: 'appealed', money: { amount: 54_000 } })
  const { version } = await read(appealed)
  const ben = { ...nssf, officer: 'ben' }
  await hub.core.findings.transition(appealed, { to: 'upheld', reason: 'Heard her.', version }, ben)
  expect((await night()).T01).toMatchObject({ reopened: 1 })
  expect(await read(appealed)).toMatchObject({ state: 'reopened', money: { amount: 108_000 } })
  const sealed = await hub.owner.query<{ basis: Buffer }>('select basis from finding_event where basis is not null')
  for (const { basis: bytes } of sealed) expect(bytes.includes('ke-nssf')).toBe(false)
})

test('a night with more to tell than anybody reads one by one tells the first thousand, and at its end of the rest', async () => {
  const subscription = '0192f5c2-7a10-7c44-9f0e-3b2a1c4d5e6f'
  await hub.owner.query(
    `insert into subscription (id, agency, client, url, events, registries, state, created_at)
     values ($1, 'clinic', 'feeder', 'https://hook.example/', '{finding.opened,reconciliation.finished}', '{ke-nssf}', 'active', now())`,
    [subscription],
  )
  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  await hub.owner.query(`update reconciliation_run set told = '{"ke-nssf": 995}' where id = $1`, [id])
  await hub.core.reconciliation.run(id, never)
  const found = (await standing(hub)).length
  const sent = await hub.owner.query<{ event: { type: string; data: object } }>(
    'select event from delivery order by id',
  )
  expect(sent.filter(({ event }) => event.type === 'finding.opened')).toHaveLength(5)
  const data = { asOf: '2026-11-01', new: found, resolved: 0, reopened: 0, untold: found - 5 }
  expect(sent.at(-1)?.event).toMatchObject({ type: 'reconciliation.finished', data })
})

test('what weighs less leaves notices and decisions as they are', async () => {
  await listMonths((months) => [...months, '2026-11'])
  await night()
  const all = (await hub.core.findings.list({ rule: 'T01', limit: 200 }, nssf)).items
  const [noticed, dismissed] = all.filter(({ money }) => money?.amount === 108_000).map(({ id }) => id)
  if (!noticed || !dismissed) throw new Error('too few findings')
  await bring(noticed, 'notified')
  await bring(dismissed, 'dismissed')
  await listMonths((months) => months.filter((month) => month !== '2026-11'))
  expect((await night()).T01).toMatchObject({ reopened: 0 })
  expect(await read(noticed)).toMatchObject({ state: 'notified', money: { amount: 54_000 } })
  expect((await read(noticed)).earliestDecision).toBeDefined()
  expect(await read(dismissed)).toMatchObject({ state: 'dismissed', money: { amount: 54_000 } })
})

test('people who turn out to be one take their findings with them', async () => {
  await night()
  const [pair] = await hub.owner.query<{ one: string; other: string; a: string; b: string }>(
    `select m.person as one, n.person as other, m.record as a, n.record as b from membership m
     join finding f on f.subject = m.person::text and f.rule = 'T02'
     join membership n on n.person > m.person and not exists (select from finding g where g.subject = n.person::text and g.rule = 'T02')
     limit 1`,
  )
  const { one = '', other = '' } = pair ?? {}
  // As a steward's merge leaves them: the records of the one are the other's, and the one's id redirects.
  now = new Date(now.getTime() + 3_600_000)
  await hub.owner.query(
    `with gone as (update membership set until = $3 where person = $1 and until is null returning record)
     insert into membership (record, person, since, reason) select record, $2, $3, 'regrouped' from gone`,
    [one, other, now],
  )
  await hub.owner.query('update person set merged_into = $2 where id = $1', [one, other])
  const rules = await night()
  expect(rules.T02).toMatchObject({ new: 0, persisting: 12, resolved: 0 })
  const moved = (await standing(hub)).filter(({ rule, subject }) => rule === 'T02' && [one, other].includes(subject))
  expect(moved).toMatchObject([{ subject: other, state: 'open' }])
})

test('a rule that fails costs the subjects that it fails on, and nobody else; the log names nobody', async () => {
  const logged: string[] = []
  const failing = {
    ...noBirthDate,
    subject: 'person' as const,
    find: (...given: Parameters<(typeof noBirthDate & { subject: 'person' })['find']>) => {
      const [dossier] = given
      if (dossier.records.some(({ record }) => record.sourceId.endsWith('5')))
        throw new RangeError(JSON.stringify(dossier))
      return noBirthDate.subject === 'person' ? noBirthDate.find(...given) : []
    },
  }
  const { book } = hub.needs.reconciliation
  const core = {
    ...hub.needs,
    log: (event: string, details: object) => void logged.push(JSON.stringify({ event, ...details })),
  }
  const { makeCore } = await import('../../../core/core.ts')
  const broken = makeCore({
    ...core,
    reconciliation: { ...hub.needs.reconciliation, book: { ...book, rules: [failing, twoRegistries, sharedPhone] } },
  })
  const { id } = await broken.reconciliation.start({ kind: 'live' })
  expect(await broken.reconciliation.run(id, never)).toEqual({ status: 'succeeded' })
  const totals = (await broken.reconciliation.read(id))?.totals as Totals
  expect(totals.faults).toEqual({ T02: 6 })
  expect(totals.rules).toMatchObject({ T01: { new: 40 }, T02: { new: 6 } })
  expect(logged).toHaveLength(1)
  expect(JSON.parse(logged[0] ?? '')).toEqual({
    event: 'reconciliation_rule_failed',
    run: id,
    rule: 'T02',
    error: 'RangeError',
    subjects: 6,
  })
})

test('a record that was changed in the database costs its person, and is counted', async () => {
  await hub.owner.query(
    `update source_record set sealed = set_byte(sealed, 40, 255 - get_byte(sealed, 40)) where id = (select id from source_record order by id limit 1)`,
  )
  const { id } = await hub.core.reconciliation.start({ kind: 'live' })
  await hub.core.reconciliation.run(id, never)
  expect((await hub.core.reconciliation.read(id))?.totals).toMatchObject({
    people: people - 1,
    faults: { unreadable: 1 },
  })
})
