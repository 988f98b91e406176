/** A line of an employer's monthly by-product: what was deducted from one worker's pay for health insurance. Pure. */
import type { Employer, Identifier, Month, Name, SourceRecord } from '../../schemas/contract.ts'
import { readMonth } from '../../schemas/values/money.ts'
import { makeName } from '../../schemas/values/name.ts'
import type { Normalised, RawRecord } from '../contract.ts'
import { type Cells, identifierIn, makeRemarks, moneyIn, type Remarks, readCells } from '../transports/cells.ts'
import type { Reader } from './client.ts'
import { type ByProductColumn, byProductColumns, type PreambleLabel, preambleLabels } from './columns.ts'
import { shif } from './cover.ts'
import { isSynthetic } from './nhif.ts'
import { employerCodeOf, fieldsOf } from './reading.ts'

type Line = Cells<ByProductColumn>

export const normaliseByProduct = (raw: RawRecord, reader: Reader): Normalised => {
  const remarks = makeRemarks()
  const data = fieldsOf(raw.data)
  const header = readCells(data.header, preambleLabels, remarks, '/header')
  const line = readCells(data.line, byProductColumns, remarks, '/line')
  const employer = employerOf(header, remarks)
  const month = monthOf(header, reader, remarks)
  const name = nameOf(line, remarks)
  const identifiers = [
    identifierIn(line, 'ID NO', ['national-id', 'ke'], remarks, 'note'),
    memberNumberOf(line, remarks),
  ].filter((identifier) => identifier !== undefined)
  const total = moneyIn(line, 'AMOUNT', 'KES', remarks)
  if (!total && remarks.reasons.every(({ pointer }) => pointer !== line.pointer('AMOUNT'))) {
    remarks.refuse(line.pointer('AMOUNT'), 'amount-missing', 'A line needs the amount that was deducted.')
  }
  const key = keyOf(line, identifiers, data.repeat, remarks)
  const sourceId = employer && month && key ? `${employer.id}/${month}/${key}` : undefined

  if (remarks.reasons.length > 0 || !sourceId || !employer || !month || !name || !total) {
    return { outcome: 'rejection', ...(sourceId && { sourceId }), reasons: remarks.reasons }
  }
  const record: SourceRecord = {
    registry: reader.registry,
    stream: 'by-product',
    sourceId,
    names: [name],
    identifiers,
    enrolments: [],
    // The worker alone pays: 2.75 % of gross, deducted by the employer.
    contributions: [{ scheme: shif.scheme, month, state: 'declared', employeeShare: total, total, employer }],
    benefits: [],
    quality: remarks.notes,
    ...(isSynthetic(line) && { synthetic: true }),
  }
  return { outcome: 'record', record }
}

const employerOf = (header: Cells<PreambleLabel>, remarks: Remarks): Employer | undefined => {
  const id = employerCodeOf(header.text('EMPLOYER CODE'))
  if (id) {
    const name = header.text('EMPLOYER NAME').slice(0, 200)
    return { id, ...(name && { name }) }
  }
  const message = 'A by-product needs EMPLOYER CODE above its lines: letters, digits and dashes.'
  return void remarks.refuse(header.pointer('EMPLOYER CODE'), 'employer-code', message)
}

const monthOf = (header: Cells<PreambleLabel>, { today }: Reader, remarks: Remarks): Month | undefined => {
  const read = readMonth(header.value('MONTH OF CONTRIBUTION'), today)
  if (read) return read.month
  const message = 'A by-product needs MONTH OF CONTRIBUTION above its lines, such as 2026-8.'
  return void remarks.refuse(header.pointer('MONTH OF CONTRIBUTION'), 'month', message)
}

/** Last and first name in columns of their own, or one name under a heading that cannot be trusted. */
const nameOf = (line: Line, remarks: Remarks): Name | undefined => {
  const last = line.text('LAST NAME')
  const first = line.text('FIRST NAME')
  const full = [last, first].filter(Boolean).join(' ') || line.text('NAME')
  if (full.length > 200 || full.split(' ').length > 12 || full.split(' ').some((word) => word.length > 100)) {
    return void remarks.refuse(
      line.pointer('NAME'),
      'name-too-long',
      'A name holds at most 200 characters and twelve words.',
    )
  }
  // Payroll software splits a display name at its first space, so LAST NAME is as often the first: no role is claimed.
  const name = makeName(full)
  if (!name) remarks.refuse(line.pointer('NAME'), 'name-missing', 'A record needs the name of a person.')
  return name
}

/** One column for three kinds of number, told apart by their shapes: SHA…, CR…, or the old fund's digits. */
const memberNumberOf = (line: Line, remarks: Remarks): Identifier | undefined => {
  const written = line.text('MEMBER NO').toUpperCase()
  const type = written.startsWith('SHA') ? 'sha-number' : written.startsWith('CR') ? 'sha-cr-number' : 'nhif-number'
  if (!written.startsWith('HH')) return identifierIn(line, 'MEMBER NO', [type, 'ke'], remarks, 'note')
  // A household's number says nothing about which of its members this is.
  return void remarks.note('identifier-in-wrong-column', line.pointer('MEMBER NO'))
}

/** The payroll number, or any number of the worker's; a second line under the same one is a line of its own. */
const keyOf = (
  line: Line,
  identifiers: readonly Identifier[],
  repeat: unknown,
  remarks: Remarks,
): string | undefined => {
  const key = line.text('PAYROLL NO').replace(/\.0$/, '') || identifiers[0]?.value
  if (key === undefined || key.length > 50) {
    const message = 'A line needs a payroll number (at most 50 characters), an ID number or a member number.'
    return void remarks.refuse(line.pointer('PAYROLL NO'), 'payroll-number', message)
  }
  const nth = typeof repeat === 'number' && Number.isInteger(repeat) && repeat > 1 && repeat < 1e6 ? `#${repeat}` : ''
  return `${key}${nth}`
}
