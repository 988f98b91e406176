/**
 * The records that a run of resolving looks at. Full records live for one transaction; of candidates only the evidence is opened, and
 * its prepared form, which is what strangers with common names are compared by again and again, is kept from one to the next.
 */
import { unpackEvidence } from '../../linkage/evidence.ts'
import { type Prepared, prepare } from '../../linkage/features.ts'
import { toLinkRecord } from '../../linkage/record.ts'
import { openEvidence, readEvidence } from '../../store/evidence.ts'
import type { Queryable } from '../../store/pool.ts'
import { readResolved, type StoredRecord } from '../../store/records.ts'
import type { Needs } from '../needs.ts'
import type { Pause } from './pause.ts'

export type Book = {
  /** The records with these ids, unknown ones left out; asks the database for those it has not met. */
  readonly read: (ids: readonly string[]) => Promise<StoredRecord[]>
  /** The same records as the engine compares them. */
  readonly prepare: (ids: readonly string[]) => Promise<ReadonlyMap<string, Prepared>>
  readonly pause: Pause | undefined
}

/** Prepared records by id, with the sealed evidence that they were made of: other bytes are another version. */
export type PreparedCache = Map<string, { readonly sealed: Buffer; readonly prepared: Prepared }>

/** Enough for a list whose people come again and again; more of them only keeps the collector busy. */
const mostPrepared = 4_000

/** A millisecond's work, or two. */
const openedAtOnce = 24

/**
 * `changed`: the records that are being resolved, as their registries last sent them; all others are read as they were resolved.
 * `made`: those of them that were prepared before. `pause`: for who has time.
 */
export function makeBook(
  { keys }: Needs,
  tx: Queryable,
  changed: readonly StoredRecord[],
  cache: PreparedCache,
  made: ReadonlyMap<string, { readonly prepared: Prepared }> = new Map(),
  pause?: Pause,
): Book {
  const known = new Map(changed.map((stored) => [stored.id, stored]))
  const ready = new Map([...made].map(([id, { prepared }]) => [id, prepared]))

  async function read(ids: readonly string[]): Promise<StoredRecord[]> {
    const wanted = [...new Set(ids)]
    const missing = wanted.filter((id) => !known.has(id))
    if (missing.length > 0) for (const stored of await readResolved(tx, keys, missing)) known.set(stored.id, stored)
    return wanted.flatMap((id) => known.get(id) ?? [])
  }

  async function prepareAll(ids: readonly string[]): Promise<ReadonlyMap<string, Prepared>> {
    const wanted = [...new Set(ids)].filter((id) => !ready.has(id))
    let opened = 0
    const unmet = wanted.filter((id) => !known.has(id))
    for (const evidence of unmet.length > 0 ? await readEvidence(tx, unmet) : []) {
      const { record: id, sealed } = evidence
      const cached = cache.get(id)
      const same = cached?.sealed.equals(sealed) ? cached.prepared : undefined
      const unpacked = same ? undefined : unpackEvidence(id, openEvidence(keys, evidence))
      const prepared = same ?? (unpacked && prepare(unpacked))
      if (!prepared) continue
      if (!same) cache.set(id, { sealed, prepared })
      ready.set(id, prepared)
      if (!same && ++opened % openedAtOnce === 0) await pause?.()
    }
    forgetOldest(cache)
    // Those that are being resolved, and those whose evidence was not kept, or in another format.
    for (const { id, record } of await read(wanted.filter((id) => !ready.has(id))))
      ready.set(id, prepare(toLinkRecord(id, record)))
    return ready
  }
  return { read, prepare: prepareAll, pause }
}

/** Half of them at once: to look for the first of a map is slow when many before it are gone. */
function forgetOldest(cache: PreparedCache): void {
  if (cache.size <= mostPrepared) return
  let left = cache.size - mostPrepared / 2
  for (const id of cache.keys()) {
    if (left-- <= 0) break
    cache.delete(id)
  }
}
