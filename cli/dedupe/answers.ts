/** LINKS.csv and CLUSTERS.csv. */
import type { Linked } from '../../linkage/linked.ts'
import { probabilityOf } from '../../linkage/quality.ts'
import type { Ids } from './ids.ts'

/** Bytes that go into a file at once. */
const atOnce = 1 << 18

/** Text on its way into a file, as bytes: a million short strings cost more than their letters. */
export class Lines {
  private bytes = Buffer.allocUnsafe(2 * atOnce)
  private used = 0

  get isFull(): boolean {
    return this.used >= atOnce
  }

  /** What has been written so far; it is whole until the next line is written. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.used)
    this.used = 0
    return taken
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

  /** A value as it stands in `from[start..end)`; false, and nothing is written, when it may have to be quoted. */
  value(from: Uint8Array, start: number, end: number): boolean {
    this.reserve(end - start)
    if (isEdge(from[start]) || isEdge(from[end - 1])) return false
    const { bytes } = this
    let to = this.used
    for (let at = start; at < end; at += 1, to += 1) {
      const byte = from[at] ?? 0
      if (byte === 0x22 || byte === 0x2c || byte === 0x0a || byte === 0x0d) return false
      bytes[to] = byte
    }
    this.used = to
    return true
  }

  private reserve(more: number): void {
    if (this.used + more <= this.bytes.length) return
    const larger = Buffer.allocUnsafe(2 * (this.used + more))
    this.bytes.copy(larger, 0, 0, this.used)
    this.bytes = larger
  }
}

/** A blank, or a part of a letter that may be one. */
const isEdge = (byte: number | undefined) => byte === undefined || byte <= 0x20 || byte >= 0x7f

/**
 * `id_a,id_b,probability,weight`, by a, then b. Between two lists (`lists` tells which a record stands in) the first list's id
 * stands first, and each as it is written there.
 */
export function* linkLines({ links }: Linked, ids: Ids, lists: Int32Array | undefined): Generator<Buffer> {
  const write = lists ? ids.writePlain : ids.write
  const lines = new Lines()
  lines.ascii('id_a,id_b,probability,weight\n')
  for (let at = 0; at < links.a.length; at += 1) {
    const [a = 0, b = 0] = [links.a[at], links.b[at]]
    const isTurned = lists !== undefined && (lists[a] ?? 0) > (lists[b] ?? 0)
    write(isTurned ? b : a, lines)
    lines.ascii(',')
    write(isTurned ? a : b, lines)
    const weight = links.weight[at] ?? 0
    lines.ascii(`,${Math.round(probabilityOf(weight) * 1e6) / 1e6},${Math.round(weight * 1e3) / 1e3}\n`)
    if (lines.isFull) yield lines.take()
  }
  yield lines.take()
}

/** `id,cluster`, every record once; a cluster is called by its first record's id, so it keeps its name from run to run. */
export function* clusterLines({ clusters }: Linked, ids: Ids): Generator<Buffer> {
  const lines = new Lines()
  lines.ascii('id,cluster\n')
  for (let row = 0; row < clusters.length; row += 1) {
    ids.write(row, lines)
    lines.ascii(',')
    ids.write(clusters[row] ?? row, lines)
    lines.ascii('\n')
    if (lines.isFull) yield lines.take()
  }
  yield lines.take()
}

/** How many clusters there are, and how many hold more than one record. */
export function countClusters(clusters: Int32Array): { people: number; shared: number; largest: number } {
  const sizes = new Int32Array(clusters.length)
  for (const first of clusters) sizes[first] = (sizes[first] ?? 0) + 1
  let people = 0
  let shared = 0
  let largest = 0
  for (const size of sizes) {
    if (size > 0) people += 1
    if (size > 1) shared += 1
    if (size > largest) largest = size
  }
  return { people, shared, largest }
}
