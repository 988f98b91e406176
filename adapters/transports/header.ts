/** Which row of a table is its heading row, and what each heading means: clerks move, merge, wrap and misspell them. */

/** One JSON-safe cell. Dates stand as `YYYY-MM-DD`. */
export type Cell = string | number | boolean | null

/** The columns an adapter knows, each with the headings it has been seen under. */
export type Columns<Column extends string> = {
  /** The column a written heading means; undefined for headings that nobody knows. */
  of(heading: string): Column | undefined
}

/** Upper case, NFKC, one space between words; punctuation and a unit in brackets at the end do not tell headings apart. */
export const tidyHeading = (written: string): string =>
  written
    .normalize('NFKC')
    .toUpperCase()
    .replace(/\([^()]*\)\s*$/u, ' ')
    .replace(/[\s_.:*'"’#–—-]+/gu, ' ')
    .trim()

/** More spellings than a registry has; a pushed record full of invented keys must not fill the memory. */
const rememberedSpellings = 2000

/** Remembers what a pure function of a heading answered: the same few headings come with every row. */
const remembering = <Answer>(answer: (heading: string) => Answer): ((heading: string) => Answer) => {
  const seen = new Map<string, Answer>()
  return (heading) => {
    const known = seen.get(heading)
    if (known !== undefined || seen.has(heading)) return known as Answer
    const fresh = answer(heading)
    if (seen.size < rememberedSpellings) seen.set(heading, fresh)
    return fresh
  }
}

/** Makes the look-up from a table `column: [other headings]`. A column's own name is one of its headings. */
export const makeColumns = <Column extends string>(
  table: Readonly<Record<Column, readonly string[]>>,
): Columns<Column> => {
  const byHeading = new Map<string, Column>()
  for (const column of keysOf(table)) {
    for (const heading of [column, ...table[column]]) byHeading.set(tidyHeading(heading), column)
  }
  return {
    of: remembering(
      (heading) => byHeading.get(tidyHeading(heading.replace(/ \(\d\)$/, ''))) ?? byHeading.get(tidyHeading(heading)),
    ),
  }
}

const keysOf = <Key extends string>(table: Readonly<Record<Key, unknown>>): Key[] => Object.keys(table) as Key[]

export type Header = {
  /** Index of the first row below the heading row (or rows). */
  readonly below: number
  /** Index of the first heading row: everything before it is the preamble. */
  readonly at: number
  /** One unique key a column, spelt as in the file with its whitespace tidied. */
  readonly headings: readonly string[]
}

/**
 * Finds the first row that holds at least `atLeast` different known columns. A merged heading over sub-headings takes two
 * rows: the lower row's words win where both have some.
 */
export const findHeader = <Column extends string>(
  rows: readonly (readonly Cell[])[],
  columns: Columns<Column>,
  atLeast: number,
): Header | undefined => {
  const known = (row: readonly Cell[] | undefined) =>
    (row ?? []).map((cell) => (isWord(cell) ? columns.of(cell) : undefined))
  const at = rows.findIndex((row) => new Set(known(row).filter((column) => column !== undefined)).size >= atLeast)
  const row = rows[at]
  if (!row) return undefined

  const next = rows[at + 1] ?? []
  const continues = next.some(isWord) && next.every((cell, index) => !isWord(cell) || known(next)[index] !== undefined)
  const [upper, lower] = continues ? [row, next] : [knownOnly(rows[at - 1], columns), row]
  const width = Math.max(upper.length, lower.length)
  const words = Array.from({ length: width }, (_, index) => (isWord(lower[index]) ? lower[index] : upper[index]))
  return { at, below: at + (continues ? 2 : 1), headings: uniqueKeys(words) }
}

/** Columns that no registry needs to share: their cells are emptied before anything else sees them. */
const sensitiveWords =
  /\b(ETHNIC|ETHNICITY|TRIBE|CLAN|RELIGION|PHOTO|FINGERPRINTS?|BIOMETRICS?|HIV)\b|ຊົນເຜົ່າ|ສາສະໜາ|ສາສະຫນາ/u

/** True for a heading over ethnicity, clan, religion, health markers or biometrics. */
export const isSensitive = remembering((heading: string): boolean => sensitiveWords.test(tidyHeading(heading)))

const isWord = (cell: Cell | undefined): cell is string => typeof cell === 'string' && cell.trim() !== ''

/** Titles and labels that stand above a heading row are not headings, unless they are known ones. */
const knownOnly = <Column extends string>(
  row: readonly Cell[] | undefined,
  columns: Columns<Column>,
): readonly Cell[] => (row ?? []).map((cell) => (isWord(cell) && columns.of(cell) !== undefined ? cell : null))

const uniqueKeys = (words: readonly (Cell | undefined)[]): string[] => {
  const used = new Map<string, number>()
  // Delimiters at the line's end are not columns.
  const width = words.findLastIndex(isWord) + 1
  return words.slice(0, width).map((word, index) => {
    const tidy = isWord(word) ? word.trim().replace(/\s+/gu, ' ').slice(0, 100) : ''
    // A key named __proto__ would set the row's prototype instead of a cell.
    const key = tidy === '' || tidy === '__proto__' ? `column ${index + 1}` : tidy
    const times = (used.get(key) ?? 0) + 1
    used.set(key, times)
    return times === 1 ? key : `${key} (${times})`
  })
}
