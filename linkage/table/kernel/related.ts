/** What speaks for two people although much agrees: that they are related, or that what tells people apart does. */
import type { Features } from '../columns/features.ts'
import { groups, isShared, relations } from '../roles.ts'

const [personGroup, givenGroup] = [groups.indexOf('person'), groups.indexOf('givenName')]
/** What it takes away, in bits, that both the given name and a number of one's own are other ones altogether. */
const twoPeople = 12
/** By relation: the groups of fields in which the rarity of values counts. */
const counted = relations.map((relation) => groups.map((group) => isShared(relation, group)))

const noBits = new Float64Array(0)

/** As much of the weights as tells two people apart; see `Weights`. */
type Given = {
  readonly comparisons: readonly {
    readonly features: Pick<Features, 'kind'>
    readonly weights: Float64Array
    readonly group: number
    readonly related: readonly Float64Array[]
  }[]
  readonly relatedPrior: readonly number[]
}

/** Weights that are set anew must be of the same comparisons. */
export function makeRelated(given: Given) {
  const { comparisons } = given
  let relatedPrior: readonly number[] = []
  /** By relation and comparison. */
  let bitsOf: Float64Array[][] = []
  const use = (weights: Given): void => {
    relatedPrior = weights.relatedPrior
    bitsOf = relatedPrior.map((_, relation) => weights.comparisons.map((one) => one.related[relation] ?? noBits))
  }
  use(given)
  const count = comparisons.length
  const groupOf = comparisons.map(({ group }) => group)
  const lastOf = comparisons.map(({ weights }) => weights.length - 1)
  const isOwnNumber = comparisons.map(({ features, group }) => features.kind === 'number' && group === personGroup)

  /** What it costs, in bits (0 or less), that two related people would agree like this too. */
  const related = (levels: Int8Array, rarity: Float64Array): number => {
    let others = 1
    let most = 0
    for (let relation = 0; relation < relatedPrior.length; relation += 1) {
      let bits = relatedPrior[relation] ?? 0
      const mine = bitsOf[relation] ?? []
      for (let group = 0; group < groups.length; group += 1) if (counted[relation]?.[group]) bits += rarity[group] ?? 0
      for (let k = 0; k < count; k += 1) {
        const level = levels[k] ?? -1
        if (level >= 0) bits += (mine[k] ?? noBits)[level] ?? 0
      }
      others += 2 ** bits
      if (bits > most) most = bits
    }
    // Of hundreds of columns the odds may be more than a number holds.
    const cost = others < Number.POSITIVE_INFINITY ? Math.log2(others) : most
    return -cost - (contradicts(levels) ? twoPeople : 0)
  }

  /** Another given name and another number of one's own: twins, neighbours, never a slip of the pen. */
  const contradicts = (levels: Int8Array): boolean => {
    let [name, number] = [false, false]
    for (let k = 0; k < count; k += 1) {
      if (levels[k] !== lastOf[k]) continue
      if (groupOf[k] === givenGroup) name = true
      else if (isOwnNumber[k]) number = true
    }
    return name && number
  }

  return { use, related }
}
