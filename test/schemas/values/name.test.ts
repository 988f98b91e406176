import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isPlaceholderName, laoNormal, latinGarble, makeName, scriptOf, tidy } from '../../../schemas/values/name.ts'

const placeholders: { name: string[] } = JSON.parse(
  readFileSync(new URL('../../vectors/placeholders.json', import.meta.url), 'utf8'),
)

test.each([
  ['Jane ', 'Jane'],
  ['Mary\u00a0  Wanjiku\t', 'Mary Wanjiku'],
  ['Ng\u00b4ang\u00b4a', "Ng'ang'a"],
  ['Ng\u2019ang\u2019a', 'Ng\u2019ang\u2019a'],
  ['Ｊｏｈｎ', 'John'],
  ['\u200fOtieno\u200b', 'Otieno'],
  ['ໝັ້ນ ຄຳ', 'ໝັ້ນ ຄຳ'],
  [42, '42'],
  [null, ''],
  [{}, ''],
])('tidy(%j) is %j', (written, tidied) => {
  expect(tidy(written)).toBe(tidied)
})

test.each([
  ['Somsack', 'Latn'],
  ['ສົມສັກ', 'Laoo'],
  ['Өмүрбек', 'Cyrl'],
  ['محمد', 'Arab'],
  ['王伟', 'Hans'],
  ['12 34', 'Zyyy'],
  ['ສົມສັກ (S)', 'Laoo'],
])('%s is written in %s', (text, script) => {
  expect(scriptOf(text)).toBe(script)
})

test.each(placeholders.name)('%s is nobody', (written) => {
  expect(isPlaceholderName(written)).toBe(true)
  expect(makeName(written)).toBeUndefined()
})

test.each(['Baby Wanjiru', 'Testimony Otieno', 'ບຸນມີ', '吴未知'])('%s is somebody', (written) => {
  expect(isPlaceholderName(written)).toBe(false)
})

test('a name without parts keeps its words in writing order, and a title is told apart', () => {
  expect(makeName(' ທ. ສົມສັກ  ວົງສາ ')).toEqual({
    full: 'ທ. ສົມສັກ ວົງສາ',
    script: 'Laoo',
    parts: [
      { role: 'title', value: 'ທ.' },
      { role: 'unknown', value: 'ສົມສັກ' },
      { role: 'unknown', value: 'ວົງສາ' },
    ],
  })
})

test('parts keep the roles the registry knows; empty and placeholder parts fall away', () => {
  const name = makeName('MARY WANJIKU', [
    { role: 'given', value: 'MARY ' },
    { role: 'other', value: 'N/A' },
    { role: 'family', value: 'WANJIKU' },
  ])
  expect(name?.parts).toEqual([
    { role: 'given', value: 'MARY' },
    { role: 'family', value: 'WANJIKU' },
  ])
})

test.each([
  ['ນ້ຳ', 'ນໍ້າ'],
  ['ຄຳພອນ', 'ຄໍາພອນ'],
  ['ຫຼ້າ', 'ຫລ້າ'],
  ['ໝາຍ', 'ຫມາຍ'],
  ['ໜູ', 'ຫນູ'],
  ['໒໐໒໖', '2026'],
])('%s and %s are one Lao spelling', (one, other) => {
  expect(laoNormal(one)).toBe(laoNormal(other))
})

test.each(['¦ö´¦ñ¡', 'ê¾¸ ¦ö´', 'ÃÎÃÉÄÀË', ...['Ù·ÊÃÉöÆ² ÃÎÄËÀÔý', '³Ñ²oÎ', 'ÀÍÝ¾'].map(tidy)])(
  '%s is Lao in a legacy font',
  (text) => {
    expect(latinGarble(text)).toBe(true)
  },
)

test.each([
  'Somsack',
  'Kèo',
  "Ng'ang'a",
  'Kariũki',
  'José María',
  'Þórður Óðinsson',
  'Þóra',
  'Zoë',
  'ສົມສັກ',
  '阿依古丽·买买提',
  '',
])('%s is not garbled', (text) => {
  expect(latinGarble(text)).toBe(false)
})
