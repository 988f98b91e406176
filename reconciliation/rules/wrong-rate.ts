import type { Contribution, Money, Month } from '../../schemas/contract.ts'
import { addMonths } from '../dates.ts'
import { contributionsOf, type Dossier, type FactRef, type Sourced } from '../dossier.ts'
import { evidenceOf, isReceived, isRegister, listed, schemeOf } from '../facts.ts'
import { grouped } from '../grouped.ts'
import { inForce, type Law, type Rate } from '../law/law.ts'
import { moneyText, paidIn, sumOf } from '../person.ts'
import { personRule } from '../rule.ts'

type Line = Sourced<Contribution>
type Wrong = {
  readonly month: Month
  readonly pay: Money
  readonly paid: number
  readonly due: number
  readonly refs: readonly FactRef[]
}

/** Rates looked up before, by law: a pure function's results, a few for each scheme and month. */
const known = new WeakMap<Law, Map<string, ReadonlyMap<string, Rate>>>()

/** The rates of a scheme in a month by component or variant; '' is the scheme's only one. `without`: variants left out, blanks between. */
const ratesOf = (law: Law, scheme: string, month: Month, without: string): ReadonlyMap<string, Rate> => {
  const own = known.get(law) ?? new Map<string, ReadonlyMap<string, Rate>>()
  known.set(law, own)
  const asked = `${scheme} ${month} ${without}`
  const rates = own.get(asked) ?? lookUp(law, scheme, month, without.split(' '))
  own.set(asked, rates)
  return rates
}

const lookUp = (law: Law, scheme: string, month: Month, without: readonly string[]): ReadonlyMap<string, Rate> =>
  new Map(
    Object.entries(law.schemes[scheme] ? (law.countries[law.schemes[scheme].country]?.rates ?? {}) : {}).flatMap(
      ([key, dated]): [string, Rate][] => {
        const [id, name = ''] = key.split('#')
        const rate = id === scheme && !without.includes(key) ? inForce(dated, month) : undefined
        return rate ? [[name, rate]] : []
      },
    ),
  )

/**
 * Beside the second tier a worker's register entry says whether it goes to another fund. Only who stands there as employed, and
 * nowhere as contracted out, surely owes it here.
 */
const owesAllTiers = (dossier: Dossier, whole: Dossier, law: Law, scheme: string): boolean => {
  const categories = (of: Dossier) =>
    listed(of)
      .filter((held) => isRegister(law, held))
      .flatMap(({ record }) => record.enrolments.flatMap((one) => (one.scheme === scheme ? [one.category] : [])))
  return categories(dossier).includes('employed') && !categories(whole).includes('tier-1-only')
}

/** A line for the same month and employer in this component, wherever it stands. */
const standsIn = (whole: Dossier, { value: { scheme, month, employer } }: Line, component: string): boolean =>
  contributionsOf(whole).some(
    ({ value }) =>
      value.month === month &&
      value.scheme === scheme &&
      value.component === component &&
      value.employer?.id === employer?.id &&
      value.state !== 'reversed',
  )

const sumPaid = (lines: readonly Line[]): Money | undefined => sumOf(lines.map(({ value }) => paidIn(value)))

/** The lines of one worker, scheme, employer and month that were declared, or else paid, beside the pay that one of them names. */
const wrongIn = (
  lines: readonly Line[],
  rates: ReadonlyMap<string, Rate>,
  isMissing: (component: string) => boolean,
  tolerance: number,
): Wrong[] => {
  const pay = lines.find(({ value }) => value.base)?.value.base
  const [first] = lines
  if (!pay || !first || rates.size === 0) return []
  const wrong = (paid: Money, due: number, of: readonly Line[]): Wrong[] =>
    paid.currency === pay.currency && Math.abs(paid.amount - due) > tolerance
      ? [{ month: first.value.month, pay, paid: paid.amount, due, refs: of.map(({ ref }) => ref) }]
      : []
  if (lines.every(({ value }) => value.component === undefined)) {
    const paid = sumPaid(lines)
    const dues = [...rates.values()].map((rate) => rate(pay.amount))
    if (!paid || dues.some((due) => Math.abs(paid.amount - due) <= tolerance)) return []
    const nearest = [...dues].sort((a, b) => Math.abs(a - paid.amount) - Math.abs(b - paid.amount))[0]
    return nearest === undefined ? [] : wrong(paid, nearest, lines)
  }
  return [...rates].flatMap(([component, rate]) => {
    const own = lines.filter(({ value }) => value.component === component)
    const paid = sumPaid(own) ?? (own.length === 0 && isMissing(component) ? { ...pay, amount: 0 } : undefined)
    return paid ? wrong(paid, rate(pay.amount), own.length > 0 ? own : lines) : []
  })
}

export const wrongRate = personRule({
  id: 'R13',
  name: 'wrong-rate',
  title: 'The contribution does not follow from the pay',
  says: 'For a month with both pay and contribution on file, the contribution is computed anew from the rates and limits of that month. More than one unit of the currency beside it is told. Where a scheme has several rates, any of them will do; a second tier that goes to another fund by agreement is not missed.',
  message:
    '{scheme}: {months} months from {first} to {last} do not follow the rate; {under} too little, {over} too much. {line}',
  reason:
    'Benefits are computed from what was paid in: too little makes them smaller, too much is the worker’s wage. Most errors are last year’s limits.',
  severity: 'S2',
  action: 'fix',
  aim: 'integrity',
  evidence: 'confirmed',
  dueInDays: 30,
  parameters: {
    months: { value: 24, says: 'Months that are looked at.', least: 1, most: 120 },
    tolerance: {
      value: 100,
      says: 'Difference that rounding explains, in minor units (100 is one shilling, kip or rupee).',
      least: 0,
      most: 100_000,
    },
    without: {
      value: '',
      says: 'Variants of a rate that this country does not accept, with blanks between them, such as pk-eobi/old-age#rs-3000.',
    },
  },
  subject: 'person',
  find: (dossier, { asOf, law, parameters }, whole) => {
    const earliest = addMonths(asOf, -parameters.months)
    const stated = contributionsOf(dossier)
    if (!stated.some(({ value }) => value.base)) return []
    const lines = stated.filter(
      ({ value }) => value.month >= earliest && value.month <= asOf.slice(0, 7) && schemeOf(law, value.scheme),
    )
    return [...grouped(lines, ({ value }) => value.scheme)].flatMap(([scheme, own]) => {
      const owesAll = owesAllTiers(dossier, whole, law, scheme)
      const wrongs = [...grouped(own, ({ value }) => `${value.month} ${value.employer?.id}`).values()].flatMap(
        (month) => {
          if (!month.some(({ value }) => value.base)) return []
          const declared = month.filter(({ value }) => value.state === 'declared')
          const checked = declared.length > 0 ? declared : month.filter(({ value }) => isReceived(value))
          return wrongIn(
            checked,
            ratesOf(law, scheme, month[0].value.month, parameters.without),
            (component) => owesAll && !standsIn(whole, month[0], component),
            parameters.tolerance,
          )
        },
      )
      const sorted = wrongs.sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : 0))
      const [first, last] = [sorted[0], sorted.at(-1)]
      if (!first || !last) return []
      const { currency } = first.pay
      const total = (excess: (wrong: Wrong) => number): Money => ({
        amount: sorted.reduce((sum, wrong) => sum + Math.max(0, excess(wrong)), 0),
        currency,
      })
      const under = total(({ due, paid }) => due - paid)
      const over = total(({ due, paid }) => paid - due)
      const spoken = (amount: number): string => moneyText({ amount, currency })
      return [
        {
          about: scheme,
          owner: schemeOf(law, scheme)?.registry ?? '',
          evidence: evidenceOf(sorted.toReversed().flatMap(({ refs }) => refs)),
          money: { amount: under.amount + over.amount, currency },
          facts: {
            scheme,
            months: new Set(sorted.map(({ month }) => month)).size,
            first: first.month,
            last: last.month,
            under: moneyText(under),
            over: moneyText(over),
            line: `${last.month}: due ${spoken(last.due)} on ${moneyText(last.pay)}, paid ${spoken(last.paid)}.`,
          },
        },
      ]
    })
  },
})
