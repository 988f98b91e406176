import { mkdtemp, readdir, rename, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import writeWorkbook from 'write-excel-file/node'
import {
  type DropFile,
  FileProblem,
  fingerprintOf,
  listDrop,
  namedFile,
  settled,
} from '../../../adapters/transports/drop.ts'
import type { LegacyEncoding } from '../../../adapters/transports/encoding.ts'
import { makeColumns, tidyHeading } from '../../../adapters/transports/header.ts'
import { readSheets } from '../../../adapters/transports/sheet.ts'
import { openTables, shapeKey, type TableRow } from '../../../adapters/transports/table.ts'

const columns = makeColumns({ NO: ['NUMBER'], NAME: ['FULL NAME'], 'ID NO': ['NATIONAL ID', 'ID NUMBER'], NOTE: [] })
let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drop-'))
})
afterEach(() => rm(folder, { recursive: true }))

const put = async (name: string, content: string | Uint8Array): Promise<DropFile> => {
  await writeFile(join(folder, name), content)
  const entry = await namedFile(folder, name)
  if ('problem' in entry) throw entry.problem
  return entry
}

type Read =
  | { sheet: number | undefined; preamble: unknown; headings: readonly string[]; rows: TableRow[] }
  | { problem: string }

const readAll = async (file: DropFile, encoding?: LegacyEncoding): Promise<Read[]> => {
  const tables: Read[] = []
  for await (const table of openTables(file, { columns, atLeast: 2, encoding })) {
    if (table instanceof FileProblem) {
      tables.push({ problem: table.rule })
      continue
    }
    const rows: TableRow[] = []
    for await (const row of table.rows) rows.push(row)
    tables.push({ sheet: table.sheet, preamble: table.preamble, headings: table.headings, rows })
  }
  return tables
}

const rowsOf = async (content: string | Uint8Array, encoding?: LegacyEncoding): Promise<TableRow[]> => {
  const [table] = await readAll(await put('a.csv', content), encoding)
  if (!table || 'problem' in table) throw new Error(`no table: ${JSON.stringify(table)}`)
  return table.rows
}

const ragged = (cells: object, shape: string) => ({ ...cells, [shapeKey]: shape })

describe('delimited text', () => {
  const one = [{ row: 2, cells: { No: '1', Name: 'Achieng', 'ID No': '99000001' } }]
  test.each([
    ['comma', 'No,Name,ID No\n1,Achieng,99000001\n'],
    ['semicolon, with commas in the text', 'No;Name;ID No\r\n1;Achieng;99000001\r\n'],
    ['tab', 'No\tName\tID No\n1\tAchieng\t99000001'],
    ['pipe', 'No|Name|ID No\n1|Achieng|99000001\n'],
    ['a byte order mark', '\ufeffNo,Name,ID No\n1,Achieng,99000001\n'],
    ['old Mac line ends', 'No,Name,ID No\r1,Achieng,99000001\r'],
    ['everything quoted', '"No","Name","ID No"\n"1","Achieng","99000001"\n'],
    ['delimiters at the line’s end', 'No,Name,ID No,,\n1,Achieng,99000001,,\n'],
  ])('is read with %s', async (_, content) => {
    expect(await rowsOf(content)).toEqual(one)
  })

  test('keeps line breaks, delimiters and doubled quotes inside quoted cells, and counts lines rightly', async () => {
    expect(await rowsOf('No,Name,Note\n1,"Achieng, Jane","two\nlines ""said"""\n\n2,Otieno,\n')).toEqual([
      { row: 2, cells: { No: '1', Name: 'Achieng, Jane', Note: 'two\nlines "said"' } },
      { row: 5, cells: { No: '2', Name: 'Otieno', Note: '' } },
    ])
  })

  test('a quote that never closes costs its own row and no other', async () => {
    const rows = await rowsOf('No,Name\n1,"Achieng\n2,Otieno\n3,"Kip, Ruto"\n4,Wanjiku 5" tall\n')
    expect(rows).toEqual([
      { row: 2, cells: ragged({ No: '1', Name: '"Achieng' }, 'unbalanced-quote') },
      { row: 3, cells: { No: '2', Name: 'Otieno' } },
      { row: 4, cells: { No: '3', Name: 'Kip, Ruto' } },
      { row: 5, cells: { No: '4', Name: 'Wanjiku 5" tall' } },
    ])
  })

  test('a quote left open at the end of the file, or for more than fifty lines, costs one row', async () => {
    const tail = Array.from({ length: 60 }, (_, index) => `${index + 2},x`)
    const rows = await rowsOf(['No,Name', '1,"Achieng', ...tail, '62,"Otieno'].join('\n'))
    expect(rows).toHaveLength(62)
    expect(rows.filter((row) => shapeKey in row.cells).map((row) => row.row)).toEqual([2, 63])
  })

  test('two stray quotes some rows apart do not swallow the rows between them', async () => {
    const rows = await rowsOf('No,Name,ID No,Note\n1,"Achieng,99000001,x\n2,Otieno,99000002,x\n3,Kip,99000003,x"\n')
    expect(rows.map(({ row, cells }) => [row, cells.Name, shapeKey in cells])).toEqual([
      [2, '"Achieng', true],
      [3, 'Otieno', false],
      [4, 'Kip', false],
    ])
  })

  test('rows with too few or too many cells keep what they hold and are flagged', async () => {
    expect(await rowsOf('No,Name,ID No\n1,Achieng\n2,Otieno,99000002,surplus\n')).toEqual([
      { row: 2, cells: ragged({ No: '1', Name: 'Achieng' }, 'too-few-cells') },
      {
        row: 3,
        cells: ragged({ No: '2', Name: 'Otieno', 'ID No': '99000002', 'column 4': 'surplus' }, 'too-many-cells'),
      },
    ])
  })

  test('the cells of columns about ethnicity, clan, religion and biometrics are emptied at the edge', async () => {
    expect(await rowsOf('No,Name,Ethnic Group,Fingerprint\n1,Achieng,Luo,AAAA\n')).toEqual([
      { row: 2, cells: { No: '1', Name: 'Achieng', 'Ethnic Group': null, Fingerprint: null } },
    ])
  })

  test('a heading cannot reach an object’s prototype', async () => {
    const [row] = await rowsOf('No,Name,__proto__\n1,Achieng,x\n')
    expect(row?.cells).toEqual({ No: '1', Name: 'Achieng', 'column 3': 'x' })
  })

  test('a line without an end is refused instead of filling the memory', async () => {
    const file = await put('a.csv', `No,Name\n1,${'x'.repeat(1_200_000)}`)
    await expect(readAll(file)).rejects.toMatchObject({ rule: 'row-too-long' })
  })

  test('a character cut between two chunks of the file survives', async () => {
    const filler = 'x'.repeat((1 << 17) - 'No,Name\n1,\n2,'.length - 1)
    const rows = await rowsOf(`No,Name\n1,${filler}\n2,ສົມສັກ\n`)
    expect(rows[1]?.cells).toEqual({ No: '2', Name: 'ສົມສັກ' })
  })
})

describe('encodings', () => {
  const text = 'No,Name\n1,Zoé\n'
  const utf16le = Buffer.from(text, 'utf16le')
  const utf16be = Buffer.from(utf16le).swap16()
  test.each([
    ['UTF-16 LE with a mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le]), undefined],
    ['UTF-16 BE with a mark', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be]), undefined],
    ['UTF-16 LE without a mark', utf16le, undefined],
    ['UTF-16 BE without a mark', utf16be, undefined],
    ['windows-1252 by the setting', Buffer.from(text, 'latin1'), 'windows-1252'],
  ] as const)('%s is read', async (_, bytes, encoding) => {
    expect(await rowsOf(bytes, encoding)).toEqual([{ row: 2, cells: { No: '1', Name: 'Zoé' } }])
  })

  test.each([
    ['windows-1251', [0xc0, 0xe9], 'Ай'],
    ['gb18030', [0xcd, 0xf5], '王'],
  ] as const)('%s is read by the setting', async (encoding, bytes, name) => {
    const content = Buffer.concat([Buffer.from('No,Name\n1,'), Buffer.from(bytes)])
    expect(await rowsOf(content, encoding)).toEqual([{ row: 2, cells: { No: '1', Name: name } }])
  })

  test('a file in another encoding is a problem that names the setting to make, instead of being guessed', async () => {
    const file = await put('old.csv', Buffer.from(text, 'latin1'))
    await expect(readAll(file)).rejects.toMatchObject({
      rule: 'encoding-unknown',
      message: expect.stringContaining('options.encoding'),
    })
  })

  test.each([
    ['in the middle', `1,x\n`.repeat(50), 'é', '\n3,x\n'],
    ['at the very end', '1,x\n'.repeat(100_000), 'é', ''],
    ['beside names in UTF-8', '1,ສົມສັກ\n'.repeat(50), 'é', ''],
  ])('UTF-8 with a damaged line %s costs that line alone', async (_, above, damage, below) => {
    const bytes = Buffer.concat([
      Buffer.from(`No,Name\n${above}2,Zo`),
      Buffer.from(damage, 'latin1'),
      Buffer.from(below),
    ])
    const rows = await rowsOf(bytes)
    expect(rows.filter(({ cells }) => String(cells.Name).includes('\ufffd')).map(({ cells }) => cells)).toEqual([
      { No: '2', Name: 'Zo\ufffd' },
    ])
    expect(rows[0]?.cells.Name).toBe(above.slice(2, above.indexOf('\n')))
  })

  test('names in UTF-8 outweigh the setting for older files; a line or two do not', async () => {
    const damaged = (above: string) => Buffer.concat([Buffer.from(`No,Name\n${above}`), Buffer.from('2,Zoé', 'latin1')])
    const last = async (above: string) => (await rowsOf(damaged(above), 'windows-1252')).at(-1)?.cells.Name
    expect(await last('1,ສົມສັກ\n'.repeat(50))).toBe('Zo\ufffd')
    expect(await last('1,x\n'.repeat(50))).toBe('Zoé')
  })

  test('a NUL in one cell does not make another encoding of the file', async () => {
    expect((await rowsOf(`No,Name\n1,a\0b\n${'2,x\n'.repeat(50)}`))[0]?.cells).toEqual({ No: '1', Name: 'a\0b' })
  })
})

describe('workbooks', () => {
  test('are read sheet by sheet, dates as YYYY-MM-DD, numbers as numbers, with what stands above the headings', async () => {
    const bytes = await writeWorkbook([
      {
        data: [
          [{ value: 'A title' }],
          [],
          [{ value: 'No' }, { value: 'Full\nName' }, { value: 'Joined' }],
          [{ value: 7 }, { value: 'Achieng' }, { value: new Date(Date.UTC(1990, 1, 3)), format: 'dd/mm/yyyy' }],
        ],
        sheet: 'Members',
      },
      { data: [[{ value: 'only a remark' }]], sheet: 'Remarks' },
    ]).toBuffer()
    expect(await readAll(await put('a.xlsx', bytes))).toEqual([
      {
        sheet: 1,
        preamble: [
          ['A title', null, null],
          [null, null, null],
        ],
        headings: ['No', 'Full Name', 'Joined'],
        rows: [{ row: 4, cells: { No: 7, 'Full Name': 'Achieng', Joined: '1990-02-03' } }],
      },
      { problem: 'headings-unknown' },
    ])
  })

  test.each([
    ['cut off', async (bytes: Buffer) => bytes.subarray(0, bytes.length / 2), 'file-broken'],
    [
      'garbled inside',
      async (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 60), Buffer.alloc(200, 7), bytes.subarray(260)]),
      'file-broken',
    ],
    ['of the old kind', async () => Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'file-kind-unknown'],
    ['a picture', async () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'file-kind-unknown'],
    ['empty', async () => Buffer.alloc(0), 'file-empty'],
  ])('one that is %s is a problem of that file alone', async (_, spoil, rule) => {
    const bytes = await writeWorkbook([
      [{ value: 'No' }, { value: 'Name' }],
      [{ value: 1 }, { value: 'x' }],
    ]).toBuffer()
    const file = await put('a.xlsx', await spoil(bytes))
    await expect(readAll(file)).rejects.toMatchObject({ rule })
  })

  test('one that would unpack to more than the limit is refused before unpacking', async () => {
    const bytes = await writeWorkbook(Array.from({ length: 2000 }, () => [{ value: 'the same again' }])).toBuffer()
    const file = await put('a.xlsx', bytes)
    const limits = { maxBytes: 1 << 20, maxUnpacked: 50_000, maxRows: 10_000 }
    await expect(readSheets(file, limits)).rejects.toMatchObject({ rule: 'file-too-large' })
    await expect(readSheets(file, { ...limits, maxBytes: 100 })).rejects.toMatchObject({ rule: 'file-too-large' })
    await expect(readSheets(file, { ...limits, maxUnpacked: 1 << 30, maxRows: 100 })).rejects.toMatchObject({
      rule: 'file-too-large',
    })
  })
})

describe('heading rows', () => {
  test.each([
    ['  full\n name ', 'FULL NAME'],
    ['I.D. No.', 'I D NO'],
    ['INCOME (KES)', 'INCOME'],
    ['ＩＤ　ＮＯ', 'ID NO'],
    ['Other_Names:', 'OTHER NAMES'],
  ])('%j is the heading %s', (written, heading) => {
    expect(tidyHeading(written)).toBe(heading)
  })

  test('a merged heading over sub-headings takes two rows, from whichever of them the search meets first', async () => {
    const below = await rowsOf('No,Person,,\n,Name,ID No,Note\n1,Achieng,99000001,x\n')
    expect(below).toEqual([{ row: 3, cells: { No: '1', Name: 'Achieng', 'ID No': '99000001', Note: 'x' } }])
    const above = await rowsOf('No,Name,Money,\n,,ID No,Note\n1,Achieng,99000001,x\n')
    expect(above).toEqual([{ row: 3, cells: { No: '1', Name: 'Achieng', 'ID No': '99000001', Note: 'x' } }])
  })

  test('a heading that stands twice keeps both columns', async () => {
    expect((await rowsOf('No,Name,Name\n1,a,b\n'))[0]?.cells).toEqual({ No: '1', Name: 'a', 'Name (2)': 'b' })
    expect(columns.of('Name (2)')).toBe('NAME')
  })

  test('a text file without known headings is a problem of that file', async () => {
    expect(await readAll(await put('a.csv', 'hello\nworld\n'))).toEqual([{ problem: 'headings-unknown' }])
  })
})

describe('the inbox', () => {
  const names = async () =>
    (await listDrop(folder)).map((entry) => ('problem' in entry ? `${entry.name}: ${entry.problem.rule}` : entry.name))

  test('is listed in the order of names, without dotfiles, uploads in progress and folders', async () => {
    for (const name of ['b.csv', 'a.xlsx', 'B.csv', '.hidden.csv', 'c.csv.part', 'd.tmp', '~lock.csv'])
      await writeFile(join(folder, name), 'x')
    await rename(await mkdtemp(join(folder, 'dir-')), join(folder, 'archive'))
    expect(await names()).toEqual(['B.csv', 'a.xlsx', 'b.csv'])
    expect(await readdir(folder)).toHaveLength(8)
  })

  test('links and kinds that cannot be read are told, not followed and not dropped silently', async () => {
    await writeFile(join(folder, 'scan.pdf'), 'x')
    await symlink('/etc/hostname', join(folder, 'link.csv'))
    await rename(await mkdtemp(join(folder, 'dir-')), join(folder, 'folder.csv'))
    expect(await names()).toEqual([
      'folder.csv: file-not-regular',
      'link.csv: file-is-a-link',
      'scan.pdf: file-kind-unknown',
    ])
  })

  test('a folder that is not there stops', async () => {
    await expect(listDrop(join(folder, 'nowhere'))).rejects.toMatchObject({ recovery: 'stop' })
  })

  test.each(['../outside.csv', 'sub/../../outside.csv'])(
    'the named file %s is refused, because it lies outside',
    async (name) => {
      const outside = join(folder, '..', 'outside.csv')
      await writeFile(outside, 'x')
      await expect(namedFile(folder, name)).rejects.toMatchObject({ recovery: 'stop' })
      await rm(outside)
    },
  )

  test('a file that still grows is waited for, and read as it is when it has settled', async () => {
    const file = await put('a.csv', 'one')
    const writing = setInterval(() => void writeFile(file.path, 'x'.repeat(Math.random() * 100)), 20)
    setTimeout(() => clearInterval(writing), 130)
    const whole = await settled(file, 100, new AbortController().signal)
    await truncate(join(folder, 'a.csv'), whole?.size)
    expect(whole?.modified).toBeGreaterThan(file.modified)
  })

  test('an old file is not waited for', async () => {
    const file = await put('a.csv', 'one')
    await utimes(file.path, 1, 1)
    const entry = await namedFile(folder, 'a.csv')
    if ('problem' in entry) throw entry.problem
    expect(await settled(entry, 600_000, new AbortController().signal)).toEqual(entry)
  })

  test('the same name and content have the same fingerprint on any date; another name may be another month', async () => {
    const a = await put('a.csv', 'one')
    const before = await fingerprintOf(a)
    await utimes(a.path, 1, 1)
    expect(await fingerprintOf(a)).toBe(before)
    expect(await fingerprintOf(await put('b.csv', 'one'))).not.toBe(before)
    expect(await fingerprintOf(await put('a.csv', 'two'))).not.toBe(before)
  })
})
