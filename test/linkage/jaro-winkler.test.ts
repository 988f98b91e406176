import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jaroWinkler } from '../../linkage/jaro-winkler.ts'

// Winkler's own examples, and two edges.
test.each([
  ['martha', 'marhta', 0.961],
  ['dwayne', 'duane', 0.84],
  ['dixon', 'dicksonx', 0.813],
  ['jones', 'johnson', 0.832],
  ['abc', 'xyz', 0],
  ['', 'a', 0],
  ['same', 'same', 1],
])('%s and %s are %f alike', (one, other, expected) => {
  expect(jaroWinkler(one, other)).toBeCloseTo(expected, 3)
})

test('it is symmetric, between 0 and 1, and 1 only for equal words', () => {
  const words = fc.stringMatching(/^[abc]{0,8}$/)
  fc.assert(
    fc.property(words, words, (one, other) => {
      const alike = jaroWinkler(one, other)
      expect(alike).toBeCloseTo(jaroWinkler(other, one), 12)
      expect(alike).toBeGreaterThanOrEqual(0)
      expect(alike === 1).toBe(one === other)
    }),
    { numRuns: 2000 },
  )
})
