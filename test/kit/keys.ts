import { createHash } from 'node:crypto'
import { type Keys, keysFrom } from '../../store/keys.ts'

/** Keys that are the same in every run; `versions` of them. Another `seed` gives other keys. */
export function testKeys(seed = 'test', versions = 1): Keys {
  return keysFrom(
    Array.from({ length: versions }, (_, index) => createHash('sha256').update(`${seed} ${index}`).digest()),
  )
}
