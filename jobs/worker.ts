/** The worker: what each kind of job does. Jobs carry ids only and may run twice. */
import type { Core } from '../core/core.ts'
import type { Queues } from './queues.ts'
import { schedule } from './schedules.ts'

export type Log = (event: string, details: { readonly [name: string]: string | number | boolean }) => void

/** Starts working; `stop` ends the pages under way, gives unfinished runs back, and resolves when nothing is left half done. */
export async function startWorker(core: Core, queues: Queues, log: Log): Promise<{ stop: () => Promise<void> }> {
  const stopping = new AbortController()
  queues.work(
    'sync',
    async ({ run }) => {
      const end = await core.runSync(run, stopping.signal)
      log('sync_ended', { run, status: end.status })
    },
    { concurrency: 2 },
  )
  queues.work(
    'resolve',
    async () => {
      const records = await core.resolveWaiting(stopping.signal)
      if (records > 0) log('resolved', { records })
    },
    { concurrency: 1 },
  )
  queues.work(
    'deliver',
    async () => {
      const attempts = await core.deliverDue(stopping.signal)
      if (attempts > 0) log('deliveries_sent', { attempts })
    },
    { concurrency: 1 },
  )
  queues.work(
    'reconcile',
    async ({ run }) => {
      const end = await core.reconciliation.run(run, stopping.signal)
      log('reconciliation_ended', { run, status: end.status })
    },
    { concurrency: 1 },
  )
  queues.work(
    'sweep',
    async () => {
      await core.sweep()
    },
    { concurrency: 1 },
  )
  queues.work(
    'nightly',
    async () => {
      for (const registry of await core.syncDue()) log('sync_due', { registry })
      const run = await core.reconciliation.startDue()
      if (run) log('reconciliation_due', { run })
    },
    { concurrency: 1 },
  )
  await schedule(queues)
  return {
    async stop() {
      stopping.abort()
      await queues.close()
    },
  }
}
