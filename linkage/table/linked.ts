/** What the batch engine answers. */
import type { TableModel } from './model.ts'

/** Pairs of records, each by its row, `a` before `b`. */
export type Links = {
  readonly a: Int32Array
  readonly b: Int32Array
  /** Log2 of the odds that the two are one person; 0 is a probability of one half. */
  readonly weight: Float32Array
}

/** What one blocking key did. */
export type KeyReport = {
  readonly name: string
  readonly blocks: number
  /** Pairs that share this key. */
  readonly pairs: number
  /** Pairs above the review threshold that this key was the first to find. */
  readonly fresh: number
  /** Blocks that were too large and were cut by further fields; and those still too large, of which only neighbours were compared. */
  readonly refined: number
  readonly capped: number
  readonly largest: number
}

export type Stage = 'encode' | 'block' | 'train' | 'score' | 'cluster'
export type Progress = (stage: Stage, done: number, total: number) => void

export type Linked = {
  readonly model: TableModel
  /** All pairs at or above the review threshold, by a, then b. */
  readonly scored: Links
  /** Those accepted: at or above the threshold, and within one cluster. */
  readonly links: Links
  /** Of each row the lowest row of its cluster. */
  readonly clusters: Int32Array
  /** How many pairs were compared, each once. */
  readonly pairs: number
  readonly keys: readonly KeyReport[]
  readonly milliseconds: Readonly<Record<Stage, number>>
  /** Which of `keys` brought two records together, by their places. */
  readonly sharedKeys: (a: number, b: number) => number[]
  readonly explain: (a: number, b: number) => Explanation
}

/** Why two records are, or are not, one person: bits that add up. */
export type Explanation = {
  readonly prior: number
  readonly parts: readonly { readonly on: string; readonly level: string; readonly weight: number }[]
  /** What it costs that two people of one household or place would agree like this too; 0 or less. */
  readonly related: number
  /** Given and family name were compared crosswise. */
  readonly swapped: boolean
  readonly weight: number
  readonly probability: number
}
