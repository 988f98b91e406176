/**
 * A slice of what the run found, against what stood before: new, persisting, reopened, gone. A living run changes findings and tells of
 * it; any other run only counts how it differs from the living run before it.
 */
import type { Severity } from '../../reconciliation/finding.ts'
import type { Rule } from '../../reconciliation/rule.ts'
import { isAdverse, type State, type Weight, weighsMore, whenFound, whenGone } from '../../reconciliation/state.ts'
import { announce } from '../../store/deliveries.ts'
import { newId } from '../../store/ids.ts'
import type { Queryable } from '../../store/pool.ts'
import type { FindingBody } from '../../store/reconciliation/findings.ts'
import { compareRuns, type RunFinding, runFindings } from '../../store/reconciliation/run-findings.ts'
import {
  addFindings,
  addRunEvents,
  closeFindings,
  holdTold,
  type NewFinding,
  putTold,
  type Refreshed,
  type RunEvent,
  refreshFindings,
  type Standing,
  standingFindings,
} from '../../store/reconciliation/settle.ts'
import type { Slice } from '../../store/reconciliation/slices.ts'
import type { Event } from '../events/event.ts'
import type { Nightly } from './nightly.ts'
import type { OwnerCounts, RuleCounts, SettleCounts, SliceWork } from './slice-work.ts'

type Counted = { readonly rule: string; readonly owner: string }

export const noCounts = (): RuleCounts => ({ new: 0, persisting: 0, resolved: 0, reopened: 0, money: {} })

export class Tally {
  readonly owners: OwnerCounts = {}

  of({ rule, owner }: Counted): RuleCounts {
    const rules = this.owners[owner] ?? {}
    this.owners[owner] = rules
    const counts = rules[rule] ?? noCounts()
    rules[rule] = counts
    return counts
  }

  money(one: Counted, amount: number | null, currency: string | null): void {
    if (amount === null || currency === null) return
    const { money } = this.of(one)
    money[currency] = (money[currency] ?? 0) + amount
  }
}

export async function settleSlice(nightly: Nightly, slice: Slice): Promise<SliceWork> {
  if (nightly.kind !== 'live') return countDifference(nightly, slice)
  const { needs, run } = nightly
  const found = await runFindings(needs.db, needs.keys, run, slice)
  return { subjects: found.length, found: 0, write: (tx) => settleLive(nightly, tx, slice, found) }
}

async function countDifference({ needs, run, before }: Nightly, slice: Slice): Promise<SliceWork> {
  const tally = new Tally()
  let subjects = 0
  for (const row of await compareRuns(needs.db, run, before, slice)) {
    const counts = tally.of(row)
    counts.new += row.found
    counts.persisting += row.persisting
    counts.resolved += row.gone
    tally.money(row, row.amount, row.currency)
    subjects += row.found + row.persisting
  }
  const counts: SettleCounts = { owners: tally.owners }
  return { subjects, found: 0, write: async () => counts }
}

type Settled = {
  readonly added: NewFinding[]
  readonly refreshed: Refreshed[]
  readonly closed: { id: string; state: string; moved: boolean }[]
  readonly events: RunEvent[]
  readonly told: Event[]
}

async function settleLive(
  { needs, run, asOf, rules }: Nightly,
  tx: Queryable,
  slice: Slice,
  found: readonly RunFinding[],
): Promise<SettleCounts> {
  const at = needs.now()
  const tally = new Tally()
  const standing = new Map(
    (await standingFindings(tx, needs.keys, run, slice)).map((one) => [one.key.toString('hex'), one]),
  )
  const settled: Settled = { added: [], refreshed: [], closed: [], events: [], told: [] }
  for (const one of found) {
    tally.money(one, one.amount, one.currency)
    const name = one.key.toString('hex')
    const before = standing.get(name)
    standing.delete(name)
    if (before) meetAgain(settled, tally, before, one, rules.get(one.rule), asOf)
    else meet(settled, tally, one, rules.get(one.rule), asOf)
  }
  for (const one of standing.values()) if (one.gone_run === null) miss(settled, tally, one)
  await addFindings(tx, needs.keys, run, settled.added, at)
  await refreshFindings(tx, needs.keys, run, settled.refreshed, at)
  await closeFindings(tx, run, settled.closed, at)
  await addRunEvents(tx, run, settled.events, at)
  await announce(tx, await firstTold(tx, run, settled.told), at)
  return { owners: tally.owners }
}

/**
 * Of each registry, as many events of a run as somebody can read. A first night finds hundreds of thousands: the event of its end
 * counts those that were not sent, and they are listed like all others.
 */
export const mostTold = 1_000

async function firstTold(tx: Queryable, run: string, events: readonly Event[]): Promise<Event[]> {
  if (events.length === 0) return []
  const told = await holdTold(tx, run)
  const kept = events.filter(({ registry }) => {
    const nth = (told[registry] ?? 0) + 1
    told[registry] = nth
    return nth <= mostTold
  })
  await putTold(tx, run, told)
  return kept
}

function meet({ added, events, told }: Settled, tally: Tally, one: RunFinding, rule: Rule | undefined, asOf: string) {
  const id = newId()
  added.push({ ...one, id, action: rule?.action ?? 'review', due_on: dueOn(asOf, rule) })
  events.push({ finding: id, kind: 'found', from: null, to: 'open' })
  told.push(eventOf('finding.opened', id, one, 'open'))
  tally.of(one).new += 1
}

function meetAgain(
  { refreshed, events, told }: Settled,
  tally: Tally,
  before: Standing,
  found: RunFinding,
  rule: Rule | undefined,
  asOf: string,
) {
  const { id, gone_run } = before
  const from = before.state as State
  const isMore = isMoreAgainst(before, found, rule)
  const { state, earliestDecision } = whenFound({ state: from, earliestDecision: before.earliest_decision }, isMore)
  // An appeal is about what was decided: what is added against the person waits until she has her answer.
  const one = from === 'appealed' && isMore ? before : found
  const moved = state !== from
  tally.of(one)[moved ? 'reopened' : 'persisting'] += 1
  // A row that says what it said is left as it is: most of them do, every night.
  if (!moved && gone_run === null && saysTheSame(before, one)) return
  refreshed.push({
    ...one,
    id,
    state,
    moved,
    earliest_decision: earliestDecision,
    due_on: moved ? dueOn(asOf, rule) : null,
  })
  if (moved || gone_run !== null) events.push({ finding: id, kind: 'found', from, to: state })
  if (moved) told.push(eventOf('finding.reopened', id, one, state))
}

function miss({ closed, events, told }: Settled, tally: Tally, one: Standing) {
  const from = one.state as State
  const { state } = whenGone({ state: from, earliestDecision: one.earliest_decision })
  const moved = state !== from
  tally.of(one).resolved += 1
  closed.push({ id: one.id, state, moved })
  events.push({ finding: one.id, kind: 'gone', from, to: state })
  if (moved) told.push(eventOf('finding.resolved', one.id, one, state))
}

/** Whether it says more than before against somebody; what is against nobody is brought up to date without a word. */
function isMoreAgainst(before: Standing, found: RunFinding, rule: Rule | undefined): boolean {
  const money = before.amount !== null || found.amount !== null
  return isAdverse({ action: before.action, money }, rule?.aim) && weighsMore(weightOf(before), weightOf(found))
}

function weightOf({ owner, severity, amount, currency, body }: RunFinding): Weight {
  const { occasion } = JSON.parse(body) as FindingBody
  return { owner, severity: severity as Severity, amount, currency, occasion }
}

const saysTheSame = (before: RunFinding, one: RunFinding): boolean =>
  before.body === one.body &&
  before.amount === one.amount &&
  before.currency === one.currency &&
  before.severity === one.severity &&
  before.owner === one.owner &&
  before.region === one.region &&
  before.persons.length === one.persons.length &&
  before.persons.every((person, place) => person === one.persons[place])

const eventOf = (type: Event['type'], id: string, { rule, owner, severity }: RunFinding, state: string): Event => ({
  type,
  registry: owner,
  subject: id,
  data: { rule, severity, state },
})

const dayMs = 86_400_000

/** The day by which the owner has to answer. */
const dueOn = (asOf: string, rule: Rule | undefined): string =>
  new Date(Date.parse(asOf) + (rule?.dueInDays ?? 0) * dayMs).toISOString().slice(0, 10)
