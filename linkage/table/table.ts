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

export type Column = {
  /** A record's value, as a place in `values`; shared memory, so that workers read it without a copy. */
  readonly codes: Int32Array<SharedArrayBuffer>
  /** Distinct values as written; `values[0]` is the empty one. */
  readonly values: readonly string[]
}

export type Table = {
  /** How many records. */
  readonly size: number
  /** Several columns may feed one field: street and number an address, two given names a given name. */
  readonly fields: ReadonlyMap<FieldName, readonly Column[]>
  /** Which file or source a record stands in; needed to link two clean lists. */
  readonly source?: Column
}
