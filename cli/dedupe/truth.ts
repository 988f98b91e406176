/** `--truth COLUMN` and `--truth-pattern REGEX`: which person each record really is. */
import type { Truth } from '../../linkage/quality.ts'
import { isPlaceholderText } from '../../schemas/values/placeholder.ts'
import type { Dictionary } from './dictionary.ts'
import { InputProblem } from './problem.ts'

export type KnownTruth = {
  readonly truth: Truth
  /** Records without a truth: they count for nothing in the figures. */
  readonly unknown: number
  readonly notes: readonly string[]
}

/** Throws InputProblem for a pattern that is no regular expression. */
export function truthPattern(written: string): RegExp {
  try {
    return new RegExp(written, 'u')
  } catch (reason) {
    throw new InputProblem(
      `--truth-pattern is no regular expression (${reason instanceof Error ? reason.message : reason}). Its first group is the person, such as 'rec-(\\d+)-'.`,
    )
  }
}

/** Throws InputProblem when no record has a truth. */
export function readTruth(column: Dictionary, size: number, pattern: RegExp | undefined): KnownTruth {
  const people = new Map<string, number>()
  const personOf = Int32Array.from(column.values(), (written) => {
    const value = written.trim()
    const found = pattern ? pattern.exec(value) : [value]
    const person = found?.[1] ?? found?.[0] ?? ''
    if (isPlaceholderText(person)) return -1
    const known = people.get(person) ?? people.size
    people.set(person, known)
    return known
  })
  const truth = new Int32Array(size)
  let unknown = 0
  for (let row = 0; row < size; row += 1) {
    const person = personOf[column.codes[row] ?? 0] ?? -1
    truth[row] = person
    if (person < 0) unknown += 1
  }
  const what = pattern ? `--truth-pattern ${pattern.source} fits no value of the column` : 'The truth column is empty:'
  if (unknown === size)
    throw new InputProblem(
      `${what} ${column.name}, so there is nothing to measure by. Leave --truth out, or correct it.`,
    )
  const notes = []
  if (unknown > 0)
    notes.push(
      `truth: ${unknown.toLocaleString('en-GB')} of ${size.toLocaleString('en-GB')} records have none in column ${column.name}; they are left out of the figures`,
    )
  if (people.size === size - unknown)
    notes.push(
      `truth: every value of column ${column.name} stands once, so there is no true pair to find${pattern ? '' : '; if a part of it names the person, say which with --truth-pattern'}`,
    )
  return { truth, unknown, notes }
}
