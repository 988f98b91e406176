/** Sync runs and checkpoints: Postgres is the ledger, a queue only wakes somebody up. */
import { newId } from './ids.ts'
import type { Queryable } from './pool.ts'

export type RunStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'held'
export type RunRow = {
  id: string
  registry: string
  status: RunStatus
  file: string | null
  despite_drift: boolean
  queued_at: Date
  started_at: Date | null
  finished_at: Date | null
  done: number
  total: number | null
  read: number
  added: number
  changed: number
  unchanged: number
  rejected: number
  absent: number
  problem: string | null
}
export type Counts = {
  read: number
  added: number
  changed: number
  unchanged: number
  rejected: number
  absent: number
}

const columns = `id, registry, status, file, despite_drift, queued_at, started_at, finished_at, done::float8 as done, total::float8 as total,
  read::float8 as read, added::float8 as added, changed::float8 as changed, unchanged::float8 as unchanged,
  rejected::float8 as rejected, absent::float8 as absent, problem`

/** Queues a run, unless one of this registry is queued or running: then answers that one. */
export async function queueRun(tx: Queryable, registry: string, file: string | null, despiteDrift: boolean, at: Date) {
  const [made] = await tx.query<RunRow>(
    `insert into sync_run (id, registry, status, file, despite_drift, queued_at) values ($1, $2, 'queued', $3, $4, $5)
     on conflict (registry) where status in ('queued', 'running') do nothing returning ${columns}`,
    [newId(), registry, file, despiteDrift, at],
  )
  if (made) return { run: made, fresh: true }
  const [running] = await tx.query<RunRow>(
    `select ${columns} from sync_run where registry = $1 and status in ('queued', 'running')`,
    [registry],
  )
  return running ? { run: running, fresh: false } : undefined
}

/**
 * Takes a run over: only the holder of the newest lease may write pages. A run whose holder died is taken over as it stands.
 * Undefined when the run has ended, or when its holder was heard of after `quietSince`.
 */
export const leaseRun = async (db: Queryable, id: string, lease: string, at: Date, quietSince: Date) =>
  (
    await db.query<RunRow>(
      `update sync_run set status = 'running', lease = $2, started_at = coalesce(started_at, $3), beat_at = $3
       where id = $1 and (status = 'queued' or (status = 'running' and beat_at < $4)) returning ${columns}`,
      [id, lease, at, quietSince],
    )
  )[0]

/** Adds a page's counts; false when the lease was lost, and then the page must not be committed. */
export const beat = async (
  tx: Queryable,
  run: { id: string; lease: string },
  page: Counts & { done: number | null; total: number | null },
  at: Date,
): Promise<boolean> =>
  (
    await tx.query<{ id: string }>(
      `update sync_run set beat_at = $3, read = read + $4, added = added + $5, changed = changed + $6,
         unchanged = unchanged + $7, rejected = rejected + $8, absent = absent + $9,
         done = coalesce($10, done), total = coalesce($11, total)
       where id = $1 and lease = $2 and status = 'running' returning id`,
      [
        run.id,
        run.lease,
        at,
        page.read,
        page.added,
        page.changed,
        page.unchanged,
        page.rejected,
        page.absent,
        page.done,
        page.total,
      ],
    )
  ).length === 1

/** Ends a run; false when the lease was lost, and then somebody else ends it. */
export const finishRun = async (
  db: Queryable,
  run: { id: string; lease: string },
  status: 'succeeded' | 'failed' | 'held',
  problem: string | null,
  at: Date,
): Promise<boolean> =>
  (
    await db.query(
      `update sync_run set status = $3, problem = $4, finished_at = $5
       where id = $1 and lease = $2 and status = 'running' returning id`,
      [run.id, run.lease, status, problem, at],
    )
  ).length === 1

/** Gives a run back to the queue, for another try later. */
export const requeueRun = (db: Queryable, run: { id: string; lease: string }) =>
  db.query(`update sync_run set status = 'queued', lease = null where id = $1 and lease = $2 and status = 'running'`, [
    run.id,
    run.lease,
  ])

export const readRun = async (db: Queryable, registry: string, id: string) =>
  (await db.query<RunRow>(`select ${columns} from sync_run where registry = $1 and id = $2`, [registry, id]))[0]

export const listRuns = (db: Queryable, registry: string, page: { before: string | null; limit: number }) =>
  db.query<RunRow>(
    `select ${columns} from sync_run where registry = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [registry, page.before, page.limit],
  )

export const lastRuns = (db: Queryable) =>
  db.query<RunRow>(`select distinct on (registry) ${columns} from sync_run order by registry, id desc`)

/** The last sync of a registry that had succeeded at an instant. */
export const lastSucceeded = async (db: Queryable, registry: string, at: Date) =>
  (
    await db.query<{ id: string }>(
      `select id from sync_run where registry = $1 and status = 'succeeded' and finished_at <= $2 order by id desc limit 1`,
      [registry, at],
    )
  )[0]?.id

/** Runs that wait: queued since `before`, or running with a holder not heard of since then. */
export const strandedRuns = async (db: Queryable, before: Date) =>
  (
    await db.query<{ id: string }>(
      `select id from sync_run
       where (status = 'queued' and queued_at < $1) or (status = 'running' and beat_at < $1) order by id`,
      [before],
    )
  ).map((row) => row.id)

export const readCheckpoint = async (db: Queryable, registry: string) =>
  (
    await db.query<{ value: Record<string, unknown> }>('select value from checkpoint where registry = $1', [registry])
  )[0]?.value

export const saveCheckpoint = (tx: Queryable, registry: string, value: unknown, at: Date) =>
  tx.query(
    `insert into checkpoint (registry, value, saved_at) values ($1, $2, $3)
     on conflict (registry) do update set value = excluded.value, saved_at = excluded.saved_at`,
    [registry, JSON.stringify(value), at],
  )

/** Says that the holder is alive; false when the lease was lost. */
export const touchRun = async (db: Queryable, id: string, lease: string, at: Date): Promise<boolean> =>
  (
    await db.query('update sync_run set beat_at = $3 where id = $1 and lease = $2 and status = $4 returning id', [
      id,
      lease,
      at,
      'running',
    ])
  ).length === 1
