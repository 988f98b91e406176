/** Resolve: which records are one person. Changed records are compared with their candidates, and their persons rebuilt. */
import { HubError } from '../errors.ts'
import { blockingKeys } from '../linkage/blocking.ts'
import { compare } from '../linkage/compare.ts'
import { decide } from '../linkage/decide.ts'
import { type Prepared, prepare } from '../linkage/features.ts'
import { toLinkRecord } from '../linkage/record.ts'
import { findCandidates, putBlockingKeys } from '../store/blocking.ts'
import { type DecisionRow, putDecisions } from '../store/decisions.ts'
import { claim, countFailure } from '../store/outbox.ts'
import { lockPersons } from '../store/persons.ts'
import type { Queryable } from '../store/pool.ts'
import { readRecords, type StoredRecord } from '../store/records.ts'
import { describeFault } from './fault.ts'
import type { Needs } from './needs.ts'
import { regroup } from './regroup.ts'

/** Outbox rows taken in one transaction: a page or two of records, so that it stays short. */
const rowsAtOnce = 2
/** A blocking key held by more records than this is too common to look into. */
export const candidateLimit = 200

/**
 * Resolves what waits in the outbox until nothing does, a short transaction at a time; answers how many records.
 * A batch that fails is tried row by row; a row that keeps failing is parked and the rest goes on.
 */
export async function resolveWaiting(needs: Needs, signal?: AbortSignal): Promise<number> {
  let resolved = 0
  let rows = rowsAtOnce
  while (!signal?.aborted) {
    try {
      const count = await resolveNext(needs, rows)
      if (count === undefined) break
      resolved += count
      rows = rowsAtOnce
    } catch (reason) {
      if (reason instanceof HubError && reason.code === 'unavailable') throw reason
      needs.log('resolve_failed', { error: describeFault(reason), rows })
      if (rows === 1) await countFailure(needs.db, 'resolve', 1, needs.now())
      rows = 1
    }
  }
  return resolved
}

const resolveNext = (needs: Needs, rows: number): Promise<number | undefined> =>
  needs.db.transaction(async (tx) => {
    await lockPersons(tx)
    const claimed = await claim(tx, 'resolve', rows)
    if (claimed.length === 0) return undefined
    const ids = [...new Set(claimed.flatMap((row) => row.records))]
    await resolveRecords(needs, tx, ids)
    return ids.length
  })

/** Resolves changed records inside the caller's transaction, which holds the persons' lock. */
export async function resolveRecords(needs: Needs, tx: Queryable, ids: readonly string[]): Promise<void> {
  const changed = await readRecords(tx, needs.keys, ids)
  const asked = changed.map((stored) => ({ stored, prepared: prepare(toLinkRecord(stored.id, stored.record)) }))
  const blocking = asked.map(({ stored, prepared }) => ({
    id: stored.id,
    record: stored.id,
    blocking: blockingKeys(prepared),
  }))
  await putBlockingKeys(tx, needs.keys, blocking)
  const { pairs } = await findCandidates(tx, needs.keys, blocking, candidateLimit)
  const known = await withCandidates(needs, tx, asked, pairs)
  const decisions = judge(needs, pairs, known)
  await putDecisions(tx, ids, decisions, needs.now())
  await regroup(needs, tx, changed, decisions)
}

async function withCandidates(
  needs: Needs,
  tx: Queryable,
  asked: readonly { stored: StoredRecord; prepared: Prepared }[],
  pairs: readonly { candidate: string }[],
): Promise<Map<string, Prepared>> {
  const known = new Map(asked.map(({ stored, prepared }) => [stored.id, prepared]))
  const missing = [...new Set(pairs.map((pair) => pair.candidate))].filter((id) => !known.has(id))
  for (const stored of await readRecords(tx, needs.keys, missing))
    known.set(stored.id, prepare(toLinkRecord(stored.id, stored.record)))
  return known
}

/** Decides about each pair once; pairs that are plainly distinct leave no row. */
function judge(
  { model }: Needs,
  pairs: readonly { of: string; candidate: string }[],
  known: ReadonlyMap<string, Prepared>,
): DecisionRow[] {
  const rows = new Map<string, DecisionRow>()
  for (const { of, candidate } of pairs) {
    const [a, b] = of < candidate ? [of, candidate] : [candidate, of]
    const [left, right] = [known.get(a), known.get(b)]
    if (!left || !right || rows.has(`${a} ${b}`)) continue
    const { outcome, weight, probability, parts, model: version } = decide(model, compare(model, left, right))
    if (outcome !== 'distinct')
      rows.set(`${a} ${b}`, { a, b, outcome, weight, probability, parts, model: version, made_by: 'model' })
  }
  return [...rows.values()]
}
