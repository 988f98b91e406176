import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { dedupeFiles } from '../../../cli/dedupe.ts'
import { plainFields } from '../../../linkage/table/table.ts'

const guide = readFileSync('docs/dedupe.md', 'utf8')
const block = (beginning: string) => {
  const at = guide.indexOf(`\n${beginning}`)
  return guide.slice(at + 1, guide.indexOf('```', at))
}

test("the guide's example answers what the guide says", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'pamoja-guide-'))
  const [people, clusters, out] = ['people.csv', 'clusters.csv', 'links.csv'].map((name) => path.join(folder, name))
  if (!people || !clusters || !out) throw new RangeError()
  writeFileSync(people, block('no,given_name'))
  const said: string[] = []
  for (const stream of ['stdout', 'stderr'] as const)
    vi.spyOn(process[stream], 'write').mockImplementation((text) => said.push(String(text)) > 0)
  try {
    expect(await dedupeFiles([people], { threshold: '0.5', threads: '1', clusters, out })).toBe(0)
  } finally {
    vi.restoreAllMocks()
  }
  expect(readFileSync(clusters, 'utf8')).toBe(block('id,cluster'))
  // How many pairs are worth comparing is the engine's affair.
  const plain = (text: string) => text.replace(/\d+ pairs compared, \d+ links|\(.*? s\)/g, '')
  expect(plain(said.join(''))).toBe(plain(block('no --map, so')))
  rmSync(folder, { recursive: true })
})

test('the guide names every field', () => {
  for (const field of plainFields) expect(guide).toContain(`\`${field}\``)
})
