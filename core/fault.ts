import { HubError } from '../errors.ts'

// pg names its errors 'error'; the store has cut away what quotes data.
/** What of an unexpected error may stand in a log: its name and where it was thrown, and its message where that cannot quote data. */
const quotesNothing = new Set([
  'error',
  'HubError',
  'PullError',
  'TypeError',
  'RangeError',
  'ReferenceError',
  'AbortError',
  'TimeoutError',
])

export function describeFault(reason: unknown): string {
  if (!(reason instanceof Error)) return 'not an Error'
  const frames =
    reason.stack
      ?.split('\n')
      .filter((line) => /^\s+at /.test(line))
      .slice(0, 4) ?? []
  const message = quotesNothing.has(reason.name) ? `: ${reason.message}` : ''
  return `${reason.name}${message}${frames.map((frame) => ` ${frame.trim()}`).join('')}`.slice(0, 600)
}

/** The database is away. A statement that ran into its time limit is the batch's own fault, not the database's (SQLSTATE 57014). */
export const isAway = (reason: unknown): boolean =>
  reason instanceof HubError && reason.code === 'unavailable' && !tookTooLong(reason)

const tookTooLong = ({ cause }: HubError) => cause instanceof Error && 'code' in cause && cause.code === '57014'

/** Who waits for a lock in vain comes again: no row is to blame, nor counted as failed. */
export function nobodysFault(reason: unknown): never {
  throw reason instanceof HubError && tookTooLong(reason) ? new HubError('unavailable', { retryAfter: 1 }) : reason
}
