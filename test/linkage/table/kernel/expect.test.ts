import { expect, test } from 'vitest'
import { noWorth, type Patterns } from '../../../../linkage/table/kernel/count.ts'
import { expect as expectation } from '../../../../linkage/table/kernel/expect.ts'
import { makeRelated } from '../../../../linkage/table/kernel/related.ts'
import { groups } from '../../../../linkage/table/roles.ts'

/** Ten pairs that agree in all of so many columns, and a thousand that agree in none. */
function patternsOf(width: number): Patterns {
  const same = Array<number>(width + 1).fill(0)
  const other = [...Array<number>(width).fill(1), 0]
  return {
    keys: [0, 1],
    levels: Int8Array.from([...same, ...other]),
    width,
    bits: new Int32Array(2 * groups.length),
    count: Float64Array.of(10, 1000),
    worth: noWorth(width),
  }
}

test.each([2, 20, 120, 400])('pairs that agree in all of %i columns are one person, and no share is lost', (width) => {
  const weights = [8, 1].map((bits) => Array.from({ length: width }, () => Float64Array.of(bits, -bits)))
  const { seen, found, sure } = expectation(patternsOf(width), new Float64Array(4).fill(1), weights, [-1, -9], -7)
  expect(found[0]).toBeGreaterThan(9.9)
  expect((found[0] ?? 0) + (found[1] ?? 0)).toBeLessThan(12)
  expect(seen[0]?.[0]?.[0]).toBeCloseTo(found[0] ?? 0, 1)
  for (const levels of sure) expect(levels.every(Number.isFinite)).toBe(true)
  if (width > 2) expect(sure[0]?.[0]).toBeCloseTo(10, 1)
})

test('what relatives would agree in costs no more than it is worth, however many columns there are', () => {
  const count = 300
  const one = { features: { kind: 'category' as const }, weights: Float64Array.of(8, -8), group: 4 }
  const comparisons = Array.from({ length: count }, () => ({ ...one, related: [Float64Array.of(7, -1)] }))
  const { related } = makeRelated({ comparisons, relatedPrior: [-10] })
  expect(related(new Int8Array(count + 1), new Float64Array(groups.length))).toBe(-(7 * count - 10))
})
