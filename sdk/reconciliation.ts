/** What reconciliation officers do: runs, trials, findings and what people decide about them. */
import type { Client } from 'openapi-fetch'
import type { Asking } from './asking.ts'
import type {
  Finding,
  FindingDetail,
  FindingSeverity,
  FindingState,
  paths,
  ReconciliationReport,
  ReconciliationRun,
  ReconciliationSettings,
  RuleInfo,
  TransitionRequest,
  TrialDifference,
} from './contract.ts'
import type { AskOptions, DecideOptions } from './options.ts'
import { eachItem } from './pages.ts'
import { PamojaProblem, unwrap } from './problem.ts'

export type FindingFilter = {
  readonly rule?: string
  readonly state?: FindingState
  readonly severity?: FindingSeverity
  /** The registry that has to act. */
  readonly registry?: string
  readonly region?: string
  /** What the asking officer sees to. */
  readonly mine?: boolean
  readonly overdue?: boolean
  /** A person, by her id in the hub. */
  readonly person?: string
  readonly run?: string
}
export type RunFilter = { readonly kind?: ReconciliationRun['kind'] }
export type ReportQuery = { readonly registry?: string; readonly audience?: ReconciliationReport['audience'] }
export type DifferenceFilter = { readonly change?: TrialDifference['change']; readonly rule?: string }

export type Reconciliation = {
  /** What the rules look for, and what they go by. */
  rules(options?: AskOptions): Promise<readonly RuleInfo[]>
  runs(filter?: RunFilter, options?: AskOptions): AsyncGenerator<ReconciliationRun, void, undefined>
  run(id: string, options?: AskOptions): Promise<ReconciliationRun>
  /** A registry's report of a run; of the client's only one when none is named. */
  report(run: string, query?: ReportQuery, options?: AskOptions): Promise<ReconciliationReport>
  /** The same as CSV, with every finding, or as a page. */
  reportText(run: string, format: 'csv' | 'html', query?: ReportQuery, options?: AskOptions): Promise<string>
  /** Starts tonight's run now; with a day, a past night's again, which changes no finding. Answers at once. */
  start(asOf?: string, options?: DecideOptions): Promise<ReconciliationRun>
  /** Tries other settings on the last facts. Answers at once; `differences` when the run has ended. */
  try(rules: ReconciliationSettings, options?: DecideOptions): Promise<ReconciliationRun>
  differences(
    trial: string,
    filter?: DifferenceFilter,
    options?: AskOptions,
  ): AsyncGenerator<TrialDifference, void, undefined>
  findings(filter?: FindingFilter, options?: AskOptions): AsyncGenerator<Finding, void, undefined>
  /** A finding with its evidence and what happened to it. */
  finding(id: string, options?: AskOptions): Promise<FindingDetail>
  /** Brings a finding, as you read it, into another state. Problems: `finding_changed`, `move_refused`. */
  transition(
    finding: Pick<Finding, 'id' | 'version'>,
    to: TransitionRequest['to'],
    reason: string,
    options?: DecideOptions,
  ): Promise<Finding>
  note(finding: string, text: string, options?: DecideOptions): Promise<Finding>
  /** Says who sees to a finding; nobody when `assignee` is undefined. */
  assign(
    finding: Pick<Finding, 'id' | 'version'>,
    assignee: string | undefined,
    options?: DecideOptions,
  ): Promise<Finding>
}

type ReconciliationNeeds = Asking & {
  readonly reading: Client<paths>
  readonly deciding: Client<paths>
  readonly running: Client<paths>
}

export function makeReconciliation({
  reading,
  deciding,
  running,
  ask,
  decide,
  at,
}: ReconciliationNeeds): Reconciliation {
  return {
    async rules(given = {}) {
      const { header, init } = ask(given)
      return unwrap(await reading.GET('/v1/rules', { params: { header }, ...init })).items
    },
    runs: (filter = {}, given = {}) =>
      eachItem(async (cursor) => {
        const { header, init } = ask(given)
        const params = { header, query: { ...filter, ...at(cursor) } }
        return unwrap(await reading.GET('/v1/reconciliation-runs', { params, ...init }))
      }),
    async run(id, given = {}) {
      const { header, init } = ask(given)
      const params = { header, path: { run: id } }
      return unwrap(await reading.GET('/v1/reconciliation-runs/{run}', { params, ...init }))
    },
    async report(run, query = {}, given = {}) {
      const { header, init } = ask(given)
      const params = { header, path: { run }, query }
      const report = unwrap(await reading.GET('/v1/reconciliation-runs/{run}/report', { params, ...init }))
      if (typeof report === 'string') throw new PamojaProblem('unexpected_answer', 'The report is not JSON.')
      return report
    },
    async reportText(run, format, query = {}, given = {}) {
      const { header, init } = ask(given)
      const params = { header, path: { run }, query: { ...query, format } }
      const answer = await reading.GET('/v1/reconciliation-runs/{run}/report', { params, parseAs: 'text', ...init })
      return unwrap(answer)
    },
    async start(asOf, given = {}) {
      const { header, init } = decide(given)
      const body = asOf === undefined ? { kind: 'live' as const } : { kind: 'as-of' as const, asOf }
      return unwrap(await running.POST('/v1/reconciliation-runs', { params: { header }, body, ...init }))
    },
    async try(rules, given = {}) {
      const { header, init } = decide(given)
      return unwrap(await running.POST('/v1/trials', { params: { header }, body: { rules }, ...init }))
    },
    differences: (trial, filter = {}, given = {}) =>
      eachItem(async (cursor) => {
        const { header, init } = ask(given)
        const params = { header, path: { run: trial }, query: { ...filter, ...at(cursor) } }
        return unwrap(await reading.GET('/v1/trials/{run}/differences', { params, ...init }))
      }),
    findings: ({ overdue, mine, ...filter } = {}, given = {}) =>
      eachItem(async (cursor) => {
        const { header, init } = ask(given)
        const late = overdue === undefined ? {} : { overdue: overdue ? ('true' as const) : ('false' as const) }
        const own = mine ? { mine: 'true' as const } : {}
        const params = { header, query: { ...filter, ...own, ...late, ...at(cursor) } }
        return unwrap(await reading.GET('/v1/findings', { params, ...init }))
      }),
    async finding(id, given = {}) {
      const { header, init } = ask(given)
      return unwrap(await reading.GET('/v1/findings/{finding}', { params: { header, path: { finding: id } }, ...init }))
    },
    async transition({ id, version }, to, reason, given = {}) {
      const { header, init } = decide(given)
      const params = { header, path: { finding: id } }
      const body = { to, reason, version }
      return unwrap(await deciding.POST('/v1/findings/{finding}/transitions', { params, body, ...init }))
    },
    async note(finding, text, given = {}) {
      const { header, init } = decide(given)
      const params = { header, path: { finding } }
      return unwrap(await deciding.POST('/v1/findings/{finding}/notes', { params, body: { text }, ...init }))
    },
    async assign({ id, version }, assignee, given = {}) {
      const { header, init } = decide(given)
      const params = { header, path: { finding: id } }
      const body = { version, ...(assignee !== undefined && { assignee }) }
      return unwrap(await deciding.POST('/v1/findings/{finding}/assignment', { params, body, ...init }))
    },
  }
}
