import { expect, test } from 'vitest'
import { law, within } from '../../../reconciliation/law/countries.ts'
import { incompatibleSchemes } from '../../../reconciliation/rules/incompatible-schemes.ts'
import type { Benefit, Enrolment } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const asOf = '2026-11-22'
const transfer = (more: Partial<Enrolment> = {}): Enrolment => ({
  scheme: 'ke-inua/older-persons',
  branches: ['old-age'],
  status: 'active',
  from: '2025-01-10',
  ...more,
})
const { from: _, ...undated } = transfer()
const pension = (more: Partial<Enrolment> = {}): Enrolment => ({
  scheme: 'ke-payroll/public-pension',
  branches: ['old-age'],
  status: 'active',
  from: '2024-03-01',
  ...more,
})
const paid = (scheme: string, month: string): Benefit => ({
  scheme,
  branch: 'old-age',
  kind: 'cash',
  state: 'paid',
  month,
  amount: { amount: 200_000, currency: 'KES' },
})
const found = (inua: Enrolment[], payroll: Enrolment[], benefits: Benefit[] = [], absent = false) =>
  findings(
    incompatibleSchemes,
    [
      person(
        'p',
        held('ke-inua', { enrolments: inua, benefits, absent }),
        held('ke-payroll', { enrolments: payroll, sourceId: '2' }),
      ),
    ],
    { asOf, law },
  )

test('somebody who draws a public pension gives up the transfer for older persons; what it paid since is at stake', () => {
  const benefits = ['2024-11', '2025-01', '2025-02', '2026-09'].map((month) => paid('ke-inua/older-persons', month))
  const [draft, ...others] = found([transfer()], [pension()], benefits)
  expect(others).toEqual([])
  expect(draft).toMatchObject({
    about: 'ke-inua/older-persons ke-payroll/public-pension',
    owner: 'ke-inua',
    facts: { since: '2025-01-10', scheme: 'ke-inua/older-persons' },
    money: { amount: 400_000, currency: 'KES' },
  })
  expect(draft?.evidence.map(({ registry, pointer }) => `${registry} ${pointer}`)).toEqual([
    'ke-inua /enrolments/0',
    'ke-payroll /enrolments/0',
  ])
})

test.each<[string, Enrolment[], Enrolment[]]>([
  ['both run for 32 days', [transfer({ from: '2026-10-21' })], [pension()]],
  ['one is known by its year, and even its last day is long ago', [transfer({ from: '2024' })], [pension()]],
  ['the pension is to end later', [transfer()], [pension({ until: '2027-01-31' })]],
])('found: %s', (_, inua, payroll) => {
  expect(found(inua, payroll)).toHaveLength(1)
})

test.each<[string, Enrolment[], Enrolment[]]>([
  ['both run for 31 days, as when somebody moves over', [transfer({ from: '2026-10-22' })], [pension()]],
  ['nobody says since when the transfer is drawn, and no payment shows it', [undated], [pension()]],
  ['the transfer began some time this year', [transfer({ from: '2026' })], [pension()]],
  ['the transfer ended', [transfer({ status: 'ended' })], [pension()]],
  ['the transfer is suspended', [transfer({ status: 'suspended' })], [pension()]],
  ['the transfer’s last day is past', [transfer({ until: '2026-11-21' })], [pension()]],
  ['the transfer ended some time this year', [transfer({ until: '2026' })], [pension()]],
  ['the pension is still to begin', [transfer()], [pension({ from: '2026-12-01' })]],
  ['only one of them', [transfer()], []],
])('not found: %s', (_, inua, payroll) => {
  expect(found(inua, payroll)).toEqual([])
})

test('a record that its registry lists no more says nothing about today', () => {
  expect(found([transfer()], [pension()], [], true)).toEqual([])
})

test('a hub that does not read the payroll says nothing about it', () => {
  const dossier = person('p', held('ke-inua', { enrolments: [transfer(), pension()] }))
  expect(findings(incompatibleSchemes, [dossier], { asOf, law: within(law, ['ke-inua', 'ke-nssf']) })).toEqual([])
})

test('of contributory schemes, payments say who draws; membership does not', () => {
  const both = (months: string[]): Benefit[] =>
    months.flatMap((month) => [paid('cn-social/employee-pension', month), paid('cn-social/resident-pension', month)])
  const seen = (benefits: Benefit[], enrolments: Enrolment[] = []) =>
    findings(incompatibleSchemes, [person('p', held('cn-social', { benefits, enrolments }))], { asOf, law })
  expect(seen(both(['2026-08', '2026-09', '2026-10']))).toHaveLength(1)
  expect(seen(both(['2026-03', '2026-04']))).toEqual([])
  const member = (scheme: string): Enrolment => ({ scheme, branches: ['old-age'], status: 'active', from: '2020-01' })
  expect(seen([], [member('cn-social/employee-pension'), member('cn-social/resident-pension')])).toEqual([])
})

test('where a membership does not say since when, the payments that go on today do', () => {
  const paidIn = (...months: string[]) => months.map((month) => paid('ke-inua/older-persons', month))
  const seen = (benefits: Benefit[]) => found([undated], [pension({ from: '2020-01' })], benefits)
  expect(seen(paidIn('2026-05', '2026-08', '2026-10'))).toMatchObject([
    { facts: { since: '2026-05-01' }, money: { amount: 600_000, currency: 'KES' } },
  ])
  expect(seen(paidIn('2019-01', '2019-02', '2026-11'))).toEqual([])
  expect(seen(paidIn('2026-03', '2026-04'))).toEqual([])
})

test('at stake is what was paid for months of both, and no earlier spell of either', () => {
  const resident = ['2026-06', '2026-07', '2026-08', '2026-09', '2026-10']
  const employee = ['2019-03', '2026-07', '2026-09', '2026-10']
  const benefits = [
    ...resident.map((month) => paid('cn-social/resident-pension', month)),
    ...employee.map((month) => paid('cn-social/employee-pension', month)),
  ]
  const drafts = findings(incompatibleSchemes, [person('p', held('cn-social', { benefits }))], { asOf, law })
  expect(drafts).toMatchObject([{ facts: { since: '2026-07-01' }, money: { amount: 600_000, currency: 'KES' } }])
})
