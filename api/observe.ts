/** One log line and one measurement a request. No path, query, header or body: any of them may name a person. */
import type { NextFunction, Request, Response } from 'express'
import type { Logger } from 'pino'
import type { HubError } from '../errors.ts'
import type { Metrics } from './metrics.ts'
import { traceOf } from './trace.ts'

/** What the log may say about a request; filled in on its way through the stack. */
type Seen = { operation: string; client?: string; problem?: string }

export const seenOf = (response: Response): Seen => response.locals.seen as Seen

export const makeObserve =
  (log: Logger, metrics: Metrics) =>
  (request: Request, response: Response, next: NextFunction): void => {
    const started = process.hrtime.bigint()
    const seen: Seen = { operation: 'none' }
    response.locals.seen = seen
    response.once('close', () => {
      const seconds = Number(process.hrtime.bigint() - started) / 1e9
      metrics.answered(seen.operation, response.statusCode, seconds)
      const { id: traceId } = traceOf(response)
      const aborted = !response.writableFinished
      log.info(
        {
          ...seen,
          traceId,
          method: request.method,
          status: response.statusCode,
          ms: Math.round(seconds * 1000),
          aborted,
        },
        'request',
      )
    })
    next()
  }

/**
 * Logs why the hub failed: the kind of the error and where it happened, under the trace id that the caller was given. Not
 * its message: a database driver quotes values in it.
 */
export function logFailure(log: Logger, response: Response, error: HubError): void {
  const { cause } = error
  const stack =
    cause instanceof Error
      ? (cause.stack ?? '')
          .split('\n')
          .filter((line) => /^\s+at /.test(line))
          .slice(0, 12)
      : []
  const code =
    typeof cause === 'object' && cause !== null && 'code' in cause ? String(cause.code).slice(0, 60) : undefined
  const name = cause instanceof Error ? cause.name : typeof cause
  log.error(
    { traceId: traceOf(response).id, operation: seenOf(response).operation, problem: error.code, name, code, stack },
    'failure',
  )
}
