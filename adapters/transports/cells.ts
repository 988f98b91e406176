/**
 * Reads the cells of a raw record by column, for `normalise`: pure, and safe against whatever a push may send.
 * What cannot be used becomes a remark: a reason refuses the record, a note only tells.
 */
import type {
  Identifier,
  IdentifierType,
  Money,
  PartialDate,
  Phone,
  QualityNote,
  Reason,
} from '../../schemas/contract.ts'
import { type DateOptions, readDate } from '../../schemas/values/date.ts'
import { readIdentifier } from '../../schemas/values/identifier.ts'
import { readMoney } from '../../schemas/values/money.ts'
import { tidy } from '../../schemas/values/name.ts'
import { readPhone } from '../../schemas/values/phone.ts'
import { type Columns, isSensitive } from './header.ts'
import { shapeKey } from './table.ts'

/** Longer than any cell of a register; a cell this long is a broken quote or an attack. */
const longestCell = 1000
/** What the schema holds. */
const mostNotes = 60
const longestPointer = 200

export type Remarks = {
  readonly reasons: Reason[]
  readonly notes: QualityNote[]
  refuse(pointer: string, rule: string, message: string): void
  note(code: QualityNote['code'], pointer: string): void
}

export const makeRemarks = (): Remarks => {
  const reasons: Reason[] = []
  const notes: QualityNote[] = []
  const refuse = (pointer: string, rule: string, message: string): void => {
    if (reasons.length < mostNotes) reasons.push({ pointer, rule, message })
  }
  const note = (code: QualityNote['code'], pointer: string): void => {
    const known = notes.some((other) => other.code === code && other.pointer === pointer)
    if (!known && notes.length < mostNotes) notes.push({ code, pointer })
  }
  return { reasons, notes, refuse, note }
}

/** JSON pointer to a field; the whole record's when the name is too long to point with. */
const pointerTo = (prefix: string, field: string): string => {
  const pointer = `${prefix}/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`
  return pointer.length <= longestPointer ? pointer : prefix
}

export type Cells<Column extends string> = {
  /** The cell as written; undefined when the column is missing or the cell is blank. */
  value(column: Column): string | number | boolean | undefined
  /** The cell as tidied text; '' when there is nothing. */
  text(column: Column): string
  /** Where the cell stands, or would stand. */
  pointer(column: Column): string
}

type Scalar = string | number | boolean

const shapeMessages: { readonly [rule: string]: string } = {
  'unbalanced-quote': 'A quotation mark opens here and never closes, so it cannot be told where the cells end.',
  'too-many-cells':
    'This row has more cells than there are headings: a delimiter stands inside a cell that is not quoted.',
}

/** Reads one row. Remarks tell of rows out of shape, cells that are no cells, and sensitive columns, which are not read. */
export const readCells = <Column extends string>(
  data: unknown,
  columns: Columns<Column>,
  remarks: Remarks,
  prefix = '',
): Cells<Column> => {
  const found = new Map<Column, { readonly value: Scalar; readonly field: string; text?: string }>()
  const fields = new Map<Column, string>()
  const row = isRow(data) ? data : {}
  for (const field of Object.keys(row)) {
    const column = columns.of(field)
    const cell = row[field]
    if (column === undefined) readUnknown(field, cell, remarks, prefix)
    else {
      if (!fields.has(column)) fields.set(column, field)
      if (!found.has(column) && isUsable(cell, remarks, prefix, field)) found.set(column, { value: cell, field })
    }
  }
  const text = (column: Column): string => {
    const cell = found.get(column)
    if (!cell) return ''
    cell.text ??= tidy(cell.value)
    return cell.text
  }
  return {
    value: (column) => found.get(column)?.value,
    text,
    pointer: (column) => pointerTo(prefix, found.get(column)?.field ?? fields.get(column) ?? column),
  }
}

const isRow = (data: unknown): data is { readonly [field: string]: unknown } =>
  typeof data === 'object' && data !== null && !Array.isArray(data)

/** A character that was lost when the text was decoded, here or before: what it was, nobody can tell. */
const lost = /[\ufffd\p{Surrogate}]/u
/** Controls, and marks that turn the direction of writing: what is seen is not what is there. `tidy` takes them out. */
const hidden = /[^\P{Cc}\s]|[\u202a-\u202e\u2066-\u2069]/u

const isUsable = (value: unknown, remarks: Remarks, prefix: string, field: string): value is Scalar => {
  if (value === null || value === undefined) return false
  if (typeof value === 'string') return isUsableText(value, remarks, prefix, field)
  if (typeof value === 'boolean' || Number.isFinite(value)) return true
  remarks.refuse(pointerTo(prefix, field), 'not-a-cell', 'A cell is text, a number or a truth value.')
  return false
}

const isUsableText = (text: string, remarks: Remarks, prefix: string, field: string): boolean => {
  if (text.length > longestCell) {
    remarks.refuse(pointerTo(prefix, field), 'cell-too-long', `A cell holds at most ${longestCell} characters.`)
    return false
  }
  if (lost.test(text)) {
    const message =
      'Characters of this cell were lost: the file holds bytes that are no text. Export it again as UTF-8.'
    remarks.refuse(pointerTo(prefix, field), 'damaged-text', message)
    return false
  }
  if (hidden.test(text)) remarks.note('value-unreadable', pointerTo(prefix, field))
  return text.trim() !== ''
}

const readUnknown = (field: string, value: unknown, remarks: Remarks, prefix: string): void => {
  if (field === shapeKey) {
    const message = typeof value === 'string' && Object.hasOwn(shapeMessages, value) ? shapeMessages[value] : undefined
    if (message) remarks.refuse(prefix, String(value), message)
    else if (value === 'too-few-cells') remarks.note('value-unreadable', prefix)
  } else if (field.length <= 100 && isSensitive(field))
    remarks.note('sensitive-field-dropped', pointerTo(prefix, field))
}

/** The identifier of a column. A broken one refuses the record, or is left out with a note where `broken` says so. */
export const identifierIn = <Column extends string>(
  cells: Cells<Column>,
  column: Column,
  [type, issuer]: readonly [IdentifierType, Identifier['issuer']],
  remarks: Remarks,
  broken: 'refuse' | 'note' = 'refuse',
): Identifier | undefined => {
  const pointer = cells.pointer(column)
  const read = readIdentifier(type, issuer, cells.value(column))
  if (read.outcome === 'placeholder') remarks.note('placeholder-removed', pointer)
  if (read.outcome === 'invalid') {
    if (broken === 'refuse') remarks.refuse(pointer, read.rule, read.message)
    else remarks.note('value-unreadable', pointer)
  }
  if (read.outcome !== 'ok') return undefined
  if (read.doubtful) remarks.note('identifier-doubtful', pointer)
  return read.identifier
}

/** The date of a column; what cannot be read is left out with a note. */
export const dateIn = <Column extends string>(
  cells: Cells<Column>,
  column: Column,
  options: DateOptions,
  remarks: Remarks,
): PartialDate | undefined => {
  const value = cells.value(column)
  if (typeof value === 'boolean') return void remarks.note('value-unreadable', cells.pointer(column))
  const { date, notes } = readDate(value, options)
  for (const code of notes) remarks.note(code, cells.pointer(column))
  return date
}

/** The telephone numbers of a column: none or one. */
export const phonesIn = <Column extends string>(
  cells: Cells<Column>,
  column: Column,
  country: Identifier['issuer'],
  remarks: Remarks,
): Phone[] => {
  const { phone, note } = readPhone(cells.value(column), country)
  if (note) remarks.note(note, cells.pointer(column))
  return phone ? [phone] : []
}

/** The amount of a column. Money is never guessed: what cannot be read, or is below zero, refuses the record. */
export const moneyIn = <Column extends string>(
  cells: Cells<Column>,
  column: Column,
  currency: Money['currency'],
  remarks: Remarks,
): Money | undefined => {
  const read = readMoney(cells.value(column), currency)
  if (read.outcome === 'invalid') remarks.refuse(cells.pointer(column), read.rule, read.message)
  if (read.outcome !== 'ok') return undefined
  if (read.money.amount >= 0) return read.money
  return void remarks.refuse(
    cells.pointer(column),
    'money-negative',
    'This amount is below zero, which this file cannot say.',
  )
}
