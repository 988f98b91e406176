/** Reads a model and makes it ready: weights out of m and u, and a version that tells models apart. */
import { HubError } from '../errors.ts'
import { defaultModelData } from './default-model.ts'
import { fingerprint } from './fingerprint.ts'
import type { ComparisonName, LevelOf } from './levels.ts'
import { problemsOf } from './model-check.ts'
import type { LevelData, ModelData } from './model-data.ts'

/** A model ready for use. */
export type Model = ModelData & {
  /** Name and fingerprint of everything in it: two models with one version decide alike. */
  readonly version: string
  /** log2 of the prior's odds. */
  readonly priorWeight: number
  /** log2(m/u) of every level. */
  readonly weights: { readonly [Name in ComparisonName]: { readonly [Level in LevelOf<Name>]: number } }
}

/**
 * Checks a model that was written down as JSON. Throws HubError `bad_config` with every problem at once: shares out of
 * range or adding up to more than 1, a better level that weighs less than a worse one, unknown or missing names.
 */
export function readModel(json: unknown): Model {
  const reasons = problemsOf(json)
  if (reasons.length > 0)
    throw new HubError('bad_config', { detail: 'The linkage model does not fit; see the list.', reasons })
  return toModel(json as ModelData)
}

function toModel(data: ModelData): Model {
  const { name, birthDate, sex, identifier, phone, household, locality } = data.comparisons
  return {
    ...data,
    version: `${data.name}-${fingerprint(canonical(data))}`,
    priorWeight: Math.log2(data.prior / (1 - data.prior)),
    weights: {
      name: bitsOf(name),
      birthDate: bitsOf(birthDate),
      sex: bitsOf(sex),
      identifier: bitsOf(identifier),
      phone: bitsOf(phone),
      household: bitsOf(household),
      locality: bitsOf(locality),
    },
  }
}

type Bits<Level extends string> = { readonly [L in Level]: number }

const bitsOf = <Level extends string>(shares: { readonly [L in Level]: LevelData }): Bits<Level> =>
  Object.fromEntries(
    Object.entries<LevelData>(shares).map(([level, { m, u }]) => [level, Math.log2(m / u)]),
  ) as Bits<Level>

/** JSON with sorted keys, so that the order in a file does not change the version. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner) => (isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(byKey)) : inner))
const byKey = ([a]: [string, unknown], [b]: [string, unknown]): number => (a < b ? -1 : 1)
const isObject = (value: unknown): value is { readonly [key: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The model that ships with the hub. */
export const defaultModel: Model = toModel(defaultModelData)
