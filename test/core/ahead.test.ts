import { afterEach, beforeEach, expect, test } from 'vitest'
import { lookAhead } from '../../core/ahead.ts'
import { resolveRecords } from '../../core/resolve.ts'
import { lockPersons } from '../../store/persons.ts'
import { desk, type TestCore, testCore } from '../kit/core.ts'
import { type Line, paperRegistry } from '../kit/paper.ts'

const grace: Line = { no: '990000001', name: 'Grace Wanjiru Kamau', born: '1988-03-14', sex: 'female', id: '99000001' }
const paper = paperRegistry('ke-nssf')
let hub: TestCore
beforeEach(async () => {
  hub = await testCore([paper])
})
afterEach(() => hub.close())

const bring = async (line: Line) => {
  paper.lines = [line]
  expect((await hub.sync('ke-nssf')).status).toBe('succeeded')
}
const waiting = async () =>
  (await hub.owner.query<{ records: number }>(`select count(*)::int as records from outbox where topic = 'resolve'`))[0]

test('what waits is made ready without being claimed, and the next look goes on behind it', async () => {
  await bring(grace)
  const ahead = await lookAhead(hub.needs)
  expect([...ahead.ready.values()].map(({ sent }) => sent.record.names[0]?.full)).toEqual([grace.name])
  expect(await waiting()).toEqual({ records: 1 })
  expect((await lookAhead(hub.needs, ahead)).ready.size).toBe(0)
  expect(await hub.core.resolveWaiting()).toBe(1)
})

test('a record that changed after it was made ready is resolved as it is now', async () => {
  await bring(grace)
  const { ready } = await lookAhead(hub.needs)
  const renamed = { ...grace, name: 'Grace Wanjiru Otieno', id: '99000009' }
  await bring(renamed)
  await hub.needs.db.transaction(async (tx) => {
    await lockPersons(tx)
    await resolveRecords(hub.needs, tx, [...ready.keys()], { ready })
  })
  const lookUp = (value: string) =>
    hub.core.lookup({ identifier: { type: 'national-id', issuer: 'ke', value }, refresh: false }, desk)
  const answer = await lookUp('99000009')
  expect(answer.outcome).toBe('match')
  expect(JSON.stringify(answer)).toContain(renamed.name)
  expect((await lookUp('99000001')).outcome).toBe('none')
})
