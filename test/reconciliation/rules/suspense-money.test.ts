import { expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { suspenseMoney, suspenseUnnamed } from '../../../reconciliation/rules/suspense-money.ts'
import type { Contribution, Identifier } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const given = { asOf: '2026-11-22', law }
const employer = { id: 'E1' }
const scheme = 'ke-nssf/act-2013'
const kes = (shillings: number) => ({ amount: shillings * 100, currency: 'KES' }) as const
const line = (month: string, state: Contribution['state'], shillings = 1080, more: Partial<Contribution> = {}) =>
  ({ scheme, month, state, total: kes(shillings), employer, ...more }) satisfies Contribution
const id = (value: string): Identifier => ({ type: 'national-id', issuer: 'ke', value })

const receipt = (more: Partial<Contribution> = {}, name = 'Wanjiku Mary Kamau', identifiers = [id('99000013')]) =>
  person(
    'receipt',
    held('ke-nssf', {
      sourceId: 'receipt',
      stream: 'ledger',
      name,
      identifiers,
      contributions: [line('2026-09', 'suspense', 1080, { paidOn: '2026-10-22', reference: 'QX1', ...more })],
    }),
  )
const worker = (contributions: Contribution[], name = 'Achieng Otieno', number = '99000012', who = 'worker') =>
  person(who, held('ke-nssf', { sourceId: who, name, identifiers: [id(number)], contributions }))
const found = (...people: ReturnType<typeof worker>[]) => findings(suspenseMoney, people, given)

test('money of thirty-one days ago is proposed to the worker whose number is one digit off', () => {
  const usual = worker([line('2026-08', 'allocated'), line('2026-09', 'declared')])
  expect(found(receipt(), usual)).toMatchObject([
    {
      about: `${scheme} 2026-09 QX1 ke-nssf/receipt`,
      owner: 'ke-nssf',
      money: kes(1080),
      facts: { month: '2026-09', amount: 'KES 1080.00', days: 31, candidates: 1, byNumber: 1, byName: 0 },
      persons: ['receipt', 'worker'],
    },
  ])
})

test.each<[string, ReturnType<typeof worker>, number]>([
  ['the same name, in another order', worker([line('2026-08', 'allocated')], 'Mary Wanjiku Kamau', '99777777'), 1],
  ['the same number', worker([line('2026-09', 'declared')], 'Achieng Otieno', '99000013'), 1],
  ['another name and another number', worker([line('2026-09', 'declared')], 'Achieng Otieno', '99777777'), 0],
  ['two digits off', worker([line('2026-09', 'declared')], 'Achieng Otieno', '99000022'), 0],
  ['another amount', worker([line('2026-09', 'declared', 1081)]), 0],
  ['the month has its money', worker([line('2026-08', 'allocated'), line('2026-09', 'allocated')]), 0],
  ['another employer', worker([line('2026-09', 'declared', 1080, { employer: { id: 'E2' } })]), 0],
  [
    'two lines of one month that make the amount',
    worker([line('2026-09', 'declared', 540), line('2026-09', 'declared', 540, { component: 'tier-2' })]),
    1,
  ],
])('a worker is proposed or not: %s', (_, one, candidates) => {
  expect(found(receipt(), one)).toMatchObject([{ facts: { candidates } }])
})

test('two workers may be meant, and both are named', () => {
  const two = ['a', 'b'].map((who, index) =>
    worker([line('2026-09', 'declared')], 'Achieng Otieno', `9900001${index}`, who),
  )
  expect(found(receipt(), ...two)).toMatchObject([{ facts: { candidates: 2 }, persons: ['receipt', 'a', 'b'] }])
})

test('a receipt in two parts under one reference is one finding', () => {
  const parts = person(
    'receipt',
    held('ke-nssf', {
      contributions: ['tier-1', 'tier-2'].map((component) =>
        line('2026-09', 'suspense', 540, { component, paidOn: '2026-10-01', reference: 'QX1' }),
      ),
    }),
  )
  expect(found(parts)).toMatchObject([{ money: kes(1080) }])
})

test.each<[string, ReturnType<typeof worker>]>([
  ['thirty days', receipt({ paidOn: '2026-10-23' })],
  [
    'the day of payment is not known, and thirty days from the end of the month are not over',
    receipt({ paidOn: '2026-10' }),
  ],
  ['allocated', receipt({ state: 'allocated' })],
  [
    'listed no more',
    person('receipt', held('ke-nssf', { absent: true, contributions: [line('2026-01', 'suspense')] })),
  ],
])('no finding: %s', (_, one) => {
  expect(found(one)).toEqual([])
})

test('without a day of payment the month counts', () => {
  const { paidOn: _, ...undated } = line('2026-09', 'suspense')
  expect(found(person('receipt', held('ke-nssf', { contributions: [undated] })))).toMatchObject([
    { facts: { days: 53 } },
  ])
})

test('a worker whose month has its money in a record that is merely linked is not proposed', () => {
  const usual = worker([line('2026-09', 'declared')])
  const ledger = held('ke-nssf', { sourceId: '9', contributions: [line('2026-09', 'allocated')] })
  const whole = person('worker', ...usual.records, ledger)
  expect(findings(suspenseMoney, [receipt(), usual], { ...given, whole })).toMatchObject([{ facts: { candidates: 0 } }])
})

const { employer: _, ...unnamed } = line('2026-09', 'suspense', 1080, { paidOn: '2026-10-22', reference: 'QX1' })

test('money that names no employer is not passed over', () => {
  const one = person('receipt', held('ke-nssf', { sourceId: 'receipt', contributions: [unnamed] }))
  expect(findings(suspenseUnnamed, [one], given)).toMatchObject([
    {
      about: `${scheme} 2026-09 QX1 ke-nssf/receipt`,
      owner: 'ke-nssf',
      money: kes(1080),
      facts: { days: 31, amount: 'KES 1080.00', member: 'No member is known.' },
    },
  ])
})

test('a receipt that is linked with a member says so', () => {
  const enrolments = [{ scheme, branches: ['old-age' as const], status: 'active' as const }]
  const one = person('p', held('ke-nssf', { contributions: [unnamed] }), held('ke-nssf', { sourceId: '2', enrolments }))
  expect(findings(suspenseUnnamed, [one], given)).toMatchObject([
    { facts: { member: 'It may be meant for a member of the scheme.' }, evidence: [{}, { pointer: '/enrolments/0' }] },
  ])
})

test.each<[string, Contribution[]]>([
  ['thirty days', [{ ...unnamed, paidOn: '2026-10-23' }]],
  ['an employer is named: R14 looks among the workers', [line('2026-09', 'suspense')]],
  ['allocated', [{ ...unnamed, state: 'allocated' }]],
])('not told of as nobody’s: %s', (_, contributions) => {
  expect(findings(suspenseUnnamed, [person('receipt', held('ke-nssf', { contributions }))], given)).toEqual([])
})
