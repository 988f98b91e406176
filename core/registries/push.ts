/** Push and replay: records that come by hand go the same way as a sync's, and rejections get another try. */
import type { Adapter, RawRecord } from '../../adapters/contract.ts'
import { HubError, type Reason } from '../../errors.ts'
import { lockRegistry } from '../../store/registries.ts'
import { newestOpen, openRejection, settle } from '../../store/rejections.ts'
import type { Needs } from '../needs.ts'
import { doubleRule, putPage, readRaw } from './ingest.ts'

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
  const page = await needs.db.transaction(async (tx) => {
    await lockRegistry(tx, registry)
    return putPage(needs, tx, registry, reads, { at: needs.now(), run: null })
  })
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
    // The whole of it, in its order: what is refused again is then the same rejection, and not another one.
    const raw = { ...rejection.raw, data: rejection.raw.data as { [field: string]: unknown } }
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

/**
 * Tries every open rejection of a registry again, the newest first, one short transaction each. Doubles are left for a person:
 * which of the two is right is not for a replay to say.
 */
export async function replayRejections(
  needs: Needs,
  registry: string,
): Promise<{ accepted: number; rejected: number }> {
  const counts = { accepted: 0, rejected: 0 }
  let before: string | null = null
  for (;;) {
    const open = await newestOpen(needs.db, registry, before, 200)
    for (const { id, reasons } of open) {
      if (reasons.some((reason) => reason.rule === doubleRule)) counts.rejected += 1
      else counts[await replayIfOpen(needs, registry, id)] += 1
    }
    const last = open.at(-1)
    if (!last) return counts
    before = last.id
  }
}

/** A rejection that a newer one of the same record has settled meanwhile is accepted. */
async function replayIfOpen(needs: Needs, registry: string, id: string): Promise<'accepted' | 'rejected'> {
  try {
    return (await replayRejection(needs, registry, id)).outcome
  } catch (reason) {
    if (reason instanceof HubError && reason.code === 'not_found') return 'accepted'
    throw reason
  }
}
