/**
 * Kenya's Social Health Authority: the old fund's member export, the employers' by-products, and the service that answers
 * about one person at a time.
 */
import type { Identifier } from '../../schemas/contract.ts'
import type { Adapter, AdapterFactory, Normalised, RawRecord } from '../contract.ts'
import { fileStream, rejectFile } from '../transports/files.ts'
import { normaliseByProduct } from './by-product.ts'
import { normaliseClient } from './client.ts'
import { layoutUnknown, totalDiffers } from './files.ts'
import { normaliseNhif } from './nhif.ts'
import { pull, waiting } from './pull.ts'
import { makeService, type Service } from './service.ts'
import { readSettings } from './settings.ts'

/**
 * Reads files from `inbox`, and asks the service when `options.baseUrl` is set; one of both is needed.
 * Options: `baseUrl`, `consumerKey`, `username`, `password`, `agent`; `perSecond` (5), `timeoutMs`, `maxBytes`, `inFlight`,
 * `askPage`; `nhifFullRoll` (true); and those of every file drop (files.ts).
 */
export const keSha: AdapterFactory = (given) => {
  const settings = readSettings(given)
  const service = settings.service && makeService(settings.service)
  const normalise = (raw: RawRecord): Normalised => {
    if (raw.stream === 'nhif') return normaliseNhif(raw, settings)
    if (raw.stream === 'by-product') return normaliseByProduct(raw, settings)
    if (raw.stream === 'client') return normaliseClient(raw, settings)
    if (raw.stream === fileStream) return rejectFile(raw, [layoutUnknown, totalDiffers])
    const message = 'This registry has the streams nhif, by-product and client.'
    return { outcome: 'rejection', reasons: [{ pointer: '/stream', rule: 'stream-unknown', message }] }
  }
  const adapter: Adapter = {
    registry: settings.registry,
    pull: (checkpoint, context) => pull(settings, service, checkpoint, context),
    waiting: (checkpoint, signal) => waiting(settings, checkpoint, signal),
    normalise,
    ...(service && { fetchOne: fetchOneFrom(service) }),
  }
  return adapter
}

const fetchOneFrom =
  (service: Service) =>
  async (identifier: Identifier, signal: AbortSignal): Promise<readonly RawRecord[]> => {
    const answer = await service.ask({ identifier, signal, together: true })
    return answer ? [answer] : []
  }
