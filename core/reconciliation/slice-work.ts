/** What slices come to, each phase with counts of its own; the totals of a run add up from them. */
import type { Queryable } from '../../store/pool.ts'

/** What a slice came to: `write` keeps it, inside the transaction that ends the slice, and answers its counts. May be called twice. */
export type SliceWork = {
  readonly subjects: number
  readonly found: number
  readonly write: (tx: Queryable) => Promise<unknown>
}

/** Faults by rule. */
export type PeopleCounts = { records: number; members: number; faults: Record<string, number> }
export type GroupCounts = { people: number; faults: Record<string, number> }

/** Money in minor units, by currency. */
export type RuleCounts = {
  new: number
  persisting: number
  resolved: number
  reopened: number
  money: Record<string, number>
}
/** By owner, then by rule: an owner is told of its own findings only. */
export type OwnerCounts = Record<string, Record<string, RuleCounts>>
export type SettleCounts = { owners: OwnerCounts }
