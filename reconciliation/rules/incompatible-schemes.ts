import type { Benefit, Enrolment, Month } from '../../schemas/contract.ts'
import { daysBetween, lastDay, later, monthsBetween } from '../dates.ts'
import { benefitsOf, type Dossier, enrolmentsOf, type FactRef, type Sourced } from '../dossier.ts'
import { evidenceOf, isPaidOut, schemeOf } from '../facts.ts'
import type { Law } from '../law/law.ts'
import { isMember, sumOf } from '../person.ts'
import { personRule } from '../rule.ts'

type Drawing = {
  readonly since: string
  readonly refs: readonly FactRef[]
  /** Whether a month is surely one of those for which it was drawn. */
  readonly draws: (month: Month) => boolean
}

/** Payments so recent say that a benefit is being drawn; after a longer break it began anew. */
const recentMonths = 3

const paidBy = (dossier: Dossier, scheme: string): Sourced<Benefit>[] =>
  benefitsOf(dossier).filter(
    ({ value }) => value.scheme === scheme && value.kind === 'cash' && isPaidOut(value) && value.month !== undefined,
  )

/** The months of payments that go on today, the newest first. */
const lastSpell = (paid: readonly Sourced<Benefit>[], asOf: string): Month[] => {
  const newest = [...new Set(paid.flatMap(({ value }) => value.month ?? []))].sort().reverse()
  const broken = newest.findIndex((month, index) => monthsBetween(month, newest[index - 1] ?? asOf) > recentMonths)
  return broken < 0 ? newest : newest.slice(0, broken)
}

const startOf = (month: Month | undefined): string | undefined => month && `${month}-01`

/** Of members who do not pay in. What no date tells of the beginning, payments may. */
const drawingAs = (members: readonly Sourced<Enrolment>[], dossier: Dossier, asOf: string): Drawing | undefined => {
  const active = members.filter(({ value }) => isMember(value, asOf))
  const [first] = active
  if (!first) return undefined
  const dated = active.flatMap(({ value: { from } }) => (from ? [lastDay(from)] : [])).sort()[0]
  const paid = dated ? [] : paidBy(dossier, first.value.scheme)
  const since = dated ?? startOf(lastSpell(paid, asOf).at(-1))
  const refs = [...active, ...paid].map(({ ref }) => ref)
  return since === undefined ? undefined : { since, refs, draws: (month) => `${month}-01` >= since }
}

/**
 * Since when somebody surely draws from a scheme, today included; undefined when that is not sure. Members of contributory schemes pay
 * in: only payments say that they draw. Of the others, a membership that ended is worth more than a payment that came late.
 */
export const drawing = (dossier: Dossier, scheme: string, asOf: string, law: Law): Drawing | undefined => {
  const enrolled = enrolmentsOf(dossier).filter(({ value }) => value.scheme === scheme)
  if (enrolled.length > 0 && schemeOf(law, scheme)?.financing !== 'contributory')
    return drawingAs(enrolled, dossier, asOf)
  const paid = paidBy(dossier, scheme)
  const months = lastSpell(paid, asOf)
  const since = startOf(months.at(-1))
  return since === undefined
    ? undefined
    : { since, refs: paid.map(({ ref }) => ref).reverse(), draws: (month) => months.includes(month) }
}

export const incompatibleSchemes = personRule({
  id: 'R01',
  name: 'incompatible-schemes',
  title: 'Two schemes that exclude each other',
  says: 'One person draws from two schemes of which the rules allow one at a time. The days between the end of one and the beginning of the other, when somebody moves over, do not count; nor does what does not show since when it is drawn. At stake is what was paid for the months of both.',
  message: 'Draws from {scheme} and {other} at once, since {since}. By the rules {scheme} gives way.',
  reason:
    'The schemes’ own rules forbid both at once; the source stands with each finding. What goes twice to one is missing for another.',
  severity: 'S1',
  action: 'hold',
  aim: 'integrity',
  evidence: 'confirmed',
  dueInDays: 14,
  parameters: {
    transferDays: { value: 31, says: 'Days that both may run while somebody moves over.', least: 0, most: 366 },
  },
  subject: 'person',
  find: (dossier, { asOf, law, parameters }) =>
    law.incompatible.flatMap(({ schemes: [one, two], unit, holds, source }) => {
      if (unit !== 'person') return []
      const other = holds === one ? two : one
      const held = drawing(dossier, holds, asOf, law)
      const kept = held && drawing(dossier, other, asOf, law)
      const owner = schemeOf(law, holds)?.registry
      if (!held || !kept || !owner) return []
      const since = later(held.since, kept.since)
      if (daysBetween(since, asOf) <= parameters.transferDays) return []
      const money = sumOf(
        benefitsOf(dossier).map(({ value }) =>
          value.scheme === holds &&
          isPaidOut(value) &&
          value.month &&
          held.draws(value.month) &&
          kept.draws(value.month)
            ? value.amount
            : undefined,
        ),
      )
      return [
        {
          about: `${holds} ${other}`,
          owner,
          evidence: evidenceOf([...held.refs.slice(0, 12), ...kept.refs.slice(0, 12)]),
          facts: { scheme: holds, other, since, source },
          ...(money && { money }),
        },
      ]
    }),
})
