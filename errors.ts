/**
 * The error catalogue. A code is part of the contract: it never changes its meaning and is never reused.
 * Messages say what happened and what to do; they never hold personal data. HTTP statuses live in api/problem.ts alone.
 */
export const catalogue = {
  invalid_request: 'The request does not match the contract; see the list of reasons.',
  malformed_body: 'The body is not well-formed JSON in UTF-8.',
  unsupported_media_type: 'Send the body as application/json in UTF-8.',
  not_acceptable: 'This hub answers in application/json.',
  payload_too_large: 'The body is larger than this operation accepts.',
  method_not_allowed: 'This path exists, but not with this method; see the Allow header.',
  route_not_found: 'No such path. /docs describes those that there are, /openapi.json lists them.',
  token_missing: 'Send an access token: Authorization: Bearer <token>.',
  token_invalid: 'The access token is not valid for this hub. Ask for a new one at /oauth2/token.',
  scope_missing: 'The access token lacks the scope that this operation needs.',
  purpose_missing: 'Say why you ask: send a Pamoja-Purpose header with a registered purpose code.',
  officer_missing: 'This purpose needs the officer who asks: send a Pamoja-Officer header.',
  agreement_missing: 'No agreement in force lets your agency ask for this purpose.',
  not_found: 'Nothing here that you may see.',
  identifier_invalid: 'The identifier does not fit the rule of its type.',
  identifier_conflict: 'More than one person holds this identifier, so nobody is shown. A data steward has to decide.',
  decision_conflict:
    'What stands says otherwise. Read the decisions that stand, and withdraw one before you decide against it.',
  finding_changed: 'The finding has changed since you read it. Read it again, and decide on what it says now.',
  move_refused: 'The finding cannot be brought into that state now; see the reason.',
  run_unfinished: 'The run has not come to its end. Read it to see how far it is.',
  runs_waiting: 'As many runs as this hub takes on at once are under way. Ask again when one has ended.',
  subscription_ended: 'This subscription has ended for good. Make a new one.',
  idempotency_key_missing: 'Send an Idempotency-Key header, so that a repeated request is not carried out twice.',
  idempotency_key_reused: 'This Idempotency-Key was used for another request. Use a new key.',
  idempotency_in_progress: 'The first request with this Idempotency-Key is still running. Ask again shortly.',
  sync_running: 'A sync of this registry is running already. Read it, or wait until it has ended.',
  too_many_missing: 'More records have vanished than this registry allows. The snapshot was held; check the file.',
  delivery_drifted: 'The delivery does not look like those before and was held back. Nothing of it was taken in.',
  audit_unavailable: 'The disclosure could not be written to the audit log, so nothing is shown. Ask again shortly.',
  unavailable: 'The hub cannot reach its database. Ask again shortly.',
  internal: 'Something went wrong in the hub. It has been logged under the given trace id.',
  database_newer: 'The database is newer than this build. Deploy a newer build, or restore a backup.',
  migration_changed:
    'A migration that was already applied has changed. Restore its text; write a new migration instead.',
  wrong_key: 'The key file does not belong to this database. Restore the right PAMOJA_KEYS.',
  bad_config: 'The settings do not fit together; see the list.',
} as const

export type ErrorCode = keyof typeof catalogue

export type Reason = { pointer: string; rule: string; message: string }

/** An error with a catalogue code. `details` is safe to show: never personal data. */
export class HubError extends Error {
  readonly code: ErrorCode
  readonly reasons: Reason[]
  /** Seconds after which asking again makes sense. */
  readonly retryAfter: number | undefined

  constructor(
    code: ErrorCode,
    options: { detail?: string; reasons?: Reason[]; retryAfter?: number; cause?: unknown } = {},
  ) {
    super(options.detail ?? catalogue[code], { cause: options.cause })
    this.name = 'HubError'
    this.code = code
    this.reasons = options.reasons ?? []
    this.retryAfter = options.retryAfter
  }
}
