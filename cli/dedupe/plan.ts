/** Which column feeds which field: `--map`, `--id`, `--truth`, or a guess from the headings. */
import { type FieldName, plainFields } from '../../linkage/table/table.ts'
import { guessFields, isIdHeading } from './headings.ts'
import { InputProblem, nearest } from './problem.ts'

type MapField = 'id' | 'source' | FieldName

export type Plan = {
  /** Columns to read, by the names they have in the first file that has them. */
  readonly columns: readonly string[]
  readonly uses: ReadonlyMap<string, readonly ('source' | FieldName)[]>
  readonly id?: string
  readonly truth?: string
  /** The column of the plan that a file's heading means. */
  readonly columnOf: (heading: string) => string | undefined
  /** What to tell: the guessed map so that it can be copied, where ids come from. */
  readonly notes: readonly string[]
}

/** The fields that columns feed, each once, in the order of the plan. */
export const fieldsOf = ({ uses }: Pick<Plan, 'uses'>): FieldName[] => [
  ...new Set([...uses.values()].flat().filter((use) => use !== 'source')),
]

export type PlanRequest = {
  readonly map: readonly string[]
  readonly id?: string | undefined
  readonly truth?: string | undefined
}

const isPlain = (field: string): field is MapField =>
  field === 'id' || field === 'source' || plainFields.some((one) => one === field)
const typed = /^(identifier|other):[\p{L}\p{N}][\p{L}\p{N} ._-]*$/u

/** `headings` are those of all files, merged. Throws InputProblem. */
export function makePlan(headings: readonly string[], { map, id, truth }: PlanRequest): Plan {
  const columnOf = findColumn(headings)
  const need = (option: string, name: string): string => {
    const found = columnOf(name)
    if (found === undefined) throw unknownColumn(option, name, headings)
    return found
  }
  const truthColumn = truth === undefined ? undefined : need('--truth', truth)
  const pairs =
    map.length > 0
      ? parseMap(map).map(({ column, field }) => ({ column: need('--map', column), field }))
      : guessFields(headings, new Set(truthColumn === undefined ? [] : [truthColumn]))
  const uses = new Map<string, ('source' | FieldName)[]>()
  for (const { column, field } of pairs)
    if (field !== 'id') uses.set(column, [...new Set([...(uses.get(column) ?? []), field])])
  const fields = [...uses.values()].flat().filter((field) => field !== 'source')
  if (fields.length === 0) throw noFields(map, headings)
  const mapped = pairs.filter(({ field }) => field === 'id').map(({ column }) => column)
  if (mapped.length > 1)
    throw new InputProblem(
      `--map names ${mapped.length} columns as id (${mapped.join(', ')}). A record has one id; name one.`,
    )
  const idColumn = idFrom(id, mapped[0], headings, need)
  const columns = [...new Set([...uses.keys(), idColumn, truthColumn].filter((name) => name !== undefined))]
  return {
    columns,
    uses,
    ...(idColumn === undefined ? {} : { id: idColumn }),
    ...(truthColumn === undefined ? {} : { truth: truthColumn }),
    columnOf: (heading) => {
      const found = columnOf(heading)
      return found !== undefined && columns.includes(found) ? found : undefined
    },
    notes: [
      ...(map.length > 0 ? [] : [guessNote(pairs, headings, columns)]),
      idColumn === undefined
        ? 'ids: no column holds any, so a record is known by its number, from 1 (name a column with --id)'
        : `ids: column ${idColumn}${id !== undefined || mapped.length > 0 ? '' : ' (name another with --id)'}`,
    ],
  }
}

function idFrom(
  asked: string | undefined,
  mapped: string | undefined,
  headings: readonly string[],
  need: (option: string, name: string) => string,
): string | undefined {
  if (asked === 'none' && !headings.includes('none')) return undefined
  return asked === undefined ? (mapped ?? headings.find(isIdHeading)) : need('--id', asked)
}

const fold = (text: string) => text.trim().normalize('NFC').toLowerCase()

/** The columns of all files: a heading that another file writes in other capitals is the same column. */
export function mergeHeadings(files: readonly (readonly string[])[]): string[] {
  const merged: string[] = []
  for (const headings of files) {
    const before = new Set(merged.map(fold))
    merged.push(...headings.filter((heading) => !merged.includes(heading) && !before.has(fold(heading))))
  }
  return merged
}

/** Exactly as written first, then whatever the case; undefined where neither fits or two fit as well. */
function findColumn(headings: readonly string[]): (name: string) => string | undefined {
  return (name) => {
    if (headings.includes(name)) return name
    const found = headings.filter((heading) => fold(heading) === fold(name))
    return found.length === 1 ? found[0] : undefined
  }
}

/** `column=field,...`. A comma within a column's name is no harm: what has no `=` belongs to the next. */
export function parseMap(parts: readonly string[]): { column: string; field: MapField }[] {
  const found: { column: string; field: MapField }[] = []
  for (const part of parts) {
    let held = ''
    for (const piece of part.split(',')) {
      const text = held === '' ? piece : `${held},${piece}`
      const at = text.lastIndexOf('=')
      held = at < 0 ? text : ''
      if (at < 0) continue
      found.push({ column: text.slice(0, at).trim(), field: fieldNamed(text.slice(at + 1).trim()) })
    }
    if (held.trim() !== '')
      throw new InputProblem(
        `--map ${held.trim()}: a field is missing. Write column=field, such as ${held.trim()}=familyName.`,
      )
  }
  return found
}

function fieldNamed(name: string): MapField {
  const all = ['id', 'source', ...plainFields]
  const exact = all.find((field) => field === name) ?? all.find((field) => field.toLowerCase() === name.toLowerCase())
  if (exact !== undefined && isPlain(exact)) return exact
  if (typed.test(name)) return name as FieldName
  const near = nearest(name.replace(/[_ -]/g, ''), all)
  const hint = near === undefined ? '' : ` Did you mean ${near}?`
  throw new InputProblem(
    `--map: there is no field ${name || '(nothing)'}.${hint}\nFields: ${all.join(' ')} identifier:TYPE other:NAME`,
  )
}

function unknownColumn(option: string, name: string, headings: readonly string[]): InputProblem {
  const near = nearest(name, headings)
  const hint = near === undefined ? '' : ` Did you mean ${near}?`
  return new InputProblem(`${option}: there is no column ${name}.${hint}\n${columnsOf(headings)}`)
}

function noFields(map: readonly string[], headings: readonly string[]): InputProblem {
  const what =
    map.length > 0
      ? '--map names no field to compare records by; id and source alone are not enough.'
      : 'None of the headings is one that is known, so there is nothing to compare records by.'
  if (isRecord(headings)) return new InputProblem(columnsOf(headings))
  return new InputProblem(
    `${what} Say what the columns hold with --map COLUMN=FIELD,..., such as --map ${headings[1] ?? headings[0] ?? 'name'}=fullName.\n` +
      `${columnsOf(headings)}\nFields: id source ${plainFields.join(' ')} identifier:TYPE other:NAME`,
  )
}

/** A date or a long number is no heading; what stands beside it may be a person's. */
const isRecord = (headings: readonly string[]) => headings.some((heading) => /^[+\d][\d\s./-]{4,}$/.test(heading))

const columnsOf = (headings: readonly string[]) =>
  isRecord(headings)
    ? 'The first row of the file looks like a record. Put a row of headings above it, such as id,name,birth_date.'
    : `Columns: ${listed(headings)}`

const listed = (headings: readonly string[]) =>
  headings.length <= 60 ? headings.join(', ') : `${headings.slice(0, 60).join(', ')} and ${headings.length - 60} more`

function guessNote(
  pairs: readonly { column: string; field: MapField }[],
  headings: readonly string[],
  columns: readonly string[],
): string {
  const map = pairs.map(({ column, field }) => `${column}=${field}`).join(',')
  const quoted = /[^\w=,:.-]/.test(map) ? `'${map.replaceAll("'", `'\\''`)}'` : map
  const unused = headings.filter((heading) => !columns.includes(heading))
  const rest = unused.length > 0 ? `\n  not used: ${listed(unused)}` : ''
  return `no --map, so the headings were read as: --map ${quoted}${rest}`
}
