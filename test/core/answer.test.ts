import { expect, test } from 'vitest'
import { statusOf, toBeneficiary } from '../../core/answer.ts'
import { toDocument } from '../../core/persons/document.ts'
import type { SourceRecord } from '../../schemas/contract.ts'
import { allFields } from '../kit/core.ts'
import { type Line, toRecord } from '../kit/paper.ts'

const at = new Date('2026-11-01T00:00:00Z')
const stored = (id: string, line: Line, registry: string, changes: { changedAt?: Date; absentSince?: Date } = {}) => ({
  id,
  version: 1,
  firstSeen: at,
  changedAt: at,
  seenAt: at,
  absentSince: null,
  record: toRecord(line, registry),
  ...changes,
})
const permission = (registries: string[]) => ({ agreement: 'x', agency: 'x', registries, fields: [...allFields] })
const trust = (registry: string) => (registry === 'ke-sha' ? 1 : 2)
const members = [
  stored('1', { no: '1', name: 'Grace Kamau', born: '1988-03-14', id: '99000001' }, 'ke-nssf'),
  stored('2', { no: '2', name: 'Grace Wanjiru Kamau', born: '1988-03-15', id: '99000001' }, 'ke-sha'),
]

test('the most trusted registry is believed, and a different value of another one is a dispute', () => {
  const shown = toBeneficiary(toDocument('p', members, trust), permission(['ke-nssf', 'ke-sha']), [])
  expect(shown.birthDate).toEqual({ value: '1988-03-15', registry: 'ke-sha', disputed: true })
  expect(shown.identifiers).toEqual([
    { type: 'national-id', issuer: 'ke', value: '99000001', registries: ['ke-sha', 'ke-nssf'] },
  ])
  expect(shown.otherNames?.map((name) => name.full)).toEqual(['Grace Kamau'])
})

test('a registry that is not agreed leaves no trace: no value, no dispute, no name', () => {
  const shown = toBeneficiary(toDocument('p', members, trust), permission(['ke-nssf']), [])
  expect(shown.birthDate).toEqual({ value: '1988-03-14', registry: 'ke-nssf', disputed: false })
  expect(JSON.stringify(shown)).not.toMatch(/ke-sha|Wanjiru|1988-03-15/)
})

test('a date that is only less precise is no dispute', () => {
  const [one] = members
  const year = stored('3', { no: '3', name: 'Grace Kamau', born: '1988' }, 'ke-sha')
  const shown = toBeneficiary(
    toDocument('p', [...(one ? [one] : []), year], trust),
    permission(['ke-nssf', 'ke-sha']),
    [],
  )
  expect(shown.birthDate?.disputed).toBe(false)
})

test('a record that its registry no longer lists adds nothing to the answer', () => {
  const [one, two] = members
  if (!one || !two) throw new Error('no members')
  const document = toDocument('p', [one, { ...two, absentSince: at }], trust)
  expect(document.registries).toEqual(['ke-nssf'])
  expect(JSON.stringify(document)).not.toContain('ke-sha')
})

test('the order of the records does not matter', () => {
  expect(toDocument('p', [...members].reverse(), trust)).toEqual(toDocument('p', members, trust))
})

test('what a registry states for reconciliation alone is no part of an answer, as the contract has it', () => {
  const [one] = members
  if (!one) throw new Error('no members')
  const money = { amount: 400_000, currency: 'KES' } as const
  const record = {
    ...one.record,
    contributions: [{ scheme: 'ke-nssf/act-2013', month: '2026-09', state: 'paid', total: money, reference: 'R-1' }],
    benefits: [
      {
        scheme: 'ke-inua/opct',
        branch: 'old-age',
        kind: 'cash',
        state: 'paid',
        month: '2026-09',
        amount: money,
        entitled: money,
        reference: 'P-1',
        from: '2026-09-01',
        until: '2026-09-30',
        eventOn: '2026-08-11',
      },
    ],
    accounts: [{ institution: 'mpesa', number: '0749000001' }],
  } satisfies SourceRecord
  const shown = toBeneficiary(toDocument('p', [{ ...one, record }], trust), permission(['ke-nssf']), [])
  expect(shown.contributions).toEqual([
    {
      scheme: 'ke-nssf/act-2013',
      month: '2026-09',
      state: 'paid',
      total: money,
      registry: 'ke-nssf',
      asOf: at.toISOString(),
    },
  ])
  expect(Object.keys(shown.benefits?.[0] ?? {})).toEqual([
    'scheme',
    'branch',
    'kind',
    'state',
    'month',
    'amount',
    'registry',
    'asOf',
  ])
  expect(JSON.stringify(shown)).not.toContain('mpesa')
})

const registry = (id: string, synced: string | null) => ({
  id,
  title: id,
  country: 'ke',
  time_zone: 'UTC',
  schemes: [],
  stale_after_hours: 36,
  trust: {},
  missing_share: 0,
  missing_floor: 0,
  nightly: '02:00',
  synced_at: synced ? new Date(synced) : null,
})
const statuses = [
  {
    says: 'has a record',
    synced: '2026-11-22T00:00:00Z',
    holders: ['ke-nssf'],
    refreshed: undefined,
    want: { status: 'record', stale: false },
  },
  {
    says: 'has none',
    synced: '2026-11-22T00:00:00Z',
    holders: [],
    refreshed: undefined,
    want: { status: 'no-record', stale: false },
  },
  {
    says: 'was last read long ago',
    synced: '2026-11-01T00:00:00Z',
    holders: [],
    refreshed: undefined,
    want: { status: 'no-record', stale: true },
  },
  {
    says: 'was never read',
    synced: null,
    holders: [],
    refreshed: undefined,
    want: { status: 'unavailable', stale: true },
  },
  {
    says: 'did not answer just now',
    synced: '2026-11-22T00:00:00Z',
    holders: [],
    refreshed: 'unavailable' as const,
    want: { status: 'unavailable' },
  },
  {
    says: 'answered just now',
    synced: null,
    holders: [],
    refreshed: 'nobody' as const,
    want: { status: 'no-record', stale: false, refreshed: true },
  },
  {
    says: 'knows nobody just now, though we hold a record of its',
    synced: '2026-11-22T00:00:00Z',
    holders: ['ke-nssf'],
    refreshed: 'nobody' as const,
    want: { status: 'record', refreshed: false, asOf: '2026-11-22T00:00:00.000Z' },
  },
]
test.each(statuses)('a registry that $says: $want', ({ synced, holders, refreshed, want }) => {
  const now = new Date('2026-11-22T12:00:00Z')
  const [status] = statusOf(
    [registry('ke-nssf', synced)],
    permission(['ke-nssf']),
    holders,
    new Map(refreshed ? [['ke-nssf', refreshed]] : []),
    now,
  )
  expect(status).toMatchObject({ registry: 'ke-nssf', ...want })
})
