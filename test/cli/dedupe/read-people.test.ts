import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { afterAll, describe, expect, test } from 'vitest'
import { openCsv } from '../../../cli/dedupe/csv-file.ts'
import { makePlan, mergeHeadings } from '../../../cli/dedupe/plan.ts'
import { InputProblem } from '../../../cli/dedupe/problem.ts'
import { readPeople } from '../../../cli/dedupe/read-people.ts'
import { makeReader, startReader } from '../../../cli/dedupe/reader.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'pamoja-read-people-'))
afterAll(() => rmSync(folder, { recursive: true }))

const map = [
  'id=id,first=givenName,last=familyName,born=birthDate,tel=phone,no=nationalId,no=identifier:old,place=locality,list=source',
]
const headings = 'id,first,last,born,tel,no,place,list'
const names = ['Grace', 'Wanjiku', 'Otieno', 'Айгүл', 'ສົມພອນ', 'N/A', '']
const nameOf = (row: number) => names[row % names.length] ?? ''
const rowOf = (row: number): string =>
  `${row},${nameOf(row)},${nameOf(row * 3 + 1)}${row % 40},${1950 + (row % 60)}-04-${10 + (row % 20)},07${10_000_000 + row},${row % 5000},Place ${row % 30},${row % 2}`

/** Large enough that two threads share the columns. */
const rows = Array.from({ length: 90_000 }, (_, row) => rowOf(row))

async function read(file: string, threads: number, keepText = false) {
  const opened = await openCsv(file)
  const plan = makePlan(mergeHeadings([opened.headings]), { map })
  const reader = threads > 1 ? await startReader([file]) : undefined
  const signal = new AbortController().signal
  try {
    return await readPeople([opened], plan, { reader, keepText, signal, onProgress: () => undefined })
  } finally {
    await reader?.thread.terminate()
  }
}

function fileOf(name: string, text: string): string {
  const file = path.join(folder, name)
  writeFileSync(file, text)
  return file
}

describe('a file large enough for two threads', () => {
  const file = fileOf('large.csv', [headings, ...rows, '17,too few', `${rowOf(5)},too many`].join('\n'))

  test('gives the same people as one thread gives', async () => {
    const [alone, shared] = await Promise.all([read(file, 1), read(file, 2)])
    expect(shared.people).toEqual(alone.people)
    expect(alone.people.columns.map(({ name }) => name)).toEqual([
      'givenName',
      'familyName',
      'birthDate',
      'phone',
      'nationalId',
      'identifier:old',
      'locality',
    ])
    expect(shared.read.files).toEqual(alone.read.files)
    expect(shared.read.table.size).toBe(90_002)
    expect(shared.read.ids?.value(shared.read.ids.codes[17] ?? 0)).toBe('17')
  })

  test('has a thread to itself, which a small file has not', async () => {
    const reader = await startReader([file])
    expect(reader).toBeDefined()
    await reader?.thread.terminate()
    expect(await startReader([fileOf('small.csv', headings), 'no such file'])).toBeUndefined()
  })

  test('keeps its text, on one thread, when that is asked for', async () => {
    const { read: kept } = await read(file, 2, true)
    expect([...kept.table.fields.keys()]).toContain('locality')
    const { read: let_ } = await read(file, 2)
    expect([...let_.table.fields.keys()]).toEqual([])
  })

  test('ends with the reason why the second thread failed, be it before there was work for it', async () => {
    const thread = new Worker(`throw new Error('A module is missing.')`, { eval: true })
    const reader = makeReader(thread)
    await new Promise((resolve) => thread.once('exit', resolve))
    const opened = await openCsv(file)
    const plan = makePlan(opened.headings, { map })
    const options = { keepText: false, signal: new AbortController().signal, onProgress: () => undefined }
    await expect(readPeople([opened], plan, { ...options, reader })).rejects.toThrow('A module is missing.')
  })

  test('ends with the problem that both threads find', async () => {
    const damaged = fileOf('damaged.csv', [headings, ...rows, `${rowOf(1)}\0`].join('\n'))
    await expect(read(damaged, 2)).rejects.toThrow(InputProblem)
  })
})
