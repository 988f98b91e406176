/** What speaks for and against a pair, as far as the agreement goes: to show how two values compare is to tell about them. */
import { compare } from '../linkage/compare.ts'
import { type Decision, decide } from '../linkage/decide.ts'
import { prepare } from '../linkage/features.ts'
import type { ComparisonName } from '../linkage/levels.ts'
import type { Model } from '../linkage/model.ts'
import { toLinkRecord } from '../linkage/record.ts'
import type { MatchReason, PairEvidence } from '../schemas/contract.ts'
import type { Field } from '../store/beneficiaries.ts'
import type { DecisionRow } from '../store/decisions.ts'
import type { StoredRecord } from '../store/records.ts'
import type { Needs } from './needs.ts'
import { holdersOf } from './persons/holders.ts'
import type { Permission } from './policy.ts'

/** The fields that each comparison tells about. Relatives are told about by their names and numbers. */
const fieldsOf: { readonly [On in ComparisonName]: readonly Field[] } = {
  name: ['name'],
  birthDate: ['birthDate'],
  sex: ['sex'],
  identifier: ['identifiers'],
  phone: ['phones'],
  household: ['name', 'identifiers'],
  locality: ['addresses'],
}
const compared = Object.values(fieldsOf).flat()

/** What tells that both work for one employer. */
const employment: readonly Field[] = ['enrolments', 'contributions']
export const employmentIsAgreed = ({ fields }: Permission): boolean =>
  employment.every((field) => fields.includes(field))

/** Whether every field that is always compared is agreed. */
const seesAll = ({ fields }: Permission): boolean => compared.every((field) => fields.includes(field))

/** Whether the sum of any comparison may be shown, whatever it is made of: it tells about each part. */
export const seesSums = (permission: Permission): boolean => seesAll(permission) && employmentIsAgreed(permission)

const isAgreed = ({ on, level }: MatchReason, { fields }: Permission): boolean => {
  const tells = fieldsOf[on.split(':')[0] as ComparisonName] ?? compared
  const needed = level === 'swapped-at-work' ? [...tells, ...employment] : tells
  return needed.every((field) => fields.includes(field))
}

const isStated = ({ level }: MatchReason) => level !== 'missing'

/** The model's word on pairs of records as they stand, in their order. */
export async function judgePairs(
  needs: Needs,
  pairs: readonly (readonly [StoredRecord, StoredRecord])[],
): Promise<Decision[]> {
  const ready = ({ id, record }: StoredRecord) => prepare(toLinkRecord(id, record))
  const prepared = pairs.map(([one, other]) => [ready(one), ready(other)] as const)
  const holders = await holdersOf(needs, needs.db, prepared)
  return prepared.map(([one, other]) => decide(needs.model, compare(needs.model, one, other, holders)))
}

/** `stored`: what was decided, where it was; else the pair as it compares now. */
export function toEvidence(model: Model, permission: Permission, judged: Decision, stored?: DecisionRow): PairEvidence {
  const { outcome, weight, probability, model: version } = stored ?? judged
  const parts: readonly MatchReason[] = stored?.parts ?? judged.parts
  const stated = parts.filter(isStated)
  const agreed = stated.filter((part) => isAgreed(part, permission))
  const reasons = agreed.map(({ on, level, weight }) => ({ on, level, weight }))
  const complete = seesAll(permission) && agreed.length === stated.length
  if (!complete) return { complete, model: version, reasons, guards: [] }
  const guards = model.guards
    .filter(({ name }) => judged.guards.includes(name))
    .map(({ name, reason }) => ({ name, reason }))
  return { complete, model: version, outcome, weight, probability, reasons, guards }
}
