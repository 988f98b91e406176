/** Records' keys, as they are stored and asked for, with what they were made of. */
import { partedKeys } from '../../linkage/blocking.ts'
import type { Prepared } from '../../linkage/features.ts'
import { phoneKey } from '../../linkage/phones.ts'
import { previewOf } from '../../linkage/preview.ts'
import { hashBlockingKeys, type KeyedRecord } from '../../store/blocking.ts'
import type { Needs } from '../needs.ts'

export type Keyed = KeyedRecord & { readonly prepared: Prepared }

export const keyOf = ({ keys }: Needs, prepared: Prepared): Keyed => ({
  id: prepared.id,
  keys: hashBlockingKeys(keys, partedKeys(prepared)),
  counted: hashBlockingKeys(
    keys,
    prepared.phones.map((phone) => ({ key: phoneKey(phone) })),
  ),
  preview: previewOf(prepared),
  prepared,
})
