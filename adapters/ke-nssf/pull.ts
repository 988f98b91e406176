/** Reads NSSF's files into raw records: a register row each, and the lines of one worker in one employer return. */
import { readMoney } from '../../schemas/values/money.ts'
import type { RawRecord } from '../contract.ts'
import { type DropFile, FileProblem } from '../transports/drop.ts'
import type { LegacyEncoding } from '../transports/encoding.ts'
import { type FileReader, problemRecord } from '../transports/files.ts'
import type { Cell } from '../transports/header.ts'
import { openTables, type Table, type TableRow } from '../transports/table.ts'
import { type Column, columns, type HeaderLabel, headerLabels, type Layout, layoutOf } from './columns.ts'

export type NssfPull = {
  readonly encoding: LegacyEncoding | undefined
  /** The member register is the whole roll: who is not in it has left. */
  readonly fullRoll: boolean
}

/** So many known headings make a heading row. */
const atLeast = 4

export const makeReader = ({ encoding, fullRoll }: NssfPull): FileReader =>
  async function* (file) {
    let whole = true
    let register = false
    for await (const table of openTables(file, { columns, atLeast, encoding })) {
      const layout = table instanceof FileProblem ? undefined : layoutOf(table.headings)
      if (table instanceof FileProblem || !layout) {
        whole = false
        const problem = table instanceof FileProblem ? table : layoutUnknown
        yield problemRecord(file.name, problem)
      } else if (layout === 'member') {
        register = true
        yield* memberRows(file, table)
      } else yield* returnGroups(file, table, layout)
    }
    return fullRoll && register && whole ? ['member'] : []
  }

export const layoutUnknown = new FileProblem(
  'layout-unknown',
  'The headings are those of neither a member register (NSSF NO and DATE JOINED, STATUS or DOB) nor an employer return (CONTRIBUTIONS TYPE or GROSS PAY).',
)

const originOf = (file: DropFile, { sheet }: Table, row: number): string =>
  `${file.name}${sheet !== undefined && sheet > 1 ? ` sheet ${sheet}` : ''} row ${row}`

async function* memberRows(file: DropFile, table: Table): AsyncGenerator<RawRecord> {
  for await (const { row, cells } of table.rows) {
    yield { stream: 'member', origin: originOf(file, table, row), data: cells }
  }
}

type Group = { readonly row: number; readonly lines: TableRow['cells'][] }

/** One record a worker: in the portal's layout a worker has a line for each tier. Lines need not stand together. */
async function* returnGroups(
  file: DropFile,
  table: Table,
  layout: Exclude<Layout, 'member'>,
): AsyncGenerator<RawRecord> {
  const groups = new Map<string, Group>()
  const reader = cellReader(table)
  for await (const { row, cells } of table.rows) {
    const at = (column: Column) => reader(cells, column)
    if (isTotal(at)) continue
    const key = at('PAYROLL NO') || at('NSSF NO') || at('ID NO') || `row ${row}`
    const group = groups.get(key)
    if (group) group.lines.push(cells)
    else groups.set(key, { row, lines: [cells] })
  }
  const data = { layout, header: headerOf(file, table), counted: countOf([...groups.values()], reader) }
  for (const { row, lines } of groups.values()) {
    yield { stream: 'return', origin: originOf(file, table, row), data: { ...data, lines } }
  }
}

type CellReader = (cells: TableRow['cells'], column: Column) => string

/** Finds a column's cell by the heading it has in this table; '' when there is none. */
const cellReader = ({ headings }: Table): CellReader => {
  const byColumn = new Map([...headings].reverse().map((heading) => [columns.of(heading), heading]))
  return (cells, column) => {
    const heading = byColumn.get(column)
    const cell = heading === undefined ? undefined : cells[heading]
    return cell === undefined || cell === null ? '' : String(cell).trim()
  }
}

const totalWord = /^(grand )?totals?:?$/i

/** A closing row bears no worker's number, and no name beside the word. */
const isTotal = (at: (column: Column) => string): boolean => {
  const names = [at('SURNAME'), at('OTHER NAMES')]
  return (
    at('ID NO') === '' &&
    at('NSSF NO') === '' &&
    [at('PAYROLL NO'), ...names].some((text) => totalWord.test(text)) &&
    names.every((text) => text === '' || totalWord.test(text))
  )
}

/** The labels above the lines. A flat sheet has none, so its file name must tell employer and month. */
const headerOf = (file: DropFile, { preamble }: Table): { [label: string]: Cell } => {
  const header: { [label in HeaderLabel]?: Cell } = {}
  for (const row of preamble) {
    const filled = row.filter((cell) => cell !== null && cell !== '')
    const [label, value = null] = filled
    const known = typeof label === 'string' ? headerLabels.of(label) : undefined
    if (known) header[known] = value
  }
  const named = /(?<!\d)(\d{9,10})(?!\d)\D+(\d{4}-\d{2}|\d{6})(?!\d)/.exec(file.name)
  return {
    ...(named && { 'EMPLOYER NSSF NUMBER': named[1] ?? null, 'CONTRIBUTIONS PERIOD': named[2] ?? null }),
    ...header,
  }
}

type Counted = {
  readonly lines: number
  readonly people: number
  /** Cents: summed over lines, and with one INCOME a person; null where a cell is no amount. */
  readonly income: number | null
  readonly incomeByLine: number | null
  readonly member: number | null
  readonly employer: number | null
  readonly total: number | null
}

/** What the lines add up to, to hold against the totals that the employer wrote above them. */
const countOf = (groups: readonly Group[], reader: CellReader): Counted => {
  const lines = groups.flatMap((group) => group.lines)
  const firsts = groups.flatMap((group) => group.lines.slice(0, 1))
  const sum = (of: typeof lines, column: Column) => sumOf(of.map((cells) => reader(cells, column)))
  return {
    lines: lines.length,
    people: groups.length,
    income: sum(firsts, 'INCOME'),
    incomeByLine: sum(lines, 'INCOME'),
    member: sum(lines, 'MEMBER'),
    employer: sum(lines, 'EMPLOYER'),
    total: sum(lines, 'TOTAL'),
  }
}

const sumOf = (amounts: readonly string[]): number | null => {
  let sum = 0
  for (const amount of amounts) {
    const read = readMoney(amount, 'KES')
    if (read.outcome === 'invalid') return null
    sum += read.outcome === 'ok' ? read.money.amount : 0
  }
  return sum
}
