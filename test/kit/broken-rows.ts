/**
 * The ways in which a row of a member register comes broken, and what must become of it: in as if nothing were wrong, in with a
 * note that tells the steward, rejected with a rule that tells the owner, or passed over because it is no row.
 */
import type { QualityNote } from '../../schemas/contract.ts'
import { lineOf, type Row, rowOf, type Spoilt } from './register.ts'

export type Note = readonly [code: QualityNote['code'], pointer: string]
export type Refusal = { readonly rule: string; readonly pointer: string }
export type Way = {
  readonly says: string
  readonly spoil: (row: Row, index: number) => Spoilt
  /** The record is in, with exactly these notes. */
  readonly notes?: readonly Note[]
  /** The record is not in; one rejection says so, with these reasons. */
  readonly refused?: readonly Refusal[]
  /** Neither read nor refused: there is nobody on the line. */
  readonly nobody?: true
  /** Rows that the line is read as, when it is not one. */
  readonly rows?: number
  /** Stands this close below the way before it, in rows. */
  readonly below?: number
}

const set =
  (changes: (row: Row) => Partial<Row>): Way['spoil'] =>
  (row) =>
    lineOf({ ...row, ...changes(row) })
const to = (column: keyof Row, value: string) => set(() => ({ [column]: value }))

const refused = (
  says: string,
  rule: string,
  pointer: string,
  spoil: Way['spoil'],
  ...more: (readonly [rule: string, pointer: string])[]
): Way => ({
  says,
  spoil,
  refused: [{ rule, pointer }, ...more.map(([rule, pointer]) => ({ rule, pointer }))],
})
const noted = (says: string, code: Note[0], pointer: string, spoil: Way['spoil']): Way => ({
  says,
  spoil,
  notes: [[code, pointer]],
})
const unharmed = (says: string, spoil: Way['spoil']): Way => ({ says, spoil, notes: [] })
const nobody = (says: string, line: Spoilt): Way => ({ says, spoil: () => line, nobody: true })

/** The line with the surname's text replaced by bytes that no text editor would write. */
const surnameBytes =
  (...bytes: number[]): Way['spoil'] =>
  (row) => {
    const [before = '', after = ''] = lineOf({ ...row, Surname: 'Ka|mau' }).split('|')
    return Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)])
  }

const number = 'Member No'
const badNumbers: Way[] = [
  refused('no member number', 'member-number-missing', '/Member No', to(number, '')),
  refused('a filler for the member number', 'member-number-missing', '/Member No', to(number, 'N/A')),
  refused('the word null for the member number', 'member-number-missing', '/Member No', to(number, 'null')),
  refused('a member number of zeros', 'member-number-missing', '/Member No', to(number, '000000000')),
  refused('a number that a spreadsheet has rounded', 'excel-scientific', '/Member No', to(number, '9.90001E+08')),
  refused('letters in the member number', 'pattern', '/Member No', to(number, '99000O123')),
  refused('a member number cut short', 'pattern', '/Member No', to(number, '99001')),
  refused('a member number with digits too many', 'pattern', '/Member No', to(number, '9900000010000')),
  refused('two numbers in one cell', 'pattern', '/Member No', to(number, '990099991/990099992')),
  refused('a truth value for the number', 'pattern', '/Member No', to(number, 'TRUE')),
  refused('JSON for the number', 'pattern', '/Member No', to(number, '{"no":990099993}')),
  refused('a control character in the number', 'pattern', '/Member No', to(number, '9900\u00079994')),
  refused('a NUL in the number', 'pattern', '/Member No', to(number, '9900\u00009995')),
  refused('an emoji for the number', 'pattern', '/Member No', to(number, '🙂🙂🙂')),
  refused('a totals row', 'pattern', '/Member No', () => 'TOTAL,,,,,,,,,,,,5000', ['name-missing', '/Surname']),
  refused('a row in another delimiter', 'pattern', '/Member No', (row) => lineOf(row).replaceAll(',', ';'), [
    'name-missing',
    '/SURNAME',
  ]),
  refused(
    'the identity number where the member number belongs',
    'member-number-missing',
    '/Member No',
    set((row) => ({ 'Member No': row['ID No'], 'ID No': '' })),
  ),
  refused('letters in the identity number', 'pattern', '/ID No', to('ID No', '9900I234')),
  refused('an identity number that a spreadsheet has rounded', 'excel-scientific', '/ID No', to('ID No', '9,9E+07')),
  refused('a number another row has, for another person', 'source-id-unique', '', (row, index) =>
    lineOf({ ...row, 'Member No': rowOf(index - 1)['Member No'] }),
  ),
]

const badNames: Way[] = [
  refused(
    'no name',
    'name-missing',
    '/Surname',
    set(() => ({ Surname: '', 'Other Names': '' })),
  ),
  refused(
    'a filler for the name',
    'name-missing',
    '/Surname',
    set(() => ({ Surname: 'UNKNOWN', 'Other Names': 'N/A' })),
  ),
  refused(
    'a name without a letter',
    'name-missing',
    '/Surname',
    set(() => ({ Surname: '--', 'Other Names': '12 34' })),
  ),
  refused(
    'a name of emoji',
    'name-missing',
    '/Surname',
    set(() => ({ Surname: '👩🏿‍🌾', 'Other Names': '🎉' })),
  ),
  refused('a cell of ten thousand characters', 'cell-too-long', '/Surname', to('Surname', 'Kamau '.repeat(1_700))),
  refused('a name as long as a page', 'name-too-long', '/Surname', to('Surname', 'Kamau '.repeat(60))),
  refused('a name in one endless word', 'name-too-long', '/Surname', to('Surname', 'K'.repeat(101))),
  refused('bytes of another encoding', 'damaged-text', '/Surname', surnameBytes(0xe9)),
  refused('half a character', 'damaged-text', '/Surname', surnameBytes(0xe0, 0xba)),
  refused('half a surrogate pair', 'damaged-text', '/Surname', surnameBytes(0xed, 0xa0, 0x80)),
  refused('the sign for a lost character', 'damaged-text', '/Surname', to('Surname', 'Ka\ufffdmau')),
  noted('a NUL in the name', 'value-unreadable', '/Surname', to('Surname', 'Ka\u0000mau')),
  noted('a control character in the name', 'value-unreadable', '/Surname', to('Surname', 'Kamau\u001b[31m')),
  noted('text turned from right to left', 'value-unreadable', '/Surname', to('Surname', '\u202eKamau')),
  noted('HTML in the name', 'value-unreadable', '/Surname', to('Surname', '<img src=x onerror=alert(1)>Kamau')),
  noted('SQL in the name', 'value-unreadable', '/Surname', to('Surname', "Kamau'); drop table person; --")),
  noted(
    'a formula in the name',
    'value-unreadable',
    '/Surname',
    to('Surname', '=HYPERLINK("http://x.example","Kamau")'),
  ),
  noted('a template in the name', 'value-unreadable', '/Surname', to('Surname', 'Kamau {{7*7}}')),
  noted('an emoji in the name', 'value-unreadable', '/Surname', to('Surname', 'Kamau 🙂')),
  noted('a prototype key in the name', 'value-unreadable', '/Surname', to('Surname', '__proto__')),
  noted('an address of a web page in the name', 'value-unreadable', '/Surname', to('Surname', 'http://kamau.example')),
]

const badShapes: Way[] = [
  refused('a quote that never closes', 'unbalanced-quote', '', (row) => lineOf(row).replace(row.Surname, '"$&')),
  {
    ...noted(
      'a quote at the end of the row, ten rows below the one that never closes',
      'value-unreadable',
      '/Tier II contracted out',
      (row) => `${lineOf(row)}"`,
    ),
    below: 10,
  },
  refused(
    'a comma in a cell that is not quoted',
    'too-many-cells',
    '',
    (row) => lineOf(row).replace(row.Surname, 'Kamau, Jr'),
    ['pattern', '/ID No'],
    ['scheme-unknown', '/Scheme'],
  ),
  noted('a row that ends too early', 'value-unreadable', '', (row) => lineOf(row).split(',').slice(0, 9).join(',')),
  refused('a missing comma, so that all cells slip', 'scheme-unknown', '/Scheme', (row) =>
    lineOf(row).replace(`${row.Surname},`, row.Surname),
  ),
  refused('a value of the wrong list for the scheme', 'scheme-unknown', '/Scheme', to('Scheme', 'SHIF')),
  refused('a prototype key for the scheme', 'scheme-unknown', '/Scheme', to('Scheme', 'constructor')),
  noted('a prototype key for the status', 'value-unreadable', '/Status', to('Status', '__proto__')),
]

const badFacts: Way[] = [
  noted('the 31st of February', 'value-unreadable', '/DOB', to('DOB', '31/02/1980')),
  noted('a birth date to come', 'value-unreadable', '/DOB', to('DOB', '04/05/2094')),
  noted('words for a date', 'value-unreadable', '/DOB', to('DOB', 'about 1980')),
  noted('the day when spreadsheets begin', 'placeholder-removed', '/DOB', to('DOB', '01/01/1900')),
  noted('New Year for a birth date', 'birth-date-heaped', '/DOB', to('DOB', '01/01/1980')),
  noted('a year of two digits', 'two-digit-year', '/DOB', to('DOB', '04/05/80')),
  noted('a Buddhist year', 'buddhist-era-converted', '/DOB', to('DOB', '04/05/2523')),
  noted('letters in the telephone number', 'phone-unreadable', '/Phone', to('Phone', 'call her son')),
  noted('a filler for the telephone number', 'placeholder-removed', '/Phone', to('Phone', '0700000000')),
  noted('a sex nobody has', 'value-unreadable', '/Gender', to('Gender', 'Q')),
  noted('a county that is none', 'value-unreadable', '/County', to('County', 'Atlantis')),
  noted('a status that is none', 'value-unreadable', '/Status', to('Status', 'Sleeping')),
  noted('a tax number cut short', 'value-unreadable', '/KRA PIN', to('KRA PIN', 'A99K')),
  noted('the employer’s tax number', 'identifier-doubtful', '/KRA PIN', to('KRA PIN', 'P990000001K')),
  noted('a filler for the identity number', 'placeholder-removed', '/ID No', to('ID No', '12345678')),
  noted('maybe for an answer', 'value-unreadable', '/Tier II contracted out', to('Tier II contracted out', 'maybe')),
  {
    says: 'identity and member number in each other’s column',
    spoil: set((row) => ({ 'Member No': row['ID No'], 'ID No': row['Member No'] })),
    notes: [
      ['identifier-in-wrong-column', '/Member No'],
      ['identifier-in-wrong-column', '/ID No'],
    ],
  },
]

const fixedNumber = (change: (number: string) => string) => set((row) => ({ 'Member No': change(row['Member No']) }))
const harmless: Way[] = [
  unharmed(
    'a spreadsheet’s decimal point',
    fixedNumber((text) => `${text}.0`),
  ),
  unharmed(
    'the apostrophe that makes text of a number',
    fixedNumber((text) => `'${text}`),
  ),
  unharmed(
    'spaces and dashes in a number',
    fixedNumber((text) => ` ${text.slice(0, 3)}-${text.slice(3, 6)} ${text.slice(6)}`),
  ),
  unharmed(
    'a zero-width space in a number',
    fixedNumber((text) => `\u200b${text}`),
  ),
  unharmed(
    'full-width digits',
    fixedNumber((text) => text.replace(/\d/g, (digit) => String.fromCharCode(0xff10 + Number(digit)))),
  ),
  unharmed(
    'leading zeros of the identity number',
    set((row) => ({ 'ID No': `00${row['ID No']}` })),
  ),
  unharmed('a day as a spreadsheet counts it', to('DOB', '29345')),
  unharmed('a line break in a quoted cell', to('Other Names', 'Bake\nMino')),
  unharmed('a comma in a quoted cell', to('Other Names', 'Bake, Mino')),
  unharmed('a line separator inside a name', to('Other Names', 'Bake\u2028Mino')),
  unharmed('a thousand commas behind the row', (row) => `${lineOf(row)}${','.repeat(1_000)}`),
  unharmed('the line end of another system', (row) => `${lineOf(row)}\r`),
  { ...unharmed('the same row twice', (row) => `${lineOf(row)}\n${lineOf(row)}`), rows: 2 },
  nobody('an empty row', ''),
  nobody('a row of commas', ',,,,,,,,,,,,'),
  nobody('a row of spaces', '  , \u00a0 ,\t,,,,,,,,,,'),
  nobody('the headings once more', Object.keys(rowOf(0)).join(',')),
]

export const ways: readonly Way[] = [...badNumbers, ...badNames, ...badShapes, ...badFacts, ...harmless]
