/** A column that was read -> a column of the table: decoded, trimmed, with placeholders emptied. */
import type { Column } from '../../linkage/table.ts'
import { isPlaceholderName, isPlaceholderText } from '../../schemas/values/placeholder.ts'
import { type Codes, type Dictionary, makeCodes } from './dictionary.ts'

export type Settled = {
  readonly column: Column
  /** Distinct values with a character that the file's encoding does not have. */
  readonly unreadable: number
}

type Options = {
  /** What stands for a missing name counts as empty too. */
  readonly isName: boolean
  /** Values of rows that were refused may stand in the dictionary without a record: leave them out. */
  readonly compact: boolean
  /** The dictionary's codes are needed as they are. */
  readonly copy: boolean
}

/** Values that are the same once trimmed share a code; each value of the answer but the empty one stands in some record. */
export function settle(dictionary: Dictionary, size: number, { isName, compact, copy }: Options): Settled {
  const written = dictionary.values()
  const isTrimmed = written.some(hasEdge)
  const numbers = isTrimmed ? new Map<string, number>() : undefined
  const isUsed = compact ? usedCodes(dictionary, size) : undefined
  const values = ['']
  const remap = new Int32Array(written.length)
  let unreadable = 0
  for (let code = 1; code < written.length; code += 1) {
    const raw = written[code] ?? ''
    const value = isTrimmed ? raw.replace(edges, '') : raw
    if (isUsed?.[code] === 0 || isNothing(value, isName)) continue
    if (value.includes('\ufffd')) unreadable += 1
    const known = numbers?.get(value)
    remap[code] = known ?? values.length
    if (known !== undefined) continue
    numbers?.set(value, values.length)
    values.push(value)
  }
  const isSame = values.length === written.length
  if (isSame && !copy) return { column: { codes: dictionary.codes.subarray(0, size), values }, unreadable }
  return { column: { codes: mapped(dictionary.codes, size, remap), values }, unreadable }
}

function usedCodes(dictionary: Dictionary, size: number): Uint8Array {
  const used = new Uint8Array(dictionary.count)
  for (let row = 0; row < size; row += 1) used[dictionary.codes[row] ?? 0] = 1
  return used
}

function mapped(codes: Codes, size: number, remap: Int32Array): Codes {
  const fresh = makeCodes(size)
  for (let row = 0; row < size; row += 1) fresh[row] = remap[codes[row] ?? 0] ?? 0
  return fresh
}

/** No-break spaces and the like, which the scanner does not know. */
const edges = /^[\s\ufeff\u200b]+|[\s\ufeff\u200b]+$/g
const hasEdge = (value: string): boolean => isEdge(value.charCodeAt(0)) || isEdge(value.charCodeAt(value.length - 1))
const isEdge = (code: number): boolean =>
  code <= 0x20 || code === 0xa0 || code === 0xfeff || code === 0x3000 || (code >= 0x2000 && code <= 0x200b)

/** Longer than any placeholder. */
const longest = 24
/** Na and Nil are names; in capitals, or all small, they stand for nothing. */
const bornNames = new Set(['Na', 'Nil'])
const alsoNothing = new Set(['?', '??', '???', '\\N', '#', '*', '(null)', '<NA>', '[null]'])

function isNothing(value: string, isName: boolean): boolean {
  if (value.length > longest) return false
  if (value === '' || alsoNothing.has(value)) return true
  if (isName) return !bornNames.has(value) && isPlaceholderName(value)
  const first = value.charCodeAt(0)
  // A digit begins no placeholder; most long columns are numbers.
  if (first >= 0x30 && first <= 0x39) return false
  return isPlaceholderText(value)
}
