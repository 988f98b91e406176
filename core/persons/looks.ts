/** Looks ahead that are under way, each behind the one before: while one has its turn, others are made ready. */
import type { Needs } from '../needs.ts'
import { type Ahead, makeReady, nextRows } from './ahead.ts'
import type { PreparedCache } from './book.ts'

/** As many turns of ours may lie between a look and its own. */
export const looksAhead = 2

export type Looks = {
  /**
   * What is to be resolved next, if anything waits; begins the looks behind it, at so many rows each. Without `cache` nothing is
   * compared ahead.
   */
  readonly next: (rows: number, cache: PreparedCache | undefined) => Promise<Ahead | undefined>
  /** Ends the looks that are under way, and begins anew. */
  readonly forget: () => void
  /** When no look reads any more. */
  readonly end: () => Promise<unknown>
}

export function makeLooks(needs: Needs): Looks {
  const reading = new Set<Promise<Ahead>>()
  let underWay: Promise<Ahead>[] = []
  let last: Promise<string | undefined> = Promise.resolve(undefined)
  let forgotten = new AbortController()

  function begin(rows: number, cache: PreparedCache | undefined): void {
    const found = last.then((after) => nextRows(needs, after, rows)).catch(() => [])
    last = Promise.all([found, last]).then(([page, after]) => page.at(-1)?.id ?? after)
    const { signal } = forgotten
    const look = Promise.all([found, last]).then(([page, behind]) =>
      makeReady(needs, page, { cache, last: behind, signal }),
    )
    reading.add(look)
    underWay.push(look.finally(() => reading.delete(look)))
  }

  /** Undefined where nothing was found, or nothing could be read. */
  async function take(rows: number, cache: PreparedCache | undefined): Promise<Ahead | undefined> {
    const ahead = await underWay.shift()
    if (!ahead || ahead.ready.size === 0) return undefined
    while (underWay.length < looksAhead) begin(rows, cache)
    return ahead
  }

  function forget(): void {
    // Nobody waits for them: they are not to keep those that are begun now waiting.
    forgotten.abort()
    forgotten = new AbortController()
    underWay = []
    last = Promise.resolve(undefined)
  }

  async function next(rows: number, cache: PreparedCache | undefined): Promise<Ahead | undefined> {
    while (underWay.length > 0) {
      const ahead = await take(rows, cache)
      if (ahead) return ahead
    }
    // Rows may have come since, also before those that were looked at.
    forget()
    begin(rows, cache)
    return take(rows, cache)
  }

  return { next, forget, end: () => Promise.all(reading) }
}
