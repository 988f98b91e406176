/** Reconciliation: rules, runs, trials, findings. From the contract's words to the core's, and back. */
import type { ReconciliationRun } from '../../schemas/contract.ts'
import { type Answering, accepted, type Handlers, ok } from '../handler.ts'
import { toAsker } from './asking.ts'

const queued = (run: ReconciliationRun) => ({
  ...accepted(run),
  headers: { Location: `/v1/reconciliation-runs/${run.id}` },
})

const textTypes = { csv: 'text/csv', html: 'text/html' } as const

export const reconciliationHandlers = ({ runs, findings }: Answering) =>
  ({
    listRules: async (request) => ok({ items: await runs.rules(toAsker(request)) }),
    startReconciliationRun: async (request) => queued(await runs.start(request.body, toAsker(request))),
    listReconciliationRuns: async (request) => ok(await runs.list(request.query, toAsker(request))),
    getReconciliationRun: async (request) => ok(await runs.read(request.path.run, toAsker(request))),
    getReport: async (request) => {
      const { query, path } = request
      const { format = 'json', ...asked } = query
      const asker = toAsker(request)
      if (format === 'json') return ok(await runs.report(path.run, asked, asker))
      // For keeping, and not for showing under this hub's own address.
      const headers = {
        'Content-Disposition': `attachment; filename="${asked.registry ?? 'report'}-${path.run}.${format}"`,
      }
      const body = await runs.reportText(path.run, asked, format, asker)
      return { status: 200, type: textTypes[format], body, headers }
    },
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
