/** The identifiers that the hub knows, lent to registries that answer questions but list nobody. */
import type { Identifier, IdentifierType } from '../../schemas/contract.ts'
import { walkIdentifiers } from '../../store/beneficiaries.ts'
import type { Needs } from '../needs.ts'

const pageSize = 200

/**
 * Walks over everybody in the order of their ids, which is the order in which the hub met them. The cursor is the last person
 * whose identifiers have all been lent. A registry's own identifiers are lent too: it is asked again about those it told us of.
 */
export async function* knownIdentifiers(
  { db, keys }: Needs,
  types: readonly IdentifierType[],
  cursor?: string,
): AsyncIterable<{ cursor: string; identifier: Identifier }> {
  const wanted = new Set<string>(types)
  let after = cursor || null
  for (;;) {
    const people = await walkIdentifiers(db, keys, after, pageSize)
    for (const { person, facts } of people) {
      const lent = new Map<string, Identifier>()
      for (const { value } of facts.identifiers ?? []) {
        const identifier = value as Identifier
        if (wanted.has(identifier.type))
          lent.set(`${identifier.type} ${identifier.issuer} ${identifier.value}`, identifier)
      }
      let left = lent.size
      for (const identifier of lent.values()) yield { cursor: --left === 0 ? person : (after ?? ''), identifier }
      after = person
    }
    if (people.length === 0) return
  }
}
