import { expect, test } from 'vitest'
import { isNear } from '../../linkage/near.ts'

test.each([
  ['12345678', '12345679', true],
  ['12345678', '1234567', true],
  ['12345678', '12435678', true],
  ['12345678', '123456789', true],
  ['12345678', '12345678', false],
  ['12345678', '12435687', false],
  ['12345678', '82345671', false],
  ['12345678', '12346587', false],
  ['1234', '123456', false],
])('%s and %s are one slip apart: %s', (one, other, expected) => {
  expect(isNear(one, other)).toBe(expected)
  expect(isNear(other, one)).toBe(expected)
})
