/** What a rule about a registry looks at: how its deliveries stood at the instant of the run. Days are YYYY-MM-DD in the registry's zone. */
import type { Reason } from '../schemas/contract.ts'
import type { Profile } from './drift.ts'

export type Delivery = {
  /** The kind of list, such as `member` or `insured`. */
  readonly list: string
  /** The sync that brought it. */
  readonly run: string
  readonly day: string
  readonly profile: Profile
}

export type RegistryDossier = {
  readonly registry: string
  readonly staleAfterHours: number
  /** The last time a complete list came in, and since when that is; undefined when none ever did. */
  readonly last?: { readonly run: string; readonly day: string; readonly hoursAgo: number }
  /** Deliveries that are held back: nothing was taken in of their kind of list since. */
  readonly held: readonly (Delivery & { readonly reasons: readonly Reason[] })[]
  /** The last delivery of each kind of list, and the one before. */
  readonly lists: readonly { readonly now: Delivery; readonly before?: Delivery }[]
}
