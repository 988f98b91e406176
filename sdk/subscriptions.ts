/** Being told of events. What arrives, `verifyEvent` checks. */
import type { Client } from 'openapi-fetch'
import type { Asking } from './asking.ts'
import type {
  Delivery,
  DeliveryState,
  paths,
  Subscription,
  SubscriptionRequest,
  SubscriptionState,
} from './contract.ts'
import type { AskOptions, DecideOptions } from './options.ts'
import { eachItem } from './pages.ts'
import { unwrap } from './problem.ts'

export type Subscriptions = {
  /** Asks for events at an https address. The answer holds the key that verifies them. */
  create(subscription: SubscriptionRequest, options?: DecideOptions): Promise<Subscription>
  list(options?: AskOptions): AsyncGenerator<Subscription, void, undefined>
  get(id: string, options?: AskOptions): Promise<Subscription>
  /** Pauses, resumes (`active`) or ends. */
  update(id: string, state: SubscriptionState, options?: DecideOptions): Promise<Subscription>
  /** What was sent, newest first; `dead` is what was given up on. */
  deliveries(id: string, state?: DeliveryState, options?: AskOptions): AsyncGenerator<Delivery, void, undefined>
  /** Sends again what was given up on. */
  redeliver(id: string, delivery: string, options?: DecideOptions): Promise<Delivery>
}

export function makeSubscriptions({
  subscribing,
  ask,
  decide,
  at,
}: Asking & { subscribing: Client<paths> }): Subscriptions {
  return {
    async create(subscription, given = {}) {
      const { header, init } = decide(given)
      return unwrap(await subscribing.POST('/v1/subscriptions', { params: { header }, body: subscription, ...init }))
    },
    list: (given = {}) =>
      eachItem(async (cursor) => {
        const { header, init } = ask(given)
        return unwrap(await subscribing.GET('/v1/subscriptions', { params: { header, query: at(cursor) }, ...init }))
      }),
    async get(id, given = {}) {
      const { header, init } = ask(given)
      const params = { header, path: { subscription: id } }
      return unwrap(await subscribing.GET('/v1/subscriptions/{subscription}', { params, ...init }))
    },
    async update(id, state, given = {}) {
      const { header, init } = decide(given)
      const params = { header, path: { subscription: id } }
      return unwrap(await subscribing.POST('/v1/subscriptions/{subscription}', { params, body: { state }, ...init }))
    },
    deliveries: (id, state, given = {}) =>
      eachItem(async (cursor) => {
        const { header, init } = ask(given)
        const params = { header, path: { subscription: id }, query: { ...(state && { state }), ...at(cursor) } }
        return unwrap(await subscribing.GET('/v1/subscriptions/{subscription}/deliveries', { params, ...init }))
      }),
    async redeliver(id, delivery, given = {}) {
      const { header, init } = decide(given)
      const params = { header, path: { subscription: id, delivery } }
      const path = '/v1/subscriptions/{subscription}/deliveries/{delivery}/redeliver'
      return unwrap(await subscribing.POST(path, { params, ...init }))
    },
  }
}
