import { expect, test } from 'vitest'
import { mostApart } from '../../../linkage/table/roles.ts'

test('a column that hardly any two records share names the thing, so one thing’s records seldom differ in it altogether', () => {
  expect(mostApart('other:title', 0.001)).toBe(mostApart('identifier:passport', 0.001))
  expect(mostApart('other:title', 0.001)).toBeLessThan(mostApart('other:venue', 0.2))
})
