/** What a rule says about a subject: facts by reference, never copies, and nothing that names anybody. */
import type { Money } from '../schemas/contract.ts'
import type { FactRef } from './dossier.ts'

/** S1: money is leaving now, or somebody's right is at risk. S2: a likely error. S3: quality of data. */
export type Severity = 'S1' | 'S2' | 'S3'

/** What the hub proposes. A person decides: no finding stops a benefit. */
export type Action = 'hold' | 'review' | 'notify' | 'fix' | 'report'

/** What can be wrong: a person, or something that people share. */
export type SubjectKind =
  | 'person'
  | 'household'
  | 'employer'
  | 'identifier'
  | 'phone'
  | 'account'
  | 'caregiver'
  | 'dependant'
  | 'registry'

/** A finding as a rule makes it; the run adds the rule, the subject and its place in time. */
export type Draft = {
  /**
   * What makes it this finding and no other of its rule and subject, the same night after night: a scheme, a month, a pair of
   * schemes, in a fixed order. Never a personal value, never a count that grows.
   */
  readonly about: string
  /** The registry that has to act. */
  readonly owner: string
  /** The facts it rests on, at least one, the most telling first. */
  readonly evidence: readonly FactRef[]
  /** Money at stake, where there is any: what was paid too much, is owed, or is not drawn. */
  readonly money?: Money
  /** What happened, such as a death on a day: what people were told or decided holds for this occasion and no other. */
  readonly occasion?: string
  /** Where the rule's own severity depends on the case. */
  readonly severity?: Severity
  /** Figures for the officer, under the names that the rule's text uses. Dates, months, counts, schemes; no names or numbers of people. */
  readonly facts: Readonly<Record<string, string | number | boolean>>
  /** The hub's ids of further people it is about, besides a subject who is a person. */
  readonly persons?: readonly string[]
}
