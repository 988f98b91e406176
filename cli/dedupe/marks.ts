/** Where cells and rows may end: delimiters, and the bytes below the blank, among them the ends of lines. */

/** Bytes that are looked at in one go; they and their marks stay in the processor's nearest cache. */
const window = 1 << 15
/** So many bytes are looked at together, and some behind the last one may be. */
const together = 4
const lowBits = 0x7f7f7f7f
/** Added to the lower bits of a byte, this reaches the highest bit unless they are below the blank. */
const upToBlank = 0x60606060

/** The marks of some bytes, one window after the other. What is looked at anew, after a row of another kind, is looked at once. */
export class Marks {
  /** Places of the marks, upwards. */
  readonly places = new Int32Array(window + together)
  count = 0
  /** The first mark that is not used. */
  next = 0
  private readonly delimiters: number

  constructor(delimiter: number) {
    this.delimiters = Math.imul(delimiter, 0x01010101)
  }

  clear(): void {
    this.count = this.next = 0
  }

  /** Moves on to the marks from `from` on, and to the window that begins there when all are used. */
  moveTo(bytes: DataView, from: number, to: number): void {
    const { places, count } = this
    while (this.next < count && (places[this.next] ?? 0) < from) this.next += 1
    if (this.next < count) return
    this.next = 0
    this.count = this.mark(bytes, from, Math.min(to, from + window))
  }

  /** Four bytes at a time and without a branch, of which the processor would guess every second one wrong. */
  private mark(bytes: DataView, from: number, to: number): number {
    const { places, delimiters } = this
    let count = 0
    for (let at = from; at < to; at += together) {
      const four = bytes.getInt32(at, true)
      const others = four ^ delimiters
      const found = ~(((others & lowBits) + lowBits) | others) | ~(((four & lowBits) + upToBlank) | four)
      places[count] = at
      count += (found >>> 7) & 1
      places[count] = at + 1
      count += (found >>> 15) & 1
      places[count] = at + 2
      count += (found >>> 23) & 1
      places[count] = at + 3
      count += found >>> 31
    }
    return count
  }
}
