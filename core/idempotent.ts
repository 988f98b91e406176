/** Carries a write out once for each Idempotency-Key, and answers repeats with the first answer. */
import { createHash } from 'node:crypto'
import { HubError } from '../errors.ts'
import { claimKey, forgetKey, rememberAnswer } from '../store/idempotency.ts'
import type { Needs } from './needs.ts'

export type Once = { client: string; operation: string; key: string; fingerprint: string }
export type Answered = { status: number; body: unknown }

/** After this long without an answer, the process that had the key is taken for dead. The writes themselves may be repeated. */
const takeOverMs = 60_000

export const makeIdempotent =
  (needs: Needs) =>
  async (once: Once, work: () => Promise<Answered>): Promise<Answered & { replayed: boolean }> => {
    const now = needs.now()
    const print = createHash('sha256').update(once.fingerprint).digest()
    const earlier = await claimKey(needs.db, once, print, now, new Date(now.getTime() - takeOverMs))
    if (earlier !== 'claimed') {
      if (!earlier.fingerprint.equals(print)) throw new HubError('idempotency_key_reused')
      if (earlier.status === null) throw new HubError('idempotency_in_progress', { retryAfter: 2 })
      return { status: earlier.status, body: earlier.body, replayed: true }
    }
    try {
      const answer = await work()
      await rememberAnswer(needs.db, once, answer.status, answer.body)
      return { ...answer, replayed: false }
    } catch (reason) {
      // A refused request did nothing, so the same key may be used for the mended one.
      await forgetKey(needs.db, once).catch(() => needs.log('forget_key_failed', { operation: once.operation }))
      throw reason
    }
  }
