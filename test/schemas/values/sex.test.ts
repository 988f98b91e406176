import { expect, test } from 'vitest'
import { readSex } from '../../../schemas/values/sex.ts'

test.each([
  ['male', ['1', 1, 'M', 'm', 'Male', ' MALE ', 'ຊ', 'ຊາຍ', 'ທ.', 'М', 'эркек', 'муж', 'مرد', '男', '໑']],
  ['female', ['2', 2, 'F', 'Female', 'ຍ', 'ຍິງ', 'ນ.', 'Ж', 'аял', 'жен', 'عورت', '女']],
  ['not-known', ['0', 0, 'unknown']],
  ['not-applicable', ['9']],
] as const)('%s is written in many ways', (sex, written) => {
  expect(written.map(readSex)).toEqual(written.map(() => sex))
})

test.each(['', undefined, 'other', 'X', '3', {}])('%j does not say', (written) => {
  expect(readSex(written)).toBeUndefined()
})
