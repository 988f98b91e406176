/**
 * The evidence of a record as a short text, so that the thousands of records that a changed one is compared with need not be opened
 * whole. It holds what the registry wrote and nothing that the engine made of it: a better engine reads it anew.
 */
import type { Address, Employer, Identifier, Name, Relation, Sex } from '../schemas/contract.ts'
import type { LinkRecord } from './record.ts'

/** Changes with what is packed, or how: text of another format is not read. */
const format = 1
/** How texts of this format begin, whatever comes after. */
const beginning = `[${format},`

type Part = Name['parts'][number]
type PackedName = readonly [full: string, script: Name['script'], ...parts: (readonly [Part['role'], Part['value']])[]]
type Packed = readonly [
  format: typeof format,
  registry: string,
  stream: string,
  names: readonly PackedName[],
  sex: Sex | 0,
  birthDate: string,
  heaped: 0 | 1,
  identifiers: readonly (readonly [Identifier['type'], Identifier['issuer'], string])[],
  phones: readonly string[],
  /** Country, region code, region, district, locality; empty where nothing stands. */
  addresses: readonly (readonly [string, string, string, string, string])[],
  relations: readonly Relation[],
  /** Left out where there are none, as in texts from before they were packed. */
  employers?: readonly Employer[],
]

/** Everything about the record that is compared, in the order in which it stands there. */
export function packEvidence(record: LinkRecord): string {
  const packed: Packed = [
    format,
    record.registry,
    record.stream,
    record.names.map(({ full, script, parts }) => [
      full,
      script,
      ...parts.map(({ role, value }) => [role, value] as const),
    ]),
    record.sex ?? 0,
    record.birthDate ?? '',
    record.birthDateHeaped ? 1 : 0,
    record.identifiers.map(({ type, issuer, value }) => [type, issuer, value]),
    record.phones,
    record.addresses.map(({ country, regionCode = '', region = '', district = '', locality = '' }) => [
      country,
      regionCode,
      region,
      district,
      locality,
    ]),
    record.relations,
  ]
  return JSON.stringify(record.employers ? [...packed, record.employers] : packed)
}

/**
 * The record that was packed; its id is not part of the text. Names and addresses are made when they are asked for. Undefined when
 * the text is of another format: then the whole record has to be opened.
 */
export function unpackEvidence(id: string, text: string): LinkRecord | undefined {
  if (!text.startsWith(beginning)) return undefined
  const [
    ,
    registry,
    stream,
    names,
    sex,
    birthDate,
    heaped,
    identifiers,
    phones,
    addresses,
    relations,
    employers,
  ]: Packed = JSON.parse(text)
  return {
    id,
    registry,
    stream,
    get names() {
      return names.map(toName)
    },
    ...(sex !== 0 && { sex }),
    ...(birthDate !== '' && { birthDate }),
    birthDateHeaped: heaped === 1,
    identifiers: identifiers.map(([type, issuer, value]) => ({ type, issuer, value })),
    phones,
    get addresses() {
      return addresses.map(toAddress)
    },
    relations,
    ...(employers && { employers }),
  }
}

const toName = ([full, script, ...parts]: PackedName): Name => ({
  full,
  script,
  parts: parts.map(([role, value]) => ({ role, value })),
})

const toAddress = ([country, regionCode, region, district, locality]: Packed[9][number]): Address => ({
  country,
  ...(regionCode !== '' && { regionCode }),
  ...(region !== '' && { region }),
  ...(district !== '' && { district }),
  ...(locality !== '' && { locality }),
})
