/** Builds a person's read model from its source records: every fact with its registry, the most trusted first. */
import type { Enrolment, SourceRecord } from '../../schemas/contract.ts'
import type { Document, Fact, Field } from '../../store/beneficiaries.ts'
import { fields } from '../../store/beneficiaries.ts'
import type { StoredRecord } from '../../store/records.ts'

/** Rank of a registry for a field; the lowest wins. */
export type Trust = (registry: string, field: Field) => number

const unranked = 100

export function trustOf(registries: readonly { id: string; trust: Record<string, number> }[]): Trust {
  const ranks = new Map(registries.map(({ id, trust }) => [id, trust]))
  return (registry, field) => ranks.get(registry)?.[field] ?? unranked
}

const valuesOf: { [F in Field]: (record: SourceRecord) => readonly unknown[] } = {
  name: (record) => record.names,
  birthDate: (record) => (record.birthDate ? [record.birthDate] : []),
  sex: (record) => (record.sex ? [record.sex] : []),
  death: (record) => (record.death ? [record.death] : []),
  identifiers: (record) => record.identifiers,
  phones: (record) => record.phones ?? [],
  addresses: (record) => record.addresses ?? [],
  enrolments: (record) => record.enrolments,
  contributions: (record) => record.contributions,
  benefits: (record) => record.benefits,
}

/** Which fields a record states anything about. */
export const statedFields = (record: SourceRecord): Field[] =>
  fields.filter((field) => valuesOf[field](record).length > 0)

/** Two facts with the same key say the same thing; of those, the first in order stays. */
const keyOf = (field: Field, value: unknown): string =>
  field === 'enrolments' ? enrolmentKey(value as Enrolment) : JSON.stringify(value)

/** A later list's word on the same membership replaces an earlier one's. */
const enrolmentKey = ({ scheme, memberNumber, category, employer }: Enrolment) =>
  JSON.stringify([scheme, memberNumber ?? employer?.id ?? category ?? ''])

/** How much a record says about who the person is: roles known in the name, a birth date, a sex. */
const fullness = ({ names, birthDate, sex }: SourceRecord) =>
  (names[0]?.parts.filter((part) => part.role !== 'unknown').length ?? 0) + (birthDate ? 2 : 0) + (sex ? 1 : 0)

/**
 * The document of one person. A record that its registry no longer lists adds nothing: it stays a member, but its facts are
 * not the registry's word any more. Deterministic: the same records give the same document.
 */
export function toDocument(person: string, members: readonly StoredRecord[], trust: Trust): Document {
  const present = members
    .filter((member) => member.absentSince === null)
    .map((member) => ({
      id: member.id,
      record: member.record,
      asOf: member.changedAt.toISOString(),
      fullness: fullness(member.record),
      latest: latest(member),
    }))
  const facts: Partial<Record<Field, Fact[]>> = {}
  for (const field of fields) {
    const ordered = [...present].sort(
      (left, right) =>
        trust(left.record.registry, field) - trust(right.record.registry, field) ||
        right.fullness - left.fullness ||
        right.latest - left.latest ||
        (left.id < right.id ? -1 : 1),
    )
    const seen = new Map<string, Fact>()
    for (const { record, asOf } of ordered)
      for (const value of valuesOf[field](record)) {
        const key = `${record.registry} ${keyOf(field, value)}`
        if (!seen.has(key)) seen.set(key, { registry: record.registry, asOf, value })
      }
    facts[field] = isMonthly(field) ? recent([...seen.values()]) : [...seen.values()]
  }
  return { person, registries: [...new Set(present.map((member) => member.record.registry))].sort(), facts }
}

/** Contributions and benefits in a document are each registry's most recent; the lists read the rest from their tables. */
const mostMonthly = 24
const isMonthly = (field: Field) => field === 'contributions' || field === 'benefits'
const monthOf = (fact: Fact) => (fact.value as { month?: string }).month ?? ''
function recent(facts: readonly Fact[]): Fact[] {
  const kept = new Map<string, number>()
  return [...facts]
    .sort((a, b) => (monthOf(a) < monthOf(b) ? 1 : monthOf(a) > monthOf(b) ? -1 : 0))
    .filter(({ registry }) => {
      const count = (kept.get(registry) ?? 0) + 1
      kept.set(registry, count)
      return count <= mostMonthly
    })
}

/** The latest month that a record speaks of, or else when it changed: newer lists say more about today. */
function latest({ record, changedAt }: StoredRecord): number {
  const months = record.contributions.map((contribution) => Date.parse(`${contribution.month}-01`))
  return months.length > 0 ? Math.max(...months) : changedAt.getTime()
}
