/**
 * Re-link: every record is compared anew with the model of today, and only differences are written, in short transactions while
 * look-ups go on. A run that was ended goes on where it stood. Persons keep their ids, stewards' words stand.
 */
import { lockPersons } from '../../store/persons.ts'
import {
  countResolved,
  finishedRelink,
  finishRelink,
  holdRelink,
  moveRelink,
  openRelink,
  type RelinkRun,
  resolvedAfter,
} from '../../store/relink-runs.ts'
import { describeFault, isAway } from '../fault.ts'
import type { Needs } from '../needs.ts'
import type { PreparedCache } from './book.ts'
import { resolveRecords } from './resolve.ts'

/** Records of one transaction: it holds the persons' lock, and whoever asks a registry live waits for it. */
const recordsAtOnce = 200

export type Relinked = Omit<RelinkRun, 'id' | 'position'> & {
  /** False when the signal came first, and the next run goes on from there; or when another model's run took this one's place. */
  finished: boolean
}

/**
 * Compares all records anew. Bounded memory, whatever their number. Several processes may share one run: each page is taken by
 * one of them. A page that fails is tried record by record; one that fails by itself is logged, counted and stepped over, as it would
 * stop every run at the same place. `onProgress`: records done, by this run and by those that it goes on from, and how many there are.
 */
export async function relink(
  needs: Needs,
  signal?: AbortSignal,
  onProgress?: (done: number, total: number) => void,
  atOnce = recordsAtOnce,
): Promise<Relinked> {
  const total = onProgress ? await countResolved(needs.db) : 0
  let run = await needs.db.transaction((tx) => openRelink(tx, needs.model.version, needs.now()))
  const cache: PreparedCache = new Map()
  // Records that are still tried one at a time, because they stood on a page that failed.
  let alone = 0
  onProgress?.(run.done, total)
  while (!signal?.aborted) {
    const taken = await relinkNext(needs, run.id, cache, alone > 0 ? 1 : atOnce)
    if (taken === 'failed') {
      alone = atOnce
      continue
    }
    if (!taken) {
      const ended = await finishedRelink(needs.db, run.id)
      return toRelinked(ended ?? run, ended !== undefined)
    }
    run = taken
    alone = Math.max(0, alone - 1)
    onProgress?.(run.done, total)
  }
  return toRelinked(run, false)
}

const toRelinked = ({ done, decisions, moved, failed }: RelinkRun, finished: boolean): Relinked => ({
  done,
  decisions,
  moved,
  failed,
  finished,
})

/** The next page: the run after it, undefined when nothing is left, or `failed` when its records have to be tried one at a time. */
async function relinkNext(
  needs: Needs,
  id: string,
  cache: PreparedCache,
  atOnce: number,
): Promise<RelinkRun | 'failed' | undefined> {
  const tried: Tried = {}
  try {
    return await relinkPage(needs, id, cache, atOnce, tried)
  } catch (reason) {
    const { page } = tried
    if (!page || isAway(reason)) throw reason
    needs.log('relink_failed', { error: describeFault(reason), records: page.records.length })
    return page.records.length > 1 ? 'failed' : stepOver(needs, page)
  }
}

type TriedPage = { readonly run: RelinkRun; readonly records: readonly string[]; readonly last: string }
/** Filled with the page as soon as it is known, so that it is known too when it fails. */
type Tried = { page?: TriedPage }

/** One page: what is written about it and how far the run is commit together. Undefined when nothing is left. */
const relinkPage = (needs: Needs, id: string, cache: PreparedCache, atOnce: number, tried: Tried) =>
  needs.db.transaction(async (tx): Promise<RelinkRun | undefined> => {
    await lockPersons(tx)
    const run = await holdRelink(tx, id)
    const records = run && (await resolvedAfter(tx, run.position, atOnce))
    const last = records?.at(-1)
    if (!run || !records || last === undefined) {
      if (run) await finishRelink(tx, id, needs.now())
      return undefined
    }
    tried.page = { run, records, last }
    const { decisions, moved } = await resolveRecords(needs, tx, records, { cache, anew: true })
    const next = {
      ...run,
      position: last,
      done: run.done + records.length,
      decisions: run.decisions + decisions,
      moved: run.moved + moved,
    }
    await moveRelink(tx, next)
    return next
  })

/** Moves the run on past one record, unless another process did meanwhile. Undefined when the run has ended. */
const stepOver = (needs: Needs, { run, last }: TriedPage): Promise<RelinkRun | undefined> =>
  needs.db.transaction(async (tx) => {
    const held = await holdRelink(tx, run.id)
    if (held?.position !== run.position) return held
    const next = { ...held, position: last, done: held.done + 1, failed: held.failed + 1 }
    await moveRelink(tx, next)
    return next
  })
