import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Adapter } from '../../adapters/contract.ts'
import type { Asker } from '../../core/asker.ts'
import { desk, type TestCore, testCore } from '../kit/core.ts'
import { type Line, paperRegistry } from '../kit/paper.ts'

const grace: Line = {
  no: '990000001',
  name: 'Grace Wanjiru Kamau',
  born: '1988-03-14',
  sex: 'female',
  id: '99000001',
  phone: '+254712000001',
  months: ['2026-08', '2026-09'],
}
const nssf = paperRegistry('ke-nssf')
const sha = paperRegistry('ke-sha', { stream: 'client' })
const lsso = paperRegistry('la-lsso', { stream: 'insured/01' })
const live: Line = {
  no: 'CR9900000000001-1',
  name: 'Wanjiru Kamau Grace',
  born: '1988-03-14',
  sex: 'female',
  id: '99000001',
}
const asked: string[] = []
const askable: Adapter = {
  ...sha,
  pull: (checkpoint, context) => sha.pull(checkpoint, context),
  async fetchOne(identifier) {
    asked.push(identifier.type)
    if (identifier.value === '99000404') throw new Error('the line is down')
    return identifier.value === '99000001' ? [{ stream: 'client', origin: 'call', data: { ...live } }] : []
  },
}
let hub: TestCore

beforeAll(async () => {
  hub = await testCore([nssf, askable, lsso])
  nssf.lines = [grace, { no: '990000002', name: 'Peter Otieno', born: '1990-01-05', id: '99000002' }]
  sha.lines = [live, { no: 'CR9900000000003-1', name: 'Halima Abdi', born: '1970-07-07', id: '99000002' }]
  lsso.lines = [{ no: '0100001', name: 'Somsack Phommachanh', born: '1980-05-05' }]
  for (const registry of ['ke-nssf', 'ke-sha', 'la-lsso']) await hub.sync(registry)
  await hub.core.resolveWaiting()
})
afterAll(() => hub.close())

const national = (value: string, refresh = false) => ({
  identifier: { type: 'national-id', issuer: 'ke', value } as const,
  refresh,
})
const leaves = () =>
  hub.owner.query<{ body: string }>(`select convert_from(body, 'UTF8') as body from audit_leaf order by xid, id`)

test('an identifier answers one person with what both registries state, each fact with its registry', async () => {
  const answer = await hub.core.lookup(national('99000001'), desk)
  if (answer.outcome !== 'match') throw new Error('no match')
  const { beneficiary } = answer
  expect(beneficiary.name).toMatchObject({ full: 'Wanjiru Kamau Grace', registry: 'ke-sha' })
  expect(beneficiary.birthDate).toEqual({ value: '1988-03-14', registry: 'ke-sha', disputed: false })
  expect(beneficiary.enrolments?.map((one) => one.registry).sort()).toEqual(['ke-nssf', 'ke-sha'])
  expect(beneficiary.contributions?.map((one) => one.month)).toEqual(['2026-09', '2026-08'])
  expect(beneficiary.registries.map(({ registry, status, stale }) => ({ registry, status, stale }))).toEqual([
    { registry: 'ke-nssf', status: 'record', stale: false },
    { registry: 'ke-sha', status: 'record', stale: false },
  ])
})

test('leading zeros, spaces and Excel floats find the same person', async () => {
  for (const written of ['099000001', ' 99000001 ', '99000001.0'])
    expect(await hub.core.lookup(national(written), desk)).toMatchObject({ outcome: 'match' })
})

test('the audit leaf of an answer names agency, purpose, officer and fields, and nobody', async () => {
  const before = (await leaves()).length
  await hub.core.lookup(national('99000001'), { ...desk, case: 'case-1' })
  const all = await leaves()
  expect(all.length).toBe(before + 1)
  expect(JSON.parse(all.at(-1)?.body ?? '')).toMatchObject({
    agency: 'clinic',
    purpose: 'coverage',
    officer: 'officer-7',
    case: 'case-1',
    outcome: 'shown',
  })
  expect(all.map((leaf) => leaf.body).join()).not.toMatch(/99000001|Grace|Wanjiru/)
})

test('an unknown identifier is none, with what each registry knows, and leaves a leaf too', async () => {
  const before = (await leaves()).length
  const answer = await hub.core.lookup(national('99099999'), desk)
  expect(answer).toMatchObject({ outcome: 'none', registries: [{ status: 'no-record' }, { status: 'no-record' }] })
  expect((await leaves()).length).toBe(before + 1)
})

test('an identifier that two people hold shows nobody', async () => {
  await expect(hub.core.lookup(national('99000002'), desk)).rejects.toMatchObject({ code: 'identifier_conflict' })
})

test('only the agreed fields are answered', async () => {
  const answer = await hub.core.lookup(national('99000001'), { ...desk, purpose: 'names' })
  if (answer.outcome !== 'match') throw new Error('no match')
  expect(Object.keys(answer.beneficiary).sort()).toEqual(['id', 'name', 'registries'])
  expect(answer.beneficiary.name?.registry).toBe('ke-nssf')
})

const refusals: { says: string; asker: Partial<Asker>; code: string }[] = [
  { says: 'an unknown purpose', asker: { purpose: 'nothing' }, code: 'agreement_missing' },
  { says: 'a purpose without agreement', asker: { purpose: 'unagreed' }, code: 'agreement_missing' },
  { says: 'an expired agreement', asker: { purpose: 'old' }, code: 'agreement_missing' },
  { says: 'an unknown client', asker: { client: 'nobody' }, code: 'agreement_missing' },
]
test.each(refusals)('$says is refused before anything is looked up', async ({ asker, code }) => {
  await expect(hub.core.lookup(national('99000001'), { ...desk, ...asker })).rejects.toMatchObject({ code })
})

test('a purpose that needs an officer is refused without one', async () => {
  const { officer: _left, ...without } = desk
  await expect(hub.core.lookup(national('99000001'), without)).rejects.toMatchObject({ code: 'officer_missing' })
})

test("a foreign agency's person looks like nobody, by identifier and by id", async () => {
  const counter = { ...desk, client: 'counter' }
  const answer = await hub.core.lookup(national('99000001'), counter)
  expect(answer).toMatchObject({ outcome: 'none', registries: [{ registry: 'la-lsso' }] })
  const shown = await hub.core.lookup(national('99000001'), desk)
  const id = shown.outcome === 'match' ? shown.beneficiary.id : ''
  await expect(hub.core.readBeneficiary(id, counter)).rejects.toMatchObject({ code: 'not_found' })
  await expect(hub.core.readBeneficiary('00000000-0000-7000-8000-000000000000', counter)).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('an identifier that breaks its rule, and a filler value, are told apart from nobody', async () => {
  await expect(hub.core.lookup(national('A123456'), desk)).rejects.toMatchObject({
    code: 'identifier_invalid',
    reasons: [{ pointer: '/identifier/value' }],
  })
  await expect(hub.core.lookup(national('00000000'), desk)).rejects.toMatchObject({ code: 'identifier_invalid' })
})

test('a live refresh asks the registry, takes its answer in, and says so', async () => {
  live.name = 'Grace Wanjiru Kamau Njoki'
  const answer = await hub.core.lookup(national('99000001', true), desk)
  if (answer.outcome !== 'match') throw new Error('no match')
  expect(asked).toContain('national-id')
  expect(answer.beneficiary.name?.full).toBe('Grace Wanjiru Kamau Njoki')
  expect(answer.beneficiary.registries.find((one) => one.registry === 'ke-sha')).toMatchObject({
    refreshed: true,
    status: 'record',
  })
})

test('a registry that cannot be reached is unavailable, never "no record"', async () => {
  const answer = await hub.core.lookup(national('99000404', true), desk)
  expect(answer).toMatchObject({
    outcome: 'none',
    registries: [
      { registry: 'ke-nssf', status: 'no-record' },
      { registry: 'ke-sha', status: 'unavailable' },
    ],
  })
})

test('facts come in pages, latest month first, within the asked months', async () => {
  const shown = await hub.core.lookup(national('99000001'), desk)
  const id = shown.outcome === 'match' ? shown.beneficiary.id : ''
  const first = await hub.core.listContributions(id, { limit: 1 }, desk)
  const second = await hub.core.listContributions(id, { limit: 1, cursor: first.nextCursor }, desk)
  expect([first, second].flatMap((page) => page.items.map((item) => item.month))).toEqual(['2026-09', '2026-08'])
  expect(second.nextCursor).toBeUndefined()
  expect((await hub.core.listContributions(id, { to: '2026-08' }, desk)).items).toHaveLength(1)
  await expect(hub.core.listContributions(id, { cursor: 'made-up' }, desk)).rejects.toMatchObject({
    code: 'invalid_request',
  })
  expect((await hub.core.listRecords(id, {}, desk)).items.map((item) => item.registry).sort()).toEqual([
    'ke-nssf',
    'ke-sha',
  ])
  await expect(hub.core.listContributions(id, {}, { ...desk, purpose: 'names' })).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('search answers scored candidates with reasons, and only agreed registries count', async () => {
  const found = await hub.core.search({ name: 'Grace Kamau', birthDate: '1988-03-14', sex: 'female' }, desk)
  expect(found.outcome).toBe('candidates')
  expect(found.candidates[0]?.reasons.length).toBeGreaterThan(1)
  expect(await hub.core.search({ name: 'Somsack Phommachanh', birthDate: '1980-05-05' }, desk)).toEqual({
    outcome: 'none',
    candidates: [],
  })
})

test('if the audit log cannot be written, nothing is shown', async () => {
  await hub.owner.query('revoke insert on audit_leaf from pamoja_app', [])
  try {
    await expect(hub.core.lookup(national('99000001'), desk)).rejects.toMatchObject({ code: 'audit_unavailable' })
    await expect(hub.core.search({ name: 'Grace Kamau', birthDate: '1988-03-14' }, desk)).rejects.toMatchObject({
      code: 'audit_unavailable',
    })
  } finally {
    await hub.owner.query('grant insert on audit_leaf to pamoja_app', [])
  }
})

test('the role that the hub works as may add audit leaves and neither change nor remove them', async () => {
  for (const sql of ['update audit_leaf set at = now()', 'delete from audit_leaf', 'truncate audit_leaf'])
    await expect(hub.needs.db.query(sql, [])).rejects.toMatchObject({ code: '42501' })
})
