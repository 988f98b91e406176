/** The nightly round: which registries are due to be read now. */
import { HubError } from '../../errors.ts'
import { listRegistries } from '../../store/registries.ts'
import { lastRuns } from '../../store/runs.ts'
import type { Needs } from '../needs.ts'
import { minutesSince, timeIn } from './calendar.ts'
import { startSync } from './sync.ts'

const minuteMs = 60_000

/**
 * Starts a sync of each registry whose nightly time (`HH:MM` in its own zone) has passed within the last hour and of which no
 * run was queued since that minute; one of the evening before does not stand for the night's. Asked often; a worker that was
 * down at the minute catches up within the hour. Answers whom it started.
 */
export async function syncDue(needs: Needs): Promise<string[]> {
  const now = needs.now()
  const runs = new Map((await lastRuns(needs.db)).map((run) => [run.registry, run.queued_at.getTime()]))
  const started: string[] = []
  for (const { id, nightly, time_zone } of await listRegistries(needs.db)) {
    const since = minutesSince(nightly, timeIn(time_zone, now))
    const thisMinute = Math.floor(now.getTime() / minuteMs) * minuteMs
    if (since >= 60 || (runs.get(id) ?? 0) >= thisMinute - since * minuteMs) continue
    try {
      await startSync(needs, id)
      started.push(id)
    } catch (reason) {
      if (!(reason instanceof HubError && reason.code === 'sync_running')) throw reason
    }
  }
  return started
}
