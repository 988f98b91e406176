/** Slices of a run: each is taken by one worker at a time, and done again from its beginning when that one died. */
import { copyRows } from '../copy.ts'
import type { Queryable } from '../pool.ts'

export type SlicePhase = 'people' | 'groups' | 'settle'
export type Slice = { seq: number; lower: Buffer; upper: Buffer | null }
type Place = { run: string; phase: SlicePhase }
export type Held = Place & { seq: number; lease: string }

export const addSlices = (tx: Queryable, { run, phase }: Place, slices: readonly Slice[]) =>
  copyRows(tx, 'reconciliation_slice', 'run, phase, seq, lower, upper', slices, ({ seq, lower, upper }) => [
    run,
    phase,
    seq,
    lower,
    upper,
  ])

/** Takes the next slice that nobody has, or whose worker was not heard of since `quietSince`; none of a run that has ended. */
export const claimSlice = async (
  db: Queryable,
  { run, phase }: Place,
  lease: string,
  at: Date,
  quietSince: Date,
): Promise<Slice | undefined> =>
  (
    await db.query<Slice>(
      `update reconciliation_slice set lease = $3, beat_at = $4
       where run = $1 and phase = $2 and done_at is null and seq =
         (select seq from reconciliation_slice
          where run = $1 and phase = $2 and done_at is null and (lease is null or beat_at < $5)
            and exists (select from reconciliation_run where id = $1 and status = 'running')
          order by seq limit 1 for update skip locked)
       returning seq, lower, upper`,
      [run, phase, lease, at, quietSince],
      'slice_claim',
    )
  )[0]

/** Says that the worker is alive; false when another one has the slice. In a transaction, nobody else takes it until that ends. */
export const beatSlice = async (db: Queryable, { run, phase, seq, lease }: Held, at: Date): Promise<boolean> =>
  (
    await db.query(
      `update reconciliation_slice set beat_at = $5
       where run = $1 and phase = $2 and seq = $3 and lease = $4 and done_at is null returning seq`,
      [run, phase, seq, lease, at],
    )
  ).length === 1

/** Gives a slice back, for whoever comes next. */
export const releaseSlice = (db: Queryable, { run, phase, seq, lease }: Held) =>
  db.query(
    `update reconciliation_slice set lease = null
     where run = $1 and phase = $2 and seq = $3 and lease = $4 and done_at is null`,
    [run, phase, seq, lease],
  )

/** What a slice came to; ends with the transaction that wrote what it found. */
export type Done = { subjects: number; found: number; counts: unknown; at: Date }

/** Ends a slice that the transaction holds; see beatSlice. */
export const finishSlice = (tx: Queryable, { run, phase, seq, lease }: Held, done: Done) =>
  tx.query(
    `update reconciliation_slice set done_at = $5, subjects = $6, found = $7, counts = $8
     where run = $1 and phase = $2 and seq = $3 and lease = $4 and done_at is null`,
    [run, phase, seq, lease, done.at, done.subjects, done.found, JSON.stringify(done.counts)],
  )

/** How many slices of a phase there are, and how many are done. */
export const sliceProgress = async (db: Queryable, { run, phase }: Place) =>
  (
    await db.query<{ done: number; total: number }>(
      `select (count(*) filter (where done_at is not null))::int as done, count(*)::int as total
       from reconciliation_slice where run = $1 and phase = $2`,
      [run, phase],
    )
  )[0] ?? { done: 0, total: 0 }

/** What the slices of a phase came to, in their order. */
export const doneSlices = (db: Queryable, { run, phase }: Place) =>
  db.query<{ subjects: number; found: number; counts: unknown }>(
    `select subjects::float8 as subjects, found::float8 as found, counts from reconciliation_slice
     where run = $1 and phase = $2 and done_at is not null order by seq`,
    [run, phase],
  )

/** Forgets some slices of runs that ended before `before`: their counts stand in the run. Answers how many. */
export const forgetSlices = async (db: Queryable, before: Date, limit: number): Promise<number> =>
  (
    await db.query(
      `delete from reconciliation_slice where ctid = any(array(
         select s.ctid from reconciliation_slice s join reconciliation_run r on r.id = s.run where r.finished_at < $1 limit $2))
       returning 1`,
      [before, limit],
    )
  ).length
