/** LINKS.csv and CLUSTERS.csv, and what records are called in them. */

import { probabilityOf } from '../../linkage/table/kernel/weights.ts'
import type { Linked } from '../../linkage/table/linked.ts'
import type { Dictionary } from './dictionary.ts'
import { csvCell } from './outputs.ts'
import { InputProblem } from './problem.ts'
import type { ReadTable } from './read-csv.ts'

type WriteId = (row: number, lines: Lines) => void

export type Ids = {
  /** Where ids repeat from one source to another, with the source before it. */
  readonly idOf: (row: number) => string
  /** The id as it stands in the file. */
  readonly plainIdOf: (row: number) => string
  /** The same as cells of a CSV file. */
  readonly write: WriteId
  readonly writePlain: WriteId
  /** Rows that an id may mean; more than one when it stands in several sources. */
  readonly rowsOf: (id: string) => number[]
  readonly notes: readonly string[]
}

/** Throws InputProblem when two records of one source have the same id. */
export function makeIds({ table, ids, fileOf, lines }: ReadTable): Ids {
  if (!ids) {
    const number = (row: number) => String(row + 1)
    const write: WriteId = (row, lines) => lines.decimal(row + 1, 0)
    const rowsOf = (id: string) => rowNumbered(id, table.size)
    return { idOf: number, plainIdOf: number, write, writePlain: write, rowsOf, notes: [] }
  }
  const source = table.source
  const missing = countMissing(ids, table.size)
  const isUnique = ids.count - 1 === table.size - missing
  const clashes = isUnique ? { within: [], across: 0 } : repeated(ids, table.size, source?.codes)
  const [first] = clashes.within
  if (first) {
    const place = (row: number) => `${fileOf(row).path} line ${lines[row]}`
    const named = clashes.within
      .slice(0, 3)
      .map(([one, two]) => `  ${ids.value(ids.codes[one] ?? 0)}: ${place(one)} and ${place(two)}`)
    throw new InputProblem(
      `${clashes.within.length === 1 ? '1 record repeats the id of a record before it' : `${clashes.within.length.toLocaleString('en-GB')} records repeat the id of a record before them`} (column ${ids.name}):\n${named.join('\n')}\n` +
        'Each record needs its own id. Name another column with --id COLUMN, or number the records with --id none.',
    )
  }
  const stand = missing > 0 ? freePrefix(ids) : ''
  const plainIdOf = (row: number) => {
    const code = ids.codes[row] ?? 0
    return code === 0 ? `${stand}${row + 1}` : ids.value(code)
  }
  const isQualified = clashes.across > 0 && source !== undefined
  const idOf = isQualified
    ? (row: number) => `${source.values[source.codes[row] ?? 0] ?? ''}:${plainIdOf(row)}`
    : plainIdOf
  const notes = [
    ...(missing > 0
      ? [
          `${missing.toLocaleString('en-GB')} records have no id; they are called ${stand}N, N being the record's number`,
        ]
      : []),
    ...(isQualified ? ['ids repeat from one source to another, so they are written as SOURCE:ID'] : []),
  ]
  const rowsOf = (id: string) => {
    const rows: number[] = []
    for (let row = 0; row < table.size; row += 1) if (plainIdOf(row) === id || idOf(row) === id) rows.push(row)
    return rows
  }
  const { bytes } = ids
  const isClean = needsNoQuotes(ids, bytes)
  const writePlain: WriteId = (row, lines) => {
    const code = ids.codes[row] ?? 0
    if (isClean && code !== 0) lines.copy(bytes, ids.startOf(code), ids.endOf(code, bytes))
    else lines.text(csvCell(plainIdOf(row)))
  }
  const write: WriteId = isQualified ? (row, lines) => lines.text(csvCell(idOf(row))) : writePlain
  return { idOf, plainIdOf, write, writePlain, rowsOf, notes }
}

function rowNumbered(id: string, size: number): number[] {
  const row = Number(id) - 1
  return /^\d+$/.test(id) && row >= 0 && row < size ? [row] : []
}

/** Pairs of rows with one id within a source, each with the first of its kind; and how many repeat over sources alone. */
function repeated(ids: Dictionary, size: number, source: Int32Array | undefined) {
  const firstRow = new Int32Array(ids.count).fill(-1)
  const bySource = new Map<string, number>()
  const within: [number, number][] = []
  let across = 0
  for (let row = 0; row < size; row += 1) {
    const code = ids.codes[row] ?? 0
    if (code === 0) continue
    const first = firstRow[code] ?? -1
    if (first < 0) {
      firstRow[code] = row
      continue
    }
    if (!source) {
      within.push([first, row])
      continue
    }
    bySource.set(`${code} ${source[first]}`, first)
    const key = `${code} ${source[row]}`
    const twin = bySource.get(key)
    if (twin === undefined) {
      bySource.set(key, row)
      across += 1
    } else within.push([twin, row])
  }
  return { within, across }
}

function countMissing(ids: Dictionary, size: number): number {
  let missing = 0
  for (let row = 0; row < size; row += 1) if (ids.codes[row] === 0) missing += 1
  return missing
}

/** A beginning that no id of the file has. */
function freePrefix(ids: Dictionary): string {
  const known = ids.values()
  let prefix = 'row-'
  while (known.some((id) => id.startsWith(prefix))) prefix = `_${prefix}`
  return prefix
}

const [minus, point] = [0x2d, 0x2e]
const figures = new Uint8Array(32)

/** Bytes that go into a file at once. */
const atOnce = 1 << 18

/** Text on its way into a file, as bytes: a million short strings cost more than their letters. */
export class Lines {
  private bytes = Buffer.allocUnsafeSlow(2 * atOnce)
  private taken = Buffer.allocUnsafeSlow(2 * atOnce)
  private used = 0

  get length(): number {
    return this.used
  }

  get isFull(): boolean {
    return this.used >= atOnce
  }

  /** What has been written since the last time; it stays as it is until the next one is taken. */
  take(): Buffer {
    const part = this.bytes.subarray(0, this.used)
    ;[this.bytes, this.taken] = [this.taken, this.bytes]
    this.used = 0
    return part
  }

  text(text: string): void {
    this.reserve(3 * text.length)
    this.used += this.bytes.write(text, this.used)
  }

  /** For separators and figures. */
  ascii(text: string): void {
    this.reserve(text.length)
    for (let at = 0; at < text.length; at += 1) this.bytes[this.used + at] = text.charCodeAt(at)
    this.used += text.length
  }

  /** A number with up to so many places behind the point; `scaled` counts units of the last of them, below 2^31. */
  decimal(scaled: number, places: number): void {
    // Whole numbers of 32 bits are divided far sooner than others.
    let rest = Math.abs(scaled) | 0
    let behind = places
    for (; behind > 0 && rest % 10 === 0; behind -= 1) rest = (rest / 10) | 0
    let at = figures.length
    for (let nth = 0; rest > 0 || nth <= behind; nth += 1) {
      if (nth === behind && nth > 0) figures[--at] = point
      figures[--at] = 0x30 + (rest % 10)
      rest = (rest / 10) | 0
    }
    if (scaled < 0) figures[--at] = minus
    this.copy(figures, at, figures.length)
  }

  /** What was written from there on once more; `from` is what `length` was. */
  repeat(from: number, to: number): void {
    this.copy(this.bytes, from, to)
  }

  copy(from: Uint8Array, start: number, end: number): void {
    this.reserve(end - start)
    const { bytes, used } = this
    for (let at = start; at < end; at += 1) bytes[used + at - start] = from[at] ?? 0
    this.used = used + end - start
  }

  private reserve(more: number): void {
    if (this.used + more <= this.bytes.length) return
    const larger = Buffer.allocUnsafe(2 * (this.used + more))
    this.bytes.copy(larger, 0, 0, this.used)
    this.bytes = larger
  }
}

/** Whether every value can stand in a CSV file as it is. */
function needsNoQuotes(ids: Dictionary, bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    if (byte === 0x22 || byte === 0x2c || byte === 0x0a || byte === 0x0d) return false
  }
  for (let code = 1; code < ids.count; code += 1)
    if (isEdge(bytes[ids.startOf(code)]) || isEdge(bytes[ids.endOf(code, bytes) - 1])) return false
  return true
}

/** A blank, or a part of a letter that may be one. */
const isEdge = (byte: number | undefined) => byte === undefined || byte <= 0x20 || byte >= 0x7f

/** The lines of a file, a block at a time. */
function* blocks(head: string, count: number, write: (at: number, lines: Lines) => void): Generator<Buffer> {
  const lines = new Lines()
  lines.ascii(head)
  for (let at = 0; at < count; ) {
    at = fill(lines, at, count, write)
    yield lines.take()
  }
  yield lines.take()
}

function fill(lines: Lines, from: number, count: number, write: (at: number, lines: Lines) => void): number {
  let at = from
  for (; at < count && !lines.isFull; at += 1) write(at, lines)
  return at
}

/**
 * `id_a,id_b,probability,weight`, by a, then b. Between two lists (`lists` tells which a record stands in) the first list's id
 * stands first, and each as it is written there.
 */
export function linkLines({ links }: Linked, ids: Ids, lists: Int32Array | undefined): Generator<Buffer> {
  const write = lists ? ids.writePlain : ids.write
  return blocks('id_a,id_b,probability,weight\n', links.a.length, (at, lines) => {
    const a = links.a[at] ?? 0
    const b = links.b[at] ?? 0
    const isTurned = lists !== undefined && (lists[a] ?? 0) > (lists[b] ?? 0)
    write(isTurned ? b : a, lines)
    lines.ascii(',')
    write(isTurned ? a : b, lines)
    const weight = links.weight[at] ?? 0
    lines.ascii(',')
    lines.decimal(Math.round(probabilityOf(weight) * 1e6), 6)
    lines.ascii(',')
    lines.decimal(Math.round(weight * 1e3), 3)
    lines.ascii('\n')
  })
}

/** `id,cluster`, every record once; a cluster is called by its first record's id, so it keeps its name from run to run. */
export const clusterLines = ({ clusters }: Linked, ids: Ids): Generator<Buffer> =>
  blocks('id,cluster\n', clusters.length, (row, lines) => {
    const begin = lines.length
    ids.write(row, lines)
    const end = lines.length
    lines.ascii(',')
    if (clusters[row] === row) lines.repeat(begin, end)
    else ids.write(clusters[row] ?? row, lines)
    lines.ascii('\n')
  })

/** How many clusters there are, and how many hold more than one record. */
export function countClusters(clusters: Int32Array): { people: number; shared: number; largest: number } {
  const sizes = new Int32Array(clusters.length)
  let people = 0
  let shared = 0
  let largest = 0
  for (let row = 0; row < clusters.length; row += 1) {
    const first = clusters[row] ?? 0
    const size = (sizes[first] ?? 0) + 1
    sizes[first] = size
    if (size === 1) people += 1
    if (size === 2) shared += 1
    if (size > largest) largest = size
  }
  return { people, shared, largest }
}
