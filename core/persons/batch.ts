/** How much is resolved under the persons' lock at once: who asks at a counter waits for it, and gives up after a second. */

/** A batch is to hold the lock for so long, in milliseconds, on whatever machine. */
const heldMs = 600
/** A row of the outbox is a page: some two hundred records, if all of them changed. */
const mostRows = 4

export const firstRows = 2

/**
 * How many rows of the outbox to take next, after so many were resolved in so many milliseconds. Grows by one, falls at once; the looks
 * that are under way are resolved as they are.
 */
export const rowsAfter = (rows: number, tookMs: number): number =>
  Math.max(1, Math.min(mostRows, rows + 1, Math.floor((heldMs * rows) / Math.max(1, tookMs))))
