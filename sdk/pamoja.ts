/** The client of a hub. One word for each operation; the types are those of the contract. */
import createClient from 'openapi-fetch'
import { makeAsking } from './asking.ts'
import type {
  Beneficiary,
  BeneficiaryBenefit,
  BeneficiaryContribution,
  BeneficiaryEnrolment,
  BeneficiaryRecord,
  LookupAnswer,
  PushAnswer,
  PushRequest,
  paths,
  Readiness,
  RegistryInfo,
  Rejection,
  RejectionState,
  ReplayAnswer,
  ReplayCounts,
  SearchAnswer,
  SearchRequest,
  StatedIdentifier,
  SyncRun,
} from './contract.ts'
import { type Matching, makeMatching } from './matching.ts'
import type { AskOptions, CallOptions, WriteOptions } from './options.ts'
import { eachItem } from './pages.ts'
import { toProblem, unwrap } from './problem.ts'
import { makeReconciliation, type Reconciliation } from './reconciliation.ts'
import type { Scope } from './scope.ts'
import { makeSend } from './send.ts'
import { makeSubscriptions, type Subscriptions } from './subscriptions.ts'
import { makeTokens, type TokenOptions } from './token.ts'

export type PamojaOptions = Omit<TokenOptions, 'fetch'> & {
  /** Why you ask, when a call does not say it: a purpose code of your agreement. */
  readonly purpose?: string
  /** The officer who asks, when a call does not say it. */
  readonly officer?: string
  readonly fetch?: typeof fetch
  /** How often a request that may be repeated is sent at most; 4 when missing. */
  readonly tries?: number
  /** Milliseconds that one try may take; 30,000 when missing. */
  readonly timeout?: number
  /** Milliseconds before the second try, doubling from then on; 200 when missing. */
  readonly pause?: number
}

export type Months = { readonly from?: string; readonly to?: string }

export type Pamoja = {
  /** The person who holds an identifier, or nobody. Two holders are the problem `identifier_conflict`. */
  lookup(identifier: StatedIdentifier, options?: AskOptions & { readonly refresh?: boolean }): Promise<LookupAnswer>
  /** Scored candidates for a name and something else. */
  search(query: SearchRequest, options?: AskOptions): Promise<SearchAnswer>
  readonly beneficiaries: {
    get(id: string, options?: AskOptions): Promise<Beneficiary>
    enrolments(id: string, options?: AskOptions): AsyncGenerator<BeneficiaryEnrolment, void, undefined>
    contributions(
      id: string,
      months?: Months,
      options?: AskOptions,
    ): AsyncGenerator<BeneficiaryContribution, void, undefined>
    benefits(id: string, months?: Months, options?: AskOptions): AsyncGenerator<BeneficiaryBenefit, void, undefined>
    records(id: string, options?: AskOptions): AsyncGenerator<BeneficiaryRecord, void, undefined>
  }
  readonly registries: {
    list(options?: CallOptions): Promise<readonly RegistryInfo[]>
    get(registry: string, options?: CallOptions): Promise<RegistryInfo>
    /** At most 500 records. */
    push(registry: string, records: PushRequest, options?: WriteOptions): Promise<PushAnswer>
    startSync(registry: string, options?: WriteOptions): Promise<SyncRun>
    syncs(registry: string, options?: CallOptions): AsyncGenerator<SyncRun, void, undefined>
    sync(registry: string, run: string, options?: CallOptions): Promise<SyncRun>
    rejections(
      registry: string,
      state?: RejectionState,
      options?: CallOptions,
    ): AsyncGenerator<Rejection, void, undefined>
    replay(registry: string, rejection: string, options?: WriteOptions): Promise<ReplayAnswer>
    replayAll(registry: string, options?: WriteOptions): Promise<ReplayCounts>
  }
  readonly matching: Matching
  readonly reconciliation: Reconciliation
  readonly subscriptions: Subscriptions
  /** Whether the hub can do its work now. */
  ready(options?: CallOptions): Promise<Readiness>
  /** An access token, for calling the hub in another way. */
  token(scope: Scope): Promise<string>
}

/** Makes a client. Nothing is sent until the first call. */
export function pamoja(options: PamojaOptions): Pamoja {
  const { fetch = globalThis.fetch, tries = 4, timeout = 30_000, pause = 200 } = options
  const baseUrl = options.baseUrl.replace(/\/$/, '')
  const tokens = makeTokens({ ...options, baseUrl, fetch })
  const client = (scope?: Scope) =>
    createClient<paths>({ baseUrl, fetch: makeSend({ fetch, tokens, tries, timeout, pause }, scope) })
  const people = client('beneficiaries:read')
  const reading = client('registries:read')
  const writing = client('registries:write')
  const open = client()

  const asking = makeAsking(options)
  const { ask, key, at } = asking
  const call = ({ signal }: CallOptions) => ({ ...(signal && { signal }) })

  return {
    async lookup(identifier, given = {}) {
      const { header, init } = ask(given)
      const body = { identifier, ...(given.refresh !== undefined && { refresh: given.refresh }) }
      return unwrap(await people.POST('/v1/beneficiaries/lookup', { params: { header }, body, ...init }))
    },
    async search(query, given = {}) {
      const { header, init } = ask(given)
      return unwrap(await people.POST('/v1/beneficiaries/search', { params: { header }, body: query, ...init }))
    },
    beneficiaries: {
      async get(id, given = {}) {
        const { header, init } = ask(given)
        return unwrap(await people.GET('/v1/beneficiaries/{id}', { params: { header, path: { id } }, ...init }))
      },
      enrolments: (id, given = {}) =>
        eachItem(async (cursor) => {
          const { header, init } = ask(given)
          const params = { header, path: { id }, query: at(cursor) }
          return unwrap(await people.GET('/v1/beneficiaries/{id}/enrolments', { params, ...init }))
        }),
      contributions: (id, months = {}, given = {}) =>
        eachItem(async (cursor) => {
          const { header, init } = ask(given)
          const params = { header, path: { id }, query: { ...months, ...at(cursor) } }
          return unwrap(await people.GET('/v1/beneficiaries/{id}/contributions', { params, ...init }))
        }),
      benefits: (id, months = {}, given = {}) =>
        eachItem(async (cursor) => {
          const { header, init } = ask(given)
          const params = { header, path: { id }, query: { ...months, ...at(cursor) } }
          return unwrap(await people.GET('/v1/beneficiaries/{id}/benefits', { params, ...init }))
        }),
      records: (id, given = {}) =>
        eachItem(async (cursor) => {
          const { header, init } = ask(given)
          const params = { header, path: { id }, query: at(cursor) }
          return unwrap(await people.GET('/v1/beneficiaries/{id}/records', { params, ...init }))
        }),
    },
    registries: {
      list: async (given = {}) => unwrap(await reading.GET('/v1/registries', call(given))).items,
      get: async (registry, given = {}) =>
        unwrap(await reading.GET('/v1/registries/{registry}', { params: { path: { registry } }, ...call(given) })),
      push: async (registry, records, given = {}) => {
        const params = { path: { registry }, header: key(given) }
        return unwrap(
          await writing.POST('/v1/registries/{registry}/records', { params, body: records, ...call(given) }),
        )
      },
      startSync: async (registry, given = {}) => {
        const params = { path: { registry }, header: key(given) }
        return unwrap(await writing.POST('/v1/registries/{registry}/syncs', { params, ...call(given) }))
      },
      syncs: (registry, given = {}) =>
        eachItem(async (cursor) => {
          const params = { path: { registry }, query: at(cursor) }
          return unwrap(await reading.GET('/v1/registries/{registry}/syncs', { params, ...call(given) }))
        }),
      sync: async (registry, run, given = {}) =>
        unwrap(
          await reading.GET('/v1/registries/{registry}/syncs/{run}', {
            params: { path: { registry, run } },
            ...call(given),
          }),
        ),
      rejections: (registry, state, given = {}) =>
        eachItem(async (cursor) => {
          const params = { path: { registry }, query: { ...(state && { state }), ...at(cursor) } }
          return unwrap(await reading.GET('/v1/registries/{registry}/rejections', { params, ...call(given) }))
        }),
      replay: async (registry, rejection, given = {}) => {
        const params = { path: { registry, rejection }, header: key(given) }
        return unwrap(
          await writing.POST('/v1/registries/{registry}/rejections/{rejection}/replay', { params, ...call(given) }),
        )
      },
      replayAll: async (registry, given = {}) => {
        const params = { path: { registry }, header: key(given) }
        return unwrap(await writing.POST('/v1/registries/{registry}/rejections/replay', { params, ...call(given) }))
      },
    },
    matching: makeMatching({ ...asking, asking: client('matching:read'), deciding: client('matching:write') }),
    reconciliation: makeReconciliation({
      ...asking,
      reading: client('findings:read'),
      deciding: client('findings:write'),
      running: client('reconciliation:run'),
    }),
    subscriptions: makeSubscriptions({ ...asking, subscribing: client('subscriptions:write') }),
    async ready(given = {}) {
      const { data, error, response } = await open.GET('/readyz', call(given))
      const readiness = data ?? error
      if (typeof readiness === 'object' && 'ready' in readiness) return readiness
      throw toProblem(readiness, response.status)
    },
    token: (scope) => tokens.get(scope),
  }
}
