/** The pension fund's files: its member register, and what employers send each month. */
import { dayFirst } from '../calendar.ts'
import type { DemoCountry } from '../country.ts'
import * as fault from '../faults.ts'
import { nssfNumber } from '../numbers.ts'
import type { Employer, NameWord, NssfMembership, Person } from '../person.ts'
import { nssfShare } from '../schemes.ts'
import type { Line } from '../truth.ts'
import type { Cell } from './workbook.ts'

export const registerColumns = [
  'NSSF NO',
  'SURNAME',
  'OTHER NAMES',
  'ID TYPE',
  'ID NO',
  'KRA PIN',
  'DATE OF BIRTH',
  'SEX',
  'PHONE',
  'COUNTY',
  'EMPLOYER NO',
  'EMPLOYER NAME',
  'MEMBER TYPE',
  'DATE OF REGISTRATION',
  'STATUS',
  'TIER II CONTRACTED OUT',
  'SYNTHETIC',
] as const

const returnColumns = [
  'PAYROLL NO',
  'SURNAME',
  'OTHER NAMES',
  'ID NO',
  'KRA PIN',
  'NSSF NO',
  'CONTRIBUTIONS \n TYPE',
  'INCOME',
  'INCOME TYPE',
  'MEMBER',
  'EMPLOYER',
  'TOTAL',
  'SYNTHETIC',
] as const

const flatColumns = [
  'Payroll No',
  'Surname',
  'Other Names',
  'National ID',
  'KRA No',
  'NSSF No',
  'Gross Pay',
  'SYNTHETIC',
] as const

type Member = Person & { readonly nssf: NssfMembership }
export const isMember = (person: Person): person is Member => person.nssf !== undefined

/** The words as this registry holds them; the last one stands under SURNAME. */
const namesIn = (person: Person, luck: fault.Luck): NameWord[] => {
  let words = [...person.words]
  if (luck.struck('middle_name_dropped')) words = fault.middleDropped(words)
  else if (luck.struck('initial_only')) words = fault.middleInitial(words)
  if (luck.struck('spelling_variant')) words = fault.respelt(words, luck)
  if (luck.struck('apostrophe_variant')) words = fault.apostropheVaried(words, luck)
  // The payroll software splits a display name at its first space, so the given name lands under SURNAME.
  if (luck.struck('name_order_swapped')) words = [...words.slice(1), ...words.slice(0, 1)]
  return words
}

const surnameOf = (words: readonly NameWord[]): string => words[words.length - 1]?.written ?? ''
const otherNamesOf = (words: readonly NameWord[]): string => fault.joined(words.slice(0, -1))

const idOf = (person: Person, luck: fault.Luck): string => {
  const number = person.told?.nssfIdentity ?? person.identity?.number ?? ''
  if (luck.struck('id_missing')) return ''
  return luck.struck('id_transposed_digit') ? fault.transposed(number, luck) : number
}

const bornIn = (person: Person, luck: fault.Luck): string => {
  if (luck.struck('dob_jan1')) return fault.firstOfYear(person.born)
  if (luck.struck('dob_off_by_year')) return fault.otherYear(person.born, luck)
  return luck.struck('day_month_swapped') ? fault.dayMonthSwapped(person.born) : person.born
}

const phoneIn = (person: Person, luck: fault.Luck, country: DemoCountry): string => {
  if (luck.struck('placeholder_phone')) return '0700000000'
  const shared = luck.struck('shared_phone')
    ? country.people[Math.max(0, person.index - luck.random.between(1, 30))]
    : undefined
  const phone = (shared?.phones[0] ?? person.phones[0] ?? '').replace('+254', '0')
  // Excel takes the leading zero away.
  return luck.struck('id_leading_zero_lost') ? phone.replace(/^0/, '') : phone
}

const memberType = { employed: 'EMPLOYED', 'haba-haba': 'HABA HABA', retired: 'EMPLOYED' }

/** A member's rows in the register (two when registered twice), each with its truth. */
export const registerRows = (person: Member, country: DemoCountry, options: fault.FaultOptions): Line[] => {
  const luck = fault.luckOf(options, 'KE_NSSF', person)
  const employer = person.job ? country.employers[person.job.employer] : undefined
  const words = namesIn(person, luck)
  const wrongSex = luck.struck('sex_wrong')
  const shared = {
    id: idOf(person, luck),
    born: dayFirst(bornIn(person, luck)),
    sex: (person.sex === 'male') !== wrongSex ? 'M' : 'F',
    phone: phoneIn(person, luck, country),
  }
  const row = (number: string, status: string): Line => ({
    truth: { registry: 'ke-nssf', stream: 'member', sourceId: number, handle: person.handle },
    cells: [
      number,
      surnameOf(words),
      otherNamesOf(words),
      person.identity?.type === 'refugee-id' ? 'REFUGEE ID' : 'NATIONAL ID',
      shared.id,
      person.taxPin ?? '',
      shared.born,
      shared.sex,
      shared.phone,
      person.place.name,
      employer?.number ?? '',
      employer?.name ?? '',
      memberType[person.nssf.kind],
      dayFirst(person.nssf.joined),
      status,
      person.nssf.contractedOut ? 'Y' : '',
      'SYNTHETIC',
    ],
  })
  const current = row(person.nssf.number, person.nssf.kind === 'retired' ? 'RETIRED' : 'ACTIVE')
  const twice =
    person.nssf.earlierNumber ??
    (luck.struck('dup_member_same_person') ? nssfNumber(person.index + 50_000_000) : undefined)
  return twice === undefined ? [current] : [row(twice, 'INACTIVE'), current]
}

/** What one employer's payroll knows about a worker; the same in every month. */
export type PayrollEntry = {
  readonly person: Member
  readonly payrollNo: string
  readonly pay: number
  readonly cells: readonly [string, string, string, string, string]
}

export const payrollEntry = (person: Member, options: fault.FaultOptions): PayrollEntry => {
  const luck = fault.luckOf(options, 'KE_NSSF', person, 'payroll')
  const words = namesIn(person, luck)
  const id = idOf(person, luck)
  const number = person.nssf.number
  const { payrollNo = '', pay = 0 } = person.job ?? {}
  const names = [surnameOf(words), otherNamesOf(words)] as const
  // Nobody can tell whose money this is: no fund number, and an identity number with a slip in it.
  if (luck.struck('unallocated_to_suspense')) {
    return { person, payrollNo, pay, cells: [...names, id && fault.transposed(id, luck), '', ''] }
  }
  if (luck.struck('id_in_nssf_column'))
    return { person, payrollNo, pay, cells: [...names, '', person.taxPin ?? '', id] }
  return { person, payrollNo, pay, cells: [...names, id, person.taxPin ?? '', number] }
}

/** The portal's workbook: ten rows of header, a blank one, then a 101 and mostly a 102 line a worker. */
export const returnRows = (employer: Employer, month: string, entries: readonly PayrollEntry[]): Cell[][] => {
  const lines = entries.flatMap((entry) => returnLines(entry, month))
  const sum = (column: number): number => lines.reduce((total, line) => total + Number(line[column] ?? 0), 0)
  const income = entries.reduce((total, { pay }) => total + pay, 0)
  const header: Cell[][] = [
    ['NSSF CONTRIBUTION', `99${employer.number.slice(2)}${month.replace('-', '')}`],
    ['EMPLOYER KRA PIN', employer.taxPin],
    ['EMPLOYER NSSF NUMBER', employer.number],
    ['EMPLOYER NAME', employer.name],
    ['CONTRIBUTIONS PERIOD', `${month.slice(5)}${month.slice(0, 4)}`],
    ['TOTAL INCOME', income],
    ['TOTAL MEMBER', sum(9)],
    ['TOTAL EMPLOYER', sum(10)],
    ['TOTAL CONTRIBUTIONS', sum(11)],
    ['TOTAL RECORDS', lines.length],
    [],
  ]
  return [...header, [...returnColumns], ...lines]
}

const returnLines = ({ person, payrollNo, pay, cells }: PayrollEntry, month: string): Cell[][] => {
  const { tier1, tier2 } = nssfShare(person.told?.shareOf?.nssf ?? pay, month)
  const line = (type: string, share: number): Cell[] => [
    payrollNo,
    ...cells,
    type,
    pay,
    '1',
    share,
    share,
    share * 2,
    'SYNTHETIC',
  ]
  return tier2 > 0 && !person.nssf.contractedOut ? [line('101', tier1), line('102', tier2)] : [line('101', tier1)]
}

/** The flat sheet of employers whose software knows no portal layout: no header block, gross pay instead of tiers. */
export const flatRows = (entries: readonly PayrollEntry[]): Cell[][] => [
  [...flatColumns],
  ...entries.map(({ payrollNo, pay, cells }) => [payrollNo, ...cells, pay, 'SYNTHETIC']),
]

export const returnTruth = (employer: Employer, month: string, { person, payrollNo }: PayrollEntry): Line['truth'] => ({
  registry: 'ke-nssf',
  stream: 'return',
  sourceId: `${employer.number}/${month}/${payrollNo}`,
  handle: person.handle,
})
