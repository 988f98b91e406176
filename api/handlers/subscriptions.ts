/** Being told of events: subscriptions and what was sent. From the contract's words to the core's, and back. */
import { type Answering, created, type Handlers, ok } from '../handler.ts'
import { toAsker } from './asking.ts'

export const subscriptionHandlers = ({ subscriptions }: Answering) =>
  ({
    createSubscription: async (request) => {
      const made = await subscriptions.create(request.body, toAsker(request))
      return { ...created(made), headers: { Location: `/v1/subscriptions/${made.id}` } }
    },
    listSubscriptions: async (request) => ok(await subscriptions.list(request.query, toAsker(request))),
    getSubscription: async (request) => ok(await subscriptions.read(request.path.subscription, toAsker(request))),
    updateSubscription: async (request) =>
      ok(await subscriptions.update(request.path.subscription, request.body.state, toAsker(request))),
    listDeliveries: async (request) =>
      ok(await subscriptions.deliveries(request.path.subscription, request.query, toAsker(request))),
    redeliverEvent: async (request) =>
      ok(await subscriptions.redeliver(request.path.subscription, request.path.delivery, toAsker(request))),
  }) satisfies Partial<Handlers>
