/** The Lao Social Security Organization: the lists that each province sends, of who is insured and what was paid in, and its own accounts. */
import { type Adapter, type AdapterFactory, type Normalised, PullError, type RawRecord } from '../contract.ts'
import { type FileReader, fileStream, pullFiles, readDropSettings, rejectFile } from '../transports/files.ts'
import { isRecordFile, lineProblems, readRecords, tableOrRecordKinds } from '../transports/ndjson.ts'
import { normaliseRecord } from '../transports/source-record.ts'
import { normaliseInsured } from './insured.ts'
import { normalisePayment } from './payment.ts'
import { isProvinceCode } from './province.ts'
import { makeReader, provinceUnknown } from './pull.ts'
import { totalDiffers } from './totals.ts'

/**
 * Reads .xlsx and delimited files from `inbox`, one list a province. A list is both a roll and a payment list, so an insured
 * number gives a record of the stream `insured/<province>`, and one of `payment/<province>-<YYYY-MM>` for each month paid:
 * the next month's list replaces the first and leaves the earlier payments as they are.
 * What stands in the members' accounts, benefits above all, has no published layout, so it comes in the hub's own schema, as the
 * stream `account`.
 * Options: `fullRoll` (true: a list is the province's whole roll), and those of every file drop (files.ts).
 */
export const laLsso: AdapterFactory = (settings) => {
  const drop = readDropSettings(settings, tableOrRecordKinds)
  const { fullRoll = true } = settings.options ?? {}
  if (typeof fullRoll !== 'boolean') {
    throw new PullError('stop', `The settings of ${settings.registry} do not fit: options.fullRoll: true or false.`)
  }
  const readLists = makeReader({ encoding: drop.encoding, fullRoll, settings })
  const read: FileReader = (file, signal) => (isRecordFile(file) ? readRecords : readLists)(file, signal)
  const normalise = (raw: RawRecord): Normalised => {
    if (raw.stream === fileStream) return rejectFile(raw, [provinceUnknown, totalDiffers, ...lineProblems])
    if (raw.stream === 'account') return normaliseRecord(raw, { ...settings, streams: undefined })
    const list = readStream(raw.stream)
    if (list?.kind === 'insured') return normaliseInsured(raw, settings)
    if (list?.kind === 'payment') return normalisePayment(raw, list, settings)
    const message =
      'This registry has the streams insured/01 to insured/18, by the province’s statistical code, payment/01-2026-02 and the like, and account.'
    return { outcome: 'rejection', reasons: [{ pointer: '/stream', rule: 'stream-unknown', message }] }
  }
  const adapter: Adapter = {
    registry: settings.registry,
    pull: (checkpoint, { signal }) => pullFiles(drop, read, checkpoint, signal),
    waiting: (checkpoint, signal) => pullFiles(drop, read, checkpoint, signal),
    normalise,
  }
  return adapter
}

const streams = /^(insured|payment)\/(\d\d)(?:-((?:19|20)\d\d-(?:0[1-9]|1[0-2])))?$/

/** What a stream's name says; undefined for those that this registry does not have, were they no text at all. */
const readStream = (stream: unknown) => {
  const [, kind, province = '', month] = (typeof stream === 'string' && streams.exec(stream)) || []
  const known = isProvinceCode(province) && !(kind === 'insured' && month)
  return known ? { kind, province, month } : undefined
}
