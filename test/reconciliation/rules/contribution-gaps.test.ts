import { expect, test } from 'vitest'
import type { Delivered } from '../../../reconciliation/delivered.ts'
import { law } from '../../../reconciliation/law/countries.ts'
import { contributionGaps } from '../../../reconciliation/rules/contribution-gaps.ts'
import type { Contribution, Enrolment, SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const asOf = '2026-11-22'
const employer = { id: '990000001' }
const job = (more: Partial<Enrolment> = {}): Enrolment => ({
  scheme: 'ke-nssf/act-2013',
  branches: ['old-age'],
  status: 'active',
  category: 'employed',
  from: '2025-01-15',
  employer,
  ...more,
})
const received = (months: string[], more: Partial<Contribution> = {}): Contribution[] =>
  months.map((month) => ({
    scheme: 'ke-nssf/act-2013',
    month,
    state: 'allocated',
    employer,
    component: 'tier-1',
    ...more,
  }))
/** January to September 2026, without some months. */
const year = (...without: number[]) =>
  [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((month) => !without.includes(month)).map((month) => `2026-0${month}`)
type Facts = Partial<Pick<SourceRecord, 'events' | 'benefits' | 'death'>>
const found = (
  contributions: Contribution[],
  { enrolment = job(), facts = {} as Facts, gapMonths = 2, delivered = (() => true) as Delivered } = {},
) =>
  findings(
    contributionGaps,
    [
      person(
        'p',
        held('ke-nssf', { enrolments: [enrolment] }),
        held('ke-nssf', { stream: 'ledger', sourceId: '2', contributions, ...facts }),
      ),
    ],
    { asOf, law, parameters: { gapMonths }, delivered },
  )

test('two months without a contribution in the middle of a job', () => {
  expect(found(received(year(4, 5)))).toMatchObject([
    {
      about: 'ke-nssf/act-2013 2026-04',
      owner: 'ke-nssf',
      facts: { months: 2, first: '2026-04', last: '2026-05' },
      evidence: [{ pointer: '/enrolments/0' }, { pointer: '/contributions/2' }, { pointer: '/contributions/3' }],
    },
  ])
})

test('each gap is a finding of its own, and keeps its name while it grows', () => {
  expect(found(received(year(2, 3, 7, 8))).map(({ about }) => about)).toEqual([
    'ke-nssf/act-2013 2026-02',
    'ke-nssf/act-2013 2026-07',
  ])
  expect(found(received(year(8, 9))).map(({ about }) => about)).toEqual(['ke-nssf/act-2013 2026-08'])
})

test.each<[string, Contribution[], Parameters<typeof found>[1]?]>([
  ['one month is missing', received(year(4))],
  ['the second tier goes elsewhere: one line makes the month whole', received(year(), { component: 'tier-1' })],
  ['received and not yet allocated', [...received(year(4, 5)), ...received(['2026-04', '2026-05'], { state: 'paid' })]],
  ['October and November may still come in', received(year())],
  ['nothing was ever received: R12 compares with the returns', received(year(), { state: 'declared' })],
  [
    'the job ended in May, so May is seldom whole',
    received(year(5, 6, 7, 8, 9)),
    { enrolment: job({ until: '2026-05-20' }) },
  ],
  ['the job ended in some month of this year', received(year(4, 5)), { enrolment: job({ until: '2026' }) }],
  [
    'hired in April: the month is seldom whole',
    received(year(4)),
    { enrolment: job({ from: '2026-04-20' }), gapMonths: 1 },
  ],
  ['hired some time this year', received(year(4, 5)), { enrolment: job({ from: '2026' }) }],
  ['nobody knows since when', received(year(4, 5)), { enrolment: { ...job(), status: 'ended' } }],
  ['a voluntary member pays when she can', received(year(4, 5)), { enrolment: job({ category: 'voluntary' }) }],
  [
    'Haba Haba obliges nobody',
    received(year(4, 5), { scheme: 'ke-nssf/haba-haba' }),
    { enrolment: job({ scheme: 'ke-nssf/haba-haba' }) },
  ],
  [
    'unpaid leave',
    received(year(4, 5)),
    {
      facts: {
        events: [
          { kind: 'unpaid-leave', on: '2026-04' },
          { kind: 'unpaid-leave', on: '2026-05-01' },
        ],
      },
    },
  ],
  [
    'the fund paid a maternity benefit',
    received(year(4, 5)),
    {
      facts: {
        benefits: [
          {
            scheme: 'ke-nssf/act-2013',
            branch: 'maternity',
            kind: 'cash',
            state: 'paid',
            from: '2026-04-01',
            until: '2026-05-31',
          },
        ],
      },
    },
  ],
  ['died in March', received(year(4, 5, 6, 7, 8, 9)), { facts: { death: { status: 'reported', date: '2026-03-20' } } }],
])('not found: %s', (_, contributions, given) => {
  expect(found(contributions, given)).toEqual([])
})

test('unpaid leave shortens a gap', () => {
  const events = [{ kind: 'unpaid-leave' as const, on: '2026-04' }]
  expect(found(received(year(4, 5, 6)), { facts: { events } })).toMatchObject([
    { facts: { months: 2, first: '2026-05' } },
  ])
})

test('a shorter gap counts where the settings say so', () => {
  expect(found(received(year(4)), { gapMonths: 1 })).toHaveLength(1)
})

test.each<[string, string[], number]>([
  ['one of the two has not come', ['2026-04'], 0],
  ['the ledger of all of them has not come', ['2026-04', '2026-05'], 0],
  ['another month has not come', ['2026-08'], 1],
])('a month without a ledger is no gap: %s', (_, without, count) => {
  const delivered: Delivered = (_scheme, list, month) => list === 'ledger' && !without.includes(month)
  expect(found(received(year(4, 5)), { delivered })).toHaveLength(count)
})
