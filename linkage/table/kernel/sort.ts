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
  sortByDigit({ keys, rows }, 0, size, one, 0, 0, 11)
  sortByDigit(one, 0, size, other, 0, 11, 11)
  sortByDigit(other, 0, size, one, 0, 22, 11)
  return { ...one, size }
}

/** Keys with one and the same upper byte, sorted in their place. `spare` has room for them. */
export function sortByLowerBits(entries: Columns, from: number, to: number, spare: Columns): void {
  sortByDigit(entries, from, to, spare, 0, 0, 12)
  sortByDigit(spare, 0, to - from, entries, from, 12, 12)
}

const places = new Int32Array(2 ** 12)

function sortByDigit(
  entries: Columns,
  from: number,
  to: number,
  target: Columns,
  first: number,
  shift: number,
  bits: number,
): void {
  const next = places.subarray(0, 2 ** bits)
  next.fill(0)
  countDigits(entries.keys, from, to, shift, next)
  let begin = first
  for (let digit = 0; digit < next.length; digit += 1) {
    const count = next[digit] ?? 0
    next[digit] = begin
    begin += count
  }
  move(entries, from, to, target, shift, next)
}

function countDigits(keys: Int32Array, from: number, to: number, shift: number, counts: Int32Array): void {
  const last = counts.length - 1
  for (let i = from; i < to; i += 1) {
    const digit = ((keys[i] ?? 0) >>> shift) & last
    counts[digit] = (counts[digit] ?? 0) + 1
  }
}

function move(
  { keys, rows }: Columns,
  from: number,
  to: number,
  { keys: toKeys, rows: toRows }: Columns,
  shift: number,
  next: Int32Array,
): void {
  const last = next.length - 1
  for (let i = from; i < to; i += 1) {
    const key = keys[i] ?? 0
    const digit = (key >>> shift) & last
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
