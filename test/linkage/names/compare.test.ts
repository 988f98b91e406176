import { expect, test } from 'vitest'
import { compareNames } from '../../../linkage/names/compare.ts'
import { tokensOf } from '../../../linkage/names/tokens.ts'
import type { Name } from '../../../schemas/contract.ts'
import { makeName } from '../../../schemas/values/name.ts'

function named(full: string, parts?: Name['parts']) {
  const name = makeName(full, parts)
  if (!name) throw new Error('The test needs a name.')
  return tokensOf(name)
}

test.each([
  ['Mary Wanjiku Njoroge', 'MARY WANJIKU NJOROGE', 'same-3'],
  ['Mary Wanjiku Njoroge', 'Njoroge Mary Wanjiku', 'reordered-3'],
  ['Mary Wanjiku Njoroge', 'Merry Wanjikũ Njorogi', 'alike-3'],
  ['Mary Wanjiku Njoroge Kamau', 'Mary Wanjiku Njoroge', 'part-missing-3'],
  ['Mary Wanjiku Njoroge', 'Mary Wanjikuz Njoroge', 'similar-3'],
  ['Mary Wanjiku', 'mary wanjiku', 'same-2'],
  ['Mary Wanjiku', 'Wanjiku Mary', 'reordered-2'],
  ['ສົມສັກ ວົງສາ', 'Somxak Wongsa', 'alike-2'],
  ['Mary Wanjiku Njoroge', 'Mary Njoroge', 'part-missing-2'],
  ['Mary W. Njoroge', 'Mary Wanjiku Njoroge', 'part-missing-2'],
  ['Mary Wanjikuz', 'Mary Wanjiku', 'similar'],
  ['M. Wanjiku', 'Mary Wanjiku', 'initials'],
  ['Mary Wanjiku Njoroge', 'Mary Wanjiku Kamau', 'two-agree'],
  ['ບົວພັນ', 'Bouaphanh', 'same-1'],
  ['Mary', 'Mary Wanjiku', 'one-of-more'],
  ['Mary Wanjiku', 'Wanjiku Achieng', 'one-agrees'],
  ['Faith Njoroge', 'Grace Njoroge', 'given-differs'],
  ['Otieno Ochieng', 'Atieno Ochieng', 'given-differs'],
  ['Kiprono Koech', 'Cherono Koech', 'given-differs'],
  ['Mary Wanjiku', 'Brian Otieno', 'different'],
  ['Wanjiku', 'Wanjiru', 'different'],
  ['Jepkemboi Koech', 'Chepkemboi Koech', 'alike-2'],
  ['Oun Heuane Vongsa', 'Ounheuan Vongsa', 'alike-2'],
  ['Abdullah Khan', 'Abd Ullah Khan', 'alike-2'],
  ['Hassan bin Omar', 'Hassan Omar', 'same-2'],
  ['Асанов Бакыт', 'Asanov Bakyt', 'alike-2'],
  ['Aсанов Бакыт', 'Асанов Бакыт', 'alike-2'],
  ['王伟', '王伟', 'same-1'],
])('%s and %s: %s, from either side', (one, other, level) => {
  expect(compareNames(named(one), named(other))).toBe(level)
  expect(compareNames(named(other), named(one))).toBe(level)
})

test('a sure given name that the other side has not is a contradiction; a first word that may be a surname is not', () => {
  const cut = named('Faith Wanjiku Njoroge', [
    { role: 'family', value: 'Faith' },
    { role: 'other', value: 'Wanjiku Njoroge' },
  ])
  const sure = named('Grace Wanjiku Njoroge', [
    { role: 'given', value: 'Grace' },
    { role: 'other', value: 'Wanjiku' },
    { role: 'family', value: 'Njoroge' },
  ])
  expect(compareNames(cut, sure)).toBe('given-differs')
  expect(compareNames(cut, named('Grace Wanjiku Njoroge'))).toBe('two-agree')
})

test("a father's, husband's or clan's name may be missing or another without contradiction", () => {
  const own = named('Fatima Bibi Ghulam', [
    { role: 'given', value: 'Fatima Bibi' },
    { role: 'husband', value: 'Ghulam' },
  ])
  expect(compareNames(own, named('Fatima Bibi'))).toBe('same-2')
})
