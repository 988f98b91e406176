/** Which encoding a text file is in: told by its bytes where they can tell, else by the registry's setting. */
import { isUtf8 } from 'node:buffer'
import { createReadStream } from 'node:fs'
import { PullError } from '../contract.ts'

/** Encodings that bytes alone cannot tell apart, so that somebody has to say which one it is. */
export const legacyEncodings = ['windows-1252', 'windows-1251', 'gb18030'] as const

export type LegacyEncoding = (typeof legacyEncodings)[number]
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | LegacyEncoding

/**
 * Reads the whole file once. A byte order mark decides; then UTF-8 if every byte fits; then UTF-16 by its zero bytes; then
 * `legacy`. Throws PullError('stop') when only the setting could tell and there is none: guessed names would be garbage.
 */
export const sniffEncoding = async (
  path: string,
  name: string,
  legacy: LegacyEncoding | undefined,
): Promise<Encoding> => {
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
  if (legacy) return legacy
  throw new PullError(
    'stop',
    `${name}: the text is neither UTF-8 nor UTF-16. Save it as UTF-8, or set options.encoding to one of ${legacyEncodings.join(', ')}.`,
  )
}

const byMark = (bytes: Buffer): Encoding | undefined => {
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
