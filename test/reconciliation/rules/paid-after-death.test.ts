import { expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { paidAfterDeath } from '../../../reconciliation/rules/paid-after-death.ts'
import type { Benefit, Death } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const asOf = '2026-11-22'
const pension = (more: Partial<Benefit>): Benefit => ({
  scheme: 'ke-nssf/act-2013',
  branch: 'old-age',
  kind: 'cash',
  state: 'paid',
  amount: { amount: 1_250_000, currency: 'KES' },
  ...more,
})
const registered: Death = { status: 'registered', date: '2026-06-10' }
type Settings = Readonly<Record<string, number | boolean | string>>
const found = (deaths: Death[], benefits: Benefit[], parameters: Settings = {}, absent = false) =>
  findings(
    paidAfterDeath,
    [
      person(
        'p',
        ...deaths.map((death, index) => held('ke-crs', { death, sourceId: `${index}`, absent })),
        held('ke-nssf', { benefits }),
      ),
    ],
    { asOf, law, parameters },
  )

test('what was decided about one death says nothing about another', () => {
  const occasionOf = (date: string) =>
    found([{ status: 'registered', date }], [pension({ month: '2026-08' })])[0]?.occasion
  expect(occasionOf('2026-06-10')).toBe('2026-06-10')
  expect(occasionOf('2026-07-01')).toBe('2026-07-01')
})

test('pensions for the months after the month of death are summed up, and those before are not', () => {
  const months = ['2026-05', '2026-06', '2026-07', '2026-08']
  const drafts = found(
    [registered],
    months.map((month) => pension({ month })),
  )
  expect(drafts).toMatchObject([
    {
      about: 'ke-nssf/act-2013',
      owner: 'ke-nssf',
      severity: 'S1',
      money: { amount: 2_500_000, currency: 'KES' },
      facts: { payments: 2, first: '2026-07', last: '2026-08', died: '2026-06', status: 'registered' },
    },
  ])
  expect(drafts[0]?.evidence.map(({ registry, pointer }) => `${registry} ${pointer}`)).toEqual([
    'ke-crs /death',
    'ke-nssf /benefits/2',
    'ke-nssf /benefits/3',
  ])
})

test.each<[string, Death[], Partial<Benefit>, string]>([
  ['the month after', [registered], { month: '2026-07' }, 'S1'],
  ['about to be paid', [registered], { month: '2026-07', state: 'initiated' }, 'S1'],
  ['a death that is only reported', [{ status: 'reported', date: '2026-06-10' }], { month: '2026-07' }, 'S2'],
  ['died on the last day of the month', [{ status: 'verified', date: '2026-06-30' }], { month: '2026-07' }, 'S1'],
  ['the year of death alone is known', [{ status: 'registered', date: '2025' }], { month: '2026-01' }, 'S1'],
  ['no month, but a period', [registered], { from: '2026-07-01', until: '2026-07-31' }, 'S1'],
  ['only a day of payment, more than two months later', [registered], { paidOn: '2026-09-01' }, 'S1'],
  [
    'two death records: the later day counts, and the registered one before the reported one',
    [{ status: 'reported', date: '2026-09-30' }, registered],
    { month: '2026-08' },
    'S1',
  ],
])('found: %s', (_, deaths, benefit, severity) => {
  expect(found(deaths, [pension(benefit)])).toMatchObject([{ severity }])
})

test.each<[string, Death[], Partial<Benefit>]>([
  ['the month of death itself', [registered], { month: '2026-06' }],
  [
    'the year of death alone is known, and the payment is of that year',
    [{ status: 'registered', date: '2026' }],
    { month: '2026-07' },
  ],
  [
    'the month of death alone is known, and the payment is for it',
    [{ status: 'registered', date: '2026-07' }],
    { month: '2026-07' },
  ],
  ['a day of payment that may be for the month of death', [registered], { paidOn: '2026-08-31' }],
  ['a flag without a date', [{ status: 'reported' }], { month: '2026-08' }],
  ['the money came back', [registered], { month: '2026-07', state: 'returned' }],
  ['the money was taken back', [registered], { month: '2026-07', state: 'clawed-back' }],
  ['a survivors’ pension', [registered], { month: '2026-07', branch: 'survivors' }],
  ['a hospital’s bill', [registered], { month: '2026-07', kind: 'service', branch: 'medical-care' }],
  [
    'a later registry says a later day',
    [registered, { status: 'registered', date: '2026-08-02' }],
    { month: '2026-08' },
  ],
  ['a payment to come', [registered], { month: '2026-12' }],
])('not found: %s', (_, deaths, benefit) => {
  expect(found(deaths, [pension(benefit)])).toEqual([])
})

test('a death record that its registry lists no more was perhaps a mistake: it says nothing', () => {
  expect(found([registered], [pension({ month: '2026-08' })], {}, true)).toEqual([])
})

test('a scheme may pay for longer after death', () => {
  expect(found([registered], [pension({ month: '2026-08' })], { graceMonths: 2 })).toEqual([])
  expect(found([registered], [pension({ month: '2026-09' })], { graceMonths: 2 })).toHaveLength(1)
})
