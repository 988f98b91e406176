/** Who is looked at when many share a name: all while they are few, those who may be meant when they are many, never a silent rest. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { partedKeys } from '../../../linkage/blocking.ts'
import { prepare } from '../../../linkage/features.ts'
import { toLinkRecord } from '../../../linkage/record.ts'
import { hashBlockingKeys, putBlockingKeys } from '../../../store/blocking.ts'
import { findCandidates } from '../../../store/candidates.ts'
import { newId } from '../../../store/ids.ts'
import { type TestDatabase, testDatabase } from '../../kit/database.ts'
import { testKeys } from '../../kit/keys.ts'
import { type Line, toRecord } from '../../kit/paper.ts'

const keys = testKeys()
let database: TestDatabase
beforeEach(async () => {
  database = await testDatabase()
})
afterEach(() => database.drop())

const keyed = (id: string, line: Omit<Line, 'no'>) => ({
  id,
  keys: hashBlockingKeys(keys, partedKeys(prepare(toLinkRecord(id, toRecord({ no: '1', ...line }))))),
})
const put = (records: readonly ReturnType<typeof keyed>[], known: readonly string[] = []) =>
  putBlockingKeys(database.db, keys, records, known)
const candidatesOf = async (line: Omit<Line, 'no'>, limit = 200) => {
  const { pairs, truncated } = await findCandidates(database.db, keys, [keyed(newId(), line)], limit)
  return { ids: new Set(pairs.map(({ candidate }) => candidate)), truncated: truncated.size > 0 }
}

const name = 'Mary Wanjiku'
/** Many women of one name, one for each year from 1920 on; answers their ids by year. */
async function crowd(years = 80): Promise<Map<number, string>> {
  const ids = new Map([...Array(years).keys()].map((n) => [1920 + n, newId()]))
  await put([...ids].map(([year, id]) => keyed(id, { name, born: `${year}-03-0${1 + (year % 9)}`, sex: 'female' })))
  return ids
}

test('while few share a name, all of them are looked at, whatever their age', async () => {
  const ids = await crowd(8)
  const { ids: found, truncated } = await candidatesOf({ name, born: '1990-11-25', sex: 'female' })
  expect(found).toEqual(new Set(ids.values()))
  expect(truncated).toBe(false)
})

test.each([
  ['the same year', 1960],
  ['two years off, as a guessed age may be', 1962],
  ['ten years off, by one digit', 1970],
])('when many share it, whoever may be meant is still looked at: %s', async (_, year) => {
  const ids = await crowd()
  const { ids: found, truncated } = await candidatesOf({ name, born: '1960-11-25', sex: 'female' })
  expect(found).toContain(ids.get(year))
  expect(found.size).toBeLessThan(12)
  expect(truncated).toBe(false)
})

test('who says no birth date is looked at by everybody of the name, and has to look at everybody', async () => {
  const ids = await crowd()
  const dateless = newId()
  await put([keyed(dateless, { name })])
  expect((await candidatesOf({ name, born: '1960-11-25', sex: 'female' })).ids).toContain(dateless)
  expect((await candidatesOf({ name })).ids).toEqual(new Set([...ids.values(), dateless]))
})

test('a name that is too common to look into is told, and never called looked at', async () => {
  await crowd()
  const { ids, truncated } = await candidatesOf({ name }, 79)
  expect(ids.size).toBe(0)
  expect(truncated).toBe(true)
})

test('two records that seek different parts of one key are each answered by their own', async () => {
  const ids = await crowd()
  const asked = [1930, 1990].map((year) => keyed(`asked-${year}`, { name, born: `${year}-11-25`, sex: 'female' }))
  const { pairs } = await findCandidates(database.db, keys, asked, 200)
  const of = (year: number) => pairs.filter((pair) => pair.of === `asked-${year}`).map(({ candidate }) => candidate)
  expect(of(1930)).toContain(ids.get(1931))
  expect(of(1930)).not.toContain(ids.get(1991))
  expect(of(1990)).toContain(ids.get(1991))
  expect(of(1990)).not.toContain(ids.get(1931))
})

const date = '1960-05-17'
test.each<[string, Omit<Line, 'no'>, Omit<Line, 'no'>]>([
  [
    'every word miswritten',
    { name: 'Mary Wanjiku', born: date, sex: 'female' },
    { name: 'Mayr Wnajiku', born: date, sex: 'female' },
  ],
  [
    'day and month swapped',
    { name, born: '1960-05-07', sex: 'female' },
    { name: 'Mary Njoroge', born: '1960-07-05', sex: 'female' },
  ],
  [
    'another day of the month',
    { name, born: date, sex: 'female' },
    { name: 'Mary Njoroge', born: '1960-05-11', sex: 'female' },
  ],
  ['only the year known', { name, born: date, sex: 'female' }, { name: 'Mary Njoroge', born: '1960' }],
  ['no sex known', { name, born: date, sex: 'female' }, { name: 'Mary Njoroge', born: '1960-05-18' }],
])('in a crowd born in one year, %s, one still finds the other', async (_, one, other) => {
  const crowded = [...Array(60).keys()].map((n) =>
    keyed(newId(), {
      name: `Mary ${'bcdfghjklm'[n % 10]}a${'ktmnr'[n % 5]}ori`,
      born: `1960-${n % 2 ? '05-07' : '05-17'}`,
      sex: n % 3 ? 'female' : 'male',
    }),
  )
  const [left, right] = [newId(), newId()]
  await put([...crowded, keyed(left, one), keyed(right, other)])
  expect((await candidatesOf(one)).ids).toContain(right)
  expect((await candidatesOf(other)).ids).toContain(left)
})

test('keys are written by difference: what a record still says keeps its row', async () => {
  const id = newId()
  const rows = async () =>
    (
      await database.db.query<{ row: string }>(
        'select xmin::text || key || part as row from blocking_key where record = $1',
        [id],
      )
    ).map(({ row }) => row)
  const before = { name: 'Mary Wanjiku', born: '1960-05-17', phone: '+254712000001' }
  await put([keyed(id, before)])
  const first = await rows()
  await put([keyed(id, { ...before, phone: '+254712000002' })], [id])
  const second = await rows()
  const kept = first.filter((row) => second.includes(row))
  expect(second).toHaveLength(first.length)
  expect(kept.length).toBe(first.length - 2)
  await put([keyed(id, { ...before, phone: '+254712000002' })], [id])
  expect((await rows()).sort()).toEqual(second.sort())
})
