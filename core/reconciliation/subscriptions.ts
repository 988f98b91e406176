/** Being told of events: a client subscribes for registries that it acts for, and sees what was sent. Events hold nothing about a person. */
import { HubError } from '../../errors.ts'
import type { Delivery, EventType, SigningKey, Subscription } from '../../schemas/contract.ts'
import { reviveDelivery } from '../../store/deliveries.ts'
import { newId } from '../../store/ids.ts'
import type { Queryable } from '../../store/pool.ts'
import {
  addSubscription,
  type CountedSubscription,
  countSubscriptions,
  type DeliveryRow,
  type DeliveryState,
  dropWaiting,
  listDeliveries,
  listSubscriptions,
  readDelivery,
  readSubscription,
  type SubscriptionState,
  setSubscriptionState,
} from '../../store/reconciliation/subscriptions.ts'
import type { Asker } from '../asker.ts'
import { vetCallback } from '../events/callback.ts'
import { wakeToDeliver } from '../events/deliver.ts'
import type { Event } from '../events/event.ts'
import { signingKey } from '../events/signature.ts'
import type { Needs } from '../needs.ts'
import { type PageOf, type PageQuery, pageOf, readCursor, usualLimit } from '../page.ts'
import type { Scoped } from './scope.ts'

export type NewSubscription = {
  readonly url: string
  readonly events: readonly EventType[]
  readonly registries: readonly string[]
}
export type DeliveryQuery = PageQuery & { state?: DeliveryState | undefined }

/** A client that asks for more has forgotten to end some. */
const mostSubscriptions = 50

export function makeSubscriptions(needs: Needs, scoped: Scoped) {
  const key = () => signingKey(needs.keys.signingSeed).publicJwk as SigningKey

  async function meet(db: Queryable, id: string, { client }: Asker): Promise<CountedSubscription> {
    const row = await readSubscription(db, client, id)
    if (!row) throw new HubError('not_found')
    return row
  }

  return {
    /** Throws `invalid_request` for an address that events are not sent to, or a registry that the client does not act for. */
    async create({ url, events, registries }: NewSubscription, asker: Asker): Promise<Subscription> {
      const { agency, owned } = await scoped(asker)
      const foreign = registries.findIndex((registry) => !owned.includes(registry))
      if (foreign >= 0)
        throw refused(
          `/registries/${foreign}`,
          'own-registry',
          'Your agreement and your client do not cover this registry.',
        )
      const reasons = await vetCallback(url, needs.events.networks)
      if (reasons.length > 0) throw new HubError('invalid_request', { reasons })
      if ((await countSubscriptions(needs.db, asker.client)) >= mostSubscriptions)
        throw refused(
          '',
          'most-subscriptions',
          `A client has at most ${mostSubscriptions}. End one that you no longer need.`,
        )
      const row = {
        id: newId(),
        agency,
        client: asker.client,
        url,
        events: [...new Set(events)],
        registries: [...new Set(registries)],
        created_at: needs.now(),
      }
      await addSubscription(needs.db, row)
      return toSubscription({ ...row, state: 'active', problem: null, waiting: 0, dead: 0 }, key())
    },

    async list({ cursor, limit = usualLimit }: PageQuery, asker: Asker): Promise<PageOf<Subscription>> {
      const before = readCursor(cursor, 'id')?.[0] ?? null
      await scoped(asker)
      const rows = await listSubscriptions(needs.db, asker.client, { before, limit: limit + 1 })
      return pageOf(
        rows,
        limit,
        (row) => row.id,
        (row) => toSubscription(row, key()),
      )
    },

    async read(id: string, asker: Asker): Promise<Subscription> {
      await scoped(asker)
      return toSubscription(await meet(needs.db, id, asker), key())
    },

    /** Throws `subscription_ended`. Resuming sends what has waited. */
    async update(id: string, state: SubscriptionState, asker: Asker): Promise<Subscription> {
      await scoped(asker)
      await meet(needs.db, id, asker)
      const row = await needs.db.transaction(async (tx) => {
        if (!(await setSubscriptionState(tx, id, state))) throw new HubError('subscription_ended')
        if (state === 'ended') await dropWaiting(tx, id, needs.now())
        return meet(tx, id, asker)
      })
      if (state === 'active') await wakeToDeliver(needs)
      return toSubscription(row, key())
    },

    async deliveries(id: string, query: DeliveryQuery, asker: Asker): Promise<PageOf<Delivery>> {
      const { limit = usualLimit, state = null } = query
      const before = readCursor(query.cursor, 'id')?.[0] ?? null
      await scoped(asker)
      await meet(needs.db, id, asker)
      const rows = await listDeliveries(needs.db, id, { state, before, limit: limit + 1 })
      return pageOf(rows, limit, (row) => row.id, toDelivery)
    },

    /** Sends a dead letter again; one that waits or was taken stays as it is. */
    async redeliver(id: string, delivery: string, asker: Asker): Promise<Delivery> {
      await scoped(asker)
      const { state } = await meet(needs.db, id, asker)
      if (state === 'ended') throw new HubError('subscription_ended')
      await reviveDelivery(needs.db, id, delivery, needs.now())
      const row = await readDelivery(needs.db, id, delivery)
      if (!row) throw new HubError('not_found')
      await wakeToDeliver(needs)
      return toDelivery(row)
    },
  }
}

const refused = (pointer: string, rule: string, message: string) =>
  new HubError('invalid_request', { reasons: [{ pointer, rule, message }] })

const toSubscription = (row: CountedSubscription, key: SigningKey): Subscription => ({
  id: row.id,
  url: row.url,
  events: row.events as EventType[],
  registries: row.registries,
  state: row.state,
  createdAt: row.created_at.toISOString(),
  ...(row.problem !== null && { problem: row.problem }),
  waiting: row.waiting,
  dead: row.dead,
  key,
})

function toDelivery(row: DeliveryRow): Delivery {
  const { type, registry, subject } = row.event as Event
  return {
    id: row.id,
    type,
    registry,
    subject,
    state: row.state,
    attempts: row.attempts,
    createdAt: row.created_at.toISOString(),
    ...(row.state === 'waiting' && { nextAt: row.next_at.toISOString() }),
    ...(row.settled_at && { settledAt: row.settled_at.toISOString() }),
    ...(row.answer !== null && { answer: row.answer }),
  }
}
