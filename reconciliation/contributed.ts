import type { Contribution } from '../schemas/contract.ts'
import { addMonths } from './dates.ts'
import { contributionsOf, type Dossier, type Sourced } from './dossier.ts'

/** A month that the employer declared and did not pay is no fault of the worker: it counts for what she is entitled to. */
const counted: readonly Contribution['state'][] = ['declared', 'paid', 'allocated', 'suspense']

/** Lines of a scheme for the so many months before a month, in the order of the records. */
export const contributedBefore = (
  dossier: Dossier,
  scheme: string,
  month: string,
  within: number,
): Sourced<Contribution>[] =>
  contributionsOf(dossier).filter(
    ({ value }) =>
      value.scheme === scheme &&
      counted.includes(value.state) &&
      addMonths(month, -within) <= value.month &&
      value.month < month.slice(0, 7),
  )

/** How many different months they are for. */
export const monthsIn = (lines: readonly Sourced<Contribution>[]): number =>
  new Set(lines.map(({ value }) => value.month)).size
