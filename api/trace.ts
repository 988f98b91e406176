/** W3C Trace Context: a request keeps the trace id of its caller, so that one id runs through the caller's log and ours. */
import { randomBytes } from 'node:crypto'
import type { NextFunction, Request, Response } from 'express'

/** `id`: 32 hex digits, the same in the log, in the audit and in every problem. */
export type Trace = { readonly id: string }

const traceparent = /^00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}$/

export function trace(request: Request, response: Response, next: NextFunction): void {
  const given = traceparent.exec(request.get('traceparent') ?? '')?.[1]
  const made: Trace = { id: given ?? randomBytes(16).toString('hex') }
  response.locals.trace = made
  response.setHeader('traceparent', `00-${made.id}-${randomBytes(8).toString('hex')}-01`)
  next()
}

export const traceOf = (response: Response): Trace => response.locals.trace as Trace
