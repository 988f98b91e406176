/** What the batch engine reads: columns of text in which each distinct value stands once. */

/** The fields a column may feed. `identifier:TYPE` and `other:NAME` may be many. */
export const plainFields = [
  'givenName',
  'familyName',
  'fullName',
  'birthDate',
  'birthYear',
  'birthMonth',
  'birthDay',
  'sex',
  'phone',
  'email',
  'address',
  'locality',
  'postcode',
  'region',
  'occupation',
  'nationalId',
  'relatedName',
] as const
export type FieldName = (typeof plainFields)[number] | `identifier:${string}` | `other:${string}`

/** Texts of ASCII alone, one after the other: text `i` stands from `start[i]` to `start[i + 1]`. A million strings cost far more. */
export type Packed = { readonly bytes: Uint8Array; readonly start: Int32Array }
export type Texts = readonly string[] | Packed

export const isPacked = (texts: Texts): texts is Packed => 'bytes' in texts
export const countOf = (texts: Texts): number => (isPacked(texts) ? texts.start.length - 1 : texts.length)
export const textAt = (texts: Texts, at: number): string =>
  isPacked(texts)
    ? String.fromCharCode(...texts.bytes.subarray(texts.start[at], texts.start[at + 1]))
    : (texts[at] ?? '')

export type Column = {
  /** A record's value, as a place in `values`; shared memory, so that workers read it without a copy. */
  readonly codes: Int32Array<SharedArrayBuffer>
  /** Distinct values as written; the first is the empty one. */
  readonly values: Texts
}
export type TextColumn = Column & { readonly values: readonly string[] }

export type Table = {
  /** How many records. */
  readonly size: number
  /** Several columns may feed one field: street and number an address, two given names a given name. */
  readonly fields: ReadonlyMap<FieldName, readonly Column[]>
  /** Which file or source a record stands in; needed to link two clean lists. */
  readonly source?: TextColumn
}
