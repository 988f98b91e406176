import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jaroWinkler } from '../../../../linkage/jaro-winkler.ts'
import { isNear } from '../../../../linkage/near.ts'
import { isSlip, packTexts, sharedPrefix, sharedSuffix, similarity } from '../../../../linkage/table/columns/texts.ts'

const word = fc.oneof(
  fc.stringMatching(/^[abc]{0,7}$/),
  fc.stringMatching(/^[a-z]{0,12}$/),
  fc.string({ maxLength: 60 }),
)
const least = fc.constantFrom(0, 0.5, 0.82, 0.88, 0.92, 1)

test('similarity is Jaro-Winkler, or 0 where that is below the least asked for', () => {
  fc.assert(
    fc.property(word, word, least, (one, other, bound) => {
      const found = similarity(packTexts([one, other]), 0, 1, bound)
      const expected = one === '' || other === '' ? 0 : jaroWinkler(one, other)
      if (found === 0 && expected > 0) expect(expected).toBeLessThan(bound)
      else expect(found).toBeCloseTo(expected, 12)
    }),
    { numRuns: 3000 },
  )
})

test('two texts are a slip apart exactly when two numbers are near', () => {
  fc.assert(
    fc.property(word, word, (one, other) => {
      fc.pre(one !== other)
      expect(isSlip(packTexts([one, other]), 0, 1)).toBe(isNear(one, other))
    }),
    { numRuns: 3000 },
  )
})

test('a letter wrong, left out, too many, or two swapped are slips; two of them are not', () => {
  const texts = packTexts(['kamau', 'kimau', 'kmau', 'kamaau', 'akmau', 'kimao', 'ka'])
  expect([1, 2, 3, 4, 5, 6].map((other) => isSlip(texts, 0, other))).toEqual([true, true, true, true, false, false])
})

test('prefix and suffix are counted in letters, at most the shorter text', () => {
  fc.assert(
    fc.property(word, word, (one, other) => {
      const texts = packTexts([one, other])
      const [prefix, suffix] = [sharedPrefix(texts, 0, 1), sharedSuffix(texts, 0, 1)]
      expect(one.slice(0, prefix)).toBe(other.slice(0, prefix))
      expect(one.slice(one.length - suffix)).toBe(other.slice(other.length - suffix))
      if (one !== other && prefix < Math.min(one.length, other.length)) expect(one[prefix]).not.toBe(other[prefix])
    }),
  )
})
