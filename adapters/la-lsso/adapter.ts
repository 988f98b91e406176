/** The Lao Social Security Organization: the list of insured people that each province sends. */
import { type Adapter, type AdapterFactory, type Normalised, PullError, type RawRecord } from '../contract.ts'
import { fileStream, pullFiles, readDropSettings, rejectFile } from '../transports/files.ts'
import { normaliseInsured } from './normalise.ts'
import { isProvinceCode } from './province.ts'
import { makeReader, provinceUnknown, totalDiffers } from './pull.ts'

/**
 * Reads .xlsx and delimited files from `inbox`, one list a province, into the streams `insured/01` to `insured/18`.
 * Options: `fullRoll` (true: a list is the province's whole roll), and those of every file drop (files.ts).
 */
export const laLsso: AdapterFactory = (settings) => {
  const drop = readDropSettings(settings)
  const { fullRoll = true } = settings.options ?? {}
  if (typeof fullRoll !== 'boolean') {
    throw new PullError('stop', `The settings of ${settings.registry} do not fit: options.fullRoll: true or false.`)
  }
  const read = makeReader({ encoding: drop.encoding, fullRoll })
  const normalise = (raw: RawRecord): Normalised => {
    if (raw.stream === fileStream) return rejectFile(raw, [provinceUnknown, totalDiffers])
    const [list, province = ''] = typeof raw.stream === 'string' ? raw.stream.split('/') : []
    if (list === 'insured' && isProvinceCode(province))
      return normaliseInsured({ ...raw, stream: `insured/${province}` }, settings)
    const message = 'This registry has the streams insured/01 to insured/18, by the province’s statistical code.'
    return { outcome: 'rejection', reasons: [{ pointer: '/stream', rule: 'stream-unknown', message }] }
  }
  const adapter: Adapter = {
    registry: settings.registry,
    pull: (checkpoint, { signal }) => pullFiles(drop, read, checkpoint, signal),
    normalise,
  }
  return adapter
}
