import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lookAhead, type Turn } from '../../../core/persons/ahead.ts'
import { looksAhead } from '../../../core/persons/looks.ts'
import { type ResolveOptions, resolveRecords } from '../../../core/persons/resolve.ts'
import { lockPersons } from '../../../store/persons.ts'
import { desk, type TestCore, testCore } from '../../kit/core.ts'
import { type Line, paperRegistry } from '../../kit/paper.ts'

const grace: Line = { no: '990000001', name: 'Grace Wanjiru Kamau', born: '1988-03-14', sex: 'female', id: '99000001' }
const paper = paperRegistry('ke-nssf')
const health = paperRegistry('ke-sha')
let hub: TestCore
beforeEach(async () => {
  hub = await testCore([paper, health])
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
  expect((await lookAhead(hub.needs, { before: ahead })).ready.size).toBe(0)
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

describe('what was decided before the lock was held', () => {
  const resolve = (ids: readonly string[], options: ResolveOptions = {}) =>
    hub.needs.db.transaction(async (tx) => {
      await lockPersons(tx)
      return resolveRecords(hub.needs, tx, ids, options)
    })
  const recordsOf = async (registry: string) =>
    (await hub.owner.query<{ id: string }>('select id from source_record where registry = $1', [registry])).map(
      ({ id }) => id,
    )
  const persons = async () =>
    (await hub.owner.query<{ person: string }>('select distinct person from membership where until is null')).length
  const atHealth = async (line: Partial<Line> = {}) => {
    health.lines = [{ ...grace, no: 'CR990000000001-1', ...line }]
    expect((await hub.sync('ke-sha')).status).toBe('succeeded')
  }
  const look = () => lookAhead(hub.needs, { cache: new Map() })

  test('is written as it is when nobody had a turn since', async () => {
    await bring(grace)
    expect(await hub.core.resolveWaiting()).toBe(1)
    await atHealth()
    const { ready, foreseen } = await look()
    expect(foreseen?.decisions.map(({ outcome }) => outcome)).toEqual(['link'])
    expect(await resolve(await recordsOf('ke-sha'), { ready, foreseen })).toMatchObject({
      overtaken: false,
      decisions: 1,
    })
    expect(await persons()).toBe(1)
  })

  test('is decided anew when somebody else had a turn since', async () => {
    await bring(grace)
    const { ready, foreseen } = await look()
    expect(foreseen?.decisions).toEqual([])
    await atHealth()
    await resolve(await recordsOf('ke-sha'))
    expect(await resolve(await recordsOf('ke-nssf'), { ready, foreseen })).toMatchObject({ overtaken: true })
    expect(await persons()).toBe(1)
  })

  test('meets those who had a turn of ours since, as they are now', async () => {
    await bring(grace)
    expect(await hub.core.resolveWaiting()).toBe(1)
    await atHealth()
    const { ready, foreseen } = await look()
    expect(foreseen?.decisions).toHaveLength(1)
    // She was somebody else's line after all.
    await bring({ ...grace, name: 'Peter Otieno Odhiambo', born: '1961-11-30', sex: 'male', id: '99000009' })
    const { turn } = await resolve(await recordsOf('ke-nssf'))
    const ours = turn ? [turn] : []
    expect(await resolve(await recordsOf('ke-sha'), { ready, foreseen, ours })).toMatchObject({
      overtaken: false,
      decisions: 0,
    })
    expect(await persons()).toBe(2)
  })

  test('stands through as many turns of ours as looks may be ahead, and not when one of them is missing', async () => {
    await bring(grace)
    expect(await hub.core.resolveWaiting()).toBe(1)
    await atHealth()
    const { ready, foreseen } = await look()
    const turns: Turn[] = []
    for (const name of ['Peter Otieno Odhiambo', 'Grace Wanjiru Kamau']) {
      await bring({ ...grace, name })
      const { turn } = await resolve(await recordsOf('ke-nssf'))
      if (turn) turns.push(turn)
    }
    expect(turns).toHaveLength(looksAhead)
    const ids = await recordsOf('ke-sha')
    const undone = hub.needs.db.transaction(async (tx) => {
      await lockPersons(tx)
      const { overtaken } = await resolveRecords(hub.needs, tx, ids, { ready, foreseen, ours: turns.slice(-1) })
      throw new Error(`overtaken: ${overtaken}`)
    })
    await expect(undone).rejects.toThrow('overtaken: true')
    expect(await resolve(ids, { ready, foreseen, ours: turns })).toMatchObject({ overtaken: false, decisions: 1 })
    expect(await persons()).toBe(1)
  })

  test('is decided anew when not all that was looked at is taken: the others are who they were until their turn', async () => {
    const peter: Partial<Line> = { name: 'Peter Otieno Odhiambo', born: '1961-11-30', sex: 'male', id: '99000009' }
    await bring(grace)
    await atHealth(peter)
    expect(await hub.core.resolveWaiting()).toBe(2)
    await bring({ ...grace, ...peter })
    await atHealth({ ...peter, phone: '+254712000001' })
    const { ready, foreseen } = await look()
    expect(foreseen?.decisions.map(({ outcome }) => outcome)).toEqual(['link'])
    expect(await resolve(await recordsOf('ke-sha'), { ready, foreseen })).toMatchObject({ decisions: 0 })
    expect(await persons()).toBe(2)
    expect(await resolve(await recordsOf('ke-nssf'))).toMatchObject({ decisions: 1 })
    expect(await persons()).toBe(1)
  })

  test('brings records of one batch together', async () => {
    await bring(grace)
    await atHealth()
    const { ready, foreseen } = await look()
    expect([...ready.keys()]).toHaveLength(2)
    expect(await resolve([...ready.keys()], { ready, foreseen })).toMatchObject({ overtaken: false, decisions: 1 })
    expect(await persons()).toBe(1)
  })

  test('is decided again in the same way when the transaction is undone and run again', async () => {
    await bring(grace)
    expect(await hub.core.resolveWaiting()).toBe(1)
    await atHealth()
    const { ready, foreseen } = await look()
    const ids = await recordsOf('ke-sha')
    const undone = hub.needs.db.transaction(async (tx) => {
      await lockPersons(tx)
      await resolveRecords(hub.needs, tx, ids, { ready, foreseen })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await resolve(ids, { ready, foreseen })).toMatchObject({ overtaken: false, decisions: 1 })
    expect(await persons()).toBe(1)
  })

  test('of a record that waits twice leaves no second decision', async () => {
    await bring(grace)
    expect(await hub.core.resolveWaiting()).toBe(1)
    await atHealth()
    const first = await look()
    await atHealth({ phone: '+254712000001' })
    const second = await lookAhead(hub.needs, { cache: new Map(), before: first })
    const ids = await recordsOf('ke-sha')
    const { turn } = await resolve(ids, first)
    expect(await resolve(ids, { ...second, ours: turn ? [turn] : [] })).toMatchObject({ decisions: 0 })
    expect(await persons()).toBe(1)
  })

  test('and what comes while others are resolved is left to the next look, and none is forgotten', async () => {
    paper.lines = [...Array(30).keys()].map((n) => ({ ...grace, no: String(990000000 + n), id: String(99000000 + n) }))
    expect((await hub.sync('ke-nssf')).status).toBe('succeeded')
    const resolving = hub.core.resolveWaiting()
    await atHealth()
    expect((await resolving) + (await hub.core.resolveWaiting())).toBe(31)
    expect(await waiting()).toEqual({ records: 0 })
  })
})
