/** Look-up: who holds this identifier, as far as the asker may see. Ambiguity shows nobody. */
import { HubError } from '../errors.ts'
import type { Beneficiary, Identifier, RegistryStatus } from '../schemas/contract.ts'
import { readIdentifier } from '../schemas/values/identifier.ts'
import { findByIdentifier } from '../store/beneficiaries.ts'
import { identifierHash } from '../store/records.ts'
import { toBeneficiary } from './answer.ts'
import type { Asker } from './asker.ts'
import { disclose } from './disclose.ts'
import type { Needs } from './needs.ts'
import type { Permit } from './policy.ts'
import { type Refreshed, refresh } from './registries/refresh.ts'
import type { Registries } from './registries/registries.ts'

export type LookupQuery = { identifier: Identifier; refresh: boolean }
export type LookupAnswer =
  | { outcome: 'match'; beneficiary: Beneficiary }
  | { outcome: 'none'; registries: RegistryStatus[] }

/** Reads an identifier as somebody wrote it. Throws `identifier_invalid` with the rule, never the value. */
export function readStated(stated: Identifier, pointer: string): Identifier {
  const read = readIdentifier(stated.type, stated.issuer, stated.value)
  if (read.outcome === 'ok') return read.identifier
  const reason =
    read.outcome === 'invalid'
      ? { rule: read.rule, message: read.message }
      : {
          rule: read.outcome,
          message: 'This is a filler value that belongs to nobody. Ask with the number on the document.',
        }
  throw new HubError('identifier_invalid', { reasons: [{ pointer, ...reason }] })
}

export const makeLookup =
  (needs: Needs, permit: Permit, registries: Registries) =>
  async (query: LookupQuery, asker: Asker): Promise<LookupAnswer> => {
    const permission = await permit(asker)
    const identifier = readStated(query.identifier, '/identifier/value')
    const refreshed: Refreshed = query.refresh ? await refresh(needs, permission.registries, identifier) : new Map()
    // Only the index keys of agreed registries are used, so that a person of others cannot be found at all.
    const hashes = permission.registries.map((registry) => identifierHash(needs.keys, registry, identifier))
    const [document, second] = await findByIdentifier(
      needs.db,
      needs.keys,
      hashes,
      permission.registries,
      permission.fields,
    )
    const status = (holders: readonly string[]) => registries.status(permission, holders, refreshed)
    if (second) {
      await disclose(needs, asker, permission, 'conflict', [])
      throw new HubError('identifier_conflict')
    }
    if (!document) {
      const statuses = await status([])
      await disclose(needs, asker, permission, 'none', [])
      return { outcome: 'none', registries: statuses }
    }
    const beneficiary = toBeneficiary(document, permission, await status(document.registries))
    await disclose(needs, asker, permission, 'shown', [document.person])
    return { outcome: 'match', beneficiary }
  }
