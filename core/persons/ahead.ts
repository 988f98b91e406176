/**
 * What is made ready about changed records before the persons' lock is held, while others write under it: they are opened, and those
 * that say anything new about a person are prepared, their keys hashed, and their candidates looked for and compared. Under the lock only
 * pairs with records that had a turn since are compared again.
 */
import { packEvidence } from '../../linkage/evidence.ts'
import { prepare } from '../../linkage/features.ts'
import { toLinkRecord } from '../../linkage/record.ts'
import type { DecisionRow } from '../../store/decisions.ts'
import { openEvidence, readEvidence } from '../../store/evidence.ts'
import { peek } from '../../store/outbox.ts'
import type { Queryable } from '../../store/pool.ts'
import { readRecords, readStates, type SentRecord } from '../../store/records.ts'
import { lastTurn } from '../../store/resolve-turn.ts'
import type { Needs } from '../needs.ts'
import { firstRows } from './batch.ts'
import { makeBook, type PreparedCache } from './book.ts'
import { inSlices, isJudged, type Judged, judgeCandidates, judgeTogether } from './judge.ts'
import { type Keyed, keyOf } from './keyed.ts'
import { type Pause, pause } from './pause.ts'

/** What was made of a record before the lock was held: its evidence, and its keys where that is not what it was. */
type Made = { readonly sent: SentRecord; readonly evidence: string; readonly keyed?: Keyed }
/** By id. */
export type Ready = ReadonlyMap<string, Made>
/** Decisions about the keyed ones and what the store held after a turn. */
export type Foreseen = { readonly turn: number; readonly decisions: readonly DecisionRow[] }
/** `rows`, `last`: how many rows of the outbox were looked at, and the last of them. */
export type Ahead = {
  readonly ready: Ready
  readonly foreseen?: Foreseen | undefined
  readonly last?: string | undefined
  readonly rows: number
}

/** `cache` goes from one look to the next; without one nothing is compared ahead. */
type Look = { readonly before?: Ahead | undefined; readonly cache?: PreparedCache | undefined; readonly rows?: number }

/** Makes the next rows of the outbox ready, behind those of another look. Whatever goes wrong is left to who has to do the work. */
export async function lookAhead(needs: Needs, { before, cache, rows = firstRows }: Look = {}): Promise<Ahead> {
  const found = await nextRows(needs, before?.last, rows).catch(() => [])
  return makeReady(needs, found, { cache, last: before?.last })
}

export const nextRows = (needs: Needs, after: string | undefined, rows: number) =>
  peek(needs.db, 'resolve', after, rows)

type Rows = Awaited<ReturnType<typeof nextRows>>

/** `last`: where there are no rows. `signal`: nobody waits for it any more. */
type Making = {
  readonly cache?: PreparedCache | undefined
  readonly last?: string | undefined
  readonly signal?: AbortSignal
}

/** Makes rows ready, a part of their records after the other: the server reads some while others are prepared here. */
export async function makeReady(needs: Needs, rows: Rows, { cache, last, signal }: Making = {}): Promise<Ahead> {
  const ahead = { last: rows.at(-1)?.id ?? last, rows: rows.length }
  const ids = [...new Set(rows.flatMap(({ records }) => records))]
  try {
    if (ids.length === 0) return { ...ahead, ready: new Map() }
    signal?.throwIfAborted()
    return await needs.db.transaction(
      async (tx) => {
        const turn = cache && (await lastTurn(tx))
        const judged: Judged = new Map()
        const rest = () => pause().then(() => signal?.throwIfAborted())
        const parts = await Promise.all(inSlices(ids).map((some) => makePart(needs, tx, some, { judged, cache, rest })))
        const ready = new Map(parts.flatMap((part) => part.made))
        const decisions = parts.flatMap((part) => part.decisions)
        const isCompared = turn !== undefined && [...ready.values()].some(({ keyed }) => keyed)
        return { ...ahead, ready, foreseen: isCompared ? { turn, decisions } : undefined }
      },
      // On one connection, as the server has other work to do.
      { readOnly: true },
    )
  } catch {
    return { ...ahead, ready: new Map() }
  }
}

type Part = { readonly judged: Judged; readonly cache: PreparedCache | undefined; readonly rest: Pause }

async function makePart(needs: Needs, tx: Queryable, ids: readonly string[], { judged, cache, rest }: Part) {
  const sent = await readRecords(tx, needs.keys, ids)
  const known = sent.flatMap(({ id, resolvedVersion }) => (resolvedVersion > 0 ? [id] : []))
  const before = new Map<string, string>()
  for (const row of known.length > 0 ? await readEvidence(tx, known) : [])
    before.set(row.record, openEvidence(needs.keys, row))
  const made: [string, Made][] = []
  for (const one of sent) {
    made.push([one.id, make(needs, one, before.get(one.id))])
    if (made.length % madeAtOnce === 0) await rest()
  }
  const asked = made.flatMap(([, { keyed }]) => keyed ?? [])
  const book = makeBook(needs, tx, [], cache ?? new Map(), new Map(asked.map((one) => [one.id, one])), rest)
  const decisions = cache && asked.length > 0 ? await judgeCandidates(needs, tx, book, asked, judged) : []
  return { made, decisions }
}

/** A millisecond's work, or two. */
const madeAtOnce = 8

function make(needs: Needs, sent: SentRecord, before: string | undefined): Made {
  const record = toLinkRecord(sent.id, sent.record)
  const evidence = packEvidence(record)
  const made = { sent, evidence }
  return before === evidence ? made : { ...made, keyed: keyOf(needs, prepare(record)) }
}

/** A turn that was ours, and the records that were compared in it. */
export type Turn = { readonly turn: number; readonly compared: readonly Keyed[] }

/**
 * The decisions about `asked`, which are among those that were foreseen, as they are at `turn`: those about records that had a turn since
 * are made anew. Undefined when somebody else had a turn: nobody knows what changed. `compared`: the records whose turn it is.
 */
export async function bringUpToDate(
  needs: Needs,
  tx: Queryable,
  { turn: seen, decisions }: Foreseen,
  { turn, compared }: Turn,
  ours: readonly Turn[],
  asked: readonly Keyed[],
  judged: Judged,
): Promise<DecisionRow[] | undefined> {
  const since = ours.filter((one) => one.turn > seen)
  if (since.length !== turn - seen - 1) return undefined
  const others = [...since.flatMap((one) => one.compared), ...compared]
  const young = new Set(others.map(({ id }) => id))
  const told = new Set(asked.map(({ id }) => id))
  const stands = ({ a, b }: DecisionRow) => (told.has(a) && !young.has(b)) || (told.has(b) && !young.has(a))
  return [
    ...decisions.filter((one) => stands(one) && !isJudged(judged, one)),
    ...(await judgeTogether(needs, tx, asked, others, judged)),
  ]
}

/**
 * What was foreseen, where all who were compared are taken: they were compared with one another as they were sent, and whoever is not
 * taken is still who was last resolved.
 */
export function foreseenOf(ids: readonly string[], { ready, foreseen }: Pick<Ahead, 'ready' | 'foreseen'>) {
  const taken = new Set(ids)
  return [...keyedOf(ready).keys()].every((id) => taken.has(id)) ? foreseen : undefined
}

/** The records as they are now; those that are what they were when they were read ahead need not be opened again. */
export async function readNow(
  { keys }: Needs,
  tx: Queryable,
  ids: readonly string[],
  ready: Ready,
): Promise<SentRecord[]> {
  if (ready.size === 0) return readRecords(tx, keys, ids)
  const current = (await readStates(tx, ids)).flatMap(({ id, version, ...state }) => {
    const sent = ready.get(id)?.sent
    return sent?.version === version ? [{ ...sent, ...state }] : []
  })
  const known = new Set(current.map(({ id }) => id))
  const others = ids.filter((id) => !known.has(id))
  return others.length > 0 ? [...current, ...(await readRecords(tx, keys, others))] : current
}

/** What was made of these records as they are now. */
export const madeOf = (changed: readonly SentRecord[], ready: Ready): Ready =>
  new Map(
    changed.flatMap(({ id, version }) => {
      const made = ready.get(id)
      return made?.sent.version === version ? [[id, made]] : []
    }),
  )

export const keyedOf = (ready: Ready): Map<string, Keyed> =>
  new Map([...ready].flatMap(([id, { keyed }]) => (keyed ? [[id, keyed]] : [])))
