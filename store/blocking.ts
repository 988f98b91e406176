/** Blocking keys as keyed 64-bit hashes: which records may be compared at all. */
import { copyBinary, int4, int8, uuid } from './binary.ts'
import type { Keys } from './keys.ts'
import type { Queryable } from './pool.ts'
import { blind32, blind64 } from './seal.ts'
import { veil } from './veil.ts'

/** A key in clear, with the part of its holders that the record belongs to and those that it asks for; undefined: unknown, all. */
type KeyInClear = {
  readonly key: string
  readonly own?: string
  readonly sought?: readonly string[]
  readonly mayCall?: boolean
}

/** A record's key as it is stored and asked for. */
export type HashedKey = {
  readonly key: string
  /** 0 when the record does not say to which part of the key's holders it belongs. */
  readonly part: number
  /** The parts worth a look when there are too many holders; undefined when there are no parts. */
  readonly sought?: () => number[]
  /** Who meets by it may share a telephone. */
  readonly mayCall: boolean
}
export type KeyedRecord = {
  readonly id: string
  readonly keys: readonly HashedKey[]
  /** Keys whose holders are only counted. */
  readonly counted?: readonly HashedKey[]
  /** 32 bytes that tell strangers apart; without them the record is always opened. */
  readonly preview?: Uint8Array | undefined
}

/** A record's keys as they are stored, each once. Parts that are asked for are hashed when somebody asks. */
export function hashBlockingKeys(keys: Keys, blocking: readonly KeyInClear[]): HashedKey[] {
  const hashed = new Map<string, HashedKey>()
  for (const { key, own, sought, mayCall = false } of blocking) {
    const hash = blind64(keys.blockingKey, key).toString()
    const part = own === undefined ? 0 : partOf(keys, key, own)
    const parts = sought && (() => [0, ...sought.map((one) => partOf(keys, key, one))])
    hashed.set(hash, { key: hash, part, mayCall, ...(parts && { sought: parts }) })
  }
  return [...hashed.values()]
}

/** 32 bits are plenty: a chance meeting within one key costs a comparison. Never 0, which stands for unknown. */
const partOf = (keys: Keys, key: string, part: string): number => blind32(keys.blockingKey, `${key}|${part}`) || 1

type Stored = { readonly preview: string; readonly names: string }
/** A record's keys and parts, by `nameOf`, that have one preview: all of them, unless they were written when there was another. */
type Held = Stored & { record: string; held: string[] }
/** A preview as it is stored, and its two halves as bytes. */
type Sealed = Stored & { readonly halves: readonly [Buffer, Buffer] }
type Row = { record: Buffer; key: HashedKey; at: Sealed }

const nameOf = ({ key, part }: HashedKey) => `${key} ${part}`

/** Writes records' keys and previews, differences only. `known`: those of the records that may have keys already. */
export async function putBlockingKeys(
  tx: Queryable,
  keys: Keys,
  records: readonly KeyedRecord[],
  known: readonly string[],
): Promise<void> {
  const written = new Map<string, Held[]>()
  for (const row of known.length > 0 ? await heldBy(tx, known) : [])
    written.set(row.record, [...(written.get(row.record) ?? []), row])
  const previews = veiled(keys, records)
  const gone: { record: string; name: string }[] = []
  const added: Row[] = []
  for (const [nth, { id, keys: sought, counted = [] }] of records.entries()) {
    const at = previews[nth] ?? noPreview
    const before = written.get(id) ?? []
    const same = before.find(({ preview, names }) => preview === at.preview && names === at.names)
    const kept = new Set(same?.held)
    const record = uuid(id)
    for (const key of [...sought, ...counted]) if (!kept.delete(nameOf(key))) added.push({ record, key, at })
    for (const { held } of before.filter((row) => row !== same))
      for (const name of held) gone.push({ record: id, name })
    for (const name of kept) gone.push({ record: id, name })
  }
  await drop(tx, gone)
  await copyBinary(tx, 'blocking_key', ['key', 'part', 'record', 'preview', 'names'], added, ({ record, key, at }) => [
    int8(key.key),
    int4(key.part),
    record,
    ...at.halves,
  ])
}

const heldBy = (db: Queryable, records: readonly string[]) =>
  db.query<Held>(
    `select record, preview, names, array_agg(key || ' ' || part) as held
     from blocking_key where record = any($1) group by record, preview, names`,
    [records],
    'blocking_keys_held',
  )

async function drop(tx: Queryable, gone: readonly { record: string; name: string }[]): Promise<void> {
  if (gone.length === 0) return
  const parted = gone.map(({ name }) => name.split(' '))
  await tx.query(
    `delete from blocking_key b using unnest($1::bigint[], $2::int[], $3::uuid[]) as row (key, part, record)
     where b.key = row.key and b.part = row.part and b.record = row.record`,
    [parted.map(([key]) => key), parted.map(([, part]) => part), gone.map(({ record }) => record)],
    'blocking_keys_gone',
  )
}

const zeros = '00000000-0000-0000-0000-000000000000'
const noPreview: Sealed = { preview: zeros, names: zeros, halves: [uuid(zeros), uuid(zeros)] }

/** The previews of records as they are stored, in the order of the records. */
function veiled(keys: Keys, records: readonly KeyedRecord[]): Sealed[] {
  const shown = records.flatMap(({ id, preview }, at) => (preview ? [{ id, preview, at }] : []))
  const places = placesOf(Buffer.concat(shown.map(({ id }) => uuid(id))))
  const sealed = veil(keys, places, Buffer.concat(shown.map(({ preview }) => preview)))
  const stored = records.map(() => noPreview)
  for (const [nth, { at }] of shown.entries()) {
    const first = nth * 2 * idBytes
    const second = first + idBytes
    stored[at] = {
      preview: toId(sealed, first),
      names: toId(sealed, second),
      halves: [sealed.subarray(first, second), sealed.subarray(second, second + idBytes)],
    }
  }
  return stored
}

/** Where the two halves of each record's preview stand: the id, and the id in a version that no id has. */
export function placesOf(ids: Buffer): Buffer {
  const places = Buffer.allocUnsafe(ids.length * 2)
  for (let at = 0; at < ids.length; at += idBytes) {
    ids.copy(places, at * 2, at, at + idBytes)
    ids.copy(places, at * 2 + idBytes, at, at + idBytes)
    places[at * 2 + idBytes + versionByte] = (places[at * 2 + versionByte] ?? 0) | 0xf0
  }
  return places
}
const versionByte = 6

export const idBytes = 16
export function toId(bytes: Buffer, at: number): string {
  const hex = bytes.toString('hex', at, at + idBytes)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
