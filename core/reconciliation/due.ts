/** The night's run: it waits for the syncs of the night and for what they brought to be resolved, but not for ever. */
import { waiting } from '../../store/outbox.ts'
import { liveSince } from '../../store/reconciliation/runs.ts'
import { lastRuns } from '../../store/runs.ts'
import type { Needs } from '../needs.ts'
import { minutesSince, timeIn } from '../registries/calendar.ts'
import { startRun } from './start.ts'

const minuteMs = 60_000
/** How long the run waits for the others, and until when one that was missed is made up for; in minutes. */
const patience = 3 * 60
const within = 6 * 60
/** A run that fails loses the night only when it fails again and again. */
const mostTries = 3

/** Starts the night's run when its time has come; answers its id. A hub that was not yet there at that hour waits for the next. */
export async function startDue(needs: Needs): Promise<string | undefined> {
  const now = needs.now()
  const { at, timeZone } = needs.reconciliation
  const since = minutesSince(at, timeIn(timeZone, now))
  if (since >= within) return undefined
  const hour = new Date(Math.floor(now.getTime() / minuteMs) * minuteMs - since * minuteMs)
  const tonight = await liveSince(needs.db, hour)
  if (tonight.others > 0 || tonight.failed >= mostTries) return undefined
  const syncs = await lastRuns(needs.db)
  if (!syncs.some(({ queued_at }) => queued_at < hour)) return undefined
  const isBusy = syncs.some(({ status }) => status === 'queued' || status === 'running')
  if (since < patience && (isBusy || (await waiting(needs.db, 'resolve')).waiting > 0)) return undefined
  return (await startRun(needs, { kind: 'live' })).id
}
