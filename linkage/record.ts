/**
 * What the engine compares: a record reduced to the evidence about who it is.
 * It carries no registry's own layout and no scheme data; the engine knows no database, clock or network.
 */
import type { Address, Identifier, Name, PartialDate, Phone, Relation, Sex, SourceRecord } from '../schemas/contract.ts'

export type LinkRecord = {
  readonly id: string
  readonly registry: string
  /** The registry's list the record stands in; some lists hold a person once, others once a month. */
  readonly stream: string
  readonly names: readonly Name[]
  readonly sex?: Sex
  readonly birthDate?: PartialDate
  /** The registry's note says that month and day are only a default (1 January and the like). */
  readonly birthDateHeaped: boolean
  readonly identifiers: readonly Identifier[]
  readonly phones: readonly Phone[]
  readonly addresses: readonly Address[]
  readonly relations: readonly Relation[]
}

/** The evidence of a source record. */
export const toLinkRecord = (id: string, record: SourceRecord): LinkRecord => ({
  id,
  registry: record.registry,
  stream: record.stream,
  names: record.names,
  ...(record.sex && { sex: record.sex }),
  ...(record.birthDate && { birthDate: record.birthDate }),
  birthDateHeaped: record.quality.some((note) => note.code === 'birth-date-heaped'),
  identifiers: record.identifiers,
  phones: record.phones ?? [],
  addresses: record.addresses ?? [],
  relations: record.relations ?? [],
})
