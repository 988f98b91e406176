/** A registry on paper: an adapter over a list in memory, whose raw records are canonical records with a few words missing. */
import type { Adapter, Normalised, Page, PullError, RawRecord } from '../../adapters/contract.ts'
import type { SourceRecord } from '../../schemas/contract.ts'
import { makeName } from '../../schemas/values/name.ts'

export type Line = {
  no: string
  name: string
  born?: string
  sex?: 'male' | 'female'
  id?: string
  phone?: string
  months?: string[]
  employer?: string
  broken?: boolean
  /** The delivery it comes in. */
  list?: string
}

/** A canonical record of a line; registry `ke-nssf` unless told. */
export function toRecord(line: Line, registry = 'ke-nssf', stream = 'member'): SourceRecord {
  const name = makeName(line.name)
  if (!name) throw new Error(`no name: ${line.no}`)
  return {
    registry,
    stream,
    sourceId: line.no,
    names: [name],
    ...(line.born && { birthDate: line.born }),
    ...(line.sex && { sex: line.sex }),
    identifiers: line.id ? [{ type: 'national-id', issuer: 'ke', value: line.id }] : [],
    ...(line.phone && { phones: [line.phone] }),
    enrolments: [
      {
        scheme: `${registry}/act-2013`,
        branches: ['old-age'],
        status: 'active',
        memberNumber: line.no,
        ...(line.employer && { employer: { id: '7', name: line.employer } }),
      },
    ],
    contributions: (line.months ?? []).map((month) => ({
      scheme: `${registry}/act-2013`,
      month,
      component: 'tier-1',
      state: 'declared',
      employeeShare: { amount: 54_000, currency: 'KES' },
    })),
    benefits: [],
    quality: [],
    synthetic: true,
  }
}

const asRaw = ({ list, ...line }: Line, stream: string, index: number): RawRecord => ({
  stream,
  ...(list !== undefined && { list }),
  origin: `paper row ${index + 1}`,
  data: { ...line },
})

function normalise(raw: RawRecord, registry: string): Normalised {
  const line = raw.data as unknown as Line
  if (line.broken)
    return {
      outcome: 'rejection',
      sourceId: line.no,
      reasons: [{ pointer: '/broken', rule: 'paper', message: 'This line is broken.' }],
    }
  return { outcome: 'record', record: toRecord(line, registry, raw.stream) }
}

export type Paper = Adapter & {
  /** What the next pull delivers. */
  lines: Line[]
  /** Whether that is everybody. */
  complete: boolean
  /** Thrown instead of the page with this index, once. */
  failAt: { page: number; error: PullError } | undefined
}

export function paperRegistry(registry: string, options: { pageSize?: number; stream?: string } = {}): Paper {
  const { pageSize = 100, stream = 'member' } = options
  const paper: Paper = {
    registry,
    lines: [],
    complete: true,
    failAt: undefined,
    normalise: (raw) => normalise(raw, registry),
    async *pull(checkpoint, { signal }): AsyncIterable<Page> {
      const start = typeof checkpoint?.next === 'number' ? checkpoint.next : 0
      for (let next = start, page = 0; next < paper.lines.length || (next === 0 && page === 0); page++) {
        signal.throwIfAborted()
        if (paper.failAt?.page === page) {
          const { error } = paper.failAt
          paper.failAt = undefined
          throw error
        }
        const records = paper.lines.slice(next, next + pageSize).map((line, index) => asRaw(line, stream, next + index))
        next += records.length
        const last = next >= paper.lines.length
        yield {
          records,
          checkpoint: last ? {} : { next },
          progress: { done: next, total: paper.lines.length },
          ...(last && paper.complete && { completes: [stream] }),
        }
        if (last) return
      }
    },
  }
  return paper
}
