/** `--fix`: levels that were set by hand in a model's file, which training leaves alone. */
import type { TableModel } from '../../linkage/table/model.ts'
import type { FieldName } from '../../linkage/table/table.ts'
import { isObject, isShare, levelsCompared, readModel } from './model-file.ts'
import { InputProblem, nearest } from './problem.ts'

/** A level marked `fixed`, with its shares. */
export type FixedLevel = { readonly comparison: string; readonly level: string; readonly m: number; readonly u: number }

/** Throws InputProblem that says what is wrong with the file. */
export async function loadFixed(file: string): Promise<FixedLevel[]> {
  const broken = (what: string) =>
    new InputProblem(
      `--fix ${file} ${what}. Use a file that --save-model wrote, and write "fixed": true into the levels that training shall leave alone.`,
    )
  const { model } = await readModel('--fix', file, broken)
  if (!isObject(model)) throw broken('holds no model')
  const fixed = listed(model.comparisons).flatMap((comparison) =>
    listed(comparison.levels)
      .filter((level) => level.fixed === true)
      .map((level) => fixedLevel(comparison.name, level, broken)),
  )
  if (fixed.length === 0) throw broken('marks no level as fixed')
  return fixed
}

const listed = (value: unknown): Record<string, unknown>[] => (Array.isArray(value) ? value.filter(isObject) : [])

function fixedLevel(
  comparison: unknown,
  { name, m, u }: Record<string, unknown>,
  broken: (what: string) => InputProblem,
): FixedLevel {
  if (typeof comparison !== 'string' || typeof name !== 'string')
    throw broken('marks a level as fixed that has no name, or whose comparison has none')
  if (!isShare(m) || !isShare(u) || m === 0 || u === 0)
    throw broken(`marks the level ${name} of ${comparison} as fixed without m and u, shares above 0 and up to 1`)
  return { comparison, level: name, m, u }
}

/** The fixed levels in their places among those that are compared. Throws InputProblem for a name that is not compared, or too much. */
export function modelOfFixed(fixed: readonly FixedLevel[], fields: readonly FieldName[]): TableModel {
  const compared = levelsCompared(fields)
  for (const { comparison, level } of fixed) {
    const levels = compared.get(comparison)
    if (!levels) throw unknown(`compared by ${comparison}`, comparison, [...compared.keys()])
    if (!levels.includes(level)) throw unknown(`a level ${level} of ${comparison}`, level, levels)
  }
  const comparisons = [...compared].map(([name, levels]) => {
    const mine = fixed.filter(({ comparison }) => comparison === name)
    checkSums(name, mine, levels.length)
    return { name, termFrequency: true, levels: levels.map((level) => placed(level, mine)) }
  })
  return { version: 'fixed', prior: 0.5, household: 0, place: 0, namesakes: 0, twins: 0, swap: 0, comparisons }
}

const unshared = { typical: 0, household: 0, place: 0, namesakes: 0, twins: 0 }
const placed = (name: string, fixed: readonly FixedLevel[]) => {
  const set = fixed.find(({ level }) => level === name)
  return { name, m: set?.m ?? 0, u: set?.u ?? 0, ...unshared, ...(set && { fixed: true }) }
}

function unknown(what: string, name: string, known: readonly string[]): InputProblem {
  const near = nearest(name, known)
  const hint = near === undefined ? '' : ` Did you mean ${near}?`
  return new InputProblem(`--fix: nothing is ${what}.${hint} There are ${known.join(', ')}.`)
}

/** Shares of one comparison add up to one, and each level that is not fixed needs some. */
function checkSums(name: string, fixed: readonly FixedLevel[], levels: number): void {
  for (const share of ['m', 'u'] as const) {
    const sum = fixed.reduce((total, level) => total + level[share], 0)
    if (sum < 1 || (fixed.length === levels && sum <= 1.000_001)) continue
    throw new InputProblem(
      `--fix: the fixed levels of ${name} have an ${share} of ${Math.round(sum * 1e6) / 1e6} together, which leaves nothing for the others. Give them less than 1.`,
    )
  }
}
