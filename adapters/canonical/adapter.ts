/** Any registry that can write Pamoja's own schema: lists of source records as files (NDJSON), or records pushed one by one. */
import {
  type Adapter,
  type AdapterFactory,
  type AdapterSettings,
  type Normalised,
  PullError,
  type RawRecord,
} from '../contract.ts'
import { fileStream, pullFiles, readDropSettings, rejectFile } from '../transports/files.ts'
import { lineProblems, readRecords, recordKinds } from '../transports/ndjson.ts'
import { normaliseRecord } from '../transports/source-record.ts'

/**
 * Reads `*.ndjson` from `inbox`: a source record a line, without `registry`. `STREAM.full.ndjson` is a stream's complete list.
 * Options: `streams` (the registry's streams; without it any will do), and those of every file drop (files.ts) but the encoding.
 */
export const canonical: AdapterFactory = (settings) => {
  const drop = readDropSettings(settings, recordKinds)
  const reader = { registry: settings.registry, today: settings.today, streams: readStreams(settings) }
  const adapter: Adapter = {
    registry: settings.registry,
    pull: (checkpoint, { signal }) => pullFiles(drop, readRecords, checkpoint, signal),
    normalise: (raw: RawRecord): Normalised =>
      raw.stream === fileStream ? rejectFile(raw, lineProblems) : normaliseRecord(raw, reader),
  }
  return adapter
}

const readStreams = ({ registry, options }: AdapterSettings): readonly string[] | undefined => {
  const { streams, encoding } = options ?? {}
  const listed = Array.isArray(streams) && streams.every((one) => typeof one === 'string') ? streams : undefined
  const problems = [
    streams !== undefined && !listed && 'options.streams: a list of names',
    encoding !== undefined && 'options.encoding: NDJSON is UTF-8',
  ].filter((problem) => problem !== false)
  if (problems.length > 0)
    throw new PullError('stop', `The settings of ${registry} do not fit: ${problems.join('; ')}.`)
  return listed
}
