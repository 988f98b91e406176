import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestDatabase, testDatabase } from '../kit/database.ts'

let base: TestDatabase
beforeAll(async () => {
  base = await testDatabase()
})
afterAll(() => base.drop())

test('a date stays the text it is, in an array too', async () => {
  const [row] = await base.db.query("select date '2001-02-03' as one, array[date '2001-02-03', null] as many")
  expect(row).toEqual({ one: '2001-02-03', many: ['2001-02-03', null] })
})
