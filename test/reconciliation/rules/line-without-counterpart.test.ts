import { expect, test } from 'vitest'
import type { Delivered } from '../../../reconciliation/delivered.ts'
import { law } from '../../../reconciliation/law/countries.ts'
import { lineWithoutCounterpart } from '../../../reconciliation/rules/line-without-counterpart.ts'
import type { Contribution } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const asOf = '2026-11-22'
const kes = (shillings: number) => ({ amount: shillings * 100, currency: 'KES' }) as const
const line = (state: Contribution['state'], month: string, more: Partial<Contribution> = {}): Contribution => ({
  scheme: 'ke-nssf/act-2013',
  month,
  state,
  component: 'tier-1',
  total: kes(1080),
  employer: { id: '990000001' },
  ...(state === 'declared' && { employeeShare: kes(540) }),
  ...more,
})
const { component: _, ...undivided } = line('allocated', '2026-08')
const found = (...contributions: Contribution[]) =>
  findings(lineWithoutCounterpart, [person('p', held('ke-nssf', { stream: 'return', contributions }))], { asOf, law })

test('declared for the worker, and nothing received for her', () => {
  expect(found(line('declared', '2026-07'), line('declared', '2026-08'), line('allocated', '2026-08'))).toMatchObject([
    {
      about: 'declared ke-nssf/act-2013',
      severity: 'S1',
      money: kes(1080),
      facts: { months: 1, first: '2026-07', last: '2026-07', stated: 'declared', lacking: 'not received' },
    },
  ])
})

test('received, and the employer’s return does not name her', () => {
  expect(found(line('allocated', '2026-08'))).toMatchObject([
    { about: 'received ke-nssf/act-2013', severity: 'S2', facts: { lacking: 'not declared' } },
  ])
})

test('the second tier went astray', () => {
  const drafts = found(
    line('declared', '2026-08'),
    line('declared', '2026-08', { component: 'tier-2' }),
    line('allocated', '2026-08'),
  )
  expect(drafts).toMatchObject([{ evidence: [{ pointer: '/contributions/1' }] }])
})

test.each<[string, Contribution[]]>([
  ['both', [line('declared', '2026-08'), line('allocated', '2026-08')]],
  ['a ledger that does not part the tiers', [line('declared', '2026-08'), undivided]],
  [
    'another sum: the employer’s whole tells of it',
    [line('declared', '2026-08'), line('paid', '2026-08', { total: kes(5) })],
  ],
  ['not due yet', [line('declared', '2026-10')]],
  ['paid by herself, without an employer', [{ scheme: 'ke-nssf/act-2013', month: '2026-08', state: 'allocated' }]],
  ['a fund that shows no ledger', [line('declared', '2026-08', { scheme: 'ke-sha/shif' })]],
  ['a fund that shows no returns', [line('paid', '2026-08', { scheme: 'la-lsso/nssf' })]],
])('not found: %s', (_, contributions) => {
  expect(found(...contributions)).toEqual([])
})

const partOf = (part: Contribution[], elsewhere: Contribution[], delivered: Delivered = () => true) => {
  const own = held('ke-nssf', { stream: 'return', contributions: part })
  const other = held('ke-nssf', { stream: 'ledger', sourceId: '2', contributions: elsewhere })
  const whole = person('p', own, other)
  return findings(lineWithoutCounterpart, [person('p', own)], { asOf, law, whole, delivered })
}

test('what stands in a record that is merely linked is no absence', () => {
  expect(partOf([line('declared', '2026-08')], [line('allocated', '2026-08')])).toEqual([])
  expect(partOf([line('allocated', '2026-08')], [line('declared', '2026-08')])).toEqual([])
  expect(partOf([line('declared', '2026-08')], [line('declared', '2026-07')])).toMatchObject([{ money: kes(1080) }])
})

test.each<[string, Contribution[], number]>([
  ['not received: its ledger has not come', [line('declared', '2026-07')], 0],
  ['not declared: its returns have come', [line('allocated', '2026-07')], 1],
  ['not received: another month’s ledger has come', [line('declared', '2026-08')], 1],
])('a month %s', (_, lines, count) => {
  const delivered: Delivered = (_scheme, list, month) => list === 'returns' || month === '2026-08'
  expect(partOf(lines, [], delivered)).toHaveLength(count)
})
