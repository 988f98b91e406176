/** What the rules find in ordinary life: said from what the generator knows of each person, not by running the rules. */
import { addDays, addMonths } from '../calendar.ts'
import type { DemoCountry } from '../country.ts'
import { declared } from '../employed.ts'
import type { Person } from '../person.ts'
import { isContributor } from '../render/ke-sha.ts'
import type { KnownFinding } from './planter.ts'

/** Cover that ends within so many days is about to lapse. */
const lapseDays = 30

/** `months`: those whose employers' lists are on file for everybody. */
export const naturalFindings = (country: DemoCountry, months: readonly string[]): KnownFinding[] => {
  const { asOf, people, plants } = country
  const told = new Set(plants.findings.map(({ rule, people: named }) => `${rule} ${named.join(' ')}`))
  const found = (rule: string, says: string, person: Person, holds: boolean): KnownFinding[] =>
    holds && !told.has(`${rule} ${person.handle}`)
      ? [{ rule, people: [person.handle], from: asOf, nearMiss: false, says }]
      : []
  return people.flatMap((person) => [
    ...found('R05', 'The employer pays for the pension and not for health.', person, isOneSided(person, asOf, months)),
    ...found('R07', 'Registered anew under another number.', person, isTwice(person)),
    ...found('R09', 'A registry holds the person under a relative’s number.', person, isMisnumbered(person)),
    ...found('R13', 'Paid for under the old number and the new one.', person, person.lsso?.earlier !== undefined),
    ...found('R29', 'Pays by the year, and the year ends within a month.', person, isLapsing(person, asOf)),
  ])
}

/** The rule looks at six months, and gives lists two months to come in. */
const isOneSided = (person: Person, asOf: string, months: readonly string[]): boolean => {
  if (person.country !== 'ke' || !person.nssf || isContributor(person) || (person.died && person.sha)) return false
  const [first, last] = [addMonths(asOf, -7), addMonths(asOf, -2)]
  return months.some((month) => first <= month && month <= last && declared(person, month))
}

const isTwice = ({ nssf, lsso }: Person): boolean => nssf?.earlierNumber !== undefined || lsso?.earlier !== undefined

const isMisnumbered = ({ told, nssf, sha, identity }: Person): boolean =>
  nssf !== undefined && sha !== undefined && told?.nssfIdentity !== undefined && told.nssfIdentity !== identity?.number

/** SHA lists nobody: it is asked about those whom the pension fund or the old health fund knows. */
const isAsked = ({ nssf, sha }: Person): boolean => nssf !== undefined || sha?.nhif !== undefined

const isLapsing = (person: Person, asOf: string): boolean => isAsked(person) && endsSoon(person, asOf)

const endsSoon = ({ sha, died, told }: Person, asOf: string): boolean =>
  sha?.cover === 'informal' &&
  !died &&
  !told?.contradicted &&
  sha.coveredUntil !== undefined &&
  sha.coveredUntil >= asOf &&
  sha.coveredUntil <= addDays(asOf, lapseDays)
