/**
 * The records that a run of resolving looks at. Full records live for one transaction; their prepared form, which is what
 * strangers with common names are compared by again and again, is kept from one to the next as long as the version stands.
 */
import { type Prepared, prepare } from '../linkage/features.ts'
import { toLinkRecord } from '../linkage/record.ts'
import type { Queryable } from '../store/pool.ts'
import { readResolved, resolvedVersions, type StoredRecord } from '../store/records.ts'
import type { Needs } from './needs.ts'

export type Book = {
  /** The records with these ids, unknown ones left out; asks the database for those it has not met. */
  readonly read: (ids: readonly string[]) => Promise<StoredRecord[]>
  /** The same records as the engine compares them. */
  readonly prepare: (ids: readonly string[]) => Promise<ReadonlyMap<string, Prepared>>
}

/** Prepared records by id, the last used last. Another process may have changed a record, so a version is asked for. */
export type PreparedCache = Map<string, { readonly version: number; readonly prepared: Prepared }>

/** Some fifty megabytes. */
const mostPrepared = 20_000

/** `changed`: the records that are being resolved, as their registries last sent them; all others are read as they were resolved. */
export function makeBook({ keys }: Needs, tx: Queryable, changed: readonly StoredRecord[], cache: PreparedCache): Book {
  const known = new Map(changed.map((stored) => [stored.id, stored]))
  const ready = new Map<string, Prepared>()

  async function read(ids: readonly string[]): Promise<StoredRecord[]> {
    const wanted = [...new Set(ids)]
    const missing = wanted.filter((id) => !known.has(id))
    if (missing.length > 0) for (const stored of await readResolved(tx, keys, missing)) known.set(stored.id, stored)
    return wanted.flatMap((id) => known.get(id) ?? [])
  }

  function keep(id: string, version: number, prepared: Prepared): void {
    ready.set(id, prepared)
    cache.delete(id)
    cache.set(id, { version, prepared })
    if (cache.size <= mostPrepared) return
    for (const oldest of cache.keys()) return void cache.delete(oldest)
  }

  async function prepareAll(ids: readonly string[]): Promise<ReadonlyMap<string, Prepared>> {
    const wanted = [...new Set(ids)].filter((id) => !ready.has(id))
    const asked = wanted.filter((id) => !known.has(id) && cache.has(id))
    for (const { id, version } of asked.length > 0 ? await resolvedVersions(tx, asked) : []) {
      const cached = cache.get(id)
      if (cached?.version === version) keep(id, version, cached.prepared)
    }
    for (const { id, version, record } of await read(wanted.filter((id) => !ready.has(id))))
      keep(id, version, prepare(toLinkRecord(id, record)))
    return ready
  }
  return { read, prepare: prepareAll }
}
