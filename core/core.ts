/** The hub's use cases, put together. api and jobs ask this and nothing else. */

import { countDue, forgetDelivered } from '../store/deliveries.ts'
import { forgetOld } from '../store/idempotency.ts'
import { waiting } from '../store/outbox.ts'
import { strandedRuns } from '../store/runs.ts'
import { makeClients } from './clients.ts'
import { deliverDue } from './events/deliver.ts'
import { makeExplain } from './explain.ts'
import { makeIdempotent } from './idempotent.ts'
import { makeLookup } from './lookup.ts'
import { makeMatch } from './match.ts'
import { makeMerges } from './merge.ts'
import type { Needs } from './needs.ts'
import { relink } from './persons/relink.ts'
import { resolveWaiting } from './persons/resolve.ts'
import { makeRulings } from './persons/rule.ts'
import { makePermit } from './policy.ts'
import { makeReads } from './read.ts'
import { makeFindings } from './reconciliation/findings.ts'
import { misfitsBy } from './reconciliation/misfits.ts'
import { makeReconciliation } from './reconciliation/reconciliation.ts'
import { makeRuns } from './reconciliation/runs.ts'
import { makeScoped } from './reconciliation/scope.ts'
import { makeSubscriptions } from './reconciliation/subscriptions.ts'
import { syncDue } from './registries/due.ts'
import { type Push, pushRecords, replayRejection, replayRejections } from './registries/push.ts'
import { makeRegistries, toSyncRun } from './registries/registries.ts'
import { runSync, startSync } from './registries/sync.ts'
import { makeReviews } from './review.ts'
import { makeSearch } from './search.ts'

/** Who writes: a client, which may write to its own registries only; nobody for work in the foreground of this machine. */
export type By = { readonly client?: string | undefined }

/** Work that was given up on is told of again after this long, and whenever there is more or less of it. */
const tellAgainMs = 10 * 60_000

/** How long a delivered event is kept to be looked at. */
const keepDeliveredMs = 30 * 24 * 3_600_000

export function makeCore(needs: Needs) {
  const permit = makePermit(needs)
  const registries = makeRegistries(needs)
  const reads = makeReads(needs, permit, registries)
  const reviews = makeReviews(needs, permit, registries)
  const rulings = makeRulings(needs, permit)
  const merges = makeMerges(needs, permit)
  const reconciliation = makeReconciliation(needs)
  const scoped = makeScoped(needs, permit)
  const rules = new Map(needs.reconciliation.book.rules.map((one) => [one.id, one]))
  const ruleOf = (id: string) => rules.get(id)
  const told = { parked: 0, at: 0 }
  return {
    lookup: makeLookup(needs, permit, registries),
    search: makeSearch(needs, permit, registries),
    readBeneficiary: reads.read,
    listEnrolments: reads.enrolments,
    listContributions: reads.contributions,
    listBenefits: reads.benefits,
    listRecords: reads.records,

    listReviews: reviews.list,
    readReview: reviews.read,
    decideReview: reviews.decide,
    listDecisions: rulings.list,
    readDecision: rulings.read,
    withdrawDecision: rulings.withdraw,
    merge: merges.merge,
    split: merges.split,
    match: makeMatch(needs, permit, registries),
    explain: makeExplain(needs, permit),

    findings: makeFindings(needs, scoped, ruleOf),
    runs: makeRuns(needs, scoped, ruleOf),
    misfits: misfitsBy(needs.reconciliation.book.rules),
    subscriptions: makeSubscriptions(needs, scoped),

    registries: registries.list,
    registry: registries.read,
    syncRuns: registries.runs,
    syncRun: registries.run,
    rejections: registries.rejections,

    async pushRecords(registry: string, push: Push, by: By = {}) {
      await registries.mustWrite(registry, by.client)
      return pushRecords(needs, registry, push)
    },
    async startSync(
      registry: string,
      by: By & { readonly file?: string | undefined; readonly despiteDrift?: boolean } = {},
    ) {
      await registries.mustWrite(registry, by.client)
      return toSyncRun(
        await startSync(needs, registry, { file: by.file ?? null, despiteDrift: by.despiteDrift ?? false }),
      )
    },
    async replayRejection(registry: string, id: string, by: By = {}) {
      await registries.mustWrite(registry, by.client)
      return replayRejection(needs, registry, id)
    },
    async replayRejections(registry: string, by: By = {}) {
      await registries.mustWrite(registry, by.client)
      return replayRejections(needs, registry)
    },

    idempotent: makeIdempotent(needs),
    clients: makeClients(needs),

    /** Carries a queued or abandoned sync out; for workers and the command line. */
    runSync: (run: string, signal: AbortSignal, onPage?: Parameters<typeof runSync>[3]) =>
      runSync(needs, run, signal, onPage),
    /** Resolves everything that waits; for workers and the command line. */
    resolveWaiting: (signal?: AbortSignal) => resolveWaiting(needs, signal),
    /** Compares every record anew and writes the differences; for the command line. */
    relink: (signal?: AbortSignal, onProgress?: Parameters<typeof relink>[2]) => relink(needs, signal, onProgress),
    /** Sends the events that are due; for workers. */
    deliverDue: (signal?: AbortSignal) => deliverDue(needs, signal),
    /** Batches of records that wait to be resolved, and those that were given up on. */
    backlog: () => waiting(needs.db, 'resolve'),
    /** Queues a sync of every registry whose nightly hour it is in. */
    syncDue: () => syncDue(needs),
    /** The nightly reconciliation; see there. */
    reconciliation,
    /** What nobody was told of: runs without a worker, outbox rows that still wait. Forgets what is too old to matter. */
    async sweep() {
      const now = needs.now()
      await reconciliation.sweep()
      const runs = await strandedRuns(needs.db, new Date(now.getTime() - needs.quietMs))
      for (const run of runs) await needs.wake({ work: 'sync', run })
      const { waiting: rows, parked } = await waiting(needs.db, 'resolve')
      if (rows > 0) await needs.wake({ work: 'resolve' })
      if ((await countDue(needs.db, now)) > 0) await needs.wake({ work: 'deliver' })
      await forgetDelivered(needs.db, new Date(now.getTime() - keepDeliveredMs))
      if (parked > 0 && (parked !== told.parked || now.getTime() - told.at >= tellAgainMs)) {
        needs.log('resolve_parked_failed', { parked })
        told.at = now.getTime()
      }
      told.parked = parked
      await forgetOld(needs.db, now, new Date(now.getTime() - 48 * 3_600_000))
      return { runs: runs.length, waiting: rows, parked }
    },

    async ready() {
      const database = await needs.db.query('select 1', []).then(
        () => ({ name: 'database', ready: true }),
        () => ({
          name: 'database',
          ready: false,
          detail: 'The database does not answer. Look-ups are refused until it does.',
        }),
      )
      return { ready: database.ready, checks: [database] }
    },
  }
}
export type Core = ReturnType<typeof makeCore>
