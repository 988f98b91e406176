/** What the use cases need from outside. hub.ts fills it; tests fill it with a test database. */
import type { Adapter } from '../adapters/contract.ts'
import type { Model } from '../linkage/model.ts'
import type { AuditLog } from '../store/audit.ts'
import type { Keys } from '../store/keys.ts'
import type { Db } from '../store/pool.ts'
import type { RuleBook, RuleSettings } from './reconciliation/rule-book.ts'

/** Something for a worker to do. Ids only: nothing personal ever stands in a queue. */
export type Wake =
  | { work: 'sync'; run: string }
  | { work: 'resolve' }
  | { work: 'deliver' }
  | { work: 'reconcile'; run: string }

export type Needs = {
  readonly db: Db
  readonly keys: Keys
  readonly audit: AuditLog
  readonly model: Model
  /** The adapter of a registry; with `file`, one that reads that file instead of the inbox. */
  readonly adapterOf: (registry: string, file?: string) => Adapter | undefined
  readonly now: () => Date
  /** Tells a worker that there is something to do. May fail: the sweeper finds what nobody was told of. */
  readonly wake: (wake: Wake) => Promise<void>
  readonly log: (event: string, details: { readonly [name: string]: string | number | boolean }) => void
  /** What events say they are from, and the private networks that they may be sent into. */
  readonly events: { readonly source: string; readonly networks: readonly string[] }
  /** When the registries are reconciled every night, HH:MM on the clocks of a zone, which also says which day it is; and by which rules. */
  readonly reconciliation: {
    readonly at: string
    readonly timeZone: string
    readonly book: RuleBook
    /** How this hub's settings of the rules differ from the rules' own; see reconciliation/settings.ts. */
    readonly settings?: RuleSettings
  }
  /** A run whose worker was not heard of for this long is taken over, in milliseconds. */
  readonly quietMs: number
}
