import type { Money, Month } from '../../schemas/contract.ts'
import { daysBetween, firstDay, lastDay, later } from '../dates.ts'
import { benefitsOf, type Dossier, enrolmentsOf, type FactRef, householdsOf } from '../dossier.ts'
import { evidenceOf, isPaidOut, schemeOf } from '../facts.ts'
import type { Draft } from '../finding.ts'
import type { Incompatibility } from '../law/law.ts'
import { householdKey, sumOf } from '../person.ts'
import { groupRule } from '../rule.ts'
import { drawing } from './incompatible-schemes.ts'

type Member = {
  readonly person: string
  readonly since: string
  readonly refs: readonly FactRef[]
  /** Whether a month is surely one of those for which she drew, as one of the household. */
  readonly draws: (month: Month) => boolean
  readonly paid: readonly { readonly month: string; readonly amount: Money | undefined }[]
}

/** The beginning of a place in a household that nobody dates: it is hers as far as the lists go. */
const longAgo = '0000-01-01'

/** Since when the person surely belongs to the household, today included. */
const inHouseholdSince = (dossier: Dossier, key: string, asOf: string): string | undefined =>
  householdsOf(dossier)
    .filter((held) => householdKey(held) === key)
    .filter(({ value: { from, until } }) => (!from || firstDay(from) <= asOf) && (!until || firstDay(until) >= asOf))
    .map(({ value: { from } }) => (from ? lastDay(from) : longAgo))
    .sort()[0]

const paidMonths = (dossier: Dossier, scheme: string): Member['paid'] =>
  benefitsOf(dossier).flatMap(({ value }) =>
    value.scheme === scheme && isPaidOut(value) && value.month ? [{ month: value.month, amount: value.amount }] : [],
  )

export const incompatibleInHousehold = groupRule({
  id: 'R01b',
  name: 'incompatible-in-household',
  title: 'Two programmes that exclude each other, in one household',
  says: 'One household, as the programmes’ own registry counts it, draws from two programmes of which the rules allow it one at a time. Who was in the household is looked up for the day itself. The days between the end of one and the beginning of the other do not count. At stake is what was paid for the months of both.',
  message: 'The household draws from {scheme} and {other} at once, since {since}. By the rules {scheme} gives way.',
  reason:
    'The programmes’ own rules forbid both at once; the source stands with each finding. What goes twice to one household is missing for another.',
  severity: 'S1',
  action: 'hold',
  aim: 'integrity',
  evidence: 'confirmed',
  dueInDays: 14,
  parameters: {
    transferDays: { value: 31, says: 'Days that both may run while a household moves over.', least: 0, most: 366 },
  },
  subject: 'household',
  least: 1,
  concerns: (dossier, { law }) => {
    const giving = law.incompatible.flatMap(({ unit, holds }) => (unit === 'household' ? [holds] : []))
    return [...enrolmentsOf(dossier), ...benefitsOf(dossier)].some(({ value }) => giving.includes(value.scheme))
  },
  begin: (key, { asOf, law, parameters }) => {
    const rules = law.incompatible.filter(
      ({ unit, holds }) => unit === 'household' && key.startsWith(`${schemeOf(law, holds)?.registry}:`),
    )
    const schemes = [...new Set(rules.flatMap((rule) => rule.schemes))]
    const members = new Map<string, Member[]>(schemes.map((scheme) => [scheme, []]))
    const add = (dossier: Dossier): void => {
      const home = inHouseholdSince(dossier, key, asOf)
      if (home === undefined) return
      for (const [scheme, drawn] of members) {
        const found = drawing(dossier, scheme, asOf, law)
        if (!found) continue
        const paid = paidMonths(dossier, scheme)
        drawn.push({
          person: dossier.person,
          since: later(home, found.since),
          refs: found.refs.slice(0, 6),
          draws: (month) => `${month}-01` >= home && found.draws(month),
          paid,
        })
      }
    }
    const draftOf = ({ schemes: [one, two], holds, source }: Incompatibility): Draft[] => {
      const other = holds === one ? two : one
      const gives = members.get(holds) ?? []
      const keeps = members.get(other) ?? []
      const since = later(earliest(gives), earliest(keeps))
      const owner = schemeOf(law, holds)?.registry
      if (gives.length === 0 || keeps.length === 0 || !owner) return []
      if (daysBetween(since, asOf) <= parameters.transferDays) return []
      const money = sumOf(
        gives.flatMap(({ paid, draws }) =>
          paid.flatMap(({ month, amount }) => (draws(month) && keeps.some((one) => one.draws(month)) ? [amount] : [])),
        ),
      )
      return [
        {
          about: `${holds} ${other}`,
          owner,
          evidence: evidenceOf([...gives, ...keeps].flatMap(({ refs }) => refs)),
          facts: { scheme: holds, other, since, source },
          persons: [...new Set([...gives, ...keeps].map(({ person }) => person))],
          ...(money && { money }),
        },
      ]
    }
    return { add, end: () => rules.flatMap(draftOf) }
  },
})

const earliest = (members: readonly Member[]): string => members.map(({ since }) => since).sort()[0] ?? ''
