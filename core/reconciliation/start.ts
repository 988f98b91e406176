/** What runs are asked for: tonight's, a past night's again, or other settings on the last night's facts. */
import { HubError } from '../../errors.ts'
import { checkSettings } from '../../reconciliation/settings.ts'
import {
  lastLiveRun,
  type NewRun,
  queueReconciliation,
  type ReconciliationRow,
  type RunKind,
} from '../../store/reconciliation/runs.ts'
import type { Needs } from '../needs.ts'
import { dayIn, endOfDay } from '../registries/calendar.ts'
import { rulesNow } from './nightly.ts'
import { overlaid, type RuleSettings } from './rule-book.ts'

export type RunRequest = {
  readonly kind: RunKind
  /** YYYY-MM-DD; for a past night. */
  readonly asOf?: string | undefined
  /** For a trial: changes to the rules' settings, upon the hub's own; see reconciliation/settings.ts. */
  readonly settings?: unknown
  /** Who asks for it over the API. */
  readonly client?: string | undefined
}

/**
 * Queues a run and wakes workers. While a living run is under way this answers that one. Throws `invalid_request` for a day that has
 * not come and for settings that do not fit the rules, `not_found` for a trial before any night, and `runs_waiting` while the client has
 * another trial or past night under way.
 */
export async function startRun(needs: Needs, request: RunRequest): Promise<ReconciliationRow> {
  const run = await needs.db.transaction(async (tx) => {
    const asked = await asAsked(needs, request)
    return queueReconciliation(tx, { ...asked, client: request.client ?? null }, needs.now())
  })
  if (!run) throw new HubError('runs_waiting', { detail: 'A run that you asked for is under way.', retryAfter: 60 })
  await wakeFor(needs, run.id)
  return run
}

export const wakeFor = (needs: Needs, run: string) =>
  needs.wake({ work: 'reconcile', run }).catch(() => needs.log('wake_failed', { run }))

async function asAsked(
  needs: Needs,
  { kind, asOf, settings: tried = {} }: RunRequest,
): Promise<Omit<NewRun, 'client'>> {
  const { timeZone, book } = needs.reconciliation
  const reasons = checkSettings(book.rules, tried)
  if (reasons.length > 0) throw new HubError('invalid_request', { reasons })
  const settings = overlaid(needs.reconciliation.settings, tried as RuleSettings)
  const today = dayIn(timeZone, needs.now())
  const rules = await rulesNow(needs, settings)
  const last = await lastLiveRun(needs.db)
  if (kind === 'live') return { kind, as_of: today, known_at: null, settings, rules, before: last?.id ?? null }
  if (kind === 'trial') {
    if (!last)
      throw new HubError('not_found', { detail: 'There is no run yet whose facts could be tried. Reconcile first.' })
    return { kind, as_of: last.as_of, known_at: last.known_at, settings, rules, before: last.id }
  }
  const day = asOf ?? today
  if (day > today) {
    const message = `${day} has not come yet; today is ${today} in ${timeZone}.`
    throw new HubError('invalid_request', { reasons: [{ pointer: '/asOf', rule: 'past', message }] })
  }
  const end = endOfDay(timeZone, day)
  const knownAt = end < needs.now() ? end : null
  const before = await lastLiveRun(needs.db, knownAt)
  return { kind, as_of: day, known_at: knownAt, settings, rules, before: before?.id ?? null }
}
