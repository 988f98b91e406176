/** A member register of NSSF as a file: clean rows by the thousand, each another person, and some of them spoilt. */

export const columns = [
  'Member No',
  'Surname',
  'Other Names',
  'ID No',
  'KRA PIN',
  'DOB',
  'Gender',
  'Phone',
  'County',
  'Scheme',
  'Status',
  'Date joined',
  'Tier II contracted out',
] as const
export type Row = { readonly [column in (typeof columns)[number]]: string }

const syllables = ['ba', 'ke', 'mi', 'no', 'ru', 'ta', 'we', 'zi', 'lo', 'su']
/** A made-up word for a number below ten thousand: no two numbers have one word. */
const word = (number: number): string => {
  const text = [...String(number).padStart(4, '0')].map((digit) => syllables[Number(digit)]).join('')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
const two = (number: number) => String(number).padStart(2, '0')
const counties = ['Nairobi', 'Kisumu', 'Nakuru', 'Turkana']

/** A clean row; the numbers are from ranges that are issued to nobody. */
export const rowOf = (index: number): Row => ({
  'Member No': String(990_000_000 + index),
  Surname: word(index),
  'Other Names': `${word((index * 7 + 3) % 10_000)} ${word((index * 3 + 11) % 10_000)}`,
  'ID No': String(99_000_000 + index),
  'KRA PIN': `A${990_000_000 + index}K`,
  DOB: `${two(2 + ((index * 7) % 26))}/${two(1 + (index % 12))}/${1950 + ((index * 11) % 50)}`,
  Gender: index % 2 === 0 ? 'F' : 'M',
  Phone: `07${10_000_000 + index * 13}`,
  County: counties[index % counties.length] ?? '',
  Scheme: 'Act 2013',
  Status: 'Active',
  'Date joined': '01/02/2015',
  'Tier II contracted out': 'N',
})

const quoted = (cell: string) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
export const lineOf = (row: Row): string => columns.map((column) => quoted(row[column])).join(',')

export type Spoilt = string | Buffer
export type RegisterFile = { readonly bytes: Buffer; readonly originOf: ReadonlyMap<number, string> }

/** The file, and where in it each row begins. `spoil` answers what stands in place of a row's line; undefined: the row as it is. */
export function registerFile(name: string, rows: number, spoil: (index: number) => Spoilt | undefined): RegisterFile {
  const originOf = new Map<number, string>()
  const pieces: Buffer[] = [Buffer.from(`${columns.join(',')}\n`)]
  let line = 2
  for (let index = 0; index < rows; index += 1) {
    const written = Buffer.from(spoil(index) ?? lineOf(rowOf(index)))
    originOf.set(index, `${name} row ${line}`)
    pieces.push(written, Buffer.from('\n'))
    line += 1 + written.filter((byte) => byte === 0x0a).length
  }
  return { bytes: Buffer.concat(pieces), originOf }
}
