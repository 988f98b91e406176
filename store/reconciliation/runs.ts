/** Reconciliation runs: what was asked for, how far it is, what it came to. */
import { newId } from '../ids.ts'
import type { Queryable } from '../pool.ts'

export type RunKind = 'live' | 'as-of' | 'trial'
export type Phase = 'plan' | 'people' | 'groups' | 'settle' | 'done'
export type ReconciliationRow = {
  id: string
  kind: RunKind
  status: 'queued' | 'running' | 'succeeded' | 'failed'
  /** YYYY-MM-DD. */
  as_of: string
  known_at: Date | null
  settings: unknown
  rules: string
  before: string | null
  phase: Phase
  queued_at: Date
  started_at: Date | null
  finished_at: Date | null
  totals: unknown
  problem: string | null
}

const columns =
  'id, kind, status, as_of, known_at, settings, rules, before, phase, queued_at, started_at, finished_at, totals, problem'

export type NewRun = Pick<ReconciliationRow, 'kind' | 'as_of' | 'known_at' | 'settings' | 'rules' | 'before'> & {
  /** The client that asked for it over the API; null for the night and the command line. */
  client: string | null
}

/**
 * Queues a run. Of live ones there is one at a time: while it is under way, this answers that one. Of trials and past nights each
 * client has one at a time: while it is under way, this answers undefined.
 */
export async function queueReconciliation(
  tx: Queryable,
  run: NewRun,
  at: Date,
): Promise<ReconciliationRow | undefined> {
  const [made] = await tx.query<ReconciliationRow>(
    `insert into reconciliation_run (id, kind, status, as_of, known_at, settings, rules, before, phase, queued_at, client)
     values ($1, $2, 'queued', $3, $4, $5, $6, $7, 'plan', $8, $9) on conflict do nothing returning ${columns}`,
    [newId(), run.kind, run.as_of, run.known_at, JSON.stringify(run.settings), run.rules, run.before, at, run.client],
  )
  if (made || run.kind !== 'live') return made
  const row = await openLiveRun(tx)
  if (!row) throw new Error('a reconciliation run vanished in its own transaction')
  return row
}

/** The live run that is queued or running. */
export const openLiveRun = async (db: Queryable) =>
  (
    await db.query<ReconciliationRow>(
      `select ${columns} from reconciliation_run where kind = 'live' and status in ('queued', 'running')`,
    )
  )[0]

export const readReconciliation = async (db: Queryable, id: string) =>
  (await db.query<ReconciliationRow>(`select ${columns} from reconciliation_run where id = $1`, [id]))[0]

/** The run, held for the one transaction that moves it on. */
export const holdReconciliation = async (tx: Queryable, id: string) =>
  (await tx.query<ReconciliationRow>(`select ${columns} from reconciliation_run where id = $1 for update`, [id]))[0]

/** The newest first; `kind` alone when it is told. */
export const listReconciliations = (
  db: Queryable,
  page: { before: string | null; limit: number; kind?: RunKind | undefined },
) =>
  db.query<ReconciliationRow>(
    `select ${columns} from reconciliation_run where ($1::uuid is null or id < $1) and ($3::text is null or kind = $3)
     order by id desc limit $2`,
    [page.before, page.limit, page.kind ?? null],
  )

/** The last live run that came to its end, of those that saw no later facts than `knownBy`. */
export const lastLiveRun = async (db: Queryable, knownBy: Date | null = null) =>
  (
    await db.query<ReconciliationRow>(
      `select ${columns} from reconciliation_run
       where kind = 'live' and status = 'succeeded' and ($1::timestamptz is null or known_at <= $1) order by id desc limit 1`,
      [knownBy],
    )
  )[0]

/** Trials and past nights that have not ended. */
export const countBesideLive = async (db: Queryable): Promise<number> =>
  (
    await db.query<{ count: number }>(
      `select count(*)::int as count from reconciliation_run where kind <> 'live' and status in ('queued', 'running')`,
    )
  )[0]?.count ?? 0

/** Whether a worker was heard of that began the run, or had a slice of it, since then. */
export const isCarriedOn = async (db: Queryable, id: string, since: Date): Promise<boolean> =>
  (
    await db.query(
      `select from reconciliation_run r where id = $1 and (started_at >= $2 or exists
         (select from reconciliation_slice s where s.run = r.id and s.beat_at >= $2))`,
      [id, since],
    )
  ).length === 1

/** Live runs since then: how many failed, and whether there is one that did not. */
export const liveSince = async (db: Queryable, since: Date): Promise<{ failed: number; others: number }> =>
  (
    await db.query<{ failed: number; others: number }>(
      `select (count(*) filter (where status = 'failed'))::int as failed,
         (count(*) filter (where status <> 'failed'))::int as others
       from reconciliation_run where kind = 'live' and queued_at >= $1`,
      [since],
    )
  )[0] ?? { failed: 0, others: 0 }

/** The first worker starts the run and says which instant's facts it sees, and by which rules; every later one is told. */
export const startReconciliation = (
  tx: Queryable,
  id: string,
  { knownAt, rules, at }: { knownAt: Date; rules: string; at: Date },
) =>
  tx.query(
    `update reconciliation_run set status = 'running', known_at = coalesce(known_at, $2), started_at = coalesce(started_at, $3),
       rules = case when status = 'queued' then $4 else rules end
     where id = $1 and status in ('queued', 'running')`,
    [id, knownAt, at, rules],
  )

export const openPhase = (tx: Queryable, id: string, phase: Phase) =>
  tx.query('update reconciliation_run set phase = $2 where id = $1', [id, phase])

export const finishReconciliation = (
  tx: Queryable,
  id: string,
  end: { status: 'succeeded' | 'failed'; totals: unknown; problem: string | null; at: Date },
) =>
  tx.query(
    `update reconciliation_run set status = $2, phase = 'done', totals = $3, problem = $4, finished_at = $5
     where id = $1 and status in ('queued', 'running')`,
    [id, end.status, end.totals === null ? null : JSON.stringify(end.totals), end.problem, end.at],
  )

/** Runs that wait for a worker: queued since `before`, or running while nobody who has a slice of it was heard of since then. */
export const strandedReconciliations = async (db: Queryable, before: Date) =>
  (
    await db.query<{ id: string }>(
      `select id from reconciliation_run r where status in ('queued', 'running') and queued_at < $1 and not exists
         (select from reconciliation_slice s where s.run = r.id and s.done_at is null and s.beat_at >= $1) order by id`,
      [before],
    )
  ).map((row) => row.id)
