/** A rate limit: calls take turns, first come first served, evenly spaced. Only calls that are made use a turn up. */

export type Turn = {
  /** The call is made now: the next turn is one gap away. */
  take(): void
  /** The call will not be made: the next in the queue may go at once. Does nothing after `take`. */
  giveBack(): void
}

/** The turn would come later than the caller can wait. */
export class TurnTooLate extends Error {
  readonly waitMs: number

  constructor(waitMs: number) {
    super('The turn would come too late.')
    this.waitMs = waitMs
  }
}

/**
 * Answers each caller's turn when it has come; it must be taken or given back. Rejects at once with TurnTooLate when the wait
 * would be longer than `patienceMs`, and with the signal's reason when that comes first: then those behind move up.
 */
export const makeTurns = (perSecond: number | undefined, now: () => number) => {
  const gap = perSecond === undefined ? 0 : 1000 / perSecond
  const queue: (() => void)[] = []
  let next = 0
  let held = false
  let timer: NodeJS.Timeout | undefined

  const move = (): void => {
    if (held || timer !== undefined || queue.length === 0) return
    const rest = next - now()
    if (rest > 0) {
      timer = setTimeout(() => {
        timer = undefined
        move()
      }, rest)
      return
    }
    held = true
    queue.shift()?.()
  }

  const makeTurn = (): Turn => {
    let over = false
    const end = (last: boolean): void => {
      if (over) return
      over = true
      held = false
      if (last) next = now() + gap
      move()
    }
    return { take: () => end(true), giveBack: () => end(false) }
  }

  return (signal: AbortSignal | undefined, patienceMs: number = Number.POSITIVE_INFINITY): Promise<Turn> =>
    new Promise((resolve, reject) => {
      const waitMs = Math.max(0, next - now()) + queue.length * gap
      if (waitMs > patienceMs) return reject(new TurnTooLate(waitMs))
      const leave = (): void => {
        queue.splice(queue.indexOf(come), 1)
        reject(signal?.reason)
      }
      const come = (): void => {
        signal?.removeEventListener('abort', leave)
        resolve(makeTurn())
      }
      queue.push(come)
      signal?.addEventListener('abort', leave, { once: true })
      move()
    })
}
