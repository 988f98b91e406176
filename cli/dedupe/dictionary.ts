/** One column while it is read: each distinct value, as bytes, stands once; a record holds its number. */
import { isAscii, isUtf8 } from 'node:buffer'

/** Codes of a column; shared memory, so that workers read them without a copy. */
export type Codes = Int32Array<SharedArrayBuffer>

/** Bytes of values that are decoded at once: short enough for a string, long enough to be fast. */
const decodedAtOnce = 1 << 20

/** Places in the bytes are held in 32 bits. */
const longestColumn = 0x7fff_ffff

export const makeCodes = (length: number): Codes =>
  new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT))

export const hashStart = 0x811c9dc5 | 0
export const hashPrime = 0x01000193

/** FNV-1a, byte by byte, so that a scanner can take it along the way. */
export const hashOf = (bytes: Uint8Array, start: number, end: number): number => {
  let hash = hashStart
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), hashPrime)
  return hash
}

/** FNV's low bits are weak, and they choose the slot. */
const slotOf = (hash: number): number => {
  const mixed = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
  return mixed ^ (mixed >>> 15)
}

/**
 * An open-addressed table over the bytes of the values. Code 0 is the empty value. Nothing becomes a string before `values`,
 * so a column of a million identifiers costs its bytes and some 16 more each while it is read.
 */
export class Dictionary {
  readonly name: string
  codes: Codes
  /** Distinct values, the empty one included. */
  count = 1
  /** Codes, below as many bits as the table's size has; above them a part of the value's hash. 0 where the slot is free. */
  private slots = new Int32Array(1024)
  private mask = 1023
  private bytes: Buffer = Buffer.allocUnsafeSlow(1 << 16)
  /** Where in `bytes` the value of a code ends; it begins where the one before ends. */
  private ends = new Int32Array(1 << 12)

  constructor(name: string, capacity: number) {
    this.name = name
    this.codes = makeCodes(capacity)
  }

  /** Gives the record the value that stands in `from[start..end)`; nothing between them is the empty value. */
  put(row: number, from: Uint8Array, start: number, end: number, hash: number): void {
    const { mask, bytes, ends, slots } = this
    const length = end - start
    if (length === 0) {
      this.codes[row] = 0
      return
    }
    const tag = hash & ~mask
    let slot = slotOf(hash) & mask
    for (;;) {
      const held = slots[slot] ?? 0
      if (held === 0) {
        this.codes[row] = this.add(row, from, start, end, tag, slot)
        return
      }
      if ((held & ~mask) === tag) {
        const code = held & mask
        const begin = ends[code - 1] ?? 0
        if ((ends[code] ?? 0) - begin === length) {
          let at = 0
          while (at < length && bytes[begin + at] === from[start + at]) at += 1
          if (at === length) {
            this.codes[row] = code
            return
          }
        }
      }
      slot = (slot + 1) & mask
    }
  }

  private add(row: number, from: Uint8Array, start: number, end: number, tag: number, slot: number): number {
    const code = this.count
    const begin = this.ends[code - 1] ?? 0
    const needed = begin + end - start
    if (needed > this.bytes.length) this.lengthen(row, begin, needed)
    for (let at = start, to = begin; at < end; at += 1, to += 1) this.bytes[to] = from[at] ?? 0
    if (code >= this.ends.length) {
      const larger = new Int32Array(Math.max(2 * this.ends.length, this.codes.length + 1))
      larger.set(this.ends)
      this.ends = larger
    }
    this.ends[code] = needed
    this.slots[slot] = tag | code
    this.count += 1
    // Above a load of five in eight, probing gets slow; and codes stay below the table's size.
    if (this.count * 8 > (this.mask + 1) * 5) this.widen(row)
    return code
  }

  /** Room for what the rest of the records will bring if they are like those before: memory that is not written costs nothing. */
  private lengthen(row: number, used: number, needed: number): void {
    if (needed > longestColumn) throw new RangeError(`Column ${this.name} holds more than 2 GB of distinct values.`)
    const foreseen = (needed / (row + 1)) * this.codes.length * 1.1
    const larger = Buffer.allocUnsafeSlow(Math.min(Math.ceil(Math.max(2 * needed, foreseen)), longestColumn))
    this.bytes.copy(larger, 0, 0, used)
    this.bytes = larger
  }

  /** The hashes are taken anew from the bytes, which lie one behind the other: cheaper than to keep them. */
  private widen(row: number): void {
    const { bytes, ends, count } = this
    // Where nearly every record brings a value of its own, so will the rest.
    const isUnique = count > 0.9 * (row + 1)
    let size = 2 * (this.mask + 1)
    while (isUnique && size * 5 < this.codes.length * 8) size *= 2
    const mask = size - 1
    const slots = new Int32Array(size)
    for (let code = 1; code < count; code += 1) {
      const hash = hashOf(bytes, ends[code - 1] ?? 0, ends[code] ?? 0)
      let slot = slotOf(hash) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = (hash & ~mask) | code
    }
    this.slots = slots
    this.mask = mask
  }

  reserve(capacity: number): void {
    const larger = makeCodes(capacity)
    larger.set(this.codes)
    this.codes = larger
  }

  /** The look-up table is needed no longer; the values stay. Other values can be added no more. */
  seal(): void {
    this.slots = new Int32Array(0)
    this.mask = 0
  }

  /** The value of a code, as written. */
  value(code: number): string {
    return code === 0 ? '' : this.bytes.toString('utf8', this.ends[code - 1] ?? 0, this.ends[code] ?? 0)
  }

  /** All values in the order of their codes, a block at a time: one call into the decoder for many. */
  values(): string[] {
    const { bytes, ends, count } = this
    const values: string[] = new Array(count).fill('')
    for (let code = 1; code < count; ) {
      const start = ends[code - 1] ?? 0
      let next = code
      while (next < count && (next === code || (ends[next] ?? 0) - start <= decodedAtOnce)) next += 1
      const block = bytes.subarray(start, ends[next - 1] ?? 0)
      if (isAscii(block)) {
        const text = block.toString('latin1')
        for (; code < next; code += 1)
          values[code] = text.substring((ends[code - 1] ?? 0) - start, (ends[code] ?? 0) - start)
      } else if (isUtf8(block)) code = this.decodeWide(values, block.toString('utf8'), code, next)
      else for (; code < next; code += 1) values[code] = this.value(code)
    }
    return values
  }

  /** Finds each value within the decoded block by counting UTF-16 units; the block is well-formed UTF-8. */
  private decodeWide(values: string[], text: string, from: number, to: number): number {
    const { bytes, ends } = this
    let unit = 0
    for (let code = from; code < to; code += 1) {
      const begin = unit
      for (let at = ends[code - 1] ?? 0; at < (ends[code] ?? 0); at += 1) {
        const byte = bytes[at] ?? 0
        if ((byte & 0xc0) !== 0x80) unit += byte >= 0xf0 ? 2 : 1
      }
      values[code] = text.substring(begin, unit)
    }
    return to
  }
}
