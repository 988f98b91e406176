/** What an employer declared for one worker in one month: the worker's lines together, under the return's header. */
import type { Contribution, Employer, Identifier, Month, SourceRecord } from '../../schemas/contract.ts'
import { readMonth } from '../../schemas/values/money.ts'
import type { AdapterSettings, Normalised, RawRecord } from '../contract.ts'
import { type Cells, makeRemarks, moneyIn, type Remarks, readCells } from '../transports/cells.ts'
import { type Column, columns, type HeaderLabel, headerLabels } from './columns.ts'
import { isSynthetic, readName, readNumbers, unique } from './identity.ts'
import { act2013, branches, employerIn } from './scheme.ts'
import { tiers } from './tiers.ts'
import { compareTotals } from './totals.ts'

type Row = Cells<Column>

/** A worker has a line a tier, and perhaps corrections; more is a payroll number that many share. */
const mostLines = 12

type ReturnData = {
  readonly layout: unknown
  readonly header: unknown
  readonly lines: unknown
  readonly counted: unknown
}

export const normaliseReturn = (raw: RawRecord, settings: AdapterSettings): Normalised => {
  const remarks = makeRemarks()
  const data: Partial<ReturnData> = raw.data ?? {}
  const header = readCells(data.header, headerLabels, remarks, '/header')
  const employer = readEmployer(header, remarks)
  const month = readPeriod(header, settings, remarks)
  const rows = readLines(data.lines, remarks)
  const [first] = rows
  const numbers = rows.map((row) => readNumbers(row, remarks))
  const identifiers = unique(numbers.flat())
  const payroll = first?.text('PAYROLL NO') || identifiers.find(({ type }) => type === 'nssf-number')?.value
  if (first && !isKey(payroll)) {
    const message = 'A return line needs a payroll number (at most 60 characters) or, without one, the NSSF number.'
    remarks.refuse(first.pointer('PAYROLL NO'), 'payroll-number', message)
  }
  refuseStrangers(rows, numbers, remarks)
  const name = first && readName(first, { surname: 'unknown', others: 'unknown' }, remarks)
  const sourceId = employer && month && isKey(payroll) ? `${employer.id}/${month}/${payroll}` : undefined
  const contributions =
    employer && month ? readContributions(data.layout === 'flat', rows, { employer, month }, remarks) : []
  compareTotals(header, data.counted, remarks)

  if (remarks.reasons.length > 0 || !sourceId || !name || !employer) {
    return { outcome: 'rejection', ...(sourceId && { sourceId }), reasons: remarks.reasons }
  }
  const memberNumber = identifiers.find(({ type }) => type === 'nssf-number')?.value
  const record: SourceRecord = {
    registry: settings.registry,
    stream: 'return',
    sourceId,
    names: [name],
    identifiers,
    enrolments: [
      {
        scheme: act2013,
        branches,
        status: 'active',
        ...(memberNumber && { memberNumber }),
        category: 'employed',
        employer,
      },
    ],
    contributions,
    benefits: [],
    quality: remarks.notes,
    ...(rows.some(isSynthetic) && { synthetic: true }),
  }
  return { outcome: 'record', record }
}

const isKey = (text: string | undefined): text is string => text !== undefined && text !== '' && text.length <= 60

const readEmployer = (header: Cells<HeaderLabel>, remarks: Remarks): Employer | undefined => {
  const employer = employerIn(header, 'EMPLOYER NSSF NUMBER', 'EMPLOYER NAME', remarks)
  if (employer) return employer
  const message =
    'A return needs the employer’s NSSF number, nine or ten digits: above the lines, or in the file’s name as <number>_<MMYYYY>.'
  return void remarks.refuse(header.pointer('EMPLOYER NSSF NUMBER'), 'employer-number', message)
}

const readPeriod = (header: Cells<HeaderLabel>, { today }: AdapterSettings, remarks: Remarks): Month | undefined => {
  const read = readMonth(header.value('CONTRIBUTIONS PERIOD'), today)
  if (read) return read.month
  return void remarks.refuse(
    header.pointer('CONTRIBUTIONS PERIOD'),
    'month',
    'A return needs its month as MMYYYY, such as 022026.',
  )
}

const readLines = (lines: unknown, remarks: Remarks): Row[] => {
  if (!Array.isArray(lines) || lines.length === 0) {
    remarks.refuse('/lines', 'lines', 'A return record needs the worker’s lines.')
    return []
  }
  if (lines.length > mostLines) {
    const message = `More than ${mostLines} lines bear this payroll number. Give every worker a number of their own.`
    remarks.refuse('/lines', 'payroll-number-shared', message)
    return []
  }
  return Array.from(lines, (line: unknown, index) => readCells(line, columns, remarks, `/lines/${index}`))
}

const nameWords = (row: Row | undefined): Set<string> =>
  new Set(
    (['SURNAME', 'OTHER NAMES', 'FULL NAME'] as const).flatMap(
      (column) =>
        row
          ?.text(column)
          .toUpperCase()
          .split(' ')
          .filter((word) => word !== '') ?? [],
    ),
  )

/** One name may leave out words of the other, and no more. */
const isSameName = (a: Set<string>, b: Set<string>): boolean => {
  const [fewer, more] = a.size < b.size ? [a, b] : [b, a]
  return [...fewer].every((word) => more.has(word))
}

/**
 * Lines of one payroll number that name two different people: nobody can tell whose money it is. Numbers decide; a line without
 * any has only its name, and a payroll number such as `-` is often shared by those.
 */
const refuseStrangers = (rows: readonly Row[], numbers: readonly (readonly Identifier[])[], remarks: Remarks): void => {
  const all = numbers.flat()
  const first = nameWords(rows[0])
  rows.forEach((row, index) => {
    const own = numbers[index] ?? []
    const differs = own.some(({ type, value }) => all.some((other) => other.type === type && other.value !== value))
    if (!differs && (own.length > 0 || isSameName(first, nameWords(row)))) return
    const message = 'Two different people stand under this payroll number.'
    remarks.refuse(row.pointer('PAYROLL NO'), 'payroll-number-shared', message)
  })
}

type Declared = { readonly employer: Employer; readonly month: Month }

const readContributions = (
  flat: boolean,
  rows: readonly Row[],
  declared: Declared,
  remarks: Remarks,
): Contribution[] => {
  const found = flat
    ? rows.flatMap((row) => fromPay(row, declared, remarks))
    : rows.flatMap((row) => fromLine(row, declared, remarks))
  const seen = new Set<string>()
  return found.flatMap(({ contribution, pointer }, index) => {
    const { base: _, ...content } = contribution
    const key = JSON.stringify(content)
    // The same line twice is a slip of the mouse; the same tier with another amount is a correction or arrears.
    if (seen.has(key)) {
      remarks.note('contradictory-status', pointer)
      return []
    }
    seen.add(key)
    // Pay is repeated on every line of a worker, and counts once.
    return [index === 0 || flat ? contribution : content]
  })
}

type Found = { readonly contribution: Contribution; readonly pointer: string }

const components: { readonly [type: string]: string } = { 101: 'tier-1', 102: 'tier-2' }

const fromLine = (row: Row, { employer, month }: Declared, remarks: Remarks): Found[] => {
  const type = row.text('CONTRIBUTIONS TYPE').replace(/\.0$/, '')
  const component = Object.hasOwn(components, type) ? components[type] : undefined
  if (!component)
    remarks.refuse(row.pointer('CONTRIBUTIONS TYPE'), 'contribution-type', 'The type is 101 (Tier I) or 102 (Tier II).')
  const base = moneyIn(row, 'INCOME', 'KES', remarks)
  const employeeShare = moneyIn(row, 'MEMBER', 'KES', remarks)
  const employerShare = moneyIn(row, 'EMPLOYER', 'KES', remarks)
  const written = moneyIn(row, 'TOTAL', 'KES', remarks)
  const sum = employeeShare &&
    employerShare && { ...employeeShare, amount: employeeShare.amount + employerShare.amount }
  const total = written ?? sum
  if (!total) remarks.refuse(row.pointer('TOTAL'), 'amount-missing', 'A line needs TOTAL, or both MEMBER and EMPLOYER.')
  if (!total || !component) return []
  if (sum && sum.amount !== total.amount) remarks.note('contradictory-status', row.pointer('TOTAL'))
  const contribution: Contribution = {
    scheme: act2013,
    month,
    component,
    state: 'declared',
    ...(base && { base }),
    ...(employeeShare && { employeeShare }),
    ...(employerShare && { employerShare }),
    total,
    employer,
  }
  return [{ contribution, pointer: row.pointer('CONTRIBUTIONS TYPE') }]
}

/** A flat sheet declares pay alone; what is due on it follows from the Act. Voluntary savings are declared as they are. */
const fromPay = (row: Row, { employer, month }: Declared, remarks: Remarks): Found[] => {
  const pay = moneyIn(row, 'GROSS PAY', 'KES', remarks)
  const extra = moneyIn(row, 'VOLUNTARY', 'KES', remarks)
  const pointer = row.pointer('GROSS PAY')
  if (!pay) {
    remarks.refuse(pointer, 'amount-missing', 'A line needs the gross pay.')
    return []
  }
  const shares = tiers(pay.amount, month)
  const base: Contribution = { scheme: act2013, month, state: 'declared', base: pay, employer }
  const due = (component: string, share: number): Contribution => {
    const money = { ...pay, amount: share }
    return {
      scheme: act2013,
      month,
      component,
      state: 'due',
      employeeShare: money,
      employerShare: money,
      total: { ...pay, amount: share * 2 },
      employer,
    }
  }
  const byLaw = shares
    ? [{ ...due('tier-1', shares.tier1), base: pay }, ...(shares.tier2 > 0 ? [due('tier-2', shares.tier2)] : [])]
    : [base]
  const voluntary: Contribution[] =
    extra && extra.amount > 0
      ? [
          {
            scheme: act2013,
            month,
            component: 'voluntary',
            state: 'declared',
            employeeShare: extra,
            total: extra,
            employer,
          },
        ]
      : []
  return [...byLaw, ...voluntary].map((contribution) => ({ contribution, pointer }))
}
