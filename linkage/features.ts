/** Turns the evidence of a record into what the engine compares: folded names, checked numbers, dates by precision. */
import type { Address, Employer, Identifier, Relation } from '../schemas/contract.ts'
import { laoNormal } from '../schemas/values/name.ts'
import { isPlaceholderName, isPlaceholderText } from '../schemas/values/placeholder.ts'
import { foldWord, toLatin, wordsOf } from './names/fold.ts'
import { soundOf } from './names/sound.ts'
import { type PreparedName, tokensOf } from './names/tokens.ts'
import type { LinkRecord } from './record.ts'

export type PreparedBirth = {
  readonly year: number
  /** 0 when not known. */
  readonly month: number
  /** 0 when not known. */
  readonly day: number
  /** Month and day are a habit of the office (1 January, 1 July, 31 December), so only the year speaks. */
  readonly heaped: boolean
}

export type PreparedPlace = { readonly region: string; readonly district: string; readonly locality: string }

export type PreparedRelative = { readonly name?: PreparedName; readonly identifier?: string }

export type Prepared = {
  readonly id: string
  readonly registry: string
  readonly stream: string
  readonly names: readonly PreparedName[]
  readonly sex?: 'male' | 'female'
  readonly birth?: PreparedBirth
  /** The person's own numbers, as they compare: see `comparable`. */
  readonly identifiers: readonly Identifier[]
  readonly households: readonly string[]
  readonly phones: readonly string[]
  readonly places: readonly PreparedPlace[]
  readonly relatives: readonly PreparedRelative[]
  /** Numbers of employers, and their names as they compare. */
  readonly employers: readonly string[]
}

/**
 * Makes a record ready for blocking and comparing. Pure; the order of lists within the record does not matter. Names, places and
 * relatives are read when they are first asked for: most candidates are told apart by numbers and dates alone.
 */
export const prepare = (record: LinkRecord): Prepared => new PreparedRecord(record)

class PreparedRecord implements Prepared {
  readonly id: string
  readonly registry: string
  readonly stream: string
  readonly sex?: 'male' | 'female'
  readonly birth?: PreparedBirth
  readonly identifiers: readonly Identifier[]
  readonly households: readonly string[]
  readonly phones: readonly string[]
  private readonly record: LinkRecord
  private readNames?: readonly PreparedName[]
  private readPlaces?: readonly PreparedPlace[]
  private readRelatives?: readonly PreparedRelative[]
  private readEmployers?: readonly string[]

  constructor(record: LinkRecord) {
    const birth = prepareBirth(record)
    this.record = record
    this.id = record.id
    this.registry = record.registry
    this.stream = record.stream
    if (record.sex === 'male' || record.sex === 'female') this.sex = record.sex
    if (birth) this.birth = birth
    this.identifiers = record.identifiers.flatMap((identifier) => comparable(identifier) ?? [])
    this.households = record.identifiers
      .filter(({ type }) => type === 'sha-household-number')
      .map(({ value }) => withoutSuffix(value))
    this.phones = record.phones
  }

  get names(): readonly PreparedName[] {
    this.readNames ??= this.record.names.map(tokensOf).filter((name) => name.tokens.length > 0)
    return this.readNames
  }

  get places(): readonly PreparedPlace[] {
    this.readPlaces ??= this.record.addresses.map(preparePlace)
    return this.readPlaces
  }

  get relatives(): readonly PreparedRelative[] {
    this.readRelatives ??= this.record.relations.map(prepareRelative)
    return this.readRelatives
  }

  get employers(): readonly string[] {
    this.readEmployers ??= (this.record.employers ?? []).flatMap(employerKeys)
    return this.readEmployers
  }
}

const withoutSuffix = (value: string): string => value.replace(/-\d+$/, '')

/**
 * An identifier as it compares. The suffix of an SHA number gets lost, so its thirteen digits count; adults keep their
 * identity-card number as Maisha number; a company's tax PIN and a household's number say nothing about one person.
 */
export function comparable(identifier: Identifier): Identifier | undefined {
  const { type, issuer, value } = identifier
  if (type === 'sha-household-number' || (type === 'tax-pin' && issuer === 'ke' && value.startsWith('P')))
    return undefined
  if (type === 'sha-cr-number' || type === 'sha-number') return { type, issuer, value: withoutSuffix(value) }
  if (type === 'maisha-number' && issuer === 'ke' && value.length < 14) return { type: 'national-id', issuer, value }
  return identifier
}

const habits = new Set(['01-01', '07-01', '12-31'])

function prepareBirth({ birthDate, birthDateHeaped }: LinkRecord): PreparedBirth | undefined {
  if (!birthDate) return undefined
  const [year, month, day] = [birthDate.slice(0, 4), birthDate.slice(5, 7), birthDate.slice(8, 10)].map(Number)
  return {
    year: year ?? 0,
    month: month ?? 0,
    day: day ?? 0,
    heaped: birthDateHeaped || habits.has(birthDate.slice(5)),
  }
}

/** Words for the unit itself, which one registry writes and another leaves out. */
const units = new Set([
  'village',
  'ward',
  'location',
  'sublocation',
  'sub',
  'district',
  'county',
  'province',
  'town',
  'estate',
  'ban',
  'muang',
])

/** Places seen before. A pure function's results: emptying it changes nothing but time. */
const seen = new Map<string, string>()
const mostSeen = 50_000

function foldPlace(text: string | undefined): string {
  if (!text) return ''
  const known = seen.get(text)
  if (known !== undefined) return known
  if (seen.size >= mostSeen) seen.clear()
  const folded = foldNewPlace(text)
  seen.set(text, folded)
  return folded
}

/** The office's number of a place. */
const placeCode = /^\d{4,}$/

function foldNewPlace(text: string): string {
  const code = text.replace(/[\s.-]/g, '')
  if (placeCode.test(code)) return code
  return wordsOf(laoNormal(text).replace(/ແຂວງ|ເມືອງ|^ບ້ານ\s*/g, ' '))
    .map(foldWord)
    .filter((word) => !units.has(word))
    .map((word) => soundOf(toLatin(word)))
    .join('')
}

/** What kind of company it is, which one list writes out, another shortens and a third leaves away. */
const companies = new Set(['ltd', 'limited', 'co', 'company', 'plc', 'inc', 'llc', 'corp', 'corporation', 'the', 'and'])

/** An employer's name as it compares: its words in a row. */
const foldEmployer = (name: string): string =>
  laoNormal(name)
    .toLowerCase()
    .split(/[^\p{L}\p{M}\d]+/u)
    .filter((word) => !companies.has(word))
    .join('')

/** What stands for the employer of who has none, or none in particular. */
const nobodies = new Set(
  [
    ...['Self', 'Self employed', 'Self employment', 'Own business', 'Business', 'Individual', 'Jua kali', 'Farmer'],
    ...['Unemployed', 'Not employed', 'No employer', 'Employer', 'Jobless', 'Student', 'Housewife', 'Hana', 'Hakuna'],
    ...['Casual', 'Casuals', 'Casual worker', 'Casual labourer', 'Temporary', 'Domestic worker', 'Volunteer'],
    ...['Retired', 'Pensioner', 'Various', 'Several', 'Other', 'Others', 'Not known', 'Not stated', 'Mstaafu'],
    ...['Informal', 'Informal sector', 'Formal sector', 'Private', 'Private sector', 'Public sector', 'Binafsi'],
    ...['ຫວ່າງງານ', 'ອາຊີບອິດສະຫຼະ', 'ບຳນານ', '无业', '自由职业', '个体', '退休'],
    ...['безработный', 'пенсионер', 'самозанятый'],
  ].map(foldEmployer),
)

/**
 * What two records name one employer by. Registries number employers each in their own way, so across them the name has to do; a
 * short one is nobody's alone. Nothing where it is no employer: all who are "self employed" may stand under one number too.
 */
function employerKeys({ id, name }: Employer): string[] {
  const folded = foldEmployer(name ?? '')
  if (name && (isPlaceholderName(name) || nobodies.has(folded))) return []
  const isNumbered = !isPlaceholderText(id.slice(id.indexOf(':') + 1))
  return [...(isNumbered ? [id] : []), ...(folded.length < 4 ? [] : [folded])]
}

const preparePlace = (address: Address): PreparedPlace => ({
  region: address.regionCode ?? foldPlace(address.region),
  district: foldPlace(address.district),
  locality: foldPlace(address.locality),
})

function prepareRelative({ name, identifier }: Relation): PreparedRelative {
  const own = identifier && comparable(identifier)
  return { ...(name && { name: tokensOf(name) }), ...(own && { identifier: `${own.type}:${own.issuer}:${own.value}` }) }
}
