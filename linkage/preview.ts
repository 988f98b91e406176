/**
 * A preview of a record: 32 bytes from which a bound on the weight of a pair can be told without opening either record. It is as
 * personal as the record and must be sealed where it is stored. Most strangers who share a blocking key are told apart by it.
 *
 * Eight words of 32 bits: layout, birth date, sex, relatives and household; a number, how many words the name has and whether no
 * employer is named; a number, the region and who gave the numbers; a number, the district and the locality; four words of the name.
 * Dates and sexes stand as they are; the rest as short sums: where they differ, what was summed differs; where they agree, it may
 * agree. Telephones change often and are not in it, so that the preview stays when they do: who has one in common shares a blocking
 * key made of it.
 */
import type { Identifier, IdentifierType } from '../schemas/contract.ts'
import { apartLevel, areSeparate, compareBirths, limitsOf } from './compare.ts'
import type { Prepared, PreparedBirth } from './features.ts'
import type { IdentifierLevel } from './levels.ts'
import type { Model } from './model.ts'
import { bestName, type NameGlimpse, nameBytes, packName, readName } from './name-preview.ts'
import { strayBetween } from './names/word-level.ts'

const othersBytes = 16
export const previewBytes = othersBytes + nameBytes
/** Changes with what the bytes mean: those of another layout tell nothing. */
const layout = 2
const mostNumbers = 3
const oldestYear = 1850

/** Appended to, never reordered: a type's place stands in previews. */
const types: readonly IdentifierType[] = [
  'national-id',
  'old-national-id',
  'maisha-number',
  'alien-id',
  'refugee-id',
  'passport',
  'birth-certificate',
  'driving-licence',
  'mandate-number',
  'temporary-id',
  'tax-pin',
  'nssf-number',
  'nhif-number',
  'sha-cr-number',
  'sha-number',
  'lsso-number',
  'eobi-number',
]
const issuers: readonly Identifier['issuer'][] = ['ke', 'la', 'pk', 'kg', 'cn']

/** A sum of `bits` bits of a text; neither 0, which stands for nothing, nor all ones, which stand for anything. */
function sumOf(text: string, bits: number): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return 1 + (((hash ^ (hash >>> 13)) >>> 0) % ((1 << bits) - 2))
}

/** Several of them could be any. */
const oneOf = (texts: readonly string[], bits: number): number =>
  texts.length > 1 ? (1 << bits) - 1 : texts[0] ? sumOf(texts[0], bits) : 0

/** The preview of a record; undefined when one cannot hold what the record says, and then it has to be opened. */
export function previewOf(prepared: Prepared): Uint8Array | undefined {
  const { birth, sex, identifiers, households, places, relatives } = prepared
  const born = birth ? packBirth(birth) : 0
  const numbers = identifiers.map(packNumber)
  const issuer = issuerOf(identifiers)
  if (born === undefined || issuer === undefined || numbers.length > mostNumbers || numbers.includes(undefined))
    return undefined
  const [first = 0, second = 0, third = 0] = numbers
  const person = (relatives.length > 0 ? 1 : 0) | ((sex === 'male' ? 1 : sex === 'female' ? 2 : 0) << 1)
  const of = (part: 'region' | 'district' | 'locality', bits: number) =>
    oneOf(
      places.map((place) => place[part]),
      bits,
    )
  const bytes = new Uint8Array(previewBytes)
  const words = new DataView(bytes.buffer)
  words.setUint32(0, born | (person << 18) | (oneOf(households, 8) << 21) | (layout << 29))
  const name = packName(prepared)
  words.setUint32(4, first | (name.head << 21) | (prepared.employers.length === 0 ? 1 << 26 : 0))
  words.setUint32(8, second | (of('region', 8) << 21) | (issuer << 29))
  words.setUint32(12, third | (of('district', 5) << 21) | (of('locality', 6) << 26))
  for (const [nth, word] of name.words.entries()) words.setUint32(othersBytes + nth * 4, word)
  return bytes
}

function packBirth({ year, month, day, heaped }: PreparedBirth): number | undefined {
  const since = year - oldestYear
  if (since < 1 || since > 255 || month > 15 || day > 31) return undefined
  return since | (month << 8) | (day << 12) | (heaped ? 1 << 17 : 0)
}

/**
 * Of a number: its type; which characters it holds an odd number of times, where a wrong one changes two, a dropped one changes one
 * and swapped ones change none; and sums of every other character from the first on and from the second on, of which one
 * stays when one is wrong. So numbers in a row, as offices give them, tell apart too. Undefined when the type is new here.
 */
function packNumber({ type, value }: Identifier): number | undefined {
  const kind = 1 + types.indexOf(type)
  if (kind === 0) return undefined
  let held = 0
  const halves = ['', '']
  for (let at = 0; at < value.length; at += 1) {
    held ^= 1 << (value.charCodeAt(at) % 10)
    halves[at & 1] += value.charAt(at)
  }
  const [odd = '', even = ''] = halves
  return kind | (held << 5) | (sumOf(odd, 3) << 15) | (sumOf(even, 3) << 18)
}

/** Numbers of two issuers have no room in one preview. */
function issuerOf(identifiers: readonly Identifier[]): number | undefined {
  const [first] = identifiers
  if (!first) return 0
  const place = 1 + issuers.indexOf(first.issuer)
  return place > 0 && identifiers.every(({ issuer }) => issuer === first.issuer) ? place : undefined
}

/** A preview, read as far as it was asked: of most strangers the first word is enough. */
export class Glimpse {
  readonly birth: PreparedBirth | undefined
  /** 1 male, 2 female, 0 unknown. */
  readonly sex: number
  readonly hasRelatives: boolean
  readonly household: number
  private readonly words: DataView
  private readonly at: number
  private readName?: NameGlimpse

  constructor(words: DataView, at: number) {
    const first = words.getUint32(at)
    this.words = words
    this.at = at
    this.birth = readBirth(first)
    this.hasRelatives = ((first >>> 18) & 1) === 1
    this.sex = (first >>> 19) & 3
    this.household = (first >>> 21) & 255
  }

  /** What stands in one of the words two to four beside a number. */
  private besides(word: number): number {
    return this.words.getUint32(this.at + word * 4) >>> numberBits
  }

  get name(): NameGlimpse {
    this.readName ??= readName(this.besides(1) & 31, this.words, this.at + othersBytes)
    return this.readName
  }

  /** False in previews from before this was told. */
  get hasNoEmployer(): boolean {
    return ((this.besides(1) >>> 5) & 1) === 1
  }

  /** The first, second or third number, as it was packed; 0 when there is none. */
  number(nth: number): number {
    return this.words.getUint32(this.at + (nth + 1) * 4) & ((1 << numberBits) - 1)
  }

  /** Whose numbers they are; 0 when there are none. */
  get issuer(): number {
    return this.besides(2) >>> 8
  }

  get region(): number {
    return this.besides(2) & 255
  }

  get district(): number {
    return this.besides(3) & 31
  }

  get locality(): number {
    return this.besides(3) >>> 5
  }
}

const numberBits = 21

/** Reads the preview that stands at an offset; undefined when it is of another layout. */
export const readPreview = (words: DataView, at = 0): Glimpse | undefined =>
  words.getUint32(at) >>> 29 === layout ? new Glimpse(words, at) : undefined

const readBirth = (word: number): PreparedBirth | undefined =>
  (word & 255) === 0
    ? undefined
    : {
        year: oldestYear + (word & 255),
        month: (word >>> 8) & 15,
        day: (word >>> 12) & 31,
        heaped: ((word >>> 17) & 1) === 1,
      }

/**
 * False only where comparing the two records would surely call them distinct: every comparison is taken at the best level that the
 * previews allow. `mayCall`: they may share a telephone, as who meets by a key that tells so. Symmetric.
 */
export function mayBeOne(model: Model, a: Glimpse, b: Glimpse, mayCall: boolean): boolean {
  const { least, raising, name: bestOfNames } = limitsOf(model)
  const { weights } = model
  let weight = model.priorWeight + Math.max(0, mayCall ? weights.phone.same : weights.phone.different)
  if (a.birth && b.birth) weight += weights.birthDate[compareBirths(a.birth, b.birth)]
  if (a.sex > 0 && b.sex > 0) weight += weights.sex[a.sex === b.sex ? 'same' : 'different']
  weight += bestPlace(model, a, b) + bestHousehold(model, a, b)
  // Numbers of two issuers are not compared.
  const numbers = a.issuer === 0 || a.issuer !== b.issuer ? 0 : bestNumbers(model, a, b, raising)
  if (numbers === undefined) return true
  weight += numbers
  return weight + bestOfNames >= least && weight + bestName(model, a.name, b.name) >= least
}

/** Whether two sums may be of one text: for certain not when both are known and differ. */
const may = (one: number, other: number, any: number): boolean =>
  one > 0 && other > 0 && (one === other || one === any || other === any)
const differ = (one: number, other: number, any: number): boolean => one > 0 && other > 0 && !may(one, other, any)

function bestPlace({ weights: { locality: weights } }: Model, a: Glimpse, b: Glimpse): number {
  const isSure =
    a.locality !== 63 &&
    b.locality !== 63 &&
    a.district !== 31 &&
    b.district !== 31 &&
    a.region !== 255 &&
    b.region !== 255
  if (!isSure) return Math.max(0, weights.locality)
  if (differ(a.region, b.region, 255)) return weights.different
  const apart = differ(a.district, b.district, 31)
  if (!apart && may(a.locality, b.locality, 63)) return weights.locality
  if (may(a.district, b.district, 31)) return weights.district
  if (may(a.region, b.region, 255)) return weights.region
  return apart || differ(a.locality, b.locality, 63) ? weights.different : 0
}

function bestHousehold({ weights: { household: weights } }: Model, a: Glimpse, b: Glimpse): number {
  const number = may(a.household, b.household, 255) ? weights.number : 0
  return Math.max(0, number, a.hasRelatives && b.hasRelatives ? weights.relative : 0)
}

/** The most that the numbers of each type may weigh, while one pair of records is looked at. */
const bestOfType = new Float64Array(types.length)

/** The most that numbers may weigh; undefined when a guard might ask for a review because of one. */
function bestNumbers(model: Model, a: Glimpse, b: Glimpse, raising: ReadonlySet<string>): number | undefined {
  const weights = model.weights.identifier
  const slip = a.hasNoEmployer || b.hasNoEmployer ? weights.swapped : weights['swapped-at-work']
  bestOfType.fill(Number.NEGATIVE_INFINITY)
  let sum = 0
  for (let nth = 0; nth < mostNumbers; nth += 1) {
    const one = a.number(nth)
    for (let place = 0; one > 0 && place < mostNumbers; place += 1) {
      const other = b.number(place)
      const level = other > 0 ? bestLevel(one, other) : undefined
      if (!level) continue
      if (level === 'exact' || raising.has(level)) return undefined
      if (level === 'swapped' && (raising.has('near') || raising.has('swapped-at-work'))) return undefined
      const weight = level === 'swapped' ? Math.max(slip, weights.near) : weights[level]
      const type = (one & 31) - 1
      if (type === (other & 31) - 1) bestOfType[type] = Math.max(bestOfType[type] ?? weight, weight)
      else sum += Math.max(0, weight)
    }
  }
  for (const weight of bestOfType) if (weight > Number.NEGATIVE_INFINITY) sum += weight
  return sum
}

/** The best level that two packed numbers may have; `swapped` stands for any slip. Undefined when they are not compared. */
function bestLevel(one: number, other: number): IdentifierLevel | undefined {
  const [type, otherType] = [types[(one & 31) - 1], types[(other & 31) - 1]]
  if (!type || !otherType) return undefined
  const apart = strayBetween((one >>> 5) & 1023, (other >>> 5) & 1023)
  const sums = one ^ other
  const [odd, even] = [((sums >>> 15) & 7) === 0, ((sums >>> 18) & 7) === 0]
  const maySame = apart === 0 && odd && even
  if (type !== otherType) return maySame && !areSeparate(type, otherType) ? 'wrong-column' : undefined
  if (maySame) return 'exact'
  const maySlip = apart < 2 || (apart === 2 && (odd || even))
  return maySlip ? 'swapped' : apartLevel(type)
}
