/** Kenya's National Social Security Fund: its member register, and the returns that employers send each month. */
import { type Adapter, type AdapterFactory, type Normalised, PullError, type RawRecord } from '../contract.ts'
import { fileStream, pullFiles, readDropSettings, rejectFile } from '../transports/files.ts'
import { normaliseMember } from './member.ts'
import { layoutUnknown, makeReader } from './pull.ts'
import { normaliseReturn } from './return.ts'

/**
 * Reads .xlsx and delimited files from `inbox`; each file's kind is told by its headings.
 * Options: `fullRoll` (true: a member register is the whole roll), and those of every file drop (files.ts).
 */
export const keNssf: AdapterFactory = (settings) => {
  const drop = readDropSettings(settings)
  const { fullRoll = true } = settings.options ?? {}
  if (typeof fullRoll !== 'boolean') {
    throw new PullError('stop', `The settings of ${settings.registry} do not fit: options.fullRoll: true or false.`)
  }
  const read = makeReader({ encoding: drop.encoding, fullRoll })
  const normalise = (raw: RawRecord): Normalised => {
    if (raw.stream === 'member') return normaliseMember(raw, settings)
    if (raw.stream === 'return') return normaliseReturn(raw, settings)
    if (raw.stream === fileStream) return rejectFile(raw, [layoutUnknown])
    const message = 'This registry has the streams member and return.'
    return { outcome: 'rejection', reasons: [{ pointer: '/stream', rule: 'stream-unknown', message }] }
  }
  const adapter: Adapter = {
    registry: settings.registry,
    pull: (checkpoint, { signal }) => pullFiles(drop, read, checkpoint, signal),
    normalise,
  }
  return adapter
}
