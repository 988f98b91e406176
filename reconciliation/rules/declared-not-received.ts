import type { Money } from '../../schemas/contract.ts'
import { daysLate, lateness, penaltyOn } from '../arrears.ts'
import { contributionsOf, type Dossier, type FactRef } from '../dossier.ts'
import { evidenceOf, isReceived, mostEvidence, schemeOf } from '../facts.ts'
import type { Draft } from '../finding.ts'
import type { SchemeLaw } from '../law/law.ts'
import { moneyText, paidIn } from '../person.ts'
import { groupRule } from '../rule.ts'

/** An employer's month: all that was declared, and all that came. Of large employers, the first people who lack money stand for the rest. */
type Sum = {
  readonly scheme: string
  readonly month: string
  readonly law: SchemeLaw
  readonly currency: Money['currency']
  declared: number
  received: number
  deducted: boolean
  people: number
  readonly persons: string[]
  readonly evidence: FactRef[]
}
const mostPersons = 200
/** One unit of a currency, in its minor units. */
const oneUnit = 100

/** What of one person's lines belongs to the employer, added to the employer's months. Money in suspense has come in. */
const addLines = (
  dossier: Dossier,
  key: string,
  sums: Map<string, Sum>,
  lawOf: (scheme: string) => SchemeLaw | undefined,
): void => {
  const short = new Map<string, number>()
  for (const { value, registry, ref } of contributionsOf(dossier)) {
    const law = lawOf(value.scheme)
    const money = paidIn(value)
    const isDeclared = value.state === 'declared'
    if (!law || !money || `${registry}:${value.employer?.id}` !== key) continue
    if (!isDeclared && !isReceived(value) && value.state !== 'suspense') continue
    const name = `${value.scheme} ${value.month} ${money.currency}`
    const sum = sums.get(name) ?? newSum(value.scheme, value.month, law, money.currency)
    sums.set(name, sum)
    if (isDeclared) sum.declared += money.amount
    else sum.received += money.amount
    if (isDeclared && (value.employeeShare?.amount ?? 0) > 0) sum.deducted = true
    if (sum.evidence.length < mostEvidence) sum.evidence.push(ref)
    short.set(name, (short.get(name) ?? 0) + (isDeclared ? money.amount : -money.amount))
  }
  for (const [name, missing] of short) {
    const sum = sums.get(name)
    if (!sum || missing === 0) continue
    sum.people += 1
    if (sum.persons.length < mostPersons) sum.persons.push(dossier.person)
  }
}

const newSum = (scheme: string, month: string, law: SchemeLaw, currency: Money['currency']): Sum => ({
  scheme,
  month,
  law,
  currency,
  declared: 0,
  received: 0,
  deducted: false,
  people: 0,
  persons: [],
  evidence: [],
})

export const declaredNotReceived = groupRule({
  id: 'R12',
  name: 'declared-not-received',
  title: 'An employer declared one sum, and the fund received another',
  says: 'For an employer and a month that is due, everything declared for the workers is compared with everything that the fund received, as far as both lists of the month have come. It weighs more when the workers’ shares were deducted and the money has not come for two months.',
  message:
    'For {month}, {declared} were declared to {scheme} and {received} received; {people} workers are concerned. Penalty so far: {penalty}.',
  reason:
    'Contributions that were deducted from wages are the workers’ own money. Arrears grow with the penalty, so early is cheap for everybody.',
  severity: 'S2',
  action: 'report',
  aim: 'integrity',
  evidence: 'confirmed',
  dueInDays: 30,
  parameters: {
    ...lateness,
    tolerance: {
      value: 0.001,
      says: 'Share of the declared sum that may be missing; one unit of the currency always may.',
      least: 0,
      most: 0.1,
    },
  },
  subject: 'employer',
  least: 1,
  begin: (key, { asOf, law, delivered, parameters }) => {
    const sums = new Map<string, Sum>()
    const lawOf = (id: string): SchemeLaw | undefined => {
      const scheme = schemeOf(law, id)
      return scheme?.ledger && scheme.returns ? scheme : undefined
    }
    const draftOf = (sum: Sum): Draft[] => {
      const { scheme, month, currency, declared, received } = sum
      const late = daysLate(month, sum.law, asOf)
      const difference = Math.abs(declared - received)
      if (late <= parameters.graceDays || difference <= Math.max(oneUnit, declared * parameters.tolerance)) return []
      const money = { amount: difference, currency }
      const isOwed = declared > received
      if (!delivered(scheme, isOwed ? 'ledger' : 'returns', month)) return []
      const penalty = isOwed ? penaltyOn(money, month, sum.law, asOf) : undefined
      return [
        {
          about: `${scheme} ${month} ${currency}`,
          owner: sum.law.registry,
          severity: isOwed && sum.deducted && late > parameters.lateDays ? 'S1' : 'S2',
          evidence: evidenceOf(sum.evidence),
          money,
          facts: {
            scheme,
            month,
            declared: moneyText({ amount: declared, currency }),
            received: moneyText({ amount: received, currency }),
            people: sum.people,
            penalty: penalty ? moneyText(penalty) : 'none',
            deducted: sum.deducted,
          },
          persons: sum.persons,
        },
      ]
    }
    return {
      add: (dossier) => addLines(dossier, key, sums, lawOf),
      end: () =>
        [...sums.keys()].sort().flatMap((name) => {
          const sum = sums.get(name)
          return sum ? draftOf(sum) : []
        }),
    }
  },
})
