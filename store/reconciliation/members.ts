/** Who shares what, for as long as a run needs it: keyed hashes of household, employer, number, telephone, account, caregiver. */
import { copyRows } from '../copy.ts'
import type { Keys } from '../keys.ts'
import type { Queryable } from '../pool.ts'
import { hashBytes } from '../records.ts'
import { blind } from '../seal.ts'

export type Member = {
  kind: string
  key: Buffer
  person: string
  /** All of her records are confirmed to be one person's. */
  confirmed: boolean
  /** Because of her there may be something to find in the group. */
  concerned: boolean
}
export type GroupPlace = { kind: string; key: Buffer }

/** The hash of a group's key; the kind goes into it, so that hashes of all kinds stand in one order. */
export const groupHash = (keys: Keys, kind: string, key: string): Buffer => blind(keys.groupKey(kind), key, hashBytes)

export const putMembers = (tx: Queryable, run: string, slice: number, members: readonly Member[]) =>
  copyRows(tx, 'reconciliation_member', 'run, slice, kind, key, person, confirmed, concerned', members, (one) => [
    run,
    slice,
    one.kind,
    one.key,
    one.person,
    one.confirmed,
    one.concerned,
  ])

/** Groups of a range that have as many people as `least` asks of their kind, and somebody who concerns a rule; in the order of their hashes. */
export const groupsIn = (
  db: Queryable,
  run: string,
  range: { lower: Buffer; upper: Buffer | null },
  least: Readonly<Record<string, number>>,
) =>
  db.query<GroupPlace & { people: number }>(
    `select kind, key, count(*)::int as people from reconciliation_member
     where run = $1 and key >= $2 and ($3::bytea is null or key < $3)
     group by key, kind having bool_or(concerned) and count(*) >= coalesce((($4::jsonb) ->> kind)::int, 1) order by key, kind`,
    [run, range.lower, range.upper, JSON.stringify(least)],
  )

/** The people of a group, in the order of their ids, after `after`. */
export const membersIn = (
  db: Queryable,
  run: string,
  { kind, key }: GroupPlace,
  page: { after: string | null; limit: number },
) =>
  db.query<Pick<Member, 'person' | 'confirmed'>>(
    `select person, confirmed from reconciliation_member
     where run = $1 and key = $2 and kind = $3 and ($4::uuid is null or person > $4) order by person limit $5`,
    [run, key, kind, page.after, page.limit],
    'group_members',
  )

/** The people of small groups, all at once; ordered by group, then person. */
export const membersOfAll = (db: Queryable, run: string, groups: readonly GroupPlace[]) =>
  db.query<Omit<Member, 'concerned'>>(
    `select kind, key, person, confirmed from reconciliation_member where run = $1 and key = any($2) order by key, kind, person`,
    [run, groups.map(({ key }) => key)],
    'groups_members',
  )

/** Forgets some of the members of a run that has ended; answers how many. */
export const forgetMembers = async (db: Queryable, limit: number): Promise<number> =>
  (
    await db.query(
      `delete from reconciliation_member where ctid = any(array(
         select ctid from reconciliation_member where run =
           (select id from reconciliation_run r where status in ('succeeded', 'failed')
              and exists (select from reconciliation_member m where m.run = r.id) limit 1)
         limit $1)) returning 1`,
      [limit],
    )
  ).length
