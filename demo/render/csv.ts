/** CSV as a registry's export writes it: RFC 4180 quoting, CRLF. */

export type CsvCell = string | number

const quoted = (cell: CsvCell): string => {
  const text = String(cell)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

export const csvLine = (cells: readonly CsvCell[]): string => `${cells.map(quoted).join(',')}\r\n`
