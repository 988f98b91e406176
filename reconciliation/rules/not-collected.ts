import type { Benefit } from '../../schemas/contract.ts'
import { lastDay, later } from '../dates.ts'
import { benefitsOf, type Dossier, eventsOf, type Sourced } from '../dossier.ts'
import { grouped } from '../grouped.ts'
import { monthOf, sumOf, surelyDead } from '../person.ts'
import { personRule } from '../rule.ts'

type Line = Sourced<Benefit>

/** The newest cycles, back to the last one that was not returned. A cycle still on its way says nothing yet. */
const returnedLately = (cycles: readonly (readonly Line[])[]): readonly (readonly Line[])[] => {
  const settled = cycles.filter((lines) => lines.some(({ value }) => value.state !== 'initiated'))
  const kept = settled.findLastIndex(
    (lines) =>
      !lines.some(({ value }) => value.state === 'returned') || lines.some(({ value }) => value.state === 'paid'),
  )
  return settled.slice(kept + 1)
}

/** The last day on which she may have been seen alive. */
const lastSeen = (dossier: Dossier, asOf: string): string =>
  eventsOf(dossier)
    .flatMap(({ value: { kind, on } }) => (kind === 'proof-of-life' ? [lastDay(on)] : []))
    .filter((day) => day <= asOf)
    .reduce(later, '')

/** R26. Whoever was seen alive since then, or whose death is on paper, needs no visit. */
export const notCollected = personRule({
  id: 'R26',
  name: 'not-collected',
  title: 'Benefit not collected',
  says: 'The last payments of a benefit came back uncollected, several cycles in a row. The person may be ill, far from the pay point, or dead; nobody has seen her since.',
  message: '{cycles} payments of {scheme} in a row came back, from {first} to {last}.',
  reason: 'A visit finds out who needs help to collect, and who has died. Kenya’s audit found 10,917 such accounts.',
  severity: 'S2',
  action: 'review',
  aim: 'take-up',
  evidence: 'confirmed',
  dueInDays: 30,
  parameters: { cycles: { value: 3, says: 'Cycles in a row that came back.', least: 2, most: 12 } },
  subject: 'person',
  find: (dossier, { asOf, parameters }, whole) => {
    if (surelyDead(whole)) return []
    const seen = lastSeen(whole, asOf)
    const lines = benefitsOf(dossier).filter(({ value }) => {
      const month = monthOf(value)
      return month !== undefined && month > seen.slice(0, 7) && month <= asOf.slice(0, 7)
    })
    return [...grouped(lines, ({ registry, value }) => `${registry} ${value.scheme}`)].flatMap(([about, ofScheme]) => {
      const cycles = grouped(ofScheme, ({ value }) => monthOf(value) ?? '')
      const months = [...cycles.keys()].sort()
      const streak = returnedLately(months.map((month) => cycles.get(month) ?? []))
      const returned = streak.flat().filter(({ value }) => value.state === 'returned')
      const [first] = returned
      const last = returned.at(-1)
      if (!first || !last || streak.length < parameters.cycles) return []
      const money = sumOf(returned.map(({ value }) => value.amount))
      const from = monthOf(first.value) ?? ''
      return [
        {
          about: `${about} ${from}`,
          owner: first.registry,
          evidence: returned.map(({ ref }) => ref).toReversed(),
          ...(money && { money }),
          facts: { scheme: first.value.scheme, cycles: streak.length, first: from, last: monthOf(last.value) ?? '' },
        },
      ]
    })
  },
})
