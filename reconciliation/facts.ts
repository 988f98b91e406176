/** What several rules ask of a dossier. */
import type { Benefit, Contribution, Enrolment, PartialDate } from '../schemas/contract.ts'
import { firstDay, holds, perhaps } from './dates.ts'
import { at, type Dossier, type DossierRecord, type FactRef } from './dossier.ts'
import type { Law, SchemeLaw } from './law/law.ts'

/** Findings refer to so many facts at most: whoever works on one opens a few, and the counts stand beside them. */
export const mostEvidence = 24
export const evidenceOf = (refs: readonly FactRef[]): readonly FactRef[] => refs.slice(0, mostEvidence)

export const listed = ({ records }: Dossier): readonly DossierRecord[] => records.filter(({ absent }) => !absent)

/** True when any registry says so, however weakly: nobody is told what a dead person could claim. */
export const saidDead = (dossier: Dossier): boolean => listed(dossier).some(({ record }) => record.death !== undefined)

export type KnownDeath = {
  readonly status: 'reported' | 'registered' | 'verified'
  readonly date: PartialDate
  readonly registry: string
  readonly ref: FactRef
}

/** Deaths with a date, as far as a registry that lists the person says so today. */
export const deathsOf = (dossier: Dossier): KnownDeath[] =>
  listed(dossier).flatMap((held) => {
    const { death } = held.record
    return death?.date ? [{ ...death, date: death.date, registry: held.registry, ref: at(held, '/death') }] : []
  })

/** The list that a stream is of: `insured` for `insured/01`. */
export const listOf = ({ record }: DossierRecord): string => record.stream.split('/', 1)[0] ?? record.stream

/** True for lists in which a person stands once. */
export const isRegister = (law: Law, held: DossierRecord): boolean =>
  law.registers[held.registry]?.includes(listOf(held)) ?? false

export const schemeOf = (law: Law, scheme: string): SchemeLaw | undefined =>
  Object.hasOwn(law.schemes, scheme) ? law.schemes[scheme] : undefined

/** The scheme itself existed on a day. */
export const isOpen = (scheme: SchemeLaw, day: string): boolean => holds(perhaps(scheme), day)

/** Membership that its registry calls active, and that has neither ended nor is still to come by its dates. */
export const isCurrent = ({ status, from, until }: Enrolment, day: string): boolean =>
  status === 'active' && (!from || firstDay(from) <= day) && (!until || firstDay(until) >= day)

/** The money has reached the fund for this person. */
export const isReceived = ({ state }: Contribution): boolean => state === 'paid' || state === 'allocated'

/** Money has gone out, or is about to. */
export const isPaidOut = ({ state }: Benefit): boolean => state === 'paid' || state === 'initiated'
