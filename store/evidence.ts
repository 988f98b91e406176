/** What is compared about records, as they were last resolved: short sealed texts beside the records. */
import { bytesArray, copyBinary, uuid } from './binary.ts'
import type { Keys } from './keys.ts'
import type { Queryable } from './pool.ts'
import { seal, unseal } from './seal.ts'

export type SealedEvidence = { readonly record: string; readonly sealed: Buffer }

const context = (record: string) => ({ table: 'evidence', row: record, column: 'sealed' })

/** Of records that were resolved since there is evidence; the others are left out. Equal bytes are equal texts. */
export const readEvidence = (db: Queryable, records: readonly string[]) =>
  db.query<SealedEvidence>('select record, sealed from evidence where record = any($1)', [records], 'evidence_read')

export const openEvidence = (keys: Keys, { record, sealed }: SealedEvidence): string =>
  unseal(keys, context(record), sealed).toString()

/** Writes evidence. `known`: those of the records that have some already. */
export async function putEvidence(
  tx: Queryable,
  keys: Keys,
  rows: readonly { id: string; text: string }[],
  known: ReadonlySet<string>,
): Promise<void> {
  const sealed = ({ id, text }: { id: string; text: string }) => seal(keys, context(id), text)
  const added = rows.filter(({ id }) => !known.has(id))
  const changed = rows.filter(({ id }) => known.has(id))
  await copyBinary(tx, 'evidence', ['record', 'sealed'], added, (row) => [uuid(row.id), sealed(row)])
  if (changed.length === 0) return
  await tx.query(
    `update evidence e set sealed = row.sealed from unnest($1::uuid[], $2::bytea[]) as row (record, sealed)
     where e.record = row.record`,
    [changed.map(({ id }) => id), bytesArray(changed.map(sealed))],
  )
}
