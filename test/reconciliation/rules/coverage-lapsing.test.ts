import { expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { coverageLapsing } from '../../../reconciliation/rules/coverage-lapsing.ts'
import type { Contribution, Enrolment, SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const cover = (more: Partial<Enrolment> = {}): Enrolment => ({
  scheme: 'ke-sha/shif',
  branches: ['medical-care'],
  status: 'active',
  category: 'informal',
  until: '2026-12-22',
  ...more,
})
type Facts = Partial<SourceRecord> & { absent?: boolean }
const found = (facts: Facts) =>
  findings(coverageLapsing, [person('p', held('ke-sha', { enrolments: [cover()], ...facts }))], {
    asOf: '2026-11-22',
    law,
  })

const paid = (more: Partial<Contribution>): Facts => ({
  contributions: [{ scheme: 'ke-sha/shif', month: '2026-11', state: 'paid', ...more }],
})

test('an informal worker whose cover ends in thirty days is reminded', () => {
  expect(found({})).toMatchObject([
    { about: 'ke-sha ke-sha/shif 2026-12-22', owner: 'ke-sha', facts: { scheme: 'ke-sha/shif', until: '2026-12-22' } },
  ])
})

test.each<[string, Facts]>([
  ['it ends today', { enrolments: [cover({ until: '2026-11-22' })] }],
  ['the last payment is of long ago', paid({ month: '2025-12', paidOn: '2025-12-20' })],
  ['a payment was announced, and has not come', paid({ state: 'declared', paidOn: '2026-11-20' })],
  ['two of its records say so', { enrolments: [cover(), cover({ memberNumber: 'M2' })] }],
  ['self-employed', { enrolments: [cover({ category: 'self-employed' })] }],
])('reminded: %s', (_, facts) => {
  expect(found(facts)).toHaveLength(1)
})

test.each<[string, Facts]>([
  ['it ends in thirty-one days', { enrolments: [cover({ until: '2026-12-23' })] }],
  ['only the month of the end is known, and it may be later', { enrolments: [cover({ until: '2026-12' })] }],
  ['only the year of the end is known', { enrolments: [cover({ until: '2026' })] }],
  ['it has ended', { enrolments: [cover({ until: '2026-11-21' })] }],
  [
    'it has no end',
    { enrolments: [{ scheme: 'ke-sha/shif', branches: ['medical-care'], status: 'active', category: 'informal' }] },
  ],
  ['it is not active', { enrolments: [cover({ status: 'unknown' })] }],
  ['her employer pays', { enrolments: [cover({ category: 'employed' })] }],
  ['an employer stands on it', { enrolments: [cover({ employer: { id: 'E1' } })] }],
  ['the state pays', { enrolments: [cover({ category: 'sponsored' })] }],
  ['nobody says who pays', { enrolments: [cover({ category: 'other' })] }],
  [
    'the next period of cover stands beside it',
    { enrolments: [cover(), cover({ from: '2026-12-20', until: '2027-12-22' })] },
  ],
  ['paid this month', paid({ paidOn: '2026-11-01' })],
  ['paid for the time after it', paid({ month: '2027-01' })],
  ['the fund ends anyway', { enrolments: [cover({ scheme: 'ke-sha/nhif' })] }],
  ['said to have died', { death: { status: 'registered' } }],
  ['listed no more', { absent: true }],
])('not reminded: %s', (_, facts) => {
  expect(found(facts)).toEqual([])
})
