import { expect, test } from 'vitest'
import { foldWord, toLatin } from '../../../linkage/names/fold.ts'
import { areTwoNames, groupsOf } from '../../../linkage/names/known.ts'
import { romaniseLao } from '../../../linkage/names/lao.ts'
import { skeletonOf, soundOf } from '../../../linkage/names/sound.ts'

test.each([
  ['ສົມສັກ', 'somsak'],
  ['ພົມມະຈັນ', 'phommachan'],
  ['ບຸນເຮືອງ', 'bunheuang'],
  ['ສຸວັນນະວົງ', 'suvannavong'],
  ['ດວງຈັນ', 'duangchan'],
  ['ນ້ອຍ', 'noi'],
  ['ຄຳຫຼ້າ', 'khamla'],
  ['ໄພວັນ', 'phaivan'],
  ['ບົວພັນ', 'buaphan'],
  ['ວຽງສະຫວັນ', 'viengsavan'],
  ['ປະເສີດ', 'paseut'],
  ['ຕຸ້ຍ', 'tui'],
])('%s is read as %s', (lao, latin) => {
  expect(romaniseLao(lao)).toBe(latin)
})

const sound = (word: string) => soundOf(toLatin(foldWord(word)))

test.each([
  ['ສົມສັກ', 'Somsack', 'Somxak', 'Somsak'],
  ['ໄຊຍະວົງ', 'Xayavong', 'Sayavong', 'Xayyavong'],
  ['ຄຳພອນ', 'Khamphone', 'Khamphon', 'Kamphone'],
  ['ມະນີວັນ', 'Manivanh', 'Manivan', 'Maniwan', 'Maneevanh'],
  ['ວິໄລ', 'Vilay', 'Wilai'],
  ['Нурлан', 'Nurlan'],
  ['Жумабаев', 'Zhumabaev', 'Jumabaev', 'Dzhumabaev'],
  ['Musyoka', 'Musioka'],
  ['Mwendwa', 'Muendwa'],
  ['Mutua', 'Mutuah'],
  ["Ng'ang'a", 'Nganga', 'Ng’ang’a'],
  ['Wachuka', 'Wacuka'],
  ['Yousaf', 'Yusaf'],
])('%s sounds like each of its other spellings', (...spellings) => {
  expect(new Set(spellings.map(sound)).size).toBe(1)
})

test.each([
  ['Otieno', 'Atieno'],
  ['Wanjiku', 'Wanjiru'],
  ['Wafula', 'Nafula'],
  ['Kamau', 'Kimani'],
])('%s and %s do not sound alike, nor share a key', (one, other) => {
  expect(sound(one)).not.toBe(sound(other))
  expect(skeletonOf(sound(one))).not.toBe(skeletonOf(sound(other)))
})

test('two known names that no table connects are two names; a known and an unknown word may be one', () => {
  const groups = (word: string) => groupsOf(foldWord(word))
  expect(areTwoNames(groups('Wanjiku'), groups('Wanjiru'))).toBe(true)
  expect(areTwoNames(groups('Mohamed'), groups('Muhammad'))).toBe(false)
  expect(areTwoNames(groups('Wanjiku'), groups('Wanjikuz'))).toBe(false)
})

test('Arabic letters typed on an Urdu or an Arabic keyboard fold alike', () => {
  expect(foldWord('علي')).toBe(foldWord('علی'))
  expect(foldWord('كلثوم')).toBe(foldWord('کلثوم'))
  expect(foldWord('مُحَمَّد')).toBe(foldWord('محمد'))
})
