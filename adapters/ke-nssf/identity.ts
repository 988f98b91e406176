/** Who a row of an NSSF file is about: the names and numbers, wherever the clerk has put them. */
import type { Identifier, IdentifierType, Name } from '../../schemas/contract.ts'
import { looksLike, readIdentifier } from '../../schemas/values/identifier.ts'
import { isPlaceholderName, isUnlikelyName, makeName } from '../../schemas/values/name.ts'
import { type Cells, identifierIn, type Remarks } from '../transports/cells.ts'
import type { Column } from './columns.ts'

type Role = Name['parts'][number]['role']
type Row = Cells<Column>

/** What ID TYPE says, in capitals with single spaces. */
const idTypes: { readonly [written: string]: IdentifierType } = {
  'NATIONAL ID': 'national-id',
  'NATIONAL ID CARD': 'national-id',
  NATIONAL: 'national-id',
  ID: 'national-id',
  'REFUGEE ID': 'refugee-id',
  REFUGEE: 'refugee-id',
  'ALIEN ID': 'alien-id',
  ALIEN: 'alien-id',
  PASSPORT: 'passport',
  'MAISHA NUMBER': 'maisha-number',
  'MAISHA NAMBA': 'maisha-number',
}

const longestName = 200
const longestPart = 100
/** The schema holds twelve parts: the surname and eleven words more. */
const mostWords = 11

/**
 * The name in the file's own order. In the register the columns mean what they say; payroll software fills SURNAME by
 * splitting a display name at its first space, so in returns it is as often the first name, and no role is claimed.
 */
export const readName = (row: Row, roles: { surname: Role; others: Role }, remarks: Remarks): Name | undefined => {
  const surname = usable(row, 'SURNAME', remarks)
  const others = usable(row, 'OTHER NAMES', remarks)
  const full = surname || others ? [surname, others].filter(Boolean).join(' ') : usable(row, 'FULL NAME', remarks)
  if (full === '')
    return void remarks.refuse(row.pointer('SURNAME'), 'name-missing', 'A record needs the name of a person.')
  const words = others.split(' ').filter(Boolean)
  const kept =
    words.length > mostWords ? [...words.slice(0, mostWords - 1), words.slice(mostWords - 1).join(' ')] : words
  const parts = [{ role: roles.surname, value: surname }, ...kept.map((value) => ({ role: roles.others, value }))]
  if (full.length > longestName || parts.some(({ value }) => value.length > longestPart)) {
    return void remarks.refuse(
      row.pointer('SURNAME'),
      'name-too-long',
      `A name holds at most ${longestName} characters.`,
    )
  }
  return surname || others
    ? makeName(
        full,
        parts.filter(({ value }) => value !== ''),
      )
    : makeName(full)
}

const usable = (row: Row, column: Column, remarks: Remarks): string => {
  const text = row.text(column)
  if (isUnlikelyName(text)) remarks.note('value-unreadable', row.pointer(column))
  if (text === '' || !isPlaceholderName(text)) return text
  remarks.note('placeholder-removed', row.pointer(column))
  return ''
}

/** Numbers that are found in columns of other numbers, told by their shape. */
const movable: ReadonlySet<IdentifierType> = new Set<IdentifierType>([
  'national-id',
  'tax-pin',
  'nssf-number',
  'sha-number',
  'sha-cr-number',
])

type Found = { readonly own: Identifier[]; readonly strays: Identifier[] }

/** Every number of the row, each once. `strays` stood in the wrong column and are kept only where nothing speaks against them. */
export const readNumbers = (row: Row, remarks: Remarks): Identifier[] => {
  const found: Found = { own: [], strays: [] }
  const type = idTypeOf(row, remarks)
  if (type) readColumn(row, 'ID NO', type, found, remarks)
  readColumn(row, 'NSSF NO', 'nssf-number', found, remarks)
  readTaxPin(row, found, remarks)
  for (const [column, other] of [
    ['REFUGEE ID', 'refugee-id'],
    ['ALIEN ID', 'alien-id'],
  ] as const) {
    const identifier = identifierIn(row, column, [other, 'ke'], remarks)
    if (identifier) found.own.push(identifier)
  }
  swapBack(found, remarks, row)
  const kept = found.strays.filter((stray) => found.own.every((own) => own.type !== stray.type))
  return unique([...found.own, ...kept])
}

const idTypeOf = (row: Row, remarks: Remarks): IdentifierType | undefined => {
  const written = row
    .text('ID TYPE')
    .toUpperCase()
    .replace(/[^A-Z]+/g, ' ')
    .trim()
  if (written === '') return 'national-id'
  if (Object.hasOwn(idTypes, written)) return idTypes[written]
  // The same digits are another person under another type, so a number of unknown type is no number.
  return void remarks.note('value-unreadable', row.pointer('ID TYPE'))
}

const readColumn = (row: Row, column: Column, type: IdentifierType, found: Found, remarks: Remarks): void => {
  const written = row.value(column)
  const stray = readIdentifier(type, 'ke', written).outcome === 'invalid' ? strayIn(String(written)) : undefined
  if (stray) {
    remarks.note('identifier-in-wrong-column', row.pointer(column))
    found.strays.push(stray)
    return
  }
  const identifier = identifierIn(row, column, [type, 'ke'], remarks)
  if (identifier) found.own.push(identifier)
}

const strayIn = (written: string): Identifier | undefined => {
  const [type] = looksLike(written, 'ke').filter((candidate) => movable.has(candidate))
  const read = type && readIdentifier(type, 'ke', written)
  return read?.outcome === 'ok' ? read.identifier : undefined
}

const readTaxPin = (row: Row, found: Found, remarks: Remarks): void => {
  const written = row.value('KRA PIN')
  const read = readIdentifier('tax-pin', 'ke', written)
  if (read.outcome === 'invalid' && strayIn(String(written))) readColumn(row, 'KRA PIN', 'tax-pin', found, remarks)
  else {
    const identifier = identifierIn(row, 'KRA PIN', ['tax-pin', 'ke'], remarks, 'note')
    // The employer's own PIN under every worker would make them all one person.
    if (identifier?.value.startsWith('A')) found.own.push(identifier)
  }
}

/** An identity number under NSSF NO and a nine-digit number under ID NO: the two columns are swapped. */
const swapBack = (found: Found, remarks: Remarks, row: Row): void => {
  const stray = found.strays.find(({ type }) => type === 'national-id')
  const at = found.own.findIndex(({ type, value }) => type === 'national-id' && value.length === 9)
  const swapped = found.own[at]
  if (!stray || !swapped || found.own.some(({ type }) => type === 'nssf-number')) return
  remarks.note('identifier-in-wrong-column', row.pointer('ID NO'))
  found.own.splice(at, 1, { ...swapped, type: 'nssf-number' })
}

export const unique = (identifiers: readonly Identifier[]): Identifier[] =>
  identifiers.filter(
    ({ type, value }, index) =>
      identifiers.findIndex((other) => other.type === type && other.value === value) === index,
  )

/** The watermark of generated rows: anything but a no. */
export const isSynthetic = (row: Row): boolean =>
  !/^(|no|false|0|n)$/i.test(row.text('SYNTHETIC')) && row.value('SYNTHETIC') !== false
