/** CSV files -> the table that the engine reads. Bytes go straight into dictionaries; nothing else of a file is kept. */
import { open } from 'node:fs/promises'
import { setImmediate as breathe } from 'node:timers/promises'
import { takesPacked } from '../../linkage/table/columns/encode.ts'
import type { Column, FieldName, Table, TextColumn } from '../../linkage/table/table.ts'
import { type CsvFile, nulProblem } from './csv-file.ts'
import { Dictionary, makeCodes, slack } from './dictionary.ts'
import type { Plan } from './plan.ts'
import { InputProblem } from './problem.ts'
import { type BadRow, type Rows, Scanner } from './scan.ts'
import { settle, settlePacked } from './settle.ts'

export type FileReport = {
  readonly file: CsvFile
  /** Row of its first record, and how many there are. */
  readonly first: number
  readonly records: number
  readonly badRows: readonly BadRow[]
  readonly badCount: number
  readonly blankRows: number
  /** Columns of the plan that this file does not have. */
  readonly missing: readonly string[]
}

export type ReadTable = {
  readonly table: Table
  /** A record's id as written; undefined when no column holds ids, and then its number does. */
  readonly ids?: Dictionary
  /** A record's truth, before any pattern. */
  readonly truth?: Dictionary
  /** Which file a record stands in, and at which line. */
  readonly fileOf: (row: number) => CsvFile
  readonly lines: Int32Array
  readonly files: readonly FileReport[]
  /** Distinct values with a character that the encoding does not have. */
  readonly unreadable: number
  /** The values are needed no longer; a large file's are a third of the memory. */
  readonly release: () => void
}

/** About as many rows as the scanner's batch. */
const chunkBytes = 1 << 21
/** A row longer than this has lost its end; bytes. */
const longestRow = 1 << 26

export type ReadOptions = {
  readonly signal: AbortSignal
  readonly onProgress: (bytes: number, total: number) => void
}

export async function readCsv(files: readonly CsvFile[], plan: Plan, options: ReadOptions): Promise<ReadTable> {
  const { columns, size, lines, reports } = await scanFiles(files, plan, options)
  const ids = columns.get(plan.id ?? '')
  const truth = columns.get(plan.truth ?? '')
  const { fields, source, unreadable } = tableColumns(plan, columns, size)
  const origin = source ?? (files.length > 1 ? sourceOfFiles(reports, size) : undefined)
  return {
    table: { size, fields, ...(origin ? { source: origin } : {}) },
    ...(ids ? { ids } : {}),
    ...(truth ? { truth } : {}),
    fileOf: (row) => fileOf(reports, row),
    lines,
    files: reports,
    unreadable,
    release: () => fields.clear(),
  }
}

type Scanned = { columns: Map<string, Dictionary>; size: number; lines: Int32Array; reports: FileReport[] }

/** Only the map holds the columns afterwards, so that each can be freed when it has become a column of the table. */
async function scanFiles(files: readonly CsvFile[], plan: Plan, { signal, onProgress }: ReadOptions): Promise<Scanned> {
  const expected = files.reduce((sum, file) => sum + file.expected, 16)
  const columns = new Map(plan.columns.map((name) => [name, new Dictionary(name, expected)]))
  const kept = [plan.id, plan.truth].map((name) => columns.get(name ?? '')).filter((one) => one !== undefined)
  const rows: Rows = {
    columns: [...columns.values()],
    kept: new Set(kept),
    capacity: expected,
    size: 0,
    lines: new Int32Array(expected),
  }
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const reports: FileReport[] = []
  let before = 0
  for (const file of files) {
    const first = rows.size
    const present = file.headings.map((heading) => columns.get(plan.columnOf(heading) ?? ''))
    const scanner = new Scanner(rows, present, file.delimiter.charCodeAt(0), file.skip)
    await scanFile(file, scanner, (bytes) => {
      signal.throwIfAborted()
      onProgress(before + bytes, total)
    })
    before += file.bytes
    reports.push({
      file,
      first,
      records: rows.size - first,
      badRows: scanner.badRows,
      badCount: scanner.badCount,
      blankRows: scanner.blank,
      missing: plan.columns.filter((name) => !present.includes(columns.get(name))),
    })
  }
  for (const one of columns.values()) one.seal()
  return { columns, size: rows.size, lines: rows.lines, reports }
}

function fileOf(reports: readonly FileReport[], row: number): CsvFile {
  const report = reports.findLast(({ first }) => first <= row)
  if (!report) throw new RangeError(`row ${row} is of no file`)
  return report.file
}

/** Column by column, so that the bytes of one are free before the strings of the next are made. */
function tableColumns(
  plan: Plan,
  columns: Map<string, Dictionary>,
  size: number,
): { fields: Map<FieldName, Column[]>; source: TextColumn | undefined; unreadable: number } {
  const fields = new Map<FieldName, Column[]>()
  const put = (wanted: readonly Use[], column: Column): void => {
    for (const use of wanted) if (use !== 'source') fields.set(use, [...(fields.get(use) ?? []), column])
  }
  let source: TextColumn | undefined
  let unreadable = 0
  for (const [name, dictionary] of columns) {
    const uses = plan.uses.get(name) ?? []
    const kept = name === plan.id || name === plan.truth
    if (!kept) columns.delete(name)
    const copy = kept || uses.length > 1
    for (const [kind, wanted] of groupByKind(uses)) {
      const packed = kind === 'number' ? settlePacked(dictionary, size, copy) : undefined
      if (packed) put(wanted, packed)
      else {
        const settled = settle(dictionary, size, { isName: kind === 'name', copy })
        unreadable += settled.unreadable
        if (wanted.includes('source')) source = settled.column
        put(wanted, settled.column)
      }
    }
  }
  return { fields, source, unreadable }
}

type Use = FieldName | 'source'
type UseKind = 'name' | 'number' | 'value'
const nameFields = new Set<string>(['givenName', 'familyName', 'fullName', 'relatedName'])

const kindOf = (use: Use): UseKind =>
  nameFields.has(use) ? 'name' : use !== 'source' && takesPacked(use) ? 'number' : 'value'

function groupByKind(uses: readonly Use[]): Map<UseKind, Use[]> {
  const groups = new Map<UseKind, Use[]>()
  for (const use of uses) {
    const kind = kindOf(use)
    groups.set(kind, [...(groups.get(kind) ?? []), use])
  }
  return groups
}

function sourceOfFiles(reports: readonly FileReport[], size: number): TextColumn {
  const codes = makeCodes(size)
  let row = 0
  for (const [index, { records }] of reports.entries()) {
    codes.fill(index + 1, row, row + records)
    row += records
  }
  return { codes, values: ['', ...reports.map(({ file }) => file.name)] }
}

/** Reads the file in chunks, one ahead of the scanner; what is left of a row goes before the next chunk. */
async function scanFile(file: CsvFile, scanner: Scanner, onBytes: (bytes: number) => void): Promise<void> {
  const handle = await open(file.path)
  const chunks = [Buffer.allocUnsafeSlow(chunkBytes), Buffer.allocUnsafeSlow(chunkBytes)] as const
  const decoder = file.encoding === 'utf-8' ? undefined : new TextDecoder(file.encoding)
  let work = Buffer.allocUnsafeSlow(2 * chunkBytes)
  let held = 0
  let done = 0
  let [chunk, other] = chunks
  let reading = handle.read(chunk, 0, chunkBytes)
  try {
    for (let isLast = false; !isLast; ) {
      const { bytesRead } = await reading
      isLast = bytesRead === 0
      const raw = chunk.subarray(0, bytesRead)
      ;[chunk, other] = [other, chunk]
      if (!isLast) reading = handle.read(chunk, 0, chunkBytes)
      const marked = done === 0 && raw[0] === 0xef && raw[1] === 0xbb && raw[2] === 0xbf
      const fresh = decoder ? Buffer.from(decoder.decode(raw, { stream: !isLast })) : marked ? raw.subarray(3) : raw
      if (fresh.includes(0)) throw nulProblem(`${file.path}, near line ${scanner.line},`)
      if (held + fresh.length + slack > work.length) {
        if (held > longestRow) throw rowProblem(file, scanner.line)
        const larger = Buffer.allocUnsafeSlow(2 * (held + fresh.length) + slack)
        work.copy(larger, 0, 0, held)
        work = larger
      }
      fresh.copy(work, held)
      held += fresh.length
      const used = scanner.scan(work, held, isLast)
      work.copyWithin(0, used, held)
      held -= used
      done += bytesRead
      onBytes(done)
      // Ctrl-C is heard between two chunks.
      await breathe()
    }
  } finally {
    await reading.catch(() => undefined)
    await handle.close()
  }
}

const rowProblem = (file: CsvFile, line: number) =>
  new InputProblem(
    `${file.path}, line ${line}: this row has no end within ${longestRow >> 20} MB. Is it a CSV file, with one record a line?`,
  )
