import { describe, expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { publicPayOnBenefit, publicSpouseOnBenefit } from '../../../reconciliation/rules/public-pay-on-benefit.ts'
import { publicSpouseNamed } from '../../../reconciliation/rules/public-spouse-named.ts'
import type { Benefit, Enrolment, Household, Identifier, SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const given = { asOf: '2026-11-22', law }
type Facts = Partial<SourceRecord> & { absent?: boolean }

const on = (scheme: string, more: Partial<Enrolment> = {}): Enrolment => ({
  scheme,
  branches: ['social-assistance'],
  status: 'active',
  ...more,
})
const drawn = (scheme: string, month: string, state: Benefit['state'] = 'paid'): Benefit => ({
  scheme,
  branch: 'social-assistance',
  kind: 'cash',
  state,
  month,
  amount: { amount: 400_000, currency: 'KES' },
})
const older = 'ke-inua/older-persons'
const pay = 'ke-payroll/public-service'
const pension = 'ke-payroll/public-pension'
const assisted: Facts = { enrolments: [on(older)], benefits: [drawn(older, '2026-05'), drawn(older, '2026-09')] }

describe('the person herself', () => {
  const found = (payroll: Facts, inua: Facts = assisted) =>
    findings(publicPayOnBenefit, [person('p', held('ke-inua', inua), held('ke-payroll', payroll))], given)

  test('on the payroll and on a poverty benefit: the money is what was paid lately', () => {
    expect(found({ enrolments: [on(pay)] })).toMatchObject([
      { about: older, owner: 'ke-inua', money: { amount: 400_000, currency: 'KES' }, facts: { payroll: pay } },
    ])
  })

  test.each<[string, Facts, Facts?]>([
    ['a pension of the state', { benefits: [drawn(pension, '2026-10')] }],
    [
      'paid lately, where nothing is said about membership',
      { enrolments: [on(pay)] },
      { benefits: [drawn(older, '2026-08')] },
    ],
    ['pay on its way', { benefits: [drawn(pay, '2026-11', 'initiated')] }],
  ])('found: %s', (_, payroll, inua) => {
    expect(found(payroll, inua)).toHaveLength(1)
  })

  test.each<[string, Facts, Facts?]>([
    ['not on a payroll', {}],
    ['the job has ended', { enrolments: [on(pay, { until: '2026-10-31' })] }],
    ['the job may have ended: only the year is known', { enrolments: [on(pay, { until: '2026' })] }],
    ['the job begins tomorrow', { enrolments: [on(pay, { from: '2026-11-23' })] }],
    ['the last pension is of July', { benefits: [drawn(pension, '2026-07')] }],
    ['a pension that he paid for', { benefits: [drawn('ke-nssf/act-2013', '2026-10')] }],
    [
      'the benefit has ended',
      { enrolments: [on(pay)] },
      { enrolments: [on(older, { status: 'ended' })], benefits: [drawn(older, '2026-05')] },
    ],
    ['the payroll lists her no more', { enrolments: [on(pay)], absent: true }],
    ['a benefit that is for everybody who paid', { enrolments: [on(pay)] }, { enrolments: [on('ke-sha/shif')] }],
  ])('no finding: %s', (_, payroll, inua) => {
    expect(found(payroll, inua)).toEqual([])
  })
})

describe('husband or wife', () => {
  const member = (id: string, role: Household['role'], facts: Facts, home: Partial<Household> = {}) =>
    person(
      id,
      held('ke-esr', { sourceId: id, households: [{ number: 'H1', role, ...home }] }),
      held('ke-x', { sourceId: id, ...facts }),
    )
  const wife = member('wife', 'spouse', assisted)
  const found = (...others: ReturnType<typeof member>[]) => findings(publicSpouseOnBenefit, [wife, ...others], given)

  test('her husband is on the payroll: one finding about both', () => {
    expect(found(member('man', 'head', { enrolments: [on(pay)] }))).toMatchObject([
      { about: `${older} wife`, owner: 'ke-inua', persons: ['wife', 'man'], facts: { scheme: older, payroll: pay } },
    ])
  })

  test.each<[string, ReturnType<typeof member>]>([
    ['a son', member('son', 'child', { enrolments: [on(pay)] })],
    ['another wife of her husband', member('other', 'spouse', { enrolments: [on(pay)] })],
    ['a husband who left the household', member('man', 'head', { enrolments: [on(pay)] }, { until: '2026-11-21' })],
    ['a husband who may have left it this year', member('man', 'head', { enrolments: [on(pay)] }, { until: '2026' })],
    ['a husband of another household', member('man', 'head', { enrolments: [on(pay)] }, { number: 'H2' })],
    [
      'a husband who is retired from the state no more',
      member('man', 'head', { enrolments: [on(pension, { status: 'ended' })] }),
    ],
  ])('no finding: the payroll has %s', (_, other) => {
    expect(found(other)).toEqual([])
  })

  test('herself on the payroll is the other rule', () => {
    const both = member('wife', 'spouse', { ...assisted, enrolments: [on(older), on(pay)] })
    expect(findings(publicSpouseOnBenefit, [both, member('man', 'head', {})], given)).toEqual([])
  })
})

describe('husband or wife as a registry names them', () => {
  const his: Identifier = { type: 'national-id', issuer: 'ke', value: '99000001' }
  const wife = (facts: Facts = {}) =>
    person('wife', held('ke-inua', { ...assisted, relations: [{ role: 'spouse', identifier: his }], ...facts }))
  const husband = (payroll: Facts, sourceId = 'man') =>
    person(sourceId, held('ke-payroll', { sourceId, identifiers: [his], ...payroll }))
  const found = (one: ReturnType<typeof wife>, ...others: ReturnType<typeof wife>[]) =>
    findings(publicSpouseNamed, [one, ...others], given)
  const employed: Facts = { enrolments: [on(pay)] }

  test('her husband, by his number, is on the payroll', () => {
    expect(found(wife(), husband(employed))).toMatchObject([
      {
        about: `${older} wife`,
        owner: 'ke-inua',
        money: { amount: 400_000, currency: 'KES' },
        persons: ['wife', 'man'],
        facts: { scheme: older, payroll: pay },
      },
    ])
  })

  test.each<[string, Facts, Facts]>([
    ['he has left the service', {}, { enrolments: [on(pay, { status: 'ended' })] }],
    [
      'the number is that of another document',
      { relations: [{ role: 'spouse', identifier: { ...his, type: 'alien-id' } }] },
      employed,
    ],
    ['she names him as her caregiver', { relations: [{ role: 'caregiver', identifier: his }] }, employed],
    ['her benefit has ended', { enrolments: [], benefits: [] }, employed],
    ['the payroll lists him no more', {}, { ...employed, absent: true }],
  ])('no finding: %s', (_, hers, payroll) => {
    expect(found(wife(hers), husband(payroll))).toEqual([])
  })

  test('a couple that is head and spouse of one household is found once, by its household', () => {
    const home = (role: Household['role']) => ({ households: [{ number: 'H1', role }] })
    const couple = [
      wife(home('spouse')),
      person('man', held('ke-inua', { identifiers: [his], ...home('head'), ...employed })),
    ]
    expect(findings(publicSpouseNamed, couple, given)).toEqual([])
    expect(findings(publicSpouseOnBenefit, couple, given)).toHaveLength(1)
  })
})
