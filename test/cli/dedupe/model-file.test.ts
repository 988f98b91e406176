import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { loadModel, modelText } from '../../../cli/dedupe/model-file.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'pamoja-model-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = path.join(folder, 'model.json')

const level = (name: string, m: number, u: number) => ({
  ...{ name, m, u, typical: 0 },
  ...{ household: 0.1, place: 0.1, namesakes: 0.1, twins: 0.1 },
})
const model = {
  ...{ version: 'one', prior: 0.1, household: 0, place: 0, namesakes: 0, twins: 0, swap: 0.1 },
  comparisons: [{ name: 'sex', levels: [level('exact', 0.9, 0.5), level('else', 0.1, 0.5)], termFrequency: true }],
}

test('a model is read as it was saved', async () => {
  writeFileSync(file, modelText(model))
  expect(await loadModel(file)).toEqual({ model, notes: [] })
})

test('a model of a former version is told from one that was spoilt by hand', async () => {
  // Keys in order, as they are hashed.
  const former = { comparisons: [], household: 0, prior: 0.1, version: 'one' }
  const sha256 = createHash('sha256').update(JSON.stringify(former)).digest('hex')
  writeFileSync(file, JSON.stringify({ kind: 'pamoja-dedupe-model', sha256, model: former }))
  await expect(loadModel(file)).rejects.toThrow(/saved by another version of pamoja.+Train anew/)
  writeFileSync(file, JSON.stringify({ kind: 'pamoja-dedupe-model', sha256, model: { ...former, prior: 0.2 } }))
  await expect(loadModel(file)).rejects.toThrow(/holds no share between 0 and 1 as place.+--save-model wrote/)
})
