/** Reads by id: what an asker who was not told of a person learns, and what the record list tells by the way. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Adapter } from '../../adapters/contract.ts'
import type { Asker } from '../../core/asker.ts'
import { desk, type TestCore, testCore } from '../kit/core.ts'
import { paperRegistry } from '../kit/paper.ts'

const lines = [{ no: '990000001', name: 'Grace Wanjiru Kamau', born: '1988-03-14', id: '99000001' }]
const paper = paperRegistry('ke-nssf', { stream: 'insured/13' })
const lsso = paperRegistry('la-lsso', { stream: 'insured/01' })
const nssf: Adapter = {
  registry: 'ke-nssf',
  pull: (checkpoint, context) => paper.pull(checkpoint, context),
  normalise(raw) {
    const read = paper.normalise(raw)
    if (read.outcome !== 'record') return read
    return { ...read, record: { ...read.record, quality: [{ code: 'two-digit-year', pointer: '/BIRTH DATE' }] } }
  },
}
let hub: TestCore
let id: string

beforeAll(async () => {
  hub = await testCore([nssf, lsso])
  paper.lines = lines
  await hub.sync('ke-nssf')
  await hub.core.resolveWaiting()
  const found = await hub.core.lookup(
    { identifier: { type: 'national-id', issuer: 'ke', value: '99000001' }, refresh: false },
    desk,
  )
  if (found.outcome !== 'match') throw new Error('no match')
  id = found.beneficiary.id
})
afterAll(() => hub.close())

const leaves = async (): Promise<Record<string, unknown>[]> =>
  (
    await hub.owner.query<{ body: string }>(
      `select convert_from(body, 'UTF8') as body from audit_leaf order by xid, id`,
    )
  ).map(({ body }) => JSON.parse(body))

type Read = (id: string, asker: Asker) => Promise<unknown>
const reads: [operation: string, read: Read][] = [
  ['getBeneficiary', (person, asker) => hub.core.readBeneficiary(person, asker)],
  ['listBeneficiaryEnrolments', (person, asker) => hub.core.listEnrolments(person, {}, asker)],
  ['listBeneficiaryContributions', (person, asker) => hub.core.listContributions(person, {}, asker)],
  ['listBeneficiaryBenefits', (person, asker) => hub.core.listBenefits(person, {}, asker)],
  ['listBeneficiaryRecords', (person, asker) => hub.core.listRecords(person, {}, asker)],
]
const nobody = '00000000-0000-7000-8000-000000000000'

test.each(reads)(
  '%s leaves one leaf that says none for an unknown id and for a foreign person',
  async (operation, read) => {
    for (const [person, client] of [
      [nobody, 'desk'],
      [id, 'counter'],
    ] as const) {
      const before = (await leaves()).length
      await expect(read(person, { ...desk, client, operation })).rejects.toMatchObject({ code: 'not_found' })
      const after = await leaves()
      expect(after).toHaveLength(before + 1)
      expect(after.at(-1)).toMatchObject({ operation, client, outcome: 'none', officer: 'officer-7' })
      expect(after.at(-1)).not.toHaveProperty('subject')
    }
  },
)

test('a field that is not agreed is not found, and leaves a leaf too', async () => {
  const before = (await leaves()).length
  await expect(hub.core.listEnrolments(id, {}, { ...desk, purpose: 'names' })).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(await leaves()).toHaveLength(before + 1)
})

test('a cursor that is not ours is refused the same, whether the person is there or not', async () => {
  const refusals = await Promise.all(
    [id, nobody].map((person) =>
      hub.core.listContributions(person, { cursor: 'made-up' }, desk).catch((reason) => reason.code),
    ),
  )
  expect(refusals).toEqual(['invalid_request', 'invalid_request'])
})

test('if the leaf cannot be written, an unknown id is not told from a known one', async () => {
  await hub.owner.query('revoke insert on audit_leaf from pamoja_app', [])
  try {
    for (const person of [id, nobody])
      await expect(hub.core.readBeneficiary(person, desk)).rejects.toMatchObject({ code: 'audit_unavailable' })
  } finally {
    await hub.owner.query('grant insert on audit_leaf to pamoja_app', [])
  }
})

test('the record list names the place in a stream, and notes, only where all of it is agreed', async () => {
  const [wide] = (await hub.core.listRecords(id, {}, desk)).items
  expect(wide).toMatchObject({
    stream: 'insured/13',
    states: ['name', 'birthDate', 'identifiers', 'enrolments'],
    quality: [{ code: 'two-digit-year', pointer: '/BIRTH DATE' }],
  })
  const [narrow] = (await hub.core.listRecords(id, {}, { ...desk, purpose: 'names' })).items
  expect(narrow).toMatchObject({ id: wide?.id, stream: 'insured', states: ['name'], quality: [] })
})
