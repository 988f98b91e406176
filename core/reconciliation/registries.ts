/** The registries themselves: what was held back, and who is late, as it stood at the run's instant. */
import type { Profile } from '../../reconciliation/drift.ts'
import type { Delivery, RegistryDossier } from '../../reconciliation/registry.ts'
import type { Reason } from '../../schemas/contract.ts'
import { heldProfiles, lastProfiles, type ProfileRow } from '../../store/profiles.ts'
import type { RunFinding } from '../../store/reconciliation/run-findings.ts'
import { listRegistries, type RegistryRow } from '../../store/registries.ts'
import { lastSucceeded } from '../../store/runs.ts'
import { dayIn } from '../registries/calendar.ts'
import type { Faults } from './faults.ts'
import { toFindings } from './findings-of.ts'
import type { Nightly } from './nightly.ts'

const hourMs = 3_600_000

export async function lookAtRegistries(nightly: Nightly, faults: Faults): Promise<RunFinding[]> {
  const found: RunFinding[] = []
  if (nightly.registryRules.length === 0) return found
  for (const row of await listRegistries(nightly.needs.db)) {
    const dossier = await readRegistryDossier(nightly, row)
    for (const { rule, context } of nightly.registryRules) {
      try {
        const subject = { kind: 'registry' as const, id: row.id, regions: new Map() }
        found.push(...toFindings(nightly, rule, subject, rule.find(dossier, context)))
      } catch (reason) {
        faults.note(rule.id, reason)
      }
    }
  }
  return found
}

async function readRegistryDossier({ needs, knownAt }: Nightly, row: RegistryRow): Promise<RegistryDossier> {
  const toDelivery = ({ stream, run, taken_at, profile }: ProfileRow): Delivery => ({
    list: stream,
    run,
    day: dayIn(row.time_zone, taken_at),
    profile: profile as Profile,
  })
  const held = await heldProfiles(needs.db, row.id, knownAt)
  const recent = await lastProfiles(needs.db, row.id, knownAt, 2)
  const run = await lastSucceeded(needs.db, row.id, knownAt)
  const at = lastComplete(row.synced_at, recent, knownAt)
  const kinds = [...new Set(recent.map(({ stream }) => stream))]
  return {
    registry: row.id,
    staleAfterHours: row.stale_after_hours,
    ...(run &&
      at && {
        last: { run, day: dayIn(row.time_zone, at), hoursAgo: (knownAt.getTime() - at.getTime()) / hourMs },
      }),
    held: held.map((one) => ({ ...toDelivery(one), reasons: one.reasons as Reason[] })),
    lists: kinds.flatMap((kind) => {
      const [now, before] = recent.filter(({ stream }) => stream === kind).map(toDelivery)
      return now ? [{ now, ...(before && { before }) }] : []
    }),
  }
}

/** When a complete list last came in. The registry's own row knows the latest only; what came before a past night stands in the profiles. */
function lastComplete(syncedAt: Date | null, recent: readonly ProfileRow[], knownAt: Date): Date | undefined {
  if (syncedAt && syncedAt <= knownAt) return syncedAt
  const whole = recent.filter(({ profile }) => (profile as Profile).whole !== undefined)
  return whole.map(({ taken_at }) => taken_at).sort((a, b) => b.getTime() - a.getTime())[0]
}
