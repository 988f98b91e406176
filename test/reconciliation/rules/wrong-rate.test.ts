import { expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { wrongRate } from '../../../reconciliation/rules/wrong-rate.ts'
import type { Contribution, Money } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const asOf = '2026-11-22'
const money = (units: number, currency: Money['currency'] = 'KES'): Money => ({
  amount: Math.round(units * 100),
  currency,
})
const employer = { id: '990000001' }
/** What a return states for a month: pay on the first line, each tier for both sides together. */
const nssf = (month: string, pay: number, tier1: number, tier2?: number): Contribution[] => [
  {
    scheme: 'ke-nssf/act-2013',
    month,
    state: 'declared',
    component: 'tier-1',
    base: money(pay),
    total: money(tier1),
    employer,
  },
  ...(tier2 === undefined
    ? []
    : [
        {
          scheme: 'ke-nssf/act-2013',
          month,
          state: 'declared' as const,
          component: 'tier-2',
          total: money(tier2),
          employer,
        },
      ]),
]
const one = (scheme: string, month: string, pay: Money, total: Money): Contribution[] => [
  { scheme, month, state: 'paid', base: pay, total, employer },
]
const found = (contributions: Contribution[], category?: string, parameters = {}) =>
  findings(
    wrongRate,
    [
      person(
        'p',
        ...(category
          ? [
              held('ke-nssf', {
                enrolments: [{ scheme: 'ke-nssf/act-2013', branches: ['old-age'], status: 'active', category }],
              }),
            ]
          : []),
        held('ke-nssf', { stream: 'return', sourceId: '2', contributions }),
      ),
    ],
    { asOf, law, parameters },
  )

test('last year’s limits: each line that does not follow is told, with what was due', () => {
  expect(found(nssf('2026-03', 50_000, 960, 5_040))).toMatchObject([
    {
      about: 'ke-nssf/act-2013',
      owner: 'ke-nssf',
      money: money(240),
      facts: {
        months: 1,
        under: 'KES 120.00',
        over: 'KES 120.00',
        line: '2026-03: due KES 4920.00 on KES 50000.00, paid KES 5040.00.',
      },
    },
  ])
})

test.each<[string, Contribution[], number]>([
  ['too little for the first tier', nssf('2026-03', 50_000, 500, 4_920), 580],
  ['above the upper limit', nssf('2026-03', 250_000, 1_080, 13_000), 1_120],
  ['health below the floor', one('ke-sha/shif', '2026-03', money(9_000), money(247.5)), 52.5],
  [
    'Laos: neither enterprise nor state nor voluntary',
    one('la-lsso/nssf', '2026-03', money(3_000_000, 'LAK'), money(300_000, 'LAK')),
    30_000,
  ],
])('does not follow: %s', (_, contributions, units) => {
  expect(found(contributions)).toMatchObject([{ money: { amount: units * 100 } }])
})

test.each<[string, Contribution[]]>([
  ['9,000: the lower limit of 2026', nssf('2026-02', 9_000, 1_080, 0)],
  ['15,000', nssf('2026-02', 15_000, 1_080, 720)],
  ['50,000', nssf('2026-02', 50_000, 1_080, 4_920)],
  ['80,000', nssf('2026-02', 80_000, 1_080, 8_520)],
  ['108,000, the upper limit', nssf('2026-02', 108_000, 1_080, 11_880)],
  ['250,000', nssf('2026-02', 250_000, 1_080, 11_880)],
  ['January 2026 has the limits of 2025', nssf('2026-01', 50_000, 960, 5_040)],
  ['one shilling of rounding', nssf('2026-02', 50_000, 1_079, 4_920)],
  ['health: 2.75 %', one('ke-sha/shif', '2026-02', money(20_000), money(550))],
  ['health: 6,891.50 of 250,600', one('ke-sha/shif', '2026-02', money(250_600), money(6_891.5))],
  ['health: at least 300', one('ke-sha/shif', '2026-02', money(9_000), money(300))],
  ['Laos, enterprise 11.5 %', one('la-lsso/nssf', '2026-02', money(3_000_000, 'LAK'), money(345_000, 'LAK'))],
  ['Laos, state 16.5 %', one('la-lsso/nssf', '2026-02', money(3_000_000, 'LAK'), money(495_000, 'LAK'))],
  ['Laos, above the ceiling', one('la-lsso/nssf', '2026-02', money(9_000_000, 'LAK'), money(517_500, 'LAK'))],
  [
    'Pakistan: 6 % of Rs 3,000, as some courts say',
    one('pk-eobi/old-age', '2026-02', money(60_000, 'PKR'), money(180, 'PKR')),
  ],
  ['no pay on file', [{ scheme: 'ke-sha/shif', month: '2026-02', state: 'declared', total: money(1), employer }]],
  ['a month before the limits that are known', nssf('2023-01', 50_000, 200, 0)],
  ['two years ago and more', nssf('2024-10', 50_000, 1, 1)],
])('follows, or cannot be judged: %s', (_, contributions) => {
  expect(found(contributions)).toEqual([])
})

test('a second tier is missed where the register says employed, and not where it is contracted out or unknown', () => {
  const first = nssf('2026-02', 50_000, 1_080)
  expect(found(first, 'employed')).toMatchObject([{ money: money(4_920) }])
  expect(found(first, 'tier-1-only')).toEqual([])
  expect(found(first)).toEqual([])
})

test('a country’s courts may have settled which rate holds', () => {
  const eobi = one('pk-eobi/old-age', '2026-02', money(60_000, 'PKR'), money(180, 'PKR'))
  expect(found(eobi, undefined, { without: 'pk-eobi/old-age#rs-3000' })).toMatchObject([{ money: money(2_040, 'PKR') }])
})

test('what was received is judged where nothing was declared', () => {
  const received = nssf('2026-02', 50_000, 1_080, 100).map((line) => ({ ...line, state: 'allocated' as const }))
  expect(found(received)).toHaveLength(1)
  expect(found([...nssf('2026-02', 50_000, 1_080, 4_920), ...received])).toEqual([])
})

test('a second tier in a record that is merely linked is not missing, nor is one that goes elsewhere by agreement', () => {
  const enrolment = (category: string) =>
    ({ scheme: 'ke-nssf/act-2013', branches: ['old-age' as const], status: 'active' as const, category }) as const
  const own = held('ke-nssf', { enrolments: [enrolment('employed')], contributions: nssf('2026-03', 50_000, 1_080) })
  const [, second] = nssf('2026-03', 50_000, 1_080, 4_920)
  const seen = (facts: Parameters<typeof held>[1]) =>
    findings(wrongRate, [person('p', own)], {
      asOf,
      law,
      whole: person('p', own, held('ke-nssf', { sourceId: '3', stream: 'return', ...facts })),
    })
  expect(seen({})).toHaveLength(1)
  expect(seen({ contributions: second ? [second] : [] })).toEqual([])
  expect(seen({ stream: 'member', enrolments: [enrolment('tier-1-only')] })).toEqual([])
})
