/** Resolve: which records are one person. Changed records are compared with their candidates, and their persons rebuilt. */
import { compare, type Part } from '../../linkage/compare.ts'
import { decide } from '../../linkage/decide.ts'
import { packEvidence, unpackEvidence } from '../../linkage/evidence.ts'
import { type Prepared, prepare } from '../../linkage/features.ts'
import { type LinkRecord, toLinkRecord } from '../../linkage/record.ts'
import { monthsDelivered } from '../../reconciliation/delivered.ts'
import { putBlockingKeys } from '../../store/blocking.ts'
import { type DecisionRow, decidedAbout, putDecisions } from '../../store/decisions.ts'
import { openEvidence, putEvidence, readEvidence } from '../../store/evidence.ts'
import { putFacts } from '../../store/facts.ts'
import { putIdentifiers } from '../../store/identifiers.ts'
import { claim, countFailure } from '../../store/outbox.ts'
import { lockPersons, membershipsOf } from '../../store/persons.ts'
import type { Queryable } from '../../store/pool.ts'
import { putDelivered } from '../../store/reconciliation/delivered.ts'
import { markResolved, readResolved, type SentRecord, type StoredRecord } from '../../store/records.ts'
import { takeTurn } from '../../store/resolve-turn.ts'
import { describeFault, isAway, nobodysFault } from '../fault.ts'
import type { Needs } from '../needs.ts'
import {
  type Ahead,
  bringUpToDate,
  type Foreseen,
  foreseenOf,
  keyedOf,
  madeOf,
  type Ready,
  readNow,
  type Turn,
} from './ahead.ts'
import { firstRows, rowsAfter } from './batch.ts'
import { type Book, makeBook, type PreparedCache } from './book.ts'
import { type Judged, judge, judgeCandidates, judgeTogether, partners } from './judge.ts'
import { type Keyed, keyOf } from './keyed.ts'
import { looksAhead, makeLooks } from './looks.ts'
import { regroup } from './regroup.ts'

/**
 * Resolves what waits in the outbox until nothing does, a short transaction at a time; answers how many records. While a batch is in its
 * transaction, the next ones are read ahead. A batch that fails is tried row by row; a row that keeps failing is parked and the rest goes on.
 */
export async function resolveWaiting(needs: Needs, signal?: AbortSignal): Promise<number> {
  let resolved = 0
  let rows = firstRows
  /** After a failure. */
  let rowByRow = false
  let ours: readonly Turn[] = []
  // Where others resolve all the time, what was compared ahead is of no use.
  let overtaken = 0
  const cache: PreparedCache = new Map()
  const looks = makeLooks(needs)
  try {
    while (!signal?.aborted) {
      try {
        const atOnce = rowByRow ? 1 : rows
        const ahead = await looks.next(atOnce, overtaken < 2 && !rowByRow ? cache : undefined)
        const done = await resolveNext(needs, atOnce, ahead, { cache, ours })
        if (done === undefined) break
        resolved += done.records
        if (done.turn) ours = [...ours, done.turn].slice(-looksAhead)
        // Others were taken than were looked at, or somebody else had a turn: the looks behind would be out of step too, and compared
        // again under the lock, while whoever asks a registry live waits.
        const inStep = done.inStep && !done.overtaken
        overtaken = inStep ? 0 : overtaken + 1
        if (!inStep) looks.forget()
        rows = rowsAfter(done.rows, done.heldMs)
        rowByRow = false
      } catch (reason) {
        if (isAway(reason)) throw reason
        needs.log('resolve_failed', { error: describeFault(reason), rows: rowByRow ? 1 : rows })
        if (rowByRow) await countFailure(needs.db, 'resolve', 1, needs.now())
        rowByRow = true
        looks.forget()
      }
    }
  } finally {
    looks.forget()
    await looks.end()
  }
  return resolved
}

async function resolveNext(
  needs: Needs,
  rows: number,
  ahead: Ahead | undefined,
  options: Pick<ResolveOptions, 'cache' | 'ours'>,
) {
  let began = 0
  const done = await needs.db.transaction(async (tx) => {
    await lockPersons(tx).catch(nobodysFault)
    began = performance.now()
    // What came since is left to the next look; unless somebody else took what was looked at.
    const looked = ahead ? await claim(tx, 'resolve', ahead.rows, ahead.last) : []
    const claimed = looked.length > 0 ? looked : await claim(tx, 'resolve', rows)
    if (claimed.length === 0) return undefined
    const ids = [...new Set(claimed.flatMap((row) => row.records))]
    const inStep = ids.every((id) => ahead?.ready.has(id))
    const resolved = await resolveRecords(needs, tx, ids, { ...options, ...ahead })
    return { ...resolved, records: ids.length, rows: claimed.length, inStep }
  })
  return done && { ...done, heldMs: performance.now() - began }
}

export type ResolveOptions = {
  /** Goes from one call of a run to the next. */
  readonly cache?: PreparedCache
  /** What was made ready, and what was decided, before the lock was held. */
  readonly ready?: Ready
  readonly foreseen?: Foreseen | undefined
  /** The latest turns of the caller. */
  readonly ours?: readonly Turn[]
  /** Compares everything anew, as after a change of the model: records, facts and documents stand as they are. */
  readonly anew?: boolean
}

type Resolved = {
  /** Decisions written or taken back, and records that changed their person. */
  readonly decisions: number
  readonly moved: number
  /** Undefined when nothing had to be compared. */
  readonly turn: Turn | undefined
  /** Somebody else had a turn since decisions were foreseen, so that they were of no use. */
  readonly overtaken: boolean
}

/**
 * Resolves changed records inside the caller's transaction, which holds the persons' lock. Writes differences only: a record whose
 * evidence is what it was is not compared again, and a record that is compared again with the same result leaves no trace.
 */
export async function resolveRecords(
  needs: Needs,
  tx: Queryable,
  ids: readonly string[],
  { cache = new Map(), ready = new Map(), foreseen, ours = [], anew = false }: ResolveOptions = {},
): Promise<Resolved> {
  const changed = await readNow(needs, tx, ids, ready)
  const made = madeOf(changed, ready)
  const keyed = keyedOf(made)
  const book = makeBook(needs, tx, changed, cache, keyed)
  const changedIds = changed.map((stored) => stored.id)
  // Who belongs to nobody was never resolved: no keys, no decisions, nothing to replace.
  const resolvedBefore = changed.flatMap(({ id, resolvedVersion }) => (resolvedVersion > 0 ? [id] : []))
  const memberships = resolvedBefore.length > 0 ? await membershipsOf(tx, resolvedBefore) : []
  const before = new Map(memberships.map(({ record, person }) => [record, person]))
  const fresh = new Set(changedIds.filter((id) => !before.has(id)))
  const evidence = await newEvidence(needs, tx, changed, [...before.keys()], made)
  const compared = changed.filter(({ id }) => anew || !evidence.same.has(id)).map(({ id }) => id)
  const prepared = await book.prepare(compared)
  const strangers = becameSomebodyElse(needs, evidence.earlier, prepared, changed)
  const rewritten = changed.filter(({ version, resolvedVersion }) => version !== resolvedVersion)
  const known = rewritten.flatMap(({ id }) => (before.has(id) ? [id] : []))
  const { decisions, written, turn, overtaken } = await compareAgain(needs, tx, book, compared, before, {
    keyed,
    foreseen: foreseenOf(ids, { ready, foreseen }),
    ours,
  })
  const restated = anew ? rewritten.map(({ id }) => id) : changedIds
  // Side by side, one statement after the other: the server writes what is known already while persons are rebuilt here.
  const [moved] = await Promise.all([
    regroup(needs, tx, book, { changed: changedIds, fresh, before, decisions, strangers, restated }),
    (async () => {
      if (turn)
        await putBlockingKeys(
          tx,
          needs.keys,
          turn.compared,
          compared.filter((id) => before.has(id)),
        )
      await putEvidence(tx, needs.keys, evidence.written, evidence.known)
      await putIdentifiers(tx, needs.keys, rewritten, known)
      await putFacts(tx, needs.keys, rewritten, known)
      await putDelivered(tx, monthsDelivered(rewritten.map(({ record }) => record)), needs.now())
    })(),
  ])
  if (rewritten.length > 0) await markResolved(tx, rewritten)
  return { decisions: written, moved, turn, overtaken }
}

/** What is known from before the lock was held. */
type Prior = {
  readonly keyed: ReadonlyMap<string, Keyed>
  readonly foreseen: Foreseen | undefined
  readonly ours: readonly Turn[]
}
type Compared = Pick<Resolved, 'turn' | 'overtaken'> & { readonly decisions: DecisionRow[]; readonly written: number }

/** What the model says about records now: their keys, their candidates, the decisions about them. */
async function compareAgain(
  needs: Needs,
  tx: Queryable,
  book: Book,
  compared: readonly string[],
  before: ReadonlyMap<string, string>,
  { keyed, foreseen, ours }: Prior,
): Promise<Compared> {
  if (compared.length === 0) return { decisions: [], written: 0, turn: undefined, overtaken: false }
  const turn = await takeTurn(tx)
  const prepared = await book.prepare(compared)
  const known = compared.filter((id) => before.has(id))
  const asked = compared.flatMap((id) => {
    const one = prepared.get(id)
    return one ? [keyed.get(id) ?? keyOf(needs, one)] : []
  })
  const mine = { turn, compared: asked }
  const judged: Judged = new Map()
  const standing = known.length > 0 ? await decidedAbout(tx, known) : []
  const pairs = partners(known, standing)
  const met = await judge(needs, tx, pairs, await book.prepare(pairs.map((pair) => pair.candidate)), judged)
  const told = asked.filter(({ id }) => keyed.has(id))
  const upToDate = foreseen && (await bringUpToDate(needs, tx, foreseen, mine, ours, told, judged))
  const others = upToDate ? asked.filter(({ id }) => !keyed.has(id)) : asked
  const decisions = [
    ...met,
    ...(upToDate ?? []),
    ...(await judgeTogether(needs, tx, others, asked, judged)),
    ...(await judgeCandidates(needs, tx, book, others, judged)),
  ]
  const written = await putDecisions(tx, standing, decisions, needs.now())
  return { decisions, written, turn: mine, overtaken: foreseen !== undefined && upToDate === undefined }
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
  made: Ready,
): Promise<Evidence> {
  const now = changed.map(({ id, record }) => ({
    id,
    text: made.get(id)?.evidence ?? packEvidence(toLinkRecord(id, record)),
  }))
  const said = new Map(now.map(({ id, text }) => [id, text]))
  const rows = resolvedBefore.length > 0 ? await readEvidence(tx, resolvedBefore) : []
  const kept = new Set<string>()
  const same = new Set<string>()
  const earlier: LinkRecord[] = []
  const note = (id: string, text: string, record: LinkRecord) => {
    if (said.get(id) === text) same.add(id)
    else earlier.push(record)
  }
  for (const row of rows) {
    const text = openEvidence(keys, row)
    const record = unpackEvidence(row.record, text)
    if (!record) continue
    kept.add(row.record)
    note(row.record, text, record)
  }
  // Resolved before evidence was kept, or in another format.
  const unkept = resolvedBefore.filter((id) => !kept.has(id))
  for (const { id, record: sent } of unkept.length > 0 ? await readResolved(tx, keys, unkept) : []) {
    const record = toLinkRecord(id, sent)
    note(id, packEvidence(record), record)
  }
  const known = new Set(rows.map((row) => row.record))
  return { same, earlier, written: now.filter(({ id }) => !same.has(id) || !kept.has(id)), known }
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
