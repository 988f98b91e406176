import { expect, test } from 'vitest'
import type { Delivered } from '../../../reconciliation/delivered.ts'
import { law, within } from '../../../reconciliation/law/countries.ts'
import { oneSidedContributions } from '../../../reconciliation/rules/one-sided-contributions.ts'
import type { Contribution } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const asOf = '2026-11-22'
const employer = { id: '990000001' }
const line = (scheme: string, month: string, state: Contribution['state'], more: Partial<Contribution> = {}) => ({
  scheme,
  month,
  state,
  employer,
  ...more,
})
const nssf = (month: string, state: Contribution['state'] = 'allocated', more: Partial<Contribution> = {}) =>
  line('ke-nssf/act-2013', month, state, more)
const shif = (month: string, state: Contribution['state'] = 'declared') => line('ke-sha/shif', month, state)
const found = (
  contributions: Contribution[],
  { born = '1990-05-02', registries = ['ke-nssf', 'ke-sha'], at = asOf, delivered = (() => true) as Delivered } = {},
) =>
  findings(oneSidedContributions, [person('p', held('ke-nssf', { contributions, birthDate: born, sex: 'female' }))], {
    asOf: at,
    law: within(law, registries),
    delivered,
  })

test('the pension was paid and health was not: the health scheme is told', () => {
  expect(found([nssf('2026-07'), nssf('2026-08'), nssf('2026-09'), shif('2026-08')])).toMatchObject([
    {
      about: 'ke-nssf/act-2013 ke-sha/shif',
      owner: 'ke-sha',
      facts: { months: 2, first: '2026-07', last: '2026-09' },
      evidence: [{ pointer: '/contributions/0' }, { pointer: '/contributions/2' }],
    },
  ])
})

test('the reverse: health was paid and the pension was not', () => {
  expect(found([shif('2026-08')])).toMatchObject([{ about: 'ke-sha/shif ke-nssf/act-2013', owner: 'ke-nssf' }])
})

test.each<[string, Contribution[], Parameters<typeof found>[1]?]>([
  ['both paid', [nssf('2026-08'), shif('2026-08')]],
  ['the pension is declared at least: R12 tells whether it came', [nssf('2026-08', 'declared'), shif('2026-08')]],
  ['a pension that was only declared, and not paid', [nssf('2026-08', 'declared')]],
  ['a month whose lists may still come in', [nssf('2026-10')]],
  ['seven closed months ago', [nssf('2026-03')]],
  ['no employer: the voluntary choose', [{ scheme: 'ke-nssf/act-2013', month: '2026-08', state: 'allocated' }]],
  ['sixty years old: nobody owes a pension contribution any more', [shif('2026-08')], { born: '1966-08-01' }],
  ['perhaps sixty, by the year', [shif('2026-08')], { born: '1966' }],
  ['the hub does not read health', [nssf('2026-08')], { registries: ['ke-nssf'] }],
  ['one Lao scheme is for both', [line('la-lsso/nssf', '2026-08', 'paid')], { registries: ['la-lsso', 'ke-sha'] }],
])('not found: %s', (_, contributions, given) => {
  expect(found(contributions, given)).toEqual([])
})

test('fifty-nine and eleven months: the pension is still owed', () => {
  expect(found([shif('2026-08')], { born: '1966-08-02' })).toHaveLength(1)
})

test('before October 2024 the old fund took the contributions for health', () => {
  expect(found([nssf('2024-09')], { at: '2024-12-20' })).toMatchObject([{ about: 'ke-nssf/act-2013 ke-sha/nhif' }])
  expect(found([nssf('2024-10')], { at: '2024-12-20' })).toMatchObject([{ about: 'ke-nssf/act-2013 ke-sha/shif' }])
})

test.each<[string, Delivered, number]>([
  ['of which no list of the health scheme has come says nothing', (scheme) => scheme !== 'ke-sha/shif', 0],
  ['of which its returns have come counts', (_, list) => list === 'returns', 1],
])('a month %s', (_, delivered, count) => {
  expect(found([nssf('2026-08')], { delivered })).toHaveLength(count)
})
