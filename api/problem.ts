/** Errors as RFC 9457 problems. The only place where an error code meets an HTTP status. */
import type { Response } from 'express'
import { catalogue, type ErrorCode, HubError } from '../errors.ts'
import type { Problem } from '../schemas/contract.ts'
import { traceOf } from './trace.ts'

export const statuses = {
  invalid_request: 400,
  malformed_body: 400,
  unsupported_media_type: 415,
  not_acceptable: 406,
  payload_too_large: 413,
  method_not_allowed: 405,
  route_not_found: 404,
  token_missing: 401,
  token_invalid: 401,
  scope_missing: 403,
  purpose_missing: 400,
  officer_missing: 400,
  agreement_missing: 403,
  not_found: 404,
  identifier_invalid: 400,
  identifier_conflict: 409,
  decision_conflict: 409,
  finding_changed: 409,
  move_refused: 409,
  run_unfinished: 409,
  runs_waiting: 409,
  subscription_ended: 409,
  idempotency_key_missing: 400,
  idempotency_key_reused: 422,
  idempotency_in_progress: 409,
  sync_running: 409,
  too_many_missing: 409,
  delivery_drifted: 409,
  audit_unavailable: 503,
  unavailable: 503,
  internal: 500,
  database_newer: 500,
  migration_changed: 500,
  wrong_key: 500,
  bad_config: 500,
} as const satisfies Record<ErrorCode, number>

/** Seconds to wait where the error itself does not say. */
const usualWait: Partial<Record<ErrorCode, number>> = {
  idempotency_in_progress: 1,
  audit_unavailable: 2,
  unavailable: 2,
}

export function sendProblem(response: Response, error: HubError): void {
  const wait = error.retryAfter ?? usualWait[error.code]
  if (wait !== undefined) response.setHeader('Retry-After', String(Math.ceil(wait)))
  const challenge = challenges[error.code]
  if (challenge !== undefined) response.setHeader('WWW-Authenticate', challenge)
  response.setHeader('Cache-Control', 'no-store')
  response
    .status(statuses[error.code])
    .type('application/problem+json')
    .send(JSON.stringify(toProblem(error, traceOf(response).id)))
}

/** RFC 6750 section 3. */
const challenges: Partial<Record<ErrorCode, string>> = {
  token_missing: 'Bearer realm="pamoja"',
  token_invalid: 'Bearer realm="pamoja", error="invalid_token"',
  scope_missing: 'Bearer realm="pamoja", error="insufficient_scope"',
}

const toProblem = (error: HubError, traceId: string): Problem => ({
  type: `/problems/${error.code}`,
  title: catalogue[error.code],
  status: statuses[error.code],
  code: error.code,
  detail: error.message,
  ...(error.reasons.length > 0 && { reasons: error.reasons }),
  traceId,
})

/** What Express, its body reader and Node report about a request, in our words. Everything else is `internal`. */
export function toHubError(error: unknown): HubError {
  if (error instanceof HubError) return error
  if (typeof error !== 'object' || error === null) return new HubError('internal', { cause: error })
  const type = 'type' in error ? String(error.type) : ''
  const known = bodyErrors[type]
  if (known) return new HubError(known)
  // Express: a path that cannot be decoded.
  if (error instanceof URIError) return new HubError('route_not_found')
  return new HubError('internal', { cause: error })
}

const bodyErrors: Record<string, ErrorCode> = {
  'entity.too.large': 'payload_too_large',
  'encoding.unsupported': 'unsupported_media_type',
  'request.aborted': 'malformed_body',
  'request.size.invalid': 'malformed_body',
}
