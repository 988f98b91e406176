/** Ingest: raw records become source records or rejections, a page in one transaction. */
import type { Adapter, Normalised, RawRecord } from '../../adapters/contract.ts'
import type { Reason } from '../../errors.ts'
import { validateSourceRecord } from '../../schemas/validate.ts'
import { post } from '../../store/outbox.ts'
import type { Queryable } from '../../store/pool.ts'
import { type Draft, draftRecord, putRecords } from '../../store/put-records.ts'
import { stillListed } from '../../store/records.ts'
import { putRejections, type Refused, supersede } from '../../store/rejections.ts'
import type { Counts } from '../../store/runs.ts'
import type { Needs } from '../needs.ts'

export type Read = { raw: RawRecord; draft?: Draft; sourceId?: string | undefined; reasons: readonly Reason[] }
export type Ingested = Counts & { touched: string[]; refused: Refused<RawRecord>[] }

/** Normalises raw records and checks each result against the canonical schema. Pure: nothing is written. */
export const readRaw = ({ keys }: Needs, adapter: Adapter, raws: readonly RawRecord[]): Read[] =>
  raws.map((raw) => {
    const result = normalised(adapter, raw)
    if (result.outcome === 'rejection') return { raw, sourceId: result.sourceId, reasons: result.reasons }
    const { record } = result
    const reasons = record.registry === adapter.registry ? validateSourceRecord(record) : [foreign(adapter.registry)]
    return reasons.length === 0
      ? { raw, draft: draftRecord(keys, record, raw.list), reasons }
      : { raw, sourceId: record.sourceId, reasons }
  })

/** A fault in an adapter costs the one record that it stumbles over, never its neighbours. */
function normalised(adapter: Adapter, raw: RawRecord): Normalised {
  try {
    return adapter.normalise(raw)
  } catch (reason) {
    const message = `The adapter failed on this record (${reason instanceof Error ? reason.name : 'unknown'}). Mend the adapter and replay.`
    return { outcome: 'rejection', reasons: [{ pointer: '', rule: 'adapter-fault', message }] }
  }
}

const foreign = (registry: string): Reason => ({
  pointer: '/registry',
  rule: 'registry',
  message: `The adapter of ${registry} made a record of another registry. This is a fault of the adapter.`,
})

export const doubleRule = 'source-id-unique'
const twice: Reason = {
  pointer: '',
  rule: doubleRule,
  message:
    'The same list holds this record number twice with different content. The first was kept; ask the registry which is right.',
}

/**
 * Writes a page: records, rejections and the outbox row for resolving, all in the caller's transaction, which took the registry's
 * lock before it took the time.
 */
export async function putPage(
  { keys }: Needs,
  tx: Queryable,
  registry: string,
  reads: readonly Read[],
  seen: { at: Date; run: string | null },
): Promise<Ingested> {
  const accepted = reads.flatMap(({ raw, draft }) => (draft ? [{ raw, draft }] : []))
  const put = await putRecords(
    tx,
    keys,
    registry,
    accepted.map((one) => one.draft),
    seen,
  )
  const doubled = new Set(put.doubled)
  const refused: Refused<RawRecord>[] = [
    ...reads.flatMap(({ raw, draft, sourceId, reasons }) => (draft ? [] : [{ raw, sourceId, reasons }])),
    ...accepted.flatMap(({ raw }, index) => (doubled.has(index) ? [{ raw, reasons: [twice] }] : [])),
  ]
  await putRejections(tx, keys, registry, refused, seen)
  const named = refused.flatMap(({ sourceId }) => (sourceId === undefined ? [] : [sourceId]))
  const refusedBack = named.length > 0 ? await stillListed(tx, keys, registry, named, seen.at) : []
  const taken = accepted.filter((_, index) => !doubled.has(index))
  if (taken.length > 0)
    await supersede(
      tx,
      registry,
      taken.map((one) => one.draft.key),
      seen.at,
    )
  const touched = [...put.added, ...put.changed, ...put.returned, ...refusedBack]
  if (touched.length > 0) await post(tx, 'resolve', touched, seen.at)
  return {
    read: reads.length,
    added: put.added.length,
    changed: put.changed.length,
    unchanged: taken.length - put.added.length - put.changed.length,
    rejected: refused.length,
    absent: 0,
    touched,
    refused,
  }
}
