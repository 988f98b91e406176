/** Decisions about pairs of records: the model's, and beside them the stewards', which always win. */
import { copyRows } from './copy.ts'
import type { Queryable } from './pool.ts'

/** What follows from a decision; the rest says why. */
export type Verdict = {
  a: string
  b: string
  outcome: 'link' | 'review' | 'distinct'
  weight: number
  /** `model`, or the id of a steward's ruling. */
  made_by: string
}

export const byModel = 'model'
const columns = ['a', 'b', 'outcome', 'weight', 'probability', 'parts', 'model', 'made_by'] as const

type Reason = { readonly on: string; readonly level: string; readonly weight: number }
export type DecisionRow = Verdict & { probability: number; parts: readonly Reason[]; model: string }

/** What a decision says. Which version of the model said so is no difference as long as it says the same for the same reasons. */
const saying = ({ outcome, weight, probability, parts }: Omit<DecisionRow, 'model'>) =>
  `${outcome} ${Math.fround(weight)} ${Math.fround(probability)} ${parts.map(({ on, level, weight }) => `${on} ${level} ${weight}`).join()}`
const pairOf = ({ a, b }: { a: string; b: string }) => `${a} ${b}`

/**
 * Replaces the model's decisions about the records that were decided about before, differences only. `written`: those that stand.
 * Stewards' words are left as they are. Answers how many decisions were written or taken back; one that was replaced counts once.
 */
export async function putDecisions(
  tx: Queryable,
  written: readonly DecisionRow[],
  rows: readonly DecisionRow[],
  at: Date,
): Promise<number> {
  const now = new Map(rows.map((row) => [pairOf(row), row]))
  const isKept = (row: DecisionRow) => {
    const one = now.get(pairOf(row))
    return one !== undefined && saying(one) === saying(row)
  }
  const gone = written.filter((row) => !isKept(row))
  if (gone.length > 0)
    await tx.query(
      `delete from decision d using unnest($1::uuid[], $2::uuid[]) as row (a, b)
       where d.a = row.a and d.b = row.b and d.made_by = 'model'`,
      [gone.map((row) => row.a), gone.map((row) => row.b)],
    )
  const kept = new Set(written.filter(isKept).map(pairOf))
  const added = kept.size > 0 ? rows.filter((row) => !kept.has(pairOf(row))) : rows
  await copyRows(tx, 'decision', `${columns.join(', ')}, made_at`, added, (row) => [
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
  return new Set([...gone, ...added].map(pairOf)).size
}

/** The model's decisions that touch any of these records. */
export const decidedAbout = (db: Queryable, records: readonly string[]) =>
  db.query<DecisionRow>(
    `select ${columns.join(', ')} from decision where made_by = 'model' and a = any($1)
     union select ${columns.join(', ')} from decision where made_by = 'model' and b = any($1)`,
    [records],
    'decisions_by_model',
  )

/** Decisions that touch any of these records. */
export const verdictsAbout = (db: Queryable, records: readonly string[]) =>
  db.query<Verdict>(
    `select a, b, outcome, weight, made_by from decision where a = any($1)
     union select a, b, outcome, weight, made_by from decision where b = any($1)`,
    [records],
    'verdicts_about',
  )

/** Everything that was decided about pairs, one record of either side. */
export const decisionsBetween = (db: Queryable, one: readonly string[], other: readonly string[]) =>
  db.query<DecisionRow & { refused: string | null }>(
    `select ${columns.join(', ')}, refused from decision where a = any($1) and b = any($2)
     union select ${columns.join(', ')}, refused from decision where a = any($2) and b = any($1)`,
    [one, other],
  )

/** What stewards said about pairs, one record of either side. */
export const ruledBetween = (db: Queryable, one: readonly string[], other: readonly string[]) =>
  db.query<{ ruling: string; outcome: 'link' | 'distinct' }>(
    `select made_by as ruling, outcome from decision where made_by <> 'model' and a = any($1) and b = any($2)
     union select made_by, outcome from decision where made_by <> 'model' and a = any($2) and b = any($1)`,
    [one, other],
  )

type Refused = { a: string; b: string; reason: string }

/** Notes which of the model's links between these records were not followed, and why; forgets what was noted before. */
export async function noteRefused(tx: Queryable, inside: readonly string[], refused: readonly Refused[]) {
  await tx.query(
    `update decision d set refused = null where d.refused is not null and d.a = any($1) and d.b = any($1) and not exists
       (select 1 from unnest($2::uuid[], $3::uuid[]) as still (a, b) where still.a = d.a and still.b = d.b)`,
    [inside, refused.map((one) => one.a), refused.map((one) => one.b)],
    'refusals_forgotten',
  )
  if (refused.length === 0) return
  await tx.query(
    `update decision d set refused = row.reason from unnest($1::uuid[], $2::uuid[], $3::text[]) as row (a, b, reason)
     where d.a = row.a and d.b = row.b and d.made_by = 'model' and d.refused is distinct from row.reason`,
    [refused.map((one) => one.a), refused.map((one) => one.b), refused.map((one) => one.reason)],
  )
}

/** A ruling's word on pairs; `pairs` in any order. */
export const putRuled = (
  tx: Queryable,
  ruling: string,
  outcome: 'link' | 'distinct',
  pairs: readonly (readonly [string, string])[],
  at: Date,
) =>
  tx.query(
    `insert into decision (a, b, outcome, weight, probability, parts, model, made_by, made_at)
     select least(x, y), greatest(x, y), $2, 0, case $2 when 'link' then 1 else 0 end, '[]', '', $1, $3
     from unnest($4::uuid[], $5::uuid[]) as pair (x, y)`,
    [ruling, outcome, at, pairs.map(([one]) => one), pairs.map(([, other]) => other)],
  )

/** Takes a ruling's word back. */
export const dropRuled = (tx: Queryable, ruling: string) =>
  tx.query('delete from decision where made_by = $1', [ruling])

/** Takes back the stewards' links of records that speak of somebody else now; answers the rulings. Their "distinct" stands. */
export const dropLinksOf = async (tx: Queryable, records: readonly string[]) =>
  (
    await tx.query<{ ruling: string }>(
      `delete from decision where made_by <> 'model' and outcome = 'link' and (a = any($1) or b = any($1))
       returning made_by as ruling`,
      [records],
    )
  ).map((row) => row.ruling)
