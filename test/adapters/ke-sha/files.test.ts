import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { keSha } from '../../../adapters/ke-sha/adapter.ts'
import { type Cell, workbook } from '../../../demo/render/workbook.ts'
import { settingsFor } from './source.ts'

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true })
})

/** What the adapter makes of an inbox with this one file. */
const read = async (name: string, content: Buffer | string) => {
  const inbox = await mkdtemp(join(tmpdir(), 'pamoja-sha-files-'))
  folders.push(inbox)
  await writeFile(join(inbox, name), content)
  const adapter = keSha(settingsFor({}, inbox))
  const results = []
  const completed: string[] = []
  for await (const page of adapter.pull(undefined, {
    signal: new AbortController().signal,
    known: async function* () {},
  })) {
    results.push(...page.records.map((raw) => adapter.normalise(raw)))
    completed.push(...(page.completes ?? []))
  }
  const records = results.flatMap((result) => (result.outcome === 'record' ? [result.record] : []))
  const rules = results.flatMap((result) =>
    result.outcome === 'rejection' ? result.reasons.map(({ rule }) => rule) : [],
  )
  return { records, rules, completed }
}

const preamble: Cell[][] = [
  ['EMPLOYER CODE', 'E9900001'],
  ['EMPLOYER NAME', 'Baraka Millers Ltd'],
  ['MONTH OF CONTRIBUTION', '2026-8'],
  [],
]
const headings: Cell[] = ['PAYROLL NO', 'EMPLOYER NAME', 'ID NO', 'NHIF NO / SHIF NO', 'AMOUNT']
const jane: Cell[] = ['E1', 'JANE WAMBUI NJERI', '99000101', 'SHA9900000000001-2', 1485]
const paul: Cell[] = ['E2', 'PAUL KIMANI', '99000105', null, 550.25]
const byProduct = (lines: Cell[][], above: Cell[][] = preamble, head: Cell[] = headings) =>
  workbook([...above, head, ...lines], 'SHIF').then((bytes) => read('by-product.xlsx', bytes))

describe('an employer’s by-product', () => {
  test('gives a declared contribution for each worker under the unpadded month, and none for the TOTAL row', async () => {
    const { records, rules, completed } = await byProduct([jane, paul, ['TOTAL', null, null, null, 2035.25]])
    expect(rules).toEqual([])
    expect(completed).toEqual([])
    expect(
      records.map(({ sourceId, names, contributions }) => [
        sourceId,
        names[0]?.full,
        contributions[0]?.month,
        contributions[0]?.total?.amount,
      ]),
    ).toEqual([
      ['E9900001/2026-08/E1', 'JANE WAMBUI NJERI', '2026-08', 148500],
      ['E9900001/2026-08/E2', 'PAUL KIMANI', '2026-08', 55025],
    ])
    expect(records[0]?.contributions[0]).toMatchObject({
      scheme: 'ke-sha/shif',
      state: 'declared',
      employer: { id: 'E9900001', name: 'Baraka Millers Ltd' },
    })
  })

  test.each([
    ['TOTAL in the name column', [null, 'Total', null, null, 2035.25]],
    ['GRAND TOTAL:', ['GRAND TOTAL:', null, null, null, 2035.25]],
    ['a total without an amount', ['Totals', null, null, null, null]],
  ] as [string, Cell[]][])('%s is no worker', async (_, total) => {
    expect((await byProduct([jane, paul, total])).records).toHaveLength(2)
  })

  test('a TOTAL row that the lines do not add up to is told, and the lines are taken', async () => {
    const { records, rules } = await byProduct([jane, paul, ['TOTAL', null, null, null, 9999]])
    expect(records).toHaveLength(2)
    expect(rules).toEqual(['total-differs'])
  })

  test('a worker called Total is a worker', async () => {
    const { records } = await byProduct([jane, ['E3', 'TOTAL', '99000106', null, 300]])
    expect(records.map(({ sourceId }) => sourceId)).toContain('E9900001/2026-08/E3')
  })

  test('a worker whose surname is Total is told, though no number stands beside the name', async () => {
    const head: Cell[] = ['PAYROLL NO', 'LAST NAME', 'FIRST NAME', 'ID NO', 'NHIF NO', 'AMOUNT']
    const { records } = await byProduct([['E3', 'Total', 'Jane', null, null, 300]], preamble, head)
    expect(records.map(({ sourceId }) => sourceId)).toEqual(['E9900001/2026-08/E3'])
  })

  test('lines with a member number alone are told apart by it, in whatever order they come', async () => {
    const lines: Cell[][] = [
      [null, 'JANE WAMBUI NJERI', 'N/A', 'SHA9900000000001-2', 300],
      [null, 'PAUL KIMANI', 'N/A', 'SHA9900000000002-3', 400],
    ]
    const ids = async (of: Cell[][]) => (await byProduct(of)).records.map(({ sourceId }) => sourceId).sort()
    const expected = await ids(lines)
    expect(expected).toEqual(['E9900001/2026-08/SHA9900000000001-2', 'E9900001/2026-08/SHA9900000000002-3'])
    expect(await ids([...lines].reverse())).toEqual(expected)
  })

  test('two lines under one payroll number are two records', async () => {
    const { records } = await byProduct([jane, ['E1', 'JANE WAMBUI NJERI', '99000101', null, 300]])
    expect(records.map(({ sourceId }) => sourceId)).toEqual(['E9900001/2026-08/E1', 'E9900001/2026-08/E1#2'])
  })

  test('names in two columns, and labels with line breaks', async () => {
    const { records } = await byProduct([['E1', 'Njeri', 'Jane Wambui', '99000101', 990000101, 1485]], preamble, [
      'PAYROLL \n NO',
      'LAST NAME',
      'FIRST NAME',
      'ID NO',
      'NHIF NO',
      'AMOUNT',
    ])
    expect(records[0]).toMatchObject({
      names: [{ full: 'Njeri Jane Wambui' }],
      identifiers: [{ type: 'national-id' }, { type: 'nhif-number', value: '990000101' }],
    })
  })

  test.each([
    ['no month above the lines', [preamble[0] ?? [], preamble[1] ?? []], 'month'],
    ['no employer above the lines', [preamble[2] ?? []], 'employer-code'],
  ])('%s: every line is rejected with the reason', async (_, above, rule) => {
    const { records, rules } = await byProduct([jane, paul], above)
    expect(records).toEqual([])
    expect(rules).toEqual([rule, rule])
  })
})

const nhif = (lines: string, more = '') =>
  read(
    'members.csv',
    `NHIF NO;DEPENDANT NO;RELATIONSHIP;SURNAME;OTHER NAMES;ID NO;DOB;SEX;PHONE;COUNTY${more}\n${lines}\n`,
  )

describe('the old fund’s member export', () => {
  test('is the whole roll: principals and dependants, whatever the delimiter', async () => {
    const { records, completed } = await nhif(
      '990000101;;PRINCIPAL;Njeri;Jane;99000101;11/05/1990;F;0749000101;Machakos\n990000101;1;CHILD;Njeri;Baraka;;20/05/2019;M;;Machakos',
    )
    expect(records.map(({ sourceId }) => sourceId)).toEqual(['990000101', '990000101/1'])
    expect(completed).toEqual(['nhif'])
  })

  test('a closing count of members is nobody', async () => {
    expect(
      (await nhif('990000101;;PRINCIPAL;Njeri;Jane;99000101;11/05/1990;F;;Machakos\nTOTAL MEMBERS;1;;;;;;;;')).records,
    ).toHaveLength(1)
  })

  test('a person called Total is not taken for a count of members', async () => {
    const { rules } = await nhif(
      ';;PRINCIPAL;Njeri;Jane;99000101;11/05/1990;F;;\n;;;Total;Jane;99000101;11/05/1990;F;;',
    )
    expect(rules).toEqual(['member-number-missing', 'member-number-missing'])
  })

  test.each([
    ['E9900001', { id: 'E9900001' }, []],
    ['9900001.0', { id: '9900001' }, []],
    ['Jane Njeri and Sons', undefined, [{ code: 'value-unreadable', pointer: '/EMPLOYER CODE' }]],
  ])('takes %s under EMPLOYER CODE for what it is', async (code, employer, quality) => {
    const { records } = await nhif(
      `990000101;;PRINCIPAL;Njeri;Jane;99000101;11/05/1990;F;;Machakos;${code}`,
      ';EMPLOYER CODE',
    )
    expect(records[0]?.enrolments[0]?.employer).toEqual(employer)
    expect(records[0]?.quality).toEqual(quality)
  })

  test('a child does not get the family’s number as its own', async () => {
    const { records } = await nhif('990000101;1;CHILD;Njeri;Baraka;;20/05/2019;M;;Machakos')
    expect(records[0]).toMatchObject({
      identifiers: [],
      relations: [{ role: 'principal', identifier: { type: 'nhif-number', value: '990000101' } }],
      enrolments: [{ category: 'dependant', memberNumber: '990000101' }],
    })
  })

  test('a column of tribes is not even carried', async () => {
    const { records } = await nhif(
      '990000101;;PRINCIPAL;Njeri;Jane;99000101;11/05/1990;F;;Machakos;of no concern',
      ';TRIBE',
    )
    expect(records[0]?.quality).toEqual([{ code: 'sensitive-field-dropped', pointer: '/TRIBE' }])
  })
})

test('a file of another layout is told as such and holds nothing up', async () => {
  const { rules, completed } = await read(
    'other.csv',
    'SURNAME,OTHER NAMES,ID NO,PHONE,COUNTY\nNjeri,Jane,99000101,,\n',
  )
  expect(rules).toEqual(['layout-unknown'])
  expect(completed).toEqual([])
})
