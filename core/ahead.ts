/**
 * What is made ready about changed records before the persons' lock is held, while others write under it: they are opened, and those
 * that are new are prepared and their keys hashed. Nothing of it depends on anything but the record's own version.
 */
import { partedKeys } from '../linkage/blocking.ts'
import { type Prepared, prepare } from '../linkage/features.ts'
import { previewOf } from '../linkage/preview.ts'
import { toLinkRecord } from '../linkage/record.ts'
import { hashBlockingKeys, type KeyedRecord } from '../store/blocking.ts'
import { peek } from '../store/outbox.ts'
import type { Queryable } from '../store/pool.ts'
import { readRecords, readStates, type SentRecord } from '../store/records.ts'
import type { Needs } from './needs.ts'

/** Records' keys, as they are stored and asked for. */
export type Keyed = KeyedRecord & { readonly prepared: Prepared }
/** By id; `keyed` of those that were never resolved. */
export type Ready = ReadonlyMap<string, { readonly sent: SentRecord; readonly keyed?: Keyed }>
/** `last`: the last row of the outbox that was looked at. */
export type Ahead = { readonly ready: Ready; readonly last?: string | undefined }

/** Outbox rows taken in one transaction: a page or two of records, so that it stays short. */
export const rowsAtOnce = 2

export const keyOf = ({ keys }: Needs, prepared: Prepared): Keyed => ({
  id: prepared.id,
  keys: hashBlockingKeys(keys, partedKeys(prepared)),
  preview: previewOf(prepared),
  prepared,
})

/** Makes the next rows of the outbox ready, behind those of another look. Whatever goes wrong is left to who has to do the work. */
export async function lookAhead(needs: Needs, before?: Ahead): Promise<Ahead> {
  try {
    const rows = await peek(needs.db, 'resolve', before?.last, rowsAtOnce)
    const ids = [...new Set(rows.flatMap(({ records }) => records))]
    const sent = ids.length > 0 ? await readRecords(needs.db, needs.keys, ids) : []
    return { ready: new Map(sent.map((one) => [one.id, makeReady(needs, one)])), last: rows.at(-1)?.id ?? before?.last }
  } catch {
    return { ready: new Map() }
  }
}

/** Who was resolved before may say what was said before: whether anything has to be compared is told under the lock. */
const makeReady = (needs: Needs, sent: SentRecord) =>
  sent.resolvedVersion > 0 ? { sent } : { sent, keyed: keyOf(needs, prepare(toLinkRecord(sent.id, sent.record))) }

/** The records as they are now; those that are what they were when they were read ahead need not be opened again. */
export async function readNow(
  { keys }: Needs,
  tx: Queryable,
  ids: readonly string[],
  ready: Ready,
): Promise<SentRecord[]> {
  if (ready.size === 0) return readRecords(tx, keys, ids)
  const current = (await readStates(tx, ids)).flatMap(({ id, version, ...state }) => {
    const sent = ready.get(id)?.sent
    return sent?.version === version ? [{ ...sent, ...state }] : []
  })
  const known = new Set(current.map(({ id }) => id))
  const others = ids.filter((id) => !known.has(id))
  return others.length > 0 ? [...current, ...(await readRecords(tx, keys, others))] : current
}

/** The keys that were made ready of these records, by id. */
export const keyedOf = (changed: readonly SentRecord[], ready: Ready): ReadonlyMap<string, Keyed> =>
  new Map(
    changed.flatMap(({ id, version }) => {
      const { sent, keyed } = ready.get(id) ?? {}
      return keyed && sent?.version === version ? [[id, keyed]] : []
    }),
  )
