/** What SHA's service says about a person of the demo country, in the shapes and with the quirks that were published. */
import { addDays, ageOn } from './calendar.ts'
import type { DemoCountry } from './country.ts'
import * as fault from './faults.ts'
import type { NameWord, Person, ShaMembership } from './person.ts'
import { bornIn, isInsured, namesIn } from './render/ke-sha.ts'

type Insured = Person & { readonly sha: ShaMembership }

export type ShaBook = {
  /** Everybody who stands under (label, number) in the client registry; more than one is a conflict. */
  find(label: string, number: string): readonly Insured[]
  client(person: Insured): { readonly [field: string]: unknown }
  eligibility(
    person: Insured,
    asked: { readonly label: string; readonly number: string },
  ): { readonly [field: string]: unknown }
}

/** Labels of the published guide, in the order that `request_id_type` seems to count them. */
export const labels: readonly string[] = [
  'National ID',
  'Alien ID',
  'Mandate Number',
  'Temporary ID',
  'SHA Number',
  'Refugee ID',
]
const labelOf = { 'national-id': 'National ID', 'refugee-id': 'Refugee ID', 'birth-certificate': 'Birth Certificate' }

/** Indexes the country once; the answers themselves are made when they are asked for. */
export const openShaBook = (country: DemoCountry, options: fault.FaultOptions): ShaBook => {
  const byNumber = new Map<string, Insured[]>()
  const households = new Map<number, Insured[]>()
  const file = (key: string, person: Insured) => byNumber.set(key, [...(byNumber.get(key) ?? []), person])
  for (const person of country.people) {
    if (!isInsured(person)) continue
    file(`${identityLabel(person)}|${identityNumber(person)}`, person)
    file(`SHA Number|${person.sha.number}`, person)
    households.set(person.household, [...(households.get(person.household) ?? []), person])
  }
  const write = makeClientWriter(country, options)
  return {
    find: (label, number) => byNumber.get(`${label}|${number.replace(/^0+(?=\d)/, '')}`) ?? [],
    client: (person) => write(person, dependantsOf(person, households.get(person.household) ?? [], country)),
    eligibility: (person, asked) => eligibilityOf(person, asked, country),
  }
}

const identityLabel = ({ identity }: Person): string => (identity ? labelOf[identity.type] : '')
const identityNumber = ({ told, identity }: Person): string => told?.shaIdentity ?? identity?.number ?? ''

const dependantsOf = (person: Insured, household: readonly Insured[], country: DemoCountry): Insured[] => {
  if (person.sha.cover === 'dependant' || person.role !== 'head') return []
  const further = (person.told?.dependants ?? []).flatMap((index) => country.people[index] ?? []).filter(isInsured)
  // Of two heads in one household, the first has the family under them.
  const own = household.find(({ role }) => role === 'head') === person
  return [...(own ? household.filter(({ sha }) => sha.cover === 'dependant') : []), ...further]
}

const makeClientWriter = (country: DemoCountry, options: fault.FaultOptions) => {
  const one = (person: Insured, luck: fault.Luck): { [field: string]: unknown } => {
    const words = namesIn(person, luck)
    const space = luck.struck('trailing_space') ? ' ' : ''
    const noId = person.role === 'child' && luck.struck('id_missing_child')
    const neighbour = luck.struck('shared_phone') ? country.people[person.index - 1] : undefined
    return {
      resourceType: 'Patient',
      id: person.sha.cr,
      meta: {
        versionId: '1',
        creationTime: '2024-10-02 09:14:31.104220',
        lastUpdated: '2024-10-02 09:14:31.104220',
        source: 'SYNTHETIC',
      },
      originSystem: { system: 'SYNTHETIC', record_id: '' },
      title: person.sex === 'male' ? 'Mr' : 'Miss',
      ...nameFields(words, space),
      gender: person.sex === 'male' ? 'Male' : 'Female',
      date_of_birth: bornIn(person, luck),
      place_of_birth: person.place.name.toUpperCase(),
      person_with_disability: 0,
      citizenship: person.identity?.type === 'refugee-id' ? 'REFUGEE' : 'KENYAN',
      kra_pin: person.taxPin ?? '',
      preferred_primary_care_network: '',
      employment_type: person.job ? 'Employed' : 'Unspecified',
      domestic_worker_type: '',
      civil_status: person.role === 'spouse' ? 'Married' : '',
      identification_type: identityLabel(person),
      identification_number: noId ? '' : identityNumber(person),
      // The household number goes under two labels, and under the second even the person's own number was seen.
      other_identifications: [
        { identification_type: 'House Hold Number', identification_number: person.sha.household },
        { identification_type: 'SHA Number', identification_number: person.sha.number },
        {
          identification_type: 'Household Number',
          identification_number: luck.random.chance(0.5) ? person.sha.cr : person.sha.household,
        },
      ],
      phone: neighbour?.phones[0] ?? person.phones[1] ?? person.phones[0] ?? '',
      biometrics_verified: 0,
      biometrics_score: 0,
      email: '',
      country: 'Kenya',
      county: person.place.name,
      sub_county: person.place.district,
      ward: person.place.district.toLowerCase(),
      village_estate: person.place.village,
      building_house_no: '',
      latitude: '',
      longitude: '',
      employer_name: '',
      employer_pin: '',
      in_lawful_custody: '',
      gross_income: 0,
      estimated_contribution: 0,
      id_serial: '',
      is_agent: 0,
      agent_id: '',
    }
  }
  return (person: Insured, dependants: readonly Insured[]): { [field: string]: unknown } => {
    const luck = fault.luckOf(options, 'KE_SHA', person)
    return {
      ...one(person, luck),
      ...lifeOf(person, luck, country.asOf),
      dependants: dependantEntries(dependants, options, one),
    }
  }
}

type WriteOne = (person: Insured, luck: fault.Luck) => { [field: string]: unknown }

/** The registry's template carries a death on every dependant, so its flag says nothing. */
const dependantEntries = (dependants: readonly Insured[], options: fault.FaultOptions, one: WriteOne) =>
  dependants.flatMap((person) => {
    const luck = fault.luckOf(options, 'KE_SHA', person)
    const entry = {
      date_added: '2024-10-02 09:14:31.104220',
      relationship: person.role === 'spouse' ? 'Spouse' : 'Child',
      total: 1,
      result: [{ ...one(person, luck), dependants: [], is_alive: 0, deceased_datetime: '2024-09-05 13:58:54' }],
    }
    return luck.struck('dependent_listed_twice') ? [entry, entry] : [entry]
  })

const nameFields = (words: readonly NameWord[], space: string) => ({
  first_name: `${words[0]?.written ?? ''}${space}`,
  middle_name: fault.joined(words.slice(1, -1)),
  last_name: words.length > 1 ? words[words.length - 1]?.written : '',
})

const lifeOf = (person: Insured, luck: fault.Luck, asOf: string) => {
  const flagged = person.died !== undefined && !luck.struck('deceased_not_flagged')
  const alive = person.told?.aliveFlag ?? (flagged || luck.struck('is_alive_flag_wrong') ? 0 : 1)
  const when = person.died ?? addDays(asOf, -200)
  return { is_alive: alive, deceased_datetime: alive === 1 ? '' : `${when} 13:58:54` }
}

/** Midnight in Nairobi, three hours ahead of UTC: the UTC date is a day early. */
const nairobiMidnight = (date: string): string => `${addDays(date, -1)}T21:00:00Z`

const eligibilityOf = (person: Insured, { label, number }: { label: string; number: string }, country: DemoCountry) => {
  const { cover, coveredUntil } = coverOf(person, country)
  const covered = cover !== 'none' && (coveredUntil ?? '') >= country.asOf && !person.died
  const contradicted =
    person.told?.contradicted || (covered && cover === 'employed' && person.index % 97 === 13 && !person.told?.clean)
  return {
    id: person.sha.cr,
    eligible: covered ? 1 : 0,
    reason: contradicted || (!covered && person.job) ? 'Employer by-product for this member not found.' : '',
    possible_solution: covered ? '' : 'Contact the employer, or pay the contribution.',
    eligible_nhif: 0,
    transition_status: '',
    eligible_employee: cover === 'employed',
    memberType: memberTypes[person.sha.cover === 'dependant' ? person.role : 'head'],
    policy_end_employer: null,
    ep_code: 200,
    NhifPrepaidEnd: null,
    request_id_type: labels.indexOf(label) + 1,
    request_id_number: number,
    isNHIFPrepaid: false,
    message: covered ? 'The individual is covered' : 'The individual is not covered',
    isEmployed: person.job !== undefined,
    coverageEndDate: coveredUntil === undefined ? null : nairobiMidnight(coveredUntil),
    status: 0,
    means_testing_details: { means_testing_done: cover === 'informal' ? 1 : 0 },
    full_name: fault.joined(person.words).toUpperCase(),
    client_portal_details: {
      employment_type: employmentOf(person),
      employer_name: person.job ? (country.employers[person.job.employer]?.name ?? null) : null,
    },
    synthetic: 'SYNTHETIC',
  }
}

const employmentOf = ({ job, sha }: Insured): string =>
  job
    ? 'Employed'
    : sha.cover === 'informal'
      ? 'Self Employed'
      : sha.cover === 'sponsored'
        ? 'Sponsored'
        : 'Unspecified'

const memberTypes = { head: 'PRINCIPAL', spouse: 'SPOUSE', child: 'CHILD' }

/** A dependant is covered as the principal is; dependants of full age are not, unless the insurer forgot to end their cover. */
const coverOf = (person: Insured, country: DemoCountry): Pick<ShaMembership, 'cover' | 'coveredUntil'> => {
  if (person.sha.cover !== 'dependant') return person.sha
  if (person.sha.coveredUntil) return person.sha
  if (person.role === 'child' && ageOn(person.born, country.asOf) >= 18) return { cover: 'none' }
  let at = person.index
  while (at > 0 && country.people[at]?.role !== 'head') at--
  return country.people[at]?.sha ?? { cover: 'none' }
}
