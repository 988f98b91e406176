/** What stewards do: reviews, decisions, and the questions whom a record would be linked to and why. */
import type { Client } from 'openapi-fetch'
import type { Asking } from './asking.ts'
import type {
  DecideRequest,
  ExplainRequest,
  Explanation,
  MatchAnswer,
  MatchRequest,
  paths,
  Review,
  ReviewDetail,
  ReviewState,
  StewardDecision,
  StewardDecisionSummary,
} from './contract.ts'
import type { AskOptions, DecideOptions } from './options.ts'
import { eachItem } from './pages.ts'
import { unwrap } from './problem.ts'

export type ReviewFilter = { readonly state?: ReviewState; readonly registry?: string }
export type Matching = {
  reviews(filter?: ReviewFilter, options?: AskOptions): AsyncGenerator<Review, void, undefined>
  /** Both sides of a review and the reasons. */
  review(id: string, options?: AskOptions): Promise<ReviewDetail>
  decide(id: string, answer: DecideRequest, options?: DecideOptions): Promise<StewardDecision>
  /** What stewards have decided, newest first; whom about and why, `decision` tells. */
  decisions(options?: AskOptions): AsyncGenerator<StewardDecisionSummary, void, undefined>
  decision(id: string, options?: AskOptions): Promise<StewardDecision>
  withdraw(id: string, reason: string, options?: DecideOptions): Promise<StewardDecision>
  /** Says that two persons are one. */
  merge(persons: readonly [string, string], reason: string, options?: DecideOptions): Promise<StewardDecision>
  /** Says that these records of a person belong to somebody else. */
  split(person: string, records: readonly string[], reason: string, options?: DecideOptions): Promise<StewardDecision>
  /** Whom a record would be linked to; nothing is created. */
  match(query: MatchRequest, options?: AskOptions): Promise<MatchAnswer>
  /** Why two records, or two persons, are linked or not. */
  explain(query: ExplainRequest, options?: AskOptions): Promise<Explanation>
}

type MatchingNeeds = Asking & { readonly asking: Client<paths>; readonly deciding: Client<paths> }

export function makeMatching({ asking, deciding, ask, decide, at }: MatchingNeeds): Matching {
  return {
    reviews: (filter = {}, given = {}) =>
      eachItem(async (cursor) => {
        const { header, init } = ask(given)
        return unwrap(
          await asking.GET('/v1/reviews', { params: { header, query: { ...filter, ...at(cursor) } }, ...init }),
        )
      }),
    async review(id, given = {}) {
      const { header, init } = ask(given)
      return unwrap(await asking.GET('/v1/reviews/{review}', { params: { header, path: { review: id } }, ...init }))
    },
    async decide(id, answer, given = {}) {
      const { header, init } = decide(given)
      const params = { header, path: { review: id } }
      return unwrap(await deciding.POST('/v1/reviews/{review}/decide', { params, body: answer, ...init }))
    },
    decisions: (given = {}) =>
      eachItem(async (cursor) => {
        const { header, init } = ask(given)
        return unwrap(await asking.GET('/v1/decisions', { params: { header, query: at(cursor) }, ...init }))
      }),
    async decision(id, given = {}) {
      const { header, init } = ask(given)
      return unwrap(
        await asking.GET('/v1/decisions/{decision}', { params: { header, path: { decision: id } }, ...init }),
      )
    },
    async withdraw(id, reason, given = {}) {
      const { header, init } = decide(given)
      const params = { header, path: { decision: id } }
      return unwrap(await deciding.POST('/v1/decisions/{decision}/withdraw', { params, body: { reason }, ...init }))
    },
    async merge(persons, reason, given = {}) {
      const { header, init } = decide(given)
      const body = { persons: [...persons], reason }
      return unwrap(await deciding.POST('/v1/merges', { params: { header }, body, ...init }))
    },
    async split(person, records, reason, given = {}) {
      const { header, init } = decide(given)
      const body = { person, records: [...records], reason }
      return unwrap(await deciding.POST('/v1/splits', { params: { header }, body, ...init }))
    },
    async match(query, given = {}) {
      const { header, init } = ask(given)
      return unwrap(await asking.POST('/v1/matches', { params: { header }, body: query, ...init }))
    },
    async explain(query, given = {}) {
      const { header, init } = ask(given)
      return unwrap(await asking.POST('/v1/matches/explain', { params: { header }, body: query, ...init }))
    },
  }
}
