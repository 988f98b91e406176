import { expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { twiceInRegistry } from '../../../reconciliation/rules/twice-in-registry.ts'
import type { Identifier, SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const id = (value: string): Identifier => ({ type: 'national-id', issuer: 'ke', value })
const member = (value: string): Identifier => ({ type: 'nssf-number', issuer: 'ke', value })
type Facts = Partial<SourceRecord> & { absent?: boolean }
const found = (...records: [string, Facts][]) =>
  findings(
    twiceInRegistry,
    [person('p', ...records.map(([registry, facts], index) => held(registry, { sourceId: `${index}`, ...facts })))],
    { asOf: '2026-11-22', law },
  )
const pension = {
  scheme: 'ke-nssf/act-2013',
  branch: 'old-age',
  kind: 'cash',
  state: 'paid',
  month: '2026-09',
} as const

test('a new job, a new member number: the fund lists one person twice', () => {
  const drafts = found(
    ['ke-nssf', { identifiers: [id('99000001'), member('200000001')] }],
    ['ke-nssf', { identifiers: [id('99000001'), member('200000002')] }],
  )
  expect(drafts).toMatchObject([
    { about: 'ke-nssf member', owner: 'ke-nssf', severity: 'S2', facts: { list: 'member', records: 2 } },
  ])
  expect(drafts[0]?.evidence).toHaveLength(2)
})

test('where both are paid, money leaves twice', () => {
  expect(found(['ke-nssf', { benefits: [pension] }], ['ke-nssf', { benefits: [pension] }])).toMatchObject([
    { severity: 'S1' },
  ])
})

test('a third record leaves the finding what it is', () => {
  const twice = found(['ke-nssf', {}], ['ke-nssf', {}])
  const thrice = found(['ke-nssf', {}], ['ke-nssf', {}], ['ke-nssf', {}])
  expect(thrice.map(({ about }) => about)).toEqual(twice.map(({ about }) => about))
})

test('lists of two provinces are one list of the insured', () => {
  expect(found(['la-lsso', { stream: 'insured/01' }], ['la-lsso', { stream: 'insured/16' }])).toHaveLength(1)
})

test.each<[string, [string, Facts][]]>([
  ['one record', [['ke-nssf', {}]]],
  [
    'two registries',
    [
      ['ke-nssf', {}],
      ['ke-sha', { stream: 'client' }],
    ],
  ],
  [
    'monthly returns name a worker every month',
    [
      ['ke-nssf', { stream: 'return' }],
      ['ke-nssf', { stream: 'return' }],
    ],
  ],
  [
    'two lists of one registry',
    [
      ['ke-sha', { stream: 'client' }],
      ['ke-sha', { stream: 'nhif' }],
    ],
  ],
  [
    'one of them is listed no more',
    [
      ['ke-nssf', {}],
      ['ke-nssf', { absent: true }],
    ],
  ],
  [
    'two national numbers: R09 tells of those',
    [
      ['ke-nssf', { identifiers: [id('99000001')] }],
      ['ke-nssf', { identifiers: [id('99000452')] }],
    ],
  ],
])('not found: %s', (_, records) => {
  expect(found(...records)).toEqual([])
})
