/** Runs as their callers see them: asked for, watched, compared. Counts are those of the registries that the caller acts for. */
import { HubError } from '../../errors.ts'
import type { Audience, Report } from '../../reconciliation/report/report.ts'
import type { Rule } from '../../reconciliation/rule.ts'
import type {
  Money,
  ReconciliationRun,
  ReconciliationSettings,
  RuleInfo,
  RuleTotals,
  TrialDifference,
} from '../../schemas/contract.ts'
import { type DifferenceRow, foundOnlyBy } from '../../store/reconciliation/differences.ts'
import { personsWithin } from '../../store/reconciliation/findings.ts'
import {
  countBesideLive,
  listReconciliations,
  type ReconciliationRow,
  type RunKind,
  readReconciliation,
} from '../../store/reconciliation/runs.ts'
import { type SlicePhase, sliceProgress } from '../../store/reconciliation/slices.ts'
import type { Asker } from '../asker.ts'
import { disclose } from '../disclose.ts'
import type { Needs } from '../needs.ts'
import { type PageOf, type PageQuery, pageOf, readCursor, usualLimit } from '../page.ts'
import { showsFigures } from './evidence.ts'
import { mustBeRule } from './misfits.ts'
import { type Lens, type ReportRequest, readReport, reportText } from './report.ts'
import type { RuleSettings } from './rule-book.ts'
import type { Scope, Scoped } from './scope.ts'
import { moneyOf, type RuleOf } from './shown.ts'
import { startRun } from './start.ts'
import type { Totals } from './totals.ts'

export type RunQuery = PageQuery & { kind?: RunKind | undefined }
export type ReportQuery = { registry?: string | undefined; audience?: Audience | undefined }
type Change = TrialDifference['change']
export type DifferenceQuery = PageQuery & { change?: Change | undefined; rule?: string | undefined }
type Found = DifferenceRow & { change: Change }

/** Trials and past nights under way at once. */
const mostBesideLive = 5
/** Persons that one difference names, as the contract says. */
const mostPersons = 20

export function makeRuns(needs: Needs, scoped: Scoped, ruleOf: RuleOf) {
  async function meet(id: string): Promise<ReconciliationRow> {
    const run = await readReconciliation(needs.db, id)
    if (!run) throw new HubError('not_found')
    return run
  }

  async function show(run: ReconciliationRow, scope: Scope): Promise<ReconciliationRun> {
    const { phase } = run
    const progress =
      phase === 'plan' || phase === 'done'
        ? { done: 0, total: 0 }
        : await sliceProgress(needs.db, { run: run.id, phase: phase satisfies SlicePhase })
    return toRun(run, progress, scope)
  }

  /** One page of differences: first what appears, then what vanishes. */
  async function differences(run: ReconciliationRow, query: DifferenceQuery, owners: readonly string[]) {
    const limit = (query.limit ?? usualLimit) + 1
    const [last, key] = readCursor(query.cursor, 'difference') ?? []
    const found: Found[] = []
    for (const [change, one, other] of [
      ['appears', run.id, run.before],
      ['vanishes', run.before, run.id],
    ] as const) {
      const isDone = last === 'vanishes' && change === 'appears'
      if (one === null || isDone || (query.change ?? change) !== change || found.length === limit) continue
      const after = last === change && key ? Buffer.from(key, 'hex') : null
      const page = { owners, rule: query.rule ?? null, after, limit: limit - found.length }
      for (const row of await foundOnlyBy(needs.db, needs.keys, one, other, page)) found.push({ ...row, change })
    }
    return found
  }

  async function toReportRequest(id: string, query: ReportQuery, asker: Asker): Promise<ReportRequest> {
    const scope = await scoped(asker)
    const [only, ...more] = scope.owned
    const registry = query.registry ?? (more.length === 0 ? only : undefined)
    if (registry === undefined && more.length > 0) throw whichRegistry()
    await disclose(needs, asker, scope, 'listed', [])
    if (registry === undefined || !scope.owned.includes(registry)) throw new HubError('not_found')
    if ((await meet(id)).status !== 'succeeded') throw new HubError('run_unfinished')
    return { run: id, registry, audience: query.audience ?? 'owner', lens: lensOf(scope, asker) }
  }

  /** Tells figures where all their facts are agreed, and persons of whom a record is, once the leaf about them is written. */
  const lensOf =
    (scope: Scope, asker: Asker): Lens =>
    async (rows) => {
      const subjects = rows.flatMap((row) => (row.subject_kind === 'person' ? [row.subject] : []))
      const visible = new Set(await personsWithin(needs.db, subjects, scope.registries, subjects.length))
      if (visible.size > 0) await disclose(needs, asker, scope, 'shown', [...visible])
      return ({ subject_kind, subject, evidence }) => ({
        subject: subject_kind !== 'person' || visible.has(subject),
        figures: showsFigures(evidence, scope),
      })
    }

  return {
    rules: async (asker: Asker): Promise<RuleInfo[]> => {
      await scoped(asker)
      return needs.reconciliation.book.rules.map(toRuleInfo)
    },

    async list(query: RunQuery, asker: Asker): Promise<PageOf<ReconciliationRun>> {
      const { limit = usualLimit, kind } = query
      const before = readCursor(query.cursor, 'id')?.[0] ?? null
      const scope = await scoped(asker)
      const rows = await listReconciliations(needs.db, { before, limit: limit + 1, kind })
      const page = pageOf(
        rows,
        limit,
        (row) => row.id,
        (row) => row,
      )
      return { ...page, items: await Promise.all(page.items.map((row) => show(row, scope))) }
    },

    async read(id: string, asker: Asker): Promise<ReconciliationRun> {
      const scope = await scoped(asker)
      return show(await meet(id), scope)
    },

    /** For a registry that the client acts for; its only one when none is named. Throws `not_found` and `run_unfinished`. */
    async report(id: string, query: ReportQuery, asker: Asker): Promise<Report> {
      return readReport(needs, await toReportRequest(id, query, asker))
    },

    /** The same as text in pieces; the owner's CSV lists every finding. Throws before the first piece, or never. */
    async reportText(id: string, query: ReportQuery, format: 'csv' | 'html', asker: Asker) {
      const pieces = reportText(needs, await toReportRequest(id, query, asker), format)
      return resumed(await pieces.next(), pieces)
    },

    async start(
      request: { kind: 'live' | 'as-of'; asOf?: string | undefined },
      asker: Asker,
    ): Promise<ReconciliationRun> {
      const scope = await scoped(asker)
      if (request.kind === 'live' && request.asOf !== undefined) throw liveIsToday()
      if (request.kind === 'as-of') await mustHaveRoom(needs)
      return show(await startRun(needs, { ...request, client: asker.client }), scope)
    },

    async startTrial(rules: ReconciliationSettings, asker: Asker): Promise<ReconciliationRun> {
      const scope = await scoped(asker)
      await mustHaveRoom(needs)
      return show(await startRun(needs, { kind: 'trial', settings: { rules }, client: asker.client }), scope)
    },

    /** Throws `run_unfinished` before the trial has ended. */
    async listDifferences(id: string, query: DifferenceQuery, asker: Asker): Promise<PageOf<TrialDifference>> {
      mustBeRule(needs.reconciliation.book.rules, query.rule)
      const scope = await scoped(asker)
      const run = await meet(id)
      if (run.kind === 'live') throw new HubError('not_found')
      if (run.status !== 'succeeded') throw new HubError('run_unfinished')
      const page = pageOf(
        await differences(run, query, scope.owned),
        query.limit ?? usualLimit,
        ({ change, key }) => `${change}_${key.toString('hex')}`,
        (row) => row,
      )
      const named = page.items.flatMap(({ persons }) => persons.slice(0, mostPersons))
      const visible = new Set(await personsWithin(needs.db, named, scope.registries, named.length))
      await disclose(needs, asker, scope, visible.size > 0 ? 'shown' : 'none', [...visible])
      return { ...page, items: page.items.map((row) => toDifference(row, ruleOf(row.rule), visible, scope)) }
    },
  }
}

async function* resumed(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first.done) return
  yield first.value
  yield* rest
}

const whichRegistry = () => {
  const message = 'You act for several registries: say whose report you want.'
  return new HubError('invalid_request', { reasons: [{ pointer: 'query/registry', rule: 'required', message }] })
}

/** Whoever may ask for runs could keep every worker busy; the night's own run is one at a time anyway. */
async function mustHaveRoom({ db }: Needs): Promise<void> {
  if ((await countBesideLive(db)) >= mostBesideLive) throw new HubError('runs_waiting', { retryAfter: 60 })
}

const liveIsToday = () => {
  const message = 'A live run looks at today. Leave the day out, or ask for the kind as-of.'
  return new HubError('invalid_request', { reasons: [{ pointer: '/asOf', rule: 'as-of', message }] })
}

const toRuleInfo = (rule: Rule): RuleInfo => ({
  id: rule.id,
  name: rule.name,
  title: rule.title,
  says: rule.says,
  reason: rule.reason,
  severity: rule.severity,
  action: rule.action,
  aim: rule.aim,
  subjectKind: rule.subject,
  evidence: rule.evidence,
  dueInDays: rule.dueInDays,
  settings: Object.entries(rule.parameters).map(([name, setting]) => ({ name, ...setting })),
})

function toRun(run: ReconciliationRow, progress: ReconciliationRun['progress'], scope: Scope): ReconciliationRun {
  const totals = run.totals as Totals | null
  return {
    id: run.id,
    kind: run.kind,
    status: run.status,
    asOf: run.as_of,
    rules: run.rules,
    settings: ((run.settings as RuleSettings).rules ?? {}) as ReconciliationSettings,
    phase: run.phase,
    progress,
    queuedAt: run.queued_at.toISOString(),
    ...(run.known_at && { knownAt: run.known_at.toISOString() }),
    ...(run.before !== null && { before: run.before }),
    ...(run.started_at && { startedAt: run.started_at.toISOString() }),
    ...(run.finished_at && { finishedAt: run.finished_at.toISOString() }),
    ...(totals && { counts: toCounts(totals), totals: toTotals(totals, scope.owned) }),
    ...(run.problem !== null && { problem: run.problem }),
  }
}

const toCounts = ({ people, records, groups, faults }: Totals) => ({
  people,
  records,
  groups,
  faults: Object.values(faults).reduce((sum, count) => sum + count, 0),
})

const toTotals = ({ owners }: Totals, owned: readonly string[]): RuleTotals[] =>
  Object.entries(owners)
    .filter(([registry]) => owned.includes(registry))
    .flatMap(([registry, rules]) =>
      Object.entries(rules).map(([rule, { money, ...counts }]) => ({
        rule,
        registry,
        ...counts,
        money: Object.entries(money).map(([currency, amount]) => ({ amount, currency: currency as Money['currency'] })),
      })),
    )
    .sort((a, b) => (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : a.registry < b.registry ? -1 : 1))

function toDifference(row: Found, rule: Rule | undefined, visible: ReadonlySet<string>, scope: Scope): TrialDifference {
  const money = showsFigures(row.evidence, scope) ? moneyOf(row) : undefined
  return {
    change: row.change,
    rule: row.rule,
    title: rule?.title ?? row.rule,
    subjectKind: row.subject_kind as TrialDifference['subjectKind'],
    registry: row.owner,
    severity: row.severity,
    ...(row.region !== null && { region: row.region }),
    ...(money && { money }),
    persons: row.persons.slice(0, mostPersons).filter((person) => visible.has(person)),
    personCount: row.persons.length,
  }
}
