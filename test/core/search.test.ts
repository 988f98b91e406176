/** What a search may be asked by, whom it counts, and what it leaves in the audit log. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { SearchQuery } from '../../core/search.ts'
import { desk, type TestCore, testCore } from '../kit/core.ts'
import { paperRegistry } from '../kit/paper.ts'

const nssf = paperRegistry('ke-nssf')
const given = [...'ABCDEFGHIJKL'].map((letter) => `${letter}chieng`)
const grace = {
  no: '990000001',
  name: 'Grace Wanjiru Kamau',
  born: '1988-03-14',
  sex: 'female',
  id: '99000001',
} as const
const peter = { no: '990000002', name: 'Peter Otieno Odhiambo', born: '1990-01-05', id: '99000002' }
const crowd = given.map((name, index) => ({
  no: `99000010${index}`,
  name: `${name} Mutua Kilonzo`,
  born: '1975-06-01',
}))
let hub: TestCore

beforeAll(async () => {
  hub = await testCore([nssf])
  nssf.lines = [grace, peter, ...crowd]
  await hub.sync('ke-nssf')
  await hub.core.resolveWaiting()
})
afterAll(() => hub.close())

const lastLeaf = async () => {
  const leaves = await hub.owner.query<{ body: string }>(
    `select convert_from(body, 'UTF8') as body from audit_leaf order by xid, id`,
  )
  return { count: leaves.length, body: JSON.parse(leaves.at(-1)?.body ?? '{}') }
}

const notAgreed: [pointer: string, query: Omit<SearchQuery, 'name'>][] = [
  ['/birthDate', { birthDate: '1988-03-14' }],
  ['/sex', { sex: 'female' }],
  ['/phone', { phone: '+254712000001' }],
  ['/place', { place: 'Nairobi' }],
  ['/identifiers', { identifiers: [{ type: 'national-id', issuer: 'ke', value: '99000001' }] }],
]
test.each(notAgreed)('%s is refused when the agreement does not cover it, whoever is meant', async (pointer, query) => {
  const asker = { ...desk, purpose: 'names' }
  for (const name of ['Grace Wanjiru Kamau', 'Nobody Known'])
    await expect(hub.core.search({ name, ...query }, asker)).rejects.toMatchObject({
      code: 'invalid_request',
      reasons: [{ pointer, rule: 'not-agreed' }],
    })
})

test('an agreement that covers the fields finds her by them; by the name alone the narrow one is not refused', async () => {
  const full = await hub.core.search({ name: 'Grace Wanjiru Kamau', birthDate: '1988-03-14', sex: 'female' }, desk)
  expect(full.candidates.map((one) => one.beneficiary.name?.full)).toEqual(['Grace Wanjiru Kamau'])
  expect(await hub.core.search({ name: 'Grace Wanjiru Kamau' }, { ...desk, purpose: 'names' })).toMatchObject({
    outcome: 'none',
  })
})

test('a record that its registry no longer lists finds nobody, and the audit log says so', async () => {
  const query = { name: 'Peter Otieno Odhiambo', birthDate: '1990-01-05' }
  expect(await hub.core.search(query, desk)).toMatchObject({ outcome: 'candidates' })
  expect((await lastLeaf()).body).toMatchObject({ outcome: 'shown' })
  nssf.lines = nssf.lines.filter((line) => line.no !== peter.no)
  await hub.sync('ke-nssf')
  const { count } = await lastLeaf()
  // Not resolved yet: what was built of him before still stands, and is not shown either.
  expect(await hub.core.search(query, desk)).toEqual({ outcome: 'none', candidates: [] })
  const leaf = await lastLeaf()
  expect(leaf.count).toBe(count + 1)
  expect(leaf.body).toMatchObject({ outcome: 'none' })
  expect(leaf.body).not.toHaveProperty('subject')
  await hub.core.resolveWaiting()
  expect(await hub.core.search(query, desk)).toEqual({ outcome: 'none', candidates: [] })
})

test('ten people fit when no limit is given; more than the limit is too many, and shows nobody', async () => {
  const query = { name: 'Mutua Kilonzo', birthDate: '1975-06-01' }
  const all = await hub.core.search({ ...query, limit: 20 }, desk)
  expect(all.candidates).toHaveLength(crowd.length)
  expect(await hub.core.search(query, desk)).toEqual({ outcome: 'too_many', candidates: [] })
  expect((await lastLeaf()).body).toMatchObject({ outcome: 'too-many' })
  nssf.lines = nssf.lines.filter((line) => !crowd.slice(10).includes(line as (typeof crowd)[number]))
  await hub.sync('ke-nssf')
  await hub.core.resolveWaiting()
  expect((await hub.core.search(query, desk)).candidates).toHaveLength(10)
})
