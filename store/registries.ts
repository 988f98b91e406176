/** Registries as the hub knows them; secrets and settings of adapters stay in the settings file. */
import type { Queryable } from './pool.ts'

export type RegistryRow = {
  id: string
  title: string
  country: string
  time_zone: string
  schemes: string[]
  stale_after_hours: number
  trust: Record<string, number>
  missing_share: number
  missing_floor: number
  nightly: string
  synced_at: Date | null
}

const columns = `id, title, country, time_zone, schemes, stale_after_hours, trust, missing_share, missing_floor, nightly, synced_at`

export const putRegistry = (db: Queryable, row: Omit<RegistryRow, 'synced_at'>) =>
  db.query(
    `insert into registry (id, title, country, time_zone, schemes, stale_after_hours, trust, missing_share, missing_floor, nightly)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     on conflict (id) do update set title = excluded.title, country = excluded.country, time_zone = excluded.time_zone,
       schemes = excluded.schemes, stale_after_hours = excluded.stale_after_hours, trust = excluded.trust,
       missing_share = excluded.missing_share, missing_floor = excluded.missing_floor, nightly = excluded.nightly`,
    [
      row.id,
      row.title,
      row.country,
      row.time_zone,
      row.schemes,
      row.stale_after_hours,
      JSON.stringify(row.trust),
      row.missing_share,
      row.missing_floor,
      row.nightly,
    ],
  )

export const listRegistries = (db: Queryable) =>
  db.query<RegistryRow>(`select ${columns} from registry order by id`, [], 'registry_list')

export const markSynced = (tx: Queryable, registry: string, at: Date) =>
  tx.query('update registry set synced_at = $2 where id = $1', [registry, at])

/** One writer of a registry's records at a time, until the transaction ends. */
export const lockRegistry = (tx: Queryable, registry: string) =>
  tx.query(`select pg_advisory_xact_lock(hashtextextended('registry:' || $1, 0))`, [registry])
