/** The pull: first the files, then what the service says about the identifiers that the hub knows. */
import { isDeepStrictEqual } from 'node:util'
import { type Checkpoint, type Page, type PullContext, PullError, type RawRecord } from '../contract.ts'
import { pullFiles } from '../transports/files.ts'
import { makeReader } from './files.ts'
import { pulledTypes } from './labels.ts'
import { fieldsOf } from './reading.ts'
import type { Service } from './service.ts'
import type { ShaSettings } from './settings.ts'

type Known = { readonly cursor: string; readonly identifier: Parameters<Service['ask']>[0]['identifier'] }

/**
 * The checkpoint holds the files' place and, while the walk through the known identifiers is under way, its cursor. When
 * the walk has ended the cursor is gone, so the next pull asks about everybody again.
 */
export async function* pull(
  settings: ShaSettings,
  service: Service | undefined,
  checkpoint: Checkpoint | undefined,
  context: PullContext,
): AsyncGenerator<Page> {
  const { drop } = settings
  let files = readFiles(checkpoint)
  let cursor = typeof checkpoint?.cursor === 'string' ? checkpoint.cursor : undefined
  let delivered = 0
  const place = (): Checkpoint => ({ ...(files && { files }), ...(cursor !== undefined && { cursor }) })

  if (drop) {
    const read = makeReader({ encoding: drop.encoding, fullRoll: settings.nhifFullRoll })
    for await (const page of pullFiles(drop, read, files, context.signal)) {
      // A page that says nothing new would keep a hub that is killed after every page from ever coming to the service.
      if (page.records.length === 0 && !page.completes && isDeepStrictEqual(page.checkpoint, files)) continue
      files = page.checkpoint
      delivered += page.records.length
      yield { ...page, checkpoint: place() }
    }
  }
  // Whoever names one file wants that file and nothing else.
  if (!service || !settings.service || drop?.file !== undefined || context.signal.aborted) return
  const { askPage, inFlight } = settings.service
  for await (const batch of batches(context.known(pulledTypes, cursor), askPage)) {
    if (context.signal.aborted) return
    const records = await askAll(service, batch, inFlight, context.signal)
    if (records === undefined) return
    cursor = batch.at(-1)?.cursor ?? cursor
    delivered += records.length
    yield { records, checkpoint: place(), progress: { done: delivered } }
  }
  cursor = undefined
  if (!context.signal.aborted) yield { records: [], checkpoint: place(), progress: { done: delivered } }
}

const readFiles = (checkpoint: Checkpoint | undefined): Checkpoint | undefined =>
  checkpoint?.files === undefined ? undefined : fieldsOf(checkpoint.files)

/** Groups of known identifiers, each asked about once within its group, Kenyan ones only. */
async function* batches(known: AsyncIterable<Known>, size: number): AsyncGenerator<Known[]> {
  let batch: Known[] = []
  for await (const one of known) {
    batch.push(one)
    if (batch.length >= size) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

/** The answers in the order of the questions, `inFlight` under way at a time; undefined when the signal came first. */
const askAll = async (
  service: Service,
  batch: readonly Known[],
  inFlight: number,
  signal: AbortSignal,
): Promise<RawRecord[] | undefined> => {
  const answers: (RawRecord | undefined)[] = []
  const keys = batch.map(({ identifier: { type, issuer, value } }) => `${type} ${issuer} ${value}`)
  const failed = new AbortController()
  const either = AbortSignal.any([signal, failed.signal])
  let next = 0
  const worker = async (): Promise<void> => {
    for (let i = next++; i < batch.length; i = next++) {
      const one = batch[i]
      if (one && keys.indexOf(keys[i] ?? '') === i) answers[i] = await askOne(service, one, either)
    }
  }
  try {
    await Promise.all(Array.from({ length: inFlight }, worker))
  } catch (error) {
    failed.abort(error)
    if (signal.aborted) return undefined
    throw error
  }
  return answers.filter((answer) => answer !== undefined)
}

/** An answer that cannot be read is this person's trouble, not the pull's: it is kept as a record that will be rejected. */
const askOne = async (service: Service, { identifier }: Known, signal: AbortSignal): Promise<RawRecord | undefined> => {
  try {
    return await service.ask({ identifier, signal })
  } catch (error) {
    if (!(error instanceof PullError) || error.recovery !== 'skip') throw error
    const { type, value } = identifier
    return {
      stream: 'client',
      origin: 'client registry and eligibility',
      data: { asked: { type, value }, unreadable: true },
    }
  }
}
