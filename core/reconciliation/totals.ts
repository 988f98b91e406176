/** The end of a run: its counts, added up from the slices. */
import { announce } from '../../store/deliveries.ts'
import type { Queryable } from '../../store/pool.ts'
import { finishReconciliation, holdReconciliation, type ReconciliationRow } from '../../store/reconciliation/runs.ts'
import { holdTold } from '../../store/reconciliation/settle.ts'
import { doneSlices } from '../../store/reconciliation/slices.ts'
import { listRegistries } from '../../store/registries.ts'
import type { Needs } from '../needs.ts'
import { mostTold, noCounts } from './settle.ts'
import type { GroupCounts, OwnerCounts, PeopleCounts, RuleCounts, SettleCounts } from './slice-work.ts'

export type Totals = {
  readonly people: number
  readonly records: number
  readonly groups: number
  readonly found: number
  /** Subjects that a rule failed on, by rule; `unreadable`: people of whom a record does not open. */
  readonly faults: Readonly<Record<string, number>>
  readonly rules: Readonly<Record<string, RuleCounts>>
  /** The same by registry that has to act, then by rule. */
  readonly owners: Readonly<OwnerCounts>
}

/** Ends a run whose slices are all done; once, whoever comes second finds it ended. */
export async function finish(needs: Needs, id: string): Promise<void> {
  await needs.db.transaction(async (tx) => {
    const run = await holdReconciliation(tx, id)
    if (run?.phase !== 'settle') return
    const people = await doneSlices(tx, { run: id, phase: 'people' })
    const groups = await doneSlices(tx, { run: id, phase: 'groups' })
    const settled = await doneSlices(tx, { run: id, phase: 'settle' })
    const looked = [...people, ...groups]
    const sum = (all: readonly number[]) => all.reduce((total, one) => total + one, 0)
    const byOwner = settled.map(({ counts }) => (counts as SettleCounts).owners)
    const totals: Totals = {
      people: sum(people.map(({ subjects }) => subjects)),
      records: sum(people.map(({ counts }) => (counts as PeopleCounts).records)),
      groups: sum(groups.map(({ subjects }) => subjects)),
      found: sum(looked.map(({ found }) => found)),
      faults: addUp(looked.map(({ counts }) => (counts as PeopleCounts | GroupCounts).faults)),
      rules: rulesOf(byOwner.flatMap((owners) => Object.values(owners))),
      owners: ownersOf(byOwner),
    }
    const at = needs.now()
    await finishReconciliation(tx, id, { status: 'succeeded', totals, problem: null, at })
    await tellEnd(tx, run, totals, at)
  })
}

/** Ends a run that cannot go on, whatever phase it is in; nothing happens to one that has ended. */
export async function fail(needs: Needs, id: string, problem: string): Promise<void> {
  await needs.db.transaction(async (tx) => {
    const run = await holdReconciliation(tx, id)
    if (!run || run.phase === 'done') return
    const at = needs.now()
    await finishReconciliation(tx, id, { status: 'failed', totals: null, problem, at })
    await tellEnd(tx, run, null, at)
  })
}

/** Tells each registry that the night has ended, and what of its findings was not told one by one; without totals, that it failed. */
async function tellEnd(tx: Queryable, run: ReconciliationRow, totals: Totals | null, at: Date): Promise<void> {
  if (run.kind !== 'live') return
  const told = await holdTold(tx, run.id)
  const events = (await listRegistries(tx)).map((registry) => ({
    type: 'reconciliation.finished' as const,
    registry: registry.id,
    subject: run.id,
    data: {
      asOf: run.as_of,
      status: totals ? 'succeeded' : 'failed',
      ...(totals && changesOf(Object.values(totals.owners[registry.id] ?? {}))),
      untold: Math.max(0, (told[registry.id] ?? 0) - mostTold),
    },
  }))
  await announce(tx, events, at)
}

function changesOf(rules: readonly RuleCounts[]) {
  const sums = addUp(rules.map(({ money: _, ...counts }) => counts))
  return { new: sums.new ?? 0, resolved: sums.resolved ?? 0, reopened: sums.reopened ?? 0 }
}

function addUp(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums: Record<string, number> = {}
  for (const one of all) for (const [name, count] of Object.entries(one)) sums[name] = (sums[name] ?? 0) + count
  return inOrder(sums)
}

function rulesOf(all: readonly Readonly<Record<string, RuleCounts>>[]): Record<string, RuleCounts> {
  const sums: Record<string, RuleCounts> = {}
  for (const one of all)
    for (const [rule, counts] of Object.entries(one)) {
      const sum = sums[rule] ?? noCounts()
      sum.new += counts.new
      sum.persisting += counts.persisting
      sum.resolved += counts.resolved
      sum.reopened += counts.reopened
      sum.money = addUp([sum.money, counts.money])
      sums[rule] = sum
    }
  return inOrder(sums)
}

function ownersOf(all: readonly OwnerCounts[]): OwnerCounts {
  const names = [...new Set(all.flatMap((owners) => Object.keys(owners)))].sort()
  return Object.fromEntries(names.map((name) => [name, rulesOf(all.map((owners) => owners[name] ?? {}))]))
}

const inOrder = <Value>(record: Record<string, Value>): Record<string, Value> =>
  Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
