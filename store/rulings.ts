/** Rulings: what stewards decided about persons, by whom and why. Kept for ever, also when withdrawn. */
import type { Keys } from './keys.ts'
import type { Queryable } from './pool.ts'
import { seal, unseal } from './seal.ts'

export type RulingKind = 'review' | 'merge' | 'split'
export type RulingOutcome = 'link' | 'distinct' | 'later'
export type RulingRow = {
  id: string
  kind: RulingKind
  outcome: RulingOutcome
  review: string | null
  one_side: string[]
  other_side: string[]
  agency: string
  client: string
  officer: string
  decided_at: Date
  lapsed_at: Date | null
  withdrawn_at: Date | null
  withdrawn_by: string | null
}
/** With what was written, opened. */
export type FullRuling = RulingRow & { why: string; whyWithdrawn: string | null }

const columns = `id, kind, outcome, review, one_side, other_side, agency, client, officer, decided_at, lapsed_at,
  withdrawn_at, withdrawn_by`
const context = (id: string, column: 'reason' | 'withdrawal') => ({ table: 'ruling', row: id, column })

export type NewRuling = Omit<RulingRow, 'lapsed_at' | 'withdrawn_at' | 'withdrawn_by'> & { why: string }

export const putRuling = (tx: Queryable, keys: Keys, row: NewRuling) =>
  tx.query(
    `insert into ruling (id, kind, outcome, review, one_side, other_side, agency, client, officer, reason, decided_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      row.id,
      row.kind,
      row.outcome,
      row.review,
      row.one_side,
      row.other_side,
      row.agency,
      row.client,
      row.officer,
      seal(keys, context(row.id, 'reason'), row.why),
      row.decided_at,
    ],
  )

export async function readRuling(db: Queryable, keys: Keys, id: string): Promise<FullRuling | undefined> {
  const [row] = await db.query<RulingRow & { reason: Buffer; withdrawal: Buffer | null }>(
    `select ${columns}, reason, withdrawal from ruling where id = $1`,
    [id],
  )
  if (!row) return undefined
  const { reason, withdrawal, ...rest } = row
  return {
    ...rest,
    why: unseal(keys, context(id, 'reason'), reason).toString(),
    whyWithdrawn: withdrawal && unseal(keys, context(id, 'withdrawal'), withdrawal).toString(),
  }
}

/** All of its records stand in registries `$1`. */
const within =
  'not exists (select 1 from source_record r where r.id = any(g.one_side || g.other_side) and r.registry <> all($1))'

/** The rulings whose records all stand in these registries, newest first. */
export const listRulings = (
  db: Queryable,
  registries: readonly string[],
  page: { before: string | null; limit: number },
) =>
  db.query<RulingRow>(
    `select ${columns} from ruling g where ($2::uuid is null or g.id < $2) and ${within} order by g.id desc limit $3`,
    [registries, page.before, page.limit],
  )

export const withdrawRuling = (
  tx: Queryable,
  keys: Keys,
  { id, by, why, at }: { id: string; by: string; why: string; at: Date },
) =>
  tx.query('update ruling set withdrawn_at = $2, withdrawn_by = $3, withdrawal = $4 where id = $1', [
    id,
    at,
    by,
    seal(keys, context(id, 'withdrawal'), why),
  ])

export const lapseRulings = (tx: Queryable, ids: readonly string[], at: Date) =>
  tx.query('update ruling set lapsed_at = $2 where id::text = any($1) and lapsed_at is null', [ids, at])

/** What stewards say about a question now, the last first: rulings that were withdrawn say nothing. */
export const standingOf = (db: Queryable, review: string) =>
  db.query<{ id: string; outcome: RulingOutcome }>(
    'select id, outcome from ruling where review = $1 and withdrawn_at is null order by id desc',
    [review],
  )

/** The last rulings on a question whose records all stand in these registries, newest first. */
export const rulingsOf = (db: Queryable, review: string, registries: readonly string[]) =>
  db.query<RulingRow>(`select ${columns} from ruling g where g.review = $2 and ${within} order by g.id desc limit 50`, [
    registries,
    review,
  ])
