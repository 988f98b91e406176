import { expect, test } from 'vitest'
import { lookupText } from '../../cli/lookup-text.ts'
import type { Beneficiary, BeneficiaryContribution, LookupAnswer } from '../../schemas/contract.ts'

const registry = 'ke-nssf'
const asOf = '2026-11-23T09:04:06.249Z'
const name = (full: string) => ({ full, script: 'Latn' as const, parts: [], registry })
const contribution = (month: string): BeneficiaryContribution => ({
  scheme: 'ke-nssf/act-2013',
  month,
  component: 'tier-1',
  state: 'allocated',
  total: { amount: 108_000, currency: 'KES' },
  registry,
  asOf,
})
const bare: Beneficiary = {
  id: '01a207a5-edb4-7026-b93a-fdc4f1e3c936',
  registries: [
    { registry, status: 'record', asOf, stale: false, refreshed: false },
    { registry: 'ke-sha', status: 'unavailable', stale: true, refreshed: false },
  ],
}
const match = (more: Partial<Beneficiary>): LookupAnswer => ({ outcome: 'match', beneficiary: { ...bare, ...more } })

test('a person is told in lines: who, numbers, enrolments, and what each registry has', () => {
  const text = lookupText(
    match({
      name: name('Grace Wanjiru Kamau'),
      otherNames: [name('Kamau Grace Wanjiru'), name('Kamau Grace Wanjiru')],
      birthDate: { value: '1988-03-14', registry, disputed: true },
      sex: { value: 'female', registry, disputed: false },
      identifiers: [{ type: 'national-id', issuer: 'ke', value: '99000001', registries: [registry] }],
      enrolments: [
        {
          scheme: 'ke-nssf/act-2013',
          branches: ['old-age', 'survivors'],
          status: 'active',
          from: '2023-11-05',
          employer: { id: '983333330', name: 'Baraka Millers Ltd' },
          registry,
          asOf,
        },
      ],
    }),
  )
  expect(text.split('\n')).toEqual([
    'Grace Wanjiru Kamau',
    '  also         Kamau Grace Wanjiru',
    '  born         1988-03-14 (the registries do not agree)',
    '  sex          female',
    '  national-id  99000001 (ke)',
    '  id           01a207a5-edb4-7026-b93a-fdc4f1e3c936',
    '',
    'Enrolments',
    '  ke-nssf/act-2013  active  from 2023-11-05  old-age, survivors  Baraka Millers Ltd',
    '',
    'Registries',
    '  ke-nssf  has a record                           as of 2026-11-23 09:04 UTC',
    '  ke-sha   cannot be reached, so it may have one',
  ])
})

test('of a long history the newest lines are told, and how many more there are', () => {
  const months = ['2026-10', '2026-09', '2026-08', '2026-07', '2026-06', '2026-05', '2026-04', '2026-03']
  const text = lookupText(match({ contributions: months.map(contribution) }))
  expect(text).toContain(
    '  2026-05  ke-nssf/act-2013 tier-1  allocated  KES 1,080.00\n  and 2 more; --json prints them all',
  )
  expect(text).not.toContain('2026-04')
  expect(lookupText(match({ contributions: months.slice(0, 7).map(contribution) }))).toContain('2026-04')
})

test('what is not agreed is not told: no name, no line', () => {
  expect(lookupText(match({})).split('\n').slice(0, 2)).toEqual([
    'One person, whose name you may not see',
    '  id  01a207a5-edb4-7026-b93a-fdc4f1e3c936',
  ])
})

test('nobody found is not said without what each registry has to say', () => {
  const text = lookupText({ outcome: 'none', registries: bare.registries.slice(1) })
  expect(text).toBe(
    'No record that you may see has this number.\n\nRegistries\n  ke-sha  cannot be reached, so it may have one',
  )
})

test('an employer that a registry named in control characters does not steer the terminal', () => {
  const employer = { id: '983333330', name: 'Baraka\u001b[2J\u0007\r Millers\u009b' }
  const scheme = { scheme: 'ke-nssf/act-2013', branches: [], status: 'active' as const, registry, asOf }
  const text = lookupText(match({ enrolments: [{ ...scheme, employer }] }))
  expect(text).toContain('Baraka[2J Millers\n')
  expect(text).not.toMatch(/[^\P{Cc}\n]/u)
})
