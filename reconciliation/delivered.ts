/**
 * Which months' lists have come. A line that is missing says something only where its list is there: one ledger file that did not
 * arrive would make every employer a debtor and every worker's month a gap.
 */
import type { Contribution, Month, SourceRecord } from '../schemas/contract.ts'
import type { Law } from './law/law.ts'

/** What employers declared, or what the fund received. */
export type MonthlyList = 'returns' | 'ledger'
export type DeliveredMonth = {
  readonly registry: string
  readonly scheme: string
  readonly list: MonthlyList
  readonly month: Month
}
/** True when a scheme's own registry has told anything in this list for the month, about anybody. */
export type Delivered = (scheme: string, list: MonthlyList, month: Month) => boolean

/** Money that is due, or went back, may stand in a list of its own. */
const lists: Readonly<Record<Contribution['state'], MonthlyList | undefined>> = {
  due: undefined,
  declared: 'returns',
  paid: 'ledger',
  allocated: 'ledger',
  suspense: 'ledger',
  reversed: undefined,
}

const nameOf = ({ registry, scheme, list, month }: DeliveredMonth): string => `${registry} ${scheme} ${list} ${month}`

/** The months that these records tell of, each once. */
export const monthsDelivered = (records: Iterable<SourceRecord>): DeliveredMonth[] => {
  const found = new Map<string, DeliveredMonth>()
  for (const { registry, contributions } of records)
    for (const { scheme, state, month } of contributions) {
      const list = lists[state]
      const one = list && { registry, scheme, list, month }
      if (one) found.set(nameOf(one), one)
    }
  return [...found.values()]
}

export const toDelivered = (months: readonly DeliveredMonth[], law: Law): Delivered => {
  const known = new Set(months.map(nameOf))
  return (scheme, list, month) => {
    const registry = law.schemes[scheme]?.registry
    return registry !== undefined && known.has(nameOf({ registry, scheme, list, month }))
  }
}
