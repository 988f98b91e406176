import type { Benefit, Enrolment, Month } from '../../schemas/contract.ts'
import { addMonths, earlier, firstDay, lastDay, later, monthsBetween, monthsFrom } from '../dates.ts'
import { benefitsOf, contributionsOf, type Dossier, enrolmentsOf, eventsOf, type Sourced } from '../dossier.ts'
import { evidenceOf, isPaidOut, isReceived, schemeOf } from '../facts.ts'
import { deathsOf } from '../person.ts'
import { personRule } from '../rule.ts'

/** Months between the one of hiring and the one of leaving, which are seldom whole; to the end of time while the work goes on. */
const monthsOfWork = ({ status, from, until }: Enrolment): { first: Month; last: Month } | undefined => {
  if (!from || (!until && status !== 'active')) return undefined
  return { first: addMonths(lastDay(from), 1), last: until ? addMonths(firstDay(until), -1) : '9999-12' }
}

/** Benefits that stand in for pay. */
const replacing = new Set<Benefit['branch']>([
  'sickness',
  'maternity',
  'employment-injury',
  'unemployment',
  'invalidity',
])

/** Months without pay by agreement, or in which the fund itself paid instead of the employer. */
const excused = (dossier: Dossier): Set<Month> =>
  new Set([
    ...eventsOf(dossier).flatMap(({ value }) =>
      value.kind === 'unpaid-leave' && value.on.length > 4 ? [value.on.slice(0, 7)] : [],
    ),
    ...benefitsOf(dossier).flatMap(({ value }) => {
      if (!replacing.has(value.branch) || value.kind !== 'cash' || !isPaidOut(value)) return []
      if (value.from && value.until) return monthsFrom(firstDay(value.from), lastDay(value.until))
      return value.month ?? []
    }),
  ])

/** Runs of months that follow one another. */
const runsOf = (months: readonly Month[]): Month[][] => {
  const runs: Month[][] = []
  for (const month of months) {
    const run = runs.at(-1)
    const before = run?.at(-1)
    if (run && before && monthsBetween(before, month) === 1) run.push(month)
    else runs.push([month])
  }
  return runs
}

export const contributionGaps = personRule({
  id: 'R06',
  name: 'contribution-gaps',
  title: 'Months without contributions in the middle of a job',
  says: 'Between the month of hiring and that of leaving, or today, months follow one another for which the fund received nothing for this worker. Unpaid leave, and months in which the fund paid a benefit instead of wages, are no gaps. A second tier that goes to another fund by agreement is none either: one line makes a month whole. Months before the first line that the hub holds, and months of which the fund’s ledger has not come, are not judged.',
  message: 'No contribution to {scheme} was received for {months} months, {first} to {last}, while the job went on.',
  reason:
    'Every missing month makes the pension smaller, and may cost the right to it. The worker and the employer can still mend it now.',
  severity: 'S2',
  action: 'notify',
  aim: 'take-up',
  evidence: 'linked',
  dueInDays: 30,
  parameters: {
    gapMonths: { value: 2, says: 'Shortest gap, in months.', least: 1, most: 24 },
    lagMonths: {
      value: 2,
      says: 'Months that lists need to come in: later ones are not looked at.',
      least: 0,
      most: 12,
    },
  },
  subject: 'person',
  find: (dossier, { asOf, law, delivered, parameters }) => {
    const deaths = deathsOf(dossier).map(({ date }) => addMonths(firstDay(date), -1))
    const closed = [addMonths(asOf, -Math.max(1, parameters.lagMonths)), ...deaths].sort()[0] ?? ''
    const works = enrolmentsOf(dossier).filter(({ value }) => value.employer && value.category !== 'voluntary')
    const schemes = [...new Set(works.map(({ value }) => value.scheme))].filter((id) => {
      const scheme = schemeOf(law, id)
      return scheme?.mandatory && scheme.ledger
    })
    if (schemes.length === 0) return []
    const leave = excused(dossier)
    return schemes.flatMap((scheme) => {
      const received = contributionsOf(dossier).filter(({ value }) => value.scheme === scheme && isReceived(value))
      const whole = new Set(received.map(({ value }) => value.month))
      const known = [...whole].sort()[0]
      if (!known) return []
      const spells: Sourced<Enrolment>[] = works.filter(({ value }) => value.scheme === scheme)
      const worked = spells.flatMap(({ value }) => {
        const spell = monthsOfWork(value)
        return spell ? monthsFrom(later(spell.first, known), earlier(spell.last, closed)) : []
      })
      const missing = [...new Set(worked)]
        .sort()
        .filter((month) => !whole.has(month) && !leave.has(month) && delivered(scheme, 'ledger', month))
      return runsOf(missing)
        .filter((run) => run.length >= parameters.gapMonths)
        .map((run) => {
          const [first = '', last = ''] = [run[0], run.at(-1)]
          const around = received.filter(
            ({ value }) => Math.abs(monthsBetween(value.month, value.month < first ? first : last)) === 1,
          )
          return {
            about: `${scheme} ${first}`,
            owner: spells[0]?.registry ?? '',
            evidence: evidenceOf([...spells, ...around].map(({ ref }) => ref)),
            facts: { scheme, months: run.length, first, last },
          }
        })
    })
  },
})
