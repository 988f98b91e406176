/** What deliveries looked like as a whole: counts only. */
import { newId } from './ids.ts'
import type { Queryable } from './pool.ts'

export type ProfileState = 'taken' | 'held' | 'released'
export type ProfileRow<Profile = unknown, Reason = unknown> = {
  registry: string
  /** The kind of list, such as `member`. */
  stream: string
  run: string
  taken_at: Date
  state: ProfileState
  /** The deliveries that it counts, such as file names. */
  lists: string[]
  profile: Profile
  reasons: Reason[]
}

export const putProfiles = (tx: Queryable, rows: readonly ProfileRow[]) =>
  tx.query(
    `insert into registry_profile (id, registry, stream, run, taken_at, state, lists, profile, reasons)
     select id, registry, stream, run, taken_at, state, array(select jsonb_array_elements_text(lists)), profile, reasons
     from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::timestamptz[], $6::text[], $7::jsonb[], $8::jsonb[], $9::jsonb[])
       as row (id, registry, stream, run, taken_at, state, lists, profile, reasons)`,
    [
      rows.map(() => newId()),
      rows.map((row) => row.registry),
      rows.map((row) => row.stream),
      rows.map((row) => row.run),
      rows.map((row) => row.taken_at),
      rows.map((row) => row.state),
      rows.map((row) => JSON.stringify(row.lists)),
      rows.map((row) => JSON.stringify(row.profile)),
      rows.map((row) => JSON.stringify(row.reasons)),
    ],
  )

const columns = 'p.registry, p.stream, p.run, p.taken_at, p.state, p.lists, p.profile, p.reasons'

/** Those of one run: it looked its deliveries through before, if there are any. */
export const profilesOfRun = (db: Queryable, run: string) =>
  db.query<ProfileRow>(`select ${columns} from registry_profile p where p.run = $1`, [run])

/** The last deliveries of a registry that were taken in whole, the newest first, `each` of a kind of list. */
export const lastProfiles = (db: Queryable, registry: string, at: Date, each: number) =>
  db.query<ProfileRow>(
    `select ${columns.replaceAll('p.', '')} from (
       select p.*, row_number() over (partition by p.stream order by p.id desc) as place
       from registry_profile p join sync_run s on s.id = p.run and s.status = 'succeeded' and s.finished_at <= $2
       where p.registry = $1 and p.state <> 'held'
     ) recent where place <= $3 order by stream, place`,
    [registry, at, each],
  )

/** Deliveries that were held back, the last of each kind of list, where none of that kind was taken in since. */
export const heldProfiles = (db: Queryable, registry: string, at: Date) =>
  db.query<ProfileRow>(
    `select distinct on (p.stream) ${columns} from registry_profile p
     where p.registry = $1 and p.state = 'held' and p.taken_at <= $2 and not exists (
       select from registry_profile later where later.registry = p.registry and later.stream = p.stream
         and later.id > p.id and later.state <> 'held' and later.taken_at <= $2)
     order by p.stream, p.id desc`,
    [registry, at],
  )

/** How many of these records the hub holds and believes to be listed. */
export const countHeld = async (db: Queryable, registry: string, keys: readonly Buffer[]): Promise<number> =>
  (
    await db.query<{ count: number }>(
      'select count(*)::int as count from source_record where registry = $1 and source_key = any($2) and absent_since is null',
      [registry, keys],
    )
  )[0]?.count ?? 0

/** How many records of a stream the hub believes to be listed; nothing for a list that is being read, as half of it has been seen. */
export const countListed = async (db: Queryable, registry: string, streams: readonly string[]) =>
  new Map(
    (
      await db.query<{ stream: string; count: number }>(
        `select r.stream, count(*)::int as count from source_record r
         where r.registry = $1 and r.stream = any($2) and r.absent_since is null
           and not exists (select from listing l where l.registry = r.registry and l.stream = r.stream)
         group by r.stream`,
        [registry, streams],
      )
    ).map(({ stream, count }) => [stream, count]),
  )
