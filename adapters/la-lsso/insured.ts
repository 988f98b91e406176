/** An insured person of a province's list, with a contribution for each month that the list has for them. */
import type { Address, Branch, Contribution, Employer, Name, Sex, SourceRecord } from '../../schemas/contract.ts'
import { readMonth } from '../../schemas/values/money.ts'
import { laoNormal, latinGarble, makeName } from '../../schemas/values/name.ts'
import { regionOf } from '../../schemas/values/region.ts'
import { readSex } from '../../schemas/values/sex.ts'
import type { AdapterSettings, Normalised, RawRecord } from '../contract.ts'
import {
  type Cells,
  dateIn,
  identifierIn,
  makeRemarks,
  moneyIn,
  phonesIn,
  type Remarks,
  readCells,
} from '../transports/cells.ts'
import { type Column, columns } from './columns.ts'
import { employerOf } from './employer.ts'
import { readLaoName } from './name.ts'

type Row = Cells<Column>

const scheme = 'la-lsso/nssf'
/**
 * What the fund itself pays. Medical care is not here: since 2019 the health ministry's bureau (NHIB) keeps that list,
 * so this one cannot say who is covered at a clinic. The self-employed are not insured for injury and unemployment.
 */
const voluntaryBranches: readonly Branch[] = ['sickness', 'maternity', 'invalidity', 'old-age', 'survivors']
const workerBranches: readonly Branch[] = [...voluntaryBranches, 'employment-injury', 'unemployment']

/** Ten years of months; more is a number that was typed to fill the column. */
const mostRows = 120

export const normaliseInsured = (raw: RawRecord, settings: AdapterSettings): Normalised => {
  const remarks = makeRemarks()
  const rows = readRows(raw.data, remarks)
  const [first] = rows
  if (!first) return { outcome: 'rejection', reasons: remarks.reasons }
  const number = identifierIn(first, 'INSURED NO', ['lsso-number', 'la'], remarks)
  if (!number && remarks.reasons.every(({ pointer }) => pointer !== first.pointer('INSURED NO'))) {
    remarks.refuse(first.pointer('INSURED NO'), 'insured-number-missing', 'A row needs the insured number.')
  }
  const names = readNames(first, remarks)
  const sex = sexOf(first, names?.titleSex, remarks)
  const dates = { order: 'dmy', today: settings.today, timeZone: settings.timeZone } as const
  const birthDate = dateIn(first, 'BIRTH DATE', dates, remarks)
  const nationalId = identifierIn(first, 'ID NO', ['national-id', 'la'], remarks)
  const phones = phonesIn(first, 'PHONE', 'la', remarks)
  compareRows(rows, remarks)
  const employers = rows.map((row) => employerOf(row, remarks))
  const contributions = readContributions(rows, employers, settings.today, remarks)
  const employer = employers.at(-1)

  if (remarks.reasons.length > 0 || !number || !names) {
    return { outcome: 'rejection', ...(number && { sourceId: number.value }), reasons: remarks.reasons }
  }
  const record: SourceRecord = {
    registry: settings.registry,
    stream: raw.stream,
    sourceId: number.value,
    names: names.names,
    ...(sex && { sex }),
    ...(birthDate && { birthDate }),
    identifiers: [number, ...(nationalId ? [nationalId] : [])],
    ...(phones.length > 0 && { phones }),
    addresses: [readAddress(first, remarks)],
    enrolments: [
      {
        scheme,
        branches: employer ? workerBranches : voluntaryBranches,
        status: 'active',
        memberNumber: number.value,
        category: employer ? 'employed' : 'voluntary',
        ...(employer && { employer }),
      },
    ],
    contributions,
    benefits: [],
    quality: remarks.notes,
    ...(rows.some(isSynthetic) && { synthetic: true }),
  }
  return { outcome: 'record', record }
}

/** The rows of one number as the pull groups them, or a single row as a push may send it. */
const readRows = (data: unknown, remarks: Remarks): Row[] => {
  const rows = typeof data === 'object' && data !== null && 'rows' in data ? data.rows : undefined
  if (rows === undefined) return [readCells(data, columns, remarks)]
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > mostRows) {
    remarks.refuse('/rows', 'rows', `An insured number has between 1 and ${mostRows} rows in a list.`)
    return []
  }
  return Array.from(rows, (row: unknown, index) => readCells(row, columns, remarks, `/rows/${index}`))
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

const readContributions = (
  rows: readonly Row[],
  employers: readonly (Employer | undefined)[],
  today: string,
  remarks: Remarks,
): Contribution[] => {
  const seen = new Set<string>()
  return rows.flatMap((row, index) => {
    const total = moneyIn(row, 'AMOUNT', 'LAK', remarks)
    const base = moneyIn(row, 'SALARY', 'LAK', remarks)
    if (!total || total.amount === 0) return []
    const month = monthOf(row, today, remarks)
    if (!month) return []
    const employer = employers[index]
    const contribution: Contribution = {
      scheme,
      month,
      state: 'paid',
      ...(base && { base }),
      total,
      ...(employer && { employer }),
    }
    const key = JSON.stringify(contribution)
    if (seen.has(key)) {
      remarks.note('contradictory-status', row.pointer('MONTH'))
      return []
    }
    seen.add(key)
    return [contribution]
  })
}

const monthOf = (row: Row, today: string, remarks: Remarks): string | undefined => {
  const written = row.text('MONTH')
  const year = row.text('YEAR')
  const read = readMonth(year === '' ? written : `${written} ${year}`, today)
  if (read?.buddhist) remarks.note('buddhist-era-converted', row.pointer('MONTH'))
  if (read) return read.month
  return void remarks.refuse(row.pointer('MONTH'), 'month', 'An amount needs its month and year, such as 02/2026.')
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
