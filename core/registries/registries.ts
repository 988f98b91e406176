/** Registries as callers see them: what they are, how fresh the hub's copy is, how their syncs and rejections stand. */
import { HubError } from '../../errors.ts'
import type { RegistryInfo, RegistryStatus, Rejection, SyncRun } from '../../schemas/contract.ts'
import { readClient } from '../../store/agreements.ts'
import { countRecords } from '../../store/records.ts'
import { listRegistries, type RegistryRow } from '../../store/registries.ts'
import { countOpen, listRejections, type RejectionRow } from '../../store/rejections.ts'
import { lastRuns, listRuns, type RunRow, readRun } from '../../store/runs.ts'
import { statusOf } from '../answer.ts'
import type { Needs } from '../needs.ts'
import { type PageOf, type PageQuery, pageOf, readCursor, usualLimit } from '../page.ts'
import type { Permission } from '../policy.ts'
import type { Refreshed } from './refresh.ts'

/** The registry rows change at a sync's end only; look-ups read them from here. */
const rememberMs = 1_000

/** Which registries there are is no secret. */
const unknownRegistry = (known: readonly RegistryRow[]) =>
  new HubError('not_found', {
    detail: `There is no such registry here. There are: ${known.map(({ id }) => id).join(', ')}.`,
  })

const iso = (at: Date | null) => at?.toISOString()

export function toSyncRun(run: RunRow): SyncRun {
  const [startedAt, finishedAt] = [iso(run.started_at), iso(run.finished_at)]
  return {
    id: run.id,
    registry: run.registry,
    status: run.status,
    ...(startedAt && { startedAt }),
    ...(finishedAt && { finishedAt }),
    progress: { done: run.done, ...(run.total !== null && { total: run.total }) },
    counts: {
      read: run.read,
      added: run.added,
      changed: run.changed,
      unchanged: run.unchanged,
      rejected: run.rejected,
      absent: run.absent,
    },
    ...(run.problem && { problem: run.problem }),
  }
}

export const toRejection = (row: RejectionRow): Rejection => ({
  id: row.id,
  registry: row.registry,
  stream: row.stream,
  origin: row.origin,
  reasons: row.reasons,
  firstSeen: row.first_seen.toISOString(),
  state: row.state,
})

export function makeRegistries(needs: Needs) {
  let remembered: { at: number; rows: RegistryRow[] } = { at: 0, rows: [] }

  async function rows(): Promise<RegistryRow[]> {
    const now = Date.now()
    if (now - remembered.at > rememberMs) remembered = { at: now, rows: await listRegistries(needs.db) }
    return remembered.rows
  }

  async function must(id: string): Promise<void> {
    const known = await listRegistries(needs.db)
    if (!known.some((row) => row.id === id)) throw unknownRegistry(known)
  }

  /** A registry that is not there, and one that this client may not write to, look the same. */
  async function mustWrite(id: string, client: string | undefined): Promise<void> {
    await must(id)
    if (client === undefined) return
    if (!(await readClient(needs.db, client))?.registries.includes(id)) throw unknownRegistry(await rows())
  }

  async function list(): Promise<RegistryInfo[]> {
    const [registries, counts, open, runs] = await Promise.all([
      listRegistries(needs.db),
      countRecords(needs.db),
      countOpen(needs.db),
      lastRuns(needs.db),
    ])
    const now = needs.now().getTime()
    return registries.map((row) => {
      const counted = counts.find((one) => one.registry === row.id)
      const run = runs.find((one) => one.registry === row.id)
      const asOf = iso(row.synced_at)
      const stale = row.synced_at === null || now - row.synced_at.getTime() > row.stale_after_hours * 3_600_000
      return {
        id: row.id,
        title: row.title,
        country: row.country,
        schemes: row.schemes,
        freshness: { ...(asOf && { asOf }), staleAfterHours: row.stale_after_hours, stale },
        counts: {
          records: (counted?.records ?? 0) - (counted?.absent ?? 0),
          absent: counted?.absent ?? 0,
          rejections: open.find((one) => one.registry === row.id)?.rejections ?? 0,
        },
        ...(run && { lastSync: toSyncRun(run) }),
      }
    })
  }

  return {
    list,
    mustWrite,
    /** What the agreed registries know about a person that `holders` have records of. */
    status: async (
      permission: Permission,
      holders: readonly string[],
      refreshed: Refreshed,
    ): Promise<RegistryStatus[]> => statusOf(await rows(), permission, holders, refreshed, needs.now()),
    async read(id: string): Promise<RegistryInfo> {
      const found = (await list()).find((info) => info.id === id)
      if (!found) throw unknownRegistry(await rows())
      return found
    },
    async runs(registry: string, { cursor, limit = usualLimit }: PageQuery): Promise<PageOf<SyncRun>> {
      await must(registry)
      const found = await listRuns(needs.db, registry, {
        before: readCursor(cursor, 'id')?.[0] ?? null,
        limit: limit + 1,
      })
      return pageOf(found, limit, (run) => run.id, toSyncRun)
    },
    async run(registry: string, id: string): Promise<SyncRun> {
      const run = await readRun(needs.db, registry, id)
      if (!run) throw new HubError('not_found')
      return toSyncRun(run)
    },
    async rejections(
      registry: string,
      { cursor, limit = usualLimit, state }: PageQuery & { state?: Rejection['state'] | undefined },
    ) {
      await must(registry)
      const found = await listRejections(needs.db, registry, {
        after: readCursor(cursor, 'id')?.[0] ?? null,
        limit: limit + 1,
        state: state ?? null,
      })
      return pageOf(found, limit, (row) => row.id, toRejection)
    },
  }
}
export type Registries = ReturnType<typeof makeRegistries>
