/** What stewards had said by an instant, as far as a run asks for it. */
import type { Queryable } from '../pool.ts'

/** The pairs of records that stewards said are one person's, by rulings that stood at that instant. */
export const linkRulings = (db: Queryable, knownAt: Date) =>
  db.query<{ one: string; other: string }>(
    `select one_side[1] as one, other_side[1] as other from ruling
     where outcome = 'link' and decided_at <= $1 and (withdrawn_at is null or withdrawn_at > $1)
       and (lapsed_at is null or lapsed_at > $1)`,
    [knownAt],
  )
