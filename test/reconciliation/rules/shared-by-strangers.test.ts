import { describe, expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { sharedAccount, sharedPhone } from '../../../reconciliation/rules/shared-by-strangers.ts'
import type { Household, SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const given = { asOf: '2026-11-22', law }
const phone = '+254700000001'
const account = { institution: 'mpesa', number: '0700000001' }
type Facts = Partial<SourceRecord> & { absent?: boolean }

const living = (number: string, more: Partial<Household> = {}): Facts => ({
  households: [{ number, role: 'other', ...more }],
})
const people = (...facts: Facts[]) =>
  facts.map((one, index) =>
    person(`p${index}`, held('ke-inua', { sourceId: `${index}`, phones: [phone], accounts: [account], ...one })),
  )
const strangers = (count: number) => people(...Array.from({ length: count }, (_, index) => living(`H${index}`)))

describe('a telephone', () => {
  const found = (members: ReturnType<typeof people>) => findings(sharedPhone, members, given)

  test('five families are too many for one number, four are not', () => {
    expect(found(strangers(5))).toMatchObject([
      { about: 'ke-inua', owner: 'ke-inua', facts: { families: 5, persons: 5 } },
    ])
    expect(found(strangers(4))).toEqual([])
  })

  test.each<[string, Facts[], number]>([
    ['nobody has a household on file', [{}, {}, {}, {}, {}], 1],
    ['five people of one household', Array.from({ length: 5 }, () => living('H1')), 0],
    ['two of the five live together', [living('H1'), living('H1'), living('H2'), living('H3'), living('H4')], 0],
    [
      'two of the six live together',
      [living('H1'), living('H1'), living('H2'), living('H3'), living('H4'), living('H5')],
      1,
    ],
    [
      'two households that a third person ties, told of last',
      [
        living('H1'),
        living('H2'),
        living('H3'),
        living('H4'),
        living('H5'),
        {
          households: [
            { number: 'H1', role: 'other' },
            { number: 'H2', role: 'other' },
          ],
        },
      ],
      0,
    ],
    ['they lived together until last year', Array.from({ length: 5 }, () => living('H1', { until: '2025-12-31' })), 1],
    ['they may live together still', Array.from({ length: 5 }, () => living('H1', { until: '2026' })), 0],
    ['one of the five is listed no more', [{ absent: true }, {}, {}, {}, {}], 0],
    ['one of the five has another number', [{ phones: ['+254700000002'] }, {}, {}, {}, {}], 0],
  ])('%s', (_, facts, count) => {
    expect(found(people(...facts))).toHaveLength(count)
  })

  test('each registry that lists one of them has a finding of its own, whoever comes first or leaves', () => {
    const others = ['ke-sha', 'ke-nssf'].map((registry) => person(`q-${registry}`, held(registry, { phones: [phone] })))
    const owners = (members: ReturnType<typeof people>) =>
      found(members).map(({ about, owner, evidence }) => [about, owner, evidence[0]?.registry])
    const three = ['ke-inua', 'ke-nssf', 'ke-sha'].map((registry) => [registry, registry, registry])
    expect(owners([...others, ...strangers(5)])).toEqual(three)
    expect(owners([...strangers(5), ...others.toReversed()])).toEqual(three)
    expect(owners([...others.slice(1), ...strangers(5)])).toEqual(three.slice(0, 2))
  })

  test('one person in several parts is one person', () => {
    const [one, ...others] = people({}, {}, {}, {})
    expect(found(one ? [one, one, ...others] : [])).toEqual([])
  })
})

describe('an account that benefits are paid to', () => {
  const found = (members: ReturnType<typeof people>) => findings(sharedAccount, members, given)

  test('two strangers on one account', () => {
    expect(found(strangers(2))).toMatchObject([
      { about: 'ke-inua', owner: 'ke-inua', persons: ['p0', 'p1'], facts: { families: 2, persons: 2 } },
    ])
  })

  test.each<[string, Facts[]]>([
    ['husband and wife', [living('H1'), living('H1')]],
    ['the same number at another bank', [{}, { accounts: [{ ...account, institution: 'bank-1' }] }]],
    ['one of them is listed no more', [{}, { absent: true }]],
  ])('no finding: %s', (_, facts) => {
    expect(found(people(...facts))).toEqual([])
  })
})
