import { expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { twoNumbers } from '../../../reconciliation/rules/two-numbers.ts'
import type { Identifier } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

type Number = Partial<Identifier> & { value: string }
type Given = [registry: string, numbers: Number[], absent?: boolean]
const found = (...records: Given[]) =>
  findings(
    twoNumbers,
    [
      person(
        'p',
        ...records.map(([registry, numbers, absent = false], index) => {
          const identifiers = numbers.map((number) => ({ type: 'national-id', issuer: 'ke', ...number }) as const)
          return held(registry, { identifiers, absent, sourceId: `${index}` })
        }),
      ),
    ],
    { asOf: '2026-11-22', law },
  )

test('two registries, two national numbers: both look at their own', () => {
  const drafts = found(['ke-nssf', [{ value: '99000001' }]], ['ke-sha', [{ value: '99345678' }]])
  expect(drafts.map(({ about, owner, severity, evidence }) => [about, owner, severity, evidence[0]?.registry])).toEqual(
    [
      ['national-id ke ke-nssf', 'ke-nssf', 'S1', 'ke-nssf'],
      ['national-id ke ke-sha', 'ke-sha', 'S1', 'ke-sha'],
    ],
  )
})

test('one slip of the pen weighs less', () => {
  const drafts = found(['ke-nssf', [{ value: '99000001' }]], ['ke-sha', [{ value: '99000011' }]])
  expect(drafts.map(({ severity }) => severity)).toEqual(['S2', 'S2'])
})

test('the population register is not asked about its own number', () => {
  const drafts = found(['ke-iprs', [{ value: '99000001' }]], ['ke-sha', [{ value: '99345678' }]])
  expect(drafts.map(({ owner }) => owner)).toEqual(['ke-sha'])
})

test('two registers that disagree are both asked', () => {
  const two = ['ke-iprs', 'ke-crs'].map((registry, index) =>
    held(registry, { identifiers: [{ type: 'national-id', issuer: 'ke', value: index ? '99345678' : '99000001' }] }),
  )
  const authorities = { ke: ['ke-iprs', 'ke-crs'] }
  const drafts = findings(twoNumbers, [person('p', ...two)], { asOf: '2026-11-22', law: { ...law, authorities } })
  expect(drafts.map(({ owner }) => owner)).toEqual(['ke-iprs', 'ke-crs'])
})

test('one record with two numbers', () => {
  expect(found(['ke-nssf', [{ value: '99000001' }, { value: '99345678' }]])).toHaveLength(1)
})

test.each<[string, Given[]]>([
  [
    'one number everywhere',
    [
      ['ke-nssf', [{ value: '99000001' }]],
      ['ke-sha', [{ value: '99000001' }]],
    ],
  ],
  [
    'a number of another type',
    [
      ['ke-nssf', [{ value: '99000001' }]],
      ['ke-sha', [{ value: '99345678', type: 'refugee-id' }]],
    ],
  ],
  [
    'two passports, as people have',
    [
      ['ke-nssf', [{ value: 'AK123456', type: 'passport' }]],
      ['ke-sha', [{ value: 'BK765432', type: 'passport' }]],
    ],
  ],
  [
    'two member numbers: R07 tells of those',
    [
      [
        'ke-nssf',
        [
          { value: '200000001', type: 'nssf-number' },
          { value: '200000452', type: 'nssf-number' },
        ],
      ],
    ],
  ],
  [
    'an adult keeps the identity number as Maisha number',
    [
      ['ke-nssf', [{ value: '99000001' }]],
      ['ke-sha', [{ value: '99000001', type: 'maisha-number' }]],
    ],
  ],
  [
    'the tax number of a company',
    [
      [
        'ke-nssf',
        [
          { value: 'A000111222B', type: 'tax-pin' },
          { value: 'P000111222C', type: 'tax-pin' },
        ],
      ],
    ],
  ],
  [
    'the other is listed no more',
    [
      ['ke-nssf', [{ value: '99000001' }]],
      ['ke-sha', [{ value: '99345678' }], true],
    ],
  ],
])('not found: %s', (_, records) => {
  expect(found(...records)).toEqual([])
})
