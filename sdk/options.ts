/** What a call may be told beside what it asks. */
/** For one call. */
export type CallOptions = { readonly signal?: AbortSignal }
/** For one question about a person. */
export type AskOptions = CallOptions & {
  readonly purpose?: string
  readonly officer?: string
  /** The case this belongs to in your own system. */
  readonly case?: string
}
export type WriteOptions = CallOptions & {
  /** Your own key for this write, so that you can repeat it after a crash. A fresh one when missing. */
  readonly idempotencyKey?: string
}
/** For one decision of a steward or an officer. */
export type DecideOptions = AskOptions & WriteOptions
