/** The blind index of identifiers: which records state a number, by a keyed hash of it. */
import { copyBinary, uuid } from './binary.ts'
import type { Keys } from './keys.ts'
import type { Queryable } from './pool.ts'
import { identifierHash, type StoredRecord } from './records.ts'

type Row = { hash: Buffer; record: string }

/** Indexes records' identifiers, differences only. `known`: those of the records that may be indexed already. */
export async function putIdentifiers(
  tx: Queryable,
  keys: Keys,
  records: readonly StoredRecord[],
  known: readonly string[],
): Promise<void> {
  const pairs = records.flatMap(({ id, record: { registry, identifiers } }) => {
    const each = new Map(identifiers.map((one) => [`${one.type} ${one.issuer}:${one.value}`, one]))
    return [...each.values()].map((identifier) => ({ record: id, hash: identifierHash(keys, registry, identifier) }))
  })
  const nameOf = ({ record, hash }: Row) => `${record} ${hash.toString('hex')}`
  const written =
    known.length > 0
      ? await tx.query<Row>('select hash, record from identifier where record = any($1)', [known], 'identifiers_held')
      : []
  const before = new Set(written.map(nameOf))
  const now = new Set(pairs.map(nameOf))
  const gone = written.filter((row) => !now.has(nameOf(row)))
  if (gone.length > 0)
    await tx.query(
      `delete from identifier i using unnest($1::bytea[], $2::uuid[]) as row (hash, record)
       where i.hash = row.hash and i.record = row.record`,
      [gone.map((row) => row.hash), gone.map((row) => row.record)],
    )
  const added = before.size > 0 ? pairs.filter((row) => !before.has(nameOf(row))) : pairs
  await copyBinary(tx, 'identifier', ['hash', 'record'], added, ({ hash, record }) => [hash, uuid(record)])
}
