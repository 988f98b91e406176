/** Sync: one registry is pulled from its checkpoint on. It may be killed at any point and taken over by another worker. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type Adapter, type Page, PullError } from '../../adapters/contract.ts'
import { type ErrorCode, HubError } from '../../errors.ts'
import type { IdentifierType } from '../../schemas/contract.ts'
import { announce } from '../../store/deliveries.ts'
import { newId } from '../../store/ids.ts'
import { closeListings, countMissing, openListings } from '../../store/listings.ts'
import { post } from '../../store/outbox.ts'
import type { Queryable } from '../../store/pool.ts'
import { listRegistries, lockRegistry, markSynced } from '../../store/registries.ts'
import { settleFiles, settleListed } from '../../store/rejections.ts'
import {
  beat,
  finishRun,
  leaseRun,
  queueRun,
  type RunRow,
  readCheckpoint,
  requeueRun,
  saveCheckpoint,
  touchRun,
} from '../../store/runs.ts'
import type { Event } from '../events/event.ts'
import { describeFault } from '../fault.ts'
import type { Needs } from '../needs.ts'
import { putPage } from './ingest.ts'
import { knownIdentifiers } from './known.ts'
import { type ReadPage, readPages } from './read-ahead.ts'
import { survey } from './survey.ts'

type Held = { run: RunRow; lease: string }
export type SyncEnd = { status: 'succeeded' | 'failed' | 'held' | 'elsewhere' | 'released'; problem?: string }

/** Pauses before a registry is asked again, in seconds; after the last one the run fails and keeps its checkpoint. */
const patience = [2, 10, 30]

/** Records of one outbox row: what resolves them is one short transaction. */
const outboxRow = 200

/** Queues a sync and wakes a worker. A registry has one run at a time: while one is under way this is `sync_running`. */
export async function startSync(
  needs: Needs,
  registry: string,
  { file = null, despiteDrift = false }: { readonly file?: string | null; readonly despiteDrift?: boolean } = {},
): Promise<RunRow> {
  const queued = await needs.db.transaction((tx) => queueRun(tx, registry, file, despiteDrift, needs.now()))
  if (!queued?.fresh) throw new HubError('sync_running')
  await needs.wake({ work: 'sync', run: queued.run.id }).catch(() => needs.log('wake_failed', { run: queued.run.id }))
  return queued.run
}

/**
 * Carries a run out. `elsewhere`: another worker has it, or it has ended. `released`: the signal came first, and the run
 * is back in the queue with all its pages kept.
 */
export async function runSync(
  needs: Needs,
  id: string,
  signal: AbortSignal,
  onPage?: (run: Page['progress']) => void,
): Promise<SyncEnd> {
  const lease = newId()
  const now = needs.now()
  const run = await leaseRun(needs.db, id, lease, now, new Date(now.getTime() - needs.quietMs))
  if (!run) return { status: 'elsewhere' }
  const held = { run, lease }
  const lost = new AbortController()
  const heart = setInterval(() => void keepAlive(needs, held, lost), Math.max(100, needs.quietMs / 3))
  try {
    return await pullPatiently(needs, held, AbortSignal.any([signal, lost.signal]), onPage)
  } catch (reason) {
    if (lost.signal.aborted) return { status: 'elsewhere' }
    if (signal.aborted) {
      await requeueRun(needs.db, { id, lease })
      return { status: 'released' }
    }
    // The database went away for longer than we wait: the run stands as it is, and whoever comes first takes it over.
    if (reason instanceof HubError && reason.code === 'unavailable') throw reason
    return await end(needs, held, reason)
  } finally {
    clearInterval(heart)
  }
}

async function keepAlive(needs: Needs, { run, lease }: Held, lost: AbortController) {
  // A failed heartbeat proves nothing; the next page's own check does.
  const kept = await touchRun(needs.db, run.id, lease, needs.now()).catch(() => true)
  if (!kept) lost.abort()
}

async function end(needs: Needs, { run, lease }: Held, reason: unknown): Promise<SyncEnd> {
  const status = reason instanceof HubError && holds.includes(reason.code) ? 'held' : 'failed'
  const expected = reason instanceof PullError || reason instanceof HubError
  const problem = expected ? reason.message : 'The sync failed for a reason that is in the log; its checkpoint is kept.'
  if (!expected) needs.log('sync_failed', { run: run.id, error: describeFault(reason) })
  const at = needs.now()
  await needs.db.transaction(async (tx) => {
    const ours = await finishRun(tx, { id: run.id, lease }, status, problem, at)
    const event: Event = { type: 'sync.held', registry: run.registry, subject: run.id, data: { run: run.id } }
    if (ours && status === 'held') await announce(tx, [event], at)
  })
  return { status, problem }
}

/** The list is at fault, and nothing can be done before somebody has looked at it; its owner is told. */
const holds: readonly ErrorCode[] = ['too_many_missing', 'delivery_drifted']

async function pullPatiently(
  needs: Needs,
  held: Held,
  signal: AbortSignal,
  onPage?: (run: Page['progress']) => void,
): Promise<SyncEnd> {
  const adapter = needs.adapterOf(held.run.registry, held.run.file ?? undefined)
  if (!adapter) throw new PullError('stop', `No adapter is set up for ${held.run.registry}; see hub.yaml.`)
  let tries = 0
  const moved = (progress: Page['progress']) => {
    tries = 0
    onPage?.(progress)
  }
  for (;;) {
    try {
      await pullAll(needs, held, adapter, signal, moved)
      break
    } catch (reason) {
      const pause = patience[tries++]
      if (!mayPass(reason) || pause === undefined) throw reason
      await sleep(Math.min(reason.retryAfter ?? pause, 300) * 1000, undefined, { signal })
    }
  }
  const ours = await needs.db.transaction(async (tx) => {
    // One file that was handed over says nothing about the complaints of the others.
    if (held.run.file === null) await settleFiles(tx, held.run.registry, held.run.id, needs.now())
    return finishRun(tx, { id: held.run.id, lease: held.lease }, 'succeeded', null, needs.now())
  })
  return { status: ours ? 'succeeded' : 'elsewhere' }
}

/** The registry asked for patience, or the hub's own database was away for a moment. */
const mayPass = (reason: unknown): reason is PullError | HubError =>
  (reason instanceof PullError && reason.recovery === 'retry') ||
  (reason instanceof HubError && reason.code === 'unavailable')

async function pullAll(
  needs: Needs,
  held: Held,
  adapter: Adapter,
  signal: AbortSignal,
  onPage?: (run: Page['progress']) => void,
) {
  const checkpoint = await readCheckpoint(needs.db, held.run.registry)
  const surveyed = await survey(needs, held.run, adapter, checkpoint, signal)
  const known = (types: readonly IdentifierType[], cursor?: string) => knownIdentifiers(needs, types, cursor)
  // A page that cannot be committed ends the pull too, which may be in the middle of the next one.
  const stop = new AbortController()
  const pages = adapter.pull(checkpoint, { signal: AbortSignal.any([signal, stop.signal]), known })
  try {
    for await (const page of readPages(needs, adapter, pages)) {
      signal.throwIfAborted()
      // A file that came in after the survey: the next sync looks it through.
      if (surveyed && page.records.some(({ list }) => list !== undefined && !surveyed.has(list))) break
      await commitPage(needs, held, page).catch((reason: unknown) => {
        stop.abort()
        throw reason
      })
      onPage?.(page.progress)
      if (page.records.length > 0) await needs.wake({ work: 'resolve' }).catch(() => undefined)
    }
  } finally {
    stop.abort()
  }
  signal.throwIfAborted()
}

/** One page, all or nothing: records, rejections, absences, counts, checkpoint, outbox. */
async function commitPage(needs: Needs, { run, lease }: Held, page: ReadPage): Promise<void> {
  await needs.db.transaction(async (tx) => {
    // The time is taken under the lock: who reads the facts of an instant holds it too, and must not meet older ones later.
    await lockRegistry(tx, run.registry)
    const at = needs.now()
    await openListings(tx, run.registry, new Map(page.records.map(({ stream, list = '' }) => [stream, list])))
    const counts = await putPage(needs, tx, run.registry, page.reads, { at, run: run.id })
    const complete = page.completes ?? []
    const absent = await absences(tx, run, complete, at)
    // Only a whole list says how things stand now; a single file that somebody handed over does not.
    if (complete.length > 0 && run.file === null) await markSynced(tx, run.registry, at)
    const progress = { done: page.progress?.done ?? null, total: page.progress?.total ?? null }
    const ours = await beat(tx, { id: run.id, lease }, { ...counts, absent, ...progress }, at)
    if (!ours) throw new HubError('sync_running')
    await saveCheckpoint(tx, run.registry, page.checkpoint, at)
  })
}

/** A complete list says who has left. Too many at once is a broken file, not a tragedy: the run is held. */
async function absences(tx: Queryable, run: RunRow, streams: readonly string[], at: Date): Promise<number> {
  if (streams.length === 0) return 0
  const { listed, missing } = await countMissing(tx, run.registry, streams)
  const limits = (await listRegistries(tx)).find((registry) => registry.id === run.registry)
  if (limits && !run.despite_drift && missing > Math.max(limits.missing_floor, listed * limits.missing_share))
    throw new HubError('too_many_missing', {
      detail: `${missing} of ${listed} records are missing from this list; ${run.registry} allows ${Math.round(limits.missing_share * 100)} %. Nothing was marked absent. Check the file and sync again.`,
    })
  await settleListed(tx, run.registry, streams, at)
  const gone = await closeListings(tx, run.registry, streams, at)
  for (let from = 0; from < gone.length; from += outboxRow)
    await post(tx, 'resolve', gone.slice(from, from + outboxRow), at)
  return gone.length
}
