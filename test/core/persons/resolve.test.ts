import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeBook, type PreparedCache } from '../../../core/persons/book.ts'
import { resolveWaiting } from '../../../core/persons/resolve.ts'
import { currentPerson, lockPersons } from '../../../store/persons.ts'
import { openPool } from '../../../store/pool.ts'
import { sourceKey } from '../../../store/records.ts'
import { desk, type TestCore, testCore } from '../../kit/core.ts'
import { type Line, type Paper, paperRegistry } from '../../kit/paper.ts'

const grace: Line = {
  no: '990000001',
  name: 'Grace Wanjiru Kamau',
  born: '1988-03-14',
  sex: 'female',
  id: '99000001',
  phone: '+254712000001',
}
const graceAtSha: Line = { ...grace, no: 'CR9900000000001-1', name: 'Wanjiru Kamau Grace' }
const peter: Line = { no: '990000002', name: 'Peter Otieno Ouma', born: '1990-01-05', sex: 'male', id: '99000002' }

let nssf: Paper
let sha: Paper
let hub: TestCore
beforeEach(async () => {
  nssf = paperRegistry('ke-nssf', { pageSize: 2 })
  sha = paperRegistry('ke-sha', { pageSize: 2, stream: 'client' })
  hub = await testCore([nssf, sha])
})
afterEach(() => hub.close())

/** Both registries' lists as they stand, resolved. */
async function bring(lines: { nssf?: Line[]; sha?: Line[] }) {
  for (const [paper, given] of [[nssf, lines.nssf] as const, [sha, lines.sha] as const]) {
    if (!given) continue
    paper.lines = given
    expect((await hub.sync(paper.registry)).status).toBe('succeeded')
  }
  return hub.core.resolveWaiting()
}
const personOf = async ({ no }: Line, registry = no.startsWith('CR') ? 'ke-sha' : 'ke-nssf') =>
  (
    await hub.owner.query<{ person: string }>(
      `select m.person from membership m join source_record r on r.id = m.record
       where m.until is null and r.registry = $1 and r.source_key = $2`,
      [registry, sourceKey(hub.needs.keys, registry, no)],
    )
  )[0]?.person
const lookUp = async (value: string) => {
  const identifier = { type: 'national-id', issuer: 'ke', value } as const
  const answer = await hub.core.lookup({ identifier, refresh: false }, desk)
  return answer.outcome === 'match' ? answer.beneficiary : undefined
}
const count = async (sql: string) =>
  (await hub.owner.query<{ count: number }>(`select count(*)::int as count ${sql}`))[0]

test('the records of two registries about one human being become one person, and others stay apart', async () => {
  expect(await bring({ nssf: [grace, peter], sha: [graceAtSha] })).toBe(3)
  expect(await personOf(grace)).toBe(await personOf(graceAtSha))
  expect(await personOf(peter)).not.toBe(await personOf(grace))
  expect(await count('from beneficiary')).toEqual({ count: 2 })
})

test('a person keeps its id when more records join, in the same run or later', async () => {
  await bring({ nssf: [grace, peter] })
  const before = await personOf(grace)
  await bring({ sha: [graceAtSha, { ...graceAtSha, no: 'CR9900000000009-1' }] })
  expect(await personOf(graceAtSha)).toBe(before)
  expect(await personOf({ ...graceAtSha, no: 'CR9900000000009-1' })).toBe(before)
  expect(await personOf(grace)).toBe(before)
})

test('two persons that turn out to be one merge into the older, and the other id redirects to it for ever', async () => {
  await bring({ nssf: [grace], sha: [{ no: graceAtSha.no, name: 'Grace Kamau' }] })
  const [older, newer] = [await personOf(grace), await personOf(graceAtSha)]
  expect(newer).not.toBe(older)
  await bring({ sha: [graceAtSha] })
  expect(await personOf(graceAtSha)).toBe(older)
  expect(await currentPerson(hub.owner, newer ?? '')).toBe(older)
  expect(await count(`from beneficiary where person = '${newer}'`)).toEqual({ count: 0 })
  expect(await count(`from membership where until is not null and person = '${newer}'`)).toEqual({ count: 1 })
})

test('when a merge turns out to be wrong, each id answers its own person again', async () => {
  await bring({ nssf: [grace], sha: [{ no: graceAtSha.no, name: 'Grace Kamau' }] })
  const [older, newer] = [await personOf(grace), await personOf(graceAtSha)]
  await bring({ sha: [graceAtSha] })
  expect(await personOf(graceAtSha)).toBe(older)
  await hub.owner.query(`update decision set outcome = 'distinct', made_by = 'steward'`)
  await bring({ sha: [{ ...graceAtSha, phone: '+254712000009' }] })
  expect(await personOf(grace)).toBe(older)
  expect(await personOf(graceAtSha)).toBe(newer)
  expect(await currentPerson(hub.owner, newer ?? '')).toBe(newer)
})

test('a number that is given to somebody else does not take the id of the person who had it along', async () => {
  await bring({ nssf: [grace] })
  const before = (await personOf(grace)) ?? ''
  await bring({ nssf: [{ ...peter, no: grace.no }] })
  expect(await personOf(grace)).not.toBe(before)
  await expect(hub.core.readBeneficiary(before, desk)).rejects.toMatchObject({ code: 'not_found' })
  expect((await lookUp('99000002'))?.name?.full).toBe(peter.name)
})

test('until a changed record is resolved, nothing of it is shown under the person it belonged to', async () => {
  await bring({ nssf: [{ ...grace, months: ['2026-08'] }] })
  const id = (await personOf(grace)) ?? ''
  nssf.lines = [{ ...peter, no: grace.no, months: ['2026-09'] }]
  await hub.sync('ke-nssf')
  expect(await lookUp('99000002')).toBeUndefined()
  expect((await hub.core.listContributions(id, {}, desk)).items.map((item) => item.month)).toEqual(['2026-08'])
  expect((await lookUp('99000001'))?.name?.full).toBe(grace.name)
})

test('a person with hundreds of monthly records stays one person, and costs few comparisons a record', async () => {
  const months = [...Array(420).keys()].map((n) => ({ ...grace, no: `r-${n}` }))
  nssf = paperRegistry('ke-nssf', { pageSize: 100 })
  await hub.close()
  hub = await testCore([nssf, sha])
  await bring({ nssf: months.slice(0, 300) })
  await bring({ nssf: months })
  expect(await count('from (select distinct person from membership where until is null) as persons')).toEqual({
    count: 1,
  })
  expect((await lookUp('99000001'))?.name?.full).toBe(grace.name)
})

test('one of three holders who is no longer listed does not make one of the other two look like the only one', async () => {
  const holder = (n: number, name: string) => ({
    no: `99000010${n}`,
    name,
    born: `19${50 + n * 7}-02-03`,
    id: '99000777',
  })
  const three = [holder(1, 'Amina Hassan Yusuf'), holder(2, 'Boniface Kiprono Rotich'), holder(3, 'Carol Atieno Ouma')]
  await bring({ nssf: [...three, grace, peter] })
  await expect(lookUp('99000777')).rejects.toMatchObject({ code: 'identifier_conflict' })
  for (const gone of three) {
    await bring({ nssf: [...three.filter((one) => one !== gone), grace, peter] })
    await expect(lookUp('99000777')).rejects.toMatchObject({ code: 'identifier_conflict' })
  }
})

test('a record whose identity changes moves out, and both persons say what their own records say', async () => {
  await bring({ nssf: [grace], sha: [graceAtSha] })
  const together = await personOf(grace)
  await bring({ sha: [{ ...peter, no: graceAtSha.no }] })
  expect(await personOf(grace)).toBe(together)
  expect(await personOf(graceAtSha)).not.toBe(together)
  expect((await lookUp('99000001'))?.name).toMatchObject({ full: grace.name, registry: 'ke-nssf' })
  expect((await lookUp('99000002'))?.name).toMatchObject({ full: peter.name, registry: 'ke-sha' })
  expect(await count('from decision'), 'nothing is left of the old link').toEqual({ count: 0 })
})

test("a steward's word outlives every new comparison", async () => {
  await bring({ nssf: [grace], sha: [graceAtSha] })
  const together = await personOf(grace)
  await hub.owner.query(`update decision set outcome = 'distinct', made_by = 'steward'`)
  await bring({ sha: [{ ...graceAtSha, phone: '+254712000002' }] })
  const owners = [await personOf(grace), await personOf(graceAtSha)]
  expect(owners).toContain(together)
  expect(owners[0]).not.toBe(owners[1])
  expect(await hub.owner.query('select outcome, made_by from decision order by made_by')).toEqual([
    { outcome: 'link', made_by: 'model' },
    { outcome: 'distinct', made_by: 'steward' },
  ])
})

test('a batch that cannot be resolved is parked after five attempts, and the others are resolved', async () => {
  nssf.lines = [
    grace,
    peter,
    ...[3, 4, 5, 6].map((n) => ({ no: `99000000${n}`, name: `Person Family${n}`, id: `9900000${n}` })),
  ]
  await hub.sync('ke-nssf')
  await hub.owner.query(`update source_record set sealed = '\\x01' where source_key = $1`, [
    sourceKey(hub.needs.keys, 'ke-nssf', '990000004'),
  ])
  expect(await hub.core.resolveWaiting()).toBe(4)
  expect(await hub.core.backlog()).toEqual({ waiting: 0, parked: 1 })
  expect(await count('from outbox where attempts = 5')).toEqual({ count: 1 })
  expect(await count('from membership where until is null')).toEqual({ count: 4 })
})

test('a row is not counted as failed when somebody else holds the lock for too long', async () => {
  nssf.lines = [grace]
  await hub.sync('ke-nssf')
  const db = openPool(hub.url, { statementTimeoutMs: 300 })
  try {
    await hub.owner.transaction(async (tx) => {
      await lockPersons(tx)
      await expect(resolveWaiting({ ...hub.needs, db })).rejects.toMatchObject({ code: 'unavailable' })
    })
    expect(await count('from outbox where attempts = 0')).toEqual({ count: 1 })
    expect(await resolveWaiting(hub.needs)).toBe(1)
  } finally {
    await db.close()
  }
})

test('a record that its registry no longer lists leaves the answer, and comes back with the record', async () => {
  const others = [...Array(8).keys()].map((n) => ({ no: `CR99000000001${n}-1`, name: `Person Family${n}` }))
  await bring({ nssf: [grace], sha: [graceAtSha, ...others] })
  expect((await lookUp('99000001'))?.name).toMatchObject({ registry: 'ke-sha' })
  await bring({ sha: others })
  expect((await lookUp('99000001'))?.name).toMatchObject({ registry: 'ke-nssf' })
  await bring({ sha: [graceAtSha, ...others] })
  expect((await lookUp('99000001'))?.name).toMatchObject({ registry: 'ke-sha' })
})

test('a prepared record is kept from batch to batch, but not past a change that another worker wrote', async () => {
  await bring({ nssf: [grace, peter] })
  const ids = (await hub.owner.query<{ id: string }>('select id from source_record order by id')).map((row) => row.id)
  const cache: PreparedCache = new Map()
  const first = await makeBook(hub.needs, hub.owner, [], cache).prepare(ids)
  await bring({ nssf: [grace, { ...peter, born: '1991-02-06' }] })
  const again = await makeBook(hub.needs, hub.owner, [], cache).prepare(ids)
  const [kept, changed] = [ids[0] ?? '', ids[1] ?? '']
  expect(again.get(kept)).toBe(first.get(kept))
  expect(again.get(changed)?.birth).toMatchObject({ year: 1991, month: 2, day: 6 })
})

test('the same records form the same persons, whatever order and batches they come in', async () => {
  const lines = [...Array(40).keys()].map((n): Line => {
    const who = n % 13
    return {
      no: `9900001${String(n).padStart(2, '0')}`,
      name: n % 3 ? `Given${'abcdefghijklm'[who]} Family${who * 7}` : `Family${who * 7} Given${'abcdefghijklm'[who]}`,
      born: `19${60 + who}-04-${10 + who}`,
      ...(n % 4 && { id: String(99_000_100 + who) }),
    }
  })
  const groups = async () => {
    const persons = new Map<string, string[]>()
    for (const line of lines) {
      const person = (await personOf(line)) ?? 'nobody'
      persons.set(person, [...(persons.get(person) ?? []), line.no].sort())
    }
    return [...persons.values()].map((group) => group.join(' ')).sort()
  }
  await bring({ nssf: lines })
  const first = await groups()
  expect(first.length).toBeLessThan(lines.length)
  await hub.close()
  nssf = paperRegistry('ke-nssf', { pageSize: 7 })
  hub = await testCore([nssf, sha])
  await bring({ nssf: lines.toReversed() })
  expect(await groups()).toEqual(first)
})
