/** Who is in which scheme: identity numbers, jobs and memberships of one family. Shares are assumptions of the demo. */
import { addDays, addMonths, ageOn } from './calendar.ts'
import * as numbers from './numbers.ts'
import type { Employer, Identity, Job, LssoMembership, NssfMembership, Person, ShaMembership } from './person.ts'
import type { Random } from './random.ts'

type Need = { readonly random: Random; readonly asOf: string; readonly employers: readonly Employer[] }

/** The family with its numbers and memberships. Pure: the same random stream gives the same answer. */
export const enrolFamily = (family: readonly Person[], need: Need): Person[] => {
  const head = family[0]
  if (!head) return []
  if (head.country === 'la') return family.map((person) => enrolLao(person, need))
  const known = family.map((person) => identified(person, need))
  return insureFamily(
    known.map((person) => pensioned(person, need)),
    need,
  )
}

const identified = (person: Person, { random, asOf }: Need): Person => {
  const { index } = person
  if (ageOn(person.born, asOf) < 18) {
    return { ...person, identity: { type: 'birth-certificate', number: numbers.birthCertificate(index) } }
  }
  const refugee = person.place.district === 'Dadaab' && random.chance(0.5)
  const identity: Identity = refugee
    ? { type: 'refugee-id', number: numbers.refugeeId(index) }
    : { type: 'national-id', number: numbers.nationalId(index) }
  const died = random.chance(ageOn(person.born, asOf) > 60 ? 0.04 : 0.008)
  return {
    ...person,
    identity,
    ...(!refugee && { taxPin: numbers.taxPinOf(index) }),
    ...(died && { died: addDays(asOf, -random.between(30, 700)) }),
  }
}

const pensioned = (person: Person, need: Need): Person => {
  const { random, asOf } = need
  const age = ageOn(person.born, asOf)
  if (age < 18) return person
  const work = random.next()
  if (age >= 60) return work < 0.5 ? { ...person, nssf: membership(person, need, 'retired') } : person
  if (person.identity?.type === 'refugee-id') return { ...person, nssf: membership(person, need, 'haba-haba') }
  if (work < 0.6) return { ...person, job: makeJob(person, need), nssf: membership(person, need, 'employed') }
  return work < 0.76 ? { ...person, nssf: membership(person, need, 'haba-haba') } : person
}

const membership = (person: Person, { random, asOf }: Need, kind: NssfMembership['kind']): NssfMembership => {
  const adultDays = Math.max(60, (ageOn(person.born, asOf) - 18) * 365)
  return {
    number: numbers.nssfNumber(person.index),
    joined: addDays(asOf, -random.between(60, kind === 'haba-haba' ? Math.min(adultDays, 2_500) : adultDays)),
    kind,
    contractedOut: kind === 'employed' && random.chance(0.06),
  }
}

/** Pay is spread as pay is: most near the middle, a few far above; whole tens of the currency's usual step. */
const makeJob = (person: Person, { random, asOf, employers }: Need): Job => {
  const own = employers.filter(({ country }) => country === person.country)
  const employer = own[Math.floor(own.length * random.next() ** 2)]
  const bell = random.next() + random.next() + random.next() - 1.5
  const [middle, step] = person.country === 'ke' ? [31_000, 50] : [3_200_000, 10_000]
  return {
    employer: employer?.index ?? 0,
    payrollNo: `E${String(person.index).padStart(5, '0')}`,
    since: addMonths(asOf, -random.between(1, 120)),
    pay: Math.round((middle * Math.exp(bell * 1.3)) / step) * step,
  }
}

const insureFamily = (family: readonly Person[], need: Need): Person[] => {
  const { random } = need
  const head = family[0]
  if (!head || !random.chance(0.93)) return [...family]
  const household = numbers.householdNumber(head.household)
  const oldNumber = random.chance(head.job ? 0.75 : 0.3) ? numbers.nhifNumber(head.index) : undefined
  let dependants = 0
  return family.map((person) => {
    // The old fund's export has no column for the kind of identity number, so refugees are not in it.
    const refugee = person.identity?.type === 'refugee-id'
    const alone = person.role !== 'child' && (person === head || person.job !== undefined)
    const cover = alone ? coverOf(person, need) : undefined
    const nhif = alone
      ? ownNhif(person, head, oldNumber, random)
      : oldNumber && { number: oldNumber, dependant: ++dependants }
    const sha: ShaMembership = {
      ...numbers.shaNumbers(person.index),
      household,
      ...(cover ?? { cover: 'dependant' }),
      ...(nhif && !refugee && { nhif }),
    }
    return { ...person, sha }
  })
}

const ownNhif = (
  person: Person,
  head: Person,
  oldNumber: string | undefined,
  random: Random,
): ShaMembership['nhif'] => {
  if (person === head) return oldNumber === undefined ? undefined : { number: oldNumber, dependant: 0 }
  return random.chance(0.75) ? { number: numbers.nhifNumber(person.index), dependant: 0 } : undefined
}

/** Salaried people are covered to the 9th of next month, informal payers for a year from their payment. */
const coverOf = (person: Person, { random, asOf }: Need): Pick<ShaMembership, 'cover' | 'coveredUntil'> => {
  if (person.job)
    return random.chance(0.95) ? { cover: 'employed', coveredUntil: `${addMonths(asOf, 1)}-09` } : { cover: 'none' }
  const luck = random.next()
  if (luck < 0.22) return { cover: 'informal', coveredUntil: addDays(asOf, random.between(5, 360)) }
  if (luck < 0.3) return { cover: 'sponsored', coveredUntil: addDays(asOf, random.between(30, 360)) }
  return luck < 0.5 ? { cover: 'none', coveredUntil: addDays(asOf, -random.between(20, 500)) } : { cover: 'none' }
}

const enrolLao = (person: Person, need: Need): Person => {
  const { random, asOf, employers } = need
  const age = ageOn(person.born, asOf)
  if (age < 18) return person
  const identity: Identity = { type: 'national-id', number: numbers.laoId(person.index) }
  if (age >= 60 || random.chance(0.18)) return { ...person, identity }
  const voluntary = random.chance(0.1)
  const job = makeJob(person, need)
  const kind: LssoMembership['kind'] = voluntary ? 'voluntary' : (employers[job.employer]?.sector ?? 'enterprise')
  return { ...person, identity, job, lsso: { number: numbers.lssoNumber(person.place.code, person.index), kind } }
}
