import { expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { sharedIdentifier } from '../../../reconciliation/rules/shared-identifier.ts'
import type { Identifier, SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const id: Identifier = { type: 'national-id', issuer: 'ke', value: '99000001' }
type Who = Partial<SourceRecord> & { name: string; registry?: string; absent?: boolean }
const found = (...people: Who[]) =>
  findings(
    sharedIdentifier,
    people.map(({ registry = 'ke-nssf', ...facts }, index) =>
      person(`p${index}`, held(registry, { identifiers: [id], sourceId: `${index}`, ...facts })),
    ),
    { asOf: '2026-11-22', law },
  )
const wanjiru: Who = { name: 'Grace Wanjiru Kamau', birthDate: '1984-03-12', sex: 'female' }

test.each<[string, Who, Who]>([
  ['other names, born years apart', wanjiru, { name: 'Peter Otieno Odhiambo', birthDate: '1971-07-30' }],
  ['other names, other sex, no birth date', { ...wanjiru }, { name: 'Peter Otieno Odhiambo', sex: 'male' }],
  ['father and daughter share a name', wanjiru, { name: 'Joseph Kamau Njoroge', birthDate: '1950-01-20' }],
  [
    'only the years are known, and they are two apart',
    { ...wanjiru, birthDate: '1984' },
    { name: 'Peter Otieno', birthDate: '1986' },
  ],
])('two people: %s', (_, one, other) => {
  expect(found(one, other)).toMatchObject([
    { about: 'ke-nssf', owner: 'ke-nssf', persons: ['p0', 'p1'], facts: { people: 2, type: 'national-id' } },
  ])
})

test('each registry that lists one of them is asked about its own', () => {
  const drafts = found(wanjiru, { name: 'Peter Otieno Odhiambo', birthDate: '1971-07-30', registry: 'ke-sha' })
  expect(drafts.map(({ owner, evidence }) => [owner, evidence[0]?.registry])).toEqual([
    ['ke-nssf', 'ke-nssf'],
    ['ke-sha', 'ke-sha'],
  ])
})

test.each<[string, Who, Who]>([
  ['another spelling', wanjiru, { name: 'Grace Wanjiro Kamao', birthDate: '1971-07-30' }],
  ['another order', wanjiru, { name: 'Kamau Grace Wanjiru', birthDate: '1971-07-30' }],
  ['a middle name is missing', wanjiru, { name: 'Grace Kamau', birthDate: '1971-07-30' }],
  [
    'other names, but one birth date and sex: she may have married',
    wanjiru,
    { name: 'Mary Achieng Odhiambo', birthDate: '1984-03-12', sex: 'female' },
  ],
  ['born less than a year apart', wanjiru, { name: 'Mary Achieng Odhiambo', birthDate: '1984-11-30', sex: 'female' }],
  [
    'neighbouring years, no days',
    { ...wanjiru, birthDate: '1984' },
    { name: 'Mary Achieng', birthDate: '1985', sex: 'female' },
  ],
  ['nothing known but the names', { name: 'Grace Wanjiru' }, { name: 'Peter Otieno' }],
  ['one of them is listed no more', wanjiru, { name: 'Peter Otieno', birthDate: '1971-07-30', absent: true }],
])('perhaps one: %s', (_, one, other) => {
  expect(found(one, other)).toEqual([])
})

test('a household’s number, and one given anew, are nobody’s own', () => {
  const shared = (type: Identifier['type']) => {
    const identifiers = [{ ...id, type }]
    return found({ ...wanjiru, identifiers }, { name: 'Peter Otieno', birthDate: '1971-07-30', identifiers })
  }
  expect(shared('sha-household-number')).toEqual([])
  expect(shared('temporary-id')).toEqual([])
  expect(shared('alien-id')).toHaveLength(1)
})

test('a refugee number with the digits of a national number is another number', () => {
  const refugee: Identifier[] = [{ ...id, type: 'refugee-id' }]
  expect(found(wanjiru, { name: 'Abdi Hassan', birthDate: '1999-01-09', identifiers: refugee })).toEqual([])
})
