/** A worker process that takes one job, says so, and never finishes it. Its options come as JSON in the first argument. */
import { openQueues } from '../../jobs/queues.ts'

const queues = await openQueues({ ...JSON.parse(process.argv[2] ?? '{}'), log: () => {} })
queues.work('sync', async ({ run }) => {
  process.send?.(run)
  await new Promise(() => {})
})
