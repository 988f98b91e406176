/** The dry run, and why two are linked or not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { applySettings, type Settings } from '../../core/settings.ts'
import { allFields, desk, testSettings } from '../kit/core.ts'
import { type Line, toRecord } from '../kit/paper.ts'
import { type PaperHub, paperHub } from '../kit/paper-hub.ts'

const grace: Line = { no: '990000001', name: 'Grace Wanjiru Kamau', born: '1988-03-14', sex: 'female', id: '99000001' }
const graceAtSha: Line = { ...grace, no: 'CR9900000000001-1' }
const alike: Line = { no: 'CR9900000000007-1', name: 'Amina Hassan Yusuf', born: '1979-02-03' }
const amina: Line = { ...alike, no: '990000007' }
const peter: Line = { no: '990000002', name: 'Peter Otieno Ouma', born: '1990-01-05', sex: 'male', id: '99000002' }

let hub: PaperHub
beforeAll(async () => {
  hub = await paperHub()
  await hub.bring([grace, graceAtSha, alike, amina, peter])
})
afterAll(() => hub.close())

const counts = () =>
  hub.owner.query(
    `select (select count(*) from source_record) as records, (select count(*) from person) as persons,
       (select count(*) from decision) as decisions, (select count(*) from blocking_key) as keys, (select count(*) from outbox) as waiting`,
  )
const match = (line: Line) => hub.core.match({ record: toRecord(line) }, desk)

describe('a dry run', () => {
  test('tells the person whom a record would be linked to, with the reasons, and creates nothing', async () => {
    const before = await counts()
    const answer = await match({ ...grace, no: 'new' })
    expect(answer).toMatchObject({
      outcome: 'unique',
      candidates: [{ id: await hub.personOf(grace), outcome: 'link' }],
    })
    expect(answer.candidates[0]?.reasons.map(({ on }) => on)).toContain('identifier:national-id')
    expect(await counts()).toEqual(before)
    expect((await hub.leaves()).at(-1)).toMatchObject({ outcome: 'shown', hasSubject: true })
  })

  test('says when a steward would be asked, when nobody is like it, and when two persons would become one', async () => {
    expect(await match({ ...peter, no: 'new', id: '99000444', born: '1990-01-05' })).toMatchObject({
      outcome: 'review',
    })
    expect(await match({ no: 'new', name: 'Zawadi Mwikali', born: '2001-01-02' })).toEqual({
      outcome: 'none',
      candidates: [],
    })
    const two = { ...alike, no: 'new', phone: '+254712000033' }
    expect((await match(two)).candidates).toHaveLength(2)
  })

  test('by a description answers as the record does', async () => {
    const description = {
      name: 'Grace Wanjiru Kamau',
      birthDate: '1988-03-14',
      identifiers: [{ type: 'national-id', issuer: 'ke', value: '99000001' }],
    } as const
    expect(await hub.core.match({ description }, desk)).toMatchObject({ outcome: 'unique' })
  })

  test('that fits more people than are shown, or could not look at everybody, calls nobody the only one', async () => {
    const namesake = (n: number): Line => ({
      no: `n-${n}`,
      name: 'Mutua Kilonzo',
      born: `${1930 + (n % 70)}-0${1 + (n % 9)}-1${n % 10}`,
      id: String(99_100_000 + n * 7),
    })
    const full = await paperHub()
    const asked = (line: Line) => full.core.match({ record: toRecord({ ...line, no: 'new' }) }, desk)
    const nobody = { outcome: 'too_many', candidates: [] }
    try {
      const twelve = [...Array(12).keys()].map(
        (n): Line => ({ no: `t-${n}`, name: 'Neema Chebet', born: '1975-06-01' }),
      )
      await full.bring(twelve)
      expect(await asked({ no: '', name: 'Neema Chebet', born: '1975-06-01' })).toEqual(nobody)
      const { born: _, ...undated } = namesake(3)
      await full.bring([...twelve, namesake(3)])
      expect(await asked(undated)).toMatchObject({ outcome: 'unique' })
      await full.bring([...twelve, ...[...Array(260).keys()].map(namesake)])
      expect(await asked(undated)).toEqual(nobody)
    } finally {
      await full.close()
    }
  })

  test('of a record that states more than can be looked for calls nobody the only one', async () => {
    const record = toRecord({ ...grace, no: 'new' })
    const numbers = (count: number) =>
      [...Array(count).keys()].map((n) => ({
        type: 'national-id' as const,
        issuer: 'ke' as const,
        value: `98${100_000 + n}`,
      }))
    const asked = (count: number) =>
      hub.core.match({ record: { ...record, identifiers: [...record.identifiers, ...numbers(count)] } }, desk)
    expect(await asked(50)).toMatchObject({ outcome: 'unique' })
    const before = await hub.leaves()
    expect(await asked(100)).toEqual({ outcome: 'too_many', candidates: [] })
    expect((await hub.leaves()).slice(before.length)).toMatchObject([{ outcome: 'too-many' }])
  })

  test('asks by agreed fields only, and says which one is not', async () => {
    const narrow = { ...desk, purpose: 'names' }
    await expect(hub.core.match({ record: toRecord(grace) }, narrow)).rejects.toMatchObject({
      code: 'invalid_request',
      reasons: ['birthDate', 'sex', 'identifiers'].map((part) => ({ pointer: `/record/${part}`, rule: 'not-agreed' })),
    })
    const relations = [
      { role: 'spouse' as const, name: toRecord(peter).names[0] ?? { full: '', script: 'Latn' as const, parts: [] } },
    ]
    const { birthDate: _b, sex: _s, ...bare } = toRecord(grace)
    await expect(hub.core.match({ record: { ...bare, identifiers: [], relations } }, narrow)).rejects.toMatchObject({
      reasons: [{ pointer: '/record/relations', rule: 'not-agreed' }],
    })
  })
})

describe('why two are linked or not', () => {
  const why = async (one: Line, other: Line, asker = desk) =>
    hub.core.explain({ records: [await hub.recordOf(one), await hub.recordOf(other)] }, asker)

  test('by the model, by nothing, or because a steward is asked', async () => {
    expect(await why(grace, graceAtSha)).toMatchObject({
      linked: true,
      because: 'model-link',
      evidence: { outcome: 'link' },
    })
    expect(await why(grace, peter)).toMatchObject({ linked: false, because: 'model-distinct', decisions: [] })
    expect(await why(amina, alike)).toMatchObject({ linked: false, because: 'review' })
  })

  test('two persons are explained by their records that are most alike', async () => {
    const persons = [await hub.personOf(amina), await hub.personOf(alike)]
    const answer = await hub.core.explain({ persons }, desk)
    expect(answer).toMatchObject({ because: 'review', persons: [...persons].sort() })
    expect([...answer.records].sort()).toEqual([await hub.recordOf(amina), await hub.recordOf(alike)].sort())
  })

  test('one that is not there and one that is not yours look the same, and more is not told than agreed', async () => {
    const narrow = { ...desk, purpose: 'names' }
    const nobody = '0192f5c2-7a10-7c44-9f0e-3b2a1c4d5e6f'
    const own = await hub.recordOf(grace)
    const problems = await Promise.all(
      [nobody, await hub.recordOf(graceAtSha)].map((id) =>
        hub.core.explain({ records: [own, id] }, narrow).catch((problem: unknown) => String(problem)),
      ),
    )
    expect(problems[0]).toMatch(/Nothing here/)
    expect(problems[0]).toBe(problems[1])
    expect(await why(grace, peter, narrow)).toMatchObject({
      because: 'not-linked',
      evidence: { complete: false, guards: [] },
    })
  })
})

test('a record’s employer is compared only where employment is agreed', async () => {
  const fields = allFields.filter((field) => field !== 'enrolments')
  const agreement = { agency: 'clinic', registries: ['ke-sha'], fields, until: '2099-01-01T00:00:00Z' }
  const settings: Settings = {
    ...testSettings,
    purposes: { ...testSettings.purposes, jobless: { title: 'No jobs', legalBasis: 'Test', needsOfficer: false } },
    agreements: [...testSettings.agreements, { ...agreement, purpose: 'jobless', from: '2024-01-01T00:00:00Z' }],
  }
  await applySettings(hub.needs.db, settings, 'development')
  const worker = { name: 'Naomi Chebet', employer: 'Mlima Textiles Ltd' }
  await hub.bring([{ ...worker, no: 'CR9900000000066-1', id: '99013245' }])
  const record = toRecord({ ...worker, no: 'new', id: '99012345' })
  expect(await hub.core.match({ record }, desk)).toMatchObject({ outcome: 'unique' })
  const told = await hub.core.match({ record }, { ...desk, purpose: 'jobless' })
  expect(told).toMatchObject({ outcome: 'review' })
  expect(JSON.stringify(told)).not.toContain('swapped-at-work')
})

test('whose many records elsewhere are not agreed is found by the one that is', async () => {
  const half = { title: 'One registry', legalBasis: 'Test', needsOfficer: false }
  const agreement = { agency: 'clinic', registries: ['ke-nssf'], fields: [...allFields], until: '2099-01-01T00:00:00Z' }
  const settings: Settings = {
    ...testSettings,
    purposes: { ...testSettings.purposes, half },
    agreements: [...testSettings.agreements, { ...agreement, purpose: 'half', from: '2024-01-01T00:00:00Z' }],
  }
  await applySettings(hub.needs.db, settings, 'development')
  const member: Line = { no: '990000055', name: 'Naliaka Wekesa Simiyu', born: '1979-05-06', id: '99000055' }
  const elsewhere = [...Array(9).keys()].map((n) => ({ ...member, no: `CR99000000055${n}0-1` }))
  // Those that are not agreed come first.
  await hub.bring(elsewhere)
  await hub.bring([...elsewhere, member])
  const identifiers = [{ type: 'national-id', issuer: 'ke', value: '99000055' }] as const
  const answer = await hub.core.match({ description: { name: member.name, identifiers } }, { ...desk, purpose: 'half' })
  expect(answer).toMatchObject({ outcome: 'unique', candidates: [{ id: await hub.personOf(member) }] })
})
