/** What the records of a person say together. Nothing is sure that one of them contradicts, and nothing that is not listed any more counts. */
import type { Benefit, Contribution, Enrolment, Household, Money, Month, PartialDate } from '../schemas/contract.ts'
import { addMonths, agesOn, holds, perhaps, surely } from './dates.ts'
import {
  at,
  benefitsOf,
  type Dossier,
  type DossierRecord,
  type FactRef,
  householdsOf,
  remembered,
  type Sourced,
} from './dossier.ts'
import { isPaidOut, listed } from './facts.ts'
import type { Country, Law } from './law/law.ts'

const countries: readonly Country[] = ['ke', 'la', 'pk', 'kg', 'cn']

/** A registry's id begins with its country's code. */
export const countryOf = (registry: string): Country | undefined =>
  countries.find((country) => registry.startsWith(`${country}-`))

/** The records that say something: those of the population registers where they do, else all. */
const heard = (dossier: Dossier, law: Law, says: (held: DossierRecord) => boolean): readonly DossierRecord[] => {
  const saying = listed(dossier).filter(says)
  const authorities = Object.values(law.authorities).flat()
  const own = saying.filter(({ registry }) => authorities.includes(registry))
  return own.length > 0 ? own : saying
}

/** Days that offices write when only the year is known. */
const usualDay = /-(01-01|07-01|12-31)$/

const bornOn = ({ record }: DossierRecord): PartialDate => {
  const born = record.birthDate ?? ''
  const guessed = usualDay.test(born) && record.quality.some(({ code }) => code === 'birth-date-heaped')
  return guessed ? born.slice(0, 4) : born
}

export type Age = { readonly least: number; readonly most: number; readonly evidence: readonly FactRef[] }

/** The youngest and the oldest that a person may be on a day by any record that counts; undefined when none has a birth date. */
export const ageOn = (dossier: Dossier, law: Law, day: string): Age | undefined => {
  const saying = heard(dossier, law, ({ record }) => record.birthDate !== undefined)
  if (saying.length === 0) return undefined
  const ages = saying.map((held) => agesOn(bornOn(held), day))
  return {
    least: Math.min(...ages.map(({ least }) => least)),
    most: Math.max(...ages.map(({ most }) => most)),
    evidence: saying.map((held) => at(held, '/birthDate')),
  }
}

type SexSaid = { readonly sex: 'male' | 'female'; readonly evidence: readonly FactRef[] }

/** The sex that the records which count agree on. */
export const sexOf = (dossier: Dossier, law: Law): SexSaid | undefined => {
  const saying = heard(dossier, law, ({ record }) => record.sex === 'male' || record.sex === 'female')
  const [sex, ...others] = [...new Set(saying.map(({ record }) => record.sex))]
  if (others.length > 0 || (sex !== 'male' && sex !== 'female')) return undefined
  return { sex, evidence: saying.map((held) => at(held, '/sex')) }
}

export type KnownDeath = {
  readonly status: 'reported' | 'registered' | 'verified'
  readonly date: PartialDate
  readonly registry: string
  readonly ref: FactRef
}

/** True when any registry says so, however weakly: nobody is told what a dead person could claim. */
export const saidDead = remembered((dossier: Dossier): boolean =>
  listed(dossier).some(({ record }) => record.death !== undefined),
)

/** A death that is on paper. A flag alone is not: registries carry it on living people. */
export const surelyDead = (dossier: Dossier): boolean =>
  listed(dossier).some(({ record }) => record.death !== undefined && record.death.status !== 'reported')

/** Deaths with a date, as far as a registry that lists the person says so today. */
export const deathsOf = (dossier: Dossier): KnownDeath[] =>
  listed(dossier).flatMap((held) => {
    const { death } = held.record
    return death?.date ? [{ ...death, date: death.date, registry: held.registry, ref: at(held, '/death') }] : []
  })

/** A member on that day beyond doubt. */
export const isMember = (enrolment: Enrolment, day: string): boolean =>
  enrolment.status === 'active' && holds(surely(enrolment), day)

/** A member beyond doubt, of a scheme that still runs. */
export const isInsured = (enrolment: Enrolment, law: Law, day: string): boolean =>
  isMember(enrolment, day) && (law.schemes[enrolment.scheme]?.until ?? day) >= day

const over: readonly Enrolment['status'][] = ['ended', 'inactive', 'deceased']

/** A member on that day for all that is known: suspended, contradictory and imprecise memberships included. */
export const mayBeMember = (enrolment: Enrolment, day: string): boolean =>
  !over.includes(enrolment.status) && holds(perhaps(enrolment), day)

/** A household as groups.ts keys it. */
export const householdKey = ({ registry, value }: Sourced<Household>): string => `${registry}:${value.number}`

/** The households that a person may be in on a day. */
export const homesOn = (dossier: Dossier, day: string): Sourced<Household>[] =>
  householdsOf(dossier).filter(({ value }) => holds(perhaps(value), day))

/** Her place in a household, if she is in it on that day beyond doubt. */
export const livingIn = (dossier: Dossier, key: string, day: string): Sourced<Household> | undefined =>
  householdsOf(dossier).find((home) => householdKey(home) === key && holds(surely(home.value), day))

/** The month that a benefit is for. One that names no time is for the month of its payment, or for so many months before that. */
export const monthOf = ({ month, from, paidOn }: Benefit, arrears = 0): Month | undefined => {
  if (month) return month
  if (from && from.length >= 7) return from.slice(0, 7)
  return paidOn && paidOn.length >= 7 ? addMonths(paidOn, -arrears) : undefined
}

/** Money that went out, or is on its way, for the so many months before a day. */
export const drawnWithin = (dossier: Dossier, months: number, day: string): Sourced<Benefit>[] =>
  benefitsOf(dossier).filter(({ value }) => {
    const month = monthOf(value)
    if (month === undefined || !isPaidOut(value)) return false
    return addMonths(day, -months) <= month && month <= day.slice(0, 7)
  })

/** What a line brought in, all shares together. */
export const paidIn = ({ total, employeeShare, employerShare }: Contribution): Money | undefined => {
  const [first, second] = total ? [total] : [employeeShare, employerShare].filter((share) => share !== undefined)
  return first && { ...first, amount: first.amount + (second?.currency === first.currency ? second.amount : 0) }
}

/** The sum of amounts in the first one's currency; undefined without any. */
export const sumOf = (amounts: readonly (Money | undefined)[]): Money | undefined => {
  const [first, ...others] = amounts.filter((amount) => amount !== undefined)
  if (!first) return undefined
  const same = others.filter(({ currency }) => currency === first.currency)
  return { ...first, amount: same.reduce((sum, { amount }) => sum + amount, first.amount) }
}

/** As an officer reads it: KES 4000.00. All currencies here have two decimal places. */
export const moneyText = ({ amount, currency }: Money): string => `${currency} ${(amount / 100).toFixed(2)}`
