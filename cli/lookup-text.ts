/** What a look-up answered, as a person reads it. */
import type { Beneficiary, LookupAnswer, RegistryStatus } from '../schemas/contract.ts'
import { columns } from './columns.ts'
import { moneyText } from './reconcile/table.ts'

/** Lines of contributions and of benefits; a clerk wants to know how it stands, not its history. */
const mostLines = 6

/** Some lines for a terminal. `json` has everything. What a registry sent may not steer the terminal. */
export const lookupText = (answer: LookupAnswer): string => textOf(answer).replace(/[^\P{Cc}\n]/gu, '')

function textOf(answer: LookupAnswer): string {
  if (answer.outcome === 'none')
    return [
      'No record that you may see has this number.',
      ...section('Registries', answer.registries.map(registryRow)),
    ].join('\n')
  const { beneficiary } = answer
  return [
    beneficiary.name?.full ?? 'One person, whose name you may not see',
    ...indented(columns(identity(beneficiary))),
    ...section('Enrolments', enrolments(beneficiary)),
    ...section('Contributions, newest first', contributions(beneficiary), mostLines),
    ...section('Benefits, newest first', benefits(beneficiary), mostLines),
    ...section('Registries', beneficiary.registries.map(registryRow)),
  ].join('\n')
}

type Row = readonly string[]

const indented = (lines: readonly string[]) => lines.map((line) => `  ${line}`)

function section(title: string, rows: readonly Row[], most = rows.length): string[] {
  if (rows.length === 0) return []
  const left = rows.length - most
  // The line that says so would take the place of a single one.
  const isLong = left > 1
  const lines = indented(columns(isLong ? rows.slice(0, most) : rows))
  return ['', title, ...lines, ...(isLong ? [`  and ${left} more; --json prints them all`] : [])]
}

function identity({ id, otherNames = [], birthDate, sex, death, identifiers = [], phones = [] }: Beneficiary): Row[] {
  const unsure = (one: { readonly disputed: boolean }) => (one.disputed ? ' (the registries do not agree)' : '')
  const others = [...new Set(otherNames.map(({ full }) => full))]
  return [
    ...others.map((full) => ['also', full]),
    ...(birthDate ? [['born', `${birthDate.value}${unsure(birthDate)}`]] : []),
    ...(sex ? [['sex', `${sex.value}${unsure(sex)}`]] : []),
    ...(death ? [['died', `${death.date ?? 'on a day that is not known'} (${death.status})`]] : []),
    ...identifiers.map(({ type, issuer, value }) => [type, `${value} (${issuer})`]),
    ...phones.map(({ number }) => ['phone', number]),
    ['id', id],
  ]
}

const enrolments = ({ enrolments = [] }: Beneficiary): Row[] =>
  enrolments.map(({ scheme, status, from, until, branches, employer }) => [
    scheme,
    status,
    [from && `from ${from}`, until && `until ${until}`].filter(Boolean).join(' '),
    branches.join(', '),
    employer ? (employer.name ?? employer.id) : '',
  ])

const contributions = ({ contributions = [] }: Beneficiary): Row[] =>
  contributions.map(({ scheme, month, component, state, total }) => [
    month,
    component ? `${scheme} ${component}` : scheme,
    state,
    total ? moneyText(total.amount, total.currency) : '',
  ])

const benefits = ({ benefits = [] }: Beneficiary): Row[] =>
  benefits.map(({ scheme, month, kind, state, amount }) => [
    month ?? '',
    scheme,
    `${kind}, ${state}`,
    amount ? moneyText(amount.amount, amount.currency) : '',
  ])

const standings: { readonly [status in RegistryStatus['status']]: string } = {
  record: 'has a record',
  'no-record': 'has no record',
  unavailable: 'cannot be reached, so it may have one',
}

const registryRow = ({ registry, status, asOf, stale }: RegistryStatus): Row => [
  registry,
  standings[status],
  asOf ? `as of ${asOf.slice(0, 16).replace('T', ' ')} UTC${stale ? ', older than it promises' : ''}` : '',
]
