/** Decisions about pairs of records: the model's, and the stewards', which always win. */
import { copyRows } from './copy.ts'
import type { Queryable } from './pool.ts'

/** What follows from a decision; the rest says why. */
export type Verdict = {
  a: string
  b: string
  outcome: 'link' | 'review' | 'distinct'
  weight: number
  made_by: string
}
export type DecisionRow = Verdict & { probability: number; parts: unknown; model: string }

const columns = ['a', 'b', 'outcome', 'weight', 'probability', 'parts', 'model', 'made_by'] as const

/**
 * Replaces the model's decisions about the records that were decided about before; a steward's word on a pair is left as it is.
 * `fresh`: records that nobody can have decided about yet.
 */
export async function putDecisions(
  tx: Queryable,
  before: readonly string[],
  rows: readonly DecisionRow[],
  fresh: ReadonlySet<string>,
  at: Date,
): Promise<void> {
  if (before.length > 0)
    await tx.query(`delete from decision where made_by = 'model' and (a = any($1) or b = any($1))`, [before])
  const isNew = ({ a, b }: DecisionRow) => fresh.has(a) || fresh.has(b)
  await copyRows(tx, 'decision', `${columns.join(', ')}, made_at`, rows.filter(isNew), (row) => [
    row.a,
    row.b,
    row.outcome,
    row.weight,
    row.probability,
    JSON.stringify(row.parts),
    row.model,
    row.made_by,
    at,
  ])
  const again = rows.filter((row) => !isNew(row))
  if (again.length > 0) await insertUnlessDecided(tx, again, at)
}

const insertUnlessDecided = (tx: Queryable, rows: readonly DecisionRow[], at: Date) =>
  tx.query(
    `insert into decision (${columns.join(', ')}, made_at)
     select a, b, outcome, weight, probability, parts, model, made_by, $1::timestamptz
     from unnest($2::uuid[], $3::uuid[], $4::text[], $5::real[], $6::real[], $7::jsonb[], $8::text[], $9::text[])
       as row (${columns.join(', ')})
     on conflict (a, b) do nothing`,
    [at, ...columns.map((column) => rows.map((row) => (column === 'parts' ? JSON.stringify(row.parts) : row[column])))],
  )

/** Decisions that touch any of these records. */
export const verdictsAbout = (db: Queryable, records: readonly string[]) =>
  db.query<Verdict>(
    `select a, b, outcome, weight, made_by from decision where a = any($1)
     union select a, b, outcome, weight, made_by from decision where b = any($1)`,
    [records],
  )
