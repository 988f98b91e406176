/** The blind index of identifiers: which records state a number, by a keyed hash of it. */
import { copyRows } from './copy.ts'
import type { Keys } from './keys.ts'
import type { Queryable } from './pool.ts'
import { identifierHash, type StoredRecord } from './records.ts'

/** Indexes records' identifiers. `replacing`: those of the records that may be indexed already. */
export async function putIdentifiers(
  tx: Queryable,
  keys: Keys,
  records: readonly StoredRecord[],
  replacing: readonly string[],
): Promise<void> {
  if (replacing.length > 0) await tx.query('delete from identifier where record = any($1)', [replacing])
  const pairs = records.flatMap(({ id, record: { registry, identifiers } }) => {
    const each = new Map(identifiers.map((one) => [`${one.type} ${one.issuer}:${one.value}`, one]))
    return [...each.values()].map((identifier) => ({ id, registry, identifier }))
  })
  await copyRows(tx, 'identifier', 'hash, record', pairs, ({ id, registry, identifier }) => [
    identifierHash(keys, registry, identifier),
    id,
  ])
}
