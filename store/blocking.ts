/** Blocking keys as keyed 64-bit hashes: which records may be compared at all. */
import { copyRows } from './copy.ts'
import type { Keys } from './keys.ts'
import type { Queryable } from './pool.ts'
import { blind64 } from './seal.ts'

/** A key in clear, with the part of its holders that the record belongs to and those that it asks for; undefined: unknown, all. */
type KeyInClear = { readonly key: string; readonly own?: string; readonly sought?: readonly string[] }

/** A record's key as it is stored and asked for. */
export type HashedKey = {
  readonly key: string
  /** 0 when the record does not say to which part of the key's holders it belongs. */
  readonly part: number
  /** The parts worth a look when there are too many holders; undefined when there are no parts. */
  readonly sought?: () => number[]
}
export type KeyedRecord = { readonly id: string; readonly keys: readonly HashedKey[] }

export type Candidates = {
  /** Record pairs (one of the asked, one found) that share at least one key. */
  pairs: { of: string; candidate: string }[]
  /** Who holds a key that was too common to look into: then uniqueness is unproven. */
  truncated: Set<string>
}

/** A record's keys as they are stored, each once. Parts that are asked for are hashed when somebody asks. */
export function hashBlockingKeys(keys: Keys, blocking: readonly KeyInClear[]): HashedKey[] {
  const hashed = new Map<string, HashedKey>()
  for (const { key, own, sought } of blocking) {
    const hash = blind64(keys.blockingKey, key).toString()
    const part = own === undefined ? 0 : partOf(keys, key, own)
    const parts = sought && (() => [0, ...sought.map((one) => partOf(keys, key, one))])
    hashed.set(hash, { key: hash, part, ...(parts && { sought: parts }) })
  }
  return [...hashed.values()]
}

/** 32 bits are plenty: a chance meeting within one key costs a comparison. Never 0, which stands for unknown. */
const partOf = (keys: Keys, key: string, part: string): number =>
  Number(BigInt.asIntN(32, blind64(keys.blockingKey, `${key}|${part}`))) || 1

type Row = { record: string; key: string; part: number }

/** Writes records' keys, differences only. `known`: those of the records that may have keys already. */
export async function putBlockingKeys(
  tx: Queryable,
  records: readonly KeyedRecord[],
  known: readonly string[],
): Promise<void> {
  const written =
    known.length > 0
      ? await tx.query<Row>('select record, key::text as key, part from blocking_key where record = any($1)', [known])
      : []
  const nameOf = ({ record, key, part }: Row) => `${record} ${key} ${part}`
  const before = new Set(written.map(nameOf))
  const wanted = records.flatMap(({ id, keys }) => keys.map(({ key, part }) => ({ record: id, key, part })))
  const now = new Set(wanted.map(nameOf))
  const gone = written.filter((row) => !now.has(nameOf(row)))
  if (gone.length > 0)
    await tx.query(
      `delete from blocking_key b using unnest($1::bigint[], $2::int[], $3::uuid[]) as row (key, part, record)
       where b.key = row.key and b.part = row.part and b.record = row.record`,
      [gone.map((row) => row.key), gone.map((row) => row.part), gone.map((row) => row.record)],
    )
  const added = before.size > 0 ? wanted.filter((row) => !before.has(nameOf(row))) : wanted
  await copyRows(tx, 'blocking_key', 'key, part, record', added, ({ key, part, record }) => [key, part, record])
}

/** A key with no more holders than this is looked into whole: that is cheaper than to choose among them. */
const few = 8
/** Of one person's records, so many stand for all of them: a person may have hundreds, a month each. */
const perPerson = 3

type Owners = Map<string, { key: HashedKey; ids: string[] }>
type Found = { records: string[]; capped: boolean }

/**
 * Finds the candidates of many records: all holders of a key while they are few; else those in the parts that are sought. Of a
 * person's records only the first few that hold a common key are candidates. Where `limit` candidates and more are left, the key
 * is too common to look into; whoever holds it is truncated, and nobody can say that the other candidates are all there are.
 */
export async function findCandidates(db: Queryable, asked: readonly KeyedRecord[], limit: number): Promise<Candidates> {
  const owners: Owners = new Map()
  for (const { id, keys } of asked)
    for (const key of keys) {
      // One lookup serves all who ask for all parts.
      const name = key.sought ? `${key.key} ${id}` : key.key
      const holders = owners.get(name)
      if (holders) holders.ids.push(id)
      else owners.set(name, { key, ids: [id] })
    }
  const candidates = new Map(asked.map(({ id }) => [id, new Set<string>()]))
  const truncated = new Set<string>()
  const take = (ids: readonly string[], records: readonly string[]) => {
    for (const id of ids) for (const record of records) if (record !== id) candidates.get(id)?.add(record)
  }
  const common = new Map<string, { key: HashedKey; ids: string[] }>()
  const whole = await holdersOf(db, [...new Set([...owners.values()].map(({ key }) => key.key))])
  for (const [name, owner] of owners) {
    const records = whole.get(owner.key.key) ?? []
    if (records.length > few) common.set(name, owner)
    else take(owner.ids, records)
  }
  const lookups = [...common.values()]
  const found = lookups.length > 0 ? await commonHolders(db, lookups, limit) : []
  for (const [index, { ids }] of lookups.entries()) {
    const { records, capped } = found[index] ?? { records: [], capped: false }
    if (capped) for (const id of ids) truncated.add(id)
    else take(ids, records)
  }
  const pairs = [...candidates].flatMap(([of, records]) => [...records].map((candidate) => ({ of, candidate })))
  return { pairs, truncated }
}

const split = (joined: string): string[] => (joined === '' ? [] : joined.split(','))

/** The holders of each key, one more than `few` at most. */
async function holdersOf(db: Queryable, keys: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await db.query<{ key: string; records: string }>(
    `select asked.key::text as key, held.records
     from unnest($1::bigint[]) as asked (key), lateral (
       select coalesce(string_agg(record::text, ','), '') as records
       from (select record from blocking_key b where b.key = asked.key limit ${few + 1}) each
     ) held where held.records <> ''`,
    [keys],
    'blocking_holders',
  )
  return new Map(rows.map(({ key, records }) => [key, split(records)]))
}

/** The holders of common keys, in the parts that are sought: by place in `lookups`. */
async function commonHolders(db: Queryable, lookups: readonly { key: HashedKey }[], limit: number): Promise<Found[]> {
  const asked = lookups.flatMap(({ key: { key, part, sought } }, place) => {
    const parts = part !== 0 && sought ? sought() : [null]
    return parts.map((one) => ({ place, key, part: one }))
  })
  const parted = asked.filter(({ part }) => part !== null)
  const found = lookups.map((): string[] => [])
  for (const { place, records } of parted.length > 0 ? await holdersOfParts(db, parted, limit + 1) : [])
    found[place]?.push(...split(records))
  // Too many of them may still be few persons, with a record a month.
  const unclear = asked.filter(({ place, part }) => part === null || (found[place]?.length ?? 0) > limit)
  const perPersons = unclear.length > 0 ? await holdersByPerson(db, unclear, limit) : []
  const rows = new Map(perPersons.map((row) => [row.place, row]))
  const isUnclear = new Set(unclear.map(({ place }) => place))
  return found.map((records, place) => {
    if (!isUnclear.has(place)) return { records, capped: false }
    const row = rows.get(place)
    return { records: split(row?.records ?? ''), capped: row?.capped ?? false }
  })
}

type AskedPart = { readonly place: number; readonly key: string; readonly part: number | null }

const columnsOf = (asked: readonly AskedPart[]) => [
  asked.map((one) => one.place),
  asked.map((one) => one.key),
  asked.map((one) => one.part),
]

/** The holders of parts of keys, so many of each at most. */
const holdersOfParts = (db: Queryable, asked: readonly AskedPart[], most: number) =>
  db.query<{ place: number; records: string }>(
    `select asked.place, held.records
     from unnest($1::int[], $2::bigint[], $3::int[]) as asked (place, key, part), lateral (
       select coalesce(string_agg(record::text, ','), '') as records
       from (select record from blocking_key b where b.key = asked.key and b.part = asked.part limit $4) each
     ) held where held.records <> ''`,
    [...columnsOf(asked), most],
    'blocking_holders_of_parts',
  )

/** The first few records of each person who holds a key, or parts of it; capped when not all were looked at, or they are too many. */
const holdersByPerson = (db: Queryable, asked: readonly AskedPart[], limit: number) =>
  db.query<{ place: number; records: string; capped: boolean }>(
    `select place, coalesce(string_agg(record::text, ',') filter (where nth <= ${perPerson}), '') as records,
       bool_or(full_part) or count(*) filter (where nth <= ${perPerson}) > $4 as capped
     from (
       select place, held.record, full_part,
         row_number() over (partition by place, coalesce(m.person, held.record) order by held.record) as nth
       from (
         select asked.place, each.record, count(*) over (partition by asked.place, asked.part) >= $5 as full_part
         from unnest($1::int[], $2::bigint[], $3::int[]) as asked (place, key, part), lateral (
           select record from blocking_key b where asked.part is not null and b.key = asked.key and b.part = asked.part limit $5
         ) each
         union all
         select asked.place, each.record, count(*) over (partition by asked.place) >= $5 as full_part
         from unnest($1::int[], $2::bigint[], $3::int[]) as asked (place, key, part), lateral (
           select record from blocking_key b where asked.part is null and b.key = asked.key limit $5
         ) each
       ) held left join membership m on m.record = held.record and m.until is null
     ) numbered group by place`,
    [...columnsOf(asked), limit, limit * 10],
    'blocking_common_holders',
  )
