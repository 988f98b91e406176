/** Persons and memberships. A person keeps its id; a merged id redirects for ever; a membership keeps its history. */
import { copyRows } from './copy.ts'
import type { Queryable } from './pool.ts'

export type Membership = { record: string; person: string }

/** One resolver at a time, until the transaction ends: clusters that touch must not be rebuilt side by side. */
export const lockPersons = (tx: Queryable) => tx.query(`select pg_advisory_xact_lock(hashtextextended('persons', 0))`)

export const membershipsOf = (db: Queryable, records: readonly string[]) =>
  db.query<Membership>(
    'select record, person from membership where record = any($1) and until is null',
    [records],
    'memberships',
  )

/** The same of those records that their registries still list. */
export const listedMembershipsOf = (db: Queryable, records: readonly string[]) =>
  db.query<Membership>(
    `select m.record, m.person from membership m join source_record r on r.id = m.record and r.absent_since is null
     where m.record = any($1) and m.until is null`,
    [records],
    'memberships_listed',
  )

export const membersOf = (db: Queryable, persons: readonly string[]) =>
  db.query<Membership>(
    'select record, person from membership where person = any($1) and until is null',
    [persons],
    'members',
  )

export const addPersons = (tx: Queryable, ids: readonly string[], at: Date) =>
  copyRows(tx, 'person', 'id, created_at', ids, (id) => [id, at])

/** A record's way to a person; `from` is undefined when it belonged to nobody. */
export type Move = Membership & { from: string | undefined; reason: string }

/** Moves records to persons; what they belonged to before stays as history. */
export async function move(tx: Queryable, moves: readonly Move[], at: Date): Promise<void> {
  const first = moves.filter((one) => one.from === undefined)
  await copyRows(tx, 'membership', 'record, person, since, reason', first, (one) => [
    one.record,
    one.person,
    at,
    one.reason,
  ])
  const moved = moves.filter((one) => one.from !== undefined)
  if (moved.length === 0) return
  const records = moved.map((one) => one.record)
  await tx.query('update membership set until = $2 where record = any($1) and until is null', [records, at])
  await tx.query(
    `insert into membership (record, person, since, reason)
     select record, person, $4::timestamptz, reason from unnest($1::uuid[], $2::uuid[], $3::text[]) as row (record, person, reason)
     on conflict (record, since, person) do update set until = null, reason = excluded.reason`,
    [records, moved.map((one) => one.person), moved.map((one) => one.reason), at],
  )
}

/** The records that persons had who were merged into these, whenever that was. */
export const mergedMembers = (db: Queryable, into: readonly string[]) =>
  db.query<Membership>(
    'select distinct m.person, m.record from person p join membership m on m.person = p.id where p.merged_into = any($1)',
    [into],
  )

/** Everybody to whom these records have ever belonged, the first first. */
export const membershipHistory = (db: Queryable, records: readonly string[]) =>
  db.query<Membership & { since: Date }>(
    'select record, person, since from membership where record = any($1) order by since, until nulls last',
    [records],
  )

/** Persons that were merged away and have records of their own again. */
export const revive = (tx: Queryable, ids: readonly string[]) =>
  tx.query('update person set merged_into = null where id = any($1)', [ids])

/** Redirects merged persons; redirects that pointed at them follow. */
export async function redirect(tx: Queryable, from: string, to: string): Promise<void> {
  await tx.query('update person set merged_into = $2 where id = $1 or merged_into = $1', [from, to])
  await tx.query('update person set merged_into = null where id = $1', [to])
}

/** The person an id stands for today; undefined when there is none. */
export const currentPerson = async (db: Queryable, id: string) =>
  (
    await db.query<{ id: string }>(
      'select coalesce(merged_into, id) as id from person where id = $1',
      [id],
      'person_current',
    )
  )[0]?.id
