/** Dossiers of people as they were known at the run's instant. */
import type { Dossier, DossierRecord } from '../../reconciliation/dossier.ts'
import type { Keys } from '../../store/keys.ts'
import type { Queryable } from '../../store/pool.ts'
import { type KnownRow, openKnown, recordsKnown } from '../../store/reconciliation/dossiers.ts'

/** A person's dossier, or undefined where a record of hers does not open: nothing is told of half a dossier. */
export type Read = { readonly person: string; readonly dossier: Dossier | undefined; readonly records: number }

/** Reads people's dossiers, in the order of their ids; opened one by one as they are asked for, so that few stand open at once. */
export async function readDossiers(
  db: Queryable,
  keys: Keys,
  knownAt: Date,
  persons: readonly string[],
): Promise<Iterable<Read>> {
  return opened(keys, await recordsKnown(db, knownAt, persons))
}

function* opened(keys: Keys, rows: readonly KnownRow[]): Generator<Read> {
  for (let from = 0; from < rows.length; ) {
    const person = rows[from]?.person ?? ''
    let until = from + 1
    while (rows[until]?.person === person) until += 1
    yield { person, dossier: open(keys, person, rows.slice(from, until)), records: until - from }
    from = until
  }
}

function open(keys: Keys, person: string, rows: readonly KnownRow[]): Dossier | undefined {
  try {
    const records = rows.map((row): DossierRecord => {
      const record = openKnown(keys, row)
      return { id: row.id, version: row.version, registry: record.registry, absent: row.absent, record }
    })
    return { person, records: records.sort(inOrder) }
  } catch {
    return undefined
  }
}

const inOrder = (one: DossierRecord, other: DossierRecord): number =>
  order(one.registry, other.registry) || order(one.record.stream, other.record.stream) || order(one.id, other.id)
const order = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0)
