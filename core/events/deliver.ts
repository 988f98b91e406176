/** Sends what waits: signed, at least once, with patience that doubles. What nobody takes for a day is a dead letter, and visible. */
import {
  claimDeliveries,
  type DueDelivery,
  pauseSubscription,
  postponeDelivery,
  settleDelivery,
} from '../../store/deliveries.ts'
import type { Needs } from '../needs.ts'
import { post, type Sent } from './callback.ts'
import { type Event, eventMediaType, toCloudEvent } from './event.ts'
import { signedHeaders, signingKey } from './signature.ts'

/** Sent side by side; of these so many to one receiver. */
const atOnce = 16
const toOne = 4
/** Longer than an attempt can take; then another worker takes over. */
const leaseMs = 60_000
/** 10 s, 20 s, 40 s ... at most six hours between two attempts: fourteen take more than a day. */
const firstPauseMs = 10_000
const longestPauseMs = 6 * 3_600_000
const mostAttempts = 14

/** Tells a worker that events wait. When nobody can be told, the sweeper sees them. */
export const wakeToDeliver = (needs: Needs): Promise<void> =>
  needs.wake({ work: 'deliver' }).catch(() => needs.log('wake_failed', { work: 'deliver' }))

/** Sends everything that is due; answers how many attempts were made. */
export async function deliverDue(needs: Needs, signal?: AbortSignal): Promise<number> {
  let sent = 0
  while (!signal?.aborted) {
    const at = needs.now()
    const due = await claimDeliveries(needs.db, at, new Date(at.getTime() + leaseMs), atOnce, toOne)
    if (due.length === 0) break
    await Promise.all(due.map((one) => deliver(needs, one, signal)))
    sent += due.length
  }
  return sent
}

async function deliver(needs: Needs, due: DueDelivery, signal?: AbortSignal): Promise<void> {
  const { source, networks } = needs.events
  const body = JSON.stringify(toCloudEvent(due.event as Event, due.id, due.created_at, source))
  const created = Math.floor(needs.now().getTime() / 1000)
  const request = { method: 'POST', url: new URL(due.url).href, type: eventMediaType, body }
  const headers = signedHeaders(signingKey(needs.keys.signingSeed), request, created)
  const answer = await post(due.url, headers, body, networks, signal)
  // The process is ending: the lease runs out, and the attempt is made again.
  if (signal?.aborted) return
  await settle(needs, due, answer)
}

async function settle(needs: Needs, due: DueDelivery, sent: Sent): Promise<void> {
  const at = needs.now()
  const answer = 'status' in sent ? String(sent.status) : sent.failure
  if ('status' in sent && sent.status >= 200 && sent.status < 300)
    return void (await settleDelivery(needs.db, due, 'delivered', answer, at))
  if ('status' in sent && sent.status === 410)
    await pauseSubscription(needs.db, due.subscription, 'The receiver answered 410 Gone; resume when it is back.')
  if (due.attempts >= mostAttempts) {
    needs.log('delivery_dead', { delivery: due.id, subscription: due.subscription, answer })
    return void (await settleDelivery(needs.db, due, 'dead', answer, at))
  }
  const asked = 'retryAfter' in sent && sent.retryAfter ? sent.retryAfter * 1000 : 0
  const pause = Math.min(longestPauseMs, Math.max(asked, firstPauseMs * 2 ** (due.attempts - 1)))
  const jittered = pause * (0.9 + 0.2 * Math.random())
  await postponeDelivery(needs.db, due, new Date(at.getTime() + jittered), answer)
}
