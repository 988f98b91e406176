/**
 * The people whom docs, demonstrations and tests look up by name. Each story is a case that record linkage or a
 * reconciliation rule must get right.
 */
import { addMonths } from './calendar.ts'
import type { Employer, Person, Story } from './person.ts'
import type { Sketcher } from './sketch.ts'
import { kenyanStories } from './stories-kenya.ts'
import { laoStories } from './stories-laos.ts'

type Need = { readonly asOf: string; readonly employers: readonly Employer[] }
type Told = {
  readonly people: Person[]
  readonly households: number
  readonly stories: { readonly [name: string]: Story }
}

/** All stories' people, numbered from 0, and how many households they take. */
export const tellStories = ({ asOf, employers }: Need): Told => {
  let households = 0
  let index = 0
  const sketcher: Sketcher = {
    asOf,
    coveredUntil: `${addMonths(asOf, 1)}-09`,
    employers,
    index: () => index++,
    household: () => households++,
  }
  const people: Person[] = []
  const stories: Record<string, Story> = {}
  for (const [name, { says, people: make }] of Object.entries({ ...kenyanStories, ...laoStories })) {
    const made = make(sketcher)
    people.push(...made)
    stories[name] = { says, people: made.map((person) => person.index) }
  }
  return { people, households, stories }
}
