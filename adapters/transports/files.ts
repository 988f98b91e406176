/**
 * Pulls records out of dropped files, a page at a time, with a checkpoint that survives a kill at any moment: which
 * contents are done, and how many records of the current one were delivered. Works with any reader of one file.
 */
import {
  type AdapterSettings,
  type Checkpoint,
  type Normalised,
  type Page,
  PullError,
  type RawRecord,
} from '../contract.ts'
import {
  assertUnchanged,
  type DropEntry,
  type DropFile,
  type DropKinds,
  FileProblem,
  fileProblems,
  fingerprintOf,
  listDrop,
  namedFile,
  settled,
  tableKinds,
} from './drop.ts'
import { type LegacyEncoding, legacyEncodings } from './encoding.ts'

/**
 * Yields the records of one file, always in the same order, and returns the streams whose complete list the file was.
 * Throws FileProblem when the file cannot be read (on).
 */
export type FileReader = (file: DropFile, signal: AbortSignal) => AsyncGenerator<RawRecord, readonly string[]>

export type DropSettings = {
  readonly inbox: string | undefined
  /** Read this file only, whether it was read before or not. */
  readonly file: string | undefined
  /** A file is whole when it has not changed for so long. */
  readonly settleMs: number
  readonly pageSize: number
  /** What text files are in when they are not Unicode. */
  readonly encoding: LegacyEncoding | undefined
  readonly kinds: DropKinds
}

/** Records in the stream `file` say that a whole file could not be read; they normalise to a rejection. */
export const fileStream = 'file'

/** Checks the settings that every file-drop adapter shares. Throws PullError('stop') naming each field that does not fit. */
export const readDropSettings = (settings: AdapterSettings, kinds = tableKinds): DropSettings => {
  const { file, settleMs = 1000, pageSize = 200, encoding } = settings.options ?? {}
  const legacy = legacyEncodings.find((known) => known === encoding)
  const problems = [
    settings.inbox === undefined && typeof file !== 'string' && 'inbox: name the folder that files are dropped into',
    file !== undefined && typeof file !== 'string' && 'options.file: a path',
    !isWhole(settleMs, 0, 600_000) && 'options.settleMs: 0 to 600000',
    !isWhole(pageSize, 1, 1000) && 'options.pageSize: 1 to 1000',
    encoding !== undefined && !legacy && `options.encoding: one of ${legacyEncodings.join(', ')}`,
  ].filter((problem) => problem !== false)
  if (problems.length > 0)
    throw new PullError('stop', `The settings of ${settings.registry} do not fit: ${problems.join('; ')}.`)
  return {
    inbox: settings.inbox,
    file: typeof file === 'string' ? file : undefined,
    settleMs: Number(settleMs),
    pageSize: Number(pageSize),
    encoding: legacy,
    kinds,
  }
}

const isWhole = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most

/** Where the last pull got to. `done` holds fingerprints, so a file that comes again as it was is not read again. */
type Place = {
  readonly done: readonly string[]
  /** What was wrong with parts of files that are done: it holds as long as such a file lies there. */
  readonly told: readonly Told[]
  readonly current?: { readonly name: string; readonly fingerprint: string; readonly records: number }
}

type Told = { readonly fingerprint: string; readonly origin: string; readonly rule: string }

/** A file's parts that are wrong beyond this many are told once. */
const mostTold = 100

/** Reads every new file in the order of their names; pages may span small files. */
export async function* pullFiles(
  settings: DropSettings,
  read: FileReader,
  checkpoint: Checkpoint | undefined,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  const run = makeRun(settings, read, readPlace(checkpoint), signal)
  const { file, inbox, kinds } = settings
  const entries = file === undefined ? await listDrop(inbox ?? '', kinds) : [await namedFile(inbox, file, kinds)]
  for (const entry of entries) {
    if (signal.aborted) return
    yield* run.take(entry)
  }
  const last = run.last()
  if (last && !signal.aborted) yield last
}

const makeRun = (
  { file: named, settleMs, pageSize }: DropSettings,
  read: FileReader,
  place: Place,
  signal: AbortSignal,
) => {
  const done = new Set(place.done)
  let told = [...place.told]
  const present = new Set<string>()
  let records: RawRecord[] = []
  let delivered = 0
  const add = (raw: RawRecord, list: string): void => {
    records.push({ ...raw, list })
  }

  const page = (current: Place['current'], completes: readonly string[] = []): Page => {
    delivered += records.length
    const full: Page = {
      records,
      checkpoint: { done: [...done], ...(told.length > 0 && { told }), ...(current && { current }) },
      // The total is not known: a text file says how many rows it has only at its end.
      progress: { done: delivered },
      ...(completes.length > 0 && { completes }),
    }
    records = []
    return full
  }

  async function* readFile(file: DropFile, fingerprint: string): AsyncGenerator<Page> {
    const skip = place.current?.fingerprint === fingerprint ? place.current.records : 0
    // What an earlier pull delivered of this file counts as done, so that a resumed pull does not fall back to nothing.
    delivered += skip
    const reader = read(file, signal)
    const problems: Told[] = []
    for (let count = 1; ; count += 1) {
      const step = await reader.next()
      if (signal.aborted) {
        await reader.return([])
        return
      }
      if (step.done) {
        await assertUnchanged(file)
        done.add(fingerprint)
        told = [...told.filter((one) => one.fingerprint !== fingerprint), ...problems.slice(0, mostTold)]
        if (step.value.length > 0) yield page(undefined, step.value)
        return
      }
      const { stream, origin, data } = step.value
      if (stream === fileStream) problems.push({ fingerprint, origin, rule: String(data.rule) })
      if (count <= skip) continue
      add(step.value, file.name)
      if (records.length >= pageSize) yield page({ name: file.name, fingerprint, records: count })
    }
  }

  async function* take(entry: DropEntry): AsyncGenerator<Page> {
    const file = 'problem' in entry ? undefined : await settled(entry, settleMs, signal)
    try {
      if ('problem' in entry) throw entry.problem
      if (!file) return
      const fingerprint = await fingerprintOf(file)
      present.add(fingerprint)
      if (named === undefined && done.has(fingerprint)) {
        for (const one of told) if (one.fingerprint === fingerprint) add(problemRecord(one.origin, one), entry.name)
        if (records.length >= pageSize) yield page(undefined)
        return
      }
      yield* readFile(file, fingerprint)
    } catch (error) {
      if (signal.aborted) return
      if (!(error instanceof FileProblem)) throw readFailure(error, entry.name)
      // Not done: it is told again at every pull, until somebody has put a better file in its place.
      add(problemRecord(entry.name, error), entry.name)
      if (records.length >= pageSize) yield page(undefined)
    }
  }

  /** What is left to deliver, if anything; a pull that found nothing new has nothing to commit. */
  const last = (): Page | undefined => {
    // Files that were taken away need not be remembered; a named file says nothing about the others.
    if (named === undefined) for (const fingerprint of done) if (!present.has(fingerprint)) done.delete(fingerprint)
    told = told.filter(({ fingerprint }) => done.has(fingerprint))
    const remembered = done.size === place.done.length && place.done.every((fingerprint) => done.has(fingerprint))
    return records.length === 0 && remembered && !place.current ? undefined : page(undefined)
  }
  return { take, last }
}

/** The disk's own failures and files that vanish while they are read: worth another try. */
const readFailure = (error: unknown, name: string): unknown => {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (error instanceof PullError || typeof code !== 'string') return error
  return new PullError('retry', `${name}: the file could not be read (${code}).`)
}

/** A checkpoint that is not ours is no reason to lose records: everything is read again. */
const readPlace = (checkpoint: Checkpoint | undefined): Place => {
  const { done, told, current } = checkpoint ?? {}
  const fingerprints = Array.isArray(done) ? done.filter((item) => typeof item === 'string') : []
  const place = { done: fingerprints, told: Array.isArray(told) ? told.filter(isTold) : [] }
  if (typeof current !== 'object' || current === null) return place
  const { name, fingerprint, records } = current as { [field: string]: unknown }
  return typeof name === 'string' && typeof fingerprint === 'string' && typeof records === 'number'
    ? { ...place, current: { name, fingerprint, records } }
    : place
}

const isTold = (value: unknown): value is Told =>
  typeof value === 'object' &&
  value !== null &&
  ['fingerprint', 'origin', 'rule'].every((field) => typeof Reflect.get(value, field) === 'string')

/** Tells of a file's problem as a raw record, so that it is counted and kept like any other. `origin`: the file, perhaps a row. */
export const problemRecord = (origin: string, { rule }: { readonly rule: string }): RawRecord => ({
  stream: fileStream,
  origin,
  data: { rule },
})

const unreadable = new FileProblem('file-unreadable', 'The file could not be read.')

/** The rejection that a record of the stream `file` stands for. `own`: the problems that only this adapter knows. */
export const rejectFile = (raw: RawRecord, own: readonly FileProblem[] = []): Normalised => {
  const problems = [...own, ...Object.values(fileProblems)]
  // Found by its rule: what a push writes into such a record must not come out again in a reason.
  const { rule, message } = problems.find((problem) => problem.rule === raw.data?.rule) ?? unreadable
  return {
    outcome: 'rejection',
    sourceId: `file/${typeof raw.origin === 'string' ? raw.origin.slice(0, 110) : ''}`,
    reasons: [{ pointer: '', rule, message }],
  }
}
