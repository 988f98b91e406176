/** Rows sorted by a key of 32 bits. */
export type Entries = {
  readonly keys: Int32Array<ArrayBuffer>
  readonly rows: Int32Array<ArrayBuffer>
  readonly size: number
}

type Columns = Pick<Entries, 'keys' | 'rows'>
const columns = (size: number): Columns => ({ keys: new Int32Array(size), rows: new Int32Array(size) })

/** Radix sort, stable: three passes of eleven bits. Keys count as whole numbers without a sign. */
export function sortByKey({ keys, rows, size }: Entries): Entries {
  const [one, other] = [columns(size), columns(size)]
  sortByDigit({ keys, rows }, one, size, 0)
  sortByDigit(one, other, size, 11)
  sortByDigit(other, one, size, 22)
  return { ...one, size }
}

const digits = 2 ** 11

function sortByDigit(entries: Columns, target: Columns, size: number, shift: number): void {
  const next = new Int32Array(digits + 1)
  countDigits(entries.keys, size, shift, next)
  cumulate(next)
  move(entries, target, size, shift, next)
}

/** Counts each digit one place on, where those of the next begin. */
function countDigits(keys: Int32Array, size: number, shift: number, next: Int32Array): void {
  for (let i = 0; i < size; i += 1) {
    const digit = ((keys[i] ?? 0) >>> shift) & (digits - 1)
    next[digit + 1] = (next[digit + 1] ?? 0) + 1
  }
}

function move(
  { keys, rows }: Columns,
  { keys: toKeys, rows: toRows }: Columns,
  size: number,
  shift: number,
  next: Int32Array,
): void {
  for (let i = 0; i < size; i += 1) {
    const key = keys[i] ?? 0
    const digit = (key >>> shift) & (digits - 1)
    const at = next[digit] ?? 0
    next[digit] = at + 1
    toKeys[at] = key
    toRows[at] = rows[i] ?? 0
  }
}

/** Turns counts into sums of all counts up to each. */
export function cumulate(counts: Int32Array): void {
  for (let i = 1; i < counts.length; i += 1) counts[i] = (counts[i] ?? 0) + (counts[i - 1] ?? 0)
}
