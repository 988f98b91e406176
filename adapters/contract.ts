/**
 * What an adapter is: the code that reads one kind of registry.
 *
 * `pull` is the only part that touches the outside world; `normalise` is pure. Everything else is a declared capability.
 * The suite in test/contract/adapter.ts holds every adapter to the promises written here.
 */
import type { Identifier, IdentifierType, Reason, SourceRecord } from '../schemas/contract.ts'

/** Where the last pull got to. Plain JSON, written by the adapter, stored by the hub, never looked into. */
export type Checkpoint = { readonly [key: string]: unknown }

/** One raw record as the registry wrote it, JSON-safe, with where it stood (file and row, or call). */
export type RawRecord = {
  /** Which of the registry's lists it came from; decides how `normalise` reads it. */
  readonly stream: string
  /** Where to find it again: `returns-2026-02.xlsx row 14`. Never a personal value. */
  readonly origin: string
  /** The delivery it came in, such as a file name; one source id stands in one list once. Absent for answers of a service. */
  readonly list?: string
  /** Cells by column, or the answer's body. JSON only. */
  readonly data: { readonly [field: string]: unknown }
}

export type Page = {
  /** At most a few hundred records, so that a page is one short transaction. */
  readonly records: readonly RawRecord[]
  /** Continue from here. Committed together with the records, so that a page is never lost and may be repeated. */
  readonly checkpoint: Checkpoint
  /** Streams whose complete list has now been delivered, over one pull or several: what was not seen since it began is absent. */
  readonly completes?: readonly string[]
  /** How far the pull has come, for progress bars; total when it is known. */
  readonly progress?: { readonly done: number; readonly total?: number }
}

/** What the hub lends to a running pull. */
export type PullContext = {
  readonly signal: AbortSignal
  /**
   * Identifiers that the hub knows from other registries, each once, in a stable order, starting after `cursor`.
   * For registries that answer questions but list nobody.
   */
  known(types: readonly IdentifierType[], cursor?: string): AsyncIterable<{ cursor: string; identifier: Identifier }>
}

export type Normalised =
  | { readonly outcome: 'record'; readonly record: SourceRecord }
  | { readonly outcome: 'rejection'; readonly sourceId?: string; readonly reasons: readonly Reason[] }

export type Adapter = {
  /** The registry this adapter instance reads, such as `ke-nssf`. */
  readonly registry: string
  /**
   * Reads the registry from `checkpoint` on (`undefined`: from the beginning), a page at a time.
   * Resuming from any checkpoint that was yielded before loses nothing; repeats are allowed.
   * An aborted signal ends it within one page. Failures are PullErrors.
   */
  pull(checkpoint: Checkpoint | undefined, context: PullContext): AsyncIterable<Page>
  /**
   * Capability: reads the deliveries that wait as `pull` would, at no cost to the registry: files. The hub looks them through as a
   * whole before it takes any of them in. Each record says in which delivery it came (`list`).
   */
  waiting?(checkpoint: Checkpoint | undefined, signal: AbortSignal): AsyncIterable<Page>
  /** Pure and deterministic; never throws, whatever the raw record holds. */
  normalise(raw: RawRecord): Normalised
  /**
   * Capability: asks the registry about one identifier now. Answers every raw record the registry gave;
   * an empty list means that the registry was asked and does not know the identifier. An identifier of a type or issuer
   * that it cannot be asked by costs no call and throws a PullError('skip'): nothing was learnt, so nothing is refreshed.
   */
  fetchOne?(identifier: Identifier, signal: AbortSignal): Promise<readonly RawRecord[]>
}

/** Makes an adapter from its settings. Settings that do not fit throw a PullError('stop') naming each field. */
export type AdapterFactory = (settings: AdapterSettings) => Adapter

/** Settings common to all adapters; each folder adds its own under `options` and checks them. */
export type AdapterSettings = {
  readonly registry: string
  /** IANA zone of the registry's clocks, such as `Africa/Nairobi`. */
  readonly timeZone: string
  /** Today in that zone (YYYY-MM-DD): normalise needs it to tell future years, and may not look at a clock. */
  readonly today: string
  /** Folder that files are dropped into. */
  readonly inbox?: string
  readonly options?: { readonly [name: string]: unknown }
}

/** What the hub must do next: `retry` after a while, `skip` this item and go on, `stop` until a person has mended it. */
export type Recovery = 'retry' | 'skip' | 'stop'

/** Why a pull failed, named by what to do next. The message never holds a personal value or a secret. */
export class PullError extends Error {
  readonly recovery: Recovery
  /** Seconds the registry asked us to wait. */
  readonly retryAfter: number | undefined

  constructor(recovery: Recovery, message: string, options: { retryAfter?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause })
    this.name = 'PullError'
    this.recovery = recovery
    this.retryAfter = options.retryAfter
  }
}
