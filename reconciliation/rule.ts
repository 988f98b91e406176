/**
 * A rule: one small pure function over a dossier, or a fold over the people who share something, with everything an officer wants to
 * know about it. Facts, law and settings come in; drafts of findings go out. Same input, same output.
 */
import type { Delivered } from './delivered.ts'
import type { Dossier } from './dossier.ts'
import type { Action, Draft, Severity, SubjectKind } from './finding.ts'
import type { Law } from './law/law.ts'
import type { RegistryDossier } from './registry.ts'

/** A setting of a rule, which a what-if run may change. */
export type Parameter = {
  readonly value: number | boolean | string
  /** What it means, with its unit. */
  readonly says: string
  readonly least?: number
  readonly most?: number
}
export type Parameters = Readonly<Record<string, Parameter>>
type Widened<Value> = Value extends number ? number : Value extends boolean ? boolean : string
type Values<P extends Parameters> = { readonly [Name in keyof P]: Widened<P[Name]['value']> }

export type Context<P extends Parameters = Parameters> = {
  /** The day the rules look at, YYYY-MM-DD. */
  readonly asOf: string
  /** Ages, rates, limits and schemes by country and date. */
  readonly law: Law
  /** Where a line that is missing says something. */
  readonly delivered: Delivered
  readonly parameters: Values<P>
}

/** What every rule says about itself. */
export type About<P extends Parameters> = {
  /** As in docs/rules.md: R01 and on. Never given to another rule. */
  readonly id: string
  /** Its name in code, such as `paid-after-death`. */
  readonly name: string
  /** One line, such as `Paid after death`. */
  readonly title: string
  /** What it looks for, in words that an officer understands; two or three sentences. */
  readonly says: string
  /** What a finding of it tells, with {names} of the draft's facts. */
  readonly message: string
  /** Why anybody should care: the law or the administrative reason. */
  readonly reason: string
  readonly severity: Severity
  readonly action: Action
  /** What it is for: money and identity kept right, people reached who are left out, or better data. */
  readonly aim: 'integrity' | 'take-up' | 'quality'
  /** How sure it must be that the records are one person: a rule about money gets confirmed records only. */
  readonly evidence: 'confirmed' | 'linked'
  /** Days that the owner has to answer. */
  readonly dueInDays: number
  readonly parameters: P
}

export type PersonRule<P extends Parameters = Parameters> = About<P> & {
  readonly subject: 'person'
  /**
   * `dossier` is what the rule's evidence allows: of a rule about money a part, all of which is surely one person's. `whole` is everything
   * that is held for her: what stands anywhere in it is no absence.
   */
  readonly find: (dossier: Dossier, context: Context<P>, whole: Dossier) => readonly Draft[]
}

/** What people share: see groups.ts for who belongs together. */
export type GroupKind = Exclude<SubjectKind, 'person' | 'registry'>

/** Sees the people of one group one after the other, in the order of their ids, and says at the end what it found. Keeps little. */
export type Fold = {
  /** Of a rule about money she may come in parts; `whole` as for rules about persons. */
  readonly add: (dossier: Dossier, whole: Dossier) => void
  readonly end: () => readonly Draft[]
}

export type GroupRule<P extends Parameters = Parameters> = About<P> & {
  readonly subject: GroupKind
  /** Groups of fewer people are not looked at. */
  readonly least: number
  /**
   * Whether there can be anything to find in a group because of this person: groups in which it holds for nobody are not looked at.
   * Asked of everybody, so it is cheap; missing, it holds for all.
   */
  readonly concerns?: (dossier: Dossier, context: Context<P>) => boolean
  /** `key` is the group's key as groups.ts makes it. */
  readonly begin: (key: string, context: Context<P>) => Fold
}

export type RegistryRule<P extends Parameters = Parameters> = About<P> & {
  readonly subject: 'registry'
  readonly find: (dossier: RegistryDossier, context: Context<P>) => readonly Draft[]
}

export type Rule = PersonRule | GroupRule | RegistryRule

/** Checks a rule's types while it is written, and forgets the names of its parameters afterwards. */
export const personRule = <const P extends Parameters>(rule: PersonRule<P>): PersonRule => rule as unknown as PersonRule
export const groupRule = <const P extends Parameters>(rule: GroupRule<P>): GroupRule => rule as unknown as GroupRule
export const registryRule = <const P extends Parameters>(rule: RegistryRule<P>): RegistryRule =>
  rule as unknown as RegistryRule
