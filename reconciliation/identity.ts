/** Who a record says it is about, as the engine compares it. */

import { comparable, type Prepared, type PreparedBirth, prepare } from '../linkage/features.ts'
import { better, type NameLevel } from '../linkage/levels.ts'
import { compareNames } from '../linkage/names/compare.ts'
import { toLinkRecord } from '../linkage/record.ts'
import type { Identifier, PartialDate, SourceRecord } from '../schemas/contract.ts'
import { enrolmentTypes, uniqueTypes } from '../schemas/values/identifier.ts'
import type { DossierRecord } from './dossier.ts'

export const prepared = ({ id, record }: DossierRecord): Prepared => prepare(toLinkRecord(id, record))

/** The best level over all pairs of names; undefined when one side has none that can be compared. */
export const nameLevel = (one: Prepared, other: Prepared): NameLevel | undefined => {
  let best: NameLevel | undefined
  for (const name of one.names)
    for (const counterpart of other.names) best = better('name', best, compareNames(name, counterpart))
  return best
}

/** Levels at which the words of two names contradict each other: no spelling, order or missing word explains them. */
export const otherNames: ReadonlySet<NameLevel> = new Set<NameLevel>(['one-agrees', 'given-differs', 'different'])

/** A birth date as far as it speaks: the year alone where month and day are a habit of the office. */
export const bornOn = ({ year, month, day, heaped }: PreparedBirth): PartialDate => {
  const text = (value: number): string => String(value).padStart(2, '0')
  if (heaped || month === 0) return String(year).padStart(4, '0')
  return [String(year).padStart(4, '0'), text(month), ...(day === 0 ? [] : [text(day)])].join('-')
}

/** Numbers read before, by record: several rules ask. */
const numbers = new WeakMap<SourceRecord, readonly Identifier[]>()

/** The numbers of which a person has one from the state: not those that a scheme gives to whom it enrols. */
export const ownNumbers = ({ record }: DossierRecord): readonly Identifier[] => {
  const before = numbers.get(record)
  if (before) return before
  const own = record.identifiers.flatMap((identifier) => {
    const number = comparable(identifier)
    return number && uniqueTypes.has(number.type) && !enrolmentTypes.has(number.type) ? [number] : []
  })
  numbers.set(record, own)
  return own
}

export const typeOf = ({ type, issuer }: Identifier): string => `${type} ${issuer}`
