/** A register that comes in broken as a whole: nothing of it is taken in, and its owner is told. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../../store/ids.ts'
import { type InboxHub, inboxHub } from '../kit/inbox-hub.ts'
import { lineOf, type Row, registerFile, rowOf } from '../kit/register.ts'

const people = 400
const file = (spoil: (index: number) => string | undefined, rows = people) => registerFile('x', rows, spoil).bytes
const changed = (change: Partial<Row>, isSpoilt: (index: number) => boolean) => (index: number) =>
  isSpoilt(index) ? lineOf({ ...rowOf(index), ...change }) : undefined
const eightyOfAHundred = (index: number) => index % 5 !== 0

let register: InboxHub
let delivery = 0
beforeAll(async () => {
  register = await inboxHub('ke-nssf')
  await register.deliver({ 'members-1.csv': file(() => undefined) })
  await register.hub.owner.query(
    `insert into subscription (id, agency, client, url, events, registries, state, created_at)
     values ($1, 'clinic', 'feeder', 'https://example.org/hook', '{sync.held}', '{ke-nssf}', 'active', now())`,
    [newId()],
  )
}, 60_000)
afterAll(() => register?.close())

/** Everything that an applied file would change. */
const state = () =>
  register.hub.owner.query(`select id, version, changed_at, seen_run, absent_since from source_record order by id`)
const told = async () =>
  (await register.hub.owner.query<{ event: unknown }>('select event from delivery order by id')).map(
    ({ event }) => event,
  )

/** Drops the file, syncs, and takes it away again, as its owner would. */
async function attempt(bytes: Uint8Array) {
  delivery += 1
  const name = `members-attempt-${delivery}.csv`
  await register.inbox.put(name, bytes)
  const { status, problem, run } = await register.hub.sync('ke-nssf')
  await rm(join(register.inbox.path, name))
  return { status, problem, run }
}

describe.each([
  [
    '80 % of the people are suddenly dead',
    changed({ Status: 'Deceased' }, eightyOfAHundred),
    /80 % of the records are said to be dead, after 0 %/,
  ],
  ['a column is empty that was full', changed({ DOB: '' }, () => true), /say nothing under birthDate/],
  [
    'one number in five does not fit its rule',
    changed({ 'ID No': '12' }, (index) => index % 5 === 0),
    /identifiers|number that does not fit|could not be read/,
  ],
  ['one row in five cannot be read', changed({ 'Member No': '' }, (index) => index % 5 === 0), /could not be read/],
])('%s', (_what, spoil, why) => {
  let before: unknown
  let ended: Awaited<ReturnType<typeof attempt>>
  beforeAll(async () => {
    before = await state()
    ended = await attempt(file(spoil))
  }, 60_000)

  test('the delivery is held, with its figures and what to do', () => {
    expect(ended.status).toBe('held')
    expect(ended.problem).toMatch(why)
    expect(ended.problem).toContain('pamoja sync ke-nssf --despite-drift')
  })
  test('nothing of it was applied', async () => {
    expect(await state()).toEqual(before)
    expect(await register.rejections('open')).toEqual([])
  })
  test('its owner is told', async () => {
    expect(await told()).toContainEqual({
      type: 'sync.held',
      registry: 'ke-nssf',
      subject: ended.run,
      data: { run: ended.run },
    })
  })
})

describe('80 % of the people are missing', () => {
  test('nothing is applied, also nothing of those who are in it', async () => {
    const before = await state()
    const few = file(
      changed({ Phone: '0711000001' }, () => true),
      people / 5,
    )
    const ended = await attempt(few)
    expect(ended.status).toBe('held')
    expect(ended.problem).toMatch(/320 of 400 records that were listed are missing/)
    expect(await state()).toEqual(before)
  })
})

describe('whoever held a delivery back is killed before the run could end so', () => {
  test('the next worker holds it back too', async () => {
    const before = await state()
    const name = 'members-killed.csv'
    await register.inbox.put(name, file(changed({ Status: 'Deceased' }, eightyOfAHundred)))
    const { run } = await register.hub.sync('ke-nssf')
    await register.hub.owner.query(
      `update sync_run set status = 'running', finished_at = null, problem = null, beat_at = '2000-01-01' where id = $1`,
      [run],
    )
    expect(await register.hub.core.runSync(run, new AbortController().signal)).toMatchObject({ status: 'held' })
    expect(await state()).toEqual(before)
    await rm(join(register.inbox.path, name))
  })
})

describe('what is no drift', () => {
  test('a few deaths, a few empty cells, a few more people', async () => {
    const ended = await attempt(
      file((index) => {
        if (index % 50 === 0) return lineOf({ ...rowOf(index), Status: 'Deceased' })
        return index % 40 === 1 ? lineOf({ ...rowOf(index), DOB: '' }) : undefined
      }, people + 15),
    )
    expect(ended).toMatchObject({ status: 'succeeded' })
    expect((await register.records()).size).toBe(people + 15)
  })
})

describe('a list that changed for a reason', () => {
  beforeEach(async () => {
    await register.inbox.put('members-true.csv', file(changed({ Status: 'Deceased' }, eightyOfAHundred)))
  })
  test('is let in by somebody who has looked at it, and is what later lists are held against', async () => {
    expect((await register.hub.sync('ke-nssf')).status).toBe('held')
    const { id } = await register.hub.core.startSync('ke-nssf', { despiteDrift: true })
    expect(await register.hub.core.runSync(id, new AbortController().signal)).toMatchObject({ status: 'succeeded' })
    const dead = [...(await register.records()).values()].filter(({ record }) => record.death)
    expect(dead.length).toBe(people * 0.8)
    await register.inbox.put('members-later.csv', file(changed({ Status: 'Deceased' }, eightyOfAHundred), people + 1))
    expect((await register.hub.sync('ke-nssf')).status).toBe('succeeded')
  })
})
