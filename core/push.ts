/** Push and replay: records that come by hand go the same way as a sync's, and rejections get another try. */
import type { Adapter, RawRecord } from '../adapters/contract.ts'
import { HubError, type Reason } from '../errors.ts'
import { lockRegistry } from '../store/registries.ts'
import { listRejections, openRejection, settle } from '../store/rejections.ts'
import { putPage, readRaw } from './ingest.ts'
import type { Needs } from './needs.ts'

export type Push = {
  stream: string
  records: readonly { origin?: string | undefined; data: { readonly [field: string]: unknown } }[]
}
export type Pushed = { accepted: number; unchanged: number; rejected: { index: number; reasons: Reason[] }[] }

function adapterFor(needs: Needs, registry: string): Adapter {
  const adapter = needs.adapterOf(registry)
  if (!adapter) throw new HubError('not_found')
  return adapter
}

/** Takes up to a page of raw records in the registry's own layout. Each is accepted or rejected on its own. */
export async function pushRecords(needs: Needs, registry: string, push: Push): Promise<Pushed> {
  const adapter = adapterFor(needs, registry)
  const raws: RawRecord[] = push.records.map(({ origin, data }, index) => ({
    stream: push.stream,
    origin: origin ?? `push, record ${index + 1}`,
    data,
  }))
  const reads = readRaw(needs, adapter, raws)
  const page = await needs.db.transaction((tx) => putPage(needs, tx, registry, reads, { at: needs.now(), run: null }))
  if (page.touched.length > 0) await needs.wake({ work: 'resolve' }).catch(() => needs.log('wake_failed', { registry }))
  const rejected = page.refused.map(({ raw, reasons }) => ({
    index: raws.indexOf(raw),
    reasons: [...reasons],
  }))
  return { accepted: page.added + page.changed, unchanged: page.unchanged, rejected }
}

/** Tries one rejection again with today's adapter. Not found when there is none, or when it is settled. */
export async function replayRejection(
  needs: Needs,
  registry: string,
  id: string,
): Promise<{ outcome: 'accepted' | 'rejected'; reasons: Reason[] }> {
  const adapter = adapterFor(needs, registry)
  const answer = await needs.db.transaction(async (tx) => {
    await lockRegistry(tx, registry)
    const rejection = await openRejection(tx, needs.keys, registry, id)
    if (rejection?.state !== 'open') throw new HubError('not_found')
    const raw = {
      stream: rejection.raw.stream,
      origin: rejection.raw.origin,
      data: rejection.raw.data as { [field: string]: unknown },
    }
    const page = await putPage(needs, tx, registry, readRaw(needs, adapter, [raw]), { at: needs.now(), run: null })
    const [refused] = page.refused
    if (refused) return { outcome: 'rejected' as const, reasons: [...refused.reasons] }
    await settle(tx, id, needs.now())
    return { outcome: 'accepted' as const, reasons: [] }
  })
  if (answer.outcome === 'accepted')
    await needs.wake({ work: 'resolve' }).catch(() => needs.log('wake_failed', { registry }))
  return answer
}

/** Tries every open rejection of a registry again, one short transaction each. */
export async function replayRejections(
  needs: Needs,
  registry: string,
): Promise<{ accepted: number; rejected: number }> {
  const counts = { accepted: 0, rejected: 0 }
  let after: string | null = null
  for (;;) {
    const open = await listRejections(needs.db, registry, { after, limit: 200, state: 'open' })
    for (const { id } of open) counts[(await replayRejection(needs, registry, id)).outcome] += 1
    const last = open.at(-1)
    if (!last) return counts
    after = last.id
  }
}
