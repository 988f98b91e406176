/**
 * Plants situations into the demo country: people made for one rule of the nightly reconciliation each, what further registries say of
 * them, and the truth about what a rule must find, or must not. No chance fault touches these people.
 */
import type { Identifier, SourceRecord } from '../../schemas/contract.ts'
import { makeName } from '../../schemas/values/name.ts'
import { addDays, addMonths, ageOn } from '../calendar.ts'
import { handleOf } from '../households.ts'
import { communities, kenyanName, laoFamilyName, laoName } from '../names.ts'
import * as numbers from '../numbers.ts'
import type { Employer, Person, Sex, ShaMembership, Told } from '../person.ts'
import { kenyanPlace, laoPlace } from '../places.ts'
import { Random } from '../random.ts'

/** Somebody of whom registries tell: a person of the country, or a foreigner whom only further registries know. */
export type Subject = {
  readonly handle: string
  readonly name: string
  readonly sex: Sex
  readonly born: string
  readonly identifiers: readonly Identifier[]
  readonly regionCode?: string
}

/** A record in the hub's own schema, and the person it is about. */
export type ListedRecord = {
  readonly registry: string
  readonly handle: string
  readonly record: Omit<SourceRecord, 'registry'>
}

/** What is true: this rule finds these people, or comes near and must not. */
export type KnownFinding = {
  /** Number of the rule, such as R02. */
  readonly rule: string
  /** Everybody whom the finding is about. */
  readonly people: readonly string[]
  /** The day from which it holds. */
  readonly from: string
  readonly nearMiss: boolean
  readonly says: string
}

type KenyanWish = {
  readonly sex?: Sex
  readonly age?: number
  readonly born?: string
  readonly role?: Person['role']
  readonly household?: number
  readonly pay?: number
  readonly employer?: Employer
  readonly since?: string
  /** False: not in the pension fund, though employed. */
  readonly nssf?: false
  /** Of the health insurance: old people are sponsored unless something else is said, others not in it. */
  readonly cover?: 'employed' | 'informal' | 'sponsored' | 'dependant' | 'none' | false
  readonly coveredUntil?: string
  /** Of age, with an identity number, though listed as a child. */
  readonly adult?: boolean
  readonly contractedOut?: boolean
  readonly earlierNumber?: boolean
  readonly died?: string
  readonly phone?: string
  readonly told?: Told
}
type LaoWish = {
  readonly sex: Sex
  readonly age: number
  readonly insured?: boolean
  readonly pay?: number
  readonly shareOf?: number
}
type Facts = Partial<Omit<SourceRecord, 'registry' | 'names' | 'stream'>> & { readonly name?: string }
type Listed = Pick<SourceRecord, 'stream' | 'sourceId' | 'names' | 'identifiers'> &
  Partial<Omit<SourceRecord, 'registry'>>
type Known = { readonly from?: string }

export type Start = {
  readonly seed: number
  readonly asOf: string
  readonly employers: readonly Employer[]
  /** The next free numbers of a person and a household. */
  readonly people: number
  readonly households: number
}

/** Takes notes of what is planted; see the files beside this one for what is. */
export class Planter {
  readonly asOf: string
  readonly people: Person[] = []
  readonly employers: Employer[] = []
  readonly records: ListedRecord[] = []
  readonly findings: KnownFinding[] = []
  private readonly start: Start
  private houses = 0
  private foreigners = 0

  constructor(start: Start) {
    this.start = start
    this.asOf = start.asOf
  }

  /** YYYY-MM so many months before today's. */
  month(ago: number): string {
    return addMonths(this.asOf, -ago)
  }

  /** The day so many days before today. */
  day(ago: number): string {
    return addDays(this.asOf, -ago)
  }

  /** A day of the year in which somebody of this age today was born, so that the age was reached half a year ago. */
  bornAt(age: number): string {
    return addDays(`${Number(this.asOf.slice(0, 4)) - age}${this.asOf.slice(4).replace('02-29', '02-28')}`, -183)
  }

  /** The number that the next person of the country gets. */
  nextIndex(): number {
    return this.start.people + this.people.length
  }

  household(): number {
    return this.start.households + this.houses++
  }

  /** An employer of its own, with so many months of returns and by-products behind it. */
  employer(history: number, country: Employer['country'] = 'ke'): Employer {
    const index = this.start.employers.length + this.employers.length
    const random = new Random(this.start.seed, 'plant employer', index)
    const employer: Employer = {
      index,
      country,
      name: `Planted Works ${this.employers.length + 1} Ltd`,
      place: country === 'ke' ? kenyanPlace(random, ['047']) : laoPlace(random, '01'),
      taxPin: numbers.employerPinOf(index),
      number: country === 'ke' ? numbers.nssfEmployerNumber(index) : `U98${String(index).padStart(5, '0')}`,
      shaCode: numbers.shaEmployerCode(index),
      sector: 'enterprise',
      history,
    }
    this.employers.push(employer)
    return employer
  }

  /** A Kenyan with an identity number (children: a birth certificate). With `cover` in the health insurance, with `pay` employed. */
  kenyan(wish: KenyanWish = {}): Person & Subject {
    const index = this.nextIndex()
    const random = new Random(this.start.seed, 'plant', index)
    const { sex = random.chance(0.5) ? 'male' : 'female', role = 'head', household = this.household() } = wish
    const minor = role === 'child' && !wish.adult
    const community = random.weighed(communities)
    const words = kenyanName(random, sex, { community: community.name, father: [] })
    const born = wish.born ?? this.bornAt(wish.age ?? 30 + random.between(0, 15))
    const identity = minor ? 'birth-certificate' : 'national-id'
    const number = minor ? numbers.birthCertificate(index) : numbers.nationalId(index)
    const { pay, nssf, cover = ageOn(born, this.asOf) >= 60 ? 'sponsored' : undefined } = wish
    const person: Person & Subject = {
      index,
      handle: handleOf('ke', index),
      country: 'ke',
      sex,
      born,
      words,
      name: words.map(({ written }) => written).join(' '),
      place: kenyanPlace(random, community.counties),
      household,
      role,
      identity: { type: identity, number },
      identifiers: [{ type: identity, issuer: 'ke', value: number }],
      ...(!minor && { taxPin: numbers.taxPinOf(index) }),
      phones: minor ? [] : [wish.phone ?? numbers.phoneOf('ke', index)],
      ...(pay && { job: this.job(index, pay, wish.employer, wish.since) }),
      ...(nssf !== false && pay && { nssf: this.nssf(index, wish) }),
      ...(wish.died && { died: wish.died }),
      ...(cover && { sha: this.sha(index, household, cover, wish.coveredUntil) }),
      told: { clean: true, ...wish.told },
    }
    this.people.push(person)
    return person
  }

  lao({ sex, age, insured = true, pay = 3_000_000, shareOf }: LaoWish): Person & Subject {
    const index = this.nextIndex()
    const random = new Random(this.start.seed, 'plant', index)
    const words = laoName(random, sex, laoFamilyName(random))
    const place = laoPlace(random, '01')
    const employer = this.start.employers.find((one) => one.country === 'la' && one.sector === 'enterprise')
    const number = numbers.laoId(index)
    const person: Person & Subject = {
      index,
      handle: handleOf('la', index),
      country: 'la',
      sex,
      born: this.bornAt(age),
      words,
      name: words.map(({ lao, written }) => lao ?? written).join(' '),
      place,
      household: this.household(),
      role: 'head',
      identity: { type: 'national-id', number },
      identifiers: [{ type: 'national-id', issuer: 'la', value: number }],
      phones: [numbers.phoneOf('la', index)],
      ...(insured && {
        job: { employer: employer?.index ?? 0, payrollNo: `P${index}`, since: this.month(40), pay },
        lsso: { number: numbers.lssoNumber('01', index), kind: 'enterprise' },
      }),
      told: { clean: true, ...(shareOf && { shareOf: { lsso: shareOf } }) },
    }
    this.people.push(person)
    return person
  }

  /** Somebody of a country that the demo has no people of. */
  foreigner(
    issuer: Identifier['issuer'],
    one: Omit<Subject, 'handle' | 'identifiers'> & { readonly id: string },
  ): Subject {
    const { id, ...subject } = one
    const handle = `${issuer}-${String(this.foreigners++).padStart(7, '0')}`
    return { ...subject, handle, identifiers: [{ type: 'national-id', issuer, value: id }] }
  }

  /** What a further registry writes about somebody; a record’s key is its list and the person’s handle unless `sourceId` says otherwise. */
  record(registry: string, stream: string, about: Subject, { name, ...facts }: Facts): void {
    const written = makeName(name ?? about.name)
    if (!written) throw new Error(`A planted person has no name: ${about.handle}.`)
    this.list(registry, about.handle, {
      stream,
      sourceId: `${stream}/${about.handle}`,
      names: [written],
      sex: about.sex,
      birthDate: about.born,
      identifiers: [...about.identifiers],
      ...facts,
    })
  }

  /** A record as it is, about somebody of whom little is known. */
  list(registry: string, handle: string, record: Listed): void {
    const nothing = { enrolments: [], contributions: [], benefits: [], quality: [], synthetic: true }
    this.records.push({ registry, handle, record: { ...nothing, ...record } })
  }

  /** The rule must find this. */
  fires(
    rule: string,
    says: string,
    people: readonly Pick<Subject, 'handle'>[],
    { from = this.asOf }: Known = {},
  ): void {
    this.findings.push({ rule, people: people.map(({ handle }) => handle), from, nearMiss: false, says })
  }

  /** It looks like it, and the rule must not find it. */
  near(rule: string, says: string, people: readonly Pick<Subject, 'handle'>[]): void {
    const named = people.map(({ handle }) => handle)
    this.findings.push({ rule, people: named, from: this.asOf, nearMiss: true, says })
  }

  private job(index: number, pay: number, employer?: Employer, since = this.month(36)): Person['job'] & object {
    const usual = this.start.employers.find((one) => one.country === 'ke')
    return { employer: (employer ?? usual)?.index ?? 0, payrollNo: `P${index}`, since, pay }
  }

  private nssf(index: number, { contractedOut = false, earlierNumber }: KenyanWish): Person['nssf'] & object {
    return {
      number: numbers.nssfNumber(index),
      joined: `${this.month(36)}-05`,
      kind: 'employed',
      contractedOut,
      ...(earlierNumber && { earlierNumber: numbers.nssfNumber(index + 90_000_000) }),
    }
  }

  private sha(index: number, household: number, cover: ShaMembership['cover'], until?: string): Person['sha'] & object {
    const covered = cover === 'none' || cover === 'dependant' ? until : (until ?? addDays(this.asOf, 200))
    return {
      ...numbers.shaNumbers(index),
      household: numbers.householdNumber(household),
      cover,
      ...(covered && { coveredUntil: covered }),
    }
  }
}
