/** What may go wrong on a night beside a killed worker: records that nothing can be told of, other rules half-way, a run that fails. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeCore } from '../../../core/core.ts'
import type { Needs } from '../../../core/needs.ts'
import { recordContext } from '../../../store/records.ts'
import { seal, unseal } from '../../../store/seal.ts'
import { type Night, nightHub } from '../../kit/night.ts'
import { nightRules } from '../../kit/night-rules.ts'

const people = 30
let now: Date
let hub: Night
beforeEach(async () => {
  now = new Date('2026-11-21T10:00:00Z')
  hub = await nightHub({ now: () => now })
  await hub.fill(people)
})
afterEach(() => hub.close())

const never = new AbortController().signal
const read = async (id: string) => {
  const run = await hub.core.reconciliation.read(id)
  if (!run) throw new Error('no run')
  return run
}
const live = () => hub.core.reconciliation.start({ kind: 'live' })
const later = (ms: number) => {
  now = new Date(now.getTime() + ms)
}

test('a person whose record cannot be understood costs herself alone, and is counted', async () => {
  const [row] = await hub.owner.query<{ id: string; version: number; sealed: Buffer }>(
    `select r.id, r.version, r.sealed from membership m join source_record r on r.id = m.record
     where (select count(*) from membership n where n.person = m.person) > 1 order by r.id limit 1`,
  )
  if (!row) throw new Error('nobody has two records')
  const context = recordContext(row.id, row.version)
  const { identifiers, ...rest } = JSON.parse(unseal(hub.needs.keys, context, row.sealed).toString())
  expect(identifiers).toBeDefined()
  await hub.owner.query('update source_record set sealed = $2 where id = $1', [
    row.id,
    seal(hub.needs.keys, context, JSON.stringify(rest)),
  ])
  const { id } = await live()
  expect(await hub.core.reconciliation.run(id, never)).toEqual({ status: 'succeeded' })
  expect((await read(id)).totals).toMatchObject({ people: people - 1, faults: { unreadable: 1 } })
})

/** A worker of a build that has one rule less. */
const otherBuild = (changes: Partial<Needs> = {}) => {
  const { needs } = hub
  const book = { ...needs.reconciliation.book, rules: nightRules.slice(1) }
  return makeCore({ ...needs, reconciliation: { ...needs.reconciliation, book }, ...changes })
}
/** Begins a run and stops after its first slice. */
async function begin(): Promise<string> {
  const { id } = await live()
  const stop = new AbortController()
  const sizes = { people: 5, members: 5, findings: 5 }
  const end = await hub.core.reconciliation.run(id, stop.signal, { sizes, onProgress: () => stop.abort() })
  expect(end).toEqual({ status: 'released' })
  return id
}
const slicesDone = async (id: string) =>
  (
    await hub.owner.query<{ done: number }>(
      'select count(*)::int as done from reconciliation_slice where run = $1 and done_at is not null',
      [id],
    )
  )[0]?.done

test('a worker with other rules leaves a run alone that one of its own rules carries on', async () => {
  const id = await begin()
  const done = await slicesDone(id)
  expect(await otherBuild().reconciliation.run(id, never)).toEqual({ status: 'released' })
  expect(await slicesDone(id)).toBe(done)
  expect(await hub.core.reconciliation.run(id, never)).toEqual({ status: 'succeeded' })
})

test('a run whose rules are nobody’s any more fails and says so, and its owners are told', async () => {
  const id = await begin()
  later(hub.needs.quietMs + 1)
  expect(await otherBuild().reconciliation.run(id, never)).toEqual({ status: 'failed' })
  const { status, problem } = await read(id)
  expect({ status, problem }).toEqual({
    status: 'failed',
    problem:
      'The rules, the linkage model or the registries are others than when the run began. Start it again. What the last run found stands.',
  })
})

test('a run that nobody began goes by the rules of the worker that begins it', async () => {
  const { id, rules } = await live()
  expect(await otherBuild().reconciliation.run(id, never)).toEqual({ status: 'succeeded' })
  const run = await read(id)
  expect(run.rules).not.toBe(rules)
  expect(run.totals).not.toHaveProperty('rules.T01')
})

test('another linkage model or another registry is another book', async () => {
  const { rules } = await live()
  const trained = otherBuild({
    reconciliation: hub.needs.reconciliation,
    model: { ...hub.needs.model, version: 'trained-here' },
  })
  const asked = { kind: 'as-of', asOf: '2026-11-21' } as const
  expect((await hub.core.reconciliation.start(asked)).rules).toBe(rules)
  expect((await trained.reconciliation.start(asked)).rules).not.toBe(rules)
  await hub.owner.query(
    `insert into registry select (jsonb_populate_record(registry, '{"id": "ug-nssf"}')).* from registry where id = 'ke-nssf'`,
  )
  expect((await hub.core.reconciliation.start(asked)).rules).not.toBe(rules)
})

test('a night’s run that fails is tried again, three times in all, and its failure is told', async () => {
  // Four in the morning in Nairobi is 01:00 UTC.
  now = new Date('2026-11-22T01:00:10Z')
  await hub.owner.query(
    `insert into subscription (id, agency, client, url, events, registries, state, created_at)
     values (gen_random_uuid(), 'clinic', 'feeder', 'https://example.org', '{reconciliation.finished}', '{ke-nssf}', 'active', now())`,
  )
  await hub.owner.query('alter table reconciliation_member rename to mislaid')
  const runs: (string | undefined)[] = []
  for (let hour = 0; hour < 5; hour++) {
    const id = await hub.core.reconciliation.startDue()
    runs.push(id)
    if (id) expect(await hub.core.reconciliation.run(id, never)).toEqual({ status: 'failed' })
    later(3_600_000)
  }
  expect(runs.map((id) => id !== undefined)).toEqual([true, true, true, false, false])
  const told = await hub.owner.query<{ event: { type: string; data: object } }>(
    'select event from delivery order by id',
  )
  expect(told.map(({ event }) => event)).toMatchObject(
    [1, 2, 3].map(() => ({ type: 'reconciliation.finished', data: { asOf: '2026-11-22', status: 'failed' } })),
  )
  await hub.owner.query('alter table mislaid rename to reconciliation_member')
  later(19 * 3_600_000)
  const id = await hub.core.reconciliation.startDue()
  expect(await hub.core.reconciliation.run(id ?? '', never)).toEqual({ status: 'succeeded' })
})

test('a worker at a trial turns to the night’s run as soon as there is one', async () => {
  const night = await live()
  await hub.core.reconciliation.run(night.id, never)
  const trial = await hub.core.reconciliation.start({ kind: 'trial' })
  const stop = new AbortController()
  const sizes = { people: 5, members: 5, findings: 5 }
  await hub.core.reconciliation.run(trial.id, stop.signal, { sizes, onProgress: () => stop.abort() })
  later(86_400_000)
  const next = await live()
  expect(await hub.core.reconciliation.run(trial.id, never, { sizes })).toEqual({ status: 'succeeded' })
  expect((await read(next.id)).status).toBe('succeeded')
})
