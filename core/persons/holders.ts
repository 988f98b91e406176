/** How many persons hold the telephones that pairs of records share. */
import type { Prepared } from '../../linkage/features.ts'
import { type PhoneHolders, phoneKey } from '../../linkage/phones.ts'
import { hashBlockingKeys } from '../../store/blocking.ts'
import { countHolders } from '../../store/holders.ts'
import type { Queryable } from '../../store/pool.ts'
import type { Needs } from '../needs.ts'

/** Counts them, as far as they are stored. `agreed`: in these registries alone. */
export async function holdersOf(
  { keys }: Needs,
  db: Queryable,
  pairs: readonly (readonly [Prepared, Prepared])[],
  agreed?: readonly string[],
): Promise<PhoneHolders> {
  const phones = new Set(pairs.flatMap(([one, other]) => one.phones.filter((phone) => other.phones.includes(phone))))
  const hashes = new Map(
    [...phones].map((phone) => [phone, hashBlockingKeys(keys, [{ key: phoneKey(phone) }])[0]?.key ?? '']),
  )
  const counts = hashes.size > 0 ? await countHolders(db, [...hashes.values()], agreed) : new Map<string, number>()
  return (phone) => counts.get(hashes.get(phone) ?? '')
}
