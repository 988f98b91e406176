/** Reconciliation: rules, runs, trials, findings. From the contract's words to the core's, and back. */
import type { ReconciliationRun } from '../../schemas/contract.ts'
import { type Answering, accepted, type Handlers, ok } from '../handler.ts'
import { toAsker } from './asking.ts'

const queued = (run: ReconciliationRun) => ({
  ...accepted(run),
  headers: { Location: `/v1/reconciliation-runs/${run.id}` },
})

export const reconciliationHandlers = ({ runs, findings }: Answering) =>
  ({
    listRules: async (request) => ok({ items: await runs.rules(toAsker(request)) }),
    startReconciliationRun: async (request) => queued(await runs.start(request.body, toAsker(request))),
    listReconciliationRuns: async (request) => ok(await runs.list(request.query, toAsker(request))),
    getReconciliationRun: async (request) => ok(await runs.read(request.path.run, toAsker(request))),
    startTrial: async (request) => queued(await runs.startTrial(request.body.rules, toAsker(request))),
    listTrialDifferences: async (request) =>
      ok(await runs.listDifferences(request.path.run, request.query, toAsker(request))),
    listFindings: async (request) => ok(await findings.list(request.query, toAsker(request))),
    getFinding: async (request) => ok(await findings.read(request.path.finding, toAsker(request))),
    transitionFinding: async (request) =>
      ok(await findings.transition(request.path.finding, request.body, toAsker(request))),
    noteFinding: async (request) => ok(await findings.note(request.path.finding, request.body.text, toAsker(request))),
    assignFinding: async (request) => ok(await findings.assign(request.path.finding, request.body, toAsker(request))),
  }) satisfies Partial<Handlers>
