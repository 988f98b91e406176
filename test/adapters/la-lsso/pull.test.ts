import { afterEach, describe, expect, test } from 'vitest'
import { laLsso } from '../../../adapters/la-lsso/adapter.ts'
import { readLaoName } from '../../../adapters/la-lsso/name.ts'
import { makeRemarks } from '../../../adapters/transports/cells.ts'
import { type CellValue, csv, type Inbox, makeInbox, pullAll, workbook } from '../folder.ts'
import { headings, insuredRow, titles, totalsRow } from './source.ts'

let inbox: Inbox | undefined
afterEach(() => inbox?.remove())

const pull = async (files: Record<string, string | Uint8Array>, options: Record<string, unknown> = {}) => {
  inbox = await makeInbox(files)
  const adapter = laLsso({
    registry: 'la-lsso',
    timeZone: 'Asia/Vientiane',
    today: '2026-11-22',
    inbox: inbox.path,
    options: { settleMs: 0, ...options },
  })
  const pages = await pullAll(adapter)
  const results = pages
    .flatMap((page) => page.records)
    .map((raw) => ({ stream: raw.stream, origin: raw.origin, ...adapter.normalise(raw) }))
  return { results, completes: pages.flatMap((page) => page.completes ?? []) }
}

type Pulled = Awaited<ReturnType<typeof pull>>

/** What became of the rolls and files; the payments have tests of their own. */
const told = (read: Pulled) => toldOf(read.results.filter(({ stream }) => !stream.startsWith('payment/')))
const paid = (read: Pulled) => toldOf(read.results.filter(({ stream }) => stream.startsWith('payment/')))

const toldOf = (results: Pulled['results']) =>
  results.map((result) =>
    result.outcome === 'record'
      ? `${result.stream} ${result.record.sourceId}`
      : `${result.stream} ${result.reasons[0]?.rule}`,
  )

const two = [insuredRow(1), insuredRow(2)]

describe('the province of a list', () => {
  test.each([
    ['its title', 'x.csv', [...titles, headings, insuredRow(1, { province: 'ຈຳປາສັກ' })]],
    ['a title with a label', 'x.csv', [['ແຂວງ: Attapeu'], headings, insuredRow(1, { province: '' })]],
    ['its rows', 'x.csv', [headings, ...two]],
    [
      'most of its rows',
      'x.csv',
      [headings, ...[1, 2, 3, 4, 5].map((i) => insuredRow(i)), insuredRow(6, { province: 'ສາລະວັນ' })],
    ],
    ['its file’s name', 'lsso-17-2026-02.csv', [headings, insuredRow(1, { province: '' })]],
  ] as [string, string, CellValue[][]][])('is told by %s', async (_, name, rows) => {
    const read = await pull({ [name]: csv(rows) })
    expect(new Set(read.results.map((result) => result.stream))).toEqual(new Set(['insured/17', 'payment/17-2026-02']))
    expect(read.completes).toEqual(['insured/17', 'payment/17-2026-02'])
  })

  test('that cannot be told refuses the file, because nobody knows whose roll it would complete', async () => {
    const rows = [headings, insuredRow(1), insuredRow(2, { province: 'ສາລະວັນ' })]
    const read = await pull({ 'list-2026-02.csv': csv(rows), 'z.xlsx': await workbook([...titles, headings, ...two]) })
    expect(told(read)).toEqual(['file province-unknown', 'insured/17 17-991000001', 'insured/17 17-991000002'])
    expect(read.completes).toEqual(['insured/17', 'payment/17-2026-02'])
  })

  test('lists that are only parts complete nothing', async () => {
    expect((await pull({ 'x.csv': csv([headings, ...two]) }, { fullRoll: false })).completes).toEqual([])
  })
})

describe('a list', () => {
  test('has its totals rows left out, also between the groups', async () => {
    const rows = [headings, insuredRow(1), totalsRow(287_500), insuredRow(2), totalsRow(287_500), totalsRow(575_000)]
    expect(told(await pull({ 'x.xlsx': await workbook(rows) }))).toEqual([
      'insured/17 17-991000001',
      'insured/17 17-991000002',
    ])
  })

  test('keeps an insured person whose name begins like the word for a total and who has no birth date', async () => {
    const rows = [headings, insuredRow(1), insuredRow(2).with(2, 'ລວມພອນ ສີສຸກ').with(4, '')]
    expect(told(await pull({ 'x.xlsx': await workbook(rows) }))).toEqual([
      'insured/17 17-991000001',
      'insured/17 17-991000002',
    ])
  })

  test('whose totals are not what its rows add up to is read, and told', async () => {
    const read = await pull({ 'x.csv': csv([headings, ...two, totalsRow(999)]) })
    expect(told(read)).toEqual(['insured/17 17-991000001', 'insured/17 17-991000002', 'file total-differs'])
    expect(read.results.at(-1)?.origin).toBe('x.csv row 4')
  })

  test('with merged heading cells over two rows is read', async () => {
    const upper = headings.map((heading, i) => (i < 10 ? heading : i === 10 ? 'ເງິນສົມທົບ (ກີບ) ປະຈຳປີ' : null))
    const lower = headings.map((heading, i) => (i < 10 ? null : heading))
    const { results } = await pull({ 'x.xlsx': await workbook([...titles, upper, lower, ...two]) })
    expect(
      results.flatMap((result) =>
        result.outcome === 'record' ? result.record.contributions.map(({ total }) => total?.amount) : [Number.NaN],
      ),
    ).toEqual([28_750_000, 28_750_000])
  })

  test('gives a person one record and one for each month, in any order of rows, from workbook and text alike', async () => {
    const march = [insuredRow(1, { month: '03/2026' }), insuredRow(2, { month: '03/2026' })]
    const rows = [headings, ...two, insuredRow(9), ...march]
    for (const file of [{ 'x.csv': csv(rows) }, { 'x.xlsx': await workbook(rows) }]) {
      expect(toldOf((await pull(file)).results)).toEqual([
        'insured/17 17-991000009',
        'payment/17-2026-02 17-991000009/2026-02',
        'insured/17 17-991000001',
        'payment/17-2026-02 17-991000001/2026-02',
        'payment/17-2026-03 17-991000001/2026-03',
        'insured/17 17-991000002',
        'payment/17-2026-02 17-991000002/2026-02',
        'payment/17-2026-03 17-991000002/2026-03',
      ])
      await inbox?.remove()
    }
  })

  test('of two sheets, one a province, completes both', async () => {
    const { default: write } = await import('write-excel-file/node')
    const sheet = (data: readonly (readonly CellValue[])[]) =>
      data.map((row) => row.map((value) => ({ value: String(value) })))
    const other = insuredRow(1, { province: 'ສາລະວັນ' }).with(1, '14-991000001')
    const bytes = await write([
      { data: sheet([headings, ...two]), sheet: 'A' },
      { data: sheet([headings, other]), sheet: 'B' },
    ]).toBuffer()
    const read = await pull({ 'x.xlsx': bytes })
    expect(told(read)).toEqual(['insured/17 17-991000001', 'insured/17 17-991000002', 'insured/14 14-991000001'])
    expect(read.completes).toEqual(['insured/17', 'payment/17-2026-02', 'insured/14', 'payment/14-2026-02'])
    expect(read.results.at(-1)?.origin).toBe('x.xlsx sheet 2 row 2')
  })

  test('a stray quotation mark or a surplus delimiter costs one row', async () => {
    const broken = [insuredRow(2).join(',').replace('ບ້ານໃໝ່', '"ບ້ານໃໝ່'), `${insuredRow(3).join(',')},x`]
    const text = [csv([headings, insuredRow(1)]), ...broken, insuredRow(4).join(',')].join('\n')
    expect(told(await pull({ 'x.csv': text }))).toEqual([
      'insured/17 17-991000001',
      'insured/17 unbalanced-quote',
      'insured/17 too-many-cells',
      'insured/17 17-991000004',
    ])
  })
})

describe('a payment', () => {
  test('stays when the next month’s list comes: two files of one pull keep both months', async () => {
    const march = [1, 3].map((i) => insuredRow(i, { month: '03/2026', amount: 300_000 }))
    const read = await pull({
      'lsso-17-2026-02.xlsx': await workbook([...titles, headings, ...two]),
      'lsso-17-2026-03.xlsx': await workbook([...titles, headings, ...march]),
    })
    const months = read.results.flatMap((result) =>
      result.outcome === 'record' ? result.record.contributions.map(({ month, total }) => [month, total?.amount]) : [],
    )
    expect(paid(read)).toEqual([
      'payment/17-2026-02 17-991000001/2026-02',
      'payment/17-2026-02 17-991000002/2026-02',
      'payment/17-2026-03 17-991000001/2026-03',
      'payment/17-2026-03 17-991000003/2026-03',
    ])
    expect(months).toEqual([
      ['2026-02', 28_750_000],
      ['2026-02', 28_750_000],
      ['2026-03', 30_000_000],
      ['2026-03', 30_000_000],
    ])
    // The second list ends the roll again, and says nothing about February's payments.
    expect(read.completes).toEqual(['insured/17', 'payment/17-2026-02', 'insured/17', 'payment/17-2026-03'])
  })

  test('of a month that few paid for late does not make the list the whole of that month', async () => {
    const march = [1, 2, 3, 4].map((i) => insuredRow(i, { month: '03/2026' }))
    const read = await pull({ 'x.csv': csv([headings, ...march, insuredRow(5)]) })
    expect(paid(read)).toContain('payment/17-2026-02 17-991000005/2026-02')
    expect(read.completes).toEqual(['insured/17', 'payment/17-2026-03'])
  })

  test('is made only of a line that states an amount; the person is insured all the same', async () => {
    const read = await pull({
      'x.csv': csv([headings, insuredRow(1, { amount: 0 }), insuredRow(2).with(12, null), insuredRow(3).with(12, '-')]),
    })
    expect(told(read)).toEqual(['insured/17 17-991000001', 'insured/17 17-991000002', 'insured/17 17-991000003'])
    expect(paid(read)).toEqual([])
    expect(read.completes).toEqual(['insured/17'])
  })

  test.each([
    ['an amount in words', insuredRow(2).with(12, 'ສອງແສນ'), 'payment/17-2026-02 money'],
    ['a thirteenth month', insuredRow(2, { month: '13/2026' }), 'payment/17 month'],
    ['no month', insuredRow(2, { month: '' }), 'payment/17 month'],
  ])('with %s is refused alone', async (_, row, refusal) => {
    const read = await pull({ 'x.csv': csv([headings, insuredRow(1), row]) })
    expect(told(read)).toEqual(['insured/17 17-991000001', 'insured/17 17-991000002'])
    expect(paid(read)).toEqual(['payment/17-2026-02 17-991000001/2026-02', refusal])
    expect(read.completes).toEqual(['insured/17', 'payment/17-2026-02'])
  })

  test.each([
    ['no insured number', [insuredRow(2).with(1, '')], 'insured-number-missing'],
    ['a number of a spreadsheet’s rounding', [insuredRow(2).with(1, '1.7E+09')], 'excel-scientific'],
    ['a name out of an old font', [insuredRow(2).with(2, '¦ö´¦ñ¡ Á¡É¸´½­ó')], 'legacy-font'],
    ['no name', [insuredRow(2).with(2, '-')], 'name-missing'],
    ['another’s number', [insuredRow(2), insuredRow(3).with(1, '17-991000002')], 'insured-number-shared'],
  ])('of a line with %s is not made: the line is refused once', async (_, rows, rule) => {
    const read = await pull({ 'x.csv': csv([headings, insuredRow(1), ...rows]) })
    expect(toldOf(read.results)).toEqual([
      'insured/17 17-991000001',
      'payment/17-2026-02 17-991000001/2026-02',
      `insured/17 ${rule}`,
    ])
  })

  test('is kept when only the identity card is broken', async () => {
    const read = await pull({ 'x.csv': csv([headings, insuredRow(2).with(5, '9.9E+09')]) })
    expect(toldOf(read.results)).toEqual(['insured/17 excel-scientific', 'payment/17-2026-02 17-991000002/2026-02'])
  })
})

describe('a Lao name', () => {
  const parts = (written: string, sex?: 'male' | 'female') => {
    const remarks = makeRemarks()
    const read = readLaoName(written, sex, '/name', remarks)
    return read
      ? [read.name.parts.map(({ role, value }) => `${role} ${value}`).join(', '), read.titleSex]
      : remarks.reasons[0]?.rule
  }

  test.each([
    ['ທ້າວ ສົມສັກ ແກ້ວມະນີ', ['title ທ້າວ, given ສົມສັກ, family ແກ້ວມະນີ', 'male']],
    ['ທ້າວສົມສັກ ແກ້ວມະນີ', ['title ທ້າວ, given ສົມສັກ, family ແກ້ວມະນີ', 'male']],
    ['ທ.ສົມສັກ', ['title ທ., given ສົມສັກ', 'male']],
    ['ນາງສາວ ຈັນທາ', ['title ນາງສາວ, given ຈັນທາ', 'female']],
    ['ນ ຈັນທາ ພົມມະຈັນ', ['title ນ, given ຈັນທາ, family ພົມມະຈັນ', 'female']],
    ['ທ່ານ ບຸນມີ', ['title ທ່ານ, given ບຸນມີ', undefined]],
    ['ນິພອນ ແສງຈັນ', ['given ນິພອນ, family ແສງຈັນ', undefined]],
    ['Mr. Somsack Keomany', ['title Mr, given Somsack, family Keomany', 'male']],
    ['Thao Somsack', ['title Thao, given Somsack', 'male']],
    ['Thaovong Keo', ['given Thaovong, family Keo', undefined]],
    ['Xiong Bee Vang', ['given Xiong, unknown Bee, family Vang', undefined]],
    ['ສົມສັກ', ['given ສົມສັກ', undefined]],
    ['-', 'name-missing'],
    ['ບໍ່ມີ', 'name-missing'],
    ['¡¾¨ ¦÷ì¾­ñ¤', 'legacy-font'],
    ['ກ'.repeat(150), 'name-too-long'],
  ])('%s is read', (written, expected) => {
    expect(parts(written)).toEqual(expected)
  })

  test('Thao before a woman’s name is her clan', () => {
    expect(parts('Thao Mai', 'female')).toEqual(['given Thao, family Mai', undefined])
  })
})

test('the fund’s accounts come in the hub’s own schema', async () => {
  const account = {
    stream: 'account',
    sourceId: 'account/17-99000001',
    names: [{ full: 'ມະນີວັນ', script: 'Laoo', parts: [] }],
    benefits: [
      {
        scheme: 'la-lsso/nssf',
        branch: 'maternity',
        kind: 'cash',
        state: 'paid',
        month: '2026-03',
        eventOn: '2026-03-04',
      },
    ],
  }
  const { results } = await pull({ 'account.full.ndjson': JSON.stringify(account) })
  expect(results).toMatchObject([{ outcome: 'record', record: { registry: 'la-lsso', benefits: account.benefits } }])
})
