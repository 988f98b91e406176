/** Two runs side by side, for the registries that have to act: what one of them found and the other did not. */
import type { Keys } from '../keys.ts'
import type { Queryable } from '../pool.ts'
import { bodyContext, type FindingBody, openBody } from './findings.ts'

export type DifferenceRow = {
  key: Buffer
  rule: string
  subject_kind: string
  owner: string
  severity: 'S1' | 'S2' | 'S3'
  region: string | null
  amount: number | null
  currency: string | null
  persons: string[]
} & Pick<FindingBody, 'evidence'>

/** What `run` found and `other` did not, in the order of keys, after `after`. */
export async function foundOnlyBy(
  db: Queryable,
  keys: Keys,
  run: string,
  other: string | null,
  page: { owners: readonly string[]; rule: string | null; after: Buffer | null; limit: number },
): Promise<DifferenceRow[]> {
  const rows = await db.query<Omit<DifferenceRow, 'evidence'> & { sealed: Buffer }>(
    `select key, rule, subject_kind, owner, severity, region, amount::float8 as amount, currency, persons, sealed
     from run_finding f
     where run = $1 and ($5::bytea is null or key > $5) and owner = any($3) and ($4::text is null or rule = $4)
       and not exists (select from run_finding o where o.run = $2::uuid and o.key = f.key)
     order by key limit $6`,
    [run, other, page.owners, page.rule, page.after, page.limit],
  )
  return rows.map(({ sealed, ...row }) => ({
    ...row,
    evidence: openBody(keys, bodyContext('run_finding', `${run}:${row.key.toString('hex')}`), sealed).evidence,
  }))
}
