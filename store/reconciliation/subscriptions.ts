/** Who wants to be told of what, and what was sent to them. What waits is sent by deliveries.ts. */
import type { Queryable } from '../pool.ts'

export type SubscriptionState = 'active' | 'paused' | 'ended'
export type DeliveryState = 'waiting' | 'delivered' | 'dead'
export type SubscriptionRow = {
  id: string
  agency: string
  client: string
  url: string
  events: string[]
  registries: string[]
  state: SubscriptionState
  created_at: Date
  problem: string | null
}
/** With how much waits and how much was given up on. */
export type CountedSubscription = SubscriptionRow & { waiting: number; dead: number }

const columns = 'id, agency, client, url, events, registries, state, created_at, problem'
const counted = `${columns},
  (select count(*)::int from delivery where subscription = s.id and state = 'waiting') as waiting,
  (select count(*)::int from delivery where subscription = s.id and state = 'dead') as dead`

export const addSubscription = (tx: Queryable, row: Omit<SubscriptionRow, 'state' | 'problem'>) =>
  tx.query(
    `insert into subscription (id, agency, client, url, events, registries, state, created_at)
     values ($1, $2, $3, $4, $5, $6, 'active', $7)`,
    [row.id, row.agency, row.client, row.url, row.events, row.registries, row.created_at],
  )

/** A client's own, newest first. */
export const listSubscriptions = (db: Queryable, client: string, page: { before: string | null; limit: number }) =>
  db.query<CountedSubscription>(
    `select ${counted} from subscription s where client = $1 and ($2::uuid is null or id < $2) order by id desc limit $3`,
    [client, page.before, page.limit],
  )

/** A client's own; somebody else's is not there. */
export const readSubscription = async (db: Queryable, client: string, id: string) =>
  (
    await db.query<CountedSubscription>(`select ${counted} from subscription s where id = $2 and client = $1`, [
      client,
      id,
    ])
  )[0]

export const countSubscriptions = async (db: Queryable, client: string): Promise<number> =>
  (
    await db.query<{ count: number }>(
      `select count(*)::int as count from subscription where client = $1 and state <> 'ended'`,
      [client],
    )
  )[0]?.count ?? 0

/** False when it has ended before: that is for good. */
export const setSubscriptionState = async (tx: Queryable, id: string, state: SubscriptionState): Promise<boolean> =>
  (
    await tx.query(
      `update subscription set state = $2, problem = null where id = $1 and (state <> 'ended' or $2 = 'ended') returning id`,
      [id, state],
    )
  ).length === 1

/** What waits for a subscription that has ended is sent no more. */
export const dropWaiting = (tx: Queryable, subscription: string, at: Date) =>
  tx.query(
    `update delivery set state = 'dead', settled_at = $2, answer = 'ended' where subscription = $1 and state = 'waiting'`,
    [subscription, at],
  )

export type DeliveryRow = {
  id: string
  event: unknown
  state: DeliveryState
  attempts: number
  next_at: Date
  created_at: Date
  settled_at: Date | null
  answer: string | null
}
const deliveryColumns = 'id, event, state, attempts, next_at, created_at, settled_at, answer'

/** Newest first. */
export const listDeliveries = (
  db: Queryable,
  subscription: string,
  page: { state: DeliveryState | null; before: string | null; limit: number },
) =>
  db.query<DeliveryRow>(
    `select ${deliveryColumns} from delivery
     where subscription = $1 and ($2::text is null or state = $2) and ($3::uuid is null or id < $3) order by id desc limit $4`,
    [subscription, page.state, page.before, page.limit],
  )

export const readDelivery = async (db: Queryable, subscription: string, id: string) =>
  (
    await db.query<DeliveryRow>(`select ${deliveryColumns} from delivery where subscription = $1 and id = $2`, [
      subscription,
      id,
    ])
  )[0]
