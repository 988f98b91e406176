import { expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { numberSaysOtherwise } from '../../../reconciliation/rules/number-says-otherwise.ts'
import type { Identifier, SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

type Issuer = Identifier['issuer']
// Published examples and made-up numbers: a woman born 31 December 1949; a woman born 15 August 1987; a man.
const numbers: { readonly [issuer in Issuer]?: string } = {
  cn: '11010519491231002X',
  kg: '11508198700123',
  pk: '4220100000013',
}
const found = (issuer: Issuer, facts: Partial<SourceRecord>, absent = false) =>
  findings(
    numberSaysOtherwise,
    [
      person(
        'p',
        held('cn-social', {
          identifiers: [{ type: 'national-id', issuer, value: numbers[issuer] ?? '99000001' }],
          absent,
          ...facts,
        }),
      ),
    ],
    { asOf: '2026-11-22', law },
  )

test.each<[string, Issuer, Partial<SourceRecord>, string]>([
  ['China, another sex', 'cn', { sex: 'male', birthDate: '1949-12-31' }, 'another sex'],
  ['China, another day', 'cn', { sex: 'female', birthDate: '1949-12-13' }, 'another birth date'],
  ['China, another month', 'cn', { birthDate: '1949-11' }, 'another birth date'],
  ['China, another year', 'cn', { birthDate: '1950' }, 'another birth date'],
  ['Kyrgyzstan: 1 is a woman', 'kg', { sex: 'male', birthDate: '1987-08-15' }, 'another sex'],
  ['Kyrgyzstan, both', 'kg', { sex: 'male', birthDate: '1986-08-15' }, 'another sex and birth date'],
  ['Pakistan: odd is a man', 'pk', { sex: 'female' }, 'another sex'],
])('%s', (_, issuer, facts, what) => {
  expect(found(issuer, facts)).toMatchObject([
    {
      about: `national-id ${issuer} cn-social`,
      owner: 'cn-social',
      facts: { what },
      evidence: [{ pointer: '/identifiers/0' }],
    },
  ])
})

test.each<[string, Issuer, Partial<SourceRecord>, boolean?]>([
  ['all agrees', 'cn', { sex: 'female', birthDate: '1949-12-31' }],
  ['the year agrees, and no more is known', 'cn', { birthDate: '1949' }],
  ['the month agrees, and no more is known', 'kg', { birthDate: '1987-08' }],
  ['a usual day of the year', 'kg', { birthDate: '1987-01-01' }],
  ['the record says nothing', 'pk', {}],
  ['a sex that is not known', 'pk', { sex: 'not-known' }],
  ['Pakistani numbers hold no birth date', 'pk', { sex: 'male', birthDate: '1999-09-09' }],
  ['Kenyan numbers hold nothing', 'ke', { sex: 'male', birthDate: '1999-09-09' }],
  ['listed no more', 'cn', { sex: 'male' }, true],
])('nothing odd: %s', (_, issuer, facts, absent) => {
  expect(found(issuer, facts, absent)).toEqual([])
})
