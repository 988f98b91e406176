import { expect, test } from 'vitest'
import { Dictionary, slack } from '../../../cli/dedupe/dictionary.ts'
import { type Rows, Scanner } from '../../../cli/dedupe/scan.ts'

const cellsOf = (lengths: readonly number[]) => lengths.map((length) => `${'x'.repeat(length)}\r\n`)

test('a carriage return that ends one window of marks, and a line feed that begins the next, end one row', () => {
  // Short rows leave marks of theirs behind, far beyond the window in which the second piece is looked at first.
  const before = Buffer.from(`${'a\n'.repeat(3 * 2 ** 14)}`)
  // In the second piece a carriage return is the last byte of the first window, and another one stands at such a mark.
  const lengths = [63, ...Array(511).fill(62), 64, ...Array(800).fill(62)]
  const pieces = [before, Buffer.from(cellsOf(lengths).join(''))]
  const column = new Dictionary('name', 100_000)
  const rows: Rows = { columns: [column], kept: new Set(), capacity: 100_000, size: 0, lines: new Int32Array(100_000) }
  const scanner = new Scanner(rows, [column], 0x2c, 0)
  for (const piece of pieces) {
    const bytes = Buffer.alloc(piece.length + slack)
    bytes.set(piece)
    expect(scanner.scan(bytes, piece.length, true)).toBe(piece.length)
  }
  expect(rows.size).toBe(3 * 2 ** 14 + lengths.length)
  // The empty value, `a`, and cells of three lengths.
  expect(column.count).toBe(5)
})
