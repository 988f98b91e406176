/** Sheets of an .xlsx workbook as rows of JSON-safe cells. */
import { readFile } from 'node:fs/promises'
import readWorkbook from 'read-excel-file/node'
import { type DropFile, fileProblems } from './drop.ts'
import type { Cell } from './header.ts'

export type Sheet = {
  readonly name: string
  /** Row 1 of the sheet is `rows[0]`. */
  readonly rows: readonly (readonly Cell[])[]
}

export type SheetLimits = {
  /** Largest workbook, bytes on disk. */
  readonly maxBytes: number
  /** Largest content once unpacked, bytes: a small file can unpack to the size of the machine. */
  readonly maxUnpacked: number
  readonly maxRows: number
}

const sheetLimits: SheetLimits = { maxBytes: 64 << 20, maxUnpacked: 768 << 20, maxRows: 1_048_576 }

/** Reads every sheet. Throws FileProblem for a file that is too large, broken, or not a workbook. */
export const readSheets = async (file: DropFile, limits: SheetLimits = sheetLimits): Promise<Sheet[]> => {
  if (file.size > limits.maxBytes) {
    throw fileProblems.tooLarge
  }
  const bytes = await readFile(file.path)
  const unpacked = unpackedSize(bytes)
  if (unpacked === undefined) {
    throw fileProblems.broken
  }
  if (unpacked > limits.maxUnpacked) throw fileProblems.tooLarge
  const workbook = await readWorkbook(bytes).catch(() => {
    throw fileProblems.broken
  })
  return workbook.map(({ sheet, data }) => {
    if (data.length > limits.maxRows) throw fileProblems.tooLarge
    return { name: sheet, rows: data.map((row) => row.map(toCell)) }
  })
}

const toCell = (value: unknown): Cell => {
  if (value instanceof Date) return writeDate(value)
  if (typeof value === 'string' || typeof value === 'boolean') return value
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** Excel knows no zones: the reader puts the day at midnight UTC. A time of day is kept when there is one. */
const writeDate = (date: Date): Cell => {
  if (Number.isNaN(date.getTime())) return null
  // Seconds are fractions of a day in the file, and come out some milliseconds beside.
  const iso = new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().slice(0, 19)
  return iso.endsWith('T00:00:00') ? iso.slice(0, 10) : iso
}

const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50

/** Sum of the unpacked sizes that the zip directory declares; undefined when there is no whole directory. */
const unpackedSize = (bytes: Buffer): number | undefined => {
  const end = findEnd(bytes)
  if (end === undefined) return undefined
  let at = bytes.readUInt32LE(end + 16)
  let sum = 0
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== directoryEntry) return undefined
    sum += bytes.readUInt32LE(at + 24)
    at += 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
  }
  return sum
}

/** The end record stands before a comment of at most 65,535 bytes. */
const findEnd = (bytes: Buffer): number | undefined => {
  const earliest = Math.max(0, bytes.length - 22 - 65_535)
  for (let at = bytes.length - 22; at >= earliest; at -= 1) {
    if (bytes.readUInt32LE(at) === endOfDirectory) return at
  }
  return undefined
}
