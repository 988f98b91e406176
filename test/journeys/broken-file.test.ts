/** A register in which rows are broken in every way that we know: what is good is in, what is not is told and can be mended. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Adapter } from '../../adapters/contract.ts'
import type { Rejection, SyncRun } from '../../schemas/contract.ts'
import type { StoredRecord } from '../../store/records.ts'
import { type Way, ways } from '../kit/broken-rows.ts'
import { type InboxHub, inboxHub } from '../kit/inbox-hub.ts'
import { type RegisterFile, registerFile, rowOf } from '../kit/register.ts'

const rows = 5_000
const name = 'members.csv'

/** The ways by the row they spoil: far apart, so that a way can only hurt its own neighbours. */
const spoilt = new Map<number, Way>()
ways.reduce((above, way) => {
  const at = above + (way.below ?? 57)
  spoilt.set(at, way)
  return at
}, 3)

const broken = (): RegisterFile => registerFile(name, rows, (index) => spoilt.get(index)?.spoil(rowOf(index), index))
const mended = (): RegisterFile => registerFile(name, rows, () => undefined)
const numberOf = (index: number) => rowOf(index)['Member No']
const indexOf = (way: Way) => [...spoilt].find(([, other]) => other === way)?.[0] ?? -1
const isIn = (way: Way | undefined) => way?.refused === undefined && way?.nobody === undefined
const count = (of: (way: Way) => boolean) => ways.filter(of).length
const refusals = count((way) => way.refused !== undefined)

let register: InboxHub
let file: RegisterFile
let run: SyncRun
let records: Map<string, StoredRecord>
let open: Rejection[]
beforeAll(async () => {
  register = await inboxHub('ke-nssf')
  file = broken()
  run = await register.deliver({ [name]: file.bytes })
  records = await register.records()
  open = await register.rejections('open')
}, 120_000)
afterAll(() => register?.close())

test('the register is broken in more than thirty ways, on at least one row in a hundred', () => {
  expect(ways.length).toBeGreaterThanOrEqual(rows / 100)
  expect(new Set(ways.map((way) => way.says)).size).toBe(ways.length)
  expect(new Set(ways.map((way) => way.refused?.[0]?.rule)).size).toBeGreaterThan(10)
  expect(Math.max(...spoilt.keys())).toBeLessThan(rows - 60)
})

test('every row that nothing is wrong with is in', () => {
  const missing = [...Array(rows).keys()].filter((index) => !spoilt.has(index) && !records.has(numberOf(index)))
  expect(missing).toEqual([])
  const remarked = [...records.values()].filter(({ record }) => record.quality.length > 0)
  expect(remarked.length, 'no clean row carries a note').toBe(count((way) => (way.notes?.length ?? 0) > 0))
})

test('every record is a person of its own: what is broken in one row joins nobody to another', async () => {
  expect(await register.strays()).toEqual([])
  const [people] = await register.hub.owner.query<{ count: number }>('select count(*)::int as count from beneficiary')
  expect(people?.count).toBe(records.size)
})

test('the counts add up: what was read is in or rejected', () => {
  const read = rows - count((way) => way.nobody === true) + ways.reduce((sum, way) => sum + (way.rows ?? 1) - 1, 0)
  const { counts } = run
  expect(counts).toMatchObject({ read, rejected: refusals, changed: 0, absent: 0 })
  expect(counts.added + counts.unchanged + counts.rejected).toBe(counts.read)
  expect(counts.added).toBe(records.size)
  expect(open).toHaveLength(refusals)
})

describe.each(ways.map((way) => [way.says, way] as const))('%s', (_, way) => {
  const index = indexOf(way)

  test(
    way.refused
      ? `is one rejection: ${way.refused.map(({ rule, pointer }) => `${rule} at ${pointer || 'the row'}`).join(', ')}`
      : way.nobody
        ? 'is no row, and nobody is told'
        : way.notes?.length
          ? `is in, with a note: ${way.notes.map(([code, pointer]) => `${code} at ${pointer || 'the row'}`).join(', ')}`
          : 'is in',
    () => {
      const here = open.filter((rejection) => rejection.origin === file.originOf.get(index))
      expect(
        here.map(({ stream, state, reasons }) => ({
          stream,
          state,
          reasons: reasons.map(({ rule, pointer }) => ({ rule, pointer })),
        })),
      ).toEqual(way.refused ? [{ stream: 'member', state: 'open', reasons: way.refused }] : [])
      expect(records.has(numberOf(index))).toBe(isIn(way))
      expect(records.get(numberOf(index))?.record.quality.map(({ code, pointer }) => [code, pointer]) ?? []).toEqual(
        way.notes ?? [],
      )
    },
  )

  test('leaves the rows above and below alone', () => {
    for (const near of [index - 2, index - 1, index + 1, index + 2])
      if (!spoilt.has(near)) expect(records.has(numberOf(near)), `row ${near}`).toBe(true)
  })
})

test('a rejection says where, which rule and what would be right, and repeats nothing of the row', () => {
  for (const { origin, reasons } of open) {
    const index = [...file.originOf].find(([, other]) => other === origin)?.[0] ?? -1
    const row = rowOf(index)
    const told = JSON.stringify({ origin, reasons })
    for (const { message } of reasons) expect(message).toMatch(/^[A-Z].{10,}\.$/)
    const values = [row['Member No'], row.Surname, ...row['Other Names'].split(' '), row['ID No'], row.Phone, 'Kamau']
    expect(values.filter((value) => told.includes(value))).toEqual([])
    // Whatever the way wrote into the row does not come out either.
    const cells = String(spoilt.get(index)?.spoil(row, index)).split(/[,;]/)
    expect(
      cells.filter((cell) => cell.length > 4 && told.includes(cell) && !/^(Act 2013|Haba Haba)$/.test(cell)),
    ).toEqual([])
  }
})

describe('after the owner has mended the file', () => {
  let again: SyncRun
  let after: Map<string, StoredRecord>
  beforeAll(async () => {
    again = await register.deliver({ [name]: mended().bytes })
    after = await register.records()
  }, 120_000)

  test('every row is in, as it should have been', async () => {
    expect([...Array(rows).keys()].filter((index) => !after.has(numberOf(index)))).toEqual([])
    expect([...after.values()].filter(({ record }) => record.quality.length > 0)).toEqual([])
    expect(again.counts).toMatchObject({ read: rows, rejected: 0, absent: 0 })
    expect(again.counts.added).toBe(rows - records.size)
    expect(await register.strays()).toEqual([])
  })

  test('every rejection is settled by the better row, and none is left to be replayed over it', async () => {
    const states = (await register.rejections()).map(({ origin, state, reasons }) => [origin, reasons[0]?.rule, state])
    expect(states.filter(([, , state]) => state !== 'superseded')).toEqual([])
    expect(states).toHaveLength(refusals)
    expect(await register.hub.core.replayRejections('ke-nssf')).toEqual({ accepted: 0, rejected: 0 })
  })
})

describe('after the adapter has been mended', () => {
  let other: InboxHub
  let isMended = false
  const places = new Map([...broken().originOf].map(([index, origin]) => [origin, index]))
  /** A mended adapter: reads what it could not read before, and everything else as before. */
  const wrap = (adapter: Adapter): Adapter => ({
    ...adapter,
    pull: (checkpoint, context) => adapter.pull(checkpoint, context),
    normalise(raw) {
      const read = adapter.normalise(raw)
      const index = places.get(raw.origin)
      return read.outcome === 'record' || !isMended || index === undefined
        ? read
        : adapter.normalise({ ...raw, data: rowOf(index) })
    },
  })
  beforeAll(async () => {
    other = await inboxHub('ke-nssf', wrap)
    await other.deliver({ [name]: broken().bytes })
  }, 120_000)
  afterAll(() => other?.close())

  test('before that, a replay changes nothing: each row is refused again', async () => {
    const before = await other.records()
    expect(await other.hub.core.replayRejections('ke-nssf')).toEqual({ accepted: 0, rejected: refusals })
    expect(await other.records()).toEqual(before)
    expect(await other.rejections('open')).toHaveLength(refusals)
  })

  test('each rejection that is replayed is a record with its person, and says that it was replayed', async () => {
    isMended = true
    const before = await other.records()
    const clashes = count((way) => way.refused?.[0]?.rule === 'source-id-unique')
    expect(await other.hub.core.replayRejections('ke-nssf')).toEqual({
      accepted: refusals - clashes,
      rejected: clashes,
    })
    await other.hub.core.resolveWaiting()
    const now = await other.records()
    expect(now.size).toBe(before.size + refusals - clashes)
    for (const [sourceId, { record }] of before) expect(now.get(sourceId)?.record).toEqual(record)
    expect(await other.strays()).toEqual([])
    expect(await other.rejections('replayed')).toHaveLength(refusals - clashes)
    expect((await other.rejections('open')).map(({ reasons }) => reasons[0]?.rule)).toEqual(
      Array(clashes).fill('source-id-unique'),
    )
  })

  test('a second replay finds nothing to do', async () => {
    expect((await other.hub.core.replayRejections('ke-nssf')).accepted).toBe(0)
  })
})

// A replay takes the run out of a rejection (store/rejections.ts, `run = excluded.run`), and the list that ends settles only those
// with a run. When that is mended, this becomes a plain test.
test('a replay in vain does not keep the mended file from settling the rejection', async () => {
  const small = await inboxHub('ke-nssf')
  try {
    await small.deliver({ [name]: registerFile(name, 5, (index) => (index === 2 ? ',,,,,,,,,,,,5' : undefined)).bytes })
    expect(await small.hub.core.replayRejections('ke-nssf')).toEqual({ accepted: 0, rejected: 1 })
    await small.deliver({ [name]: registerFile(name, 5, () => undefined).bytes })
    expect((await small.rejections()).map(({ state }) => state)).toEqual(['superseded'])
  } finally {
    await small.close()
  }
})
