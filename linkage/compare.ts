/** Compares two prepared records field by field. What is missing on either side is never a disagreement. */
import type { Identifier, IdentifierType } from '../schemas/contract.ts'
import { enrolmentTypes, uniqueTypes } from '../schemas/values/identifier.ts'
import type { Prepared, PreparedBirth, PreparedPlace, PreparedRelative } from './features.ts'
import {
  type BirthLevel,
  better,
  type ComparisonName,
  type HouseholdLevel,
  type IdentifierLevel,
  type LevelOf,
  type LocalityLevel,
  type NameLevel,
} from './levels.ts'
import type { Model } from './model.ts'
import { compareNames } from './names/compare.ts'
import { slipBetween } from './near.ts'
import { comparePhones, type PhoneHolders } from './phones.ts'

/** One comparison of a pair: what was compared, how far it agrees, and what that is worth in bits (log2 m/u). */
export type Part = { readonly on: string; readonly level: string; readonly weight: number }

const missing = { level: 'missing', weight: 0 }

/**
 * The parts of a pair, in a fixed order: name, birthDate, sex, one `identifier:TYPE` per type that both hold, phone,
 * household, locality. A missing comparison has the level `missing` and weighs 0. Symmetric. `holders`: how many share a telephone,
 * where that is known; without it the pair weighs as much or more.
 */
export function compare(model: Model, a: Prepared, b: Prepared, holders?: PhoneHolders): Part[] {
  const weigh = <Name extends ComparisonName>(on: Name, level: LevelOf<Name> | 'missing', as: string = on): Part => ({
    on: as,
    level,
    weight: level === 'missing' ? 0 : model.weights[on][level],
  })
  return [
    weigh('name', bestName(a, b)),
    weigh('birthDate', a.birth && b.birth ? compareBirths(a.birth, b.birth) : 'missing'),
    weigh('sex', a.sex && b.sex ? (a.sex === b.sex ? 'same' : 'different') : 'missing'),
    ...compareIdentifiers(a, b).map(({ type, level }) => weigh('identifier', level, `identifier:${type}`)),
    { on: 'phone', ...(comparePhones(model, a.phones, b.phones, holders) ?? missing) },
    weigh('household', compareHouseholds(a, b)),
    weigh('locality', comparePlaces(a.places, b.places)),
  ]
}

/**
 * As `compare`, but undefined as soon as it is plain that the pair is distinct: when what is cheap to compare leaves too little for
 * even the best names to reach a review, and no guard could ask for one. Most candidates end here.
 */
export function compareUnlessDistinct(
  model: Model,
  a: Prepared,
  b: Prepared,
  holders?: PhoneHolders,
): Part[] | undefined {
  const { name, household, place: nearest, least, raising } = limitsOf(model)
  const { weights } = model
  const birth = a.birth && b.birth ? compareBirths(a.birth, b.birth) : 'missing'
  const sex = a.sex && b.sex ? (a.sex === b.sex ? 'same' : 'different') : 'missing'
  const phone = comparePhones(model, a.phones, b.phones, holders)
  const numbers = compareIdentifiers(a, b)
  let weight = model.priorWeight + (birth === 'missing' ? 0 : weights.birthDate[birth])
  if (sex !== 'missing') weight += weights.sex[sex]
  weight += phone?.weight ?? 0
  for (const { level } of numbers) weight += weights.identifier[level]
  if (numbers.some(({ level }) => raising.has(level))) return compare(model, a, b, holders)
  if (weight + nearest + name + household < least) return undefined
  const place = comparePlaces(a.places, b.places)
  if (place !== 'missing') weight += weights.locality[place]
  return weight + name + household < least ? undefined : compare(model, a, b, holders)
}

type Limits = {
  /** The most that names, places and household may weigh. */
  readonly name: number
  readonly place: number
  readonly household: number
  /** Less than this is distinct. A little less than the threshold: sums depend on their order in the last digit. */
  readonly least: number
  /** Levels of an identifier at which a guard may ask for a review whatever the weight. */
  readonly raising: ReadonlySet<string>
}

const knownLimits = new WeakMap<Model, Limits>()

/** What `compareUnlessDistinct` goes by. */
export function limitsOf(model: Model): Limits {
  const known = knownLimits.get(model)
  if (known) return known
  const { weights, thresholds, guards } = model
  const raising = guards.filter(({ bound }) => bound === 'at-least')
  // A guard that asks for a review without an identifier may apply to anybody: then nobody is told apart early.
  const onNumbers = raising.map(({ when }) => when.find(({ on }) => on === 'identifier')?.in)
  const limits: Limits = {
    name: Math.max(0, ...Object.values(weights.name)),
    place: Math.max(0, ...Object.values(weights.locality)),
    household: Math.max(0, ...Object.values(weights.household)),
    least: onNumbers.includes(undefined)
      ? Number.NEGATIVE_INFINITY
      : Math.log2(thresholds.review / (1 - thresholds.review)) - 1e-6,
    raising: new Set(onNumbers.flatMap((found) => found ?? [])),
  }
  knownLimits.set(model, limits)
  return limits
}

/** The best level over all pairs of names: people have a name per script, before and after marriage. */
function bestName(a: Prepared, b: Prepared): NameLevel | 'missing' {
  let best: NameLevel | undefined
  for (const one of a.names) for (const other of b.names) best = better('name', best, compareNames(one, other))
  return best ?? 'missing'
}

/** Years that an age guessed by the office may be off. */
const guessedYears = 2

export function compareBirths(a: PreparedBirth, b: PreparedBirth): BirthLevel {
  const years = Math.abs(a.year - b.year)
  if (a.heaped || b.heaped || a.day === 0 || b.day === 0) {
    const monthKnown = !a.heaped && !b.heaped && a.month > 0 && b.month > 0
    if (monthKnown && years === 0 && a.month === b.month) return 'month'
    if (monthKnown && years === 0) return 'same-year'
    if (years === 0) return 'year'
    return years <= guessedYears ? 'near-year' : 'other-year'
  }
  if (years === 0 && a.month === b.month && a.day === b.day) return 'exact'
  if (years === 0 && a.month === b.day && a.day === b.month) return 'swapped'
  if (isOneSlip(a, b) || (years === 1 && a.month === b.month && a.day === b.day)) return 'near'
  return years === 0 ? 'same-year' : 'different'
}

/** One digit of YYYYMMDD is wrong. */
function isOneSlip(a: PreparedBirth, b: PreparedBirth): boolean {
  let left = a.year * 10_000 + a.month * 100 + a.day
  let right = b.year * 10_000 + b.month * 100 + b.day
  let wrong = 0
  for (; left > 0 || right > 0; left = Math.floor(left / 10), right = Math.floor(right / 10))
    if (left % 10 !== right % 10) wrong += 1
  return wrong === 1
}

/** Types whose digits overlap by design: the same digits under two of them are two people. */
const separateSpaces = new Set<string>([
  'national-id',
  'alien-id',
  'refugee-id',
  'mandate-number',
  'temporary-id',
  'maisha-number',
])

export const areSeparate = (one: IdentifierType, other: IdentifierType): boolean =>
  separateSpaces.has(one) && separateSpaces.has(other)

const none: { type: string; level: IdentifierLevel }[] = []

/** The best level of each (type, issuer) that both sides hold, and of the same digits under another type. */
function compareIdentifiers(a: Prepared, b: Prepared): { type: string; level: IdentifierLevel }[] {
  if (a.identifiers.length === 0 || b.identifiers.length === 0) return none
  const best = new Map<string, IdentifierLevel>()
  for (const one of a.identifiers)
    for (const other of b.identifiers) {
      const found = compareNumbers(one, other)
      if (!found) continue
      const isAtWork = found === 'swapped' && !areOfOneList(a, b) && !areInRow(one, other) && shareEmployer(a, b)
      const level = isAtWork ? 'swapped-at-work' : found
      // Two types get a line of their own, so that a number in the wrong column never hides a conflict in the right one.
      const type = one.type === other.type ? one.type : [one.type, other.type].sort().join('/')
      best.set(type, better('identifier', best.get(type), level))
    }
  if (best.size < 2) return [...best].map(([type, level]) => ({ type, level }))
  // The same digits once more under another type are no further evidence where one of the types agrees already.
  const isNews = ([type, level]: [string, IdentifierLevel]): boolean =>
    level !== 'wrong-column' || !type.split('/').some((part) => best.get(part) === 'exact')
  return [...best]
    .filter(isNews)
    .map(([type, level]) => ({ type, level }))
    .sort((x, y) => (x.type < y.type ? -1 : 1))
}

/** Two lines of one list are colleagues rather than one worker. Lists by month or province are one: `payment/17-2026-02`. */
const areOfOneList = (a: Prepared, b: Prepared): boolean =>
  a.registry === b.registry && a.stream.split('/')[0] === b.stream.split('/')[0]

/** Offices number an employer's staff in a row, where the last two digits swapped are the number of a colleague. */
const areInRow = (one: Identifier, other: Identifier): boolean =>
  one.value.replace(lastDigits, '') === other.value.replace(lastDigits, '')
const lastDigits = /\d\d\D*$/

const shareEmployer = (a: Prepared, b: Prepared): boolean => a.employers.some((one) => b.employers.includes(one))

function compareNumbers(one: Identifier, other: Identifier): IdentifierLevel | undefined {
  if (one.issuer !== other.issuer) return undefined
  if (one.type !== other.type) {
    const apart = areSeparate(one.type, other.type)
    return one.value === other.value && one.value.length >= 6 && !apart ? 'wrong-column' : undefined
  }
  if (one.value === other.value) return 'exact'
  const slip = one.value.length >= 6 ? slipBetween(one.value, other.value) : undefined
  if (slip) return slip === 'swapped' ? 'swapped' : 'near'
  return apartLevel(one.type)
}

/** The level of two numbers of a type that have nothing in common. */
export const apartLevel = (type: IdentifierType): IdentifierLevel =>
  enrolmentTypes.has(type) ? 'second' : uniqueTypes.has(type) ? 'different' : 'another'

/**
 * Evidence of one household or family: a household number, or a relative whom both records name. Twins share both.
 * A relative named by one word, or by a number on one side only, neither confirms nor denies.
 */
function compareHouseholds(a: Prepared, b: Prepared): HouseholdLevel | 'missing' {
  if (a.households.some((number) => b.households.includes(number))) return 'number'
  let best: HouseholdLevel | 'missing' = a.relatives.length > 0 && b.relatives.length > 0 ? 'none-shared' : 'missing'
  for (const one of a.relatives)
    for (const other of b.relatives) {
      const verdict = compareRelatives(one, other)
      if (verdict === 'same') return 'relative'
      if (verdict === 'missing') best = 'missing'
    }
  return best
}

const oneRelative = new Set<NameLevel>([
  'same-3',
  'reordered-3',
  'alike-3',
  'part-missing-3',
  'same-2',
  'reordered-2',
  'alike-2',
  'part-missing-2',
])
const twoRelatives = new Set<NameLevel>(['two-agree', 'one-agrees', 'given-differs', 'different'])

function compareRelatives(one: PreparedRelative, other: PreparedRelative): Verdict {
  if (one.identifier && one.identifier === other.identifier) return 'same'
  const level = one.name && other.name && compareNames(one.name, other.name)
  if (!level || !one.name?.required) return 'missing'
  return oneRelative.has(level) ? 'same' : twoRelatives.has(level) ? 'different' : 'missing'
}

function comparePlaces(a: readonly PreparedPlace[], b: readonly PreparedPlace[]): LocalityLevel | 'missing' {
  let best: LocalityLevel | undefined
  for (const one of a)
    for (const other of b) {
      const level = comparePlace(one, other)
      if (level !== 'missing') best = better('locality', best, level)
    }
  return best ?? 'missing'
}

type Verdict = 'same' | 'different' | 'missing'
const verdict = (one: string, other: string): Verdict =>
  one === '' || other === '' ? 'missing' : one === other ? 'same' : 'different'

/** Villages of one name stand in many districts, so a village counts only where nothing above it contradicts. */
function comparePlace(one: PreparedPlace, other: PreparedPlace): LocalityLevel | 'missing' {
  const region = verdict(one.region, other.region)
  if (region === 'different') return 'different'
  const district = verdict(one.district, other.district)
  const locality = verdict(one.locality, other.locality)
  if (locality === 'same' && district !== 'different') return 'locality'
  if (district === 'same') return 'district'
  if (region === 'same') return 'region'
  return district === 'different' || locality === 'different' ? 'different' : 'missing'
}
