/** The demo country: people, families, employers and what is true about them, from a seed and a date alone. */
import { makeEmployers } from './employers.ts'
import { makeHousehold } from './households.ts'
import { enrolFamily } from './memberships.ts'
import { makeNamesakes } from './namesakes.ts'
import type { Employer, Person, Story } from './person.ts'
import { type Plants, plantAll } from './plants/plants.ts'
import { Random } from './random.ts'
import { tellStories } from './stories.ts'

export type DemoCountry = {
  readonly seed: number
  /** YYYY-MM-DD: the day on which all of this is so. */
  readonly asOf: string
  readonly people: readonly Person[]
  readonly employers: readonly Employer[]
  /** People whom docs and tests look up by name, such as `example`. */
  readonly stories: { readonly [name: string]: Story }
  /** What further registries write, and what the nightly reconciliation must find; nothing in a country that is not planted. */
  readonly plants: Plants
}

export type Progress = (step: string, done: number, total: number) => void

export type CountryOptions = {
  /** How many people, children included. The people of the stories are always there, so a few dozen is the least. */
  readonly people: number
  readonly seed: number
  readonly asOf: string
  /** With the situations that the rules of the nightly reconciliation look for; their people come beside the others. */
  readonly planted?: boolean
  /** Whether villages are full of people of one name (hard), as is measured, or as it comes (mild). */
  readonly namesakes?: 'mild' | 'hard'
  readonly onProgress?: Progress
}

/** Before that there are no contribution tables. */
export const firstDay = '2024-02-01'

/** Share of families in Kenya; the others live in Laos. */
const kenyanShare = 0.65

/** Makes the country. Same options, same country, on any machine and any day. Throws RangeError on options that make none. */
export const makeCountry = ({
  people: count,
  seed,
  asOf,
  planted = false,
  namesakes = 'mild',
  onProgress,
}: CountryOptions): DemoCountry => {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError('people must be a whole number.')
  if (!Number.isSafeInteger(seed)) throw new RangeError('seed must be a whole number.')
  if (!/^20\d\d-\d\d-\d\d$/.test(asOf) || asOf < firstDay) {
    throw new RangeError(`asOf must be a date (YYYY-MM-DD) from ${firstDay} on, when the contribution tables begin.`)
  }
  const employers = makeEmployers(seed, count)
  const told = tellStories({ asOf, employers })
  const people = [...told.people]
  const tie = namesakes === 'hard' ? makeNamesakes(seed) : (family: readonly Person[]) => family
  let household = told.households
  for (; people.length < count; household++) {
    const random = new Random(seed, 'household', household)
    const country = random.chance(kenyanShare) ? 'ke' : 'la'
    const family = makeHousehold(random, { household, firstIndex: people.length, asOf, country }, count - people.length)
    people.push(...enrolFamily(tie(family), { random, asOf, employers }))
    if (household % 4096 === 0) onProgress?.('people', people.length, count)
  }
  onProgress?.('people', people.length, people.length)
  const plants = plantAll({ seed, asOf, employers, people: people.length, households: household }, planted)
  return {
    seed,
    asOf,
    people: [...people, ...plants.people],
    employers: [...employers, ...plants.employers],
    stories: told.stories,
    plants,
  }
}
