/**
 * Values in PostgreSQL's binary formats, for what is written by the thousand: no hexadecimal digits here, nothing to parse there. COPY's
 * format stands in the manual (COPY, "Binary Format"), those of the values in the server's `*_send` functions.
 */
import type { Queryable } from './pool.ts'

type Value = Uint8Array | null

/** A row is some hundred bytes: to hand each over by itself would cost more than to put it together. */
const chunkBytes = 1 << 16
const beginning = Buffer.concat([Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), Buffer.alloc(8)])
const end = Buffer.of(0xff, 0xff)

/** Adds rows; `render` gives a row's values in the order of `columns`. A row that breaks a constraint fails them all. */
export async function copyBinary<Row>(
  tx: Queryable,
  table: string,
  columns: readonly string[],
  rows: readonly Row[],
  render: (row: Row) => readonly Value[],
): Promise<void> {
  if (rows.length === 0) return
  await tx.copyFrom(`copy ${table} (${columns.join(', ')}) from stdin (format binary)`, chunks(rows, render))
}

function* chunks<Row>(rows: readonly Row[], render: (row: Row) => readonly Value[]): Generator<Buffer> {
  let chunk = Buffer.allocUnsafe(chunkBytes)
  let at = beginning.copy(chunk)
  for (const row of rows) {
    const values = render(row)
    const length = values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), 2 + end.length)
    if (at + length > chunk.length) {
      yield chunk.subarray(0, at)
      chunk = Buffer.allocUnsafe(Math.max(chunkBytes, length))
      at = 0
    }
    at = chunk.writeInt16BE(values.length, at)
    for (const value of values) at = putValue(chunk, value, at)
  }
  end.copy(chunk, at)
  yield chunk.subarray(0, at + end.length)
}

function putValue(into: Buffer, value: Value, at: number): number {
  const start = into.writeInt32BE(value ? value.length : -1, at)
  if (!value) return start
  into.set(value, start)
  return start + value.length
}

/** An array of one dimension as a statement's parameter; it must be cast, as `$1::bytea[]`. */
function arrayOf(elementType: number, values: readonly Value[]): Buffer {
  const array = Buffer.allocUnsafe(values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), 20))
  let at = 0
  // Dimensions, whether some are null, the type of the elements, how many, the first one's index.
  for (const word of [1, values.includes(null) ? 1 : 0, elementType, values.length, 1])
    at = array.writeInt32BE(word, at)
  for (const value of values) at = putValue(array, value, at)
  return array
}

/** The same of whole numbers of four or eight bytes. */
function numbersArray<Value>(
  elementType: number,
  width: 4 | 8,
  values: readonly Value[],
  put: (array: Buffer, value: Value, at: number) => number,
): Buffer {
  const array = Buffer.allocUnsafe(20 + values.length * (4 + width))
  let at = 0
  for (const word of [1, 0, elementType, values.length, 1]) at = array.writeInt32BE(word, at)
  for (const value of values) at = put(array, value, array.writeInt32BE(width, at))
  return array
}

// Types' numbers, from pg_type.
export const int4Array = (values: readonly number[]): Buffer =>
  numbersArray(23, 4, values, (array, value, at) => array.writeInt32BE(value, at))
/** Of decimal digits. */
export const int8Array = (values: readonly string[]): Buffer =>
  numbersArray(20, 8, values, (array, value, at) => array.writeBigInt64BE(BigInt(value), at))
export const bytesArray = (values: readonly Value[]): Buffer => arrayOf(17, values)
export const textArray = (values: readonly string[]): Buffer =>
  values.length === 0
    ? Buffer.from([...new Array(8).fill(0), 0, 0, 0, 25])
    : arrayOf(
        25,
        values.map((value) => Buffer.from(value)),
      )

export const uuid = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')

export function int4(value: number): Buffer {
  const bytes = Buffer.allocUnsafe(4)
  bytes.writeInt32BE(value)
  return bytes
}

/** `value`: in decimal digits, or a bigint. */
export function int8(value: string | bigint): Buffer {
  const bytes = Buffer.allocUnsafe(8)
  bytes.writeBigInt64BE(BigInt(value))
  return bytes
}

const epoch = Date.UTC(2000, 0, 1)
/** A timestamptz: microseconds since 2000. */
export const instant = (at: Date): Buffer => int8(BigInt(at.getTime() - epoch) * 1000n)
