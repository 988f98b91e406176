import { afterEach, beforeEach, expect, test } from 'vitest'
import { laLsso } from '../../../adapters/la-lsso/adapter.ts'
import { readRecords } from '../../../store/records.ts'
import { type TestCore, testCore } from '../../kit/core.ts'
import { type Inbox, makeInbox, workbook } from '../folder.ts'
import { headings, insuredRow, titles } from './source.ts'

let inbox: Inbox
let hub: TestCore
beforeEach(async () => {
  inbox = await makeInbox()
  const adapter = laLsso({
    registry: 'la-lsso',
    timeZone: 'Asia/Vientiane',
    today: '2026-11-22',
    inbox: inbox.path,
    options: { settleMs: 0 },
  })
  hub = await testCore([adapter])
})
afterEach(async () => {
  await hub.close()
  await inbox.remove()
})

const list = (people: readonly number[], month: string) =>
  workbook([...titles, headings, ...people.map((i) => insuredRow(i, { month }))])

const sync = async () => {
  const { run, status } = await hub.sync('la-lsso')
  expect(status).toBe('succeeded')
  return (await hub.core.syncRun('la-lsso', run)).counts
}

/** The streams that a person stands in now. */
const streamsOf = async (number: string): Promise<string[]> => {
  const rows = await hub.owner.query<{ id: string }>('select id from source_record where absent_since is null')
  const records = await readRecords(
    hub.owner,
    hub.needs.keys,
    rows.map(({ id }) => id),
  )
  return records
    .filter(({ record }) => record.identifiers.some(({ value }) => value === number))
    .map(({ record }) => record.stream)
    .sort()
}

test('the payments of earlier months outlive the next month’s list, and somebody’s leaving of the roll', async () => {
  await inbox.put('lsso-17-2026-02.xlsx', await list([1, 2, 3], '02/2026'))
  expect(await sync()).toMatchObject({ read: 6, added: 6 })
  await inbox.put('lsso-17-2026-03.xlsx', await list([1, 2], '03/2026'))
  expect(await sync()).toMatchObject({ read: 4, added: 2, unchanged: 2, rejected: 0, absent: 1 })
  expect(await streamsOf('17-991000001')).toEqual(['insured/17', 'payment/17-2026-02', 'payment/17-2026-03'])
  expect(await streamsOf('17-991000003')).toEqual(['payment/17-2026-02'])
})

test('both months are kept when their lists are read in one pull', async () => {
  await inbox.put('lsso-17-2026-02.xlsx', await list([1, 2], '02/2026'))
  await inbox.put('lsso-17-2026-03.xlsx', await list([1, 2], '03/2026'))
  expect(await sync()).toMatchObject({ read: 8, added: 6, unchanged: 2, rejected: 0, absent: 0 })
  expect(await streamsOf('17-991000002')).toEqual(['insured/17', 'payment/17-2026-02', 'payment/17-2026-03'])
})

test('a corrected list of the same month takes back the payments that are no longer in it', async () => {
  await inbox.put('lsso-17-2026-02.xlsx', await list([1, 2, 3], '02/2026'))
  await sync()
  await inbox.put('lsso-17-2026-02-corrected.xlsx', await list([1, 2], '02/2026'))
  expect(await sync()).toMatchObject({ unchanged: 4, absent: 2 })
  expect(await streamsOf('17-991000003')).toEqual([])
})
