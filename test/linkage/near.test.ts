import { expect, test } from 'vitest'
import { isNear, slipBetween } from '../../linkage/near.ts'

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

test.each([
  ['12345678', '12435678', 'swapped'],
  ['12345678', '12345687', 'swapped'],
  ['12345678', '12345679', 'one-off'],
  ['12345678', '1234578', 'one-off'],
  ['1123', '1213', 'swapped'],
  ['12345678', '12345678', undefined],
  ['12345678', '14325678', undefined],
])('between %s and %s lies the slip: %s', (one, other, expected) => {
  expect(slipBetween(one, other)).toBe(expected)
  expect(slipBetween(other, one)).toBe(expected)
})
