import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { openCsv } from '../../../cli/dedupe/csv-file.ts'
import { makePlan, mergeHeadings } from '../../../cli/dedupe/plan.ts'
import { readCsv } from '../../../cli/dedupe/read-csv.ts'
import { type FieldName, textAt } from '../../../linkage/table/table.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'pamoja-read-'))
afterAll(() => rmSync(folder, { recursive: true }))

let written = 0
const file = (content: string | Buffer, name = `people-${++written}.csv`) => {
  const place = path.join(folder, name)
  writeFileSync(place, content)
  return place
}

const read = async (places: string[], map: string[] = [], more: { id?: string; truth?: string } = {}) => {
  const files = []
  for (const place of places) files.push(await openCsv(place))
  const plan = makePlan(mergeHeadings(files.map(({ headings }) => headings)), { map, ...more })
  return readCsv(files, plan, { signal: new AbortController().signal, onProgress: () => undefined })
}

/** A field's values, record by record; of several columns joined with a bar. */
const valuesOf = ({ table }: Awaited<ReturnType<typeof read>>, field: FieldName) =>
  Array.from({ length: table.size }, (_, row) =>
    (table.fields.get(field) ?? []).map(({ codes, values }) => textAt(values, codes[row] ?? -1)).join('|'),
  )

const rows = [
  ['id', 'name', 'city'],
  ['1', 'ສົມພອນ ແກ້ວມະນີ', 'ວຽງຈັນ'],
  ['2', 'محمد علی', 'لاہور'],
  ['3', 'Айгүл Асанова', 'Бишкек'],
  ['4', '王小明', '北京'],
  ['5', "Wanjiku Ng'ang'a", 'Nyeri'],
]
const names = rows.slice(1).map(([, name]) => name)

test.each([',', ';', '\t', '|'])('rows between %j are read in any script', async (delimiter) => {
  const answer = await read([file(rows.map((row) => row.join(delimiter)).join('\n'))])
  expect(valuesOf(answer, 'fullName')).toEqual(names)
  expect(valuesOf(answer, 'locality')).toEqual(['ວຽງຈັນ', 'لاہور', 'Бишкек', '北京', 'Nyeri'])
})

test('blanks about a value go, and many within one cost nothing', async () => {
  const inner = `a${' '.repeat(200_000)}b`
  const answer = await read([file(`id,name\n1,\u00a0Amina\u3000\n2,${inner}\n3,Amina\n`)])
  expect(valuesOf(answer, 'fullName')).toEqual(['Amina', inner, 'Amina'])
})

const text = `${rows.map((row) => row.join(',')).join('\r\n')}\r\n`
const swapped = (bytes: Buffer) => Buffer.from(bytes).swap16()
test.each([
  ['UTF-8 without a mark', Buffer.from(text)],
  ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`)],
  ['UTF-16LE', Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16BE', swapped(Buffer.from(`\ufeff${text}`, 'utf16le'))],
])('%s is told by its bytes', async (_name, bytes) => {
  const answer = await read([file(bytes)])
  expect(valuesOf(answer, 'fullName')).toEqual(names)
  expect([...answer.table.fields.keys()]).toEqual(['fullName', 'locality'])
})

/** Bytes of a text in an encoding of one byte a letter, by asking the decoder for each of its 256 letters. */
const encoded = (content: string, encoding: string) => {
  const letters = new TextDecoder(encoding).decode(Uint8Array.from({ length: 256 }, (_, code) => code))
  return Buffer.from(Array.from(content, (letter) => letters.indexOf(letter)))
}

test.each([
  ['windows-1252', ['José Muñoz', 'François Lefèvre', 'Zoë Ångström', 'Renée Peña']],
  ['windows-1251', ['Иванов Пётр', 'Сыдыкова Гулнара', 'Асанов Бакыт', 'Орлова Мария']],
])('a file in %s is read as such, and a warning says so', async (encoding, people) => {
  const place = file(encoded(`id,name\n${people.map((name, at) => `${at},${name}`).join('\n')}\n`, encoding))
  expect((await openCsv(place)).warnings.join()).toContain(encoding)
  expect(valuesOf(await read([place]), 'fullName')).toEqual(people)
})

test('cells in quotes keep delimiters, line breaks and doubled quotes, and lose the blanks around them', async () => {
  const answer = await read([
    file('id,name,address\n1,"Otieno, James"," 12 ""Sunrise"" House\nNairobi "\n 2 ,  Achieng  ,"" \n3,"Ann"e,x\n'),
  ])
  expect(valuesOf(answer, 'fullName')).toEqual(['Otieno, James', 'Achieng', 'Anne'])
  expect(valuesOf(answer, 'address')).toEqual(['12 "Sunrise" House\nNairobi', '', 'x'])
  expect([...answer.lines.slice(0, 3)]).toEqual([2, 4, 5])
})

test('a quote that never closes costs its own row alone', async () => {
  const answer = await read([file('id,name,city\n1,"Otieno,Nyeri\n2,Achieng,Kisumu\n3,Kamau,Thika\n')])
  expect(valuesOf(answer, 'fullName')).toEqual(['', 'Achieng', 'Kamau'])
  expect(answer.files[0]).toMatchObject({ records: 3, badCount: 1, badRows: [{ line: 2, why: 'unclosed quote' }] })
})

test('two stray quotes, lines apart, are not one long cell', async () => {
  const answer = await read([file('id,name,city\n1,"Otieno,Nyeri\n2,Achieng,Kisumu\n3,"Kamau",Thika\n4,Njeri,Meru\n')])
  expect(valuesOf(answer, 'fullName')).toEqual(['', 'Achieng', 'Kamau', 'Njeri'])
})

test('a row with too few or too many fields is counted, told with its line, and keeps its id alone', async () => {
  const answer = await read([file('id,name,city\n1,Ann,Nyeri\n2,Bob\n3,Cy,Thika,extra\n4,Dee,Meru,,\n')])
  expect(answer.files[0]).toMatchObject({
    records: 4,
    badCount: 2,
    badRows: [
      { line: 3, why: 'too few fields' },
      { line: 4, why: 'too many fields' },
    ],
  })
  expect(valuesOf(answer, 'fullName')).toEqual(['Ann', '', '', 'Dee'])
  expect([0, 1, 2, 3].map((row) => answer.ids?.value(answer.ids.codes[row] ?? 0))).toEqual(['1', '2', '3', '4'])
  // The values of a refused row are not there at all, so that no count of values is wrong.
  expect(answer.table.fields.get('fullName')?.[0]?.values).toEqual(['', 'Ann', 'Dee'])
})

test('blank lines are no records; rows of nothing but delimiters are counted', async () => {
  const answer = await read([file('\n\nid,name\n\n1,Ann\n,\n,\n2,Bob\n\n')])
  expect(answer.table.size).toBe(2)
  expect(answer.files[0]).toMatchObject({ blankRows: 2, badCount: 0 })
})

test.each(['\n', '\r\n', '\r'])('lines may end in %j, the last one with nothing', async (end) => {
  const answer = await read([file(['id,name', '1,Ann', '2,Bob'].join(end))])
  expect(valuesOf(answer, 'fullName')).toEqual(['Ann', 'Bob'])
})

test('what stands for nothing is empty; the names Na and Nil are names', async () => {
  const nothing = ['NA', 'n/a', 'N/A', 'null', 'None', '-', '--', '?', 'unknown', '\\N', ' ', '.', 'Na', 'Nil', 'Ann']
  const answer = await read([
    file(`id,name,city\n${nothing.map((value, at) => `${at},${value},${value}`).join('\n')}\n`),
  ])
  expect(valuesOf(answer, 'fullName').filter(Boolean)).toEqual(['Na', 'Nil', 'Ann'])
  expect(valuesOf(answer, 'locality').filter(Boolean)).toEqual(['Ann'])
})

test('a no-break space at an edge does not make another value', async () => {
  const answer = await read([file('id,city\n1,Nyeri\n2,Nyeri\u00a0\n3,\u3000Nyeri\n4,Meru\n')])
  expect(answer.table.fields.get('locality')?.[0]?.values).toEqual(['', 'Nyeri', 'Meru'])
  expect(valuesOf(answer, 'locality')).toEqual(['Nyeri', 'Nyeri', 'Nyeri', 'Meru'])
})

test('several files are several sources, each with its own order and choice of columns', async () => {
  const answer = await read([
    file('id,first name,city\na1,Ann,Nyeri\n', 'health.csv'),
    file('City;ID;phone\nMeru;b1;0700\nThika;b2;0711\n', 'pension.csv'),
  ])
  expect(valuesOf(answer, 'locality')).toEqual(['Nyeri', 'Meru', 'Thika'])
  expect(valuesOf(answer, 'phone')).toEqual(['', '0700', '0711'])
  const { source } = answer.table
  expect([0, 1, 2].map((row) => source?.values[source.codes[row] ?? -1])).toEqual(['health', 'pension', 'pension'])
  expect(answer.files.map(({ missing }) => missing)).toEqual([['phone'], ['first name']])
})

test('one column may feed two fields, and two columns one', async () => {
  const place = file('a,b,c\nAnn,Mary,12\n')
  const answer = await read([place], ['a=givenName,b=givenName,c=nationalId,c=identifier:passport'])
  expect(valuesOf(answer, 'givenName')).toEqual(['Ann|Mary'])
  expect(valuesOf(answer, 'identifier:passport')).toEqual(['12'])
  expect(valuesOf(answer, 'nationalId')).toEqual(['12'])
})

test('NUL bytes are refused, wherever they stand', async () => {
  await expect(read([file('id,name\n1,Wanjiku Muthoni\n2,A\0nn Achieng\n3,Otieno\n')])).rejects.toThrow(/NUL bytes/)
  const long = `id,name\n${'1,Ann\n'.repeat(30_000)}2,B\0b\n`
  await expect(read([file(long)])).rejects.toThrow(/near line \d+.*NUL bytes/s)
})

test('rows are whole wherever the chunks of a large file are cut', async () => {
  const count = 60_000
  const lines = Array.from({ length: count }, (_, at) => `${at},"Ñandú ""${at % 977}""\n, ${at % 13}",村${at % 7}`)
  const answer = await read([file(`id,name,city\r\n${lines.join('\r\n')}`)])
  expect(answer.table.size).toBe(count)
  expect(answer.files[0]?.badCount).toBe(0)
  const found = valuesOf(answer, 'fullName')
  expect(found.every((name, at) => name === `Ñandú "${at % 977}"\n, ${at % 13}`)).toBe(true)
  expect(valuesOf(answer, 'locality').every((city, at) => city === `村${at % 7}`)).toBe(true)
  expect(answer.table.fields.get('locality')?.[0]?.values).toHaveLength(8)
  expect(answer.ids?.value(answer.ids.codes[count - 1] ?? 0)).toBe(String(count - 1))
})

test('values long and short, rising or not, rare or common, keep their own code', async () => {
  const count = 40_000
  const kinds = [
    (at: number) => String(at),
    (at: number) => `${(at * 7919) % count}`,
    (at: number) => (at % 3 ? `v${at % 1999}` : ''),
    (at: number) => `a long value of more than twelve bytes ${at % 5003}`,
    (at: number) => 'abcdefghijklmnopqrstuvwxyz'.slice(0, at % 27),
    (at: number) => `"say ""${at % 101}"" twice"`,
  ]
  const lines = Array.from({ length: count }, (_, at) => `${kinds.map((kind) => kind(at)).join(',')},.`)
  const map = kinds.map((_, at) => `c${at}=other:c${at}`)
  const answer = await read([file(`${kinds.map((_, at) => `c${at}`).join(',')},end\n${lines.join('\n')}\n`)], map)
  for (const [at, kind] of kinds.entries()) {
    const wanted = Array.from({ length: count }, (_, row) => kind(row).replace(/^"|"$/g, '').replaceAll('""', '"'))
    expect(valuesOf(answer, `other:c${at}`).every((value, row) => value === wanted[row])).toBe(true)
    expect(answer.table.fields.get(`other:c${at}`)?.[0]?.values).toHaveLength(new Set([...wanted, '']).size)
  }
})

test.each([',', ';', '\t', '|'])(
  'bytes that are one bit away from %j or a line break are a part of the value',
  async (delimiter) => {
    const bytes = [delimiter.charCodeAt(0), 0x0a, 0x0d].flatMap((byte) =>
      Array.from({ length: 8 }, (_, bit) => byte ^ (1 << bit)),
    )
    const cells = bytes
      .filter((byte) => byte > 0 && ![delimiter, '\n', '\r'].includes(String.fromCharCode(byte)))
      .map((byte) => `x${String.fromCharCode(byte)}y`)
    const answer = await read([
      file(`id${delimiter}name\n${cells.map((cell, at) => `${at}${delimiter}${cell}\n`).join('')}`),
    ])
    expect(valuesOf(answer, 'fullName')).toEqual(cells)
  },
)

test('what RFC 4180 writes is read back, whatever the cells hold', async () => {
  const cell = fc.stringMatching(/^[a-zéж村",;\n ]{0,12}$/)
  const property = fc.asyncProperty(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 20 }), async (people) => {
    const lines = people.map(([name, city], at) =>
      [`r${at}`, name, city].map((one) => `"${one.replaceAll('"', '""')}"`),
    )
    const answer = await read([file(`id,name,city\n${lines.map((line) => line.join(',')).join('\n')}\n`, 'any.csv')])
    expect(answer.table.size).toBe(people.length)
    // A name without a letter is no name.
    const name = (written: string) => (/\p{L}/u.test(written) ? written.trim() : '')
    expect(valuesOf(answer, 'fullName').map((one) => one.replaceAll(/\b(na|nan|nil)\b/g, ''))).toEqual(
      people.map(([written]) => name(written).replaceAll(/\b(na|nan|nil)\b/g, '')),
    )
  })
  await fc.assert(property, { numRuns: 60 })
})
