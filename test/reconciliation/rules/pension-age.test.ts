import { describe, expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { pensionNotDrawn, pensionTooEarly } from '../../../reconciliation/rules/pension-age.ts'
import type { Benefit, Contribution, Enrolment, SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const given = { asOf: '2026-11-22', law }
const scheme = 'la-lsso/nssf'
const pension = (month: string, more: Partial<Benefit> = {}): Benefit => ({
  scheme,
  branch: 'old-age',
  kind: 'cash',
  state: 'paid',
  month,
  amount: { amount: 90_000_000, currency: 'LAK' },
  ...more,
})
type Facts = Partial<SourceRecord> & { absent?: boolean }

describe('a pension too early', () => {
  const found = (facts: Facts, registry = 'la-lsso') =>
    findings(pensionTooEarly, [person('p', held(registry, { benefits: [pension('2026-10')], ...facts }))], given)

  test('a man of 59 in Laos, where men may draw from 60; earlier months are the same finding', () => {
    const facts: Facts = { sex: 'male', birthDate: '1966-11-01', benefits: [pension('2026-09'), pension('2026-10')] }
    expect(found(facts)).toMatchObject([
      {
        about: scheme,
        money: { amount: 180_000_000, currency: 'LAK' },
        facts: { month: '2026-10', age: 59, limit: 60, payments: 2 },
      },
    ])
  })

  test.each<[string, Facts]>([
    ['of age on the last day of the month', { sex: 'male', birthDate: '1966-10-31' }],
    ['a woman of 55', { sex: 'female', birthDate: '1971-10-31' }],
    ['55, sex not known', { birthDate: '1971-10-31' }],
    ['perhaps of age: only the year of birth is known', { sex: 'male', birthDate: '1966' }],
    ['no birth date', { sex: 'male' }],
    [
      'the payment came back',
      { sex: 'male', birthDate: '1990-01-05', benefits: [pension('2026-10', { state: 'returned' })] },
    ],
    [
      'an invalidity pension',
      { sex: 'male', birthDate: '1990-01-05', benefits: [pension('2026-10', { branch: 'invalidity' })] },
    ],
    [
      'a transfer to the old that nobody paid into',
      { birthDate: '1990-01-05', benefits: [pension('2026-10', { scheme: 'ke-inua/older-persons' })] },
    ],
    ['a month that is to come', { sex: 'male', birthDate: '1990-01-05', benefits: [pension('2026-12')] }],
    ['listed no more', { sex: 'male', birthDate: '1990-01-05', absent: true }],
  ])('no finding: %s', (_, facts) => {
    expect(found(facts)).toEqual([])
  })

  test.each<[string, Facts]>([
    ['a woman of 54', { sex: 'female', birthDate: '1971-11-01' }],
    ['too young on every day of the year of birth', { sex: 'male', birthDate: '1967' }],
  ])('found: %s', (_, facts) => {
    expect(found(facts)).toHaveLength(1)
  })

  test('in Kenya a pension may be drawn from 50, with reductions', () => {
    const benefits = [pension('2026-10', { scheme: 'ke-nssf/act-2013' })]
    expect(found({ birthDate: '1976-10-31', benefits }, 'ke-nssf')).toEqual([])
    expect(found({ birthDate: '1976-11-01', benefits }, 'ke-nssf')).toMatchObject([{ facts: { age: 49, limit: 50 } }])
  })
})

describe('a pension that nobody draws', () => {
  const member: Enrolment = { scheme, branches: ['old-age'], status: 'active' }
  const paidFor = (month: string): Contribution => ({ scheme, month, state: 'allocated' })
  const old: Facts = { sex: 'male', birthDate: '1960-03-03', enrolments: [member], contributions: [paidFor('2025-12')] }
  const found = (facts: Facts, registry = 'la-lsso') =>
    findings(pensionNotDrawn, [person('p', held(registry, { ...old, ...facts }))], given)

  test('a man of 66 who paid in and was never paid', () => {
    expect(found({})).toMatchObject([{ about: scheme, owner: 'la-lsso', facts: { age: 66, limit: 60 } }])
  })

  test.each<[string, Facts, string?]>([
    ['he draws it', { benefits: [pension('2026-10')] }],
    ['a sum was paid out once', { benefits: [pension('2021-10')] }],
    ['his payments come back: that is another rule', { benefits: [pension('2026-10', { state: 'returned' })] }],
    ['he still pays in', { contributions: [paidFor('2026-09')] }],
    ['he has left the scheme', { enrolments: [{ ...member, status: 'ended' }] }],
    ['the day before pension age', { birthDate: '1966-11-23' }],
    ['perhaps below pension age', { birthDate: '1966' }],
    ['sex not known, and a man would be too young', { sex: 'not-known', birthDate: '1967-01-02' }],
    ['said to have died', { death: { status: 'reported' } }],
    ['listed no more', { absent: true }],
    [
      'of a scheme whose payments the hub does not read',
      { enrolments: [{ ...member, scheme: 'pk-eobi/old-age' }], contributions: [] },
      'pk-eobi',
    ],
  ])('no finding: %s', (_, facts, registry) => {
    expect(found(facts, registry)).toEqual([])
  })

  test.each<[string, Facts]>([
    ['on the day of pension age', { birthDate: '1966-11-22' }],
    ['a woman of 55', { sex: 'female', birthDate: '1971-11-22' }],
    ['only contributions show the membership', { enrolments: [] }],
    ['his last contribution is just long enough ago', { contributions: [paidFor('2026-08')] }],
    ['what he draws is another branch', { benefits: [pension('2026-10', { branch: 'survivors' })] }],
  ])('found: %s', (_, facts) => {
    expect(found(facts)).toHaveLength(1)
  })
})
