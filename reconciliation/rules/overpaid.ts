import type { Benefit, Money } from '../../schemas/contract.ts'
import { benefitsOf, type Sourced } from '../dossier.ts'
import { evidenceOf } from '../facts.ts'
import type { Draft } from '../finding.ts'
import { grouped } from '../grouped.ts'
import { moneyText, monthOf, sumOf } from '../person.ts'
import { personRule } from '../rule.ts'

type Line = Sourced<Benefit>

/** A scheme of several branches may pay two benefits at once, each with a tariff of its own. */
const claimOf = ({ registry, value: { scheme, branch } }: Line): string => `${registry} ${scheme} ${branch}`

/** Two claims of one branch, such as two injuries, are told apart by the day of what they are for. */
const cycleOf = ({ value }: Line): string =>
  [monthOf(value), value.eventOn].filter((date) => date !== undefined).join(' for ')

const totalOf = (lines: readonly Line[]): Money | undefined => sumOf(lines.map(({ value }) => value.amount))

/** What the lines of a cycle say was due: the highest, for a tariff that was corrected counts as corrected. */
const dueFor = (lines: readonly Line[], { currency }: Money): number | undefined => {
  const due = lines.flatMap(({ value: { entitled } }) => (entitled?.currency === currency ? [entitled.amount] : []))
  return due.length === 0 ? undefined : Math.max(...due)
}

const draftOf = (lines: readonly [Line, ...Line[]], what: string, paid: Money, excess: number): Draft => {
  const [{ registry, value }] = lines
  const money = { ...paid, amount: excess }
  return {
    about: `${claimOf(lines[0])} ${what}`,
    owner: registry,
    evidence: evidenceOf(lines.map(({ ref }) => ref)),
    money,
    facts: {
      scheme: value.scheme,
      cycle: monthOf(value) ?? 'a cycle without a month',
      payments: lines.length,
      paid: moneyText(paid),
      excess: moneyText(money),
    },
  }
}

/** Several lines of one cycle are one payment in parts, as long as their sum is what was due. */
const overTariff = (lines: readonly [Line, ...Line[]]): Draft | undefined => {
  const paid = totalOf(lines)
  const due = paid && dueFor(lines, paid)
  return paid && due !== undefined && paid.amount > due
    ? draftOf(lines, cycleOf(lines[0]), paid, paid.amount - due)
    : undefined
}

const paidTwice = (lines: readonly [Line, ...Line[]]): Draft | undefined => {
  const paid = totalOf(lines)
  return paid && lines.length > 1
    ? draftOf(lines, `reference ${lines[0].value.reference}`, paid, paid.amount - (lines[0].value.amount?.amount ?? 0))
    : undefined
}

/** R25. A payment that came back, failed or was clawed back is no payment. */
export const overpaid = personRule({
  id: 'R25',
  name: 'overpaid',
  title: 'Paid more than was due in a cycle',
  says: 'What a scheme paid to a person for one cycle is more than it says was due, or the same payment reference was paid twice. Payments that failed, came back or were clawed back do not count.',
  message: '{scheme} paid {paid} for {cycle}, {excess} more than was due.',
  reason:
    'Money paid twice is missing elsewhere. An audit of Kenya’s cash transfers found 919 people overpaid in one month.',
  severity: 'S1',
  action: 'fix',
  aim: 'integrity',
  evidence: 'confirmed',
  dueInDays: 14,
  parameters: {},
  subject: 'person',
  find: (dossier, { asOf }) => {
    const paid = benefitsOf(dossier).filter(
      ({ value }) => value.state === 'paid' && value.amount !== undefined && (monthOf(value) ?? '') <= asOf.slice(0, 7),
    )
    const cycles = grouped(
      paid.filter(({ value }) => monthOf(value) !== undefined),
      (line) => `${claimOf(line)} ${line.value.eventOn ?? ''} ${monthOf(line.value)}`,
    )
    const over = [...cycles.values()].map((lines) => ({ lines, draft: overTariff(lines) }))
    // Where the cycle's sum already says it, the reference adds nothing.
    const told = new Set(over.flatMap(({ lines, draft }) => (draft ? lines : [])))
    const references = grouped(
      paid.filter((line) => line.value.reference !== undefined && !told.has(line)),
      (line) => `${claimOf(line)} ${line.value.reference}`,
    )
    return [...over.map(({ draft }) => draft), ...[...references.values()].map(paidTwice)].filter(
      (draft) => draft !== undefined,
    )
  },
})
