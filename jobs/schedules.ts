/** What happens by the clock. Each registry's own night is looked up in its settings; here is only how often we look. */
import type { Queues } from './queues.ts'

const sweepEveryMs = 5_000
const nightlyEveryMs = 5 * 60_000

export async function schedule(queues: Queues): Promise<void> {
  await queues.every('sweep', sweepEveryMs, 'UTC')
  await queues.every('nightly', nightlyEveryMs, 'UTC')
}
