/**
 * What a handler is, derived from the contract: a missing handler, a status that is not documented and a misspelt field do
 * not compile (test/api/handler-types.test.ts holds the compiler to it).
 */
import type { By, Core } from '../core/core.ts'
import type { operations } from '../schemas/contract.ts'

/** Answered by the mounted authorization server. */
type Mounted = 'getIssuerMetadata' | 'issueToken' | 'getTokenKeys'
type OperationId = Exclude<keyof operations, Mounted>

type Problem = 'application/problem+json'
type Parameters<Id extends OperationId, In extends 'path' | 'query' | 'header'> = NonNullable<
  operations[Id]['parameters'][In]
>
type Body<Id extends OperationId> = operations[Id] extends {
  readonly requestBody: { readonly content: { readonly 'application/json': infer B } }
}
  ? B
  : undefined
/** Operations that need a token are those that may answer 401. */
type Client<Id extends OperationId> = 401 extends keyof operations[Id]['responses'] ? string : undefined

/** A request that has passed every check of the contract. */
type Request<Id extends OperationId> = {
  readonly operation: Id
  readonly path: Parameters<Id, 'path'>
  readonly query: Parameters<Id, 'query'>
  readonly headers: Parameters<Id, 'header'>
  readonly body: Body<Id>
  /** The client system that sent the token. */
  readonly client: Client<Id>
  readonly traceId: string
}

type Responses<Id extends OperationId> = operations[Id]['responses']
type Content<Response> = Response extends { content: infer C } ? C : never
/** One answer for each documented status and content type, problems apart: those are thrown as HubErrors. */
type Answer<Id extends OperationId> = {
  [Status in keyof Responses<Id>]: {
    [Type in Exclude<keyof Content<Responses<Id>[Status]>, Problem>]: {
      readonly status: Status
      readonly type: Type
      /** Text may come in pieces; what fails after the first of them cuts the answer short. */
      readonly body:
        | Content<Responses<Id>[Status]>[Type]
        | (Type extends `text/${string}` ? AsyncIterable<string> : never)
      readonly headers?: Readonly<Record<string, string>>
    }
  }[Exclude<keyof Content<Responses<Id>[Status]>, Problem>]
}[keyof Responses<Id>]

type Handler<Id extends OperationId> = (request: Request<Id>) => Promise<Answer<Id>>
export type Handlers = { readonly [Id in OperationId]: Handler<Id> }

type Inner = 'runSync' | 'resolveWaiting' | 'relink' | 'backlog' | 'syncDue' | 'sweep' | 'deliverDue' | 'reconciliation'
type Writes = 'pushRecords' | 'startSync' | 'replayRejection' | 'replayRejections'
/** A use case whose last argument says who writes; over HTTP that is never left out. */
type ByClient<Use> = Use extends (...given: [...infer Given, by?: By]) => infer Result
  ? (...given: [...Given, by: { readonly client: string }]) => Result
  : never

/** The part of the core that answers over HTTP. */
export type Answering = Omit<Core, Inner | Writes> & { readonly [Use in Writes]: ByClient<Core[Use]> }

const as =
  <Status extends number>(status: Status) =>
  <Body>(body: Body) =>
    ({ status, type: 'application/json', body }) as const
export const ok = as(200)
export const created = as(201)
export const accepted = as(202)
export const notReady = as(503)
