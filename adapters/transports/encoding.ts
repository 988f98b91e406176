/** Which encoding a text file is in: told by its bytes where they can tell, else by the registry's setting. */
import { isAscii, isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { fileProblems } from './drop.ts'

/** Encodings that bytes alone cannot tell apart, so that somebody has to say which one it is. */
export const legacyEncodings = ['windows-1252', 'windows-1251', 'gb18030'] as const

export type LegacyEncoding = (typeof legacyEncodings)[number]
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | LegacyEncoding

/**
 * Reads the whole file, once where its bytes are plain. A byte order mark decides; then UTF-8 if every byte fits; then UTF-16 by
 * its zero bytes; then UTF-8 again if only a few lines are damaged, which then cost their own rows alone; then `legacy`.
 * Throws FileProblem when only the setting could tell and there is none: guessed names would be garbage.
 */
export const sniffEncoding = async (path: string, legacy: LegacyEncoding | undefined): Promise<Encoding> => {
  const check = makeUtf8Check()
  let head: Buffer | undefined
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes: Buffer = chunk
    const marked = head === undefined ? byMark(bytes) : undefined
    if (marked) return marked
    head ??= bytes
    if (!check.feed(bytes)) break
  }
  if (head === undefined || check.fits()) return 'utf-8'
  const wide = byZeros(head)
  if (wide) return wide
  const { lines, foreign, damaged } = await surveyLines(path)
  // A file in another encoding has hardly a line that is UTF-8 by chance.
  const isUtf8InTheMain = damaged * fewest <= lines && (legacy === undefined || foreign > damaged)
  if (damaged === 0 || isUtf8InTheMain) return 'utf-8'
  if (legacy) return legacy
  throw fileProblems.encoding
}

/** One line in so many may be damaged before the whole file is taken to be in another encoding. */
const fewest = 20
/** Longer than any line; bytes. */
const longestLine = 1 << 20

/** Counts lines, those with letters beyond ASCII in good UTF-8 (`foreign`), and those that are no UTF-8. */
const surveyLines = async (path: string): Promise<{ lines: number; foreign: number; damaged: number }> => {
  const counts = { lines: 0, foreign: 0, damaged: 0 }
  const look = (line: Buffer): void => {
    counts.lines += 1
    if (!isUtf8(line)) counts.damaged += 1
    else if (!isAscii(line)) counts.foreign += 1
  }
  let rest = Buffer.alloc(0)
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
    const bytes = Buffer.concat([rest, chunk])
    let from = 0
    for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, from)) {
      look(bytes.subarray(from, end))
      from = end + 1
    }
    rest = Buffer.from(bytes.subarray(from))
    if (rest.length > longestLine) {
      look(rest)
      rest = Buffer.alloc(0)
    }
  }
  if (rest.length > 0) look(rest)
  return counts
}

const byMark = (bytes: Buffer): Encoding | undefined => {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8'
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return undefined
}

/** Latin text, digits and delimiters in UTF-16 have a zero in every other byte; no other encoding has zeros at all. */
const byZeros = (bytes: Buffer): Encoding | undefined => {
  const sample = bytes.subarray(0, 4096)
  const zeros = [0, 0]
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = zeros
  if (Math.max(even, odd) < sample.length / 20) return undefined
  return odd > even ? 'utf-16le' : 'utf-16be'
}

/** Checks UTF-8 chunk by chunk: a character may be cut between two chunks. */
const makeUtf8Check = () => {
  let tail = Buffer.alloc(0)
  let good = true
  const feed = (chunk: Buffer): boolean => {
    const bytes = tail.length === 0 ? chunk : Buffer.concat([tail, chunk])
    const whole = bytes.length - cutLength(bytes)
    // UTF-16 without a mark is valid UTF-8 full of zero characters, which no text file holds.
    good &&= isUtf8(bytes.subarray(0, whole)) && !bytes.includes(0)
    tail = Buffer.from(bytes.subarray(whole))
    return good
  }
  return { feed, fits: () => good && tail.length === 0 }
}

/** How many bytes at the end are the beginning of a character that goes on in the next chunk. */
const cutLength = (bytes: Buffer): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < sequenceLength(byte) ? back : 0
  }
  return 0
}

const sequenceLength = (lead: number): number => (lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2)
