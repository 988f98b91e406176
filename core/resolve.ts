/** Resolve: which records are one person. Changed records are compared with their candidates, and their persons rebuilt. */
import { HubError } from '../errors.ts'
import { compare, compareUnlessDistinct, type Part } from '../linkage/compare.ts'
import { decide } from '../linkage/decide.ts'
import { packEvidence, unpackEvidence } from '../linkage/evidence.ts'
import { type Prepared, prepare } from '../linkage/features.ts'
import { type LinkRecord, toLinkRecord } from '../linkage/record.ts'
import { monthsDelivered } from '../reconciliation/delivered.ts'
import { putBlockingKeys } from '../store/blocking.ts'
import { findCandidates } from '../store/candidates.ts'
import { byModel, type DecisionRow, putDecisions, verdictsAbout } from '../store/decisions.ts'
import { openEvidence, putEvidence, readEvidence } from '../store/evidence.ts'
import { putFacts } from '../store/facts.ts'
import { putIdentifiers } from '../store/identifiers.ts'
import { claim, countFailure } from '../store/outbox.ts'
import { lockPersons, membershipsOf } from '../store/persons.ts'
import type { Queryable } from '../store/pool.ts'
import { putDelivered } from '../store/reconciliation/delivered.ts'
import { markResolved, readResolved, type SentRecord, type StoredRecord } from '../store/records.ts'
import { type Ahead, type Keyed, keyedOf, keyOf, lookAhead, type Ready, readNow, rowsAtOnce } from './ahead.ts'
import { type Book, makeBook, type PreparedCache } from './book.ts'
import { describeFault } from './fault.ts'
import type { Needs } from './needs.ts'
import { regroup } from './regroup.ts'
import { worthOpening } from './worth.ts'

/** A blocking key held by more records than this is too common to look into. */
export const candidateLimit = 200

/**
 * Resolves what waits in the outbox until nothing does, a short transaction at a time; answers how many records. While a batch is in its
 * transaction, the next one is read ahead. A batch that fails is tried row by row; a row that keeps failing is parked and the rest goes on.
 */
export async function resolveWaiting(needs: Needs, signal?: AbortSignal): Promise<number> {
  let resolved = 0
  let rows = rowsAtOnce
  const cache: PreparedCache = new Map()
  let next = lookAhead(needs)
  while (!signal?.aborted) {
    try {
      const ahead = await next
      next = lookAhead(needs, ahead)
      const count = await resolveNext(needs, rows, cache, ahead)
      if (count === undefined) break
      resolved += count
      rows = rowsAtOnce
    } catch (reason) {
      if (reason instanceof HubError && reason.code === 'unavailable' && !tookTooLong(reason)) throw reason
      needs.log('resolve_failed', { error: describeFault(reason), rows })
      if (rows === 1) await countFailure(needs.db, 'resolve', 1, needs.now())
      rows = 1
      next = lookAhead(needs)
    }
  }
  await next
  return resolved
}

/** A statement that ran into its time limit is the batch's own fault, not the database's (SQLSTATE 57014). */
export const tookTooLong = ({ cause }: HubError) => cause instanceof Error && 'code' in cause && cause.code === '57014'

const resolveNext = (needs: Needs, rows: number, cache: PreparedCache, { ready }: Ahead): Promise<number | undefined> =>
  needs.db.transaction(async (tx) => {
    await lockPersons(tx)
    const claimed = await claim(tx, 'resolve', rows)
    if (claimed.length === 0) return undefined
    const ids = [...new Set(claimed.flatMap((row) => row.records))]
    await resolveRecords(needs, tx, ids, { cache, ready })
    return ids.length
  })

export type ResolveOptions = {
  /** Goes from one call of a run to the next. */
  readonly cache?: PreparedCache
  /** What was made ready before the lock was held. */
  readonly ready?: Ready
  /** Compares everything anew, as after a change of the model: records, facts and documents stand as they are. */
  readonly anew?: boolean
}

/** Decisions written or taken back, and records that changed their person. */
type Resolved = { readonly decisions: number; readonly moved: number }

/**
 * Resolves changed records inside the caller's transaction, which holds the persons' lock. Writes differences only: a record whose
 * evidence is what it was is not compared again, and a record that is compared again with the same result leaves no trace.
 */
export async function resolveRecords(
  needs: Needs,
  tx: Queryable,
  ids: readonly string[],
  { cache = new Map(), ready = new Map(), anew = false }: ResolveOptions = {},
): Promise<Resolved> {
  const changed = await readNow(needs, tx, ids, ready)
  const keyed = keyedOf(changed, ready)
  const book = makeBook(needs, tx, changed, cache, keyed)
  const changedIds = changed.map((stored) => stored.id)
  // Who belongs to nobody was never resolved: no keys, no decisions, nothing to replace.
  const before = new Map((await membershipsOf(tx, changedIds)).map(({ record, person }) => [record, person]))
  const fresh = new Set(changedIds.filter((id) => !before.has(id)))
  const evidence = await newEvidence(needs, tx, changed, [...before.keys()])
  const compared = changed.filter(({ id }) => anew || !evidence.same.has(id)).map(({ id }) => id)
  const prepared = await book.prepare(compared)
  const strangers = becameSomebodyElse(needs, evidence.earlier, prepared, changed)
  const rewritten = changed.filter(({ version, resolvedVersion }) => version !== resolvedVersion)
  const known = rewritten.flatMap(({ id }) => (before.has(id) ? [id] : []))
  // Side by side: the server writes what is known already while records are compared here.
  const [{ decisions, written }] = await Promise.all([
    compareAgain(needs, tx, book, compared, before, keyed),
    putEvidence(tx, needs.keys, evidence.written, evidence.known),
    putIdentifiers(tx, needs.keys, rewritten, known),
    putFacts(tx, needs.keys, rewritten, known),
    putDelivered(tx, monthsDelivered(rewritten.map(({ record }) => record)), needs.now()),
  ])
  const restated = anew ? rewritten.map(({ id }) => id) : changedIds
  const moved = await regroup(needs, tx, book, { changed: changedIds, fresh, before, decisions, strangers, restated })
  if (rewritten.length > 0) await markResolved(tx, rewritten)
  return { decisions: written, moved }
}

/** What the model says about records now: their keys, their candidates, the decisions about them. */
async function compareAgain(
  needs: Needs,
  tx: Queryable,
  book: Book,
  compared: readonly string[],
  before: ReadonlyMap<string, string>,
  keyed: ReadonlyMap<string, Keyed>,
): Promise<{ decisions: DecisionRow[]; written: number }> {
  if (compared.length === 0) return { decisions: [], written: 0 }
  const prepared = await book.prepare(compared)
  const known = compared.filter((id) => before.has(id))
  const asked = compared.flatMap((id) => {
    const one = prepared.get(id)
    return one ? [keyed.get(id) ?? keyOf(needs, one)] : []
  })
  await putBlockingKeys(tx, needs.keys, asked, known)
  const worth = worthOpening(needs.model, asked)
  const judged: Judged = new Map()
  const judgeAll = async (pairs: readonly Pair[]) =>
    judge(needs, pairs, await book.prepare(pairs.map((pair) => pair.candidate)), judged)
  // Side by side, so that the server looks for the candidates of some while others are compared here.
  const found = await Promise.all([
    partners(tx, known).then(judgeAll),
    ...inSlices(asked).map(async (some) =>
      judgeAll((await findCandidates(tx, needs.keys, some, candidateLimit, worth)).pairs),
    ),
  ])
  const decisions = found.flat()
  return { decisions, written: await putDecisions(tx, known, decisions, needs.now()) }
}

type Evidence = {
  /** Records that say about the person what they said when they were last resolved. */
  same: Set<string>
  /** What the others said then. */
  earlier: LinkRecord[]
  /** What has to be written, and whose row is there already. */
  written: { id: string; text: string }[]
  known: Set<string>
}

/** Compares what changed records say about the person with what they said before. */
async function newEvidence(
  { keys }: Needs,
  tx: Queryable,
  changed: readonly SentRecord[],
  resolvedBefore: readonly string[],
): Promise<Evidence> {
  const rows = resolvedBefore.length > 0 ? await readEvidence(tx, resolvedBefore) : []
  const kept = new Map(
    rows.flatMap((row) => {
      const text = openEvidence(keys, row)
      const record = unpackEvidence(row.record, text)
      return record ? [[row.record, { text, record }]] : []
    }),
  )
  const said = new Map(kept)
  // Resolved before evidence was kept, or in another format.
  const unkept = resolvedBefore.filter((id) => !kept.has(id))
  for (const { id, record: sent } of unkept.length > 0 ? await readResolved(tx, keys, unkept) : []) {
    const record = toLinkRecord(id, sent)
    said.set(id, { text: packEvidence(record), record })
  }
  const now = changed.map(({ id, record }) => ({ id, text: packEvidence(toLinkRecord(id, record)) }))
  const same = new Set(now.filter(({ id, text }) => said.get(id)?.text === text).map(({ id }) => id))
  const known = new Set(rows.map((row) => row.record))
  return {
    same,
    earlier: [...said].flatMap(([id, { record }]) => (same.has(id) ? [] : [record])),
    written: now.filter(({ id }) => !same.has(id) || !kept.has(id)),
    known,
  }
}

/**
 * Records that speak of somebody else than before: a number that was given to another person, a line that slipped. They must
 * not take their person's id with them, or whoever met the one under it would read the other.
 */
function becameSomebodyElse(
  { model }: Needs,
  earlier: readonly LinkRecord[],
  prepared: ReadonlyMap<string, Prepared>,
  changed: readonly StoredRecord[],
): Set<string> {
  const names = new Map(changed.map(({ id, record }) => [id, record.names]))
  const strangers = earlier.filter((record) => {
    const now = prepared.get(record.id)
    // Most often something else has changed.
    if (!now || JSON.stringify(names.get(record.id)) === JSON.stringify(record.names)) return false
    // The list's own number of the record says nothing here: it is the same by construction.
    const parts = compare(model, prepare(record), now).filter(({ on }) => !on.startsWith('identifier'))
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

function inSlices<One>(all: readonly One[]): One[][] {
  const slices: One[][] = []
  for (let from = 0; from < all.length; from += sliceLength) slices.push(all.slice(from, from + sliceLength))
  return slices
}
const sliceLength = 100

type Pair = { readonly of: string; readonly candidate: string }
/** Pairs that were decided about, the greater ids by the lesser. */
type Judged = Map<string, Set<string>>

/** Decides about each pair once; pairs that are plainly distinct leave no row. */
function judge(
  { model }: Needs,
  pairs: readonly Pair[],
  prepared: ReadonlyMap<string, Prepared>,
  judged: Judged,
): DecisionRow[] {
  const rows: DecisionRow[] = []
  for (const { of, candidate } of pairs) {
    const [a, b] = of < candidate ? [of, candidate] : [candidate, of]
    // Two changed records find each other twice, and a candidate may have been a partner before.
    const others = judged.get(a)
    if (others?.has(b)) continue
    if (others) others.add(b)
    else judged.set(a, new Set([b]))
    const [left, right] = [prepared.get(a), prepared.get(b)]
    const parts = left && right && compareUnlessDistinct(model, left, right)
    if (!parts) continue
    const { outcome, weight, probability, model: version } = decide(model, parts)
    if (outcome !== 'distinct')
      rows.push({ a, b, outcome, weight, probability, parts: parts.filter(isStated), model: version, made_by: byModel })
  }
  return rows
}

/** What neither or only one of the two states weighs nothing, and goes without saying. */
const isStated = (part: Part) => part.level !== 'missing'
