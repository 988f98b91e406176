import type { Contribution } from '../../schemas/contract.ts'
import { daysLate, lateness } from '../arrears.ts'
import type { MonthlyList } from '../delivered.ts'
import { contributionsOf, type Sourced } from '../dossier.ts'
import { evidenceOf, isReceived, schemeOf } from '../facts.ts'
import { grouped } from '../grouped.ts'
import { paidIn, sumOf } from '../person.ts'
import { personRule } from '../rule.ts'

type Line = Sourced<Contribution>

/** The lines of some that no line of the others, wherever it stands, answers: same employer and month, and same component where both name one. */
const unanswered = (lines: readonly Line[], others: readonly Line[]): Line[] => {
  if (lines.length === 0) return []
  const months = grouped(others, ({ value }) => `${value.employer?.id} ${value.month}`)
  return lines.filter(({ value }) => {
    const answers = months.get(`${value.employer?.id} ${value.month}`) ?? []
    return !answers.some(({ value: { component } }) => !component || !value.component || component === value.component)
  })
}

export const lineWithoutCounterpart = personRule({
  id: 'R12b',
  name: 'line-without-counterpart',
  title: 'Declared for a worker and not received, or received and not declared',
  says: 'An employer’s return names the worker for a month that is due, and the fund’s ledger holds nothing for her from this employer; or the ledger holds money for a month in which the employer’s return does not name her. A month of which the other list has not come is not judged.',
  message: '{scheme}: {months} months from {first} to {last} were {stated}, and {lacking}.',
  reason:
    'The employer’s whole sum may be right while one worker’s part went astray: to another number, to suspense, or nowhere.',
  severity: 'S2',
  action: 'report',
  aim: 'integrity',
  evidence: 'confirmed',
  dueInDays: 30,
  parameters: {
    ...lateness,
  },
  subject: 'person',
  find: (dossier, { asOf, law, delivered, parameters }, whole) => {
    const compared = ({ value, registry }: Line): boolean => {
      const scheme = schemeOf(law, value.scheme)
      return Boolean(scheme?.ledger && scheme.returns && scheme.registry === registry && value.employer)
    }
    const lines = contributionsOf(dossier).filter(compared)
    if (lines.length === 0) return []
    const answers = whole === dossier ? lines : contributionsOf(whole).filter(compared)
    return [...grouped(lines, ({ value }) => value.scheme)].flatMap(([id, own]) => {
      const scheme = schemeOf(law, id)
      if (!scheme) return []
      const isDeclared = ({ value }: Line): boolean => value.state === 'declared'
      const isLedger = ({ value }: Line): boolean => isReceived(value)
      const isDue = ({ value: { month } }: Line): boolean => daysLate(month, scheme, asOf) > parameters.graceDays
      const alone = (stated: (line: Line) => boolean, lacking: (line: Line) => boolean, list: MonthlyList): Line[] =>
        unanswered(
          own.filter((line) => stated(line) && isDue(line) && delivered(id, list, line.value.month)),
          answers.filter((line) => line.value.scheme === id && lacking(line)),
        )
      const draft = (stated: 'declared' | 'received', open: readonly Line[]) => {
        const months = [...new Set(open.map(({ value }) => value.month))].sort()
        const isDeducted = open.some(
          ({ value }) =>
            (value.employeeShare?.amount ?? 0) > 0 && daysLate(value.month, scheme, asOf) > parameters.lateDays,
        )
        const money = sumOf(open.map(({ value }) => paidIn(value)))
        const [first, last] = [months[0], months.at(-1)]
        if (!first || !last) return []
        return [
          {
            about: `${stated} ${id}`,
            owner: scheme.registry,
            severity: stated === 'declared' && isDeducted ? ('S1' as const) : ('S2' as const),
            evidence: evidenceOf(open.map(({ ref }) => ref)),
            facts: {
              scheme: id,
              months: months.length,
              first,
              last,
              stated,
              lacking: stated === 'declared' ? 'not received' : 'not declared',
            },
            ...(money && { money }),
          },
        ]
      }
      return [
        ...draft('declared', alone(isDeclared, isLedger, 'ledger')),
        ...draft('received', alone(isLedger, isDeclared, 'returns')),
      ]
    })
  },
})
