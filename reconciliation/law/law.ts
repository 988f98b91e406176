/** What the law and the schemes' own rules say, by country and date: data, each figure with its source. */
import type { Branch, Identifier, Money } from '../../schemas/contract.ts'

export type Country = Identifier['issuer']

/** A figure from a day on, until the next one of its list. Dates are YYYY-MM-DD or YYYY-MM; lists are ordered. */
export type Dated<Figure> = {
  readonly from: string
  readonly figure: Figure
  /** The act, order or page it is from. */
  readonly source: string
}

/** What a rule has to know about a scheme. */
export type SchemeLaw = {
  readonly country: Country
  readonly registry: string
  readonly title: string
  readonly branches: readonly Branch[]
  /** Who pays: `contributory` members, or the state to people in need (`means-tested`) or to all (`universal`); `payroll` is pay itself. */
  readonly financing: 'contributory' | 'means-tested' | 'universal' | 'payroll'
  /** Whoever is employed has to be in it. */
  readonly mandatory?: boolean
  /** Entitles one person, or a household. Default person. */
  readonly unit?: 'person' | 'household'
  /** First and last day of the scheme itself, where it began or ended within living memory. */
  readonly from?: string
  readonly until?: string
  /** The hub reads what employers declare for each month. Without it, a line that was not declared means nothing. */
  readonly returns?: boolean
  /** The hub reads what the fund received for each month. Without it, a line that was not received means nothing. */
  readonly ledger?: boolean
  /** The hub reads what the scheme pays out. Without it, a benefit that was not paid means nothing. */
  readonly payouts?: boolean
  readonly arrears?: Arrears
  /** Who may be enrolled, as far as records can show it. Without it, nobody is referred to the scheme. */
  readonly eligible?: readonly Dated<Eligibility>[]
  /** What it pays for a month, in minor units of the country's currency. */
  readonly tariff?: readonly Dated<Money>[]
  /** Orders of platform workers that it insures against injury: each of them, in these regions and kinds of work. */
  readonly insuresOrders?: readonly Dated<{
    readonly regions: readonly string[]
    readonly services: readonly string[]
  }>[]
  /** Households that one caregiver may collect for. */
  readonly caregiverHouseholds?: readonly Dated<number>[]
}

/** All of it has to hold. Scores are those of assessments. */
export type Eligibility = {
  readonly age?: number
  readonly sex?: 'female'
  readonly everMarried?: true
  /** Poor, by no score that the scheme publishes. */
  readonly isPoor?: true
  /** Poverty score, at most. */
  readonly poverty?: number
  /** Grade of disability, at least. */
  readonly disability?: number
}

/** When a month's contributions are due, and what it costs to be late. */
export type Arrears = {
  /** Day of the next month. */
  readonly dueDay: number
  /** Share of the unpaid sum, for each month that has begun since. */
  readonly penalty?: number
  readonly source: string
}

/** Two schemes that nobody, or no household, may draw at once. `holds` is the one that gives way. */
export type Incompatibility = {
  readonly schemes: readonly [string, string]
  readonly unit: 'person' | 'household'
  readonly holds: string
  readonly source: string
}

/** One side's part of a month's contribution, or the whole, from pay; in minor units of the country's currency. */
export type Rate = (pay: number) => number

export type CountryLaw = {
  /** Age at which an old-age pension may be drawn (`early` with reductions), by sex. */
  readonly pensionAge: readonly Dated<{ readonly male: number; readonly female: number; readonly early?: number }>[]
  /** Youngest age of work that pays contributions; `hazardous` work from a later one. */
  readonly workingAge: readonly Dated<{ readonly general: number; readonly hazardous: number }>[]
  /** Age at which a dependant is one no more; a student's may be later. */
  readonly dependantUntil: readonly Dated<{ readonly age: number; readonly student?: number }>[]
  /**
   * The whole month's contribution that is due on a month's pay, by scheme, or by scheme and component (`scheme#component`). Where
   * lines have no components, the names after # are variants, such as one for each kind of employer: any of them will do.
   */
  readonly rates: Readonly<Record<string, readonly Dated<Rate | undefined>[]>>
  /** Months of contributions that a maternity benefit asks for, within so many months before the birth, by scheme. */
  readonly maternity: Readonly<Record<string, readonly Dated<{ readonly months: number; readonly within: number }>[]>>
}

export type Law = {
  readonly schemes: Readonly<Record<string, SchemeLaw>>
  readonly incompatible: readonly Incompatibility[]
  readonly countries: Readonly<Partial<Record<Country, CountryLaw>>>
  /** Registries whose word about name, birth date and sex counts, by country: the population register and its like. */
  readonly authorities: Readonly<Partial<Record<Country, readonly string[]>>>
  /** The lists of a registry that hold a person once, by the stream's name before its slash: who stands there twice, is there twice. */
  readonly registers: Readonly<Record<string, readonly string[]>>
}

/** The figure in force on a day or in a month; undefined before the first. */
export const inForce = <Figure>(list: readonly Dated<Figure>[] | undefined, on: string): Figure | undefined =>
  list?.findLast(({ from }) => from.slice(0, on.length) <= on.slice(0, from.length))?.figure
