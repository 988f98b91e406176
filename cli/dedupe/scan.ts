/** Rows of a delimited file as bytes (RFC 4180 and what people make of it), straight into the columns' dictionaries. */
import type { Dictionary } from './dictionary.ts'

const quote = 0x22
const space = 0x20
const tab = 0x09
const lineFeed = 0x0a
const carriageReturn = 0x0d

/** A cell with more line breaks, or longer than this (bytes), is taken for a forgotten quote. */
const longestCellInLines = 50
const longestCell = 1 << 16

const hashStart = 0x811c9dc5
const hashOf = (bytes: Uint8Array, start: number, end: number): number => {
  let hash = hashStart
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193)
  return hash
}
/** The low bits of FNV are weak, and they are those that choose the slot. */
const mixed = (hash: number): number => {
  const once = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b)
  return once ^ (once >>> 15)
}

export type BadRow = { readonly line: number; readonly why: 'too few fields' | 'too many fields' | 'unclosed quote' }

/** Where rows go: `rows` grows, one number a record, over all files. */
export type Rows = {
  readonly columns: readonly Dictionary[]
  /** Columns that are kept of a bad row: its id and its truth. */
  readonly kept: ReadonlySet<Dictionary>
  capacity: number
  size: number
  /** First line of each record in its file. */
  lines: Int32Array
}

export function grow(rows: Rows, capacity: number): void {
  for (const column of rows.columns) column.reserve(capacity)
  const lines = new Int32Array(capacity)
  lines.set(rows.lines)
  rows.lines = lines
  rows.capacity = capacity
}

/** One file's scanner. `targets` holds for each field of a row the column it feeds. */
export class Scanner {
  /** Line at which the row under work begins, from 1. */
  line = 1
  /** Rows without a single value, such as those that spreadsheets leave at the end. */
  blank = 0
  badRows: BadRow[] = []
  badCount = 0
  private readonly rows: Rows
  private readonly targets: readonly (Dictionary | undefined)[]
  private readonly delimiter: number
  /** Rows at the beginning that are no records: the headings. */
  private skip: number
  /** Where the last cell ended, and whether it held anything. */
  private cellEnd = 0
  private breaks = 0
  private scratch = new Uint8Array(longestCell)

  constructor(rows: Rows, targets: readonly (Dictionary | undefined)[], delimiter: number, skip: number) {
    this.rows = rows
    this.targets = targets
    this.delimiter = delimiter
    this.skip = skip
  }

  /** Reads whole rows of `bytes[0..to)`; answers where the first row begins that is not whole. With `isLast` none is left. */
  scan(bytes: Uint8Array, to: number, isLast: boolean): number {
    const { delimiter, targets, rows } = this
    const width = targets.length
    let at = 0
    while (at < to) {
      const rowStart = at
      if (rows.size >= rows.capacity) grow(rows, 2 * rows.capacity + 16)
      const row = rows.size
      const columns = this.skip > 0 ? none : targets
      let field = 0
      let isBlank = true
      let isOpen = false
      /** Beyond the headings only delimiters: columns that somebody once emptied. */
      let tooMany = false
      this.breaks = 0
      for (;;) {
        while (at < to && (bytes[at] === space || (bytes[at] === tab && delimiter !== tab))) at += 1
        const target = field < width ? columns[field] : undefined
        if (at < to && bytes[at] === quote) {
          const code = this.quoted(bytes, at, to, isLast, target)
          if (code === needsMore) return rowStart
          if (code === unclosed) {
            isOpen = true
            break
          }
          at = this.cellEnd
          if (code !== 0) {
            isBlank = false
            tooMany ||= field >= width
          }
          if (target) target.codes[row] = Math.max(code, 0)
        } else {
          const start = at
          let hash = hashStart
          let byte = 0
          while (at < to) {
            byte = bytes[at] ?? 0
            if (byte === delimiter || byte === lineFeed || byte === carriageReturn) break
            hash = Math.imul(hash ^ byte, 0x01000193)
            at += 1
          }
          if (at === to && !isLast) return rowStart
          if (at > start) {
            isBlank = false
            tooMany ||= field >= width
          }
          if (target) {
            let end = at
            while (end > start && (bytes[end - 1] === space || bytes[end - 1] === tab)) end -= 1
            if (end !== at) hash = hashOf(bytes, start, end)
            target.codes[row] = end === start ? 0 : target.codeOf(bytes, start, end, mixed(hash))
          }
        }
        field += 1
        if (at >= to || bytes[at] !== delimiter) break
        at += 1
      }
      if (isOpen) at = lineEnd(bytes, rowStart, to)
      // A carriage return at the end may be half of a line break.
      if (!isLast && (at >= to || (bytes[at] === carriageReturn && at + 1 >= to))) return rowStart
      if (bytes[at] === carriageReturn && bytes[at + 1] === lineFeed) at += 1
      at += 1
      const why = isOpen
        ? 'unclosed quote'
        : tooMany
          ? 'too many fields'
          : field < width
            ? 'too few fields'
            : undefined
      this.finish(row, field, isBlank && !isOpen, why)
    }
    return to
  }

  private finish(row: number, fields: number, isBlank: boolean, why: BadRow['why'] | undefined): void {
    const { rows, targets, line } = this
    this.line += 1 + (why === 'unclosed quote' ? 0 : this.breaks)
    if (isBlank) {
      this.blank += fields > 1 ? 1 : 0
      return
    }
    if (this.skip > 0) {
      this.skip -= 1
      return
    }
    rows.lines[row] = line
    rows.size += 1
    if (why === undefined) return
    this.badCount += 1
    if (this.badRows.length < 5) this.badRows.push({ line, why })
    for (let field = 0; field < targets.length; field += 1) {
      const target = targets[field]
      if (target && (field >= fields || !rows.kept.has(target))) target.codes[row] = 0
    }
  }

  /** Reads a cell in quotes from `open` on. Sets `cellEnd`. Answers its code (-1 for a value of a column nobody needs). */
  private quoted(
    bytes: Uint8Array,
    open: number,
    to: number,
    isLast: boolean,
    target: Dictionary | undefined,
  ): number {
    const { delimiter } = this
    let from = open + 1
    let length = 0
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
      length = this.keep(bytes, from, at + 1, length)
      at += 1
      from = at + 1
    }
    const close = at
    at += 1
    while (at < to && bytes[at] !== delimiter && bytes[at] !== lineFeed && bytes[at] !== carriageReturn) at += 1
    if (at >= to && !isLast) return needsMore
    // Something follows the closing quote: two stray quotes when a line lies between them, else part of the value.
    const hasTail = !isBlankBetween(bytes, close + 1, at)
    if (hasTail && breaks > 0) return unclosed
    this.breaks += breaks
    this.cellEnd = at
    if (length === 0 && !hasTail) return codeOfTrimmed(target, bytes, from, close)
    length = this.keep(bytes, from, close, length)
    if (hasTail) length = this.keep(bytes, close + 1, at, length)
    return codeOfTrimmed(target, this.scratch, 0, length)
  }

  private keep(bytes: Uint8Array, from: number, to: number, length: number): number {
    if (length + to - from > this.scratch.length) {
      const larger = new Uint8Array(2 * (length + to - from))
      larger.set(this.scratch)
      this.scratch = larger
    }
    for (let at = from; at < to; at += 1) this.scratch[length + at - from] = bytes[at] ?? 0
    return length + to - from
  }
}

const none: readonly undefined[] = []
const needsMore = -2
const unclosed = -3

function codeOfTrimmed(target: Dictionary | undefined, bytes: Uint8Array, from: number, to: number): number {
  let start = from
  let end = to
  while (start < end && isWhite(bytes[start] ?? 0)) start += 1
  while (end > start && isWhite(bytes[end - 1] ?? 0)) end -= 1
  if (end === start) return 0
  return target ? target.codeOf(bytes, start, end, mixed(hashOf(bytes, start, end))) : -1
}

const isWhite = (byte: number) => byte === space || (byte >= tab && byte <= carriageReturn)

function isBlankBetween(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (!isWhite(bytes[at] ?? 0)) return false
  return true
}

function lineEnd(bytes: Uint8Array, from: number, to: number): number {
  let at = from
  while (at < to && bytes[at] !== lineFeed && bytes[at] !== carriageReturn) at += 1
  return at
}
