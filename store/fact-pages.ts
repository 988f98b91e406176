/** Pages of a person's contributions and benefits, latest month first, straight from the fact tables. */
import type { Queryable } from './pool.ts'

export type FactCursor = { month: string; record: string; seq: number }
export type FactQuery = {
  person: string
  registries: readonly string[]
  from: string | null
  to: string | null
  after: FactCursor | null
  limit: number
}
type Placed = { record: string; seq: number; registry: string; changed_at: Date }
export type ContributionRow = Placed & {
  scheme: string
  month: string
  component: string | null
  state: 'due' | 'declared' | 'paid' | 'allocated' | 'suspense' | 'reversed'
  base: number | null
  employee_share: number | null
  employer_share: number | null
  total: number | null
  currency: 'KES' | 'LAK' | 'PKR' | 'KGS' | 'CNY' | null
  paid_on: string | null
}
export type BenefitRow = Placed & {
  scheme: string
  branch: string
  kind: 'cash' | 'service' | 'in-kind'
  state: 'initiated' | 'paid' | 'failed' | 'returned' | 'clawed-back'
  month: string | null
  amount: number | null
  currency: 'KES' | 'LAK' | 'PKR' | 'KGS' | 'CNY' | null
  paid_on: string | null
}

const page = (table: 'contribution' | 'benefit', columns: string) => `
  select f.record, f.seq, r.registry, r.changed_at, ${columns}
  from membership m
  join source_record r on r.id = m.record and r.absent_since is null and r.registry = any($2)
  join ${table} f on f.record = r.id
  where m.person = $1 and m.until is null
    and ($3::text is null or f.month >= $3) and ($4::text is null or f.month <= $4)
    and ($5::text is null or (coalesce(f.month, ''), f.record, f.seq) < ($5, $6::uuid, $7::int))
  order by coalesce(f.month, '') desc, f.record desc, f.seq desc limit $8`

const parameters = ({ person, registries, from, to, after, limit }: FactQuery) => [
  person,
  registries,
  from,
  to,
  after?.month ?? null,
  after?.record ?? null,
  after?.seq ?? null,
  limit,
]

export const contributionPage = (db: Queryable, query: FactQuery) =>
  db.query<ContributionRow>(
    page(
      'contribution',
      `f.scheme, f.month, f.component, f.state, f.base::float8 as base, f.employee_share::float8 as employee_share,
       f.employer_share::float8 as employer_share, f.total::float8 as total, f.currency, f.paid_on`,
    ),
    parameters(query),
  )

export const benefitPage = (db: Queryable, query: FactQuery) =>
  db.query<BenefitRow>(
    page('benefit', 'f.scheme, f.branch, f.kind, f.state, f.month, f.amount::float8 as amount, f.currency, f.paid_on'),
    parameters(query),
  )
