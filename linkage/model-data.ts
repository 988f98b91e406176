/**
 * The model is data: for each comparison its levels with m and u, the prior, the thresholds and the guards. Fellegi-Sunter:
 * m is the share of true pairs at a level, u the share of false pairs, and the weight of the level is log2(m/u).
 */
import type { ComparisonName, LevelOf } from './levels.ts'

/** A pair has at least one part that is on this comparison (`identifier` stands for every type) at one of these levels. */
export type Condition = { readonly on: ComparisonName; readonly in: readonly string[] }

/** Bounds the outcome of a pair, whatever its weight: when all of `when` hold, unless all of one group of `unless` hold. */
export type Guard = {
  readonly name: string
  /** Why, for the people who read decisions. */
  readonly reason: string
  readonly bound: 'at-most' | 'at-least'
  readonly outcome: 'review' | 'distinct'
  readonly when: readonly Condition[]
  readonly unless: readonly (readonly Condition[])[]
}

export type LevelData = { readonly m: number; readonly u: number }

/** The model as it is written down. */
export type ModelData = {
  readonly name: string
  /** The chance that two records taken at random are one person. */
  readonly prior: number
  /** Probabilities from which a pair is linked, or shown to a steward. */
  readonly thresholds: { readonly link: number; readonly review: number }
  readonly comparisons: { readonly [Name in ComparisonName]: { readonly [Level in LevelOf<Name>]: LevelData } }
  readonly guards: readonly Guard[]
}
