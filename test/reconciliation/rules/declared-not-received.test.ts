import { expect, test } from 'vitest'
import type { Delivered } from '../../../reconciliation/delivered.ts'
import { law } from '../../../reconciliation/law/countries.ts'
import { declaredNotReceived } from '../../../reconciliation/rules/declared-not-received.ts'
import type { Contribution } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const asOf = '2026-11-22'
const kes = (shillings: number) => ({ amount: Math.round(shillings * 100), currency: 'KES' }) as const
const line = (state: Contribution['state'], shillings: number, more: Partial<Contribution> = {}): Contribution => ({
  scheme: 'ke-nssf/act-2013',
  month: '2026-08',
  state,
  total: kes(shillings),
  employer: { id: '990000001' },
  ...(state === 'declared' && { employeeShare: kes(shillings / 2) }),
  ...more,
})
const worker = (id: string, ...contributions: Contribution[]) =>
  person(id, held('ke-nssf', { stream: 'return', sourceId: id, contributions }))
const found = (people: ReturnType<typeof worker>[], at = asOf, delivered: Delivered = () => true) =>
  findings(declaredNotReceived, people, { asOf: at, law, delivered })

test('the whole of an employer’s month is compared; who lacks money is named by the hub’s id', () => {
  const people = [
    worker('a', line('declared', 1080), line('allocated', 1080)),
    worker('b', line('declared', 2160)),
    worker('c', line('declared', 1000), line('allocated', 400)),
  ]
  expect(found(people)).toMatchObject([
    {
      about: 'ke-nssf/act-2013 2026-08 KES',
      owner: 'ke-nssf',
      severity: 'S1',
      money: kes(2760),
      persons: ['b', 'c'],
      facts: { declared: 'KES 4240.00', received: 'KES 1480.00', people: 2, penalty: 'KES 414.00' },
    },
  ])
})

test.each<[string, string, string | undefined]>([
  ['not due yet: the money may come until 9 September, and the lists for thirty days more', '2026-10-09', undefined],
  ['thirty-one days after it was due', '2026-10-10', 'S2'],
  ['sixty days', '2026-11-08', 'S2'],
  ['sixty-one days: deducted, and gone for two months', '2026-11-09', 'S1'],
])('%s', (_, at, severity) => {
  expect(found([worker('a', line('declared', 1080))], at).map((draft) => draft.severity)).toEqual(
    severity ? [severity] : [],
  )
})

test('without a deduction from wages it stays a likely error', () => {
  const { employeeShare: _, ...undeducted } = line('declared', 1080)
  expect(found([worker('a', undeducted)])).toMatchObject([{ severity: 'S2' }])
})

test('more than was declared is no arrears', () => {
  expect(found([worker('a', line('declared', 500), line('allocated', 900))])).toMatchObject([
    { severity: 'S2', money: kes(400), facts: { penalty: 'none' } },
  ])
})

test.each<[string, Contribution[][]]>([
  ['the same sum', [[line('declared', 1080), line('allocated', 1080)]]],
  ['one worker’s money under another’s name: the sum is right', [[line('declared', 1080)], [line('allocated', 1080)]]],
  ['one shilling', [[line('declared', 1080), line('allocated', 1079)]]],
  ['a thousandth', [[line('declared', 500_000), line('allocated', 499_500)]]],
  ['part of it lies in suspense, which R14 tells of', [[line('declared', 1080)], [line('suspense', 1080)]]],
  ['in two parts', [[line('declared', 1080), line('paid', 80), line('allocated', 1000)]]],
  ['another fund that shows no ledger', [[line('declared', 1080, { scheme: 'ke-sha/shif' })]]],
])('not found: %s', (_, people) => {
  expect(found(people.map((lines, index) => worker(`p${index}`, ...lines)))).toEqual([])
})

test('a reversed line is money that went back', () => {
  expect(found([worker('a', line('declared', 1080), line('reversed', 1080))])).toHaveLength(1)
})

test('employers and months are judged by themselves', () => {
  const other = { employer: { id: '990000002' } }
  const drafts = found([
    worker('a', line('declared', 1080), line('allocated', 1080, other), line('declared', 500, { month: '2026-07' })),
  ])
  expect(drafts.map(({ about, money }) => [about, money?.amount])).toEqual([
    ['ke-nssf/act-2013 2026-07 KES', 50_000],
    ['ke-nssf/act-2013 2026-08 KES', 108_000],
    ['ke-nssf/act-2013 2026-08 KES', 108_000],
  ])
})

test('an employer who declared is no debtor while the fund’s ledger of the month has not come', () => {
  const people = [worker('a', line('declared', 1080))]
  expect(found(people, asOf, (_, list) => list !== 'ledger')).toEqual([])
  expect(found(people, asOf, (_, list, month) => list === 'ledger' && month === '2026-08')).toHaveLength(1)
})

test('nor is money too much while the returns of the month have not come', () => {
  const people = [worker('a', line('allocated', 1080))]
  expect(found(people, asOf, (_, list) => list !== 'returns')).toEqual([])
  expect(found(people)).toHaveLength(1)
})

test('two currencies are two sums', () => {
  const yuan = { total: { amount: 108_000, currency: 'CNY' } } as const
  const people = [worker('a', line('declared', 1080), line('allocated', 1080, yuan))]
  expect(found(people).map(({ about, money }) => [about, money])).toEqual([
    ['ke-nssf/act-2013 2026-08 CNY', yuan.total],
    ['ke-nssf/act-2013 2026-08 KES', kes(1080)],
  ])
})
