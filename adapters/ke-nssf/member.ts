/** A row of the member register. */
import type { Address, Enrolment, SourceRecord } from '../../schemas/contract.ts'
import { regionOf } from '../../schemas/values/region.ts'
import { readSex } from '../../schemas/values/sex.ts'
import type { AdapterSettings, Normalised, RawRecord } from '../contract.ts'
import { type Cells, dateIn, makeRemarks, phonesIn, type Remarks, readCells } from '../transports/cells.ts'
import { type Column, columns } from './columns.ts'
import { isSynthetic, readName, readNumbers } from './identity.ts'
import { branches, employerIn, schemes } from './scheme.ts'

type Row = Cells<Column>

export const normaliseMember = (raw: RawRecord, settings: AdapterSettings): Normalised => {
  const remarks = makeRemarks()
  const row = readCells(raw.data, columns, remarks)
  const identifiers = readNumbers(row, remarks)
  const number = identifiers.find(({ type }) => type === 'nssf-number')?.value
  if (number === undefined && remarks.reasons.every(({ pointer }) => pointer !== row.pointer('NSSF NO'))) {
    remarks.refuse(
      row.pointer('NSSF NO'),
      'member-number-missing',
      'A register row needs the member number, nine or ten digits.',
    )
  }
  const name = readName(row, { surname: 'family', others: 'other' }, remarks)
  const dates = { order: 'dmy', today: settings.today, timeZone: settings.timeZone } as const
  const birthDate = dateIn(row, 'DOB', dates, remarks)
  const enrolment = readEnrolment(row, dateIn(row, 'DATE JOINED', { ...dates, keepDefaults: true }, remarks), remarks)
  const sex = readSex(row.text('GENDER'))
  if (!sex && row.text('GENDER') !== '') remarks.note('value-unreadable', row.pointer('GENDER'))
  const phones = phonesIn(row, 'PHONE', 'ke', remarks)
  const address = readAddress(row, remarks)

  if (remarks.reasons.length > 0 || number === undefined || !name || !enrolment) {
    return { outcome: 'rejection', ...(number && { sourceId: number }), reasons: remarks.reasons }
  }
  const record: SourceRecord = {
    registry: settings.registry,
    stream: 'member',
    sourceId: number,
    names: [name],
    ...(sex && { sex }),
    ...(birthDate && { birthDate }),
    // The fund's own word: no certificate stands behind it.
    ...(enrolment.status === 'deceased' && { death: { status: 'reported' } }),
    identifiers,
    ...(phones.length > 0 && { phones }),
    ...(address && { addresses: [address] }),
    enrolments: [{ ...enrolment, memberNumber: number }],
    contributions: [],
    benefits: [],
    quality: remarks.notes,
    ...(isSynthetic(row) && { synthetic: true }),
  }
  return { outcome: 'record', record }
}

/** STATUS in capitals. Retired members and those who were paid out no longer belong to the scheme. */
const statuses: { readonly [written: string]: Enrolment['status'] } = {
  ACTIVE: 'active',
  INACTIVE: 'inactive',
  DORMANT: 'inactive',
  SUSPENDED: 'suspended',
  RETIRED: 'ended',
  WITHDRAWN: 'ended',
  EXITED: 'ended',
  CLOSED: 'ended',
  'PAID OUT': 'ended',
  DECEASED: 'deceased',
  DEAD: 'deceased',
}

const readEnrolment = (row: Row, from: Enrolment['from'], remarks: Remarks): Enrolment | undefined => {
  const written = row
    .text('SCHEME')
    .toUpperCase()
    .replace(/[\s_-]+/g, ' ')
  const scheme = Object.hasOwn(schemes, written) ? schemes[written] : undefined
  if (!scheme) {
    return void remarks.refuse(
      row.pointer('SCHEME'),
      'scheme-unknown',
      'The scheme is Act 2013 (employed), Voluntary or Haba Haba.',
    )
  }
  const said = row.text('STATUS').toUpperCase()
  const status = Object.hasOwn(statuses, said) ? statuses[said] : undefined
  if (!status && said !== '') remarks.note('value-unreadable', row.pointer('STATUS'))
  if (status === 'deceased') remarks.note('death-flag-alone', row.pointer('STATUS'))
  const employer = employerIn(row, 'EMPLOYER NO', 'EMPLOYER NAME', remarks)
  return {
    scheme: scheme.id,
    branches,
    status: status ?? 'unknown',
    category: scheme.category === 'employed' && isContractedOut(row, remarks) ? 'tier-1-only' : scheme.category,
    ...(from && { from }),
    ...(employer && { employer }),
    // Only words we know: an unknown one might be anything, a name included.
    ...(status && { sourceStatus: said }),
  }
}

/** Tier II goes to another scheme by agreement, so a missing Tier II contribution is no gap. */
const isContractedOut = (row: Row, remarks: Remarks): boolean => {
  const said = row.text('TIER II CONTRACTED OUT').toLowerCase()
  if (/^(y|yes|true|1)$/.test(said)) return true
  if (!/^(|n|no|false|0)$/.test(said)) remarks.note('value-unreadable', row.pointer('TIER II CONTRACTED OUT'))
  return false
}

const readAddress = (row: Row, remarks: Remarks): Address | undefined => {
  const written = row.text('COUNTY')
  if (written === '') return undefined
  const region = regionOf('ke', written)
  if (!region) remarks.note('value-unreadable', row.pointer('COUNTY'))
  return { country: 'ke', ...(region && { regionCode: region.code }), region: written.slice(0, 100) }
}
