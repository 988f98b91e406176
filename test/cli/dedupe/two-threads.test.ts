import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, expect, test, vi } from 'vitest'
import { dedupeFiles } from '../../../cli/dedupe.ts'
import { makePeople } from '../../linkage/table/tables.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'pamoja-two-threads-'))
afterAll(() => rmSync(folder, { recursive: true }))
afterEach(() => vi.restoreAllMocks())

/** A little over 4 MB, however few the records: the last column, which means nothing, makes up for it. */
function fileOf(people: number, twins: number): string {
  const { records } = makePeople(people, twins, 1, 5)
  const notes = 'x'.repeat(4_400_000 / records.length)
  const rows = records.map((one) => `${one.givenName} ${one.familyName},${one.birthDate},${one.phone},${notes}`)
  const file = path.join(folder, `people-${people}.csv`)
  writeFileSync(file, ['name,born,tel,notes', ...rows].join('\n'))
  return file
}

async function clustersOf(file: string, map: string, threads: string): Promise<string> {
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
  ['one column alone, of which none is left to the second thread', 'name=fullName', 3000, 1000],
  ['columns of which each thread reads some, and enough records to share', 'born=birthDate,tel=phone', 20_000, 1000],
])('a large file has the same clusters with two threads as with one: %s', async (_, map, people, twins) => {
  const file = fileOf(people, twins)
  const alone = await clustersOf(file, map, '1')
  expect(await clustersOf(file, map, '2')).toBe(alone)
  const clusters = new Set(Array.from(alone.matchAll(/,(\d+)$/gm), ([, cluster]) => cluster))
  expect(clusters.size).toBeGreaterThan(1000)
  expect(clusters.size).toBeLessThan(people + twins)
})
