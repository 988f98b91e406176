/** Resolve: which records are one person. Changed records are compared with their candidates, and their persons rebuilt. */
import { HubError } from '../errors.ts'
import { partedKeys } from '../linkage/blocking.ts'
import { compare, type Part } from '../linkage/compare.ts'
import { decide } from '../linkage/decide.ts'
import { type Prepared, prepare } from '../linkage/features.ts'
import { toLinkRecord } from '../linkage/record.ts'
import { findCandidates, hashBlockingKeys, putBlockingKeys } from '../store/blocking.ts'
import { byModel, type DecisionRow, putDecisions, verdictsAbout } from '../store/decisions.ts'
import { putFacts } from '../store/facts.ts'
import { putIdentifiers } from '../store/identifiers.ts'
import { claim, countFailure } from '../store/outbox.ts'
import { lockPersons, membershipsOf } from '../store/persons.ts'
import type { Queryable } from '../store/pool.ts'
import { markResolved, readRecords, readResolved } from '../store/records.ts'
import { makeBook, type PreparedCache } from './book.ts'
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
  const cache: PreparedCache = new Map()
  while (!signal?.aborted) {
    try {
      const count = await resolveNext(needs, rows, cache)
      if (count === undefined) break
      resolved += count
      rows = rowsAtOnce
    } catch (reason) {
      if (reason instanceof HubError && reason.code === 'unavailable' && !tookTooLong(reason)) throw reason
      needs.log('resolve_failed', { error: describeFault(reason), rows })
      if (rows === 1) await countFailure(needs.db, 'resolve', 1, needs.now())
      rows = 1
    }
  }
  return resolved
}

/** A statement that ran into its time limit is the batch's own fault, not the database's (SQLSTATE 57014). */
const tookTooLong = ({ cause }: HubError) => cause instanceof Error && 'code' in cause && cause.code === '57014'

const resolveNext = (needs: Needs, rows: number, cache: PreparedCache): Promise<number | undefined> =>
  needs.db.transaction(async (tx) => {
    await lockPersons(tx)
    const claimed = await claim(tx, 'resolve', rows)
    if (claimed.length === 0) return undefined
    const ids = [...new Set(claimed.flatMap((row) => row.records))]
    await resolveRecords(needs, tx, ids, cache)
    return ids.length
  })

/**
 * Resolves changed records inside the caller's transaction, which holds the persons' lock. `cache` goes from one call of a
 * run to the next.
 */
export async function resolveRecords(
  needs: Needs,
  tx: Queryable,
  ids: readonly string[],
  cache: PreparedCache = new Map(),
): Promise<void> {
  const changed = await readRecords(tx, needs.keys, ids)
  const book = makeBook(needs, tx, changed, cache)
  const changedIds = changed.map((stored) => stored.id)
  // Who belongs to nobody was never resolved: no keys, no decisions, nothing to replace.
  const before = new Map((await membershipsOf(tx, changedIds)).map(({ record, person }) => [record, person]))
  const fresh = new Set(changedIds.filter((id) => !before.has(id)))
  const resolvedBefore = [...before.keys()]
  const prepared = await book.prepare(changedIds)
  const strangers = await becameSomebodyElse(needs, tx, resolvedBefore, prepared)
  const asked = changedIds.flatMap((id) => {
    const one = prepared.get(id)
    return one ? [{ id, keys: hashBlockingKeys(needs.keys, partedKeys(one)) }] : []
  })
  await putBlockingKeys(tx, asked, resolvedBefore)
  await putIdentifiers(tx, needs.keys, changed, resolvedBefore)
  await putFacts(tx, needs.keys, changed, resolvedBefore)
  const pairs = [...(await findCandidates(tx, asked, candidateLimit)).pairs, ...(await partners(tx, resolvedBefore))]
  const decisions = judge(needs, pairs, await book.prepare(pairs.map((pair) => pair.candidate)))
  await putDecisions(tx, resolvedBefore, decisions, needs.now())
  await regroup(needs, tx, book, { changed: changedIds, fresh, before, decisions, strangers })
  await markResolved(tx, changed)
}

/**
 * Records that speak of somebody else than before: a number that was given to another person, a line that slipped. They must
 * not take their person's id with them, or whoever met the one under it would read the other.
 */
async function becameSomebodyElse(
  { model, keys }: Needs,
  tx: Queryable,
  resolvedBefore: readonly string[],
  prepared: ReadonlyMap<string, Prepared>,
): Promise<Set<string>> {
  const earlier = resolvedBefore.length > 0 ? await readResolved(tx, keys, resolvedBefore) : []
  const strangers = earlier.filter(({ id, record }) => {
    const now = prepared.get(id)
    if (!now) return false
    // The list's own number of the record says nothing here: it is the same by construction.
    const parts = compare(model, prepare(toLinkRecord(id, record)), now).filter(
      ({ on }) => !on.startsWith('identifier'),
    )
    return decide(model, parts).probability < decide(model, []).probability && differsInName(parts)
  })
  return new Set(strangers.map(({ id }) => id))
}

const differsInName = (parts: readonly Part[]) => parts.some(({ on, weight }) => on === 'name' && weight < 0)

/** Whom changed records were linked to before: they are compared again, even if no key brings them together now. */
async function partners(tx: Queryable, resolvedBefore: readonly string[]) {
  if (resolvedBefore.length === 0) return []
  const about = new Set(resolvedBefore)
  return (await verdictsAbout(tx, resolvedBefore)).flatMap(({ a, b, made_by }) =>
    // What a steward said stands whatever the comparison says.
    made_by !== byModel
      ? []
      : [...(about.has(a) ? [{ of: a, candidate: b }] : []), ...(about.has(b) ? [{ of: b, candidate: a }] : [])],
  )
}

/** Decides about each pair once; pairs that are plainly distinct leave no row. */
function judge(
  { model }: Needs,
  pairs: readonly { of: string; candidate: string }[],
  prepared: ReadonlyMap<string, Prepared>,
): DecisionRow[] {
  const rows: DecisionRow[] = []
  const asked = new Set(pairs.map((pair) => pair.of))
  const judged = new Set<string>()
  for (const { of, candidate } of pairs) {
    // Two changed records find each other twice, and a candidate may have been a partner before.
    if (of > candidate && asked.has(candidate)) continue
    if (judged.has(`${of} ${candidate}`)) continue
    judged.add(`${of} ${candidate}`)
    const [a, b] = of < candidate ? [of, candidate] : [candidate, of]
    const [left, right] = [prepared.get(a), prepared.get(b)]
    if (!left || !right) continue
    const { outcome, weight, probability, parts, model: version } = decide(model, compare(model, left, right))
    if (outcome !== 'distinct')
      rows.push({ a, b, outcome, weight, probability, parts: parts.filter(isStated), model: version, made_by: 'model' })
  }
  return rows
}

/** What neither or only one of the two states weighs nothing, and goes without saying. */
const isStated = (part: Part) => part.level !== 'missing'
