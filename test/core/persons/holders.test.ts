import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestCore, testCore } from '../../kit/core.ts'
import { type Line, paperRegistry } from '../../kit/paper.ts'

const phone = '+254712000001'
const jane: Line = { no: '1', name: 'Jane Achieng Odhiambo', born: '1990-06-07', sex: 'female', phone }
const fund = paperRegistry('ke-nssf')
const health = paperRegistry('ke-sha')
let hub: TestCore
beforeEach(async () => {
  hub = await testCore([fund, health])
})
afterEach(() => hub.close())

/** Others who hold the telephone, with nothing else in common. */
const customers = (count: number): Line[] =>
  [...Array(count).keys()].map((n) => ({
    no: String(100 + n),
    name: `Peter ${'BCDFGHJKLMNP'[n % 12]}a${'bcdfghjklmnp'[n % 12]}undu Mwangi`,
    born: `${1950 + n}-0${1 + (n % 9)}-11`,
    sex: 'male',
    phone,
  }))

const outcomes = async () =>
  (
    await hub.owner.query<{ outcome: string; level: string }>(
      `select outcome, jsonb_path_query_first(parts, '$[*] ? (@.on == "phone").level') #>> '{}' as level
       from decision d join source_record r on r.id = d.a join source_record q on q.id = d.b where r.registry <> q.registry`,
    )
  ).map(({ outcome, level }) => `${outcome} ${level}`)

async function bring(others: number): Promise<void> {
  fund.lines = [jane, ...customers(others)]
  expect((await hub.sync('ke-nssf')).status).toBe('succeeded')
  await hub.core.resolveWaiting()
  health.lines = [{ ...jane, no: 'CR990000000001-1' }]
  expect((await hub.sync('ke-sha')).status).toBe('succeeded')
  await hub.core.resolveWaiting()
}

test('a telephone of a household stands beside name and birth date', async () => {
  await bring(4)
  expect(await outcomes()).toEqual(['link same'])
})

test('a telephone that a dozen people hold leaves name and birth date alone, and a steward is asked', async () => {
  await bring(12)
  expect(await outcomes()).toEqual(['review shared'])
})

test('people of one household are not counted by their records: a record a month is one person', async () => {
  fund.lines = [...Array(12).keys()].map((n) => ({
    ...jane,
    no: `m${n}`,
    id: '99000001',
    months: [`2026-0${1 + (n % 9)}`],
  }))
  expect((await hub.sync('ke-nssf')).status).toBe('succeeded')
  await hub.core.resolveWaiting()
  health.lines = [{ ...jane, no: 'CR990000000001-1' }]
  expect((await hub.sync('ke-sha')).status).toBe('succeeded')
  await hub.core.resolveWaiting()
  expect(new Set(await outcomes())).toEqual(new Set(['link same']))
})
