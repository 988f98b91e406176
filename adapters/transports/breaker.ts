/** A circuit breaker: stops asking a service that fails, and lets a single call find out whether it is back. */

export type Breaker = {
  /** Asks to pass. Closed doors name the seconds after which asking again makes sense. */
  enter(): { readonly open: true } | { readonly open: false; readonly retryAfter: number }
  succeeded(): void
  failed(): void
  /** The caller gave up; nothing was learnt about the service. */
  left(): void
}

type BreakerOptions = { readonly failures: number; readonly coolMs: number; readonly now: () => number }

/** `failures` in a row shut the door for `coolMs`; then one call at a time may try, and its success opens the door again. */
export const makeBreaker = ({ failures, coolMs, now }: BreakerOptions): Breaker => {
  let inARow = 0
  let shutUntil = 0
  let trying = false

  const enter: Breaker['enter'] = () => {
    if (inARow < failures) return { open: true }
    const wait = shutUntil - now()
    if (wait > 0 || trying) return { open: false, retryAfter: Math.max(1, Math.ceil(wait / 1000)) }
    trying = true
    return { open: true }
  }
  const succeeded = (): void => {
    inARow = 0
    trying = false
  }
  const failed = (): void => {
    inARow += 1
    trying = false
    if (inARow >= failures) shutUntil = now() + coolMs
  }
  const left = (): void => {
    trying = false
  }
  return { enter, succeeded, failed, left }
}
