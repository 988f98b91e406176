/** Match: does this record, or this description, match anybody? A dry run: nothing is created and nobody is changed. */
import { HubError, type Reason } from '../errors.ts'
import { type LinkRecord, toLinkRecord } from '../linkage/record.ts'
import type { MatchAnswer, SourceRecord } from '../schemas/contract.ts'
import type { Field } from '../store/beneficiaries.ts'
import type { Asker } from './asker.ts'
import { employmentIsAgreed } from './evidence.ts'
import type { Needs } from './needs.ts'
import type { Permission, Permit } from './policy.ts'
import type { Registries } from './registries/registries.ts'
import { describe, mustBeAgreed, type SearchQuery, score, tell } from './search.ts'

export type MatchQuery = { readonly record: SourceRecord } | { readonly description: SearchQuery }

/** The parts of a record that are compared, and the fields that they ask about. */
const fieldsOf = {
  names: ['name'],
  birthDate: ['birthDate'],
  sex: ['sex'],
  identifiers: ['identifiers'],
  phones: ['phones'],
  addresses: ['addresses'],
  relations: ['name', 'identifiers'],
} as const satisfies { readonly [Part in keyof SourceRecord]?: readonly Field[] }
const parts = Object.keys(fieldsOf) as (keyof typeof fieldsOf)[]

const isEmpty = (value: unknown) => value === undefined || (Array.isArray(value) && value.length === 0)

/** A record is asked by agreed fields only, as a search is: a score answers yes or no about each of them. */
function toAsked(query: MatchQuery, permission: Permission): LinkRecord {
  if ('description' in query) {
    mustBeAgreed(query.description, permission)
    return describe(query.description, permission)
  }
  const { record } = query
  const reasons = parts.flatMap((part): Reason[] => {
    const missing = fieldsOf[part].filter((field) => !permission.fields.includes(field))
    if (missing.length === 0 || isEmpty(record[part])) return []
    const message = `Your agreement for this purpose does not cover ${missing.join(' and ')}, so nobody can be matched by it. Leave it out.`
    return [{ pointer: `/record/${part}`, rule: 'not-agreed', message }]
  })
  if (reasons.length > 0) throw new HubError('invalid_request', { reasons })
  // An employer in common is told by the weight.
  const { employers, ...asked } = toLinkRecord('match', record)
  return { ...asked, ...(employers && employmentIsAgreed(permission) && { employers }) }
}

export const makeMatch =
  (needs: Needs, permit: Permit, registries: Registries) =>
  async (query: MatchQuery, asker: Asker): Promise<MatchAnswer> => {
    const permission = await permit(asker)
    const asked = toAsked(query, permission)
    const limit = 'description' in query ? query.description.limit : undefined
    const candidates = await tell(needs, registries, asker, permission, await score(needs, asked, permission), limit)
    if (!candidates) return { outcome: 'too_many', candidates: [] }
    if (candidates.length === 0) return { outcome: 'none', candidates }
    const links = candidates.filter((candidate) => candidate.outcome === 'link').length
    return { outcome: links === 0 ? 'review' : links === 1 ? 'unique' : 'several', candidates }
  }
