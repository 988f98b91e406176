/** What training begins with and what it ends with: how often pairs of each kind agree at each level. */

export type Shares = readonly Float64Array[]
export type Learnt = {
  /** By comparison and level: shares among pairs of one person, of two at random, and of related people. */
  readonly m: Shares
  readonly u: Shares
  readonly related: readonly Shares[]
  /** The share of each relation among all pairs. */
  readonly relatedShare: readonly number[]
  readonly swap: number
  readonly lambda: number
  readonly matches: number
  readonly iterations: number
  readonly converged: boolean
}

export type Beliefs = {
  readonly m: readonly (readonly number[])[]
  readonly u: readonly (readonly number[])[]
  readonly strength: number
  readonly swap: number
  /** By comparison: the probability that two records that both state a value state the same one. */
  readonly exact: readonly number[]
  /** By comparison: whether that is said of words drawn one by one, so that no match is among those it counts. */
  readonly drawn: readonly boolean[]
  /** By comparison: how often at least two people agree exactly. */
  readonly leastChance: readonly number[]
  /** By relation and comparison: whether the related share the value; else how often at most they agree exactly. */
  readonly shared: readonly (readonly boolean[])[]
  /** By relation: how many pairs at most are so related. */
  readonly mostRelated: readonly number[]
  readonly mostAlike: readonly (readonly number[])[]
  /** By comparison: whether it is a number that may be a household's; else people of one household hardly ever share it. */
  readonly maybeFamilys: readonly boolean[]
  /** By comparison: how often at most one person's records disagree altogether. */
  readonly mostApart: readonly number[]
  /** By comparison and level: shares set by hand, which training leaves alone. */
  readonly setM: readonly (readonly (number | undefined)[])[]
  readonly setU: readonly (readonly (number | undefined)[])[]
  /** By comparison: how many of the last levels are disagreement altogether. */
  readonly apartLevels: readonly number[]
  /** By comparison: shares among relatives, where they are neither one person's nor strangers'. */
  readonly relatives: readonly (readonly (number | undefined)[] | undefined)[]
}
