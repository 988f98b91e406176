/** The health insurer's files: the old fund's member export, and the employers' monthly by-product workbooks. */
import { dayFirst } from '../calendar.ts'
import type { DemoCountry } from '../country.ts'
import * as fault from '../faults.ts'
import type { Employer, Job, NameWord, Person, ShaMembership } from '../person.ts'
import { shifAmount } from '../schemes.ts'
import type { Line, Truth } from '../truth.ts'
import type { Cell } from './workbook.ts'

export const nhifColumns = [
  'NHIF NO',
  'DEPENDANT NO',
  'RELATIONSHIP',
  'SURNAME',
  'OTHER NAMES',
  'ID NO',
  'DOB',
  'SEX',
  'PHONE',
  'EMPLOYER CODE',
  'COUNTY',
  'SYNTHETIC',
] as const

type Insured = Person & { readonly sha: ShaMembership }
type Contributor = Insured & { readonly job: Job }
export const isInsured = (person: Person): person is Insured => person.sha !== undefined
/** Paid work whose employer sends by-products: people without cover are those it forgot. */
export const isContributor = (person: Person): person is Contributor =>
  isInsured(person) && person.job !== undefined && person.sha.cover === 'employed'

/** The name as this insurer holds it, in the bearer's order (or the other way round). */
export const namesIn = (person: Person, luck: fault.Luck): NameWord[] => {
  let words = [...person.words]
  if (luck.struck('spelling_variant')) words = fault.respelt(words, luck)
  return luck.struck('name_order_swapped') ? fault.orderSwapped(words) : words
}

export const bornIn = (person: Person, luck: fault.Luck): string =>
  luck.struck('dob_jan1') ? fault.firstOfYear(person.born) : person.born

const relationships = { head: 'PRINCIPAL', spouse: 'SPOUSE', child: 'CHILD' }

/** A member's row of the old export (a second one for a dependant who was listed twice). */
export const nhifRows = (person: Insured, country: DemoCountry, options: fault.FaultOptions): Line[] => {
  const { nhif } = person.sha
  if (!nhif) return []
  const luck = fault.luckOf(options, 'KE_SHA', person, 'nhif')
  const words = namesIn(person, luck)
  const space = luck.struck('trailing_space') ? ' ' : ''
  const noId = person.role === 'child' && luck.struck('id_missing_child')
  const head = luck.struck('shared_phone') ? country.people[person.index - 1] : undefined
  const phone = person.told?.nhif?.phone ?? head?.phones[0] ?? person.phones[0] ?? ''
  const employer = person.job ? country.employers[person.job.employer] : undefined
  const row = (dependant: number): Line => ({
    truth: {
      registry: 'ke-sha',
      stream: 'nhif',
      sourceId: dependant === 0 ? nhif.number : `${nhif.number}/${dependant}`,
      handle: person.handle,
    },
    cells: [
      nhif.number,
      dependant === 0 ? '' : dependant,
      dependant === 0 ? 'PRINCIPAL' : relationships[person.role],
      words[words.length - 1]?.written ?? '',
      `${fault.joined(words.slice(0, -1))}${space}`,
      noId ? '' : (person.identity?.number ?? ''),
      dayFirst(bornIn(person, luck)),
      person.sex === 'male' ? 'M' : 'F',
      phone.replace('+254', '0'),
      employer?.shaCode ?? '',
      person.told?.nhif?.place.name ?? person.place.name,
      'SYNTHETIC',
    ],
  })
  const twice = nhif.dependant > 0 && luck.struck('dependent_listed_twice')
  return twice ? [row(nhif.dependant), row(nhif.dependant + 20)] : [row(nhif.dependant)]
}

export type ByProductEntry = {
  readonly person: Contributor
  readonly words: readonly NameWord[]
  readonly number: string
}

export const byProductEntry = (person: Contributor, options: fault.FaultOptions): ByProductEntry => {
  const luck = fault.luckOf(options, 'KE_SHA', person, 'by-product')
  const old = person.sha.nhif?.dependant === 0 ? person.sha.nhif.number : undefined
  // Many payrolls never replaced the old fund's number.
  return { person, words: namesIn(person, luck), number: luck.random.chance(0.3) && old ? old : person.sha.number }
}

/** `2026-8`: the payroll software does not pad the month. */
const monthOf = (month: string): string => `${month.slice(0, 4)}-${Number(month.slice(5))}`

/**
 * One employer's month. Software of the first kind writes last and first name; the second kind writes one name under the
 * heading EMPLOYER NAME. Both close with a TOTAL row.
 */
export const byProductRows = (employer: Employer, month: string, entries: readonly ByProductEntry[]): Cell[][] => {
  const mislabelled = employer.index % 2 === 0
  const nameHeadings = mislabelled ? ['EMPLOYER NAME'] : ['LAST NAME', 'FIRST NAME']
  const nameCells = (words: readonly NameWord[]): string[] =>
    mislabelled
      ? [fault.joined(words).toUpperCase()]
      : [words[words.length - 1]?.written ?? '', fault.joined(words.slice(0, -1))]
  const lines = entries.map(({ person, words, number }): Cell[] => [
    person.job.payrollNo,
    ...nameCells(words),
    person.identity?.number ?? '',
    number,
    shifAmount(person.job.pay),
    'SYNTHETIC',
  ])
  const total = entries.reduce((sum, { person }) => sum + Math.round(shifAmount(person.job.pay) * 100), 0) / 100
  return [
    ['EMPLOYER CODE', employer.shaCode],
    ['EMPLOYER NAME', employer.name],
    ['MONTH OF CONTRIBUTION', monthOf(month)],
    [],
    ['PAYROLL NO', ...nameHeadings, 'ID NO', 'NHIF NO / SHIF NO', 'AMOUNT', 'SYNTHETIC'],
    ...lines,
    ['TOTAL', ...nameHeadings.map(() => null), null, null, total, null],
  ]
}

export const byProductTruth = (employer: Employer, month: string, { person }: ByProductEntry): Truth => ({
  registry: 'ke-sha',
  stream: 'by-product',
  sourceId: `${employer.shaCode}/${month}/${person.job.payrollNo}`,
  handle: person.handle,
})
