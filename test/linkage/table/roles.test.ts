import { expect, test } from 'vitest'
import { mostAlike, mostApart, mostRelated, sharesField, tellsApart } from '../../../linkage/table/roles.ts'

test('a column that hardly any two records share names the thing, so one thing’s records seldom differ in it altogether', () => {
  expect(mostApart('other:title', 0.001)).toBe(mostApart('identifier:passport', 0.001))
  expect(mostApart('other:title', 0.001)).toBeLessThan(mostApart('other:venue', 0.2))
})

test('a number of any kind may be a family’s; the one that the state gives is a person’s own, and so is a birth date but for twins', () => {
  const [household] = mostAlike('identifier:family')
  expect(household).toBe(1)
  expect(mostAlike('nationalId')[0]).toBeLessThan(0.05)
  expect(mostAlike('birthDate')[0]).toBeLessThan(0.1)
})

test('twins share what a household shares, and the birth date; their numbers are their own', () => {
  expect((['familyName', 'address', 'phone', 'birthDate'] as const).every((field) => sharesField('twins', field))).toBe(
    true,
  )
  expect(
    (['givenName', 'sex', 'nationalId', 'other:weight'] as const).some((field) => sharesField('twins', field)),
  ).toBe(false)
  expect(sharesField('household', 'birthDate')).toBe(false)
})

test('twins are few, and none where no first name could tell them apart', () => {
  expect(mostRelated('twins', ['givenName', 'familyName', 'birthDate'], 1000, 1e-4)).toBe(50)
  expect(mostRelated('twins', ['familyName', 'birthDate', 'relatedName'], 1000, 1e-4)).toBeLessThan(1)
  expect(mostRelated('twins', ['fullName', 'phone'], 1000, 1e-4)).toBeLessThan(1)
})

test('two people bear one name a few times as often as chance has it, not more: who shares a rare one is one person', () => {
  const byChance = (1e-4 * 1000 ** 2) / 2
  expect(mostRelated('namesakes', ['givenName', 'familyName', 'email'], 1000, 1e-4)).toBeGreaterThan(byChance)
  expect(mostRelated('namesakes', ['givenName', 'familyName', 'email'], 1000, 1e-4)).toBeLessThan(5 * byChance)
})

test('a household is told by what its people differ in: shops that share address and telephone are one shop', () => {
  expect((['fullName', 'givenName', 'birthDate'] as const).every(tellsApart)).toBe(true)
  expect((['other:name', 'familyName', 'address', 'phone', 'identifier:shop'] as const).some(tellsApart)).toBe(false)
})
