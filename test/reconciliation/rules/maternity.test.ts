import { describe, expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { maternityUnused } from '../../../reconciliation/rules/maternity-unused.ts'
import { maternityWithoutContributions } from '../../../reconciliation/rules/maternity-without-contributions.ts'
import type { Benefit, Contribution, Enrolment, SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const scheme = 'la-lsso/nssf'
const insured: Enrolment = { scheme, branches: ['maternity'], status: 'active', category: 'employed' }
const paidFor = (...months: string[]): Contribution[] => months.map((month) => ({ scheme, month, state: 'allocated' }))
const half = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06']
const claim = (eventOn: string | undefined, more: Partial<Benefit> = {}): Benefit => ({
  scheme,
  branch: 'maternity',
  kind: 'cash',
  state: 'paid',
  month: '2026-08',
  amount: { amount: 300_000_000, currency: 'LAK' },
  ...(eventOn && { eventOn }),
  ...more,
})
type Facts = Partial<SourceRecord> & { absent?: boolean }
const mother = (facts: Facts) => person('p', held('la-lsso', { sex: 'female', enrolments: [insured], ...facts }))

describe('a benefit that does not add up', () => {
  const found = (facts: Facts) => findings(maternityWithoutContributions, [mother(facts)], { asOf: '2026-11-22', law })

  test('two months of contributions where six are needed', () => {
    expect(found({ benefits: [claim('2026-07-15')], contributions: paidFor('2026-05', '2026-06') })).toMatchObject([
      {
        about: `${scheme} contributions 2026-07`,
        severity: 'S1',
        owner: 'la-lsso',
        money: { amount: 300_000_000, currency: 'LAK' },
        facts: { birth: '2026-07', months: 2, needed: 6, within: 12 },
      },
    ])
  })

  test.each<[string, Facts]>([
    ['six months, just enough', { benefits: [claim('2026-07-15')], contributions: paidFor(...half) }],
    [
      'six months, the first a year before the birth',
      { benefits: [claim('2026-07-15')], contributions: paidFor('2025-07', ...half.slice(1)) },
    ],
    [
      'months that the employer declared and never paid',
      {
        benefits: [claim('2026-07-15')],
        contributions: paidFor(...half).map((line) => ({ ...line, state: 'declared' })),
      },
    ],
    ['only the year of the birth is known', { benefits: [claim('2026')] }],
    ['the claim was refused', { benefits: [claim('2026-07-15', { state: 'failed' })] }],
    ['care in a hospital', { benefits: [claim('2026-07-15', { kind: 'service' })] }],
    ['her membership is not among the records', { benefits: [claim('2026-07-15')], enrolments: [] }],
    ['listed no more', { benefits: [claim('2026-07-15')], absent: true }],
  ])('no finding: %s', (_, facts) => {
    expect(found(facts)).toEqual([])
  })

  test.each<[string, Facts]>([
    ['five months', { contributions: paidFor(...half.slice(1)) }],
    ['five, and one more than a year before', { contributions: paidFor('2025-06', ...half.slice(1)) }],
    ['five, and the month of the birth', { contributions: paidFor(...half.slice(1), '2026-07') }],
    ['one month twice', { contributions: paidFor(...half.slice(1), '2026-06') }],
    [
      'one that was reversed',
      { contributions: [...paidFor(...half.slice(1)), { scheme, month: '2026-01', state: 'reversed' }] },
    ],
    ['none, of a member', {}],
  ])('too few: %s', (_, facts) => {
    expect(found({ benefits: [claim('2026-07-15')], ...facts })).toHaveLength(1)
  })

  test('contributions and words of records that are merely linked count for her', () => {
    const part = mother({ sex: 'male', benefits: [claim('2026-07-15')], contributions: paidFor(...half.slice(1)) })
    const seen = (facts: Facts) =>
      findings(maternityWithoutContributions, [part], {
        asOf: '2026-11-22',
        law,
        whole: person('p', ...part.records, held('la-lsso', { sourceId: '2', ...facts })),
      }).map(({ about }) => about)
    expect(seen({})).toEqual([`${scheme} contributions 2026-07`, `${scheme} male`])
    expect(seen({ contributions: paidFor('2026-01'), sex: 'female' })).toEqual([])
  })

  test('paid to a man, unless a record says otherwise', () => {
    const facts: Facts = { sex: 'male', benefits: [claim('2026-07-15')], contributions: paidFor(...half) }
    expect(found(facts)).toMatchObject([{ about: `${scheme} male` }])
    expect(found({ ...facts, sex: 'not-known' })).toEqual([])
    const both = person('p', held('la-moh', { sex: 'female' }), ...mother(facts).records)
    expect(findings(maternityWithoutContributions, [both], { asOf: '2026-11-22', law })).toEqual([])
  })

  const contributions = paidFor('2025-08', '2025-09', '2025-10', '2025-11', '2025-12', ...half, '2026-07')
  test.each<[string, string, string, number]>([
    ['five months apart', '2026-03-10', '2026-08-10', 1],
    ['a day less than six months apart', '2026-02-10', '2026-08-09', 1],
    ['six months apart', '2026-02-10', '2026-08-10', 0],
    ['perhaps six months apart', '2026-02-10', '2026-08', 0],
    ['twins over midnight', '2026-08-09', '2026-08-10', 0],
    ['the expected and the actual day', '2026-08-01', '2026-08-29', 0],
    ['a month and a day in it', '2026-08', '2026-08-29', 0],
    ['a day more than one birth can explain', '2026-07-31', '2026-08-29', 1],
  ])('two births, %s', (_, first, second, count) => {
    expect(found({ benefits: [claim(second), claim(first)], contributions })).toHaveLength(count)
  })

  test('two births: the money is that of the second', () => {
    expect(found({ benefits: [claim('2026-03-10'), claim('2026-08-10')], contributions })).toMatchObject([
      { about: `${scheme} births 2026-03 2026-08`, money: { amount: 300_000_000, currency: 'LAK' }, severity: 'S1' },
    ])
  })
})

describe('a benefit that nobody claimed', () => {
  const found = (facts: Facts, asOf = '2026-10-14') => {
    const { events = [{ kind: 'birth-given', on: '2026-07-15' }], contributions = paidFor(...half), ...others } = facts
    return findings(maternityUnused, [mother({ events, contributions, ...others })], { asOf, law })
  }

  test('ninety-one days after the birth she is told, and after ninety she is not', () => {
    expect(found({})).toMatchObject([
      { about: `${scheme} 2026-07`, owner: 'la-lsso', facts: { birth: '2026-07', months: 6, days: 90 } },
    ])
    expect(found({}, '2026-10-13')).toEqual([])
  })

  test.each<[string, Facts, string?]>([
    ['claimed', { benefits: [claim('2026-07-15')] }],
    ['claimed and refused', { benefits: [claim('2026-07-15', { state: 'failed' })] }],
    ['claimed by the expected day', { benefits: [claim('2026-08-02')] }],
    ['claimed, without a birth on the line', { benefits: [claim(undefined)] }],
    ['five months of contributions', { contributions: paidFor(...half.slice(1)) }],
    ['only the year of the birth is known', { events: [{ kind: 'birth-given', on: '2026' }] }],
    [
      'only the month is known, and ninety days from its end are not over',
      { events: [{ kind: 'birth-given', on: '2026-07' }] },
    ],
    ['a birth of long ago', {}, '2029-10-14'],
    ['said to have died', { death: { status: 'reported' } }],
    ['listed no more', { absent: true }],
  ])('no finding: %s', (_, facts, asOf) => {
    expect(found(facts, asOf)).toEqual([])
  })

  test.each<[string, Facts]>([
    ['what was claimed is the birth before', { benefits: [claim('2025-06-01', { month: '2025-08' })] }],
    ['sickness pay is no claim', { benefits: [claim('2026-07-15', { branch: 'sickness' })] }],
    [
      'two registries know of the birth',
      {
        events: [
          { kind: 'birth-given', on: '2026-07-15' },
          { kind: 'birth-given', on: '2026-07-15' },
        ],
      },
    ],
  ])('one finding: %s', (_, facts) => {
    expect(found(facts)).toHaveLength(1)
  })
})
