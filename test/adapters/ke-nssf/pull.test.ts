import { afterEach, describe, expect, test } from 'vitest'
import { keNssf } from '../../../adapters/ke-nssf/adapter.ts'
import { tiers } from '../../../adapters/ke-nssf/tiers.ts'
import { type CellValue, csv, type Inbox, makeInbox, pullAll, workbook } from '../folder.ts'
import { lineHeadings, memberHeadings, memberRow, portalReturn, workerLines } from './source.ts'

let inbox: Inbox | undefined
afterEach(() => inbox?.remove())

const settings = { registry: 'ke-nssf', timeZone: 'Africa/Nairobi', today: '2026-11-22' }

const pull = async (files: Record<string, string | Uint8Array>, options: Record<string, unknown> = {}) => {
  inbox = await makeInbox(files)
  const adapter = keNssf({ ...settings, inbox: inbox.path, options: { settleMs: 0, ...options } })
  const pages = await pullAll(adapter)
  const raws = pages.flatMap((page) => page.records)
  return { adapter, pages, raws, results: raws.map((raw) => adapter.normalise(raw)) }
}

const ids = (results: readonly { outcome: string; sourceId?: string; record?: { sourceId: string } }[]) =>
  results.map((result) => result.record?.sourceId ?? `rejected ${result.sourceId ?? ''}`)

describe('a return workbook', () => {
  test('gives one record a worker, wherever the worker’s lines stand', async () => {
    const [a, b] = [workerLines(1), workerLines(2)]
    const apart = [a[0], b[0], a[1], b[1]].filter((line) => line !== undefined)
    const { raws, results } = await pull({ 'x.xlsx': await workbook(portalReturn('990000001', '022026', apart)) })
    expect(ids(results)).toEqual(['990000001/2026-02/P1', '990000001/2026-02/P2'])
    expect(raws.map((raw) => raw.origin)).toEqual(['x.xlsx row 13', 'x.xlsx row 14'])
    expect(results.map((result) => (result.outcome === 'record' ? result.record.contributions.length : 0))).toEqual([
      2, 2,
    ])
    expect(results.flatMap((result) => (result.outcome === 'record' ? result.record.quality : []))).toEqual([])
  })

  test('drops the line of totals at its end', async () => {
    const total: CellValue[] = ['TOTAL', null, null, null, null, null, null, 30_000, null, 900, 900, 1800]
    const { results } = await pull({
      'x.xlsx': await workbook([...portalReturn('990000001', '022026', workerLines(1)), total]),
    })
    expect(ids(results)).toEqual(['990000001/2026-02/P1'])
  })

  test('keeps a worker whose surname is Total, though no number stands beside the name', async () => {
    const lines = workerLines(1).map((line) => line.with(1, 'Total').with(3, null).with(5, null))
    const { results } = await pull({ 'x.xlsx': await workbook(portalReturn('990000001', '022026', lines)) })
    expect(ids(results)).toEqual(['990000001/2026-02/P1'])
  })

  test.each([
    [
      'two names under a dash are two people, and neither takes the other’s money',
      'Otieno',
      'rejected 990000001/2026-02/-',
    ],
    ['a name that leaves out a word is the same person’s', '', '990000001/2026-02/-'],
  ])('without numbers, %s', async (_, surname, id) => {
    const [first = [], second = []] = workerLines(1).map((line) =>
      line.with(0, '-').with(3, null).with(4, null).with(5, null),
    )
    const lines = [first, second.with(1, surname)]
    const { results } = await pull({ 'x.xlsx': await workbook(portalReturn('990000001', '022026', lines)) })
    expect(ids(results)).toEqual([id])
  })

  test('is no complete list of anybody', async () => {
    const { pages } = await pull({ 'x.xlsx': await workbook(portalReturn('990000001', '022026', workerLines(1))) })
    expect(pages.flatMap((page) => page.completes ?? [])).toEqual([])
  })

  test('is told by its headings, whatever the file is called and however it is saved', async () => {
    const { results } = await pull({ 'member register.csv': csv(portalReturn('990000001', '022026', workerLines(1))) })
    expect(ids(results)).toEqual(['990000001/2026-02/P1'])
  })
})

describe('a flat sheet', () => {
  const flat = [
    ['Payroll No', 'Surname', 'Other Names', 'National ID', 'KRA No', 'NSSF No', 'Gross Pay'],
    ['7', 'Njeri', 'Wanjiku', '99100001', '', '9900000001', 50_000],
  ]
  test.each(['flat-990000002-2026-02.csv', '990000002_022026.csv', 'nssf 990000002 022026 final.csv'])(
    'takes employer and month from the file name %s',
    async (name) => {
      const { results } = await pull({ [name]: csv(flat) })
      expect(ids(results)).toEqual(['990000002/2026-02/7'])
    },
  )

  test('without them in its name is refused, naming what is missing', async () => {
    const { results } = await pull({ 'february.csv': csv(flat) })
    expect(results[0]).toMatchObject({
      outcome: 'rejection',
      reasons: [{ rule: 'employer-number' }, { rule: 'month' }],
    })
  })
})

describe('a member register', () => {
  const rows = [memberHeadings, memberRow(1), memberRow(2)]

  test('is complete when its file ends, unless it is not the whole roll', async () => {
    const whole = await pull({ 'm.csv': csv(rows) })
    expect(whole.pages.flatMap((page) => page.completes ?? [])).toEqual(['member'])
    await inbox?.remove()
    const part = await pull({ 'm.csv': csv(rows) }, { fullRoll: false })
    expect(part.pages.flatMap((page) => page.completes ?? [])).toEqual([])
  })

  test('is not complete when one of its sheets could not be read', async () => {
    const { default: write } = await import('write-excel-file/node')
    const sheet = (data: readonly (readonly CellValue[])[]) =>
      data.map((row) => row.map((value) => ({ value: String(value) })))
    const bytes = await write([
      { data: sheet(rows), sheet: 'A' },
      {
        data: sheet([
          ['lost', 'headings'],
          ['1', '2'],
        ]),
        sheet: 'B',
      },
    ]).toBuffer()
    const { pages, results } = await pull({ 'm.xlsx': bytes })
    expect(ids(results)).toEqual(['9900000001', '9900000002', 'rejected file/m.xlsx'])
    expect(pages.flatMap((page) => page.completes ?? [])).toEqual([])
  })

  test('survives headings printed again on every page, a title above, and other spellings', async () => {
    const renamed = memberHeadings.map(
      (heading) =>
        ({ 'Member No': 'NSSF NO', DOB: 'DATE OF\nBIRTH', Gender: 'Sex', Scheme: 'MEMBER TYPE' })[heading] ?? heading,
    )
    const { results } = await pull({
      'm.xlsx': await workbook([['Register of members'], renamed, memberRow(1), renamed, memberRow(2)]),
    })
    expect(ids(results)).toEqual(['9900000001', '9900000002'])
  })
})

describe('the inbox', () => {
  test('a file with other headings, a broken workbook and a foreign kind are each told, and the rest is read', async () => {
    const { results } = await pull({
      'a.csv': 'x,y\n1,2\n',
      'b.xlsx': 'PK\u0003\u0004 broken',
      'c.pdf': '%PDF',
      'd.csv': csv([memberHeadings, memberRow(1)]),
      'e.csv': csv([
        ['Surname', 'Other Names', 'ID No', 'KRA PIN'],
        ['a', 'b', '1', '2'],
      ]),
    })
    expect(ids(results)).toEqual([
      'rejected file/a.csv',
      'rejected file/b.xlsx',
      'rejected file/c.pdf',
      '9900000001',
      'rejected file/e.csv',
    ])
    expect(
      results.flatMap((result) => (result.outcome === 'rejection' ? result.reasons.map((reason) => reason.rule) : [])),
    ).toEqual(['headings-unknown', 'file-broken', 'file-kind-unknown', 'layout-unknown'])
  })

  test('what was read is not read again, but for another name, a change, or being named', async () => {
    const rows = [memberHeadings, memberRow(1)]
    const { adapter, pages } = await pull({ 'a.csv': csv(rows) })
    const checkpoint = pages.at(-1)?.checkpoint
    const count = async (of = adapter) => (await pullAll(of, checkpoint)).flatMap((page) => page.records).length
    expect(await count()).toBe(0)
    await inbox?.put('b.csv', csv(rows))
    expect(await count()).toBe(1)
    await inbox?.put('a.csv', csv([...rows, memberRow(2)]))
    expect(await count()).toBe(3)
    const named = keNssf({ ...settings, inbox: inbox?.path ?? '', options: { settleMs: 0, file: 'b.csv' } })
    expect(await count(named)).toBe(1)
  })

  test('forgets what has been taken away', async () => {
    const { adapter, pages } = await pull({ 'a.csv': csv([memberHeadings, memberRow(1)]) })
    expect(pages.at(-1)?.checkpoint).toEqual({ done: [expect.any(String)] })
    await inbox?.remove()
    inbox = await makeInbox()
    const empty = keNssf({ ...settings, inbox: inbox.path, options: { settleMs: 0 } })
    expect((await pullAll(empty, pages.at(-1)?.checkpoint)).at(-1)?.checkpoint).toEqual({ done: [] })
    expect(adapter.registry).toBe('ke-nssf')
  })

  test('every setting that does not fit is named at once', () => {
    const make = () => keNssf({ ...settings, options: { settleMs: -1, pageSize: 0, encoding: 'ebcdic' } })
    expect(make).toThrow(/inbox: .*options\.settleMs: .*options\.pageSize: .*options\.encoding: /)
    expect(() => keNssf({ ...settings, inbox: 'x', options: { fullRoll: 'yes' } })).toThrow(/options\.fullRoll/)
  })

  test('a workbook with lines but no header is refused line by line, and nothing is lost', async () => {
    const { results } = await pull({ 'x.xlsx': await workbook([lineHeadings, ...workerLines(1), ...workerLines(2)]) })
    expect(results.map((result) => result.outcome)).toEqual(['rejection', 'rejection'])
  })
})

describe('the tiers of the Act', () => {
  // Employee's share in whole shillings, year 4: facts published with the schedule.
  test.each([
    [9_000, 540, 0],
    [15_000, 540, 360],
    [50_000, 540, 2_460],
    [80_000, 540, 4_260],
    [108_000, 540, 5_940],
    [250_000, 540, 5_940],
    [0, 0, 0],
    [5_000, 300, 0],
  ])('on %i in 2026 are %i and %i', (pay, tier1, tier2) => {
    expect(tiers(pay * 100, '2026-02')).toEqual({ tier1: tier1 * 100, tier2: tier2 * 100 })
  })

  test.each([
    ['2023-02', 360, 720],
    ['2024-01', 360, 720],
    ['2024-02', 420, 1_740],
    ['2025-02', 480, 3_840],
    ['2026-01', 480, 3_840],
    ['2027-01', 540, 5_940],
  ])('at their most in %s are %i and %i', (month, tier1, tier2) => {
    expect(tiers(1_000_000_00, month)).toEqual({ tier1: tier1 * 100, tier2: tier2 * 100 })
  })

  test.each(['2023-01', '2027-02', '2030-01'])('of %s are not known, and not guessed', (month) => {
    expect(tiers(1_000_000, month)).toBeUndefined()
  })
})

describe('the ledger', () => {
  const line = {
    stream: 'ledger',
    sourceId: 'ledger/9900000001',
    names: [{ full: 'Njeri Wanjiku', script: 'Latn', parts: [] }],
    identifiers: [{ type: 'nssf-number', issuer: 'ke', value: '9900000001' }],
    contributions: [
      {
        scheme: 'ke-nssf/act-2013',
        month: '2026-08',
        component: 'tier-1',
        state: 'allocated',
        total: { amount: 108_000, currency: 'KES' },
        employer: { id: '990000001' },
        reference: 'R-1',
      },
    ],
  }

  test('comes in the hub’s own schema, whole when its name says so', async () => {
    const { results, pages } = await pull({ 'ledger.full.ndjson': JSON.stringify(line) })
    expect(results).toMatchObject([
      { outcome: 'record', record: { registry: 'ke-nssf', contributions: line.contributions } },
    ])
    expect(pages.flatMap((page) => page.completes ?? [])).toEqual(['ledger'])
  })

  test('a member’s row is not taken in that form: it has a layout of its own', async () => {
    const { results } = await pull({ 'member.ndjson': JSON.stringify({ ...line, stream: 'member' }) })
    expect(results.map(({ outcome }) => outcome)).toEqual(['rejection'])
  })

  test('a line that cannot be read is told by its place', async () => {
    const { results, pages } = await pull({ 'ledger.full.ndjson': `${JSON.stringify(line)}\n{` })
    expect(ids(results)).toEqual(['ledger/9900000001', 'rejected file/ledger.full.ndjson line 2'])
    expect(pages.flatMap((page) => page.completes ?? [])).toEqual([])
  })
})
