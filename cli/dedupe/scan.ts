/** Rows of a delimited file as bytes (RFC 4180 and what people make of it), into the columns' dictionaries. */
import { type Cells, type Dictionary, slack } from './dictionary.ts'
import { Marks } from './marks.ts'

const quote = 0x22
const space = 0x20
const tab = 0x09
const lineFeed = 0x0a
const carriageReturn = 0x0d

/** A cell with more line breaks, or longer than this (bytes), is taken for a forgotten quote. */
const longestCellInLines = 50
const longestCell = 1 << 16
/** Rows that are put into the dictionaries at a time, column by column: a column's table then stays in the processor's cache. */
const batch = 1 << 14
/** Columns of cells lie this far apart; not a power of two, which would put them all into the same place of the cache. */
const stride = batch + 16

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

const viewOf = ({ buffer, byteOffset, byteLength }: Uint8Array) => new DataView(buffer, byteOffset, byteLength)

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
  /** Columns that the file has, and for each field where its cells stand, or -1. */
  private readonly present: readonly Dictionary[]
  private readonly places: Int32Array
  private readonly delimiter: number
  private readonly marks: Marks
  /** Rows at the beginning that are no records: the headings. */
  private skip: number
  /** Rows of the batch under work; for each column and row where its cell stands (its complement when in `scratch`). */
  private held = 0
  private readonly starts: Int32Array
  private readonly ends: Int32Array
  private scratch = new Uint8Array(1 << 12)
  private scratchUsed = 0
  /** Where the last cell ended in the file, and its value. */
  private cellEnd = 0
  private start = 0
  private end = 0
  private breaks = 0

  constructor(rows: Rows, targets: readonly (Dictionary | undefined)[], delimiter: number, skip: number) {
    this.rows = rows
    this.present = targets.filter((target) => target !== undefined)
    this.places = Int32Array.from(targets, (target) => (target ? this.present.indexOf(target) * stride : -1))
    this.delimiter = delimiter
    this.marks = new Marks(delimiter)
    this.skip = skip
    this.starts = new Int32Array(this.present.length * stride)
    this.ends = new Int32Array(this.present.length * stride)
  }

  /**
   * Reads whole rows of `bytes[0..to)`; answers where the first row begins that is not whole. With `isLast` none is left.
   * `bytes` has room for `slack` bytes behind `to`, which are written over.
   */
  scan(bytes: Uint8Array, to: number, isLast: boolean): number {
    bytes.fill(lineFeed, to, to + slack)
    const view = viewOf(bytes)
    this.marks.clear()
    let at = 0
    while (at < to) {
      const next = this.plainRows(bytes, view, at, to)
      if (this.held === batch) this.flush(bytes)
      if (next > at) {
        at = next
        continue
      }
      const after = this.anyRow(bytes, at, to, isLast)
      if (after === needsMore) break
      at = after
      if (this.held === batch) this.flush(bytes)
    }
    this.flush(bytes)
    return Math.min(at, to)
  }

  /**
   * Rows with the right number of fields, in which nothing is quoted or has blanks about it: nearly all rows of most files. Answers
   * where the first other row begins. One loop, because a file of a hundred megabytes spends its time in it.
   */
  private plainRows(bytes: Uint8Array, view: DataView, from: number, to: number): number {
    if (this.skip > 0) return from
    this.marks.moveTo(view, from, to)
    const { delimiter, places, starts, ends, rows, marks } = this
    const width = places.length
    const { lines } = rows
    const most = Math.min(batch, this.held + rows.capacity - rows.size)
    let { held, line } = this
    const before = held
    let size = rows.size
    let rowStart = from
    let { next } = marks
    plain: while (held < most) {
      let start = rowStart
      let at = start
      let byte = delimiter
      for (let field = 0; byte === delimiter; field += 1) {
        if (next >= marks.count || field === width) break plain
        at = marks.places[next] ?? 0
        next += 1
        byte = bytes[at] ?? 0
        // A quote, a blank, or something rare that the other way reads as well.
        if (at > start && ((bytes[start] ?? 0) <= quote || (bytes[at - 1] ?? 0) <= space)) break plain
        const place = places[field] ?? -1
        if (place >= 0) {
          starts[place + held] = start
          ends[place + held] = at
        }
        start = at + 1
        if (byte !== delimiter && field + 1 < width) break plain
      }
      if (byte !== lineFeed && byte !== carriageReturn) break
      // Empty fields alone, or perhaps not whole: a carriage return at the end may be half of a line break.
      if (at - rowStart < width || start >= to) break
      if (byte === carriageReturn && bytes[start] === lineFeed) {
        start += 1
        // The mark of the line feed, which may be the first of the window to come.
        next += 1
      }
      marks.next = next
      rowStart = start
      lines[size] = line
      line += 1
      size += 1
      held += 1
    }
    rows.size += held - before
    this.held = held
    this.line = line
    return rowStart
  }

  /** One row of any kind; answers where the next begins, or that the row is not whole. */
  private anyRow(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    const { delimiter, places } = this
    const width = places.length
    let at = from
    let field = 0
    let isBlank = true
    let isOpen = false
    let isWide = false
    this.breaks = 0
    for (;;) {
      const outcome = this.cell(bytes, at, to, isLast)
      if (outcome === needsMore) return needsMore
      isOpen = outcome === unclosed
      if (isOpen) break
      at = this.cellEnd
      const isEmpty = (this.start < 0 ? ~this.start : this.start) === this.end
      if (!isEmpty) {
        isBlank = false
        isWide ||= field >= width
      }
      const place = field < width ? (places[field] ?? -1) : -1
      if (place >= 0) {
        this.starts[place + this.held] = this.start
        this.ends[place + this.held] = this.end
      }
      field += 1
      if (at >= to || bytes[at] !== delimiter) break
      at += 1
    }
    if (isOpen) at = lineEnd(bytes, from, to)
    // A carriage return at the end may be half of a line break.
    if (!isLast && (at >= to || (bytes[at] === carriageReturn && at + 1 >= to))) return needsMore
    if (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) at += 1
    at += 1
    if (!isOpen && !isWide && field >= width && !isBlank && this.skip === 0) this.accept()
    else this.refuse(field, isBlank, isOpen, isWide)
    this.line += 1 + (isOpen ? 0 : this.breaks)
    return at
  }

  /** Reads a cell and sets where its value stands, without the blanks about it. */
  private cell(bytes: Uint8Array, from: number, to: number, isLast: boolean): number {
    const { delimiter } = this
    let at = from
    while (at < to && (bytes[at] === space || (bytes[at] === tab && delimiter !== tab))) at += 1
    if (at < to && bytes[at] === quote) return this.quoted(bytes, at, to, isLast)
    const start = at
    while (at < to && bytes[at] !== delimiter && bytes[at] !== lineFeed && bytes[at] !== carriageReturn) at += 1
    if (at === to && !isLast) return needsMore
    let end = at
    while (end > start && (bytes[end - 1] === space || bytes[end - 1] === tab)) end -= 1
    this.cellEnd = at
    this.start = start
    this.end = end
    return read
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
        const column = this.present[place / stride]
        const cell = place + this.held
        if (column && (field >= fields || !this.rows.kept.has(column))) this.ends[cell] = this.starts[cell] = 0
      }
      this.accept()
    }
  }

  /** Puts the batch into the dictionaries, column by column. */
  private flush(bytes: Uint8Array): void {
    const { held, starts, ends, scratch } = this
    const cells: Cells = { bytes: viewOf(bytes), scratch: viewOf(scratch), starts, ends }
    for (const [index, column] of this.present.entries()) column.put(this.rows.size - held, cells, index * stride, held)
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
    if (needed + slack > this.scratch.length) {
      const larger = new Uint8Array(2 * needed + slack)
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
