/** A column that was read -> a column of the table: decoded, trimmed, with placeholders emptied. */
import { isAscii } from 'node:buffer'
import type { Column, TextColumn } from '../../linkage/table/table.ts'
import { isPlaceholderName, isPlaceholderText } from '../../schemas/values/placeholder.ts'
import { type Codes, type Dictionary, makeCodes } from './dictionary.ts'

export type Settled = {
  readonly column: TextColumn
  /** Distinct values with a character that the file's encoding does not have. */
  readonly unreadable: number
}

type Options = {
  /** What stands for a missing name counts as empty too. */
  readonly isName: boolean
  /** The dictionary's codes are needed as they are. */
  readonly copy: boolean
}

/** Values that are the same once trimmed share a code; each value of the answer but the empty one stands in some record. */
export function settle(dictionary: Dictionary, size: number, { isName, copy }: Options): Settled {
  const written = dictionary.values()
  const isSame = isTidy(written, isName)
  const { remap, values } = isSame ? { remap: undefined, values: written } : tidied(written, isName)
  const codes = isSame && !copy ? dictionary.codes.subarray(0, size) : mapped(dictionary.codes, size, remap)
  const unreadable = isAscii(dictionary.bytes) ? 0 : values.filter((value) => value.includes('\ufffd')).length
  return { column: { codes, values }, unreadable }
}

/** The same of a column whose values no strings are made of; undefined when there may be anything to settle. */
export function settlePacked(dictionary: Dictionary, size: number, copy: boolean): Column | undefined {
  if (!dictionary.isNumeric()) return undefined
  const codes = copy ? mapped(dictionary.codes, size, undefined) : dictionary.codes.subarray(0, size)
  return { codes, values: dictionary.packed() }
}

function isTidy(values: readonly string[], isName: boolean): boolean {
  for (let code = 1; code < values.length; code += 1) {
    const value = values[code] ?? ''
    if (hasEdge(value) || isNothing(value, isName)) return false
  }
  return true
}

function tidied(written: readonly string[], isName: boolean): { remap: Int32Array; values: string[] } {
  const numbers = written.some(hasEdge) ? new Map<string, number>() : undefined
  const remap = new Int32Array(written.length)
  const values = ['']
  for (const [code, raw] of written.entries()) {
    const value = numbers ? trimmed(raw) : raw
    if (isNothing(value, isName)) continue
    const known = numbers?.get(value)
    remap[code] = known ?? values.length
    if (known !== undefined) continue
    numbers?.set(value, values.length)
    values.push(value)
  }
  return { remap, values }
}

function mapped(codes: Codes, size: number, remap: Int32Array | undefined): Codes {
  const fresh = makeCodes(size)
  if (!remap) fresh.set(codes.subarray(0, size))
  else for (let row = 0; row < size; row += 1) fresh[row] = remap[codes[row] ?? 0] ?? 0
  return fresh
}

/** Letter by letter: an expression for blanks at the end takes the square of the time where many stand within. */
function trimmed(value: string): string {
  let start = 0
  let end = value.length
  while (start < end && isEdge(value.charCodeAt(start))) start += 1
  while (end > start && isEdge(value.charCodeAt(end - 1))) end -= 1
  return value.slice(start, end)
}

const hasEdge = (value: string): boolean => isEdge(value.charCodeAt(0)) || isEdge(value.charCodeAt(value.length - 1))
/** No-break spaces and the like, which the scanner does not know. */
const isEdge = (code: number): boolean =>
  code <= 0x20 || code === 0xa0 || code === 0xfeff || code === 0x3000 || (code >= 0x2000 && code <= 0x200b)

/** Longer than any placeholder. */
const longest = 24
/** Na and Nil are names; in capitals, or all small, they stand for nothing. */
const bornNames = new Set(['Na', 'Nil'])
const alsoNothing = new Set(['?', '??', '???', '\\N', '#', '*', '(null)', '<NA>', '[null]'])

export function isNothing(value: string, isName: boolean): boolean {
  if (value.length > longest) return false
  const first = value.charCodeAt(0)
  // A digit begins no placeholder, though it may stand where a name should; most long columns are numbers.
  if (first >= 0x30 && first <= 0x39) return isName && isPlaceholderName(value)
  if (value === '' || alsoNothing.has(value)) return true
  return isName ? !bornNames.has(value) && isPlaceholderName(value) : isPlaceholderText(value)
}
