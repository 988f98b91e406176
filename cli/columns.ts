/** Rows of text as columns on a terminal: each as wide as it has to be, two blanks apart. */
export function columns(rows: readonly (readonly string[])[], isNumber: (column: number) => boolean = () => false) {
  const widths: number[] = []
  for (const row of rows)
    for (const [column, cell] of row.entries()) widths[column] = Math.max(widths[column] ?? 0, cell.length)
  const padded = (cell: string, column: number) =>
    isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0)
  return rows.map((row) => row.map(padded).join('  ').trimEnd())
}
