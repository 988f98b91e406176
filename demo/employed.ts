/** Who worked for whom in which month. */
import type { Person } from './person.ts'

/** Hired by then, alive at the month's start, and paid for the month. */
export const worked = (person: Person, month: string): boolean =>
  person.job !== undefined &&
  person.job.since <= month &&
  !(person.died && person.died.slice(0, 7) < month) &&
  !person.told?.unpaid?.includes(month)

/** The employer says so to the fund. */
export const declared = (person: Person, month: string): boolean =>
  worked(person, month) && !person.told?.undeclared?.includes(month)
