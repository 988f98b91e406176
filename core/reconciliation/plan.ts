/** Which instant's facts a run sees, and how its work is cut into slices. */
import { setTimeout as sleep } from 'node:timers/promises'
import { oldestWaiting } from '../../store/outbox.ts'
import { lockPersons } from '../../store/persons.ts'
import type { Queryable } from '../../store/pool.ts'
import { peopleBounds } from '../../store/reconciliation/dossiers.ts'
import { putFindingEvent } from '../../store/reconciliation/findings.ts'
import {
  holdReconciliation,
  openPhase,
  type Phase,
  type ReconciliationRow,
  startReconciliation,
} from '../../store/reconciliation/runs.ts'
import { type Moved, movedFindings, moveFinding } from '../../store/reconciliation/settle.ts'
import { addSlices, type Slice, type SlicePhase } from '../../store/reconciliation/slices.ts'
import { listRegistries, lockRegistry } from '../../store/registries.ts'
import type { Needs } from '../needs.ts'
import { findingKey } from './findings-of.ts'
import { rulesNow } from './nightly.ts'

/** How many people, members of groups and findings a slice has, more or less: a worker that dies loses one slice. */
export type SliceSizes = { readonly people: number; readonly members: number; readonly findings: number }
export const usualSizes: SliceSizes = { people: 1_000, members: 2_000, findings: 500 }

/**
 * The instant whose facts the run sees. Whoever writes records or persons takes the time under the locks that are held here, so that
 * nothing older than this instant is committed later: not by a transaction that began before, nor by one that begins now. What has come
 * in and waits to be resolved lies after it. All of them read clocks of their own, so the machines' clocks have to agree: docs/operating.md.
 * The worker that starts a run says by which rules.
 */
export async function fixInstant(needs: Needs, { id, known_at, settings }: ReconciliationRow): Promise<void> {
  const rules = await rulesNow(needs, settings)
  if (known_at) {
    await startReconciliation(needs.db, id, { knownAt: known_at, rules, at: needs.now() })
    return
  }
  await needs.db.transaction(async (tx) => {
    await lockPersons(tx)
    for (const registry of await listRegistries(tx)) await lockRegistry(tx, registry.id)
    const now = needs.now()
    const waiting = await oldestWaiting(tx, 'resolve')
    const knownAt = waiting && waiting <= now ? new Date(waiting.getTime() - 1) : now
    await startReconciliation(tx, id, { knownAt, rules, at: now })
    // Clocks tell milliseconds: whoever comes next must read a later one.
    for (let turns = 0; needs.now() <= now && turns < 5; turns++) await sleep(1)
  })
}

/** Opens a phase with its slices, once: whoever comes second finds it open. */
export async function open(
  needs: Needs,
  id: string,
  from: Phase,
  phase: SlicePhase,
  slices: readonly Slice[],
): Promise<void> {
  await needs.db.transaction(async (tx) => {
    const run = await holdReconciliation(tx, id)
    if (run?.phase !== from) return
    await addSlices(tx, { run: id, phase }, slices)
    await openPhase(tx, id, phase)
  })
}

/** People in ranges of their ids. */
export async function peopleSlices(db: Queryable, knownAt: Date, size: number): Promise<Slice[]> {
  const bounds = await peopleBounds(db, knownAt, size)
  return bounds.map((lower, seq) => ({ seq, lower: fromUuid(lower), upper: upperOf(bounds, seq) }))
}

const upperOf = (bounds: readonly string[], seq: number): Buffer | null => {
  const next = bounds[seq + 1]
  return next === undefined ? null : fromUuid(next)
}
const fromUuid = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')

/** Hashes lie evenly, so that ranges of one width hold about the same. */
export function hashSlices(count: number): Slice[] {
  const bound = (seq: number): Buffer => {
    const bytes = Buffer.alloc(4)
    bytes.writeUInt32BE(Math.floor((seq / count) * 2 ** 32))
    return bytes
  }
  return Array.from({ length: count }, (_, seq) => ({
    seq,
    lower: seq === 0 ? Buffer.alloc(0) : bound(seq),
    upper: seq + 1 === count ? null : bound(seq + 1),
  }))
}

const findingsAtOnce = 200

/**
 * Findings follow people whose ids were merged into others', so that a merge does not resolve and reopen what stays true. Only where
 * all records had gone there by the run's instant, as the run itself knows the others under the earlier ids.
 */
export async function followMerges(needs: Needs, run: string, knownAt: Date): Promise<void> {
  for (let after: string | null = null; ; ) {
    const moved = await movedFindings(needs.db, needs.keys, knownAt, { after, limit: findingsAtOnce })
    if (moved.length === 0) return
    await needs.db.transaction(async (tx) => {
      for (const one of moved) await follow(needs, tx, run, one)
    })
    after = moved.at(-1)?.id ?? null
  }
}

async function follow({ keys, now }: Needs, tx: Queryable, run: string, one: Moved): Promise<void> {
  const { id, rule, kind } = one
  const became = new Map(one.from.map((from, place) => [from, one.to[place] ?? from]))
  const nowOf = (person: string) => became.get(person) ?? person
  // What a group's finding is about may be one of its people.
  const about = [...became].reduce((text, [from, to]) => text.replaceAll(from, to), one.body.about)
  const subject = kind === 'person' ? nowOf(one.subject) : one.subject
  if (subject === one.subject && about === one.body.about) return
  const key = findingKey(keys, rule, kind, subject, about)
  const persons = [...new Set(one.persons.map(nowOf))].sort()
  if (!(await moveFinding(tx, keys, { id, key, subject, persons, body: { ...one.body, about } }))) return
  await putFindingEvent(tx, keys, id, { ...byNobody, at: now(), run })
}

const byNobody = {
  kind: 'note',
  text: 'A person it names turned out to be another person of this hub, whom the finding names from now on.',
  from_state: null,
  to_state: null,
  agency: null,
  client: null,
  officer: null,
  basis: null,
} as const
