import { expect, test } from 'vitest'
import { prepare } from '../../linkage/features.ts'
import { linkRecord } from './person.ts'

const namedBy = (name: string | undefined, id = 'ke-test:7') =>
  prepare({ ...linkRecord('x', {}), employers: [{ id, ...(name !== undefined && { name }) }] }).employers

test.each([
  ...['None', 'NIL', 'N/A', 'n.a.', '-', 'Unknown', 'Not applicable', '无', 'ບໍ່ມີ', '无业', 'Безработный'],
  ...['Self', 'Self employed', 'SELF-EMPLOYED', 'Unemployed', 'Casual', 'Casual labourer', 'Retired', 'Various'],
  ...['Informal sector', 'Private', 'Private Co. Ltd', 'The Others', 'ບຳນານ'],
])('"%s" is nobody’s employer, by name or number', (name) => {
  expect(namedBy(name)).toEqual([])
})

test.each([
  ['Mlima Textiles Ltd', ['ke-test:7', 'mlimatextiles']],
  ['Casual Wear EPZ', ['ke-test:7', 'casualwearepz']],
  ['KPA', ['ke-test:7']],
  [undefined, ['ke-test:7']],
])('"%s" is an employer', (name, keys) => {
  expect(namedBy(name)).toEqual(keys)
})

test('a number that stands for nothing is no employer’s', () => {
  expect(namedBy('Mlima Textiles Ltd', 'ke-test:N/A')).toEqual(['mlimatextiles'])
  expect(namedBy(undefined, 'ke-test:-')).toEqual([])
})
