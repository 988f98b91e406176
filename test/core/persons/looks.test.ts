import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeReady, nextRows } from '../../../core/persons/ahead.ts'
import { looksAhead, makeLooks } from '../../../core/persons/looks.ts'
import { post } from '../../../store/outbox.ts'
import { type TestCore, testCore } from '../../kit/core.ts'
import { paperRegistry } from '../../kit/paper.ts'

const paper = paperRegistry('ke-nssf')
let hub: TestCore
let records: string[]
beforeEach(async () => {
  hub = await testCore([paper])
  paper.lines = [...'ABCDEF'].map((letter, n) => ({
    no: String(990000001 + n),
    name: `${letter}kinyi Wanjiru Kamau`,
    born: `19${50 + n}-03-14`,
    sex: 'female',
    id: String(99000001 + n),
  }))
  expect((await hub.sync('ke-nssf')).status).toBe('succeeded')
  records = (await hub.owner.query<{ id: string }>('select id from source_record order by id')).map(({ id }) => id)
  await hub.owner.query('delete from outbox')
})
afterEach(() => hub.close())

/** Each of these records waits in a row of its own. */
const wait = async (...some: number[]) => {
  for (const nth of some) await post(hub.owner, 'resolve', [records[nth] ?? ''], new Date())
}
const seen = async (looks: ReturnType<typeof makeLooks>, rows: number) => {
  const ahead = await looks.next(rows, new Map())
  return ahead && [...ahead.ready.keys()].map((id) => records.indexOf(id))
}
const done = (...some: number[]) =>
  hub.owner.query(`delete from outbox where payload -> 'records' ->> 0 = any($1)`, [some.map((nth) => records[nth])])

test('looks go on behind one another, before anything that was looked at is taken', async () => {
  await wait(0, 1, 2, 3, 4)
  const looks = makeLooks(hub.needs)
  expect(await seen(looks, 2)).toEqual([0, 1])
  expect(await seen(looks, 2)).toEqual([2, 3])
  await looks.end()
  expect(looksAhead).toBe(2)
})

test('what came while a look found nothing is looked at before anybody says that nothing waits', async () => {
  await wait(0)
  const looks = makeLooks(hub.needs)
  expect(await seen(looks, 2)).toEqual([0])
  await looks.end()
  await done(0)
  await wait(1, 2)
  expect(await seen(looks, 2)).toEqual([1, 2])
  await looks.end()
  await done(1, 2)
  expect(await seen(looks, 2)).toBeUndefined()
})

test('looks that were forgotten begin at the first that waits', async () => {
  await wait(0, 1, 2)
  const looks = makeLooks(hub.needs)
  expect(await seen(looks, 1)).toEqual([0])
  looks.forget()
  expect(await seen(looks, 1)).toEqual([0])
  await looks.end()
})

test('a look that nobody waits for any more ends, and nothing is made of it', async () => {
  await wait(0, 1, 2, 3, 4, 5)
  const rows = await nextRows(hub.needs, undefined, 6)
  expect((await makeReady(hub.needs, rows, { signal: new AbortController().signal })).ready.size).toBe(6)
  expect((await makeReady(hub.needs, rows, { signal: AbortSignal.abort() })).ready.size).toBe(0)
})
