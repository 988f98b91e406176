/** What several rules ask of a dossier. */
import type { Benefit, Contribution } from '../schemas/contract.ts'
import { holds, perhaps } from './dates.ts'
import { type Dossier, type DossierRecord, type FactRef, remembered } from './dossier.ts'
import type { Law, SchemeLaw } from './law/law.ts'

/** Findings refer to so many facts at most: whoever works on one opens a few, and the counts stand beside them. */
export const mostEvidence = 24
export const evidenceOf = (refs: readonly FactRef[]): readonly FactRef[] => refs.slice(0, mostEvidence)

export const listed = remembered(({ records }: Dossier): readonly DossierRecord[] =>
  records.filter(({ absent }) => !absent),
)

/** The list that a stream is of: `insured` for `insured/01`. */
export const listOf = ({ record }: DossierRecord): string => record.stream.split('/', 1)[0] ?? record.stream

/** True for lists in which a person stands once. */
export const isRegister = (law: Law, held: DossierRecord): boolean =>
  law.registers[held.registry]?.includes(listOf(held)) ?? false

export const schemeOf = (law: Law, scheme: string): SchemeLaw | undefined =>
  Object.hasOwn(law.schemes, scheme) ? law.schemes[scheme] : undefined

/** The scheme itself existed on a day. */
export const isOpen = (scheme: SchemeLaw, day: string): boolean => holds(perhaps(scheme), day)

/** The money has reached the fund for this person. */
export const isReceived = ({ state }: Contribution): boolean => state === 'paid' || state === 'allocated'

/** Money has gone out, or is about to. */
export const isPaidOut = ({ state }: Benefit): boolean => state === 'paid' || state === 'initiated'
