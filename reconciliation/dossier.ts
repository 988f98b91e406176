/**
 * What a rule looks at: a person with all records that registries hold about her, as they stood when the run's facts were read.
 * Facts keep the place they were read from, so that a finding refers to them and copies nothing.
 */
import type {
  Account,
  Assessment,
  Benefit,
  Contribution,
  Enrolment,
  Household,
  LifeEvent,
  Relation,
  SourceRecord,
} from '../schemas/contract.ts'

/** One record of a person, at the version that counts for the run. */
export type DossierRecord = {
  /** The hub's id of the record, and its version. */
  readonly id: string
  readonly version: number
  readonly registry: string
  /** Its registry lists it no more: what it says is history, and no word about today. */
  readonly absent: boolean
  readonly record: SourceRecord
}

export type Dossier = {
  /** The hub's id of the person. */
  readonly person: string
  /** Ordered by registry, stream and id, so that the same facts are read in the same order every night. */
  readonly records: readonly DossierRecord[]
}

/** Where a fact stands: a record's version and a JSON pointer into it, such as `/contributions/3`. */
export type FactRef = {
  readonly registry: string
  readonly record: string
  readonly version: number
  readonly pointer: string
}

/** A fact with its place. */
export type Sourced<Fact> = { readonly value: Fact; readonly registry: string; readonly ref: FactRef }

const refOf = ({ id, version, registry }: DossierRecord, pointer: string): FactRef => ({
  registry,
  record: id,
  version,
  pointer,
})

/** The place of a whole record, or of one of its fields. */
export const at = (record: DossierRecord, pointer = ''): FactRef => refOf(record, pointer)

/**
 * Some thirty rules ask the same one after the other about one dossier, so the last answer is kept: a pure function's result, which
 * changes nothing but time.
 */
export const remembered = <Answer>(read: (dossier: Dossier) => Answer): ((dossier: Dossier) => Answer) => {
  let last: { readonly dossier: Dossier; readonly answer: Answer } | undefined
  return (dossier) => {
    if (last?.dossier !== dossier) last = { dossier, answer: read(dossier) }
    return last.answer
  }
}

/** Facts of one kind, of the records that are still listed. */
const listed = <Fact>(name: string, read: (record: SourceRecord) => readonly Fact[] | undefined) =>
  remembered((dossier): readonly Sourced<Fact>[] => {
    const facts: Sourced<Fact>[] = []
    for (const held of dossier.records) {
      const values = held.absent ? undefined : read(held.record)
      for (const [index, value] of values?.entries() ?? [])
        facts.push({ value, registry: held.registry, ref: refOf(held, `/${name}/${index}`) })
    }
    return facts
  })

export const enrolmentsOf = listed<Enrolment>('enrolments', (record) => record.enrolments)
export const contributionsOf = listed<Contribution>('contributions', (record) => record.contributions)
export const benefitsOf = listed<Benefit>('benefits', (record) => record.benefits)
export const householdsOf = listed<Household>('households', (record) => record.households)
export const eventsOf = listed<LifeEvent>('events', (record) => record.events)
export const accountsOf = listed<Account>('accounts', (record) => record.accounts)
export const relationsOf = listed<Relation>('relations', (record) => record.relations)
export const assessmentsOf = listed<Assessment>('assessments', (record) => record.assessments)
