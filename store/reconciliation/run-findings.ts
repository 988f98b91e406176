/** What a run found, whatever becomes of it: the night's own record, by which nights are compared. */
import { copyArray, copyRows } from '../copy.ts'
import type { Keys } from '../keys.ts'
import type { Queryable } from '../pool.ts'
import { seal, unseal } from '../seal.ts'
import { bodyContext, type FindingBody, openBody } from './findings.ts'
import type { SlicePhase } from './slices.ts'

export type RunFinding = {
  key: Buffer
  rule: string
  subject_kind: string
  subject: string
  owner: string
  severity: string
  region: string | null
  /** Whole minor units. */
  amount: number | null
  currency: string | null
  persons: string[]
  /** What it is about, evidence and figures as JSON: sealed where it is kept. */
  body: string
}
type Row = Omit<RunFinding, 'body'> & { sealed: Buffer }

const columns = 'key, rule, subject_kind, subject, owner, severity, region, amount, currency, persons, sealed'
const selected = columns.replace('amount', 'amount::float8 as amount')
const context = (run: string, key: Buffer) => bodyContext('run_finding', `${run}:${key.toString('hex')}`)

/** Adds what a slice found. Persons are ids, so they need no quotes. */
export const putRunFindings = (
  tx: Queryable,
  keys: Keys,
  { run, phase, seq }: { run: string; phase: SlicePhase; seq: number },
  findings: readonly RunFinding[],
) =>
  copyRows(tx, 'run_finding', `run, phase, slice, ${columns}`, findings, (one) => [
    run,
    phase,
    seq,
    one.key,
    one.rule,
    one.subject_kind,
    one.subject,
    one.owner,
    one.severity,
    one.region,
    one.amount,
    one.currency,
    copyArray(one.persons),
    seal(keys, context(run, one.key), one.body),
  ])

export type KeyRange = { readonly lower: Buffer; readonly upper: Buffer | null }

/** What a run found, in the order of keys, of a range of them. */
export async function runFindings(
  db: Queryable,
  keys: Keys,
  run: string,
  { lower, upper }: KeyRange,
): Promise<RunFinding[]> {
  const rows = await db.query<Row>(
    `select ${selected} from run_finding where run = $1 and key >= $2 and ($3::bytea is null or key < $3) order by key`,
    [run, lower, upper],
    'run_findings_in',
  )
  return rows.map(({ sealed, ...row }) => ({ ...row, body: unseal(keys, context(run, row.key), sealed).toString() }))
}

export type Difference = {
  key: Buffer
  /** The finding that it is on living nights; null when there is none. */
  finding: string | null
  rule: string
  subject_kind: string
  subject: string
  about: string
  facts: FindingBody['facts']
  owner: string
  severity: string
  amount: number | null
  currency: string | null
  persons: string[]
}

/** What `run` found and `other` did not, by owner, rule and key, after `after`: the order of an index. */
export async function onlyIn(
  db: Queryable,
  keys: Keys,
  run: string,
  other: string | null,
  page: { after: Pick<Difference, 'owner' | 'rule' | 'key'> | null; limit: number },
): Promise<Difference[]> {
  const after = page.after ?? { owner: '', rule: '', key: Buffer.alloc(0) }
  // Row by row along the index: the two runs joined whole would be joined whole for every page.
  const rows = await db.query<Omit<Difference, 'about' | 'facts'> & { sealed: Buffer }>(
    `select key, (select id from finding n where n.key = f.key) as finding, rule, subject_kind, subject, owner, severity,
       amount::float8 as amount, currency, persons, sealed
     from run_finding f left join lateral (
       select true as found from run_finding o where o.run = $2::uuid and o.key = f.key limit 1) o on true
     where run = $1 and o.found is null and (owner, rule, key) > ($3, $4, $5::bytea) order by owner, rule, key limit $6`,
    [run, other, after.owner, after.rule, after.key, page.limit],
  )
  return rows.map(({ sealed, ...row }) => {
    const { about, facts } = openBody(keys, context(run, row.key), sealed)
    return { ...row, about, facts }
  })
}

export type Compared = {
  rule: string
  owner: string
  currency: string | null
  found: number
  persisting: number
  gone: number
  /** Of everything that `run` found; null where there is no money. */
  amount: number | null
}

/** Two runs side by side, over a range of keys: by rule, owner and currency, what only `run`, both, and only `other` found. */
export const compareRuns = (db: Queryable, run: string, other: string | null, { lower, upper }: KeyRange) =>
  db.query<Compared>(
    `with a as (select key, rule, owner, currency, amount from run_finding
                where run = $1 and key >= $3 and ($4::bytea is null or key < $4)),
          b as (select key, rule, owner, currency from run_finding
                where run = $2::uuid and key >= $3 and ($4::bytea is null or key < $4))
     select coalesce(a.rule, b.rule) as rule, coalesce(a.owner, b.owner) as owner, case when a.key is null then b.currency else a.currency end as currency,
       (count(*) filter (where b.key is null))::int as found,
       (count(*) filter (where a.key is not null and b.key is not null))::int as persisting,
       (count(*) filter (where a.key is null))::int as gone, sum(a.amount)::float8 as amount
     from a full join b on a.key = b.key group by 1, 2, 3 order by 1, 2, 3`,
    [run, other, lower, upper],
  )

/** Forgets some of what old runs found: live ones queued before `live`, others before `others`. Answers how many. */
export const forgetRunFindings = async (
  db: Queryable,
  before: { live: Date; others: Date },
  limit: number,
): Promise<number> =>
  (
    await db.query(
      `delete from run_finding where ctid = any(array(
         select ctid from run_finding where run =
           (select id from reconciliation_run r where status in ('succeeded', 'failed')
              and queued_at < case when kind = 'live' then $1::timestamptz else $2::timestamptz end
              and exists (select from run_finding f where f.run = r.id) limit 1)
         limit $3)) returning 1`,
      [before.live, before.others, limit],
    )
  ).length
