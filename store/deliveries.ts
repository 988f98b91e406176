/** Deliveries: one event for one subscriber. Written with what it tells of, sent until it is taken or given up on. */
import { newId } from './ids.ts'
import type { Queryable } from './pool.ts'

/** Where a waiting delivery goes. */
export type DueDelivery = {
  id: string
  subscription: string
  url: string
  event: unknown
  attempts: number
  created_at: Date
}

/** An event as it is kept: ids, rules and states only. `registry`: whose business it is. */
export type Announced = {
  readonly type: string
  readonly registry: string
  readonly subject: string
  readonly data: Readonly<Record<string, string | number>>
}

/** Whether a subscriber may be told of a registry at $1: its client is active and acts for it, and an agreement covers it at that time. */
const mayBeTold = (registry: string) =>
  `exists (select from client c where c.id = s.client and c.active and ${registry} = any(c.registries)) and exists
     (select from agreement a where a.agency = s.agency and ${registry} = any(a.registries)
        and a.valid_from <= $1 and a.valid_until > $1)`

/** Events of a registry, for every active client that is subscribed to that kind of event of that registry, and may be. Answers how many will be sent. */
export async function announce(tx: Queryable, events: readonly Announced[], at: Date): Promise<number> {
  if (events.length === 0) return 0
  const asked = await tx.query<{ id: string; type: string; registry: string }>(
    `select s.id, type, registry from subscription s, unnest(s.events) as type, unnest(s.registries) as registry
     where s.state = 'active' and ${mayBeTold('registry')}`,
    [at],
  )
  const told = events.flatMap((event) =>
    asked.flatMap(({ id, type, registry }) =>
      type === event.type && registry === event.registry ? [{ subscription: id, event }] : [],
    ),
  )
  if (told.length === 0) return 0
  await tx.query(
    `insert into delivery (id, subscription, event, state, next_at, created_at)
     select id, subscription, event, 'waiting', $4, $4 from unnest($1::uuid[], $2::uuid[], $3::jsonb[]) as row (id, subscription, event)`,
    [told.map(() => newId()), told.map((one) => one.subscription), told.map((one) => JSON.stringify(one.event)), at],
  )
  return told.length
}

/**
 * Takes deliveries that are due, at most `each` of one subscription, and the first of every subscription before the second of any, so
 * that nobody's backlog holds others up. Whoever takes them has until `until`; then they are due again, as their sender has died.
 */
export const claimDeliveries = (db: Queryable, at: Date, until: Date, most: number, each: number) =>
  db.query<DueDelivery>(
    `with due as (
       select d.id from subscription s cross join lateral (
         select d.id, d.next_at, row_number() over (order by d.next_at, d.id) as place from (
           select id, next_at from delivery where subscription = s.id and state = 'waiting' and next_at <= $1
             and ${mayBeTold("event ->> 'registry'")}
           order by next_at, id limit $4 for update skip locked) d
       ) d where s.state = 'active' order by d.place, d.next_at, d.id limit $3
     )
     update delivery d set next_at = $2, attempts = attempts + 1 from due, subscription s
     where d.id = due.id and s.id = d.subscription
     returning d.id, d.subscription, s.url, d.event, d.attempts, d.created_at`,
    [at, until, most, each],
  )

/** Only the attempt that is still the last one says how it ended. */
export const settleDelivery = (
  db: Queryable,
  { id, attempts }: Pick<DueDelivery, 'id' | 'attempts'>,
  state: 'delivered' | 'dead',
  answer: string,
  at: Date,
) =>
  db.query(
    `update delivery set state = $3, answer = $4, settled_at = $5 where id = $1 and attempts = $2 and state = 'waiting'`,
    [id, attempts, state, answer, at],
  )

export const postponeDelivery = (
  db: Queryable,
  { id, attempts }: Pick<DueDelivery, 'id' | 'attempts'>,
  nextAt: Date,
  answer: string,
) =>
  db.query(`update delivery set next_at = $3, answer = $4 where id = $1 and attempts = $2 and state = 'waiting'`, [
    id,
    attempts,
    nextAt,
    answer,
  ])

/** The receiver says that it is gone (410): nothing more is sent until its owner resumes. */
export const pauseSubscription = (db: Queryable, id: string, problem: string) =>
  db.query(`update subscription set state = 'paused', problem = $2 where id = $1 and state = 'active'`, [id, problem])

/** Sends a dead letter again; false when there is none of that id in the subscription. */
export const reviveDelivery = async (tx: Queryable, subscription: string, id: string, at: Date): Promise<boolean> =>
  (
    await tx.query(
      `update delivery set state = 'waiting', attempts = 0, next_at = $3, settled_at = null
       where id = $2 and subscription = $1 and state = 'dead' returning id`,
      [subscription, id, at],
    )
  ).length === 1

export const countDue = async (db: Queryable, at: Date): Promise<number> =>
  (
    await db.query<{ due: number }>(
      `select count(*)::int as due from delivery d join subscription s on s.id = d.subscription and s.state = 'active'
       where d.state = 'waiting' and d.next_at <= $1 and ${mayBeTold("d.event ->> 'registry'")}`,
      [at],
    )
  )[0]?.due ?? 0

/** Forgets what was settled long ago, a few at a time; dead letters stay until their subscription has ended. */
export const forgetDelivered = (db: Queryable, before: Date) =>
  db.query(
    `delete from delivery where id in
       (select d.id from delivery d join subscription s on s.id = d.subscription
        where d.settled_at < $1 and (d.state = 'delivered' or (d.state = 'dead' and s.state = 'ended')) limit 1000)`,
    [before],
  )
