/** The months of contributions that registries have told of, each with the instant since when: a witness for what a list leaves out. */
import type { Queryable } from '../pool.ts'

type MonthRow = {
  readonly registry: string
  readonly scheme: string
  readonly list: 'returns' | 'ledger'
  readonly month: string
}

/** Notes months that are told of for the first time. */
export async function putDelivered(tx: Queryable, months: readonly MonthRow[], at: Date): Promise<void> {
  if (months.length === 0) return
  await tx.query(
    `insert into delivered_month (registry, scheme, list, month, since)
     select registry, scheme, list, month, $5
     from unnest($1::text[], $2::text[], $3::text[], $4::text[]) one (registry, scheme, list, month)
     on conflict do nothing`,
    [
      months.map(({ registry }) => registry),
      months.map(({ scheme }) => scheme),
      months.map(({ list }) => list),
      months.map(({ month }) => month),
      at,
    ],
    'put_delivered',
  )
}

/** The months known by an instant. */
export const deliveredBy = (db: Queryable, knownAt: Date) =>
  db.query<MonthRow>('select registry, scheme, list, month from delivered_month where since <= $1', [knownAt])
