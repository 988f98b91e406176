import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { type CsvFile, guessLegacy, openCsv } from '../../../cli/dedupe/csv-file.ts'
import { checkMemory, neededMemory } from '../../../cli/dedupe/limits.ts'
import { makePlan } from '../../../cli/dedupe/plan.ts'

const withFile = async (content: string, look: (file: CsvFile) => void) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pamoja-limits-'))
  writeFileSync(path.join(folder, 'people.csv'), content)
  look(await openCsv(path.join(folder, 'people.csv')))
  rmSync(folder, { recursive: true })
}

test('files that need more memory than is free are refused before they are read, with both figures', () =>
  withFile('id,name\n1,Ann\n', (file) => {
    const plan = makePlan(file.headings, { map: [] })
    expect(() => checkMemory([file], plan)).not.toThrow()
    expect(() => checkMemory([{ ...file, expected: 1e12 }], plan)).toThrow(/need some [\d.]+ GB.*and [\d.]+ GB is free/)
  }))

test.each([
  [250_000, 10, 357e6],
  [1_000_000, 10, 633e6],
  [250_000, 9, 275e6],
  [1_000_000, 9, 491e6],
])(
  '%i records of %i columns are never thought to need less than was measured, nor far more',
  (records, columns, measured) => {
    expect(neededMemory(records, columns)).toBeGreaterThanOrEqual(measured)
    expect(neededMemory(records, columns)).toBeLessThan(1.3 * measured)
  },
)

test('how many records a file holds is told from its first ones', () =>
  withFile(`id,name\n${'1234567,Wanjiku Kamau\n'.repeat(100_000)}`, ({ expected }) => {
    expect(expected).toBeGreaterThan(100_000)
    expect(expected).toBeLessThan(105_000)
  }))

test('Chinese pairs are told from Cyrillic letters', () => {
  // Wang Xiaoming and Chen Lihua in GB 18030; Ivanov and Petrova in Windows-1251.
  expect(
    guessLegacy(Buffer.from('31 2c cd f5 d0 a1 c3 f7 0a 32 2c b3 c2 c0 f6 bb aa 0a'.replaceAll(' ', ''), 'hex')),
  ).toBe('gb18030')
  expect(guessLegacy(Buffer.from('312cc8e2e0edeee20a322ccfe5f2f0eee2e00a332cceebe3e00ae8ebfcff2c0a', 'hex'))).toBe(
    'windows-1251',
  )
})
