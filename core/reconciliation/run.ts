/**
 * Carries a reconciliation run out. Any number of workers may do so at one time: each takes slices until a phase has none left, and whoever
 * finds a phase finished opens the next. Killed at any point, another goes on; a slice is done again from its beginning, or not at all.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { HubError } from '../../errors.ts'
import { newId } from '../../store/ids.ts'
import {
  isCarriedOn,
  openLiveRun,
  type ReconciliationRow,
  readReconciliation,
} from '../../store/reconciliation/runs.ts'
import { countStanding } from '../../store/reconciliation/settle.ts'
import {
  beatSlice,
  claimSlice,
  doneSlices,
  finishSlice,
  type Held,
  releaseSlice,
  type Slice,
  type SlicePhase,
  sliceProgress,
} from '../../store/reconciliation/slices.ts'
import { describeFault } from '../fault.ts'
import type { Needs } from '../needs.ts'
import { lookAtGroups } from './groups.ts'
import { makeNightly, type Nightly, rulesNow } from './nightly.ts'
import { lookAtPeople } from './people.ts'
import { fixInstant, followMerges, hashSlices, open, peopleSlices, type SliceSizes, usualSizes } from './plan.ts'
import { settleSlice } from './settle.ts'
import type { SliceWork } from './slice-work.ts'
import { fail, finish } from './totals.ts'

/** `released`: the signal came first, or others are at it by other rules; the run waits for the next worker. */
export type RunEnd = { readonly status: 'succeeded' | 'failed' | 'released' | 'unknown' }
export type OnProgress = (phase: SlicePhase, done: number, total: number) => void
export type RunOptions = { readonly onProgress?: OnProgress | undefined; readonly sizes?: SliceSizes | undefined }

export async function runReconciliation(
  needs: Needs,
  id: string,
  signal: AbortSignal,
  { onProgress, sizes = usualSizes }: RunOptions = {},
): Promise<RunEnd> {
  const worker: Worker = { needs, id, signal, sizes, onProgress }
  try {
    for (;;) {
      const run = await readReconciliation(needs.db, id)
      if (!run) return { status: 'unknown' }
      if (run.status === 'succeeded' || run.status === 'failed') return { status: run.status }
      signal.throwIfAborted()
      await carryOn(worker, run)
    }
  } catch (reason) {
    if (signal.aborted) return { status: 'released' }
    // The database went away for longer than we wait: the run stands as it is, and whoever comes first goes on.
    if (reason instanceof HubError && reason.code === 'unavailable') throw reason
    const quietSince = new Date(needs.now().getTime() - needs.quietMs)
    if (reason instanceof OtherRulesError && (await isCarriedOn(needs.db, id, quietSince)))
      return { status: 'released' }
    needs.log('reconciliation_failed', { run: id, error: describeFault(reason) })
    const why =
      reason instanceof OtherRulesError
        ? 'The rules, the linkage model or the registries are others than when the run began. Start it again.'
        : 'The run failed for a reason that is in the log.'
    await fail(needs, id, `${why} What the last run found stands.`)
    return { status: 'failed' }
  }
}

type Worker = {
  readonly needs: Needs
  readonly id: string
  readonly signal: AbortSignal
  readonly sizes: SliceSizes
  readonly onProgress: OnProgress | undefined
  nightly?: Nightly
}

/** Does what the run's phase asks for, and opens the next. */
async function carryOn(worker: Worker, run: ReconciliationRow): Promise<void> {
  const { needs, id, sizes } = worker
  if (run.status === 'queued' || run.known_at === null) return fixInstant(needs, run)
  const knownAt = run.known_at
  if (run.phase === 'plan')
    return open(needs, id, 'plan', 'people', await peopleSlices(needs.db, knownAt, sizes.people))
  if (!worker.nightly) {
    if ((await rulesNow(needs, run.settings)) !== run.rules) throw new OtherRulesError()
    worker.nightly = await makeNightly(needs, run, knownAt)
  }
  if (run.phase === 'people') {
    if (!(await workThrough(worker, 'people', lookAtPeople))) return
    const members = await sumOf(needs, id, 'members')
    await open(needs, id, 'people', 'groups', hashSlices(1 + Math.floor(members / sizes.members)))
  } else if (run.phase === 'groups') {
    if (!(await workThrough(worker, 'groups', lookAtGroups))) return
    if (run.kind === 'live') await followMerges(needs, id, knownAt)
    const findings = (await foundBy(needs, id)) + (run.kind === 'live' ? await countStanding(needs.db) : 0)
    await open(needs, id, 'groups', 'settle', hashSlices(1 + Math.floor(findings / sizes.findings)))
  } else if (run.phase === 'settle') {
    if (await workThrough(worker, 'settle', settleSlice)) await finish(needs, id)
  }
}

async function sumOf({ db }: Needs, run: string, name: string): Promise<number> {
  const slices = await doneSlices(db, { run, phase: 'people' })
  return slices.reduce((sum, { counts }) => sum + Number((counts as Record<string, number>)[name] ?? 0), 0)
}

async function foundBy({ db }: Needs, run: string): Promise<number> {
  const slices = [
    ...(await doneSlices(db, { run, phase: 'people' })),
    ...(await doneSlices(db, { run, phase: 'groups' })),
  ]
  return slices.reduce((sum, { found }) => sum + found, 0)
}

type Look = (nightly: Nightly, slice: Slice, signal: AbortSignal) => Promise<SliceWork>

/** Takes slices until every one of the phase is done, by whomever; false when the run has to be looked at again before that. */
async function workThrough(worker: Worker, phase: SlicePhase, look: Look): Promise<boolean> {
  const { needs, id, signal, onProgress } = worker
  for (;;) {
    signal.throwIfAborted()
    await liveFirst(worker)
    const lease = newId()
    const now = needs.now()
    const quietSince = new Date(now.getTime() - needs.quietMs)
    const slice = await claimSlice(needs.db, { run: id, phase }, lease, now, quietSince)
    if (slice) await doSlice(worker, { run: id, phase, seq: slice.seq, lease }, slice, look)
    if (slice && !onProgress) continue
    const { done, total } = await sliceProgress(needs.db, { run: id, phase })
    onProgress?.(phase, done, total)
    if (done === total) return true
    if (slice) continue
    // Others are at work on the last slices; one of them may die.
    await sleep(Math.min(250, needs.quietMs / 4), undefined, { signal })
    const run = await readReconciliation(needs.db, id)
    if (run?.phase !== phase) return false
  }
}

/** A trial or a past night makes way for the night's own run, slice by slice. */
async function liveFirst({ needs, nightly, signal, sizes }: Worker): Promise<void> {
  if (nightly?.kind === 'live') return
  const live = await openLiveRun(needs.db)
  if (live) await runReconciliation(needs, live.id, signal, { sizes })
}

/** One slice, all or nothing. Nothing is kept of one that another worker has taken over meanwhile. */
async function doSlice({ needs, nightly, signal }: Worker, held: Held, slice: Slice, look: Look): Promise<void> {
  if (!nightly) return
  const lost = new AbortController()
  const heart = setInterval(
    () => {
      // A failed heartbeat proves nothing; the end of the slice does.
      void beatSlice(needs.db, held, needs.now()).then(
        (kept) => kept || lost.abort(),
        () => undefined,
      )
    },
    Math.max(100, needs.quietMs / 3),
  )
  try {
    const work = await look(nightly, slice, AbortSignal.any([signal, lost.signal]))
    await needs.db.transaction(async (tx) => {
      // Held before anything is written: what two workers both write would break the second one, and with it the run.
      if (!(await beatSlice(tx, held, needs.now()))) throw new LostError()
      const counts = await work.write(tx)
      await finishSlice(tx, held, { subjects: work.subjects, found: work.found, counts, at: needs.now() })
    })
  } catch (reason) {
    if (reason instanceof LostError || lost.signal.aborted) return
    if (signal.aborted) await releaseSlice(needs.db, held)
    throw reason
  } finally {
    clearInterval(heart)
  }
}

/** The run began by other rules than this worker's, as while a new build takes the place of an old one. One run goes by one book. */
class OtherRulesError extends Error {
  override readonly name = 'OtherRulesError'
}

/** Another worker has the slice. */
class LostError extends Error {}
