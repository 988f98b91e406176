/** The read model: one ready row a person, one sealed column a field. What is not agreed is not selected. */
import { bytesArray, copyBinary, instant, textArray, uuid } from './binary.ts'
import type { Keys } from './keys.ts'
import type { Queryable } from './pool.ts'
import { seal, unseal } from './seal.ts'

/** The fields an agreement may name, and the columns that hold them. */
export const fieldColumns = {
  name: 'name',
  birthDate: 'birth_date',
  sex: 'sex',
  death: 'death',
  identifiers: 'identifiers',
  phones: 'phones',
  addresses: 'addresses',
  enrolments: 'enrolments',
  contributions: 'contributions',
  benefits: 'benefits',
} as const
export type Field = keyof typeof fieldColumns
export const fields = Object.keys(fieldColumns) as Field[]

/** One value of one field as one registry states it. */
export type Fact = { registry: string; asOf: string; value: unknown }
export type Document = { person: string; registries: string[]; facts: Partial<Record<Field, Fact[]>> }
type Row = { person: string; registries: string[] } & { [column: string]: unknown }

const table = 'beneficiary'
const context = (person: string, field: Field) => ({ table, row: person, column: fieldColumns[field] })
const selectList = (chosen: readonly Field[]) =>
  ['b.person', 'b.registries', ...chosen.map((field) => `b.${fieldColumns[field]}`)].join(', ')
/** A statement is prepared once for each set of fields. */
const statementName = (base: string, chosen: readonly Field[]) =>
  `${base}_${fields.reduce((bits, field, at) => bits | (chosen.includes(field) ? 1 << at : 0), 0)}`

function open(keys: Keys, chosen: readonly Field[], row: Row): Document {
  const facts: Partial<Record<Field, Fact[]>> = {}
  for (const field of chosen) {
    const sealed = row[fieldColumns[field]]
    facts[field] = Buffer.isBuffer(sealed)
      ? JSON.parse(unseal(keys, context(row.person, field), sealed).toString())
      : []
  }
  return { person: row.person, registries: row.registries, facts }
}

/** Writes the documents of persons anew. An empty field is stored as null. `replacing`: persons who may have a row already. */
export async function putBeneficiaries(
  tx: Queryable,
  keys: Keys,
  documents: readonly Document[],
  replacing: readonly string[],
  at: Date,
): Promise<void> {
  const rewritten = new Set(replacing)
  const built = instant(at)
  await copyBinary(
    tx,
    table,
    ['person', 'registries', 'built_at', ...columns],
    documents.filter(({ person }) => !rewritten.has(person)),
    (document) => [uuid(document.person), textArray(document.registries), built, ...sealedFields(keys, document)],
  )
  const changed = documents.filter(({ person }) => rewritten.has(person))
  if (changed.length === 0) return
  const sealed = changed.map((document) => sealedFields(keys, document))
  // In its place, so that the index stands as it is while there is room on the page.
  await tx.query(
    rewrite,
    [
      at,
      changed.map(({ person }) => person),
      changed.map(({ registries }) => JSON.stringify(registries)),
      ...columns.map((_, nth) => bytesArray(sealed.map((values) => values[nth] ?? null))),
    ],
    'beneficiary_rewrite',
  )
}

const columns = fields.map((field) => fieldColumns[field])
const rewrite = `insert into beneficiary (person, registries, built_at, ${columns.join(', ')})
  select person, array(select jsonb_array_elements_text(registries::jsonb)), $1, ${columns.join(', ')}
  from unnest($2::uuid[], $3::text[], ${columns.map((_, nth) => `$${nth + 4}::bytea[]`).join(', ')})
    as row (person, registries, ${columns.join(', ')})
  on conflict (person) do update set registries = excluded.registries, built_at = excluded.built_at,
    ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}`

const sealedFields = (keys: Keys, { person, facts }: Document): (Buffer | null)[] =>
  fields.map((field) => {
    const stated = facts[field]
    return stated && stated.length > 0 ? seal(keys, context(person, field), JSON.stringify(stated)) : null
  })

export const dropBeneficiaries = (tx: Queryable, persons: readonly string[]) =>
  tx.query('delete from beneficiary where person = any($1)', [persons])

/**
 * The persons that hold an identifier now in one of the registries, with the chosen fields only. A second row is a conflict,
 * never "the first": whoever no registry of these lists any more does not count, and does not hide another holder either.
 */
export const findByIdentifier = async (
  db: Queryable,
  keys: Keys,
  hashes: readonly Buffer[],
  registries: readonly string[],
  chosen: readonly Field[],
) =>
  (
    await db.query<Row>(
      `select ${selectList(chosen)} from beneficiary b where b.registries && $2 and b.person in
         (select m.person from identifier i
          join source_record r on r.id = i.record and r.absent_since is null
          join membership m on m.record = i.record and m.until is null
          where i.hash = any($1))
       limit 2`,
      [hashes, registries],
      statementName('beneficiary_by_identifier', chosen),
    )
  ).map((row) => open(keys, chosen, row))

/** Documents of persons by id, with the chosen fields only. */
export const readBeneficiaries = async (
  db: Queryable,
  keys: Keys,
  persons: readonly string[],
  chosen: readonly Field[],
) =>
  (
    await db.query<Row>(
      `select ${selectList(chosen)} from beneficiary b where b.person = any($1)`,
      [persons],
      statementName('beneficiary_by_person', chosen),
    )
  ).map((row) => open(keys, chosen, row))

/** A keyset walk over everybody's identifiers, for registries that answer questions but list nobody. */
export const walkIdentifiers = async (db: Queryable, keys: Keys, after: string | null, limit: number) =>
  (
    await db.query<Row>(
      `select ${selectList(['identifiers'])} from beneficiary b where $1::uuid is null or b.person > $1 order by b.person limit $2`,
      [after, limit],
    )
  ).map((row) => open(keys, ['identifiers'], row))
