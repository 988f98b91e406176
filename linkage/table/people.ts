/** A table as the kernel compares it: no text is left, and all of it may be handed from thread to thread. */
import { type Compared, comparedOf, encode } from './columns/encode.ts'
import type { Ints } from './columns/shared.ts'
import { type Atoms, atomsOf } from './kernel/atoms.ts'
import { type Term, termOf } from './kernel/weights.ts'
import type { FieldName, Table } from './table.ts'

export type PeopleColumn = Compared & {
  /** By record; 0 when missing. */
  readonly codes: Ints
  readonly atoms: Atoms
  readonly term: Term
}

export type People = {
  readonly size: number
  readonly columns: PeopleColumn[]
  /** Which list a record stands in. */
  readonly source?: Ints
}

/** The columns of some fields. What one field needs of another must be among them: names of all kinds, and the parts of a birth date. */
export const prepare = (table: Table): PeopleColumn[] =>
  encode(table).map((column) => ({
    ...comparedOf(column),
    codes: column.codes,
    atoms: atomsOf(column, table.size),
    term: termOf(column),
  }))

/** Puts columns that were prepared apart into the order in which one table would have given them. */
export const inOrder = (columns: readonly PeopleColumn[], fields: readonly FieldName[]): PeopleColumn[] => {
  const place = ({ name }: PeopleColumn): number =>
    name === 'givenName' ? -3 : name === 'familyName' ? -2 : name === 'birthDate' ? -1 : fields.indexOf(name)
  return columns.toSorted((one, other) => place(one) - place(other))
}
