/**
 * What the engine compares: a record reduced to the evidence about who it is.
 * It carries no registry's own layout and no scheme data; the engine knows no database, clock or network.
 */
import type {
  Address,
  Employer,
  Identifier,
  Name,
  PartialDate,
  Phone,
  Relation,
  Sex,
  SourceRecord,
} from '../schemas/contract.ts'

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
  /** Whom the person works for or worked for; the id begins with the registry whose number it is. */
  readonly employers?: readonly Employer[]
}

/** The evidence of a source record. */
export const toLinkRecord = (id: string, record: SourceRecord): LinkRecord => {
  const employers = employersOf(record)
  return {
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
    ...(employers.length > 0 && { employers }),
  }
}

/** Each once: most records name one employer, month by month. */
function employersOf({ registry, enrolments, contributions }: SourceRecord): Employer[] {
  const known = new Map<string, Employer>()
  for (const { employer } of [...enrolments, ...contributions])
    if (employer) known.set(`${employer.id} ${employer.name}`, { ...employer, id: `${registry}:${employer.id}` })
  return [...known.values()]
}
