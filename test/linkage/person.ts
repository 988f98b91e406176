/** Short forms for tests: a record of one person, as a registry officer would describe it. */
import type { LinkRecord } from '../../linkage/record.ts'
import type { Identifier, IdentifierType, Name, Relation, Sex } from '../../schemas/contract.ts'
import { readIdentifier } from '../../schemas/values/identifier.ts'
import { makeName } from '../../schemas/values/name.ts'

type Role = Name['parts'][number]['role']

export type Person = {
  /** One name in writing order, or its parts by role. */
  name?: string | { [role in Role]?: string }
  /** Further names of the same record. */
  alsoNamed?: string[]
  born?: string
  sex?: Sex
  /** By type; issuer as in `country`. */
  numbers?: { [type in IdentifierType]?: string }
  phone?: string
  county?: string
  district?: string
  village?: string
  relatives?: { role: Relation['role']; name?: string; nationalId?: string }[]
  /** One name is one employer, in every registry. */
  employer?: string
  country?: Identifier['issuer']
  registry?: string
  stream?: string
}

export function linkRecord(id: string, person: Person): LinkRecord {
  const country = person.country ?? 'ke'
  const names = [person.name, ...(person.alsoNamed ?? [])].flatMap((name) => nameOf(name) ?? [])
  const { county, district, village } = person
  const isPlaced = county !== undefined || district !== undefined || village !== undefined
  return {
    id,
    registry: person.registry ?? 'ke-test',
    stream: person.stream ?? 'member',
    names,
    ...(person.sex && { sex: person.sex }),
    ...(person.born && { birthDate: person.born }),
    birthDateHeaped: false,
    identifiers: Object.entries(person.numbers ?? {}).map(([type, value]) => number(type, country, value)),
    phones: person.phone ? [person.phone] : [],
    addresses: isPlaced
      ? [
          {
            country,
            ...(county && { region: county }),
            ...(district && { district }),
            ...(village && { locality: village }),
          },
        ]
      : [],
    relations: (person.relatives ?? []).map(({ role, name, nationalId }) => {
      const own = nameOf(name)
      return {
        role,
        ...(own && { name: own }),
        ...(nationalId && { identifier: number('national-id', country, nationalId) }),
      }
    }),
    ...(person.employer && {
      employers: [{ id: `${person.registry ?? 'ke-test'}:${person.employer}`, name: person.employer }],
    }),
  }
}

function nameOf(name: Person['name']): Name | undefined {
  if (name === undefined || typeof name === 'string') return makeName(name ?? '')
  const parts = Object.entries(name).map(([role, value]) => ({ role: role as Role, value }))
  return makeName(parts.map((part) => part.value).join(' '), parts)
}

function number(type: string, issuer: Identifier['issuer'], written: string): Identifier {
  const read = readIdentifier(type as IdentifierType, issuer, written)
  if (read.outcome !== 'ok') throw new Error(`The case holds a number that is not a ${type} of ${issuer}.`)
  return read.identifier
}
