/** Running the hub: health, metrics, and the contract itself. */
import { readFileSync } from 'node:fs'
import { catalogue } from '../../errors.ts'
import type { ContractDocument } from '../../schemas/contract.ts'
import { packageFile } from '../../schemas/files.ts'
import { contractDocument } from '../../schemas/operations.ts'
import { type Answering, type Handlers, notReady, ok } from '../handler.ts'
import type { Metrics } from '../metrics.ts'
import { statuses } from '../problem.ts'

const asset = (file: string) => readFileSync(packageFile(`api/docs/${file}`), 'utf8')

export const operationHandlers = (core: Answering, metrics: Metrics) => {
  const page = asset('docs.html')
  const assets = {
    'docs.css': { status: 200, type: 'text/css', body: asset('docs.css') },
    'docs.js': { status: 200, type: 'text/javascript', body: asset('docs.js') },
  } as const
  return {
    getHealth: async () => ok({ status: 'ok' }),
    getReadiness: async () => {
      const readiness = await core.ready()
      return readiness.ready ? ok(readiness) : notReady(readiness)
    },
    getMetrics: async () => ({ status: 200, type: 'text/plain', body: await metrics.text() }),
    getContract: async () => ok(contractDocument() as ContractDocument),
    getDocs: async () => ({ status: 200, type: 'text/html', body: page }),
    getDocsAsset: async ({ path }) => assets[path.asset],
    getProblemType: async ({ path }) =>
      ok({ code: path.code, title: catalogue[path.code], status: statuses[path.code] }),
  } satisfies Partial<Handlers>
}
