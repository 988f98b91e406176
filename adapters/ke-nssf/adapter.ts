/** Kenya's National Social Security Fund: its member register, the returns that employers send each month, and the money that came in. */
import { type Adapter, type AdapterFactory, type Normalised, PullError, type RawRecord } from '../contract.ts'
import { type FileReader, fileStream, pullFiles, readDropSettings, rejectFile } from '../transports/files.ts'
import { isRecordFile, lineProblems, readRecords, tableOrRecordKinds } from '../transports/ndjson.ts'
import { normaliseRecord } from '../transports/source-record.ts'
import { normaliseMember } from './member.ts'
import { layoutUnknown, makeReader } from './pull.ts'
import { normaliseReturn } from './return.ts'

/**
 * Reads .xlsx and delimited files from `inbox`; each file's kind is told by its headings. The ledger of what was received has no
 * published layout, so the fund writes it in the hub's own schema, as the stream `ledger`.
 * Options: `fullRoll` (true: a member register is the whole roll), and those of every file drop (files.ts).
 */
export const keNssf: AdapterFactory = (settings) => {
  const drop = readDropSettings(settings, tableOrRecordKinds)
  const { fullRoll = true } = settings.options ?? {}
  if (typeof fullRoll !== 'boolean') {
    throw new PullError('stop', `The settings of ${settings.registry} do not fit: options.fullRoll: true or false.`)
  }
  const readTables = makeReader({ encoding: drop.encoding, fullRoll })
  const read: FileReader = (file, signal) => (isRecordFile(file) ? readRecords : readTables)(file, signal)
  const normalise = (raw: RawRecord): Normalised => {
    if (raw.stream === 'member') return normaliseMember(raw, settings)
    if (raw.stream === 'return') return normaliseReturn(raw, settings)
    if (raw.stream === fileStream) return rejectFile(raw, [layoutUnknown, ...lineProblems])
    if (raw.stream === 'ledger') return normaliseRecord(raw, { ...settings, streams: undefined })
    const message = 'This registry has the streams member, return and ledger.'
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
