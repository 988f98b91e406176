/** Decisions about pairs of records: the model's, and the stewards', which always win. */
import type { Queryable } from './pool.ts'

export type DecisionRow = {
  a: string
  b: string
  outcome: 'link' | 'review' | 'distinct'
  weight: number
  probability: number
  parts: unknown
  model: string
  made_by: string
}

/** Replaces the model's decisions about these records; a steward's word on a pair is left as it is. */
export async function putDecisions(tx: Queryable, about: readonly string[], rows: readonly DecisionRow[], at: Date) {
  await tx.query(`delete from decision where made_by = 'model' and (a = any($1) or b = any($1))`, [about])
  if (rows.length === 0) return
  await tx.query(
    `insert into decision (a, b, outcome, weight, probability, parts, model, made_by, made_at)
     select a, b, outcome, weight, probability, parts, model, made_by, $1::timestamptz
     from unnest($2::uuid[], $3::uuid[], $4::text[], $5::real[], $6::real[], $7::jsonb[], $8::text[], $9::text[])
       as row (a, b, outcome, weight, probability, parts, model, made_by)
     on conflict (a, b) do nothing`,
    [
      at,
      rows.map((row) => row.a),
      rows.map((row) => row.b),
      rows.map((row) => row.outcome),
      rows.map((row) => row.weight),
      rows.map((row) => row.probability),
      rows.map((row) => JSON.stringify(row.parts)),
      rows.map((row) => row.model),
      rows.map((row) => row.made_by),
    ],
  )
}

/** Decisions that touch any of these records. */
export const decisionsAbout = (db: Queryable, records: readonly string[]) =>
  db.query<DecisionRow>(
    `select a, b, outcome, weight, probability, parts, model, made_by from decision where a = any($1)
     union select a, b, outcome, weight, probability, parts, model, made_by from decision where b = any($1)`,
    [records],
  )
