/** `--model` and `--save-model`: the model as a JSON file, with the hash of its content. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { encode } from '../../linkage/table/columns/encode.ts'
import { levelsOf } from '../../linkage/table/columns/features.ts'
import type { ModelComparison, ModelLevel, TableModel } from '../../linkage/table/model.ts'
import type { Column, FieldName } from '../../linkage/table/table.ts'
import { InputProblem } from './problem.ts'

const kind = 'pamoja-dedupe-model'

/** Keys in order, so that the same model has the same hash however its file is laid out. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    isObject(part) ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1))) : part,
  )

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const hashOf = (model: unknown): string => createHash('sha256').update(canonical(model)).digest('hex')

export const modelText = (model: TableModel): string =>
  `${JSON.stringify({ kind, sha256: hashOf(model), model }, null, 2)}\n`

export type LoadedModel = { readonly model: TableModel; readonly notes: readonly string[] }

/** Throws InputProblem that says what is wrong with the file. */
export async function loadModel(file: string): Promise<LoadedModel> {
  const broken = (what: string) =>
    new InputProblem(`--model ${file} ${what}. Use a file that --save-model wrote, or leave --model out to train anew.`)
  const parsed = await readModel('--model', file, broken)
  const { model } = parsed
  const fault = faultOf(model)
  const isChanged = parsed.sha256 !== hashOf(model)
  if (fault !== undefined && !isChanged)
    throw new InputProblem(
      `--model ${file} was saved by another version of pamoja, whose models are made of other figures. Train anew, and save the model again.`,
    )
  if (fault !== undefined || !isModel(model)) throw broken(fault ?? 'is not a model')
  return { model, notes: isChanged ? [`${file} was changed by hand since it was saved; it is used as it is`] : [] }
}

/** What stands in a model's file, whatever its model is worth. Throws InputProblem. */
export async function readModel(
  option: '--model' | '--fix',
  file: string,
  broken: (what: string) => InputProblem,
): Promise<Record<string, unknown>> {
  const text = await readFile(file, 'utf8').catch((reason: NodeJS.ErrnoException) => {
    throw new InputProblem(
      reason.code === 'ENOENT'
        ? `${option}: there is no file ${file}. Make one with --save-model ${file}.`
        : `${option} ${file} cannot be read (${reason.code}).`,
    )
  })
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    throw broken('is no JSON')
  }
  if (!isObject(parsed) || parsed.kind !== kind) throw broken('is not a model of pamoja dedupe')
  return parsed
}

const isModel = (value: unknown): value is TableModel => faultOf(value) === undefined

/** What is wrong with the figures of a model; undefined when nothing is. */
function faultOf(model: unknown): string | undefined {
  if (!isObject(model)) return 'holds no model'
  if (typeof model.version !== 'string') return 'holds a model without a version'
  if (!isShare(model.prior) || model.prior === 0 || model.prior === 1)
    return 'holds a prior that is no probability between 0 and 1'
  const missing = (['household', 'place', 'namesakes', 'twins', 'swap'] as const).find((name) => !isShare(model[name]))
  if (missing) return `holds no share between 0 and 1 as ${missing}`
  if (model.training !== undefined && !isTraining(model.training)) return 'does not say in figures how it was trained'
  const comparisons = model.comparisons
  if (!Array.isArray(comparisons) || comparisons.length === 0) return 'holds no comparisons'
  for (const comparison of comparisons) {
    if (!isObject(comparison) || typeof comparison.name !== 'string') return 'holds a comparison without a name'
    const { name, levels, termFrequency } = comparison as Partial<ModelComparison>
    if (typeof termFrequency !== 'boolean')
      return `does not say whether ${name} counts rare values for more (termFrequency)`
    if (!Array.isArray(levels) || levels.length < 2) return `holds fewer than two levels of ${name}`
    const bad = levels.find(
      (level: Partial<ModelLevel>) => !isObject(level) || !shares.every((key) => isShare(level[key])),
    )
    if (bad) return `holds a level of ${name} of which ${shares.join(', ')} are not all shares between 0 and 1`
    // The weight of a level is the logarithm of one by the other.
    if (levels.some(({ m, u, typical }) => m === 0 || u === 0 || !Number.isFinite(typical)))
      return `holds a level of ${name} without a weight: m and u are above 0, and typical is a figure`
  }
  return undefined
}

const shares = ['m', 'u', 'household', 'place', 'namesakes', 'twins'] as const

/** Throws InputProblem when a field is mapped that the model knows nothing of; answers what it knows and no column holds. */
export function checkFit(model: TableModel, fields: readonly FieldName[]): string[] {
  const known = model.comparisons.map(({ name }) => name)
  const wanted = [...new Set(fields.map((field) => (field.startsWith('birth') ? 'birthDate' : field)))]
  const strange = wanted.filter((field) => !known.includes(field))
  if (strange.length > 0)
    throw new InputProblem(
      `The model does not fit the columns: it knows nothing of ${strange.join(', ')}. It compares ${known.join(', ')}. Map the columns to these alone, or leave --model out to train anew.`,
    )
  checkLevels(model, fields)
  const absent = known.filter((name) => !wanted.includes(name as FieldName))
  return absent.length > 0 ? [`the model also compares ${absent.join(', ')}, which no column holds`] : []
}

/** The levels of each comparison must be those that are told apart now, in their order. */
function checkLevels({ comparisons }: TableModel, fields: readonly FieldName[]): void {
  for (const [name, wanted] of levelsCompared(fields)) {
    const found = comparisons.find((one) => one.name === name)?.levels.map((level) => level.name) ?? []
    if (found.join() === wanted.join()) continue
    throw new InputProblem(
      `The model does not fit this version of pamoja: it tells the levels ${found.join(', ')} of ${name} apart, and the levels now are ${wanted.join(', ')}. Leave --model out to train anew.`,
    )
  }
}

/** The comparisons of these fields, and the levels that each tells apart, best first. */
export function levelsCompared(fields: readonly FieldName[]): Map<string, readonly string[]> {
  const none: Column = { codes: new Int32Array(new SharedArrayBuffer(0)), values: [''] }
  const encoded = encode({ size: 0, fields: new Map(fields.map((field) => [field, [none]])) })
  return new Map(encoded.map(({ name, features }) => [name, levelsOf[features.kind]]))
}

const isTraining = (value: unknown): boolean =>
  isObject(value) &&
  typeof value.converged === 'boolean' &&
  ['records', 'pairs', 'iterations', 'expectedMatches'].every((name) => Number.isFinite(value[name]))

export const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1
