import { expect, test } from 'vitest'
import { blockingKeys } from '../../linkage/blocking.ts'
import { prepare } from '../../linkage/features.ts'
import { linkRecord, type Person } from './person.ts'

const keys = (person: Person) => blockingKeys(prepare(linkRecord('x', person)))
const shared = (a: Person, b: Person, kind: string) => {
  const mine = new Set(keys(a))
  return keys(b).filter((key) => key.startsWith(`${kind}:`) && mine.has(key))
}

test.each<[string, string, Person, Person]>([
  ['an identifier', 'i', { numbers: { 'national-id': '99012345' } }, { numbers: { 'national-id': '99012345' } }],
  [
    'a number in the wrong column',
    'i',
    { numbers: { 'national-id': '990123456' } },
    { numbers: { 'nssf-number': '990123456' } },
  ],
  [
    'a telephone and a first sound',
    'p',
    { name: 'Mary', phone: '+254712000001' },
    { name: 'Merry', phone: '+254712000001' },
  ],
  ['two words in another order', 'n', { name: 'Mary Wanjiku' }, { name: 'WANJIKU MARY ACHIENG' }],
  ['two words in another script', 'n', { name: 'ສົມສັກ ວົງສາ' }, { name: 'Somxack Wongsa' }],
  [
    'one word and the year, the family name changed',
    'y',
    { name: 'Mary Kamau', born: '1987-01-01' },
    { name: 'Mary Njoroge', born: '1987-08-15' },
  ],
  [
    'day and month swapped',
    'b',
    { name: 'Mary', born: '1987-08-05' },
    { name: 'M', alsoNamed: ['Mary'], born: '1987-05-08' },
  ],
])('records are compared that share %s', (_, kind, a, b) => {
  expect(shared(a, b, kind).length).toBeGreaterThan(0)
})

test('a shared telephone alone brings nobody together', () => {
  expect(
    shared({ name: 'Mary Wanjiku', phone: '+254712000001' }, { name: 'Brian Otieno', phone: '+254712000001' }, 'p'),
  ).toEqual([])
})

test('a birth date that is the habit of an office is no key, or half a county would share it', () => {
  expect(keys({ name: 'Mary Wanjiku', born: '1987-01-01' }).filter((key) => key.startsWith('b:'))).toEqual([])
})

test('each key comes once, and a record about nothing has none', () => {
  const many = keys({ name: 'Mary Mary Mary', born: '1987-08-15', phone: '+254712000001' })
  expect(new Set(many).size).toBe(many.length)
  expect(keys({})).toEqual([])
})
