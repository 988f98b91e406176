/** COPY of many rows into one table, rendered while the server takes them. */
import { copyLine, type Queryable } from './pool.ts'

type Value = Parameters<typeof copyLine>[0][number]

/** A row is some hundred bytes: to hand each over by itself would cost more than to render it. */
const chunkLength = 1 << 15

/** Adds rows; `render` gives a row's values in the order of `columns`. A row that breaks a constraint fails them all. */
export async function copyRows<Row>(
  tx: Queryable,
  table: string,
  columns: string,
  rows: readonly Row[],
  render: (row: Row) => readonly Value[],
): Promise<void> {
  if (rows.length > 0) await tx.copyFrom(`copy ${table} (${columns}) from stdin`, chunks(rows, render))
}

function* chunks<Row>(rows: readonly Row[], render: (row: Row) => readonly Value[]): Generator<string> {
  let chunk = ''
  for (const row of rows) {
    chunk += copyLine(render(row))
    if (chunk.length < chunkLength) continue
    yield chunk
    chunk = ''
  }
  if (chunk) yield chunk
}

/** The value of a `text[]` column. */
export const copyArray = (texts: readonly string[]): string =>
  `{${texts.map((text) => `"${text.replace(/["\\]/g, '\\$&')}"`).join(',')}}`
