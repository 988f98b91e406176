/** The same for the other registries' lists: a province's list of insured people, and the old fund's member export. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SyncRun } from '../../schemas/contract.ts'
import { type CellValue, csv, workbook } from '../adapters/folder.ts'
import { headings as laoHeadings, titles } from '../adapters/la-lsso/source.ts'
import { type InboxHub, inboxHub } from '../kit/inbox-hub.ts'

type Cells = CellValue[]
type Refusal = readonly [rule: string, pointer: string]
type Way = {
  readonly says: string
  readonly spoil: (row: Cells) => Cells
  /** Not in; the one rejection's reasons. */
  readonly refused?: readonly Refusal[]
  /** In, with these notes. */
  readonly notes?: readonly Refusal[]
  /** The rejection is of the month's payment; the insured record is in. */
  readonly payment?: readonly Refusal[]
}
type List = {
  readonly registry: 'la-lsso' | 'ke-sha'
  readonly file: string
  readonly rows: number
  readonly above: readonly Cells[]
  readonly headings: readonly string[]
  readonly rowOf: (index: number) => Cells
  readonly idOf: (index: number) => string
  readonly stream: string
  readonly write: (rows: readonly Cells[]) => Promise<string | Uint8Array> | string
  readonly ways: readonly Way[]
}

const gap = 7
const setting =
  (headings: readonly string[]) =>
  (column: string, value: CellValue) =>
  (row: Cells): Cells => {
    const at = headings.indexOf(column)
    if (at < 0) throw new Error(`no column ${column}`)
    return row.with(at, value)
  }
const two = (number: number) => String(number).padStart(2, '0')
const birthDate = (index: number) =>
  `${two(2 + ((index * 7) % 26))}/${two(1 + (index % 12))}/${1950 + ((index * 11) % 50)}`

const lao = ['ສົມ', 'ບຸນ', 'ຄຳ', 'ຈັນ', 'ວົງ', 'ພອນ', 'ສີ', 'ທອງ', 'ແກ້ວ', 'ດາວ']
const laoWord = (index: number) => `${lao[Math.floor(index / 10) % 10]}${lao[index % 10]}`
const [laoNumber, laoName, laoSex, laoBorn, laoId, laoVillage, laoMonth, laoAmount] = [
  'ເລກປະກັນສັງຄົມ',
  'ຊື່ ແລະ ນາມສະກຸນ',
  'ເພດ',
  'ວັນເດືອນປີເກີດ',
  'ເລກບັດປະຈຳຕົວ',
  'ບ້ານ',
  'ເດືອນ',
  'ຈຳນວນເງິນ',
] as const
const laoSet = setting(laoHeadings)
const inRows = (heading: string) => `/rows/0/${heading}`

const insured: List = {
  registry: 'la-lsso',
  file: 'lsso-17-2026-02.xlsx',
  rows: 200,
  above: titles,
  headings: laoHeadings,
  rowOf: (index) => [
    index,
    `17-99${1_000_000 + index}`,
    `${laoWord(index)} ${laoWord(index * 3 + 17)}ວົງ`,
    index % 2 ? 'ຊ' : 'ຍ',
    birthDate(index),
    `99${10_000_000 + index}`,
    'ບ້ານໃໝ່',
    'ສາມັກຄີໄຊ',
    'ອັດຕະປື',
    'ບໍລິສັດ ຢາງພາລາ',
    2_500_000,
    '02/2026',
    287_500,
  ],
  idOf: (index) => `17-99${1_000_000 + index}`,
  stream: 'insured/17',
  write: workbook,
  ways: [
    {
      says: 'no insured number',
      spoil: laoSet(laoNumber, null),
      refused: [['insured-number-missing', inRows(laoNumber)]],
    },
    {
      says: 'a rounded number',
      spoil: laoSet(laoNumber, '1.7991E+10'),
      refused: [['excel-scientific', inRows(laoNumber)]],
    },
    {
      says: 'a truth value for the number',
      spoil: laoSet(laoNumber, true),
      refused: [['not-text', inRows(laoNumber)]],
    },
    { says: '"none" for the name', spoil: laoSet(laoName, 'ບໍ່ມີ'), refused: [['name-missing', inRows(laoName)]] },
    {
      says: 'a name in an old font',
      spoil: laoSet(laoName, '¦ö´¦ñ¡ ¤¿¦÷¡'),
      refused: [['legacy-font', inRows(laoName)]],
    },
    {
      says: 'a name without end',
      spoil: laoSet(laoName, 'ສົມ '.repeat(100)),
      refused: [['name-too-long', inRows(laoName)]],
    },
    {
      says: 'a cell of ten thousand characters',
      spoil: laoSet(laoName, 'ສົມ '.repeat(2_500)),
      refused: [
        ['cell-too-long', inRows(laoName)],
        ['name-missing', inRows(laoName)],
      ],
    },
    { says: 'an identity card of one letter', spoil: laoSet(laoId, 'X'), refused: [['pattern', inRows(laoId)]] },
    {
      says: 'the 31st of February',
      spoil: laoSet(laoBorn, '31/02/1980'),
      notes: [['value-unreadable', inRows(laoBorn)]],
    },
    {
      says: 'a Buddhist year',
      spoil: laoSet(laoBorn, '04/05/2523'),
      notes: [['buddhist-era-converted', inRows(laoBorn)]],
    },
    { says: 'Lao digits', spoil: laoSet(laoBorn, '໐໔/໐໕/໑໙໘໐'), notes: [] },
    {
      says: 'two scripts in one name',
      spoil: laoSet(laoName, 'ສົມສັກ Kham'),
      notes: [['script-mixed', inRows(laoName)]],
    },
    { says: 'no sex that is known', spoil: laoSet(laoSex, 'X'), notes: [['value-unreadable', inRows(laoSex)]] },
    {
      says: 'a village in an old font',
      spoil: laoSet(laoVillage, '¦ö´¦ñ¡ ¤¿¦÷¡'),
      notes: [['value-unreadable', inRows(laoVillage)]],
    },
    { says: 'words for an amount', spoil: laoSet(laoAmount, 'paid'), payment: [['money', inRows(laoAmount)]] },
    {
      says: 'an amount below zero',
      spoil: laoSet(laoAmount, -287_500),
      payment: [['money-negative', inRows(laoAmount)]],
    },
    { says: 'a thirteenth month', spoil: laoSet(laoMonth, '13/2026'), payment: [['month', inRows(laoMonth)]] },
  ],
}

const nhifHeadings = [
  'NHIF NO',
  'DEPENDANT NO',
  'RELATIONSHIP',
  'SURNAME',
  'OTHER NAMES',
  'ID NO',
  'DOB',
  'SEX',
  'PHONE',
  'EMPLOYER CODE',
  'COUNTY',
]
const nhifSet = setting(nhifHeadings)
const syllables = ['ba', 'ke', 'mi', 'no', 'ru', 'ta', 'we', 'zi', 'lo', 'su']
const word = (index: number) =>
  `K${[...two(index % 100)].map((digit) => syllables[Number(digit)]).join('')}${syllables[index % 9]}`

const members: List = {
  registry: 'ke-sha',
  file: 'nhif-members.csv',
  rows: 200,
  above: [],
  headings: nhifHeadings,
  rowOf: (index) => [
    990_000_000 + index,
    '',
    'PRINCIPAL',
    word(index),
    `${word(index * 3 + 5)} ${word(index * 7 + 2)}`,
    99_000_000 + index,
    birthDate(index),
    index % 2 ? 'F' : 'M',
    `07${10_000_000 + index * 13}`,
    'E9900001',
    'Machakos',
  ],
  idOf: (index) => String(990_000_000 + index),
  stream: 'nhif',
  write: csv,
  ways: [
    { says: 'no member number', spoil: nhifSet('NHIF NO', ''), refused: [['member-number-missing', '/NHIF NO']] },
    { says: 'a rounded number', spoil: nhifSet('NHIF NO', '9.9E+08'), refused: [['excel-scientific', '/NHIF NO']] },
    { says: 'JSON for the number', spoil: nhifSet('NHIF NO', '{"no":1}'), refused: [['pattern', '/NHIF NO']] },
    {
      says: 'no name',
      spoil: (row) => nhifSet('SURNAME', '-')(nhifSet('OTHER NAMES', 'N/A')(row)),
      refused: [['name-missing', '/SURNAME']],
    },
    {
      says: 'a name without end',
      spoil: nhifSet('SURNAME', 'Kamau '.repeat(60)),
      refused: [['name-too-long', '/SURNAME']],
    },
    {
      says: 'a spouse without a number',
      spoil: nhifSet('RELATIONSHIP', 'SPOUSE'),
      refused: [['dependant-number', '/DEPENDANT NO']],
    },
    { says: 'lost characters', spoil: nhifSet('COUNTY', 'Mach\ufffdkos'), refused: [['damaged-text', '/COUNTY']] },
    { says: 'a surplus cell', spoil: (row) => [...row, 'more'], refused: [['too-many-cells', '']] },
    { says: 'a row that ends too early', spoil: (row) => row.slice(0, 9), notes: [['value-unreadable', '']] },
    {
      says: 'a relationship nobody knows',
      spoil: nhifSet('RELATIONSHIP', '__proto__'),
      refused: [['dependant-number', '/DEPENDANT NO']],
    },
    {
      says: 'letters in the identity number',
      spoil: nhifSet('ID NO', '99OOO123'),
      notes: [['value-unreadable', '/ID NO']],
    },
    {
      says: 'a filler for the identity number',
      spoil: nhifSet('ID NO', '00000000'),
      notes: [['placeholder-removed', '/ID NO']],
    },
    { says: 'the 31st of February', spoil: nhifSet('DOB', '31/02/1980'), notes: [['value-unreadable', '/DOB']] },
    { says: 'no telephone number', spoil: nhifSet('PHONE', 'none yet'), notes: [['phone-unreadable', '/PHONE']] },
    { says: 'HTML in the name', spoil: nhifSet('SURNAME', '<b>Kamau</b>'), notes: [['value-unreadable', '/SURNAME']] },
    { says: 'a decimal point', spoil: (row) => row.with(0, `${row[0]}.0`), notes: [] },
  ],
}

describe.each([insured, members])('$file', (list) => {
  let hub: InboxHub
  let first: SyncRun
  const wayAt = (index: number) => (index % gap === 3 ? list.ways[Math.floor(index / gap)] : undefined)
  const indexes = [...Array(list.rows).keys()]
  const fileOf = async (spoil: boolean) => {
    const rows = indexes.map((index) => {
      const row = list.rowOf(index)
      return (spoil && wayAt(index)?.spoil(row)) || row
    })
    return { [list.file]: await list.write([...list.above, [...list.headings], ...rows]) }
  }
  const originOf = (index: number) => `${list.file} row ${list.above.length + 2 + index}`
  const refusedWays = list.ways.filter((way) => way.refused)
  const idsIn = async () => new Set((await hub.records()).keys())
  beforeAll(async () => {
    hub = await inboxHub(list.registry)
    first = await hub.deliver(await fileOf(true))
  })
  afterAll(() => hub?.close())

  test('the counts add up', () => {
    const { read, added, rejected } = first.counts
    expect(read).toBe(added + rejected)
    expect(rejected).toBe(list.ways.filter((way) => way.refused ?? way.payment).length)
  })

  test('every row that nothing is wrong with is in, and each broken row is in or one rejection', async () => {
    const ids = await idsIn()
    expect(indexes.filter((index) => !ids.has(list.idOf(index)))).toEqual(
      indexes.filter((index) => wayAt(index)?.refused),
    )
    expect(await hub.strays()).toEqual([])
  })

  test.each(list.ways.map((way, place) => [way.says, way, place * gap + 3] as const))('%s', async (_, way, index) => {
    const here = (await hub.rejections('open')).filter(({ origin }) => origin === originOf(index))
    const reasons = here.map((one) => one.reasons.map(({ rule, pointer }) => [rule, pointer]))
    expect(reasons).toEqual([way.refused ?? way.payment].filter(Boolean))
    const stored = (await hub.records()).get(list.idOf(index))
    const notes = stored?.record.quality.map(({ code, pointer }) => [code, pointer])
    expect(notes).toEqual(way.refused ? undefined : (way.notes ?? []))
    const written = JSON.stringify(here)
    for (const cell of way.spoil(list.rowOf(index)).map(String))
      if (cell.length > 4 && cell !== 'PRINCIPAL') expect(written).not.toContain(cell)
  })

  test('the mended file brings every row in and settles every rejection', async () => {
    const { counts } = await hub.deliver(await fileOf(false))
    expect(counts).toMatchObject({ rejected: 0, absent: 0 })
    expect(counts.added).toBeGreaterThanOrEqual(refusedWays.length)
    const ids = await idsIn()
    expect(indexes.filter((index) => !ids.has(list.idOf(index)))).toEqual([])
    // A payment of a month that cannot be read belongs to no list that could say that it is settled: a person has to.
    const left = (await hub.rejections()).filter(({ state }) => state !== 'superseded')
    expect(left.map(({ reasons }) => reasons[0]?.rule)).toEqual(list.registry === 'la-lsso' ? ['month'] : [])
    expect(await hub.strays()).toEqual([])
  })
})
