/**
 * Weighs pairs of records (Fellegi and Sunter 1969). Codes are compared first; the other levels follow from cheap to dear, and a pair is
 * given up as soon as all that is left to compare could not lift it to the least weight asked for. That exit is exact.
 */
import { comparerOf, type Features } from '../columns/features.ts'
import { type Floats, type Ints, sharedFloats } from '../columns/shared.ts'
import { agreed } from '../columns/words.ts'
import { groups, relativesFrom } from '../roles.ts'
import { makeRelated } from './related.ts'

/** One comparison as the kernel weighs it. Weights are bits: log2 of m / u. */
export type Weighed = {
  readonly features: Features
  /** Agreement on rare words weighs more. */
  readonly isRare: boolean
  /** By level. */
  readonly weights: Float64Array
  /** By value: what agreeing on it exactly weighs. */
  readonly exact: Floats
  /** By level: what the words agreed on are worth on average. */
  readonly typical: Float64Array
  /** The most that agreeing in any but the exact way can weigh: by value where rarity counts, else one number. */
  readonly best: Floats
  /** The place of its group among `groups`. */
  readonly group: number
  /** By relation and level: how much more often related people agree so than two at random, in bits. */
  readonly related: readonly Float64Array[]
}

export type Weights = {
  readonly comparisons: readonly Weighed[]
  /** Log2 of the prior odds. */
  readonly prior: number
  /** By relation: log2 of how many of all pairs are so related. */
  readonly relatedPrior: readonly number[]
  /** Places of the given and family name among the comparisons, when both are there; they may be swapped. */
  readonly swap?: { readonly given: number; readonly family: number; readonly weight: number }
}

export type Rows = {
  /** `stride` codes a record, one a comparison. */
  readonly codes: Ints
  readonly stride: number
}

const familyGroup = groups.indexOf('familyName')

/** How long a comparison takes, about. */
const cost: { readonly [K in Features['kind']]: number } = {
  category: 0,
  birth: 1,
  number: 2,
  email: 3,
  text: 4,
  name: 5,
  fullName: 7,
  address: 6,
}

/** What tells two people apart soonest comes first: how long it takes for each bit by which it can lower the weight hoped for. */
const patience = ({ features, weights, best }: Weighed): number =>
  cost[features.kind] / Math.max(0.1, best.reduce((most, one) => Math.max(most, one), 0) - (weights.at(-1) ?? 0))

/** Rarity adds at most so many bits to what a level weighs on average: one mistaken rare spelling decides nothing alone. */
export const mostOver = 6

/** How many comparisons one whole number can mark; of more, all are weighed one by one. */
const maskBits = 32

/** Where there might be no table by its type: a number that is perhaps undefined would be an object of its own in the heap. */
const noWeights = new Float64Array(0)
const noFloats = sharedFloats(0)

export const givenUp = Number.NEGATIVE_INFINITY

/** Is told what the words were worth on which two values agreed. */
type Worth = (comparison: number, level: number, bits: number) => void

export type Scorer = {
  /** The weight of two records, prior included; `givenUp` when it is below `least`. Symmetric. */
  weigh: (a: number, b: number, least: number) => number
  /**
   * Levels of two records by comparison, -1 when missing, into `into`; the last place says 1 when the names are swapped. What the
   * rarity of the values agreed on adds, in bits, goes into `rarity`, by group.
   */
  levels: (a: number, b: number, into: Int8Array, rarity: Float64Array, worth?: Worth) => void
  /** What it costs, in bits (0 or less), that two related people would agree like this too; levels and rarity as `levels` gave them. */
  related: (levels: Int8Array, rarity: Float64Array) => number
  /** What one comparison adds to the weight of two records whose names stand crosswise, or in their places. Symmetric. */
  part: (comparison: number, a: number, b: number, crossed: boolean) => number
}

/** What is compared is set once, what it weighs may be set anew: code that the runtime made fast for these very functions stays. */
export type Reweighed = Scorer & { readonly use: (weights: Weights) => void }

export function makeScorer({ codes, stride }: Rows, given: Weights): Reweighed {
  const count = given.comparisons.length
  /** Comparisons in the order in which they are made. */
  const order = Int32Array.from(given.comparisons.keys())
  const bestOf = given.comparisons.map(({ best }) => best)
  const typicalOf = given.comparisons.map(({ typical }) => typical)
  const isRare = given.comparisons.map((one) => one.isRare)
  const exactOf = given.comparisons.map(({ exact }) => exact)
  const weightsOf = given.comparisons.map(({ weights }) => weights)
  const flat = new Float64Array(count)
  const featuresOf = given.comparisons.map(({ features }) => features)
  const compare = given.comparisons.map(({ features }) => comparerOf(features))
  const isFullName = featuresOf.map(({ kind }) => kind === 'fullName')
  const groupOf = given.comparisons.map(({ group }) => group)
  const lastOf = given.comparisons.map(({ weights }) => weights.length - 1)
  const { use: useRelated, related } = makeRelated(given)

  let { prior, swap } = given
  const use = (weights: Weights): void => {
    for (const [k, one] of weights.comparisons.entries()) {
      bestOf[k] = one.best
      typicalOf[k] = one.typical
      isRare[k] = one.isRare
      exactOf[k] = one.exact
      weightsOf[k] = one.weights
      flat[k] = one.best[0] ?? 0
    }
    const patienceOf = weights.comparisons.map(patience)
    order.set([...weights.comparisons.keys()])
    order.sort((x, y) => (patienceOf[x] ?? 0) - (patienceOf[y] ?? 0) || x - y)
    ;({ prior, swap } = weights)
    useRelated(weights)
  }
  use(given)

  const swapMask = swap ? (1 << swap.given) | (1 << swap.family) : 0
  const named = swap && featuresOf[swap.given]
  const first = named?.kind === 'name' ? named.first : new Int32Array(0)

  /** By comparison: the level of the two values that were compared last, and what the rarity of the words they agreed on adds. */
  const levelOf = new Int8Array(count)
  const overOf = new Float64Array(count)
  const levelWeight = (k: number, x: number, y: number): number => {
    const level = compare[k]?.(x, y) ?? 0
    const extra = isRare[k] && level < (lastOf[k] ?? 0) ? over(k, level) : 0
    levelOf[k] = level
    overOf[k] = extra
    return ((weightsOf[k] ?? noWeights)[level] ?? 0) + extra
  }

  /** What the rarity of a value that both state adds. */
  const exactOver = (k: number, x: number): number =>
    ((exactOf[k] ?? noFloats)[x] ?? 0) - ((weightsOf[k] ?? noWeights)[0] ?? 0)

  /** What the rarity of the words just agreed on adds. */
  const over = (k: number, level: number): number =>
    Math.min(mostOver, agreed.bits - ((typicalOf[k] ?? noWeights)[level] ?? 0))

  const bestFor = (k: number, x: number, y: number): number => {
    if (!isRare[k]) return flat[k] ?? 0
    const best = bestOf[k] ?? noFloats
    return Math.min(best[x] ?? 0, best[y] ?? 0)
  }

  const isSwapped = (left: number, right: number): boolean => {
    if (!swap) return false
    const ag = codes[left + swap.given] ?? 0
    const af = codes[left + swap.family] ?? 0
    const bg = codes[right + swap.given] ?? 0
    const bf = codes[right + swap.family] ?? 0
    if (ag === bg || af === bf) return false
    const one = first[ag] ?? 0
    const other = first[af] ?? 0
    const two = first[bg] ?? 0
    const another = first[bf] ?? 0
    if (one === two && other === another) return false
    return (one !== 0 && one === another) || (other !== 0 && other === two)
  }

  /** The weight of one value against another of a comparison, 0 when one is missing. */
  const single = (k: number, x: number, y: number): number =>
    x === 0 || y === 0 ? 0 : x === y ? ((exactOf[k] ?? noFloats)[x] ?? 0) : levelWeight(k, x, y)

  /** The weight of one comparison; of a name against the other one of the second record, the mean of what both places say. */
  const weightAt = (k: number, left: number, right: number, crossed: boolean): number => {
    if (!crossed || !swap || partner(k) === k) return single(k, codes[left + k] ?? 0, codes[right + k] ?? 0)
    const x = codes[left + k] ?? 0
    const y = codes[right + partner(k)] ?? 0
    return (single(swap.given, x, y) + single(swap.family, x, y)) / 2
  }

  const namesWeight = (left: number, right: number, crossed: boolean): number =>
    swap ? weightAt(swap.given, left, right, crossed) + weightAt(swap.family, left, right, crossed) : 0

  const isCrossed = (left: number, right: number): boolean =>
    swap !== undefined &&
    isSwapped(left, right) &&
    namesWeight(left, right, true) + swap.weight > namesWeight(left, right, false)

  const slow = (left: number, right: number): number => {
    const crossed = isCrossed(left, right)
    let sum = prior
    for (let k = 0; k < count; k += 1) if (!swap || partner(k) === k) sum += weightAt(k, left, right, false)
    return sum + namesWeight(left, right, crossed) + (crossed && swap ? swap.weight : 0)
  }

  /** Of the comparisons still to be made, in their order, what each can weigh at most. */
  const bounds = new Float64Array(count)
  const weigh = (a: number, b: number, least: number): number => {
    const left = a * stride
    const right = b * stride
    if (count > maskBits) return slowly(a, b, least)
    let sum = prior
    let open = 0
    let bound = 0
    let same = 0
    for (let i = 0; i < count; i += 1) {
      const k = order[i] ?? 0
      const x = codes[left + k] ?? 0
      const y = codes[right + k] ?? 0
      if (x === 0 || y === 0) continue
      if (x === y) {
        sum += (exactOf[k] ?? noFloats)[x] ?? 0
        same |= 1 << k
      } else {
        open |= 1 << i
        const best = bestFor(k, x, y)
        bounds[i] = best
        bound += best
      }
    }
    if (swap && (same & swapMask) === 0 && isSwapped(left, right)) return slowly(a, b, least)
    if (sum + bound < least) return givenUp
    for (; open !== 0; open &= open - 1) {
      // The lowest bit that is set.
      const i = 31 - Math.clz32(open & -open)
      const k = order[i] ?? 0
      bound -= bounds[i] ?? 0
      sum += levelWeight(k, codes[left + k] ?? 0, codes[right + k] ?? 0)
      if (sum + bound < least) return givenUp
    }
    if (sum < least) return givenUp
    for (let k = 0; k < count; k += 1) {
      const x = codes[left + k] ?? 0
      const y = codes[right + k] ?? 0
      mine[k] = x === 0 || y === 0 ? -1 : x === y ? 0 : (levelOf[k] ?? 0)
    }
    mine[count] = 0
    addRarity(mine, left, myRarity)
    return finish(sum, least)
  }

  const slowly = (a: number, b: number, least: number): number => {
    const sum = slow(a * stride, b * stride)
    if (sum < least) return givenUp
    levels(a, b, mine, myRarity)
    return finish(sum, least)
  }

  const levels = (a: number, b: number, into: Int8Array, rarity: Float64Array, worth?: Worth): void => {
    // Swapped names are not alike both ways round, so the lower row comes first.
    const left = Math.min(a, b) * stride
    const right = Math.max(a, b) * stride
    const crossed = isCrossed(left, right)
    for (let k = 0; k < count; k += 1) {
      const x = codes[left + k] ?? 0
      const y = codes[right + (crossed ? partner(k) : k)] ?? 0
      into[k] = x === 0 || y === 0 ? -1 : 0
      if (x === 0 || y === 0 || x === y) continue
      levelWeight(k, x, y)
      into[k] = levelOf[k] ?? 0
      if (isRare[k] && (levelOf[k] ?? 0) < (lastOf[k] ?? 0)) worth?.(k, levelOf[k] ?? 0, agreed.bits)
    }
    into[count] = crossed ? 1 : 0
    addRarity(into, left, rarity)
  }

  /** What the rarity of the values agreed on adds, by group, where these levels are those that were found last. */
  const addRarity = (of: Int8Array, left: number, rarity: Float64Array): void => {
    rarity.fill(0)
    for (let k = 0; k < count; k += 1) {
      const level = of[k] ?? 0
      if (level < 0) continue
      const extra = level > 0 ? (overOf[k] ?? 0) : exactOver(k, codes[left + k] ?? 0)
      const group = isFullName[k] && level >= relativesFrom ? familyGroup : (groupOf[k] ?? 0)
      rarity[group] = (rarity[group] ?? 0) + extra
    }
  }

  const mine = new Int8Array(count + 1)
  const myRarity = new Float64Array(groups.length)
  /** The weight of two records whose levels and rarity are `mine`. */
  const finish = (sum: number, least: number): number => {
    const weight = sum + related(mine, myRarity)
    return weight < least ? givenUp : weight
  }

  /** Which comparison's value stands against that of `k` when the names are swapped. */
  const partner = (k: number): number => (k === swap?.given ? swap.family : k === swap?.family ? swap.given : k)

  const part = (k: number, a: number, b: number, crossed: boolean): number =>
    weightAt(k, Math.min(a, b) * stride, Math.max(a, b) * stride, crossed)

  return { use, weigh, levels, related, part }
}
