/** Who a line of a province's list is about, as it was typed there. */
import type { Address, Identifier, Name, Sex, SourceRecord } from '../../schemas/contract.ts'
import { laoNormal, latinGarble, makeName } from '../../schemas/values/name.ts'
import { regionOf } from '../../schemas/values/region.ts'
import { readSex } from '../../schemas/values/sex.ts'
import type { AdapterSettings } from '../contract.ts'
import { type Cells, dateIn, identifierIn, phonesIn, type Remarks, readCells } from '../transports/cells.ts'
import { type Column, columns } from './columns.ts'
import { readLaoName } from './name.ts'

export type Row = Cells<Column>

/** Ten years of months; more is a number that was typed to fill the column. */
const mostRows = 120

type Said = Pick<SourceRecord, 'names' | 'sex' | 'birthDate' | 'identifiers' | 'phones' | 'addresses' | 'synthetic'>

/** The insured number where it can be read, and what the rows say about its bearer where that makes a person. */
export type Insured = { readonly number?: string; readonly said?: Said }

/** The key of rows and the name under it. What cannot be read of them, and rows of different people, are reasons. */
export const readBearer = (rows: readonly Row[], remarks: Remarks) => {
  const [first] = rows
  if (!first) return {}
  const number = readNumber(first, remarks)
  const names = readNames(first, remarks)
  compareRows(rows, remarks)
  return { number, names }
}

/**
 * Reads the rows of one insured number; the first one speaks, and the others must not contradict it.
 * `brokenId`: what a broken identity-card number does.
 */
export const readInsured = (
  rows: readonly Row[],
  { today, timeZone }: AdapterSettings,
  remarks: Remarks,
  brokenId: 'refuse' | 'note',
): Insured => {
  const [first] = rows
  if (!first) return {}
  const { number, names } = readBearer(rows, remarks)
  const sex = sexOf(first, names?.titleSex, remarks)
  const birthDate = dateIn(first, 'BIRTH DATE', { order: 'dmy', today, timeZone }, remarks)
  const nationalId = identifierIn(first, 'ID NO', ['national-id', 'la'], remarks, brokenId)
  const phones = phonesIn(first, 'PHONE', 'la', remarks)
  if (!number || !names) return number ? { number: number.value } : {}
  const said: Said = {
    names: names.names,
    ...(sex && { sex }),
    ...(birthDate && { birthDate }),
    identifiers: [number, ...(nationalId ? [nationalId] : [])],
    ...(phones.length > 0 && { phones }),
    addresses: [readAddress(first, remarks)],
    ...(rows.some(isSynthetic) && { synthetic: true }),
  }
  return { number: number.value, said }
}

/** The rows of one number as the pull groups them, or a single row as a push may send it. */
export const readRows = (data: unknown, remarks: Remarks): Row[] => {
  const rows = typeof data === 'object' && data !== null && 'rows' in data ? data.rows : undefined
  if (rows === undefined) return [readCells(data, columns, remarks)]
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > mostRows) {
    remarks.refuse('/rows', 'rows', `An insured number has between 1 and ${mostRows} rows in a list.`)
    return []
  }
  return Array.from(rows, (row: unknown, index) => readCells(row, columns, remarks, `/rows/${index}`))
}

const readNumber = (row: Row, remarks: Remarks): Identifier | undefined => {
  const number = identifierIn(row, 'INSURED NO', ['lsso-number', 'la'], remarks)
  const pointer = row.pointer('INSURED NO')
  if (!number && remarks.reasons.every((reason) => reason.pointer !== pointer))
    remarks.refuse(pointer, 'insured-number-missing', 'A row needs the insured number.')
  return number
}

const readNames = (row: Row, remarks: Remarks): { names: Name[]; titleSex?: Sex } | undefined => {
  const written = row.text('NAME') || [row.text('GIVEN NAME'), row.text('FAMILY NAME')].filter(Boolean).join(' ')
  const column = row.text('NAME') === '' && row.text('GIVEN NAME') !== '' ? 'GIVEN NAME' : 'NAME'
  const read = readLaoName(written, readSex(row.text('SEX')), row.pointer(column), remarks)
  if (!read) return undefined
  const second = row.text('LATIN NAME')
  const latin = second === '' || second.length > 100 || latinGarble(second) ? undefined : makeName(second)
  return { names: latin ? [read.name, latin] : [read.name], ...(read.titleSex && { titleSex: read.titleSex }) }
}

const sexOf = (row: Row, titleSex: Sex | undefined, remarks: Remarks): Sex | undefined => {
  const sex = readSex(row.text('SEX'))
  if (!sex && row.text('SEX') !== '') remarks.note('value-unreadable', row.pointer('SEX'))
  if (sex && titleSex && sex !== titleSex) remarks.note('contradictory-status', row.pointer('SEX'))
  return sex ?? titleSex
}

/** One number, two people: refused when name and birth date both differ; told when one of them does. */
const compareRows = (rows: readonly Row[], remarks: Remarks): void => {
  const [first, ...others] = rows
  for (const row of others) {
    const differ = (column: Column) => {
      const [a, b] = [first?.text(column) ?? '', row.text(column)].map((text) => laoNormal(text).toLowerCase())
      return a !== '' && b !== '' && a !== b
    }
    const [name, birth, id] = [differ('NAME') || differ('GIVEN NAME'), differ('BIRTH DATE'), differ('ID NO')]
    if ((name && birth) || id) {
      remarks.refuse(
        row.pointer('INSURED NO'),
        'insured-number-shared',
        'Two different people stand under this insured number.',
      )
    } else if (name || birth) remarks.note('identity-conflict', row.pointer(name ? 'NAME' : 'BIRTH DATE'))
  }
}

const readAddress = (row: Row, remarks: Remarks): Address => {
  const province = row.text('PROVINCE')
  const region = province === '' ? undefined : regionOf('la', province)
  if (province !== '' && !region) remarks.note('value-unreadable', row.pointer('PROVINCE'))
  const part = (column: 'DISTRICT' | 'VILLAGE') => {
    const text = row.text(column)
    if (!latinGarble(text)) return text.slice(0, 100)
    remarks.note('value-unreadable', row.pointer(column))
    return ''
  }
  const [district, locality] = [part('DISTRICT'), part('VILLAGE')]
  return {
    country: 'la',
    ...(region && { regionCode: region.code }),
    ...(province !== '' && { region: province.slice(0, 100) }),
    ...(district && { district }),
    ...(locality && { locality }),
  }
}

const isSynthetic = (row: Row): boolean =>
  !/^(|no|false|0|n)$/i.test(row.text('SYNTHETIC')) && row.value('SYNTHETIC') !== false
