/** Runs that compare every record anew: where each stands, so that one that was ended goes on there. */
import { newId } from './ids.ts'
import type { Queryable } from './pool.ts'

export type RelinkRun = {
  id: string
  position: string | null
  /** Records compared, decisions written or taken back, records that changed their person. */
  done: number
  decisions: number
  moved: number
  /** Records that could not be compared and were stepped over; they count as done. */
  failed: number
}

const columns =
  'id, position, done::float8 as done, decisions::float8 as decisions, moved::float8 as moved, failed::float8 as failed'

/** The unfinished run of this model, or a new one. Unfinished runs of other models are given up. */
export async function openRelink(tx: Queryable, model: string, at: Date): Promise<RelinkRun> {
  await tx.query('delete from relink_run where finished_at is null and model <> $1', [model])
  await tx.query(
    `insert into relink_run (id, model, started_at) values ($1, $2, $3)
     on conflict (model) where finished_at is null do nothing`,
    [newId(), model, at],
  )
  const [run] = await tx.query<RelinkRun>(
    `select ${columns} from relink_run where model = $1 and finished_at is null`,
    [model],
  )
  if (!run) throw new Error('a relink run vanished in its own transaction')
  return run
}

/** The run as it stands, for the one transaction that moves it on; undefined when it has ended. */
export const holdRelink = async (tx: Queryable, id: string) =>
  (
    await tx.query<RelinkRun>(`select ${columns} from relink_run where id = $1 and finished_at is null for update`, [
      id,
    ])
  )[0]

/** The run when it has ended; undefined when it was given up for another model's. */
export const finishedRelink = async (db: Queryable, id: string) =>
  (await db.query<RelinkRun>(`select ${columns} from relink_run where id = $1 and finished_at is not null`, [id]))[0]

export const moveRelink = (tx: Queryable, run: RelinkRun) =>
  tx.query('update relink_run set position = $2, done = $3, decisions = $4, moved = $5, failed = $6 where id = $1', [
    run.id,
    run.position,
    run.done,
    run.decisions,
    run.moved,
    run.failed,
  ])

export const finishRelink = (tx: Queryable, id: string, at: Date) =>
  tx.query('update relink_run set finished_at = $2 where id = $1', [id, at])

/** Records that were resolved before, in the order of their ids, after `position`. */
export const resolvedAfter = async (db: Queryable, position: string | null, limit: number): Promise<string[]> =>
  (
    await db.query<{ id: string }>(
      `select id from source_record where ($1::uuid is null or id > $1) and resolved_version > 0 order by id limit $2`,
      [position, limit],
    )
  ).map((row) => row.id)

export const countResolved = async (db: Queryable): Promise<number> =>
  (
    await db.query<{ count: number }>('select count(*)::float8 as count from source_record where resolved_version > 0')
  )[0]?.count ?? 0
