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
import { makeBook, type PreparedCache } from './book.ts'
import { isJudged, type Judged, judgeCandidates, judgeTogether } from './judge.ts'
import { type Keyed, keyOf } from './keyed.ts'

/** What was made of a record before the lock was held: its evidence, and its keys where that is not what it was. */
type Made = { readonly sent: SentRecord; readonly evidence: string; readonly keyed?: Keyed }
/** By id. */
export type Ready = ReadonlyMap<string, Made>
/** Decisions about the keyed ones and what the store held after a turn. */
export type Foreseen = { readonly turn: number; readonly decisions: readonly DecisionRow[] }
/** `last`: the last row of the outbox that was looked at. */
export type Ahead = {
  readonly ready: Ready
  readonly foreseen?: Foreseen | undefined
  readonly last?: string | undefined
}

/** Outbox rows taken in one transaction: a page or two of records, so that it stays short. */
export const rowsAtOnce = 2

/** `cache` goes from one look to the next; without one nothing is compared ahead. */
type Look = { readonly before?: Ahead | undefined; readonly cache?: PreparedCache | undefined }

/** Makes the next rows of the outbox ready, behind those of another look. Whatever goes wrong is left to who has to do the work. */
export async function lookAhead(needs: Needs, { before, cache }: Look = {}): Promise<Ahead> {
  let last = before?.last
  try {
    const rows = await peek(needs.db, 'resolve', last, rowsAtOnce)
    last = rows.at(-1)?.id ?? last
    const ids = [...new Set(rows.flatMap(({ records }) => records))]
    const sent = ids.length > 0 ? await readRecords(needs.db, needs.keys, ids) : []
    const ready = await makeReady(needs, sent)
    const keyed = keyedOf(ready)
    const foreseen = cache && keyed.size > 0 ? await foresee(needs, keyed, cache) : undefined
    return { ready, foreseen, last }
  } catch {
    return { ready: new Map(), last }
  }
}

async function makeReady(needs: Needs, sent: readonly SentRecord[]): Promise<Ready> {
  const known = sent.flatMap(({ id, resolvedVersion }) => (resolvedVersion > 0 ? [id] : []))
  const before = new Map<string, string>()
  for (const row of known.length > 0 ? await readEvidence(needs.db, known) : [])
    before.set(row.record, openEvidence(needs.keys, row))
  const make = (one: SentRecord): Made => {
    const record = toLinkRecord(one.id, one.record)
    const evidence = packEvidence(record)
    const made = { sent: one, evidence }
    return before.get(one.id) === evidence ? made : { ...made, keyed: keyOf(needs, prepare(record)) }
  }
  return new Map(sent.map((one) => [one.id, make(one)]))
}

/** On one connection, as the server has other work to do. */
const foresee = (needs: Needs, keyed: ReadonlyMap<string, Keyed>, cache: PreparedCache): Promise<Foreseen> =>
  needs.db.transaction(
    async (tx) => {
      const turn = await lastTurn(tx)
      const book = makeBook(needs, tx, [], cache, keyed)
      return { turn, decisions: await judgeCandidates(needs, tx, book, [...keyed.values()], new Map()) }
    },
    { readOnly: true },
  )

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
