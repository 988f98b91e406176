/** `--truth COLUMN` and `--truth-pattern REGEX`: which person each record really is. */
import type { Truth } from '../../linkage/table/quality.ts'
import type { Dictionary } from './dictionary.ts'
import { InputProblem } from './problem.ts'
import { isNothing } from './settle.ts'

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
  const { personOf, people } = peopleIn(column, pattern)
  const truth = new Int32Array(size)
  let unknown = 0
  for (let row = 0; row < size; row += 1) {
    const person = personOf[column.codes[row] ?? 0] ?? -1
    truth[row] = person
    if (person < 0) unknown += 1
  }
  const what = pattern
    ? `--truth-pattern ${pattern.source} fits no value of the column`
    : 'Nothing stands in the truth column'
  if (unknown === size)
    throw new InputProblem(
      `${what} ${column.name}, so there is nothing to measure by. Leave --truth out, or correct it.`,
    )
  const notes = []
  if (unknown > 0)
    notes.push(
      `truth: ${unknown.toLocaleString('en-GB')} of ${size.toLocaleString('en-GB')} records have none in column ${column.name}; they are left out of the figures`,
    )
  if (people === size - unknown)
    notes.push(
      `truth: every value of column ${column.name} stands once, so there is no true pair to find${pattern ? '' : '; if a part of it names the person, say which with --truth-pattern'}`,
    )
  return { truth, unknown, notes }
}

/** Of each value of the column its person, -1 where it names nobody; and how many people there are. */
function peopleIn(column: Dictionary, pattern: RegExp | undefined): { personOf: Int32Array; people: number } {
  const personOf = new Int32Array(column.count).fill(-1)
  // Numbers, which most truths are, differ as they stand.
  if (!pattern && column.isPlain()) {
    for (let code = 1; code < column.count; code += 1) personOf[code] = code - 1
    return { personOf, people: column.count - 1 }
  }
  const people = new Map<string, number>()
  for (const [code, written] of column.values().entries()) {
    const value = written.trim()
    const found = pattern ? pattern.exec(value) : undefined
    const person = pattern ? (found?.[1] ?? found?.[0] ?? '') : value
    if (person === '' || isNothing(person, false)) continue
    const known = people.get(person)
    personOf[code] = known ?? people.size
    if (known === undefined) people.set(person, people.size)
  }
  return { personOf, people: people.size }
}
