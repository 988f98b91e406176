import pg from 'pg'
import { HubError } from '../errors.ts'

// https://www.postgresql.org/docs/current/errcodes-appendix.html
const unavailable = [
  /^08/, // connection exceptions
  /^53/, // too many connections, disk full, out of memory
  /^57P0/, // shut down, starting up
  /^57014$/, // statement timeout
  /^25P0[34]$/, // idle in transaction, transaction timeout
  /^55P03$/, // lock timeout
  /^(28P01|28000|3D000)$/, // the server no longer lets us in
  /^E[A-Z]+$/, // the system's own: ECONNREFUSED, ECONNRESET, ENOTFOUND, ETIMEDOUT, EPIPE
]
const invalid = ['22021', '22P05'] // NUL or broken UTF-8 in a text

/**
 * What the rest of the hub sees of a failed statement: HubError where the caller can do something about it, else pg's own error
 * with its SQLSTATE and constraint, less the parts in which PostgreSQL quotes the data.
 */
export function databaseError(error: unknown): unknown {
  if (error instanceof HubError || !(error instanceof Error)) return error
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  if (error instanceof pg.DatabaseError) withoutData(error)
  if (code !== undefined && invalid.includes(code)) {
    return new HubError('invalid_request', { detail: 'A text holds a character that cannot be stored.', cause: error })
  }
  if (code === undefined ? isLostConnection(error) : unavailable.some((rule) => rule.test(code))) {
    return new HubError('unavailable', { retryAfter: 5, cause: error })
  }
  return error
}

// node-postgres gives these no code.
function isLostConnection(error: Error): boolean {
  return /^(Connection terminated|timeout e(xceeded|xpired)|Client has encountered a connection error|Client was closed|Query read timeout|Cannot use a pool after calling end)/i.test(
    error.message,
  )
}

function withoutData(error: pg.DatabaseError): void {
  error.detail = undefined
  error.where = undefined
  error.internalQuery = undefined
  // Class 22, data exceptions: 'invalid input syntax for type date: "..."'.
  if (error.code?.startsWith('22')) error.message = error.message.replace(/".*"/gs, '"..."')
}
