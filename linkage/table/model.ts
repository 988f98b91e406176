/** A model of the batch engine: comparisons as data. */

export type ModelLevel = {
  readonly name: string
  /** Share of true matches at this level, and of pairs of two people. */
  readonly m: number
  readonly u: number
  /** What the words agreed on are worth on average at this level, in bits: rarer ones add, commoner ones take away. */
  readonly typical: number
  /** Share of pairs of two people of one household, of one place, of one name, and of twins. */
  readonly household: number
  readonly place: number
  readonly namesakes: number
  readonly twins: number
  /** Set by hand: training leaves it alone. */
  readonly fixed?: boolean
}

export type ModelComparison = {
  readonly name: string
  /** Best first, the last is `else`; a pair in which a side is missing weighs nothing. */
  readonly levels: readonly ModelLevel[]
  /** Agreement on a rare value counts for more than on a common one. */
  readonly termFrequency: boolean
}

export type TableModel = {
  readonly version: string
  /** The probability that two records taken at random are one person. */
  readonly prior: number
  /** The probabilities that two records taken at random are two people of one household, of one place, of one name, beyond chance, or twins. */
  readonly household: number
  readonly place: number
  readonly namesakes: number
  readonly twins: number
  /** Share of matches whose given and family name stand in each other's place. */
  readonly swap: number
  readonly comparisons: readonly ModelComparison[]
  readonly training?: {
    readonly records: number
    readonly pairs: number
    readonly iterations: number
    /** False when the iteration limit was reached first. */
    readonly converged: boolean
    readonly expectedMatches: number
  }
}
