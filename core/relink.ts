/**
 * Re-link: every record is compared anew with the model of today, and only differences are written, in short transactions while
 * look-ups go on. A run that was ended goes on where it stood. Persons keep their ids, stewards' words stand.
 */
import { lockPersons } from '../store/persons.ts'
import {
  countResolved,
  finishedRelink,
  finishRelink,
  holdRelink,
  moveRelink,
  openRelink,
  type RelinkRun,
  resolvedAfter,
} from '../store/relink-runs.ts'
import type { PreparedCache } from './book.ts'
import type { Needs } from './needs.ts'
import { resolveRecords } from './resolve.ts'

/** Records of one transaction: it holds the persons' lock, and whoever asks a registry live waits for it. */
const recordsAtOnce = 200

export type Relinked = Omit<RelinkRun, 'id' | 'position'> & {
  /** False when the signal came first, and the next run goes on from there; or when another model's run took this one's place. */
  finished: boolean
}

/**
 * Compares all records anew. Bounded memory, whatever their number. Several processes may share one run: each page is taken by
 * one of them. `onProgress`: records done, by this run and by those that it goes on from, and how many there are.
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
  onProgress?.(run.done, total)
  while (!signal?.aborted) {
    const next = await relinkNext(needs, run.id, cache, atOnce)
    if (!next) {
      const ended = await finishedRelink(needs.db, run.id)
      const { done, decisions, moved } = ended ?? run
      return { done, decisions, moved, finished: ended !== undefined }
    }
    run = next
    onProgress?.(run.done, total)
  }
  return { done: run.done, decisions: run.decisions, moved: run.moved, finished: false }
}

/** One page: what is written about it and how far the run is commit together. Undefined when nothing is left. */
const relinkNext = (needs: Needs, id: string, cache: PreparedCache, atOnce: number): Promise<RelinkRun | undefined> =>
  needs.db.transaction(async (tx) => {
    await lockPersons(tx)
    const run = await holdRelink(tx, id)
    const records = run && (await resolvedAfter(tx, run.position, atOnce))
    const last = records?.at(-1)
    if (!run || !records || last === undefined) {
      if (run) await finishRelink(tx, id, needs.now())
      return undefined
    }
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
