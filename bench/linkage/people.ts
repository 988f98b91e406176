/**
 * Person records with their truth, for measuring linkage: four of five are a person's first record, one of five a damaged copy
 * of some person's, so that a person has one record, often two, seldom more. Households share a family name, a ward and a phone.
 * Nothing depends on anything but the seed and the count.
 */
import { Random } from '../../demo/random.ts'
import { damaged } from './damage.ts'
import { namePool } from './names.ts'
import { type Person, twoDigits } from './person.ts'

export const columns = {
  nationalId: 'national_id',
  givenName: 'given_name',
  familyName: 'family_name',
  birthDate: 'birth_date',
  sex: 'sex',
  phone: 'phone',
  county: 'county',
  ward: 'ward',
} as const satisfies Record<keyof Person, string>

const fields = ['nationalId', 'givenName', 'familyName', 'birthDate', 'sex', 'phone', 'county', 'ward'] as const

/** The record's id is its place in the file, and so is the truth's. */
export const header = ['id', ...fields.map((field) => columns[field]), 'person'].join(',')
export const line = (id: number, record: Person, person: number): string =>
  `${id},${fields.map((field) => record[field]).join(',')},${person}`

const copyEvery = 5
const householdSlots = 4
const counties = 47
const wardsPerCounty = 30

export type Population = {
  readonly size: number
  readonly people: number
  /** The person that a record is about, and the record itself. */
  record(at: number): { readonly person: number; readonly isCopy: boolean; readonly record: Person }
  /** The person as the register knows him, without damage. */
  original(person: number): Person
}

export function population(size: number, seed: number): Population {
  const copies = Math.floor(size / copyEvery)
  const people = size - copies
  const stride = strideFor(people)
  const original = makeOriginal(seed)
  return {
    size,
    people,
    original,
    record(at) {
      const isCopy = at % copyEvery === copyEvery - 1
      const random = new Random(seed, 'record', at)
      // A stride through all people, so that a household does not stand together in the file.
      const person = isCopy
        ? random.between(0, people - 1)
        : ((at - Math.floor((at + 1) / copyEvery)) * stride) % people
      const clean = original(person)
      return { person, isCopy, record: isCopy ? damaged(clean, random, original) : lostId(clean, random) }
    },
  }
}

/** A whole number that shares no divisor with `people` and is small enough that products stay exact. */
function strideFor(people: number): number {
  const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b))
  let stride = Math.max(1, Math.floor(people * 0.381966))
  while (divisor(stride, people) !== 1) stride++
  return stride
}

/** Some first records lack the id that the person has. */
const lostId = (record: Person, random: Random): Person =>
  random.chance(0.13) ? { ...record, nationalId: '' } : record

const digits = (random: Random, count: number) => Array.from({ length: count }, () => random.between(0, 9)).join('')

function makeOriginal(seed: number): (person: number) => Person {
  const givenNames = { F: namePool(3000, 10, seed, 'given F'), M: namePool(3000, 10, seed, 'given M') }
  const familyNames = namePool(30_000, 20, seed, 'family')
  const places = namePool(counties * (wardsPerCounty + 1), 10, seed, 'places').names
  const place = (at: number) => places[at] ?? ''
  return (person) => {
    const random = new Random(seed, 'person', person)
    const slot = Math.floor(person / householdSlots)
    const house = new Random(seed, 'household', slot)
    const householdSize = Math.max(house.between(1, householdSlots), house.between(1, householdSlots))
    const inHouse = person % householdSlots < householdSize
    // Those beyond the household's size live alone.
    const home = inHouse ? house : random
    const familyOfHome = familyNames.draw(home)
    const phoneOfHome = `07${digits(home, 8)}`
    const county = Math.floor(home.next() * home.next() * counties)
    const ward = home.between(0, wardsPerCounty - 1)
    const sex = random.chance(0.5) ? 'F' : 'M'
    return {
      sex,
      givenName: givenNames[sex].draw(random),
      familyName: random.chance(0.7) ? familyOfHome : familyNames.draw(random),
      birthDate: birthDate(random),
      nationalId: random.chance(0.25) ? '' : nationalId(person),
      phone: random.chance(0.12) ? '' : random.chance(0.5) ? phoneOfHome : `07${digits(random, 8)}`,
      county: place(county),
      ward: place(counties + county * wardsPerCounty + ward),
    }
  }
}

/** 6 % know the year only and stand at 1 January. */
function birthDate(random: Random): string {
  const year = 2022 - Math.floor(80 * Math.min(random.next(), random.next() + 0.2))
  if (random.chance(0.06)) return `${year}-01-01`
  return `${year}-${twoDigits(random.between(1, 12))}-${twoDigits(random.between(1, 28))}`
}

/** Eight digits, nobody's twice, and without the order of the people. */
const nationalId = (person: number) => String(10_000_000 + ((person * 48_271_009) % 89_999_999))
