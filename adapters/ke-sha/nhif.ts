/** A row of the old fund's member export: a principal, or one of the dependants under the principal's number. Pure. */
import type { Enrolment, Identifier, IdentifierType, Name, Relation, SourceRecord } from '../../schemas/contract.ts'
import { isPlaceholderName, isUnlikelyName, makeName } from '../../schemas/values/name.ts'
import { regionOf } from '../../schemas/values/region.ts'
import { readSex } from '../../schemas/values/sex.ts'
import type { Normalised, RawRecord } from '../contract.ts'
import {
  type Cells,
  dateIn,
  identifierIn,
  makeRemarks,
  phonesIn,
  type Remarks,
  readCells,
} from '../transports/cells.ts'
import type { Reader } from './client.ts'
import { type NhifColumn, nhifColumns } from './columns.ts'
import { employerCodeOf } from './reading.ts'

type Row = Cells<NhifColumn>

/** The fund ended when SHA took over on 1 October 2024. */
const lastDay = '2024-09-30'

export const normaliseNhif = (raw: RawRecord, reader: Reader): Normalised => {
  const remarks = makeRemarks()
  const row = readCells(raw.data, nhifColumns, remarks)
  const family = identifierIn(row, 'NHIF NO', ['nhif-number', 'ke'], remarks)
  if (!family && remarks.reasons.every(({ pointer }) => pointer !== row.pointer('NHIF NO'))) {
    remarks.refuse(row.pointer('NHIF NO'), 'member-number-missing', 'A member row needs the NHIF number.')
  }
  const place = placeOf(row, remarks)
  const sourceId =
    family && place ? `${family.value}${place.role === 'principal' ? '' : `/${place.number}`}` : undefined
  const name = nameOf(row, remarks)
  const birthDate = dateIn(row, 'DOB', { order: 'dmy', today: reader.today, timeZone: reader.timeZone }, remarks)
  const sex = readSex(row.text('SEX'))
  if (!sex && row.text('SEX') !== '') remarks.note('value-unreadable', row.pointer('SEX'))
  const own = identityOf(row, place, remarks)
  const phones = phonesIn(row, 'PHONE', 'ke', remarks)
  const addresses = addressesOf(row, remarks)

  if (remarks.reasons.length > 0 || !sourceId || !family || !place || !name) {
    return { outcome: 'rejection', ...(sourceId && { sourceId }), reasons: remarks.reasons }
  }
  // The number is the family's: as an identifier it would join a child to its parents.
  const identifiers: Identifier[] = [...(own ? [own] : []), ...(place.role === 'principal' ? [family] : [])]
  const relations: Relation[] = place.role === 'principal' ? [] : [{ role: 'principal', identifier: family }]
  const record: SourceRecord = {
    registry: reader.registry,
    stream: 'nhif',
    sourceId,
    names: [name],
    ...(sex && { sex }),
    ...(birthDate && { birthDate }),
    identifiers,
    ...(phones.length > 0 && { phones }),
    ...(addresses.length > 0 && { addresses }),
    ...(relations.length > 0 && { relations }),
    enrolments: [enrolmentOf(row, family, place, remarks)],
    contributions: [],
    benefits: [],
    quality: remarks.notes,
    ...(isSynthetic(row) && { synthetic: true }),
  }
  return { outcome: 'record', record }
}

/** The watermark of generated rows: anything but a no. */
export const isSynthetic = <Column extends string>(row: Cells<Column | 'SYNTHETIC'>): boolean =>
  !/^(|no|false|0|n)$/i.test(row.text('SYNTHETIC')) && row.value('SYNTHETIC') !== false

type Place = { readonly role: 'principal' | 'spouse' | 'child' | 'dependant'; readonly number: string }

const roles: { readonly [relationship: string]: Place['role'] } = {
  PRINCIPAL: 'principal',
  MEMBER: 'principal',
  CONTRIBUTOR: 'principal',
  SELF: 'principal',
  SPOUSE: 'spouse',
  WIFE: 'spouse',
  HUSBAND: 'spouse',
  CHILD: 'child',
  SON: 'child',
  DAUGHTER: 'child',
}

/** Who in the family the row is about. A row without a relationship and without a dependant number is the principal's. */
const placeOf = (row: Row, remarks: Remarks): Place | undefined => {
  const written = row.text('RELATIONSHIP').toUpperCase()
  const number = row.text('DEPENDANT NO').replace(/\.0$/, '')
  const dependant = number !== '' && !/^0+$/.test(number)
  const known = Object.hasOwn(roles, written) ? roles[written] : undefined
  if (!known && written !== '') remarks.note('value-unreadable', row.pointer('RELATIONSHIP'))
  const role = known ?? (dependant || written !== '' ? 'dependant' : 'principal')
  if (role === 'principal') return { role, number: '' }
  if (/^[0-9A-Za-z-]{1,20}$/.test(number) && dependant) return { role, number }
  return void remarks.refuse(
    row.pointer('DEPENDANT NO'),
    'dependant-number',
    'A dependant needs a number of their own under the family’s NHIF number, at most 20 letters and digits.',
  )
}

const nameOf = (row: Row, remarks: Remarks): Name | undefined => {
  const usable = (column: NhifColumn): string => {
    const text = row.text(column)
    if (isUnlikelyName(text)) remarks.note('value-unreadable', row.pointer(column))
    if (text === '' || !isPlaceholderName(text)) return text
    remarks.note('placeholder-removed', row.pointer(column))
    return ''
  }
  const surname = usable('SURNAME')
  const others = usable('OTHER NAMES')
  const full = [surname, others].filter(Boolean).join(' ') || usable('FULL NAME')
  if (full === '')
    return void remarks.refuse(row.pointer('SURNAME'), 'name-missing', 'A record needs the name of a person.')
  const words = others.split(' ').filter(Boolean)
  if (full.length > 200 || surname.length > 100 || words.length > 11 || words.some((word) => word.length > 100)) {
    return void remarks.refuse(
      row.pointer('SURNAME'),
      'name-too-long',
      'A name holds at most 200 characters and twelve words.',
    )
  }
  if (!surname && !others) return makeName(full)
  return makeName(full, [
    ...(surname ? [{ role: 'family' as const, value: surname }] : []),
    ...words.map((value) => ({ role: 'other' as const, value })),
  ])
}

/** ID TYPE in capitals; exports without the column write national numbers, and birth certificates for children. */
const idTypes: { readonly [written: string]: IdentifierType } = {
  'NATIONAL ID': 'national-id',
  'REFUGEE ID': 'refugee-id',
  'ALIEN ID': 'alien-id',
  PASSPORT: 'passport',
  'BIRTH CERTIFICATE': 'birth-certificate',
}

const identityOf = (row: Row, place: Place | undefined, remarks: Remarks): Identifier | undefined => {
  const written = row.text('ID TYPE').toUpperCase()
  const assumed = place?.role === 'child' ? 'birth-certificate' : 'national-id'
  const type = Object.hasOwn(idTypes, written) ? idTypes[written] : written === '' ? assumed : undefined
  // The same digits are another person under another type, so a number of unknown type is no number.
  if (!type) return void remarks.note('value-unreadable', row.pointer('ID TYPE'))
  // A broken identity number does not undo a membership: the row has the NHIF number to stand on.
  return identifierIn(row, 'ID NO', [type, 'ke'], remarks, 'note')
}

const addressesOf = (row: Row, remarks: Remarks): SourceRecord['addresses'] & object => {
  const written = row.text('COUNTY')
  if (written === '') return []
  const region = regionOf('ke', written)
  if (!region) remarks.note('value-unreadable', row.pointer('COUNTY'))
  return [{ country: 'ke', ...(region && { regionCode: region.code }), region: written.slice(0, 100) }]
}

const enrolmentOf = (row: Row, family: Identifier, { role }: Place, remarks: Remarks): Enrolment => {
  const written = row.text('EMPLOYER CODE')
  const code = employerCodeOf(written)
  if (!code && written !== '') remarks.note('value-unreadable', row.pointer('EMPLOYER CODE'))
  const called = row.text('EMPLOYER NAME').slice(0, 200)
  return {
    scheme: 'ke-sha/nhif',
    branches: ['medical-care', 'maternity'],
    status: 'ended',
    memberNumber: family.value,
    category: role === 'principal' ? 'principal' : 'dependant',
    until: lastDay,
    ...(code && { employer: { id: code, ...(called && { name: called }) } }),
  }
}
