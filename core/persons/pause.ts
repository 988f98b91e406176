/** Long work in short pieces: whoever holds the persons' lock answers the server within a piece, so that neither waits for the other. */
import { setImmediate } from 'node:timers/promises'

let last: Promise<unknown> = Promise.resolve()

/** What came meanwhile goes first. Those who pause go on one after the other, and what came in between goes before each. */
export function pause(): Promise<unknown> {
  last = last.then(() => setImmediate())
  return last
}
