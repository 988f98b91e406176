/** Search: scored candidates for a description of a person. What was not looked at completely is never called unique. */

import { HubError, type Reason } from '../errors.ts'
import { partedKeys } from '../linkage/blocking.ts'
import { compareUnlessDistinct } from '../linkage/compare.ts'
import { type Decision, decide } from '../linkage/decide.ts'
import { prepare } from '../linkage/features.ts'
import { previewOf } from '../linkage/preview.ts'
import type { LinkRecord } from '../linkage/record.ts'
import type { Identifier, Name, PartialDate, SearchAnswer, SearchCandidate, Sex } from '../schemas/contract.ts'
import { makeName } from '../schemas/values/name.ts'
import { readPhone } from '../schemas/values/phone.ts'
import { type Field, readBeneficiaries } from '../store/beneficiaries.ts'
import { hashBlockingKeys } from '../store/blocking.ts'
import { findCandidates } from '../store/candidates.ts'
import { listedMembershipsOf } from '../store/persons.ts'
import { toBeneficiary, visible } from './answer.ts'
import type { Asker } from './asker.ts'
import { disclose } from './disclose.ts'
import { readStated } from './lookup.ts'
import type { Needs } from './needs.ts'
import { makeBook } from './persons/book.ts'
import { holdersOf } from './persons/holders.ts'
import { candidateLimit } from './persons/judge.ts'
import { worthOpening } from './persons/worth.ts'
import type { Permission, Permit } from './policy.ts'
import type { Registries } from './registries/registries.ts'

export type SearchQuery = {
  name: string
  birthDate?: PartialDate | undefined
  sex?: Sex | undefined
  phone?: string | undefined
  place?: string | undefined
  identifiers?: readonly Identifier[] | undefined
  limit?: number | undefined
}
export type Scored = { person: string; decision: Decision }

/** As the contract says. */
const usualLimit = 10
const asked = 'search'
/** Somebody with several names, numbers and telephones has some sixty blocking keys; each costs a look into the index. */
const mostKeys = 100

/** What a part of the description is compared with: to compare is to tell, so only agreed fields may be asked by. */
const fieldOf = {
  name: 'name',
  birthDate: 'birthDate',
  sex: 'sex',
  phone: 'phones',
  place: 'addresses',
  identifiers: 'identifiers',
} as const satisfies { readonly [Part in keyof SearchQuery]?: Field }
const parts = Object.keys(fieldOf) as (keyof typeof fieldOf)[]

export const makeSearch =
  (needs: Needs, permit: Permit, registries: Registries) =>
  async (query: SearchQuery, asker: Asker): Promise<SearchAnswer> => {
    const permission = await permit(asker)
    mustBeAgreed(query, permission)
    const record = describe(query, permission)
    const candidates = await tell(
      needs,
      registries,
      asker,
      permission,
      await score(needs, record, permission),
      query.limit,
    )
    if (!candidates) return { outcome: 'too_many', candidates: [] }
    return { outcome: candidates.length === 0 ? 'none' : 'candidates', candidates }
  }

/**
 * Whom the question found, disclosed and as the asker may see them. Nobody is shown, and nothing answered, if more than the limit
 * were found or not everybody was looked at: then nobody can be called the only one.
 */
export async function tell(
  needs: Needs,
  registries: Registries,
  asker: Asker,
  permission: Permission,
  { scored, truncated }: { scored: readonly Scored[]; truncated: boolean },
  limit = usualLimit,
): Promise<SearchCandidate[] | undefined> {
  if (truncated || scored.length > limit) {
    await disclose(needs, asker, permission, 'too-many', [])
    return undefined
  }
  const candidates = await present(needs, registries, permission, scored)
  const shown = candidates.map((candidate) => candidate.id)
  await disclose(needs, asker, permission, shown.length === 0 ? 'none' : 'shown', shown)
  return candidates
}

/** Scored persons as this asker may see them; whoever may not be seen is left out. */
async function present(
  needs: Needs,
  registries: Registries,
  permission: Permission,
  scored: readonly Scored[],
): Promise<SearchCandidate[]> {
  const documents = await readBeneficiaries(
    needs.db,
    needs.keys,
    scored.map((one) => one.person),
    permission.fields,
  )
  const seen = new Map(documents.filter((one) => visible(one, permission)).map((one) => [one.person, one]))
  const candidates: SearchCandidate[] = []
  for (const { person, decision } of scored) {
    const document = seen.get(person)
    if (!document || decision.outcome === 'distinct') continue
    const { outcome, weight, probability, parts } = decision
    const beneficiary = toBeneficiary(
      document,
      permission,
      await registries.status(permission, document.registries, new Map()),
    )
    candidates.push({
      id: person,
      probability,
      weight,
      outcome,
      reasons: parts.map(({ on, level, weight }) => ({ on, level, weight })),
      beneficiary,
    })
  }
  return candidates
}

/** Refuses a description by fields that are not agreed: a score, or nobody found, would answer yes or no about them. */
export function mustBeAgreed(query: SearchQuery, { fields }: Permission): void {
  const reasons = parts
    .filter((part) => query[part] !== undefined && !fields.includes(fieldOf[part]))
    .map((part): Reason => {
      const message = `Your agreement for this purpose does not cover ${fieldOf[part]}, so nobody can be searched by it. Leave it out.`
      return { pointer: `/${part}`, rule: 'not-agreed', message }
    })
  if (reasons.length > 0) throw new HubError('invalid_request', { reasons })
}

/** The description as a record that the engine can compare. Throws with the field and the rule when a part cannot be read. */
export function describe(query: SearchQuery, { registries }: Permission): LinkRecord {
  const name: Name | undefined = makeName(query.name)
  if (!name)
    throw refuse('/name', 'name', 'This is not a name that anybody can be found by. Give the name as on the document.')
  const country = readCountry(registries)
  const phone = query.phone === undefined ? undefined : readPhone(query.phone, country).phone
  if (query.phone !== undefined && !phone)
    throw refuse('/phone', 'phone', 'This is not a telephone number. Give it in full, with the country code.')
  return {
    id: asked,
    registry: asked,
    stream: asked,
    names: [name],
    ...(query.sex && { sex: query.sex }),
    ...(query.birthDate && { birthDate: query.birthDate }),
    birthDateHeaped: false,
    identifiers: (query.identifiers ?? []).map((identifier, index) =>
      readStated(identifier, `/identifiers/${index}/value`),
    ),
    phones: phone ? [phone] : [],
    addresses: query.place ? [{ country, locality: query.place }] : [],
    relations: [],
  }
}

const refuse = (pointer: string, rule: string, message: string) =>
  new HubError('invalid_request', { reasons: [{ pointer, rule, message }] })

/** National telephone numbers are read in the country of the agreement's registries. */
const readCountry = (registries: readonly string[]): Identifier['issuer'] =>
  (['ke', 'la', 'pk', 'kg', 'cn'] as const).find((country) =>
    registries.some((registry) => registry.startsWith(`${country}-`)),
  ) ?? 'ke'

/**
 * Candidates by blocking keys, the best decision of each person first. Only what agreed registries still list counts. Truncated when
 * not everybody was looked at: a key is too common, or the record has more keys than are looked for, and then for none of them.
 */
export async function score(
  needs: Needs,
  record: LinkRecord,
  permission: Permission,
): Promise<{ scored: Scored[]; truncated: boolean }> {
  const prepared = prepare(record)
  const keys = partedKeys(prepared)
  if (keys.length > mostKeys) return { scored: [], truncated: true }
  const one = { id: asked, keys: hashBlockingKeys(needs.keys, keys), preview: previewOf(prepared) }
  const worth = worthOpening(needs.model, [one])
  const found = await findCandidates(needs.db, needs.keys, [one], candidateLimit, worth, permission.registries)
  const book = makeBook(needs, needs.db, [], new Map())
  const candidates = await book.prepare(found.pairs.map((pair) => pair.candidate))
  const agreed = [...candidates.values()].filter(({ registry }) => permission.registries.includes(registry))
  const callers = agreed.map((candidate) => [prepared, candidate] as const)
  const holders = await holdersOf(needs, needs.db, callers, permission.registries)
  const likely = agreed.flatMap((candidate) => {
    const parts = compareUnlessDistinct(needs.model, prepared, candidate, holders)
    const decision = parts && decide(needs.model, parts)
    return decision && decision.outcome !== 'distinct' ? [{ id: candidate.id, decision }] : []
  })
  const ids = likely.map(({ id }) => id)
  const listed = ids.length > 0 ? await listedMembershipsOf(needs.db, ids) : []
  const personOf = new Map(listed.map(({ record, person }) => [record, person]))
  const best = new Map<string, Scored>()
  for (const { id, decision } of likely) {
    const person = personOf.get(id)
    const before = person && best.get(person)
    if (!person || (before && before.decision.weight >= decision.weight)) continue
    best.set(person, { person, decision })
  }
  const scored = [...best.values()].sort(
    (a, b) => b.decision.weight - a.decision.weight || (a.person < b.person ? -1 : 1),
  )
  return { scored, truncated: found.truncated.size > 0 }
}
