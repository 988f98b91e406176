/** Matching: reviews, decisions, merges, dry runs. From the contract's words to the core's, and back. */
import { type Answering, type Handlers, ok } from '../handler.ts'
import { toAsker } from './asking.ts'

export const matchingHandlers = (core: Answering) =>
  ({
    listReviews: async (request) => ok(await core.listReviews(request.query, toAsker(request))),
    getReview: async (request) => ok(await core.readReview(request.path.review, toAsker(request))),
    decideReview: async (request) => ok(await core.decideReview(request.path.review, request.body, toAsker(request))),
    listDecisions: async (request) => ok(await core.listDecisions(request.query, toAsker(request))),
    getDecision: async (request) => ok(await core.readDecision(request.path.decision, toAsker(request))),
    withdrawDecision: async (request) =>
      ok(await core.withdrawDecision(request.path.decision, request.body.reason, toAsker(request))),
    mergePersons: async (request) => ok(await core.merge(request.body, toAsker(request))),
    splitPerson: async (request) => ok(await core.split(request.body, toAsker(request))),
    matchRecord: async (request) => ok(await core.match(request.body, toAsker(request))),
    explainPair: async (request) => ok(await core.explain(request.body, toAsker(request))),
  }) satisfies Partial<Handlers>
