/** Candidates: who shares a blocking key with a record and, by the previews beside the keys, may be one with it. */
import { int4Array, int8Array, uuid } from './binary.ts'
import { type HashedKey, idBytes, type KeyedRecord, placesOf, toId } from './blocking.ts'
import type { Keys } from './keys.ts'
import type { Queryable } from './pool.ts'
import { unveil } from './veil.ts'

/** Whether a candidate whose preview stands at `at` is worth opening for one who asks. `mayCall`: they may share a telephone. */
export type Worth = (of: string, previews: DataView, at: number, mayCall: boolean) => boolean

export type Candidates = {
  /** Record pairs (one of the asked, one found) that share at least one key, those left out that are not worth a look. */
  pairs: { of: string; candidate: string }[]
  /** How many pairs there were before. */
  met: number
  /** Who holds a key that was too common to look into: then uniqueness is unproven. */
  truncated: Set<string>
}

/** A key with no more holders than this is looked into whole: that is cheaper than to choose among them. */
const few = 8
/** Of one person's records, so many stand for all of them: a person may have hundreds, a month each. */
const perPerson = 3

type Owner = { key: HashedKey; ids: string[] }
/** Holders of a key: the id and the two halves of the preview of each, sixteen bytes each. */
type Holders = Buffer
const holderBytes = 3 * idBytes
const previewBytes = 2 * idBytes
const holder = 'uuid_send(record) || uuid_send(preview) || uuid_send(names)'
type Found = { holders: Holders[]; capped: boolean }

/**
 * Finds the candidates of many records: all holders of a key while they are few; else those in the parts that are sought. Of a
 * person's records only the first few that hold a common key are candidates. Where `limit` candidates and more are left, the key
 * is too common to look into; whoever holds it is truncated, and nobody can say that the other candidates are all there are.
 * `agreed`: only what these registries still list is sought; else a person's first few could all be records that do not count.
 */
export async function findCandidates(
  db: Queryable,
  keys: Keys,
  asked: readonly KeyedRecord[],
  limit: number,
  worth?: Worth,
  agreed?: readonly string[],
): Promise<Candidates> {
  const owners = new Map<string, Owner>()
  for (const { id, keys } of asked)
    for (const key of keys) {
      // One lookup serves all who ask for all parts.
      const name = key.sought ? `${key.key} ${id}` : key.key
      const holders = owners.get(name)
      if (holders) holders.ids.push(id)
      else owners.set(name, { key, ids: [id] })
    }
  const met = meetings(asked)
  const common: Owner[] = []
  const whole = await holdersOf(db, [...new Set([...owners.values()].map(({ key }) => key.key))], few + 1)
  for (const owner of owners.values()) {
    const holders = whole.get(owner.key.key)
    if (!holders) continue
    if (holders.length > few * holderBytes) common.push(owner)
    else met.take(owner, holders)
  }
  const found = common.length > 0 ? await commonHolders(db, common, limit, agreed) : []
  for (const [index, owner] of common.entries()) {
    const { holders, capped } = found[index] ?? { holders: [], capped: false }
    if (capped) met.giveUp(owner)
    else for (const some of holders) met.take(owner, some)
  }
  return met.found(keys, worth)
}

/** Who of the asked met whom. Ids are bytes, as strings of one character each, until somebody is worth a look. */
function meetings(asked: readonly KeyedRecord[]) {
  // By place, whether they may share a telephone.
  const met = new Map(asked.map(({ id }) => [id, new Map<number, boolean>()]))
  const self = new Map(asked.map(({ id }) => [uuid(id).toString('latin1'), id]))
  const truncated = new Set<string>()
  /** Those whose telephone too many share to look at. */
  const callers = new Set<string>()
  const places = new Map<string, number>()
  const each: { holders: Holders; at: number; own: string | undefined }[] = []
  return {
    take({ key: { mayCall }, ids }: Owner, holders: Holders): void {
      for (let at = 0; at < holders.length; at += holderBytes) {
        const name = holders.toString('latin1', at, at + idBytes)
        let place = places.get(name)
        if (place === undefined) {
          place = each.push({ holders, at, own: self.get(name) }) - 1
          places.set(name, place)
        }
        for (const id of ids) {
          const seen = met.get(id)
          if (mayCall || !seen?.has(place)) seen?.set(place, mayCall)
        }
      }
    },
    giveUp({ key: { mayCall }, ids }: Owner): void {
      for (const id of ids) {
        truncated.add(id)
        if (mayCall) callers.add(id)
      }
    },
    found(keys: Keys, worth: Worth | undefined): Candidates {
      const ids = Buffer.allocUnsafe(each.length * idBytes)
      const sealed = Buffer.allocUnsafe(each.length * previewBytes)
      for (const [nth, { holders, at }] of each.entries()) {
        holders.copy(ids, nth * idBytes, at, at + idBytes)
        holders.copy(sealed, nth * previewBytes, at + idBytes, at + holderBytes)
      }
      const plain = worth ? unveil(keys, placesOf(ids), sealed) : sealed
      const previews = new DataView(plain.buffer, plain.byteOffset, plain.length)
      const pairs: Candidates['pairs'] = []
      let all = 0
      for (const [of, seen] of met)
        for (const [place, mayCall] of seen) {
          const at = place * previewBytes
          if (each[place]?.own === of) continue
          all += 1
          if (!worth || isZero(sealed, at) || worth(of, previews, at, mayCall || callers.has(of)))
            pairs.push({ of, candidate: toId(ids, place * idBytes) })
        }
      return { pairs, met: all, truncated }
    },
  }
}

const isZero = (bytes: Buffer, at: number): boolean =>
  bytes.readInt32BE(at) === 0 && bytes.readInt32BE(at + 4) === 0 && bytes.readInt32BE(at + 8) === 0

/** Per lookup its place, how many bytes follow, and the holders: one value, as to read a row costs more than to find it. */
const packed = `string_agg(int4send(asked.place::int) || int4send(octet_length(held.holders)) || held.holders, '') as packed`

function* unpack([row]: readonly { packed: Buffer | null }[]): Generator<[place: number, holders: Holders]> {
  const bytes = row?.packed
  for (let at = 0; bytes && at < bytes.length; ) {
    const end = at + 8 + bytes.readInt32BE(at + 4)
    yield [bytes.readInt32BE(at), bytes.subarray(at + 8, end)]
    at = end
  }
}

/** The holders of each key, so many at most. */
async function holdersOf(db: Queryable, keys: readonly string[], most: number): Promise<Map<string, Holders>> {
  const rows = await db.query<{ packed: Buffer | null }>(
    `select ${packed}
     from unnest($1::bigint[]) with ordinality as asked (key, place), lateral (
       select string_agg(${holder}, '') as holders
       from (select record, preview, names from blocking_key b where b.key = asked.key limit $2) each
     ) held where held.holders is not null`,
    [int8Array(keys), most],
    'blocking_holders',
  )
  return new Map([...unpack(rows)].map(([place, holders]) => [keys[place - 1] ?? '', holders]))
}

/** The holders of common keys, in the parts that are sought: by place in `lookups`. */
async function commonHolders(
  db: Queryable,
  lookups: readonly { key: HashedKey }[],
  limit: number,
  agreed: readonly string[] | undefined,
): Promise<Found[]> {
  const asked = lookups.flatMap(({ key: { key, part, sought } }, place) => {
    const parts = part !== 0 && sought ? sought() : [null]
    return parts.map((one) => ({ place, key, part: one }))
  })
  const parted = asked.filter(({ part }) => part !== null)
  const found = lookups.map((): Holders[] => [])
  const unparted = asked.filter(({ part }) => part === null)
  const whole =
    unparted.length > 0 ? await holdersOf(db, [...new Set(unparted.map(({ key }) => key))], limit + 1) : new Map()
  for (const { place, key } of unparted) found[place]?.push(whole.get(key) ?? Buffer.alloc(0))
  for (const [place, holders] of parted.length > 0 ? unpack(await holdersOfParts(db, parted, limit + 1)) : [])
    found[place]?.push(holders)
  // Too many of them may still be few persons, with a record a month.
  const isMany = (place: number) =>
    (found[place] ?? []).reduce((sum, { length }) => sum + length, 0) > limit * holderBytes
  const unclear = asked.filter(({ place }) => isMany(place))
  const perPersons = unclear.length > 0 ? await holdersByPerson(db, unclear, limit, agreed) : []
  const rows = new Map(perPersons.map((row) => [row.place, row]))
  const isUnclear = new Set(unclear.map(({ place }) => place))
  return found.map((holders, place) => {
    if (!isUnclear.has(place)) return { holders, capped: false }
    const row = rows.get(place)
    return { holders: row?.holders ? [row.holders] : [], capped: row?.capped ?? false }
  })
}

type AskedPart = { readonly place: number; readonly key: string; readonly part: number | null }

const columnsOf = (asked: readonly AskedPart[]) => [
  int4Array(asked.map((one) => one.place)),
  int8Array(asked.map((one) => one.key)),
  asked.map((one) => one.part),
]

/** The holders of parts of keys, so many of each at most. */
const holdersOfParts = (db: Queryable, asked: readonly AskedPart[], most: number) =>
  db.query<{ packed: Buffer | null }>(
    `select ${packed}
     from unnest($1::int[], $2::bigint[], $3::int[]) as asked (place, key, part), lateral (
       select string_agg(${holder}, '') as holders
       from (select record, preview, names from blocking_key b where b.key = asked.key and b.part = asked.part limit $4) each
     ) held where held.holders is not null`,
    [...columnsOf(asked), most],
    'blocking_holders_of_parts',
  )

/** The first few records of each person who holds a key, or parts of it; capped when not all were looked at, or they are too many. */
const holdersByPerson = (
  db: Queryable,
  asked: readonly AskedPart[],
  limit: number,
  agreed: readonly string[] | undefined,
) =>
  db.query<{ place: number; holders: Holders | null; capped: boolean }>(
    `select place, string_agg(${holder}, '') filter (where counts and nth <= ${perPerson}) as holders,
       bool_or(full_part) or count(*) filter (where counts and nth <= ${perPerson}) > $4 as capped
     from (
       select place, record, preview, names, full_part, counts,
         row_number() over (partition by place, counts, coalesce(person, record) order by record) as nth
       from (
         select held.*, m.person, $6::text[] is null or coalesce(
           (select r.registry = any($6) and r.absent_since is null from source_record r where r.id = held.record), false) as counts
         from (
           select asked.place, each.record, each.preview, each.names, count(*) over (partition by asked.place, asked.part) >= $5 as full_part
           from unnest($1::int[], $2::bigint[], $3::int[]) as asked (place, key, part), lateral (
             select record, preview, names from blocking_key b where asked.part is not null and b.key = asked.key and b.part = asked.part limit $5
           ) each
           union all
           select asked.place, each.record, each.preview, each.names, count(*) over (partition by asked.place) >= $5 as full_part
           from unnest($1::int[], $2::bigint[], $3::int[]) as asked (place, key, part), lateral (
             select record, preview, names from blocking_key b where asked.part is null and b.key = asked.key limit $5
           ) each
         ) held left join membership m on m.record = held.record and m.until is null
       ) owned
     ) numbered group by place`,
    [...columnsOf(asked), limit, limit * 10, agreed ?? null],
    'blocking_common_holders',
  )
