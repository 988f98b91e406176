/** Reviews: pairs of persons of whom somebody has to say whether they are one. They follow from decisions and memberships. */
import { newId } from './ids.ts'
import { membersOf } from './persons.ts'
import type { Queryable } from './pool.ts'

export type ReviewState = 'open' | 'later' | 'decided'
type Pair = { p: string; q: string; a: string; b: string; weight: number; probability: number; registries: string[] }
export type ReviewRow = Pair & { id: string; state: ReviewState; opened_at: Date }

const columns = 'id, p, q, a, b, registries, weight, probability, state, opened_at'

/**
 * What the model asks about these records' persons now: the pair of records that speaks most for each pair of persons. Not
 * asked is what lies within one person, and what a steward has answered for any two of their records.
 */
const asked = (tx: Queryable, records: readonly string[]) =>
  tx.query<Pair>(
    `with touched as (
       select a, b, weight, probability from decision where (outcome = 'review' or refused is not null) and a = any($1)
       union select a, b, weight, probability from decision where (outcome = 'review' or refused is not null) and b = any($1)
     ), best as (
       select distinct on (p, q) least(ma.person, mb.person) as p, greatest(ma.person, mb.person) as q, a, b, weight, probability
       from touched join membership ma on ma.record = a and ma.until is null
         join membership mb on mb.record = b and mb.until is null
       where ma.person <> mb.person order by p, q, weight desc, a, b
     ), ruled as (
       select a, b from decision where made_by <> 'model' and outcome = 'distinct' and a = any($1)
       union select a, b from decision where made_by <> 'model' and outcome = 'distinct' and b = any($1)
     ), told as (
       select distinct least(ma.person, mb.person) as p, greatest(ma.person, mb.person) as q
       from ruled join membership ma on ma.record = a and ma.until is null
         join membership mb on mb.record = b and mb.until is null
     )
     select p, q, a, b, weight, probability, (select array_agg(distinct registry order by registry) from source_record where id in (a, b)) as registries
     from best where not exists (select 1 from told where told.p = best.p and told.q = best.q)`,
    [records],
    'reviews_asked',
  )

/**
 * Brings the questions about these persons up to date, and writes only differences. `records`: all that they have now.
 * A question that is no longer asked goes; one that a steward decided stays as it is, unless it is asked again.
 */
export async function settleReviews(
  tx: Queryable,
  persons: readonly string[],
  records: readonly string[],
  at: Date,
): Promise<void> {
  const now = new Map((await asked(tx, records)).map((pair) => [`${pair.p} ${pair.q}`, pair]))
  const known = await tx.query<ReviewRow>(
    `select ${columns} from review where p = any($1) union select ${columns} from review where q = any($1)`,
    [persons],
    'reviews_known',
  )
  const gone = known.filter((one) => one.state !== 'decided' && !now.has(`${one.p} ${one.q}`))
  if (gone.length > 0) await tx.query('delete from review where id = any($1)', [gone.map((one) => one.id)])
  const before = new Map(known.map((one) => [`${one.p} ${one.q}`, one]))
  const fresh = [...now].flatMap(([name, pair]) => (before.has(name) ? [] : [{ ...pair, id: newId() }]))
  const changed = [...now].flatMap(([name, pair]) => {
    const one = before.get(name)
    return one && differs(one, pair) ? [{ ...pair, id: one.id }] : []
  })
  if (fresh.length + changed.length > 0) await put(tx, [...fresh, ...changed], at)
}

const differs = (one: ReviewRow, pair: Pair) =>
  one.state === 'decided' || one.a !== pair.a || one.b !== pair.b || one.weight !== pair.weight

const put = (tx: Queryable, rows: readonly (Pair & { id: string })[], at: Date) =>
  tx.query(
    `insert into review (id, p, q, a, b, registries, weight, probability, state, opened_at)
     select id, p, q, a, b, string_to_array(registries, ' '), weight, probability, 'open', $1::timestamptz
     from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::uuid[], $7::text[], $8::real[], $9::real[])
       as row (id, p, q, a, b, registries, weight, probability)
     on conflict (p, q) do update set a = excluded.a, b = excluded.b, registries = excluded.registries,
       weight = excluded.weight, probability = excluded.probability,
       state = case review.state when 'decided' then 'open' else review.state end`,
    [
      at,
      rows.map((row) => row.id),
      rows.map((row) => row.p),
      rows.map((row) => row.q),
      rows.map((row) => row.a),
      rows.map((row) => row.b),
      rows.map((row) => row.registries.join(' ')),
      rows.map((row) => row.weight),
      rows.map((row) => row.probability),
    ],
  )

/** Reviews both of whose records stand in these registries, oldest first. */
export const listReviews = (
  db: Queryable,
  registries: readonly string[],
  page: { after: string | null; limit: number; state: ReviewState | null; registry: string | null },
) =>
  db.query<ReviewRow>(
    `select ${columns} from review
     where registries <@ $1 and ($2::uuid is null or id > $2) and ($3::text is null or state = $3)
       and ($4::text is null or $4 = any(registries)) order by id limit $5`,
    [registries, page.after, page.state, page.registry, page.limit],
  )

export const readReview = async (db: Queryable, id: string) =>
  (await db.query<ReviewRow>(`select ${columns} from review where id = $1`, [id]))[0]

export const setReviewState = (tx: Queryable, id: string, state: ReviewState) =>
  tx.query('update review set state = $2 where id = $1', [id, state])

/** A question that was opened again goes if nobody asks it any more: its persons may have got other records since, or have none. */
export async function dropUnasked(tx: Queryable, id: string): Promise<void> {
  const review = await readReview(tx, id)
  if (!review || review.state === 'decided') return
  const members = await membersOf(tx, [review.p, review.q])
  const now = await asked(
    tx,
    members.map(({ record }) => record),
  )
  if (!now.some(({ p, q }) => p === review.p && q === review.q))
    await tx.query('delete from review where id = $1', [id])
}
