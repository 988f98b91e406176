import { expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { overpaid } from '../../../reconciliation/rules/overpaid.ts'
import type { Benefit } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const kes = (shillings: number) => ({ amount: shillings * 100, currency: 'KES' }) as const

/** A payment of the older persons' transfer: KES 4,000 are due for two months. */
const payment = (month: string | undefined, amount: number, more: Partial<Benefit> = {}): Benefit => ({
  scheme: 'ke-inua/older-persons',
  branch: 'social-assistance',
  kind: 'cash',
  state: 'paid',
  ...(month && { month }),
  amount: kes(amount),
  entitled: kes(4000),
  ...more,
})
const found = (benefits: Benefit[], asOf = '2026-11-22', absent = false) =>
  findings(overpaid, [person('p', held('ke-inua', { benefits, absent }))], { asOf, law })

test.each<[string, Benefit[], string, number]>([
  ['one payment above the tariff', [payment('2026-09', 6000)], '2026-09', 2000],
  ['the cycle paid twice', [payment('2026-09', 4000), payment('2026-09', 4000)], '2026-09', 4000],
  ['a part too many', [payment('2026-09', 4000), payment('2026-09', 1)], '2026-09', 1],
  [
    'one of them a month of paying, where the line names no other month',
    [payment(undefined, 8000, { paidOn: '2026-09-05' })],
    '2026-09',
    4000,
  ],
  [
    'the same reference in two cycles',
    [payment('2026-07', 4000, { reference: 'T1' }), payment('2026-09', 4000, { reference: 'T1' })],
    'reference T1',
    4000,
  ],
  [
    'the same reference where no tariff is told',
    [1, 2].map(() => {
      const { entitled, ...untold } = payment('2026-09', 4000, { reference: 'T1' })
      return untold
    }),
    'reference T1',
    4000,
  ],
])('overpaid: %s', (_, benefits, what, shillings) => {
  const drafts = found(benefits)
  expect(drafts.map(({ about, money, owner }) => ({ about, money, owner }))).toEqual([
    { about: `ke-inua ke-inua/older-persons social-assistance ${what}`, money: kes(shillings), owner: 'ke-inua' },
  ])
})

test.each<[string, Benefit[]]>([
  ['exactly what was due', [payment('2026-09', 4000)]],
  ['what was due, in two parts', [payment('2026-09', 1500), payment('2026-09', 2500)]],
  ['two cycles', [payment('2026-07', 4000), payment('2026-09', 4000)]],
  ['paid again after the first came back', [payment('2026-09', 4000, { state: 'returned' }), payment('2026-09', 4000)]],
  ['the second was clawed back', [payment('2026-09', 4000), payment('2026-09', 4000, { state: 'clawed-back' })]],
  [
    'a retry under the same reference',
    [
      payment('2026-09', 4000, { reference: 'T1', state: 'failed' }),
      payment('2026-09', 4000, { reference: 'T1', state: 'paid' }),
    ],
  ],
  ['two schemes', [payment('2026-09', 4000), payment('2026-09', 4000, { scheme: 'ke-inua/orphans' })]],
  ['two benefits of one scheme', [payment('2026-09', 4000), payment('2026-09', 4000, { branch: 'survivors' })]],
  [
    'two injuries',
    [payment('2026-09', 4000, { eventOn: '2026-07-01' }), payment('2026-09', 4000, { eventOn: '2026-08-01' })],
  ],
  ['the tariff was corrected upwards', [payment('2026-09', 2000), payment('2026-09', 4000, { entitled: kes(6000) })]],
  ['after the day that the run looks at', [payment('2026-12', 9000)]],
])('not overpaid: %s', (_, benefits) => {
  expect(found(benefits)).toEqual([])
})

test('a record that its registry lists no more says nothing', () => {
  expect(found([payment('2026-09', 9000)], '2026-11-22', true)).toEqual([])
})

test('sum and reference of one cycle are one finding', () => {
  const twice = payment('2026-09', 4000, { reference: 'T1' })
  expect(found([twice, twice])).toHaveLength(1)
})
