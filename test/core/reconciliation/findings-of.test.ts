/** What of a draft is kept: nothing that another registry than its owner knows. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { ofPart, regionsOf, toFindings } from '../../../core/reconciliation/findings-of.ts'
import type { Nightly } from '../../../core/reconciliation/nightly.ts'
import type { Dossier } from '../../../reconciliation/dossier.ts'
import type { Draft } from '../../../reconciliation/finding.ts'
import { testKeys } from '../../kit/keys.ts'
import { noBirthDate } from '../../kit/night-rules.ts'
import { toRecord } from '../../kit/paper.ts'

const lived = (registry: string, regionCode: string | undefined, absent = false) => ({
  registry,
  id: `${registry} ${regionCode}`,
  version: 1,
  absent,
  record: {
    ...toRecord({ no: '1', name: 'Wanjiku Kamau' }, registry),
    ...(regionCode !== undefined && { addresses: [{ lines: ['somewhere'] }, { lines: ['there'], regionCode }] }),
  },
})
const dossier = {
  person: '0192f5c2-7a10-7c44-9f0e-3b2a1c4d5e6f',
  records: [
    lived('ke-sha', 'KE-30'),
    lived('ke-nssf', 'KE-01', true),
    lived('ke-nssf', undefined),
    lived('ke-nssf', 'KE-47'),
    lived('la-lsso', undefined),
  ],
} as unknown as Dossier

const night = { needs: { keys: testKeys() }, registries: new Set(['ke-nssf', 'ke-sha', 'la-lsso']) } as unknown as Pick<
  Nightly,
  'needs' | 'registries'
>

test('the region of a finding is where its owner knows the person to live; nobody is told of an address of another registry', () => {
  const owners = ['ke-nssf', 'ke-sha', 'la-lsso']
  const subject = { kind: 'person', id: dossier.person, regions: regionsOf(dossier) } as const
  const drafts = owners.map((owner) => ({
    about: owner,
    owner,
    evidence: [{ registry: owner, record: 'r', version: 1, pointer: '' }],
    facts: {},
  }))
  const found = toFindings(night, noBirthDate, subject, drafts)
  expect(found.map(({ owner, region }) => [owner, region])).toEqual([
    ['ke-nssf', 'KE-47'],
    ['ke-sha', 'KE-30'],
    ['la-lsso', null],
  ])
})

const shown = (record: string) => ({
  about: 'months 2026-03',
  owner: 'ke-nssf',
  evidence: [{ registry: 'ke-nssf', record, version: 1, pointer: '' }],
  facts: { count: 1 },
})
const person = { kind: 'person', id: dossier.person, regions: new Map() } as const
const keysOf = (drafts: readonly Draft[]) =>
  toFindings(night, noBirthDate, person, drafts).map(({ key }) => key.toString('hex'))

test('of two that say the same neither takes the other’s place when that has gone', () => {
  const [one, other] = keysOf([shown('a'), shown('b')])
  expect(one).not.toBe(other)
  expect([one, other]).not.toContain(keysOf([shown('b')])[0])
  expect(keysOf([shown('a'), shown('b'), shown('b')])).toEqual([one, other])
})

test('a part of a person’s records keeps its finding whatever the other parts show, and whichever of its own records shows it', () => {
  const part = { person: dossier.person, records: [{ id: 'b' }, { id: 'a' }] } as unknown as Dossier
  expect(keysOf([ofPart(part, shown('b'))])).toEqual(keysOf([ofPart(part, shown('a'))]))
  expect(keysOf([ofPart(part, shown('b'))])).not.toEqual(keysOf([shown('b')]))
})

test('what a finding is about stands in its sealed body alone, and its key cannot be tried out without the hub’s keys', () => {
  const [found] = toFindings(night, noBirthDate, person, [shown('a')])
  const { key, body, ...row } = found ?? { key: Buffer.alloc(0), body: '' }
  expect(JSON.parse(body)).toMatchObject({ about: 'months 2026-03' })
  expect(JSON.stringify(row)).not.toContain('2026-03')
  const tried = createHash('sha256')
    .update(JSON.stringify(['T02', 'person', person.id, 'months 2026-03']))
    .digest()
  expect(key).not.toEqual(tried)
})
