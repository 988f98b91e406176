/** Rows of a small text; for looking at the beginning of a file. The rows themselves are read by scan.ts. */

const quoted = /[^\S\r\n\t]*"((?:[^"]|"")*)"[^\S\r\n\t]*(?=[,;\t|\r\n]|$)/y

/** Splits into trimmed cells, leaving blank lines out. Unless the text is whole, its last row may be cut and is left out too. */
export function splitRows(text: string, delimiter: string, isWhole: boolean): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at <= text.length) {
    const { value, next } = cellAt(text, at, delimiter)
    row.push(value)
    at = next + 1
    if (text[next] === delimiter) continue
    if (text[next] === '\r' && text[next + 1] === '\n') at += 1
    const isLast = at > text.length
    if (row.some((one) => one !== '') && (isWhole || !isLast)) rows.push(row)
    row = []
  }
  return rows
}

function cellAt(text: string, from: number, delimiter: string): { value: string; next: number } {
  quoted.lastIndex = from
  const found = quoted.exec(text)
  if (found && (quoted.lastIndex === text.length || [delimiter, '\r', '\n'].includes(text[quoted.lastIndex] ?? '')))
    return { value: (found[1] ?? '').replaceAll('""', '"').trim(), next: quoted.lastIndex }
  let next = from
  while (next < text.length && text[next] !== delimiter && text[next] !== '\n' && text[next] !== '\r') next += 1
  return { value: text.slice(from, next).trim(), next }
}
