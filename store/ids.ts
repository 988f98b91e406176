/** Time-ordered ids (UUID version 7, RFC 9562), made in code so that a row's id is known before it is written. */
import { randomFillSync } from 'node:crypto'

let last = 0
let sequence = 0

// Asking the system for eight bytes at a time costs more than the rest. No byte is used twice.
const pool = Buffer.alloc(8 * 512)
let used = pool.length

function nextRandom(): Buffer {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += 8
  return pool.subarray(used - 8, used)
}

/** A new id. Ids of one process sort in the order they were made (RFC 9562 section 6.2, method 1). */
export function newId(): string {
  const now = Date.now()
  sequence = now > last ? 0 : sequence + 1
  if (sequence > 0xfff) {
    last += 1
    sequence = 0
  } else last = Math.max(last, now)
  const time = last.toString(16).padStart(12, '0')
  const random = nextRandom()
  random[0] = ((random[0] ?? 0) & 0x3f) | 0x80
  const tail = random.toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence.toString(16).padStart(3, '0')}-${tail.slice(0, 4)}-${tail.slice(4)}`
}
