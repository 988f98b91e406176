/** A CSV file before its rows are read: is it there, which encoding, which delimiter, which headings. */
import { isAscii } from 'node:buffer'
import { type FileHandle, open, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Delimiter } from '../../adapters/transports/delimited.ts'
import { FileProblem } from '../../adapters/transports/drop.ts'
import { type Encoding, sniffEncoding } from '../../adapters/transports/encoding.ts'
import { InputProblem } from './problem.ts'

export type CsvFile = {
  readonly path: string
  /** File name without folder and ending: what the source is called. */
  readonly name: string
  readonly bytes: number
  readonly encoding: Encoding
  readonly delimiter: Delimiter
  /** One name a column, as written; a column without a heading is `column N`. */
  readonly headings: readonly string[]
  /** Rows before the first record: the headings, and a spreadsheet's `sep=;`. */
  readonly skip: number
  /** Records to expect, from the size of the first ones. */
  readonly expected: number
  readonly warnings: readonly string[]
}

const delimiters: readonly Delimiter[] = [',', ';', '\t', '|']
const sampleBytes = 1 << 16
/** Rows looked at to tell the delimiter. */
const sampleRows = 30

export async function openCsv(file: string): Promise<CsvFile> {
  const bytes = await sizeOf(file)
  const { encoding, warning } = await encodingOf(file)
  const { text, whole } = await sampleOf(file, encoding)
  if (text.includes('\0')) throw nulProblem(file)
  const other = markups.find(({ start }) => start.test(text))
  if (other) throw new InputProblem(`${file} is ${other.what}. Save it as CSV (UTF-8) and name that file instead.`)
  const sample = splitSample(text, whole)
  const heading = sample.rows[0]
  if (!heading) throw new InputProblem(`${file} is empty: a row of headings and some records are needed.`)
  if (whole && sample.rows.length < 2)
    throw new InputProblem(
      `${file} holds only a row of headings, and no record below it. Export it again with its rows.`,
    )
  return {
    path: file,
    name: path.basename(file).replace(/\.[^.]+$/, ''),
    bytes,
    encoding,
    delimiter: sample.delimiter,
    headings: uniqueHeadings(heading),
    skip: sample.skip,
    // The next row is cut by the sample's end; a little more saves a copy when later rows are shorter.
    expected: whole ? sample.counted : Math.ceil((bytes / sampleBytes) * (sample.counted + 1) * 1.03),
    warnings: warning === undefined ? [] : [warning],
  }
}

export const nulProblem = (file: string) =>
  new InputProblem(
    `${file} holds NUL bytes, which no text file does: it is damaged, or no CSV file. Export it again as CSV in UTF-8.`,
  )

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((reason: NodeJS.ErrnoException) => {
    if (reason.code === 'ENOENT' || reason.code === 'ENOTDIR')
      throw new InputProblem(`There is no file ${file}. Check its name, and the folder you are in (${process.cwd()}).`)
    throw new InputProblem(`${file} cannot be read (${reason.code}).`)
  })
  if (found.isDirectory())
    throw new InputProblem(`${file} is a folder. Name the CSV files in it, such as ${path.join(file, 'people.csv')}.`)
  const handle = await openFile(file)
  try {
    const { buffer } = await handle.read(Buffer.alloc(8), 0, 8, 0)
    const other = kinds.find(({ first }) => buffer.subarray(0, first.length).equals(first))
    if (other) throw new InputProblem(`${file} is ${other.what}. Save it as CSV (UTF-8) and name that file instead.`)
  } finally {
    await handle.close()
  }
  if (found.isFile() && found.size === 0)
    throw new InputProblem(`${file} is empty: a row of headings and some records are needed.`)
  return found.size
}

const openFile = (file: string): Promise<FileHandle> =>
  open(file).catch((reason: NodeJS.ErrnoException) => {
    throw new InputProblem(
      reason.code === 'EACCES'
        ? `You have no permission to read ${file}. Ask its owner, or copy it to where you may read it.`
        : `${file} cannot be read (${reason.code}).`,
    )
  })

/** What people name instead of a CSV file, by its first bytes. */
const kinds = [
  { first: Buffer.from('PK\u0003\u0004'), what: 'a workbook or a ZIP archive, no CSV file' },
  { first: Buffer.from('d0cf11e0', 'hex'), what: 'an old Excel workbook, no CSV file' },
  { first: Buffer.from('1f8b', 'hex'), what: 'compressed (gzip)' },
  { first: Buffer.from('28b52ffd', 'hex'), what: 'compressed (zstd)' },
  { first: Buffer.from('PAR1'), what: 'a Parquet file, no CSV file' },
  { first: Buffer.from('%PDF'), what: 'a PDF document, no CSV file' },
]

/** And by its first letters. */
const markups = [
  { start: /^\s*<(!doctype|html|head|body|table)\b/i, what: 'a web page, no CSV file' },
  { start: /^\s*<\?xml\b/i, what: 'an XML file, no CSV file' },
  { start: /^\s*(\[\s*[[{]|\{\s*")/, what: 'a JSON file, no CSV file' },
  { start: /^\s*\{\\rtf/, what: 'a text document (RTF), no CSV file' },
]

async function encodingOf(file: string): Promise<{ encoding: Encoding; warning?: string }> {
  if (await isPlainAscii(file)) return { encoding: 'utf-8' }
  try {
    return { encoding: await sniffEncoding(file, undefined) }
  } catch (reason) {
    if (!(reason instanceof FileProblem)) throw reason
    const encoding = guessLegacy(await headOf(file, 1 << 20))
    const warning = `${file} is not UTF-8; it was read as ${encoding}. If names look wrong, save the file as UTF-8 and try again.`
    return { encoding, warning }
  }
}

const atOnce = 1 << 20

/** Most files are, and of a large one that is known far sooner than which of many encodings it is in. */
async function isPlainAscii(file: string): Promise<boolean> {
  const handle = await openFile(file)
  const buffer = Buffer.allocUnsafeSlow(atOnce)
  try {
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, atOnce)
      const bytes = buffer.subarray(0, bytesRead)
      if (bytesRead === 0) return true
      if (!isAscii(bytes) || bytes.includes(0)) return false
    }
  } finally {
    await handle.close()
  }
}

/**
 * Which of the encodings of one or two bytes a text is in. In Western text accented letters stand alone between ASCII letters; in
 * Cyrillic and Chinese text they follow each other, and Chinese pairs stay whole over every delimiter.
 */
export function guessLegacy(bytes: Buffer): 'windows-1252' | 'windows-1251' | 'gb18030' {
  let high = 0
  let adjacent = 0
  for (let at = 0; at < bytes.length; at += 1) {
    if ((bytes[at] ?? 0) < 0x80) continue
    high += 1
    if ((bytes[at - 1] ?? 0) >= 0x80 || (bytes[at + 1] ?? 0) >= 0x80) adjacent += 1
  }
  if (adjacent * 2 < high) return 'windows-1252'
  const end = bytes.lastIndexOf(0x0a)
  try {
    new TextDecoder('gb18030', { fatal: true }).decode(end > 0 ? bytes.subarray(0, end) : bytes)
    return 'gb18030'
  } catch {
    return 'windows-1251'
  }
}

async function headOf(file: string, length: number): Promise<Buffer> {
  const handle = await openFile(file)
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(length), 0, length, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

async function sampleOf(file: string, encoding: Encoding): Promise<{ text: string; whole: boolean }> {
  const head = await headOf(file, sampleBytes)
  // Streaming, so that a character which the sample's end cuts is left out.
  const whole = head.length < sampleBytes
  return { text: new TextDecoder(encoding).decode(head, { stream: !whole }), whole }
}

type Sample = { rows: string[][]; counted: number; delimiter: Delimiter; skip: number }

/** The delimiter under which the rows have the most columns, and all as many as the headings. */
function splitSample(text: string, whole: boolean): Sample {
  const told = /^sep=([,;\t|])\r?\n/i.exec(text)
  const body = text.slice(told?.[0].length ?? 0)
  const ranked = delimiters
    .filter((delimiter) => told === null || told[1] === delimiter)
    .map((delimiter) => {
      const rows = splitRows(body, delimiter, whole, sampleRows)
      const width = rows[0]?.length ?? 0
      const even = rows.filter((row) => row.length === width).length / Math.max(1, rows.length)
      return { delimiter, rows, score: (width - 1) * even ** 2 }
    })
    .sort((left, right) => right.score - left.score)
  const [best] = ranked
  const delimiter = best?.delimiter ?? ','
  return {
    rows: best?.rows ?? [],
    counted: Math.max(0, splitRows(body, delimiter, whole, Number.POSITIVE_INFINITY).length - 1),
    delimiter,
    skip: told ? 2 : 1,
  }
}

function uniqueHeadings(row: readonly string[]): string[] {
  const used = new Map<string, number>()
  const width = row.findLastIndex((heading) => heading !== '') + 1
  return row.slice(0, width).map((heading, index) => {
    const name = heading === '' ? `column ${index + 1}` : heading
    const times = (used.get(name) ?? 0) + 1
    used.set(name, times)
    return times === 1 ? name : `${name} (${times})`
  })
}

const quoted = /[^\S\r\n\t]*"((?:[^"]|"")*)"[^\S\r\n\t]*(?=[,;\t|\r\n]|$)/y

/** Of the beginning of a file (the rows themselves are read by scan.ts): splits into trimmed cells, leaving blank lines out. Unless the text is whole, its last row may be cut and is left out too. */
function splitRows(text: string, delimiter: string, isWhole: boolean, most: number): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at <= text.length && rows.length < most) {
    const { value, next } = cellAt(text, at, delimiter)
    row.push(value)
    at = next + 1
    if (text[next] === delimiter) continue
    if (text[next] === '\r' && text[next + 1] === '\n') at += 1
    const isLast = at > text.length
    if (row.some((one) => one !== '') && (isWhole || !isLast)) rows.push(row)
    row = []
  }
  return rows
}

function cellAt(text: string, from: number, delimiter: string): { value: string; next: number } {
  quoted.lastIndex = from
  const found = quoted.exec(text)
  if (found && (quoted.lastIndex === text.length || [delimiter, '\r', '\n'].includes(text[quoted.lastIndex] ?? '')))
    return { value: (found[1] ?? '').replaceAll('""', '"').trim(), next: quoted.lastIndex }
  let next = from
  while (next < text.length && text[next] !== delimiter && text[next] !== '\n' && text[next] !== '\r') next += 1
  return { value: text.slice(from, next).trim(), next }
}
