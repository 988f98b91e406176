/**
 * Small counts, hidden where a report leaves the agency: a cell about one to four people, and as many others as it takes that no sum of
 * sums gives it away (complementary suppression).
 */
import { exposedBy } from './exposed.ts'

/** Fewer people than this are never told apart. */
export const fewestPeople = 5

export type Cell = { readonly findings: number; readonly people: number }
/** Cells that add up to a total, all by their names. */
export type Sum = { readonly parts: readonly string[]; readonly total: string }

const nothing: Cell = { findings: 0, people: 0 }

/**
 * The names of the cells that stay hidden. Of each sum, either every cell is shown or two at least are not, and the parts that are
 * hidden beside a shown total are about five people together; and no hidden cell follows from all that is shown. `alike` are cells
 * that are hidden together.
 */
export function hiddenCells(
  cells: ReadonlyMap<string, Cell>,
  sums: readonly Sum[],
  alike: readonly (readonly string[])[] = [],
): ReadonlySet<string> {
  const cellOf = (name: string): Cell => cells.get(name) ?? nothing
  const hidden = new Set(
    [...cells].flatMap(([name, { people }]) => (people > 0 && people < fewestPeople ? [name] : [])),
  )
  const hideOneMore = ({ parts, total }: Sum): boolean => {
    const [smallest = total] = parts
      .filter((name) => !hidden.has(name) && cellOf(name).findings > 0)
      .sort((one, other) => cellOf(one).people - cellOf(other).people || (one < other ? -1 : 1))
    const isMore = !hidden.has(smallest)
    hidden.add(smallest)
    return isMore
  }
  const isSafe = ({ parts, total }: Sum): boolean => {
    const away = parts.filter((name) => hidden.has(name))
    if (hidden.has(total)) return away.length > 0
    return (
      away.length === 0 || (away.length > 1 && away.reduce((sum, name) => sum + cellOf(name).people, 0) >= fewestPeople)
    )
  }
  for (let size = -1; size !== hidden.size; ) {
    size = hidden.size
    for (const group of alike) if (group.some((name) => hidden.has(name))) for (const name of group) hidden.add(name)
    for (const sum of sums) if (!isSafe(sum)) hideOneMore(sum)
    if (size !== hidden.size) continue
    // What follows from several sums together is rare, and dear to look for: only when each sum by itself is safe.
    const known = exposedBy(hidden, sums)
    if (known.size === 0) continue
    const isTold = ({ parts, total }: Sum): boolean => known.has(total) || parts.some((name) => known.has(name))
    // Where all cells beside it are hidden already, it follows from sums further away.
    for (const sum of [...sums.filter(isTold), ...sums]) if (hideOneMore(sum)) break
  }
  return hidden
}
