/** What SHA's client registry and eligibility service say about one person, as one source record. Pure. */
import type { Identifier, Name, Relation, SourceRecord } from '../../schemas/contract.ts'
import { readDate } from '../../schemas/values/date.ts'
import { readIdentifier } from '../../schemas/values/identifier.ts'
import { makeName, tidy } from '../../schemas/values/name.ts'
import { readPhone } from '../../schemas/values/phone.ts'
import { regionOf } from '../../schemas/values/region.ts'
import { readSex } from '../../schemas/values/sex.ts'
import type { Normalised, RawRecord } from '../contract.ts'
import { makeRemarks, type Remarks } from '../transports/cells.ts'
import { readEnrolment } from './cover.ts'
import { labelOf, pulledTypes, typeOf } from './labels.ts'
import { clipped, type Fields, fieldsOf, flagOf, listOf, sensitiveIn, textOf } from './reading.ts'

/** What `normalise` knows besides the raw record. */
export type Reader = { readonly registry: string; readonly timeZone: string; readonly today: string }

const longestName = 200
const mostRelations = 40
const mostIdentifiers = 20

export const normaliseClient = (raw: RawRecord, reader: Reader): Normalised => {
  const remarks = makeRemarks()
  const data = fieldsOf(raw.data)
  if (Number(textOf(data.total)) > 1) return conflictOf(listOf(data.clients))
  if (data.unreadable !== undefined) return refusal('answer-unreadable', unreadable)
  const client = fieldsOf(data.client)
  const eligibility = fieldsOf(data.eligibility)
  if (data.refused === true && Object.keys(client).length === 0 && Object.keys(eligibility).length === 0) {
    return refusal('question-refused', refused)
  }
  const cr = crNumberOf(client, eligibility, remarks)
  const identifiers = identifiersOf(client, fieldsOf(data.asked), cr, remarks)
  const names = namesOf(client, eligibility, remarks)
  const birthDate = birthDateOf(client.date_of_birth, '/client/date_of_birth', reader, remarks)
  const sex = readSex(client.gender)
  const death = deathOf(client, birthDate, reader, remarks)
  const phones = phonesOf(client, remarks)
  const addresses = addressesOf(client)
  const relations = listOf(client.dependants).flatMap((entry, i) =>
    relationsOf(entry, `/client/dependants/${i}`, reader, remarks),
  )
  const households = householdsOf(client)
  const enrolment = readEnrolment({ client, eligibility, cr, identifiers, names }, reader, remarks)
  for (const field of ['client', 'eligibility']) {
    for (const pointer of sensitiveIn(data[field], `/${field}`))
      remarks.note('sensitive-field-dropped', pointer.slice(0, 200))
  }
  if (remarks.reasons.length > 0 || cr === undefined) {
    return { outcome: 'rejection', ...(cr && { sourceId: cr }), reasons: remarks.reasons }
  }
  const record: SourceRecord = {
    registry: reader.registry,
    stream: 'client',
    sourceId: cr,
    names,
    ...(sex && { sex }),
    ...(birthDate && { birthDate }),
    ...(death && { death }),
    identifiers,
    ...(phones.length > 0 && { phones }),
    ...(addresses.length > 0 && { addresses }),
    ...(/^kenyan?$/i.test(textOf(client.citizenship)) && { nationality: 'ke' }),
    ...(relations.length > 0 && { relations: relations.slice(0, mostRelations) }),
    ...(households.length > 0 && { households }),
    enrolments: enrolment ? [enrolment] : [],
    contributions: [],
    benefits: [],
    quality: remarks.notes,
    ...(isSynthetic(client, eligibility) && { synthetic: true }),
  }
  return { outcome: 'record', record }
}

const unreadable =
  'The answer was too large or was not JSON. Ask again; if it stays so, SHA has to look at this person’s record.'
const refused = 'SHA refused the question about this identifier (400): it takes no number of this shape.'
const refusal = (rule: string, message: string): Normalised => ({
  outcome: 'rejection',
  reasons: [{ pointer: '/asked', rule, message }],
})

/** Several people under one number: nobody is taken. The numbers, in order, make the same conflict the same rejection. */
const conflictOf = (clients: readonly unknown[]): Normalised => {
  const numbers = clients
    .map(textOf)
    .filter((text) => /^CR[\d-]{10,20}$/.test(text))
    .sort()
    .slice(0, 5)
  return {
    outcome: 'rejection',
    ...(numbers.length > 0 && { sourceId: numbers.join('+') }),
    reasons: [
      {
        pointer: '/total',
        rule: 'identity-conflict',
        message:
          'The client registry holds several people under this identifier, so none of them is taken. SHA has to decide.',
      },
    ],
  }
}

const crNumberOf = (client: Fields, eligibility: Fields, remarks: Remarks): string | undefined => {
  const own = readIdentifier('sha-cr-number', 'ke', client.id)
  const other = readIdentifier('sha-cr-number', 'ke', eligibility.id ?? eligibility.memberCrNumber)
  const [first, second] = [own, other].map((read) => (read.outcome === 'ok' ? read.identifier.value : undefined))
  if (first && second && first !== second) {
    remarks.refuse(
      '/eligibility/id',
      'identity-conflict',
      'Client registry and eligibility answer about two different people.',
    )
  }
  if (first ?? second) return first ?? second
  remarks.refuse('/client/id', 'cr-number', 'The answer carries no CR number: CR, thirteen digits, a dash and a digit.')
  return undefined
}

const identifiersOf = (client: Fields, asked: Fields, cr: string | undefined, remarks: Remarks): Identifier[] => {
  const found = new Map<string, Identifier>()
  const add = (type: Identifier['type'] | undefined, written: unknown, pointer: string): Identifier | undefined => {
    if (type === undefined) return undefined
    const read = readIdentifier(type, 'ke', written)
    if (read.outcome === 'placeholder') remarks.note('placeholder-removed', pointer)
    if (read.outcome === 'invalid') remarks.note('value-unreadable', pointer)
    if (read.outcome !== 'ok') return undefined
    if (read.doubtful) remarks.note('identifier-doubtful', pointer)
    found.set(`${type} ${read.identifier.value}`, read.identifier)
    return read.identifier
  }
  if (cr) add('sha-cr-number', cr, '/client/id')
  const own = add(typeOf(client.identification_type), client.identification_number, '/client/identification_number')
  // What the registry itself prints comes first; our own question only fills the gap that it leaves: no number, or one (a
  // passport's) that it cannot be asked by again, so that nobody could find out when it no longer knows the person.
  const askedType = typeOfAsked(asked.type)
  const question = askedType && readIdentifier(askedType, 'ke', asked.value)
  if (question?.outcome === 'ok') {
    if (own?.type === question.identifier.type && own.value !== question.identifier.value) {
      remarks.refuse(
        '/client/identification_number',
        'identity-conflict',
        'The answer is about another number than the one that was asked.',
      )
    }
    if (!own || labelOf(own.type) === undefined) add(question.identifier.type, asked.value, '/asked/value')
  }
  const pin = add('tax-pin', client.kra_pin, '/client/kra_pin')
  // An employer's PIN under its workers would make them all one person.
  if (pin && !pin.value.startsWith('A')) found.delete(`tax-pin ${pin.value}`)
  for (const [i, other] of listOf(client.other_identifications).entries()) {
    const { identification_type, identification_number } = fieldsOf(other)
    add(typeOf(identification_type), identification_number, `/client/other_identifications/${i}/identification_number`)
  }
  return [...found.values()].slice(0, mostIdentifiers)
}

/** The type we asked by, as far as it is one that SHA may be asked by; a pushed record may say anything. */
const typeOfAsked = (type: unknown): Identifier['type'] | undefined => pulledTypes.find((known) => known === type)

/**
 * The household, by the first number that is one: under its label other numbers were seen too. Who has dependants is its head; of
 * anybody else the registry does not say what part they have.
 */
const householdsOf = (client: Fields): SourceRecord['households'] & object =>
  listOf(client.other_identifications)
    .map((other) => readIdentifier('sha-household-number', 'ke', fieldsOf(other).identification_number))
    .flatMap((read) => (read.outcome === 'ok' ? [read.identifier.value] : []))
    .slice(0, 1)
    .map((number) => ({ number, role: listOf(client.dependants).length > 0 ? 'head' : 'other' }))

type Role = Name['parts'][number]['role']

const nameFrom = (fields: Fields): Name | undefined => {
  const parts: { role: Role; value: string }[] = []
  for (const [role, field] of [
    ['given', 'first_name'],
    ['other', 'middle_name'],
    ['family', 'last_name'],
  ] as const) {
    const value = clipped(fields[field], 100)
    if (value) parts.push({ role, value })
  }
  const full = parts.map(({ value }) => value).join(' ')
  return full.length > longestName ? undefined : makeName(full, parts)
}

/** The client registry's name in parts, and eligibility's one string where it says something else. */
const namesOf = (client: Fields, eligibility: Fields, remarks: Remarks): Name[] => {
  const own = nameFrom(client)
  const other = makeName(clipped(eligibility.full_name, longestName) ?? '')
  const fold = (name: Name | undefined) => tidy(name?.full).toUpperCase()
  const names = [own, other && fold(other) !== fold(own) ? other : undefined].filter((name) => name !== undefined)
  if (names.length === 0) remarks.refuse('/client/first_name', 'name-missing', 'A record needs the name of a person.')
  return names
}

const birthDateOf = (
  written: unknown,
  pointer: string,
  { today, timeZone }: Reader,
  remarks: Remarks,
): string | undefined => {
  const { date, notes } = readDate(typeof written === 'string' ? written.slice(0, 40) : undefined, {
    order: 'ymd',
    today,
    timeZone,
  })
  for (const code of notes) remarks.note(code, pointer)
  return date
}

/** The registry's template carries is_alive 0 and a death on living people, so the flag alone is only a report. */
const deathOf = (
  client: Fields,
  birthDate: string | undefined,
  { today, timeZone }: Reader,
  remarks: Remarks,
): SourceRecord['death'] => {
  if (flagOf(client.is_alive) !== false) return undefined
  remarks.note('death-flag-alone', '/client/is_alive')
  const written = textOf(client.deceased_datetime).slice(0, 10)
  const { date } = readDate(written, { order: 'ymd', today, timeZone, keepDefaults: true })
  const possible = date && date <= today && !(birthDate && date < birthDate)
  return { status: 'reported', ...(possible && { date }) }
}

const phonesOf = (client: Fields, remarks: Remarks): string[] => {
  const { phone, note } = readPhone(textOf(client.phone), 'ke')
  if (note) remarks.note(note, '/client/phone')
  return phone ? [phone] : []
}

const addressesOf = (client: Fields): SourceRecord['addresses'] & object => {
  const region = clipped(client.county, 100)
  const district = clipped(client.sub_county, 100)
  const locality = clipped(client.village_estate, 100) ?? clipped(client.ward, 100)
  const line = clipped(client.building_house_no, 200)
  if (!region && !district && !locality && !line) return []
  const found = region ? regionOf('ke', region) : undefined
  return [
    {
      country: 'ke',
      ...(found && { regionCode: found.code }),
      ...(region && { region }),
      ...(district && { district }),
      ...(locality && { locality }),
      ...(line && { line }),
    },
  ]
}

const roles: { readonly [relationship: string]: Relation['role'] } = {
  spouse: 'spouse',
  child: 'child',
  parent: 'parent',
}

/** A dependant by CR number, which its own record carries; one listed twice stays twice, for the rule that looks for it. */
const relationsOf = (entry: unknown, pointer: string, reader: Reader, remarks: Remarks): Relation[] => {
  const { relationship, result } = fieldsOf(entry)
  const word = textOf(relationship).toLowerCase()
  const role = Object.hasOwn(roles, word) ? roles[word] : 'household-member'
  return listOf(result).flatMap((person, i): Relation[] => {
    const fields = fieldsOf(person)
    const name = nameFrom(fields)
    const birthDate = birthDateOf(fields.date_of_birth, `${pointer}/result/${i}/date_of_birth`, reader, remarks)
    const read = readIdentifier('sha-cr-number', 'ke', fields.id)
    const identifier = read.outcome === 'ok' ? read.identifier : undefined
    if (!role || (!name && !identifier)) return []
    return [{ role, ...(name && { name }), ...(birthDate && { birthDate }), ...(identifier && { identifier }) }]
  })
}

const isSynthetic = (client: Fields, eligibility: Fields): boolean =>
  [fieldsOf(client.meta).source, fieldsOf(client.originSystem).system, eligibility.synthetic].some(
    (mark) => textOf(mark) === 'SYNTHETIC',
  )
