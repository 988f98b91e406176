/** What a report counts, in the database: nothing here is opened, and nobody is named. Everything is of one registry that has to act. */
import type { Keys } from '../keys.ts'
import type { Queryable } from '../pool.ts'
import { bodyContext, type FindingBody, openBody } from './findings.ts'

/** The last live night before a run's day: runs of one day are one night. Null before the first. */
export const nightBefore = async (db: Queryable, run: { id: string; as_of: string }) =>
  (
    await db.query<{ id: string; as_of: string }>(
      `select id, as_of from reconciliation_run
       where kind = 'live' and status = 'succeeded' and as_of < $2::date and id < $1 order by as_of desc, id desc limit 1`,
      [run.id, run.as_of],
    )
  )[0] ?? null

/** The night a run is told for, the one it is compared with, and the registry. */
export type Compared = {
  readonly run: string
  readonly asOf: string
  readonly before: string | null
  readonly owner: string
}

/** `reopened`: not in the night before, and in an earlier one. */
const found = `
  found as (
    select n.rule, coalesce(n.region, '') as region, n.subject_kind, n.persons, n.amount, n.currency,
      case when b.key is not null then 'persisting'
           when exists (select from finding f join reconciliation_run r on r.id = f.first_run
                        where f.key = n.key and r.as_of < $3::date and $4::uuid is not null) then 'reopened'
           else 'new' end as change
    from run_finding n left join run_finding b on b.run = $4::uuid and b.key = n.key
    where n.run = $1 and n.owner = $2),
  gone as (
    select b.rule, '' as region, b.subject_kind, b.persons, null::bigint as amount, null::text as currency, 'resolved' as change
    from run_finding b where b.run = $4::uuid and b.owner = $2
      and not exists (select from run_finding n where n.run = $1 and n.key = b.key))`

/** Findings that name no person are about one unknown somebody each, except those about a registry, which are about nobody. */
const counted = `count(*) filter (where coalesce(nth, 1) = 1)::int as findings,
  (count(distinct person) + count(*) filter (where person is null and subject_kind <> 'registry'))::int as people`
const persons = 'left join lateral unnest(persons) with ordinality as p (person, nth) on true'

export type CellRow = {
  rule: string | null
  region: string | null
  change: 'new' | 'persisting' | 'reopened' | 'resolved' | null
  findings: number
  people: number
}

/** Findings and different people by rule, region and change; null: over all of them. What is resolved stands in no other sum. */
export const reportCells = (db: Queryable, { run, asOf, before, owner }: Compared) =>
  db.query<CellRow>(
    `with ${found}
     select rule, region, change, ${counted} from found ${persons}
     group by grouping sets ((rule, change), (change), (rule, region), (region), (rule), ())
     having count(*) > 0
     union all
     select rule, null, 'resolved', ${counted} from gone ${persons} group by grouping sets ((rule), ()) having count(*) > 0
     order by 1 nulls first, 2 nulls first, 3 nulls first`,
    [run, owner, asOf, before],
  )

export type MoneyRow = { rule: string | null; currency: string; amount: number }

/** Money at stake by rule and currency, and over all rules. */
export const reportMoney = (db: Queryable, run: string, owner: string) =>
  db.query<MoneyRow>(
    `select rule, currency, sum(amount)::float8 as amount from run_finding
     where run = $1 and owner = $2 and amount is not null group by grouping sets ((rule, currency), (currency))
     order by 1 nulls first, 2`,
    [run, owner],
  )

/** The state of a finding at an instant; looked up where it has moved since. */
const stateAt = (end: string) =>
  `case when f.state_since <= ${end} then f.state else (
     select to_state from finding_event e where e.finding = f.id and e.to_state is not null and e.at <= ${end}
     order by e.id desc limit 1) end as state`

/** A finding's state when the run had ended, and the day of the night that opened it, or opened it anew. */
const standing = `
  known as (
    select f.id, f.rule, f.subject_kind, f.persons, f.due_on, r.as_of as first_on, ${stateAt('$2')}
    from finding f join reconciliation_run r on r.id = f.first_run where f.owner = $1 and f.opened_at <= $2),
  standing as (
    select *, case when state = 'reopened' then (
      select again.as_of from finding_event e join reconciliation_run again on again.id = e.run
      where e.finding = known.id and e.kind = 'found' and e.at <= $2 order by e.id desc limit 1) else first_on end as opened_on
    from known)`

export type WaitingRow = { rule: string | null; age: number | null; findings: number; people: number; overdue: number }

/** Findings in one of the states by rule, and by age: `ages` are the first days of the second age and on. */
export const waitingFindings = (
  db: Queryable,
  owner: string,
  at: { readonly end: Date; readonly asOf: string },
  states: readonly string[],
  ages: readonly number[],
) =>
  db.query<WaitingRow>(
    `with ${standing}, waiting as (
       select *, width_bucket($3::date - opened_on, $5::int[]) as age, due_on < $3::date as late from standing where state = any($4))
     select rule, age, ${counted}, (count(*) filter (where late and coalesce(nth, 1) = 1))::int as overdue
     from waiting ${persons} group by grouping sets ((rule), (age), ()) having count(*) > 0 order by 1 nulls first, 2 nulls first`,
    [owner, at.end, at.asOf, states, ages],
  )

export type DecidedRow = { rule: string | null; upheld: number; dismissed: number }

/** Findings that officers upheld or dismissed until then, by their last word. */
export const decidedFindings = (db: Queryable, owner: string, end: Date) =>
  db.query<DecidedRow>(
    `with decided as (
       select distinct on (e.finding) f.rule, e.to_state from finding_event e join finding f on f.id = e.finding
       where f.owner = $1 and e.kind = 'transition' and e.to_state in ('upheld', 'dismissed') and e.at <= $2
       order by e.finding, e.id desc)
     select rule, (count(*) filter (where to_state = 'upheld'))::int as upheld,
       (count(*) filter (where to_state = 'dismissed'))::int as dismissed
     from decided group by grouping sets ((rule), ()) having count(*) > 0 order by 1 nulls first`,
    [owner, end],
  )

/** The last live run of each day before a run's, with what it counted, newest first. */
export const nightsBefore = (db: Queryable, run: { id: string; as_of: string }, limit: number) =>
  db.query<{ as_of: string; totals: unknown }>(
    `select distinct on (as_of) as_of, totals from reconciliation_run
     where kind = 'live' and status = 'succeeded' and as_of < $2::date and id < $1 order by as_of desc, id desc limit $3`,
    [run.id, run.as_of, limit],
  )

/** How many findings of a registry a run still holds; those of old runs are forgotten. */
export const countRunFindings = async (db: Queryable, run: string, owner: string): Promise<number> =>
  (
    await db.query<{ count: number }>('select count(*)::int as count from run_finding where run = $1 and owner = $2', [
      run,
      owner,
    ])
  )[0]?.count ?? 0

export type ListedRow = {
  key: Buffer
  id: string | null
  rule: string
  severity: string
  subject_kind: string
  subject: string
  region: string | null
  amount: number | null
  currency: string | null
  persons: string[]
  change: 'new' | 'persisting' | 'reopened'
  state: string | null
  opened_on: string | null
  due_on: string | null
} & FindingBody
type SealedRow = Omit<ListedRow, keyof FindingBody> & { sealed: Buffer }

const listedFrom = (rows: string) => `
  listed as (
    select n.key, n.rule, n.severity, n.subject_kind, n.subject, n.region, n.amount, n.currency, n.persons,
      n.sealed, f.id, ${stateAt('$5')}, r.as_of as opened_on, f.due_on,
      case when b.key is not null then 'persisting' when r.as_of < $3::date and $4::uuid is not null then 'reopened' else 'new' end as change
    from (${rows}) n
    left join finding f on f.key = n.key
    left join reconciliation_run r on r.id = f.first_run
    left join run_finding b on b.run = $4::uuid and b.key = n.key)`
const selected =
  'key, id, rule, severity, subject_kind, subject, region, amount::float8 as amount, currency, persons, change, state, opened_on, due_on, sealed'

const opened = (keys: Keys, run: string, rows: readonly SealedRow[]): ListedRow[] =>
  rows.map(({ sealed, ...row }) => ({
    ...row,
    ...openBody(keys, bodyContext('run_finding', `${run}:${row.key.toString('hex')}`), sealed),
  }))

/** Findings of a run that wait for somebody: overdue ones first, then by severity and by money. */
export const urgentFindings = async (
  db: Queryable,
  keys: Keys,
  { run, owner, asOf, before }: Compared,
  end: Date,
  states: readonly string[],
  limit: number,
): Promise<ListedRow[]> =>
  opened(
    keys,
    run,
    await db.query<SealedRow>(
      `with ${listedFrom('select * from run_finding where run = $1 and owner = $2')}
       select ${selected} from listed where state is null or state = any($6)
       order by (due_on < $3::date) desc nulls last, severity, listed.amount desc nulls last, key limit $7`,
      [run, owner, asOf, before, end, states, limit],
    ),
  )

/** The rules that found anything of a registry in a run. */
export const rulesFound = async (db: Queryable, run: string, owner: string): Promise<string[]> =>
  (
    await db.query<{ rule: string }>(
      'select distinct rule from run_finding where run = $1 and owner = $2 order by rule',
      [run, owner],
    )
  ).map(({ rule }) => rule)

/** A run's findings of one rule, a page at a time in the order of keys: first the page, by the index, and then what else is told of it. */
export const findingsPage = async (
  db: Queryable,
  keys: Keys,
  { run, owner, asOf, before }: Compared,
  end: Date,
  page: { rule: string; after: Buffer; limit: number },
): Promise<ListedRow[]> =>
  opened(
    keys,
    run,
    await db.query<SealedRow>(
      `with ${listedFrom(`select * from run_finding where run = $1 and owner = $2 and rule = $6 and key > $7
         order by key limit $8`)}
       select ${selected} from listed order by key`,
      [run, owner, asOf, before, end, page.rule, page.after, page.limit],
    ),
  )
