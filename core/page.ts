/** Pages and their cursors. A cursor is opaque to callers; one that we did not make is a clear error. */
import { HubError } from '../errors.ts'

export type PageQuery = { cursor?: string | undefined; limit?: number | undefined }
export type PageOf<Item> = { items: Item[]; nextCursor?: string }

/** How many items a page has when the caller does not say. */
export const usualLimit = 50

const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'
const shapes = {
  id: new RegExp(`^(${uuid})$`),
  place: /^(\d{1,7})$/,
  difference: /^(appears|vanishes)_([0-9a-f]{64})$/,
  fact: new RegExp(`^((?:\\d{4}-\\d{2})?)_(${uuid})_(\\d{1,4})$`),
}

/** Takes a cursor apart. Throws `invalid_request` when it is not one of ours. */
export function readCursor(cursor: string | undefined, shape: keyof typeof shapes): string[] | undefined {
  if (cursor === undefined) return undefined
  const parts = shapes[shape].exec(cursor)
  if (parts) return parts.slice(1)
  const message =
    'This is not a cursor of this list. Send the nextCursor of the page before, unchanged, or none for the first page.'
  throw new HubError('invalid_request', { reasons: [{ pointer: 'query/cursor', rule: 'cursor', message }] })
}

/** Cuts rows, of which one more than asked for was read, into a page with a cursor. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => string,
  toItem: (row: Row) => Item,
): PageOf<Item> {
  const kept = rows.slice(0, limit)
  const last = kept.at(-1)
  return { items: kept.map(toItem), ...(rows.length > limit && last && { nextCursor: cursorOf(last) }) }
}
