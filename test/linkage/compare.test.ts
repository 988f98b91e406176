import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compare } from '../../linkage/compare.ts'
import { decide } from '../../linkage/decide.ts'
import { prepare } from '../../linkage/features.ts'
import { defaultModel } from '../../linkage/model.ts'
import { people } from './people.ts'
import { linkRecord, type Person } from './person.ts'

const judge = (a: Person, b: Person) =>
  decide(defaultModel, compare(defaultModel, prepare(linkRecord('a', a)), prepare(linkRecord('b', b))))

test('a pair is judged alike from either side', () => {
  fc.assert(
    fc.property(people, people, (a, b) => {
      expect(judge(b, a)).toEqual(judge(a, b))
    }),
    { numRuns: 10000 },
  )
})

test('when one field comes to agree, the weight never falls', () => {
  const fields = fc.constantFrom<keyof Person>('name', 'born', 'sex', 'numbers', 'phone', 'relatives')
  fc.assert(
    fc.property(people, people, fields, (a, b, field) => {
      fc.pre(a[field] !== undefined)
      // More names, or more places, are more chances to agree, so these come over whole.
      const closer = field === 'name' ? { ...b, name: a.name, alsoNamed: a.alsoNamed } : { ...b, [field]: a[field] }
      expect(judge(a, closer as Person).weight).toBeGreaterThanOrEqual(judge(a, b).weight - 1e-9)
    }),
    { numRuns: 1000 },
  )
})

test('a missing field weighs nothing, whatever the other side holds', () => {
  fc.assert(
    fc.property(people, (a) => {
      const { parts, weight } = judge(a, {})
      expect(parts.every((part) => part.level === 'missing' && part.weight === 0)).toBe(true)
      expect(weight).toBe(defaultModel.priorWeight)
    }),
  )
})

test('the order of names, numbers and relatives within a record does not matter', () => {
  fc.assert(
    fc.property(people, people, (a, b) => {
      const record = linkRecord('a', a)
      const turned = {
        ...record,
        names: [...record.names].reverse(),
        identifiers: [...record.identifiers].reverse(),
        relations: [...record.relations].reverse(),
      }
      const other = prepare(linkRecord('b', b))
      expect(compare(defaultModel, prepare(turned), other)).toEqual(compare(defaultModel, prepare(record), other))
    }),
  )
})

const level = (on: string, a: Person, b: Person) => judge(a, b).parts.find((part) => part.on === on)?.level

test.each([
  ['1987-08-15', '1987-08-15', 'exact'],
  ['1987-08-05', '1987-05-08', 'swapped'],
  ['1987-08-15', '1987-08-16', 'near'],
  ['1989-08-15', '1990-08-15', 'near'],
  ['1987-08-15', '1987-09-26', 'same-year'],
  ['1987-08', '1987-08-15', 'month'],
  ['1987-08', '1987-09-15', 'same-year'],
  ['1987', '1987-08-15', 'year'],
  ['1987-01-01', '1987-08-15', 'year'],
  ['1987-07-01', '1987-01-01', 'year'],
  ['1987-01-01', '1989-08-15', 'near-year'],
  ['1987-01-01', '1995-08-15', 'other-year'],
  ['1987-08-15', '1995-02-03', 'different'],
])('birth dates %s and %s agree at the level %s', (a, b, expected) => {
  expect(level('birthDate', { born: a }, { born: b })).toBe(expected)
})

test('two villages of one name in two counties are two villages', () => {
  expect(level('locality', { village: 'Kibera', county: 'Nairobi' }, { village: 'Kibera', county: 'Kiambu' })).toBe(
    'different',
  )
  expect(level('locality', { village: 'Kibera', county: 'Nairobi' }, { village: 'KIBERA' })).toBe('locality')
  expect(level('locality', { village: 'Kibera', county: 'Nairobi' }, { village: 'Karen', county: 'NAIROBI' })).toBe(
    'region',
  )
})

test('a village that the office writes as a number is the same under the same number only', () => {
  const at = (village: string) => ({ village, county: 'Savannakhet' })
  expect(level('locality', at('1301036'), at('13-01-036'))).toBe('locality')
  expect(level('locality', at('1301036'), at('1301037'))).toBe('region')
})

test('a person with two numbers of a type agrees by the better of them', () => {
  const record = linkRecord('a', { numbers: { 'national-id': '99012345' } })
  const both = {
    ...record,
    identifiers: [...record.identifiers, ...linkRecord('c', { numbers: { 'national-id': '99099999' } }).identifiers],
  }
  const parts = compare(
    defaultModel,
    prepare(both),
    prepare(linkRecord('b', { numbers: { 'national-id': '99099999' } })),
  )
  expect(parts.find((part) => part.on === 'identifier:national-id')?.level).toBe('exact')
})

test('a number in the wrong column does not hide a conflict in the right one', () => {
  const { parts } = judge(
    { numbers: { 'national-id': '990123456' } },
    { numbers: { 'national-id': '99012111', 'nssf-number': '990123456' } },
  )
  expect(parts.filter((part) => part.on.startsWith('identifier:')).map(({ on, level: found }) => [on, found])).toEqual([
    ['identifier:national-id', 'different'],
    ['identifier:national-id/nssf-number', 'wrong-column'],
  ])
})
