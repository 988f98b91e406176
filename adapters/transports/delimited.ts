/** Rows of a delimited text file, in bounded memory: any delimiter and line ending, quoted line breaks, stray quotes. */
import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { fileProblems } from './drop.ts'
import type { Encoding } from './encoding.ts'

export const delimiters = [',', ';', '\t', '|'] as const

export type Delimiter = (typeof delimiters)[number]

export type DelimitedRow = {
  /** Number of the row's first line in the file, from 1. */
  readonly row: number
  readonly values: readonly string[]
  /** A quote that opens and never closes: the row was cut at its line's end, so that the rows below survive. */
  readonly unbalanced?: true
}

/** A cell with more line breaks than this is taken for a forgotten quote. */
const longestCellInLines = 50
/** A row longer than this is not a row; characters. */
const longestRow = 1_000_000

/** Yields the rows that are not blank. Throws FileProblem when a line has no end. */
export async function* readDelimited(
  path: string,
  encoding: Encoding,
  delimiter: Delimiter,
): AsyncGenerator<DelimitedRow> {
  const queue = makeQueue(delimiter)
  for await (const lines of readLines(path, encoding)) {
    queue.push(lines)
    yield* queue.rows(false)
  }
  yield* queue.rows(true)
}

/** The first lines of a file, for sniffing. */
export const firstLines = async (path: string, encoding: Encoding, count: number): Promise<string[]> => {
  const found: string[] = []
  for await (const lines of readLines(path, encoding)) {
    found.push(...lines)
    if (found.length >= count) break
  }
  return found.slice(0, count)
}

/** Cells of one line, quotes and all; for sniffing, and for rows whose quotes mean nothing. */
export const splitLine = (line: string, delimiter: Delimiter): string[] =>
  line.includes('"') && !scan(line, delimiter, false).open ? parseQuoted(line, delimiter) : line.split(delimiter)

/** The lines of a text file, many at a time. Throws FileProblem when one has no end. */
export async function* readLines(path: string, encoding: Encoding): AsyncGenerator<string[]> {
  // What is no text in this encoding becomes U+FFFD; its row is refused where the cell is read.
  const decoder = new TextDecoder(encoding)
  let rest = ''
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 17 })) {
    const text = rest + decoder.decode(chunk, { stream: true })
    // A carriage return at the end may be half of a CRLF.
    const end = text.endsWith('\r') ? text.length - 1 : text.length
    const lines = text.slice(0, end).split(/\r\n|\n|\r/)
    rest = (lines.pop() ?? '') + text.slice(end)
    if (rest.length > longestRow) throw fileProblems.rowTooLong
    yield lines
  }
  const last = (rest + decoder.decode()).split(/\r\n|\n|\r/)
  if (last.some((line) => line !== '')) yield last
}

/** Lines wait here until a row is whole. */
const makeQueue = (delimiter: Delimiter) => {
  let lines: string[] = []
  let at = 0
  let row = 0
  /** Cells of the row above. */
  let width = 0

  const push = (more: string[]): void => {
    lines = at === lines.length ? more : [...lines.slice(at), ...more]
    at = 0
  }

  const take = (count: number): number => {
    const first = row + 1
    at += count
    row += count
    return first
  }

  function* rows(ended: boolean): Generator<DelimitedRow> {
    while (at < lines.length) {
      const line = lines[at] ?? ''
      if (!line.includes('"')) {
        const first = take(1)
        if (line.trim() === '') continue
        const values = line.split(delimiter)
        width = values.length
        yield { row: first, values }
        continue
      }
      const extent = extentOf(lines, at, delimiter, ended)
      if (extent === 'more') return
      const values = extent === 'unbalanced' ? [] : parseQuoted(lines.slice(at, at + extent).join('\n'), delimiter)
      if (extent === 'unbalanced' || swallows(lines.slice(at + 1, at + extent), values.length, width, delimiter))
        yield { row: take(1), values: line.split(delimiter), unbalanced: true }
      else {
        width = values.length
        yield { row: take(extent), values }
      }
    }
  }
  return { push, rows }
}

/** How many lines the row that begins at `from` takes. */
const extentOf = (
  lines: readonly string[],
  from: number,
  delimiter: Delimiter,
  ended: boolean,
): number | 'more' | 'unbalanced' => {
  let open = false
  for (let count = 1; count <= longestCellInLines; count += 1) {
    const line = lines[from + count - 1]
    if (line === undefined) return ended ? 'unbalanced' : 'more'
    const seen = scan(line, delimiter, open)
    // A quote that closes in the middle of a word, lines below the one that opened: two stray quotes, not one long cell.
    if (open && seen.malformed) return 'unbalanced'
    if (!seen.open) return count
    open = true
  }
  return 'unbalanced'
}

/** A short row whose cell holds whole rows: its quote was closed by another stray one, further down. */
const swallows = (below: readonly string[], found: number, width: number, delimiter: Delimiter): boolean =>
  found < width && below.some((line) => line.split(delimiter).length >= width)

/** Follows the quotes along one line: is a quoted cell open at its end, and did one close beside something else? */
const scan = (line: string, delimiter: Delimiter, openAtStart: boolean): { open: boolean; malformed: boolean } => {
  let open = openAtStart
  let malformed = false
  let cellStart = !openAtStart
  for (let index = 0; index < line.length; index += 1) {
    const char = line[index]
    if (open && char === '"') {
      const next = line[index + 1]
      if (next === '"') index += 1
      else {
        open = false
        malformed ||= next !== undefined && next !== delimiter
      }
    } else if (!open) {
      if (char === '"' && cellStart) open = true
      cellStart = char === delimiter
    }
  }
  return { open, malformed }
}

const parseQuoted = (text: string, delimiter: Delimiter): string[] => {
  // relax_quotes: a quote inside an unquoted cell (5" pipe) is a character like any other.
  const records = parse(text, {
    delimiter,
    relax_quotes: true,
    relax_column_count: true,
    bom: false,
    record_delimiter: '\u0000',
  })
  return records[0] ?? []
}
