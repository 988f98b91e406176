/** The nightly reconciliation as workers and the command line see it. */
import { forgetMembers } from '../../store/reconciliation/members.ts'
import { forgetRunFindings } from '../../store/reconciliation/run-findings.ts'
import { readReconciliation, strandedReconciliations } from '../../store/reconciliation/runs.ts'
import { forgetSlices } from '../../store/reconciliation/slices.ts'
import type { Needs } from '../needs.ts'
import { startDue } from './due.ts'
import { type ReportFormat, reportText } from './report.ts'
import { type RunOptions, runReconciliation } from './run.ts'
import { type RunRequest, startRun, wakeFor } from './start.ts'
import { differences } from './trial.ts'

const dayMs = 86_400_000
/** How long what a run found is kept: nights, to be compared with each other; trials and past nights, until somebody has read them. */
const keptMs = { live: 35 * dayMs, others: 7 * dayMs }
/** Rows forgotten in one statement. */
const forgottenAtOnce = 20_000

export const makeReconciliation = (needs: Needs) => ({
  /** Queues a run and wakes workers; see start.ts. */
  start: (request: RunRequest) => startRun(needs, request),
  /** Carries a run out, alone or beside others; for workers and the command line. */
  run: (id: string, signal: AbortSignal, options?: RunOptions) => runReconciliation(needs, id, signal, options),
  read: (id: string) => readReconciliation(needs.db, id),
  /** What the rules are called, by their ids. */
  titles: () => new Map(needs.reconciliation.book.rules.map(({ id, title }) => [id, title])),
  /** A registry's own report, in pieces; see report.ts. */
  report: (run: string, registry: string, format: ReportFormat) =>
    reportText(needs, { run, registry, audience: 'owner' }, format),
  /** What a trial or a past night's run found otherwise than the living run before it; see trial.ts. */
  differences: (id: string) => differences(needs, id),
  /** Starts the night's run when its time has come. */
  startDue: () => startDue(needs),
  /** Wakes workers for runs that nobody carries on, and forgets a little of what is too old to matter. */
  async sweep(): Promise<void> {
    const now = needs.now().getTime()
    for (const run of await strandedReconciliations(needs.db, new Date(now - needs.quietMs))) await wakeFor(needs, run)
    await forgetMembers(needs.db, forgottenAtOnce)
    const before = { live: new Date(now - keptMs.live), others: new Date(now - keptMs.others) }
    await forgetRunFindings(needs.db, before, forgottenAtOnce)
    await forgetSlices(needs.db, before.others, forgottenAtOnce)
  },
})
