/** Who asks, for what, on whose behalf: everything about a call that decides what may be shown, and that is audited. */
export type Asker = {
  readonly client: string
  readonly purpose: string
  readonly officer?: string
  readonly case?: string
  readonly operation: string
  readonly traceId: string
  /** X-Road headers as received. */
  readonly xRoad?: { readonly [header: string]: string }
}
