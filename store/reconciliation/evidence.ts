/** Records at the versions that a finding rests on. */
import type { SourceRecord } from '../../schemas/contract.ts'
import type { Keys } from '../keys.ts'
import type { Queryable } from '../pool.ts'
import { recordContext } from '../records.ts'
import { unseal } from '../seal.ts'

export type RecordVersion = { id: string; version: number }

/** Versions by id, in no particular order; what is not there is left out. */
export const readVersions = async (db: Queryable, keys: Keys, wanted: readonly RecordVersion[]) =>
  (
    await db.query<RecordVersion & { sealed: Buffer }>(
      `with wanted as (select distinct id, version from unnest($1::uuid[], $2::int[]) as one (id, version))
       select r.id, r.version, r.sealed from wanted join source_record r using (id, version)
       union all
       select w.id, w.version, v.sealed from wanted w
         join source_record_version v on v.record = w.id and v.version = w.version`,
      [wanted.map(({ id }) => id), wanted.map(({ version }) => version)],
    )
  ).map(({ id, version, sealed }) => ({
    id,
    version,
    record: JSON.parse(unseal(keys, recordContext(id, version), sealed).toString()) as SourceRecord,
  }))
