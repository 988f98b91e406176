import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { dedupeFiles } from '../../../cli/dedupe.ts'
import { makePeople } from '../../linkage/table/tables.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'pamoja-two-threads-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.restoreAllMocks())

/** Enough that threads are worth it; the last column, which means nothing, makes the file large. */
const { records } = makePeople(20_000, 1000, 1, 5)
const rows = records.map((one) => `${one.givenName} ${one.familyName},${one.birthDate},${one.phone},${'x'.repeat(170)}`)
const file = path.join(folder, 'people.csv')
writeFileSync(file, ['name,born,tel,notes', ...rows].join('\n'))

async function clustersOf(map: string, threads: string): Promise<string> {
  const clusters = path.join(folder, `clusters-${threads}.csv`)
  let said = ''
  vi.spyOn(process.stdout, 'write').mockReturnValue(true)
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text)
    return true
  })
  const code = await dedupeFiles([file], { map: [map], threshold: '0.5', threads, clusters })
  expect(code, said).toBe(0)
  return readFileSync(clusters, 'utf8')
}

test.each([
  ['one column alone, of which none is left to the second thread', 'name=fullName'],
  ['columns of which each thread reads some', 'name=fullName,born=birthDate,tel=phone'],
])('a large file has the same clusters with two threads as with one: %s', async (_, map) => {
  const alone = await clustersOf(map, '1')
  expect(await clustersOf(map, '2')).toBe(alone)
  const clusters = new Set(
    alone
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[1]),
  )
  expect(clusters.size).toBeGreaterThan(1000)
  expect(clusters.size).toBeLessThan(records.length)
})
