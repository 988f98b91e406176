/** Long work in short pieces: whoever holds the persons' lock answers the server within a piece, so that neither waits for the other. */
import { setImmediate } from 'node:timers/promises'

export type Pause = () => Promise<unknown>

let last: Promise<unknown> = Promise.resolve()

/** For looks ahead alone. Those who pause go on one after the other, and what came meanwhile goes before each. */
export const pause: Pause = () => {
  last = last.then(() => setImmediate())
  return last
}
