/** A run's outcome as a table by rule. */
import type { RuleCounts } from '../../core/reconciliation/slice-work.ts'
import type { Totals } from '../../core/reconciliation/totals.ts'
import { columns } from '../columns.ts'
import { grouped } from '../progress.ts'

type Titles = ReadonlyMap<string, string>

// A jsonb column orders keys by their length.
const byName = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1)

/** Minor units as an officer reads them: `KES 1,234.50`. */
export const moneyText = (amount: number, currency: string): string =>
  `${currency} ${(amount / 100).toLocaleString('en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`

const moneyOf = ({ money }: RuleCounts): string =>
  Object.entries(money)
    .sort(byName)
    .map(([currency, amount]) => moneyText(amount, currency))
    .join(', ')

const counted = ['new', 'persisting', 'resolved', 'reopened'] as const
/** What the same counts are called when other settings are tried. */
const tried = ['appear', 'stay', 'vanish']

/** One line a rule that found anything, and the sum. Columns are as wide as they have to be. */
export function tableOf({ rules }: Totals, titles: Titles, isTrial = false): string {
  // Other settings reopen nothing.
  const shown = isTrial ? counted.slice(0, tried.length) : counted
  const lines = Object.entries(rules)
    .sort(byName)
    .map(([rule, counts]) => [
      rule,
      titles.get(rule) ?? '',
      ...shown.map((name) => grouped(counts[name])),
      moneyOf(counts),
    ])
  const sums = shown.map((name) => grouped(Object.values(rules).reduce((sum, counts) => sum + counts[name], 0)))
  const table = [
    ['rule', '', ...(isTrial ? tried : counted), 'money at stake'],
    ...lines,
    ['', 'all rules', ...sums, ''],
  ]
  const isNumber = (column: number) => column > 1 && column < 2 + shown.length
  return columns(table, isNumber).join('\n')
}
