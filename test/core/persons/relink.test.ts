/** Comparing everything anew: what stays as it was, what a change of the model changes, and what a run does that was ended. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { relink } from '../../../core/persons/relink.ts'
import { HubError } from '../../../errors.ts'
import { defaultModelData } from '../../../linkage/default-model.ts'
import { defaultModel, type Model, readModel } from '../../../linkage/model.ts'
import { openEvidence, putEvidence, readEvidence } from '../../../store/evidence.ts'
import { desk, type TestCore, testCore } from '../../kit/core.ts'
import { type Line, paperRegistry } from '../../kit/paper.ts'

const people = 60
const born = (n: number) => `19${50 + (n % 40)}-0${1 + (n % 9)}-1${n % 9}`
const family = (n: number) => `Family${'abcdefghijklmnopqrst'[n % 20]}${'aeiou'[n % 5]}n`
/** Everybody in both registries; the second knows no number of every third, but the telephone. */
const lines = (registry: 'ke-nssf' | 'ke-sha'): Line[] =>
  [...Array(people).keys()].map((n): Line => {
    const isSecond = registry === 'ke-sha'
    const no = isSecond ? `CR99000000000${100 + n}-1` : `9900010${String(n).padStart(2, '0')}`
    const knowsNumber = !isSecond || n % 3 !== 0
    return {
      no,
      name: `Given${'bcdfghjklm'[n % 10]}${'aeiou'[n % 5]}ra ${family(n)} ${family(n * 7 + 3)}`,
      born: born(n),
      sex: n % 2 ? 'male' : 'female',
      phone: `+2547120${String(10_000 + n)}`,
      ...(knowsNumber && { id: String(99_001_000 + n * 37) }),
    }
  })

/** The shipped model, except that a telephone proves nothing and links need more. */
const stricter: Model = readModel({
  ...defaultModelData,
  name: 'stricter',
  comparisons: {
    ...defaultModelData.comparisons,
    phone: { same: { m: 0.3, u: 0.3 }, shared: { m: 0.1, u: 0.1 }, different: { m: 0.6, u: 0.6 } },
  },
  guards: defaultModelData.guards.map((guard) => ({
    ...guard,
    unless: guard.unless.filter((group) => group.every(({ on }) => on !== 'phone')),
  })),
})

let hub: TestCore
beforeEach(async () => {
  hub = await filled()
})
afterEach(() => hub.close())

async function filled(model: Model = defaultModel): Promise<TestCore> {
  const papers = [paperRegistry('ke-nssf'), paperRegistry('ke-sha', { stream: 'client' })]
  const made = await testCore(papers, { model })
  for (const paper of papers) {
    paper.lines = lines(paper.registry as 'ke-nssf' | 'ke-sha')
    await made.sync(paper.registry)
  }
  await made.core.resolveWaiting()
  return made
}

const written = [
  'source_record',
  'evidence',
  'identifier',
  'blocking_key',
  'person',
  'membership',
  'decision',
  'review',
  'enrolment',
  'contribution',
  'beneficiary',
  'outbox',
] as const
/** Every row of these tables with the transaction that wrote it: equal only when nothing was written. */
async function rows({ owner }: TestCore, tables: readonly string[] = written): Promise<string[]> {
  const all: string[] = []
  for (const table of tables)
    for (const { row } of await owner.query<{ row: string }>(`select xmin::text || t::text as row from ${table} t`))
      all.push(`${table} ${row}`)
  return all.sort()
}

/** Who stands with whom, by what the records are called in their registries, and what was decided about which pairs. */
async function outcome({ owner }: TestCore) {
  const groups = await owner.query<{ records: string }>(
    `select string_agg(encode(r.source_key, 'hex'), ' ' order by r.source_key) as records
     from membership m join source_record r on r.id = m.record where m.until is null group by m.person order by 1`,
  )
  const decisions = await owner.query<{ pair: string }>(
    `select least(encode(x.source_key, 'hex'), encode(y.source_key, 'hex')) || ' ' ||
       greatest(encode(x.source_key, 'hex'), encode(y.source_key, 'hex')) || ' ' || outcome || ' ' || made_by as pair
     from decision d join source_record x on x.id = d.a join source_record y on y.id = d.b order by 1`,
  )
  return { groups: groups.map((one) => one.records), decisions: decisions.map((one) => one.pair) }
}

const persons = async ({ owner }: TestCore) =>
  (
    await owner.query<{ id: string }>('select distinct person as id from membership where until is null order by 1')
  ).map((row) => row.id)

test('a store that was linked by the same model is left as it is, row by row', async () => {
  const before = await rows(hub)
  const result = await relink(hub.needs)
  expect(result).toEqual({ done: 2 * people, decisions: 0, moved: 0, failed: 0, finished: true })
  expect(await rows(hub)).toEqual(before)
})

test('after a change of the model the store says what it would say had it been linked by that model at first', async () => {
  const first = await persons(hub)
  const before = await outcome(hub)
  const changed = { ...hub.needs, model: stricter }
  const result = await relink(changed)
  const anew = await filled(stricter)
  try {
    expect(await outcome(hub)).toEqual(await outcome(anew))
  } finally {
    await anew.close()
  }
  expect(await outcome(hub)).not.toEqual(before)
  expect(result.decisions).toBeGreaterThan(0)
  expect(result.moved).toBe(people / 3)
  const now = await persons(hub)
  expect(
    first.every((person) => now.includes(person)),
    'persons keep their ids',
  ).toBe(true)
})

test('what the new model says as the old one did is not written again, and nothing is left to resolve', async () => {
  const untouched = (all: string[]) => all.filter((row) => /^(source_record|evidence|identifier|enrolment) /.test(row))
  const before = await rows(hub)
  await relink({ ...hub.needs, model: stricter })
  const after = await rows(hub)
  expect(untouched(after)).toEqual(untouched(before))
  const kept = (table: string, all: string[]) => new Set(all.filter((row) => row.startsWith(`${table} `)))
  const documents = kept('beneficiary', after)
  const same = [...kept('beneficiary', before)].filter((row) => documents.has(row))
  expect(same).toHaveLength(people - people / 3)
  expect(await hub.core.backlog()).toEqual({ waiting: 0, parked: 0 })
})

test('back to the first model, everybody is with whom they were, under the ids that they had', async () => {
  const [before, first] = [await outcome(hub), await persons(hub)]
  await relink({ ...hub.needs, model: stricter })
  await relink(hub.needs)
  expect(await outcome(hub)).toEqual(before)
  expect(await persons(hub)).toEqual(first)
})

test('evidence of another format is passed over for the record itself, and written anew', async () => {
  const before = await outcome(hub)
  const kept = await hub.owner.query<{ record: string; sealed: Buffer }>('select record, sealed from evidence')
  const strange = kept.filter((_, index) => index % 2 === 0).map(({ record }) => ({ id: record, text: '[2,"",{}]' }))
  await putEvidence(hub.needs.db, hub.needs.keys, strange, new Set(strange.map(({ id }) => id)))
  expect(await relink(hub.needs)).toEqual({ done: 2 * people, decisions: 0, moved: 0, failed: 0, finished: true })
  expect(await outcome(hub)).toEqual(before)
  const texts = (
    await readEvidence(
      hub.needs.db,
      kept.map(({ record }) => record),
    )
  ).map((row) => openEvidence(hub.needs.keys, row))
  expect(texts).toHaveLength(2 * people)
  expect(texts.filter((text) => !text.startsWith('[1,'))).toEqual([])
})

test("a steward's word stands whatever the new model says", async () => {
  const [pair] = await hub.owner.query<{ a: string; b: string }>(
    `select a, b from decision where outcome = 'link' order by a limit 1`,
  )
  const { a = '', b = '' } = pair ?? {}
  const together = async () =>
    (
      await hub.owner.query<{ one: boolean }>(
        'select count(distinct person) = 1 as one from membership where until is null and record in ($1, $2)',
        [a, b],
      )
    )[0]?.one
  await hub.owner.query(
    `insert into decision (a, b, outcome, weight, probability, parts, model, made_by, made_at)
     values ($1, $2, 'distinct', 0, 0, '[]', '', gen_random_uuid()::text, now())`,
    [a, b],
  )
  expect(await together()).toBe(true)
  await relink(hub.needs)
  expect(await together()).toBe(false)
  await relink({ ...hub.needs, model: stricter })
  await relink(hub.needs)
  expect(await together()).toBe(false)
})

test('a run that was ended goes on where it stood, and comes to the same as one that was not', async () => {
  const more = await filled()
  try {
    await relink({ ...more.needs, model: stricter })
    const stop = new AbortController()
    const seen: number[] = []
    const needs = { ...hub.needs, model: stricter }
    const stopAtSecondPage = (done: number) => {
      seen.push(done)
      if (done > 50) stop.abort()
    }
    const ended = await relink(needs, stop.signal, stopAtSecondPage, 50)
    expect(seen).toEqual([0, 50, 100])
    expect(ended).toMatchObject({ finished: false, done: 100 })
    const rest = await relink(needs)
    expect(rest).toMatchObject({ finished: true, done: 2 * people })
    expect(await outcome(hub)).toEqual(await outcome(more))
  } finally {
    await more.close()
  }
})

test('a run that fails in the middle keeps what it committed, and the next one does the rest', async () => {
  const model = stricter
  let pages = 0
  const breaking = {
    ...hub.needs,
    model,
    db: {
      ...hub.needs.db,
      transaction: ((work, options) =>
        hub.needs.db.transaction(async (tx) => {
          const result = await work(tx)
          pages += 1
          if (pages === 3) throw new HubError('unavailable', { detail: 'killed' })
          return result
        }, options)) as typeof hub.needs.db.transaction,
    },
  }
  await expect(relink(breaking, undefined, undefined, 50)).rejects.toMatchObject({ code: 'unavailable' })
  const [run] = await hub.owner.query<{ done: number }>('select done::int from relink_run where finished_at is null')
  expect(run).toEqual({ done: 50 })
  const result = await relink({ ...hub.needs, model }, undefined, undefined, 50)
  expect(result).toMatchObject({ finished: true, done: 2 * people })
  const anew = await filled(stricter)
  try {
    expect(await outcome(hub)).toEqual(await outcome(anew))
  } finally {
    await anew.close()
  }
})

test('a record that always fails is stepped over and counted, and everybody else is compared', async () => {
  const [some] = await hub.owner.query<{ id: string }>('select id from source_record order by id offset 70 limit 1')
  const { id: broken = '' } = some ?? {}
  const logged: { event: string; details: object }[] = []
  const failing = {
    ...hub.needs,
    model: stricter,
    log: (event: string, details: object) => void logged.push({ event, details }),
    db: {
      ...hub.needs.db,
      transaction: ((work, options) =>
        hub.needs.db.transaction(
          (tx) =>
            work({
              ...tx,
              query: async (sql, params = [], name) => {
                const isAsked = params.some((one) => Array.isArray(one) && one.includes(broken))
                if (isAsked && name === 'records_by_id') throw new TypeError('bad seal')
                return tx.query(sql, params, name)
              },
            }),
          options,
        )) as typeof hub.needs.db.transaction,
    },
  }
  const seen: number[] = []
  const result = await relink(failing, undefined, (done) => seen.push(done), 20)
  expect(result).toMatchObject({ finished: true, done: 2 * people, failed: 1 })
  expect(result.moved).toBeGreaterThan(0)
  expect(seen).toEqual([0, 20, 40, 60, ...[...Array(20).keys()].map((n) => 61 + n), 100, 120])
  expect(logged).toMatchObject([
    { event: 'relink_failed', details: { records: 20 } },
    { event: 'relink_failed', details: { records: 1 } },
  ])
  expect(JSON.stringify(logged)).not.toContain(broken)
  const [run] = await hub.owner.query<{ failed: number }>(
    'select failed::int from relink_run where finished_at is not null',
  )
  expect(run).toEqual({ failed: 1 })
})

test('a run whose place another model takes says that it did not come to its end', async () => {
  let other: Promise<unknown> | undefined
  const onProgress = (done: number) => {
    if (done > 0) other ??= relink({ ...hub.needs, model: stricter })
  }
  const result = await relink(hub.needs, undefined, onProgress, 1)
  expect(result.finished).toBe(false)
  expect(result.done).toBeLessThan(2 * people)
  expect(await other).toMatchObject({ done: 2 * people, finished: true })
})

test('look-ups find everybody while a run is under way and after it', async () => {
  const ask = async (n: number) => {
    const identifier = { type: 'national-id', issuer: 'ke', value: String(99_001_000 + n * 37) } as const
    return (await hub.core.lookup({ identifier, refresh: false }, desk)).outcome
  }
  const running = relink({ ...hub.needs, model: stricter }, undefined, undefined, 10)
  const during = await Promise.all([1, 2, 4, 5, 7].map(ask))
  await running
  expect([...during, await ask(1), await ask(2)]).toEqual(Array(7).fill('match'))
})
