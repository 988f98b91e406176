/** Which hidden figures follow from those that are shown, by whatever sums of sums: linear algebra over the hidden ones. */

type Sum = { readonly parts: readonly string[]; readonly total: string }

/** Coefficients are -1, 0 and 1, so a small prime field shows the same dependences as the rationals do. */
const prime = 65_521
const mod = (value: number): number => ((value % prime) + prime) % prime

/** The inverse in the field, by Fermat's little theorem. */
const inverse = (value: number): number => {
  let [result, base] = [1, mod(value)]
  for (let power = prime - 2; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = mod(result * base)
    base = mod(base * base)
  }
  return result
}

/**
 * The hidden names whose value is determined by the sums. Every sum is an equation of its hidden cells; in the reduced form of them, a
 * value that follows stands in a row alone.
 */
export function exposedBy(hidden: ReadonlySet<string>, sums: readonly Sum[]): ReadonlySet<string> {
  const names = [...hidden]
  const places = new Map(names.map((name, place) => [name, place]))
  const rows = sums.flatMap(({ parts, total }) => {
    const row = new Int32Array(names.length)
    for (const part of parts) add(row, places.get(part), 1)
    add(row, places.get(total), -1)
    return row.some((value) => value !== 0) ? [row] : []
  })
  const reduced = reduce(rows, names.length)
  return new Set(
    reduced.flatMap((row) => {
      const filled = names.filter((_, place) => row[place] !== 0)
      return filled.length === 1 ? filled : []
    }),
  )
}

const add = (row: Int32Array, place: number | undefined, value: number): void => {
  if (place !== undefined) row[place] = mod((row[place] ?? 0) + value)
}

/** Reduced row echelon form, in place. */
function reduce(rows: Int32Array[], width: number): Int32Array[] {
  let done = 0
  for (let column = 0; column < width && done < rows.length; column += 1) {
    const found = rows.findIndex((row, index) => index >= done && row[column] !== 0)
    const pivot = rows[found]
    const first = rows[done]
    if (!pivot || !first) continue
    rows[found] = first
    rows[done] = pivot
    const scale = inverse(pivot[column] ?? 0)
    for (let at = column; at < width; at += 1) pivot[at] = mod((pivot[at] ?? 0) * scale)
    for (const [index, row] of rows.entries()) {
      const factor = row[column] ?? 0
      if (index === done || factor === 0) continue
      for (let at = column; at < width; at += 1) row[at] = mod((row[at] ?? 0) - factor * (pivot[at] ?? 0))
    }
    done += 1
  }
  return rows.slice(0, done)
}
