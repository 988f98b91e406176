import { expect, test } from 'vitest'
import { firstRows, rowsAfter } from '../../../core/persons/batch.ts'
import { looksAhead } from '../../../core/persons/looks.ts'

const after: [rows: number, tookMs: number, next: number][] = [
  [2, 400, 3],
  [3, 450, 4],
  [4, 500, 4],
  [2, 600, 2],
  [4, 900, 2],
  [4, 2_400, 1],
  [1, 5_000, 1],
  [1, 1, 2],
]
test.each(after)('after %i pages in %i ms, %i are taken at once', (rows, tookMs, next) => {
  expect(rowsAfter(rows, tookMs)).toBe(next)
})

test('who waits for the lock at a counter gives up after a second: once the looks under way are resolved, no batch is longer', () => {
  for (const msEach of [1, 20, 100, 190, 210, 290, 400, 590, 900]) {
    const underWay = Array<number>(looksAhead + 1).fill(firstRows)
    for (let batch = 0; batch < 12; batch++) {
      const rows = underWay.shift() ?? 0
      if (batch > looksAhead) expect(rows * msEach, `${rows} pages of ${msEach} ms`).toBeLessThan(1_000)
      underWay.push(rowsAfter(rows, rows * msEach))
    }
  }
})
