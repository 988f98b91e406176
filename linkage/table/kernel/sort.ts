/** Rows sorted by a key of 32 bits. */
export type Entries = {
  readonly keys: Int32Array<ArrayBuffer>
  readonly rows: Int32Array<ArrayBuffer>
  readonly size: number
}

/** Radix sort, stable: three passes of eleven bits. Keys count as whole numbers without a sign. */
export function sortByKey({ keys, rows, size }: Entries): Entries {
  let [fromKeys, fromRows] = [keys, rows]
  let [toKeys, toRows] = [new Int32Array(size), new Int32Array(size)]
  for (const shift of [0, 11, 22]) {
    const places = new Int32Array(2049)
    for (let i = 0; i < size; i += 1) {
      const digit = (((fromKeys[i] ?? 0) >>> shift) & 0x7ff) + 1
      places[digit] = (places[digit] ?? 0) + 1
    }
    for (let i = 1; i < places.length; i += 1) places[i] = (places[i] ?? 0) + (places[i - 1] ?? 0)
    for (let i = 0; i < size; i += 1) {
      const key = fromKeys[i] ?? 0
      const digit = (key >>> shift) & 0x7ff
      const at = places[digit] ?? 0
      places[digit] = at + 1
      toKeys[at] = key
      toRows[at] = fromRows[i] ?? 0
    }
    ;[fromKeys, toKeys] = [toKeys, fromKeys]
    ;[fromRows, toRows] = [toRows, fromRows]
  }
  return { keys: fromKeys, rows: fromRows, size }
}
