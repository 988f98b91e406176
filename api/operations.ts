/** Every operation of the contract and the handler that answers it. */
import type { Answering, Handlers } from './handler.ts'
import { beneficiaryHandlers } from './handlers/beneficiaries.ts'
import { matchingHandlers } from './handlers/matching.ts'
import { operationHandlers } from './handlers/operation.ts'
import { reconciliationHandlers } from './handlers/reconciliation.ts'
import { registryHandlers } from './handlers/registries.ts'
import { subscriptionHandlers } from './handlers/subscriptions.ts'
import type { Metrics } from './metrics.ts'

export const makeHandlers = (core: Answering, metrics: Metrics): Handlers => ({
  ...beneficiaryHandlers(core),
  ...registryHandlers(core),
  ...matchingHandlers(core),
  ...reconciliationHandlers(core),
  ...subscriptionHandlers(core),
  ...operationHandlers(core, metrics),
})
