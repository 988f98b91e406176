/** Checks a source record that somebody else made, and stamps its registry. Pure. */
import type { Identifier, QualityNote, Reason, SourceRecord } from '../../schemas/contract.ts'
import { validateSourceRecord } from '../../schemas/validate.ts'
import { isRealDay } from '../../schemas/values/civil.ts'
import { readIdentifier } from '../../schemas/values/identifier.ts'
import { isPlaceholderName } from '../../schemas/values/name.ts'
import type { Normalised, RawRecord } from '../contract.ts'

/** What the schema asks for and a sender may leave out. */
const nothing = { identifiers: [], enrolments: [], contributions: [], benefits: [], quality: [] }
const longestKey = 120
const mostNotes = 60

export type RecordReader = {
  readonly registry: string
  readonly today: string
  /** The streams that the registry has; undefined when its settings do not say. */
  readonly streams: readonly string[] | undefined
}

export const normaliseRecord = (raw: RawRecord, { registry, today, streams }: RecordReader): Normalised => {
  const reject = (reasons: readonly Reason[]): Normalised => ({ outcome: 'rejection', ...keyOf(raw.data), reasons })
  const { registry: sender = registry, stream = raw.stream } = raw.data ?? {}
  const known = streams === undefined || streams.includes(raw.stream)
  const foreign = [
    !known && reason('/stream', 'stream-unknown', `This registry has the streams ${streams.join(', ')}.`.slice(0, 400)),
    sender !== registry && reason('/registry', 'registry-differs', 'Leave it out: the hub knows who sends.'),
    stream !== raw.stream &&
      reason('/stream', 'stream-differs', 'The record was sent into another stream than it names.'),
  ].filter((found) => found !== false)
  const stamped: unknown = { ...nothing, ...raw.data, registry, stream: raw.stream }
  const record = stamped as SourceRecord
  const reasons = [...foreign, ...validateSourceRecord(record)]
  return reasons.length > 0 ? reject(reasons) : examined(record, today, reject)
}

/** What fits the schema and may still be wrong: days that are none, numbers out of shape, names that nobody bears. */
const examined = (
  record: SourceRecord,
  today: string,
  reject: (reasons: readonly Reason[]) => Normalised,
): Normalised => {
  const numbers = record.identifiers.map((one, index) => readNumber(one, `/identifiers/${index}/value`))
  const others = (record.relations ?? []).map(({ identifier }, index) =>
    identifier ? readNumber(identifier, `/relations/${index}/identifier/value`) : {},
  )
  const reasons = [
    ...[...numbers, ...others].flatMap(({ reason: found }) => found ?? []),
    ...record.names.flatMap(({ full }, index) =>
      isPlaceholderName(full)
        ? [reason(`/names/${index}/full`, 'name-missing', 'A record needs the name of a person.')]
        : [],
    ),
    ...unrealDays(record, ''),
    ...[record.birthDate, record.death?.date].flatMap((date, index) =>
      date !== undefined && date > today
        ? [reason(['/birthDate', '/death/date'][index] ?? '', 'date-in-future', 'This day has not come yet.')]
        : [],
    ),
  ]
  if (reasons.length > 0) return reject(reasons)
  const noted = [...numbers, ...others].flatMap(({ note }) => note ?? [])
  const relations = record.relations?.map(({ identifier: _, ...relation }, index) => {
    const { identifier } = others[index] ?? {}
    return identifier ? { ...relation, identifier } : relation
  })
  return {
    outcome: 'record',
    record: {
      ...record,
      identifiers: numbers.flatMap(({ identifier }) => identifier ?? []),
      ...(relations && { relations }),
      quality: [...record.quality, ...noted].slice(0, mostNotes),
    },
  }
}

type NumberRead = { readonly identifier?: Identifier; readonly note?: QualityNote; readonly reason?: Reason }

const readNumber = ({ type, issuer, value }: Identifier, pointer: string): NumberRead => {
  const read = readIdentifier(type, issuer, value)
  if (read.outcome === 'ok')
    return { identifier: read.identifier, ...(read.doubtful && { note: { code: 'identifier-doubtful', pointer } }) }
  return read.outcome === 'invalid'
    ? { reason: reason(pointer, read.rule, read.message) }
    : { note: { code: 'placeholder-removed', pointer } }
}

const fullDay = /^(\d{4})-(\d\d)-(\d\d)$/
const dayFields = new Set(['birthDate', 'date', 'from', 'until', 'paidOn', 'eventOn', 'on'])

/** Days such as 30 February, wherever they stand: the schema knows their form alone. */
const unrealDays = (value: unknown, pointer: string): Reason[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
        const at = `${pointer}/${name}`
        if (typeof inner !== 'string') return unrealDays(inner, at)
        const [, year, month, day] = (dayFields.has(name) && fullDay.exec(inner)) || []
        return year === undefined || isRealDay(Number(year), Number(month), Number(day))
          ? []
          : [reason(at, 'date', 'There is no such day.')]
      })

const reason = (pointer: string, rule: string, message: string): Reason => ({ pointer, rule, message })

/** The key of a record that is refused, as far as it is one: what is sent again under it takes the rejection's place. */
const keyOf = (data: unknown): { sourceId?: string } => {
  const key: unknown = typeof data === 'object' && data !== null ? Reflect.get(data, 'sourceId') : undefined
  return typeof key === 'string' && key !== '' && key.length <= longestKey ? { sourceId: key } : {}
}
