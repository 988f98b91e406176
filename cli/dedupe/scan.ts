/** Rows of a delimited file as bytes (RFC 4180 and what people make of it), into the columns' dictionaries. */
import { type Dictionary, hashOf, hashPrime, hashStart } from './dictionary.ts'

const quote = 0x22
const space = 0x20
const tab = 0x09
const lineFeed = 0x0a
const carriageReturn = 0x0d

/** A cell with more line breaks, or longer than this (bytes), is taken for a forgotten quote. */
const longestCellInLines = 50
const longestCell = 1 << 16
/** Rows that are put into the dictionaries at a time, column by column: a column's table then stays in the processor's cache. */
const batch = 1 << 15

export type BadRow = { readonly line: number; readonly why: 'too few fields' | 'too many fields' | 'unclosed quote' }

/** Where rows go: `size` grows, over all files. */
export type Rows = {
  readonly columns: readonly Dictionary[]
  /** Columns that are kept of a bad row: its id and its truth. */
  readonly kept: ReadonlySet<Dictionary>
  capacity: number
  size: number
  /** First line of each record in its file. */
  lines: Int32Array
}

function grow(rows: Rows, capacity: number): void {
  for (const column of rows.columns) column.reserve(capacity)
  const lines = new Int32Array(capacity)
  lines.set(rows.lines)
  rows.lines = lines
  rows.capacity = capacity
}

const isWhite = (byte: number) => byte === space || (byte >= tab && byte <= carriageReturn)

const needsMore = -1
const unclosed = -2
const read = 0

/** One file's scanner. `targets` holds for each field of a row the column it feeds. */
export class Scanner {
  /** Line at which the row under work begins, from 1. */
  line = 1
  /** Rows of nothing but delimiters, such as those that spreadsheets leave at the end. */
  blank = 0
  readonly badRows: BadRow[] = []
  badCount = 0
  private readonly rows: Rows
  /** Columns that the file has, and for each field its place among them, or -1. */
  private readonly present: readonly Dictionary[]
  private readonly places: Int32Array
  private readonly delimiter: number
  /** Rows at the beginning that are no records: the headings. */
  private skip: number
  /** Rows of the batch under work; for each column and row where its cell stands (below 0: in `scratch`), and its hash. */
  private held = 0
  private readonly starts: Int32Array
  private readonly ends: Int32Array
  private readonly hashes: Int32Array
  private scratch = new Uint8Array(1 << 12)
  private scratchUsed = 0
  /** The last cell in quotes: where it ended in the file, and its value. */
  private cellEnd = 0
  private start = 0
  private end = 0
  private breaks = 0

  constructor(rows: Rows, targets: readonly (Dictionary | undefined)[], delimiter: number, skip: number) {
    this.rows = rows
    this.present = targets.filter((target) => target !== undefined)
    this.places = Int32Array.from(targets, (target) => (target ? this.present.indexOf(target) : -1))
    this.delimiter = delimiter
    this.skip = skip
    this.starts = new Int32Array(this.present.length * batch)
    this.ends = new Int32Array(this.present.length * batch)
    this.hashes = new Int32Array(this.present.length * batch)
  }

  /**
   * Reads whole rows of `bytes[0..to)`; answers where the first row begins that is not whole. With `isLast` none is left.
   * Long, because it is the loop that a file of a hundred megabytes spends its time in: a call a cell would double that.
   */
  scan(bytes: Uint8Array, to: number, isLast: boolean): number {
    const { delimiter, places, starts, ends, hashes } = this
    const width = places.length
    let at = 0
    let rowStart = 0
    rows: while (at < to) {
      rowStart = at
      let field = 0
      let isBlank = true
      let isOpen = false
      let isWide = false
      this.breaks = 0
      for (;;) {
        while (at < to && (bytes[at] === space || (bytes[at] === tab && delimiter !== tab))) at += 1
        const place = field < width ? (places[field] ?? -1) : -1
        let start = at
        let end = at
        let hash = hashStart
        if (at < to && bytes[at] === quote) {
          const outcome = this.quoted(bytes, at, to, isLast)
          if (outcome === needsMore) break rows
          isOpen = outcome === unclosed
          if (isOpen) break
          at = this.cellEnd
          start = this.start
          end = this.end
          if (place >= 0) hash = start < 0 ? hashOf(this.scratch, ~start, end) : hashOf(bytes, start, end)
          if (start < 0 ? end > ~start : end > start) {
            isBlank = false
            isWide ||= field >= width
          }
        } else {
          let byte = 0
          for (; at < to; at += 1) {
            byte = bytes[at] ?? 0
            if (byte === delimiter || byte === lineFeed || byte === carriageReturn) break
            hash = Math.imul(hash ^ byte, hashPrime)
          }
          if (at === to && !isLast) break rows
          end = at
          if (end > start) {
            isBlank = false
            isWide ||= field >= width
            const last = bytes[end - 1]
            if (place >= 0 && (last === space || last === tab)) {
              while (end > start && (bytes[end - 1] === space || bytes[end - 1] === tab)) end -= 1
              hash = hashOf(bytes, start, end)
            }
          }
        }
        if (place >= 0) {
          const cell = place * batch + this.held
          starts[cell] = start
          ends[cell] = end
          hashes[cell] = hash
        }
        field += 1
        if (at >= to || bytes[at] !== delimiter) break
        at += 1
      }
      if (isOpen) at = lineEnd(bytes, rowStart, to)
      // A carriage return at the end may be half of a line break.
      if (!isLast && (at >= to || (bytes[at] === carriageReturn && at + 1 >= to))) break
      if (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) at += 1
      at += 1
      rowStart = at
      if (!isOpen && !isWide && field >= width && !isBlank && this.skip === 0) this.accept()
      else this.refuse(field, isBlank, isOpen, isWide)
      this.line += 1 + (isOpen ? 0 : this.breaks)
      if (this.held === batch) this.flush(bytes)
    }
    this.flush(bytes)
    return Math.min(rowStart, to)
  }

  private accept(): void {
    const { rows } = this
    if (rows.size >= rows.capacity) grow(rows, 2 * rows.capacity + 16)
    rows.lines[rows.size] = this.line
    rows.size += 1
    this.held += 1
  }

  /** Headings, blank rows, and bad ones: of these the id and the truth stay, where they can be read. */
  private refuse(fields: number, isBlank: boolean, isOpen: boolean, isWide: boolean): void {
    if (isBlank && !isOpen) this.blank += fields > 1 ? 1 : 0
    else if (this.skip > 0) this.skip -= 1
    else {
      const why = isOpen ? 'unclosed quote' : isWide ? 'too many fields' : 'too few fields'
      this.badCount += 1
      if (this.badRows.length < 5) this.badRows.push({ line: this.line, why })
      for (const [field, place] of this.places.entries()) {
        const column = this.present[place]
        const cell = place * batch + this.held
        if (column && (field >= fields || !this.rows.kept.has(column))) this.ends[cell] = this.starts[cell] = 0
      }
      this.accept()
    }
  }

  /** Puts the batch into the dictionaries. */
  private flush(bytes: Uint8Array): void {
    const { held, starts, ends, hashes, scratch } = this
    const first = this.rows.size - held
    for (const [place, column] of this.present.entries()) {
      const from = place * batch
      for (let row = 0; row < held; row += 1) {
        const start = starts[from + row] ?? 0
        const end = ends[from + row] ?? 0
        const hash = hashes[from + row] ?? 0
        if (start < 0) column.put(first + row, scratch, ~start, end, hash)
        else column.put(first + row, bytes, start, end, hash)
      }
    }
    this.held = 0
    this.scratchUsed = 0
  }

  /** Reads a cell in quotes from `open` on, and sets where its value stands. */
  private quoted(bytes: Uint8Array, open: number, to: number, isLast: boolean): number {
    const { delimiter } = this
    const begin = this.scratchUsed
    let used = begin
    let from = open + 1
    let breaks = 0
    let at = from
    for (; ; at += 1) {
      if (at - open > longestCell || breaks > longestCellInLines) return unclosed
      if (at >= to) return isLast ? unclosed : needsMore
      const byte = bytes[at]
      if (byte === lineFeed || (byte === carriageReturn && bytes[at + 1] !== lineFeed)) breaks += 1
      if (byte !== quote) continue
      if (at + 1 >= to && !isLast) return needsMore
      if (bytes[at + 1] !== quote) break
      // Doubled: one of the two belongs to the value.
      used = this.keep(bytes, from, at + 1, used)
      at += 1
      from = at + 1
    }
    const close = at
    at += 1
    let hasTail = false
    for (; at < to && bytes[at] !== delimiter && bytes[at] !== lineFeed && bytes[at] !== carriageReturn; at += 1)
      hasTail ||= !isWhite(bytes[at] ?? 0)
    if (at >= to && !isLast) return needsMore
    // Something follows the closing quote: two stray quotes when a line lies between them, else part of the value.
    if (hasTail && breaks > 0) return unclosed
    this.breaks += breaks
    this.cellEnd = at
    if (used === begin && !hasTail) this.trim(bytes, from, close, false)
    else {
      used = this.keep(bytes, from, close, used)
      if (hasTail) used = this.keep(bytes, close + 1, at, used)
      this.scratchUsed = used
      this.trim(this.scratch, begin, used, true)
    }
    return read
  }

  private trim(bytes: Uint8Array, from: number, to: number, isScratch: boolean): void {
    let start = from
    let end = to
    while (start < end && isWhite(bytes[start] ?? 0)) start += 1
    while (end > start && isWhite(bytes[end - 1] ?? 0)) end -= 1
    this.start = isScratch ? ~start : start
    this.end = end
  }

  private keep(bytes: Uint8Array, from: number, to: number, used: number): number {
    const needed = used + to - from
    if (needed > this.scratch.length) {
      const larger = new Uint8Array(2 * needed)
      larger.set(this.scratch)
      this.scratch = larger
    }
    this.scratch.set(bytes.subarray(from, to), used)
    return needed
  }
}

function lineEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  while (at < to && bytes[at] !== lineFeed && bytes[at] !== carriageReturn) at += 1
  return at
}
