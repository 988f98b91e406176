/** The HTTP side of the hub, in reading order: trace, log, headers, then for each operation who, what, and the answer. */
import { createHash } from 'node:crypto'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express'
import helmet, { type HelmetOptions } from 'helmet'
import type { Logger } from 'pino'
import { HubError } from '../errors.ts'
import { type Operation, operations } from '../schemas/operations.ts'
import { type OperationValidators, validators } from '../schemas/validate.ts'
import { requireScopes, type TokenCheck } from './auth.ts'
import type { Answering } from './handler.ts'
import type { Metrics } from './metrics.ts'
import { logFailure, makeObserve, seenOf } from './observe.ts'
import { makeHandlers } from './operations.ts'
import { sendProblem, toHubError } from './problem.ts'
import { type Checked, checkRequest } from './request.ts'
import { trace, traceOf } from './trace.ts'

export type AppNeeds = {
  readonly core: Answering
  readonly tokens: TokenCheck
  /** The built-in authorization server; without it another issuer gives the tokens. */
  readonly issuer?: RequestHandler
  readonly log: Logger
  readonly metrics: Metrics
  /** Hold every answer against the contract too; an answer that does not fit is `internal`. For tests. */
  readonly checkAnswers?: boolean
}

type AnyAnswer = {
  readonly status: number
  readonly type: string
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
}
type AnyHandler = (request: unknown) => Promise<AnyAnswer>
type Bound = { readonly operation: Operation; readonly handle: AnyHandler; readonly check: OperationValidators }

/** For pages in a browser; the API itself sends nothing that a browser would run. */
const headers: HelmetOptions = {
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
      connectSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      formAction: ["'none'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  },
  crossOriginEmbedderPolicy: true,
}

export function makeApp(needs: AppNeeds): Express {
  const app = express()
  app.disable('x-powered-by').disable('etag').set('query parser', false)
  // Without these, /V1/Beneficiaries/x/ reaches a handler under a path that nobody wrote a rule for.
  app.enable('strict routing').enable('case sensitive routing')
  app.use(trace)
  app.use(makeObserve(needs.log, needs.metrics))
  app.use(helmet(headers))
  const handlers = new Map(Object.entries(makeHandlers(needs.core, needs.metrics)))
  // Path by path, as in the contract: a literal path refuses its other methods before {id} can take it for an id.
  for (const path of new Set(operations().map((operation) => operation.path))) {
    const here = operations().filter(
      (operation) => operation.path === path && (needs.issuer || operation.servedBy === undefined),
    )
    const route = path.replace(/\{(\w+)\}/g, ':$1')
    for (const operation of here) app[operation.method](route, answer(operation, handlers, needs))
    if (here.length > 0) app.all(route, refuseMethod(here))
  }
  app.use(() => {
    throw new HubError('route_not_found')
  })
  app.use(answerProblem(needs.log))
  return app
}

/** The route handler of one operation: what is acceptable, who asks, what is asked, the answer. */
function answer(operation: Operation, handlers: ReadonlyMap<string, unknown>, needs: AppNeeds): RequestHandler {
  const { issuer } = needs
  if (operation.servedBy !== undefined && issuer) {
    return (request, response, next) => {
      seenOf(response).operation = operation.id
      return issuer(request, response, next)
    }
  }
  const handle = handlers.get(operation.id)
  const check = validators().get(operation.id)
  if (typeof handle !== 'function' || !check)
    throw new Error(`openapi.yaml has the operation ${operation.id}, which nothing answers`)
  const bound: Bound = { operation, handle: handle as AnyHandler, check }
  const types = [...new Set(Object.values(operation.responses).flatMap((media) => Object.keys(media)))]
  return async (request, response) => {
    const seen = seenOf(response)
    seen.operation = operation.id
    if (!request.accepts(types))
      throw new HubError('not_acceptable', { detail: `This operation answers in ${types.join(' or ')}.` })
    const caller = operation.scopes.length > 0 ? await needs.tokens(request.get('authorization')) : undefined
    if (caller) {
      seen.client = caller.client
      requireScopes(caller, operation.scopes)
    }
    const checked = await checkRequest(request, response, operation, check, needs.core.misfits.get(operation.id))
    const answered = await carryOut(bound, checked, { client: caller?.client, traceId: traceOf(response).id }, needs)
    if (needs.checkAnswers && !isPieces(answered.body)) checkAnswer(bound, answered)
    await send(response, answered)
  }
}

type From = { readonly client: string | undefined; readonly traceId: string }

/** Calls the handler; a write with an Idempotency-Key once, and from then on its first answer. */
async function carryOut(
  { operation, handle }: Bound,
  checked: Checked,
  from: From,
  { core }: AppNeeds,
): Promise<AnyAnswer> {
  const { bytes, ...parts } = checked
  const request = { operation: operation.id, ...parts, ...from }
  const key = checked.headers['Idempotency-Key']
  if (!operation.idempotent || typeof key !== 'string' || from.client === undefined) return handle(request)
  const fingerprint = createHash('sha256')
    .update(JSON.stringify(checked.path))
    .update('\n')
    .update(bytes)
    .digest('base64url')
  const once = { client: from.client, operation: operation.id, key, fingerprint }
  const first = await core.idempotent(once, async () => {
    const { status, ...rest } = await handle(request)
    return { status, body: rest }
  })
  const kept = first.body as Omit<AnyAnswer, 'status'>
  return { ...kept, status: first.status, headers: { ...kept.headers, 'Idempotency-Replayed': String(first.replayed) } }
}

/** The places where an answer breaks the contract go into the log with the failure, not to the caller. */
function checkAnswer({ operation, check }: Bound, answered: AnyAnswer): void {
  const validate = check.responses().get(`${answered.status} ${answered.type}`)
  const reasons = validate ? validate(answered.body) : [`${answered.status} ${answered.type} is not documented`]
  if (reasons.length > 0) {
    throw new HubError('internal', {
      cause: new Error(`${operation.id} does not answer as documented: ${JSON.stringify(reasons)}`),
    })
  }
}

async function send(response: Response, { status, type, body, headers: more }: AnyAnswer): Promise<void> {
  response.setHeader('Cache-Control', 'no-store')
  for (const [name, value] of Object.entries(more ?? {})) response.setHeader(name, value)
  response.status(status).type(type)
  if (isPieces(body)) return pipeline(Readable.from(body), response)
  response.send(type === 'application/json' ? JSON.stringify(body) : String(body))
}

const isPieces = (body: unknown): body is AsyncIterable<string> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body

/** 405 with the methods that there are. OPTIONS asks for just that. */
function refuseMethod(here: readonly Operation[]): RequestHandler {
  const methods = here.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]))
  const allow = [...methods, 'OPTIONS'].join(', ')
  return (request, response) => {
    response.setHeader('Allow', allow)
    if (request.method !== 'OPTIONS') throw new HubError('method_not_allowed')
    response.status(204).end()
  }
}

const answerProblem = (log: Logger) => (error: unknown, _request: Request, response: Response, next: NextFunction) => {
  const problem = toHubError(error)
  seenOf(response).problem = problem.code
  if (problem.code === 'internal' || problem.code === 'unavailable') logFailure(log, response, problem)
  // The answer is on its way: nothing but cutting the connection tells the caller that it is not whole.
  if (response.headersSent) return next(error)
  sendProblem(response, problem)
}
