/** One column while it is read: each distinct value, as bytes, stands once; a record holds its number. */
import { isAscii, isUtf8 } from 'node:buffer'
import { endianness } from 'node:os'
import type { Packed } from '../../linkage/table/table.ts'
import { InputProblem } from './problem.ts'

/** Codes of a column; shared memory, so that workers read them without a copy. */
export type Codes = Int32Array<SharedArrayBuffer>

export const makeCodes = (length: number): Codes =>
  new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT))

/** Where the cells of some rows stand, column by column. */
export type Cells = {
  /** The file's bytes, with `slack` bytes behind them that may hold anything; and cells that were put together from parts. */
  readonly bytes: DataView
  readonly scratch: DataView
  /** Of each cell its first byte, as its complement when it is in `scratch`; and the byte behind its last. */
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** Whole words are read, so a cell's last one may reach this far behind it. */
export const slack = 16

/** A value of no more bytes stands in the look-up table itself, so that most look-ups touch one line of memory. */
const shortest = 12
/** What belongs to the value in its first, second and third word, by its length. */
const masks = [0, 4, 8].map((before) =>
  Int32Array.from({ length: shortest + 1 }, (_, length) => {
    const own = Math.min(4, Math.max(0, length - before))
    return own === 4 ? -1 : (1 << (8 * own)) - 1
  }),
)
const [firstMask = new Int32Array(), secondMask = new Int32Array(), thirdMask = new Int32Array()] = masks
/** Of the last word of a longer value, by its length modulo 4. */
const lastMask = Int32Array.of(-1, 0xff, 0xffff, 0xffffff)

/** Rows whose slots are fetched before the first is looked at: memory answers many at once. */
const ahead = 64
/** A slot of the table: the value's code (below 0 for a long value, 0 when free) and three words; of a long value its hash and length. */
const slotWords = 4
/** Words that are decoded at once: short enough for a string, long enough to be fast. */
const decodedAtOnce = 1 << 18
/** Bytes of distinct values. */
const largestColumn = 0x7fff_ffff

const hashShort = (a: number, b: number, c: number): number => {
  let hash = (Math.imul(a, 0x9e3779b1) + Math.imul(b, 0x85ebca6b) + Math.imul(c, 0xc2b2ae35)) | 0
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return hash ^ (hash >>> 13)
}

const mix = (hash: number, word: number): number => {
  const mixed = Math.imul(hash ^ word, 0x85ebca6b)
  return mixed ^ (mixed >>> 15)
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39

/** Copies up to the first zero, and answers where the copy ends. */
function copyValue(bytes: Uint8Array, from: number, to: number, target: Uint8Array, first: number): number {
  let at = first
  for (let i = from; i < to; i += 1) {
    const byte = bytes[i] ?? 0
    if (byte === 0) break
    target[at] = byte
    at += 1
  }
  return at
}

/** First byte highest, so that words compare as text does. */
const asText = (word: number): number =>
  ((word << 24) | ((word & 0xff00) << 8) | ((word >>> 8) & 0xff00) | (word >>> 24)) >>> 0

/**
 * An open-addressed table over the words of the values. Code 0 is the empty value. Nothing becomes a string before `values`, so a
 * column of a million identifiers costs its bytes and some 20 more each while it is read. A file holds no NUL, so that words
 * filled up with zeros say how long a value is.
 */
export class Dictionary {
  readonly name: string
  codes: Codes
  /** Distinct values, the empty one included. */
  count = 1
  /** The values' words, each value's behind that of the code before; and where those of a code end. */
  private words = new Int32Array(1 << 12)
  private ends: Int32Array
  private table = new Int32Array(1024 * slotWords)
  private mask = 1023
  /** So far each value was greater than the one before, as ids often are: then all differ, and no table is needed. */
  private isRising = true
  private lastLength = 0
  /** Three words and the slot of the rows under work. */
  private readonly fetched = new Int32Array(ahead * slotWords)
  /** Nobody reads it: what is fetched ahead must go somewhere. */
  protected touched = 0

  constructor(name: string, capacity: number) {
    this.name = name
    this.codes = makeCodes(capacity)
    this.ends = new Int32Array(capacity + 2)
  }

  /** Gives the records from `first` on the values in the cells from `from` on. */
  put(first: number, cells: Cells, from: number, count: number): void {
    let done = 0
    if (this.isRising) {
      done = this.putRising(first, cells, from, count)
      if (done === count) return
      this.rebuild(first + done)
      this.isRising = false
    }
    for (; done < count; done += ahead) this.putSome(first + done, cells, from + done, Math.min(ahead, count - done))
  }

  /** Answers how many were put: up to the first value that is not greater. */
  private putRising(first: number, { bytes, scratch, starts, ends }: Cells, from: number, count: number): number {
    for (let done = 0; done < count; done += 1) {
      const start = starts[from + done] ?? 0
      const view = start < 0 ? scratch : bytes
      const at = start < 0 ? ~start : start
      const length = (ends[from + done] ?? 0) - at
      if (length === 0) {
        this.codes[first + done] = 0
        continue
      }
      if (length > shortest || length < this.lastLength) return done
      const a = view.getInt32(at, true) & (firstMask[length] ?? 0)
      const b = view.getInt32(at + 4, true) & (secondMask[length] ?? 0)
      const c = view.getInt32(at + 8, true) & (thirdMask[length] ?? 0)
      if (length === this.lastLength && !this.isGreater(a, b, c)) return done
      this.codes[first + done] = this.add(first + done, a, b, c)
      this.lastLength = length
    }
    return count
  }

  /** Than the last value, which is as long. */
  private isGreater(a: number, b: number, c: number): boolean {
    const { words } = this
    const last = this.ends[this.count - 2] ?? 0
    const differs = a !== words[last] ? 0 : b !== 0 && b !== words[last + 1] ? 1 : 2
    const mine = differs === 0 ? a : differs === 1 ? b : c
    return mine !== 0 && asText(mine) > asText(words[last + differs] ?? 0)
  }

  private putSome(first: number, cells: Cells, from: number, count: number): void {
    // Above a load of three in four, probing gets slow.
    if ((this.count + count) * 4 > (this.mask + 1) * 3) this.rebuild(first)
    this.fetch(cells, from, count)
    this.lookUp(first, cells, from, count)
  }

  /** The words of the cells, and the slots at which to look for them. */
  private fetch({ bytes, scratch, starts, ends }: Cells, from: number, count: number): void {
    const { fetched, table, mask } = this
    let touched = 0
    for (let row = 0, at = 0; row < count; row += 1, at += slotWords) {
      const start = starts[from + row] ?? 0
      const view = start < 0 ? scratch : bytes
      const begin = start < 0 ? ~start : start
      const length = (ends[from + row] ?? 0) - begin
      if (length > shortest) fetched[at + 3] = -1
      else {
        const a = view.getInt32(begin, true) & (firstMask[length] ?? 0)
        const b = view.getInt32(begin + 4, true) & (secondMask[length] ?? 0)
        const c = view.getInt32(begin + 8, true) & (thirdMask[length] ?? 0)
        const slot = (hashShort(a, b, c) & mask) * slotWords
        fetched[at] = a
        fetched[at + 1] = b
        fetched[at + 2] = c
        fetched[at + 3] = slot
        touched |= table[slot] ?? 0
      }
    }
    this.touched = touched
  }

  private lookUp(first: number, cells: Cells, from: number, count: number): void {
    const { codes, fetched, table, mask } = this
    for (let row = 0, at = 0; row < count; row += 1, at += slotWords) {
      let slot = fetched[at + 3] ?? 0
      const a = fetched[at] ?? 0
      if (slot < 0) codes[first + row] = this.putLong(first + row, cells, from + row)
      else if (a === 0) codes[first + row] = 0
      else {
        const b = fetched[at + 1] ?? 0
        const c = fetched[at + 2] ?? 0
        let code = table[slot] ?? 0
        while (code !== 0) {
          if (table[slot + 1] === a && table[slot + 2] === b && table[slot + 3] === c && code > 0) break
          slot = (slot + slotWords) & (mask * slotWords + 3)
          code = table[slot] ?? 0
        }
        if (code === 0) {
          code = this.add(first + row, a, b, c)
          table[slot] = code
          table[slot + 1] = a
          table[slot + 2] = b
          table[slot + 3] = c
        }
        codes[first + row] = code
      }
    }
  }

  /** Looks up a value of more than twelve bytes, which is first written where it will stand if it is new. */
  private putLong(row: number, { bytes, scratch, starts, ends }: Cells, cell: number): number {
    const start = starts[cell] ?? 0
    const view = start < 0 ? scratch : bytes
    const from = start < 0 ? ~start : start
    const length = (ends[cell] ?? 0) - from
    const size = (length + 3) >> 2
    const begin = this.ends[this.count - 1] ?? 0
    if (begin + size > this.words.length) this.lengthen(row, begin + size)
    const { words, table, mask } = this
    let hash = length
    for (let at = 0; at < size; at += 1) {
      const word = view.getInt32(from + 4 * at, true) & (at + 1 < size ? -1 : (lastMask[length & 3] ?? 0))
      words[begin + at] = word
      hash = mix(hash, word)
    }
    let slot = (hash & mask) * slotWords
    for (let code = table[slot] ?? 0; code !== 0; code = table[slot] ?? 0) {
      if (code < 0 && table[slot + 1] === hash && table[slot + 2] === length) {
        const other = this.ends[-code - 1] ?? 0
        let at = 0
        while (at < size && words[begin + at] === words[other + at]) at += 1
        if (at === size) return -code
      }
      slot = (slot + slotWords) & (mask * slotWords + 3)
    }
    const code = this.count
    table[slot] = -code
    table[slot + 1] = hash
    table[slot + 2] = length
    this.ends[code] = begin + size
    this.count += 1
    return code
  }

  private add(row: number, a: number, b: number, c: number): number {
    const code = this.count
    let at = this.ends[code - 1] ?? 0
    if (at + 3 > this.words.length) this.lengthen(row, at + 3)
    const { words } = this
    words[at] = a
    at += 1
    if (b !== 0) {
      words[at] = b
      at += 1
    }
    if (c !== 0) {
      words[at] = c
      at += 1
    }
    this.ends[code] = at
    this.count += 1
    return code
  }

  /** Room for what the rest of the records will bring if they are like those before: memory that is not written costs nothing. */
  private lengthen(row: number, needed: number): void {
    const most = Math.floor(largestColumn / 4)
    if (needed > most)
      throw new InputProblem(
        `Column ${this.name} holds more than 2 GB of different values, which is more than can be compared. Leave it out of --map.`,
      )
    const foreseen = (needed / (row + 1)) * this.codes.length * 1.05
    const larger = new Int32Array(Math.min(Math.ceil(Math.max(2 * needed, Math.min(foreseen, 64 * needed))), most))
    larger.set(this.words)
    this.words = larger
  }

  /** A larger table. Where nearly every record brings a value of its own, so will the rest. */
  private rebuild(row: number): void {
    const old = this.table
    const share = this.count / (row + 1)
    const foreseen = share > 0.3 ? 0.65 * share * this.codes.length : 2 * this.count
    let size = 2 * (this.mask + 1)
    while (size * 3 < this.count * 4 || size * 3 < foreseen * 4) size *= 2
    const mask = size - 1
    const table = new Int32Array(size * slotWords)
    const place = (hash: number, code: number, a: number, b: number, c: number) => {
      let slot = (hash & mask) * slotWords
      while (table[slot] !== 0) slot = (slot + slotWords) & (mask * slotWords + 3)
      table[slot] = code
      table[slot + 1] = a
      table[slot + 2] = b
      table[slot + 3] = c
    }
    if (this.isRising) this.placeAll(place)
    else
      for (let slot = 0; slot < old.length; slot += slotWords) {
        const code = old[slot] ?? 0
        if (code === 0) continue
        const [a = 0, b = 0, c = 0] = [old[slot + 1], old[slot + 2], old[slot + 3]]
        place(code < 0 ? a : hashShort(a, b, c), code, a, b, c)
      }
    this.table = table
    this.mask = mask
  }

  /** The values that came in rising order, all of them short. */
  private placeAll(place: (hash: number, code: number, a: number, b: number, c: number) => void): void {
    const { words, ends, count } = this
    for (let code = 1; code < count; code += 1) {
      const [begin = 0, end = 0] = [ends[code - 1], ends[code]]
      const a = words[begin] ?? 0
      const b = begin + 1 < end ? (words[begin + 1] ?? 0) : 0
      const c = begin + 2 < end ? (words[begin + 2] ?? 0) : 0
      place(hashShort(a, b, c), code, a, b, c)
    }
  }

  reserve(capacity: number): void {
    const larger = makeCodes(capacity)
    larger.set(this.codes)
    this.codes = larger
    const ends = new Int32Array(capacity + 2)
    ends.set(this.ends)
    this.ends = ends
  }

  /** The look-up table is needed no longer, nor room for more values. Other values can be added no more. */
  seal(): void {
    this.table = new Int32Array(0)
    this.mask = 0
    // What lies behind was never written, so it takes no memory.
    this.words = this.words.subarray(0, this.ends[this.count - 1] ?? 0)
    this.ends = this.ends.subarray(0, this.count)
    // As bytes, the words of every machine begin with the first letter.
    if (endianness() === 'BE') this.bytes.swap32()
  }

  /** The bytes of the values once sealed, and in them where a code's begin and end. */
  get bytes(): Buffer {
    const { buffer, byteOffset, byteLength } = this.words
    return Buffer.from(buffer, byteOffset, byteLength)
  }

  startOf(code: number): number {
    return 4 * (this.ends[code - 1] ?? 0)
  }

  endOf(code: number, bytes: Uint8Array): number {
    const end = 4 * (this.ends[code] ?? 0)
    return bytes[end - 1] !== 0 ? end : bytes[end - 2] !== 0 ? end - 1 : bytes[end - 3] !== 0 ? end - 2 : end - 3
  }

  /** Every value begins with a digit and ends with a letter or figure of ASCII, so that none is empty text or has blanks about it. */
  isPlain(): boolean {
    const { bytes, count } = this
    for (let code = 1; code < count; code += 1) {
      const first = bytes[this.startOf(code)] ?? 0
      const last = bytes[this.endOf(code, bytes) - 1] ?? 0
      if (!isDigit(first) || last < 0x30 || last > 0x7a) return false
    }
    return true
  }

  /** Every value is of ASCII, has no blanks about it and begins or ends with a digit, as nothing does that stands for a missing one. */
  isNumeric(): boolean {
    const { bytes, count } = this
    if (!isAscii(bytes)) return false
    for (let code = 1; code < count; code += 1) {
      const first = bytes[this.startOf(code)] ?? 0
      const last = bytes[this.endOf(code, bytes) - 1] ?? 0
      if (first <= 0x20 || last <= 0x20 || !(isDigit(first) || isDigit(last))) return false
    }
    return true
  }

  /** All values in the order of their codes, once sealed, without the zeros between them. */
  packed(): Packed {
    const { bytes, ends, count } = this
    const tight = new Uint8Array(bytes.length)
    const start = new Int32Array(count + 1)
    let at = 0
    for (let code = 1; code < count; code += 1) {
      start[code] = at
      at = copyValue(bytes, 4 * (ends[code - 1] ?? 0), 4 * (ends[code] ?? 0), tight, at)
    }
    start[count] = at
    return { bytes: tight.subarray(0, at), start }
  }

  /** The value of a code, as written. */
  value(code: number): string {
    const { bytes } = this
    return code === 0 ? '' : bytes.toString('utf8', this.startOf(code), this.endOf(code, bytes))
  }

  /** All values in the order of their codes, a block at a time: one call into the decoder for many. */
  values(): string[] {
    const { bytes, ends, count } = this
    const values: string[] = new Array(count).fill('')
    for (let code = 1; code < count; ) {
      const first = ends[code - 1] ?? 0
      let next = code
      while (next < count && (next === code || (ends[next] ?? 0) - first <= decodedAtOnce)) next += 1
      const start = 4 * first
      const block = bytes.subarray(start, 4 * (ends[next - 1] ?? 0))
      if (isAscii(block)) {
        const text = block.toString('latin1')
        for (; code < next; code += 1)
          values[code] = text.substring(this.startOf(code) - start, this.endOf(code, bytes) - start)
      } else if (isUtf8(block)) code = this.decodeWide(values, block.toString('utf8'), code, next)
      else for (; code < next; code += 1) values[code] = this.value(code)
    }
    return values
  }

  /** Finds each value within the decoded block by counting UTF-16 units; the block is well-formed UTF-8. */
  private decodeWide(values: string[], text: string, from: number, to: number): number {
    const { bytes } = this
    let unit = 0
    for (let code = from; code < to; code += 1) {
      const begin = unit
      const end = this.endOf(code, bytes)
      for (let at = this.startOf(code); at < end; at += 1) {
        const byte = bytes[at] ?? 0
        if ((byte & 0xc0) !== 0x80) unit += byte >= 0xf0 ? 2 : 1
      }
      values[code] = text.substring(begin, unit)
      unit += 4 * (this.ends[code] ?? 0) - end
    }
    return to
  }
}
