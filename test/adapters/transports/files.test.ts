import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Page } from '../../../adapters/contract.ts'
import { FileProblem, tableKinds } from '../../../adapters/transports/drop.ts'
import {
  type DropSettings,
  type FileReader,
  problemRecord,
  pullFiles,
  readDropSettings,
  rejectFile,
} from '../../../adapters/transports/files.ts'
import { type Inbox, makeInbox } from '../folder.ts'

let inbox: Inbox | undefined
afterEach(() => inbox?.remove())

/** A record a line; the word `broken` ends the file with a problem. */
const lines: FileReader = async function* (file) {
  for (const line of (await readFile(file.path, 'utf8')).split('\n')) {
    if (line === 'broken') throw new FileProblem('line-broken', 'A line is broken.')
    yield { stream: 'line', origin: file.name, data: { line } }
  }
  return []
}

const settings = (changes: Partial<DropSettings> = {}): DropSettings => ({
  inbox: inbox?.path,
  file: undefined,
  settleMs: 0,
  pageSize: 3,
  encoding: undefined,
  kinds: tableKinds,
  ...changes,
})

const drain = async (pages: AsyncIterable<Page>): Promise<Page[]> => {
  const all: Page[] = []
  for await (const page of pages) all.push(page)
  return all
}

const signal = new AbortController().signal
const told = (pages: readonly Page[]) =>
  pages.flatMap((page) => page.records.map((raw) => String(raw.data.line ?? raw.data.rule)))

describe('pulling dropped files', () => {
  test('pages span small files, and a pull that finds nothing new yields no page', async () => {
    inbox = await makeInbox({ 'a.csv': '1\n2', 'b.csv': '3\n4', 'c.csv': '5' })
    const pages = await drain(pullFiles(settings(), lines, undefined, signal))
    expect(pages.map((page) => page.records.length)).toEqual([3, 2])
    expect(pages.map((page) => page.progress?.done)).toEqual([3, 5])
    expect(await drain(pullFiles(settings(), lines, pages.at(-1)?.checkpoint, signal))).toEqual([])
  })

  test('goes on in the middle of a file, after the records that were committed', async () => {
    inbox = await makeInbox({ 'a.csv': '1\n2\n3\n4\n5\n6\n7' })
    const [first] = await drain(pullFiles(settings(), lines, undefined, signal))
    const rest = await drain(pullFiles(settings(), lines, first?.checkpoint, signal))
    expect(told(rest)).toEqual(['4', '5', '6', '7'])
    expect(rest.map((page) => page.progress?.done)).toEqual([6, 7])
  })

  test('every record bears the file that it came in, and so does what is wrong with a file, at every pull', async () => {
    inbox = await makeInbox({ 'a.csv': '1\nbroken', 'b.csv': '2', 'c.pdf': 'x' })
    const lists = (pages: readonly Page[]) =>
      pages.flatMap((page) => page.records.map(({ stream, list }) => `${stream} ${list}`))
    const pages = await drain(pullFiles(settings(), lines, undefined, signal))
    expect(lists(pages)).toEqual(['line a.csv', 'file a.csv', 'line b.csv', 'file c.pdf'])
    const again = await drain(pullFiles(settings(), lines, pages.at(-1)?.checkpoint, signal))
    expect(lists(again)).toEqual(['line a.csv', 'file a.csv', 'file c.pdf'])
  })

  test('begins a file anew when its content is no longer what was half read', async () => {
    inbox = await makeInbox({ 'a.csv': '1\n2\n3\n4\n5' })
    const [first] = await drain(pullFiles(settings(), lines, undefined, signal))
    await inbox.put('a.csv', '9\n2\n3\n4\n5')
    expect(told(await drain(pullFiles(settings(), lines, first?.checkpoint, signal)))).toEqual([
      '9',
      '2',
      '3',
      '4',
      '5',
    ])
  })

  test('a file that changes while it is read is not done, and is tried again', async () => {
    inbox = await makeInbox({ 'a.csv': '1\n2' })
    const meddled: FileReader = async function* (file, stop) {
      yield* lines(file, stop)
      await inbox?.put('a.csv', '1\n2\n3')
      return ['line']
    }
    await expect(drain(pullFiles(settings(), meddled, undefined, signal))).rejects.toMatchObject({
      recovery: 'retry',
      message: 'a.csv was changed while it was being read.',
    })
  })

  test('a file that breaks half way keeps its good records, stops no other, and is told until it is mended', async () => {
    inbox = await makeInbox({ 'a.csv': '1\nbroken', 'b.csv': '2' })
    const pages = await drain(pullFiles(settings(), lines, undefined, signal))
    expect(told(pages)).toEqual(['1', 'line-broken', '2'])
    const again = await drain(pullFiles(settings(), lines, pages.at(-1)?.checkpoint, signal))
    expect(told(again)).toEqual(['1', 'line-broken'])
    await inbox.put('a.csv', '1\n7')
    expect(told(await drain(pullFiles(settings(), lines, again.at(-1)?.checkpoint, signal)))).toEqual(['1', '7'])
  })

  test('a part of a file that is wrong is told at every pull, without reading the file again, until it is gone', async () => {
    inbox = await makeInbox({ 'a.csv': 'x\nodd', 'b.csv': '2' })
    let reads = 0
    const partly: FileReader = async function* (file) {
      reads += 1
      for (const line of (await readFile(file.path, 'utf8')).split('\n'))
        yield line === 'odd'
          ? problemRecord(`${file.name} row 2`, { rule: 'layout-unknown' })
          : { stream: 'line', origin: file.name, data: { line } }
      return []
    }
    const pages = await drain(pullFiles(settings({ pageSize: 2 }), partly, undefined, signal))
    expect(told(pages)).toEqual(['x', 'layout-unknown', '2'])
    const again = await drain(pullFiles(settings(), partly, pages.at(-1)?.checkpoint, signal))
    expect([told(again), reads]).toEqual([['layout-unknown'], 2])
    await inbox.put('a.csv', 'y')
    const mended = await drain(pullFiles(settings(), partly, again.at(-1)?.checkpoint, signal))
    expect(told(mended)).toEqual(['y'])
    expect(await drain(pullFiles(settings(), partly, mended.at(-1)?.checkpoint, signal))).toEqual([])
  })

  test('one named file is read alone, though it was read before, and the others stay remembered', async () => {
    inbox = await makeInbox({ 'a.csv': '1', 'b.csv': '2' })
    const all = await drain(pullFiles(settings(), lines, undefined, signal))
    const named = await drain(pullFiles(settings({ file: 'b.csv' }), lines, all.at(-1)?.checkpoint, signal))
    expect(told(named)).toEqual(['2'])
    expect(told(await drain(pullFiles(settings(), lines, named.at(-1)?.checkpoint, signal)))).toEqual([])
    const outside = settings({ file: join(inbox.path, 'a.csv'), inbox: undefined })
    expect(told(await drain(pullFiles(outside, lines, undefined, signal)))).toEqual(['1'])
  })

  test('a named file that is not there stops, naming it without its folder', async () => {
    inbox = await makeInbox()
    await expect(drain(pullFiles(settings({ file: 'x.csv' }), lines, undefined, signal))).rejects.toMatchObject({
      recovery: 'stop',
      message: 'There is no file x.csv to read.',
    })
  })
})

describe('the rejection of a file', () => {
  test('finds its words by the rule, and repeats nothing that a push has written', () => {
    const raw = { stream: 'file', origin: 'a.xlsx', data: { rule: 'file-broken', message: 'Jane Wanjiku' } }
    expect(rejectFile(raw)).toMatchObject({ sourceId: 'file/a.xlsx', reasons: [{ pointer: '', rule: 'file-broken' }] })
    expect(JSON.stringify(rejectFile({ ...raw, data: { rule: 'Jane Wanjiku' } }))).not.toContain('Jane')
  })
})

test('settings that fit are taken, with what is usual where nothing is said', () => {
  const base = { registry: 'ke-x', timeZone: 'Africa/Nairobi', today: '2026-11-22' }
  expect(readDropSettings({ ...base, inbox: '/in', options: { encoding: 'gb18030' } })).toEqual({
    inbox: '/in',
    file: undefined,
    settleMs: 1000,
    pageSize: 200,
    encoding: 'gb18030',
    kinds: tableKinds,
  })
  expect(readDropSettings({ ...base, options: { file: 'x.csv' } }).file).toBe('x.csv')
})
