/** The pull: first the files, then what the service says about the identifiers that the hub knows. */
import { isDeepStrictEqual } from 'node:util'
import type { Identifier } from '../../schemas/contract.ts'
import { type Checkpoint, type Page, type PullContext, PullError, type RawRecord } from '../contract.ts'
import { type DropSettings, pullFiles } from '../transports/files.ts'
import { makeReader } from './files.ts'
import { lastResort, pulledTypes } from './labels.ts'
import { fieldsOf } from './reading.ts'
import type { Service } from './service.ts'
import type { ShaSettings } from './settings.ts'

type Known = { readonly cursor: string; readonly identifier: Identifier }

/** Where the walk through the known identifiers is. It always begins at the beginning. */
type Walk = {
  readonly cursor: string
  /** Questions put since the walk began, over one pull or several. */
  readonly asked: number
  /** Nobody was left out so far. A cursor that does not say so proves nothing. */
  readonly whole: boolean
}

/**
 * The checkpoint holds the files' place and, while the walk through the known identifiers is under way, its place. When the
 * walk has ended its place is gone, so the next pull asks about everybody again. SHA lists nobody; a whole walk stands for its
 * list: a client whom none of the questions brought is one whom SHA no longer knows.
 */
export async function* pull(
  settings: ShaSettings,
  service: Service | undefined,
  checkpoint: Checkpoint | undefined,
  context: PullContext,
): AsyncGenerator<Page> {
  const { drop } = settings
  let files = readFiles(checkpoint)
  let walk = readWalk(checkpoint)
  let done = 0
  const place = (): Checkpoint => ({ ...(files && { files }), ...walk })

  if (drop) {
    for await (const page of pullDrop(drop, settings, files, context.signal)) {
      // A page that says nothing new would keep a hub that is killed after every page from ever coming to the service.
      if (page.records.length === 0 && !page.completes && isDeepStrictEqual(page.checkpoint, files)) continue
      files = page.checkpoint
      done = page.progress?.done ?? done
      yield { ...page, checkpoint: place() }
    }
  }
  // Whoever names one file wants that file and nothing else.
  if (!service || !settings.service || drop?.file !== undefined || context.signal.aborted) return
  const { askPage, inFlight } = settings.service
  const lend = { service, size: askPage, after: walk?.cursor ?? '' }
  for await (const batch of batches(context.known(pulledTypes, walk?.cursor), lend)) {
    if (context.signal.aborted) return
    const answers = await askAll(service, batch, inFlight, context.signal)
    if (answers === undefined) return
    walk = {
      cursor: batch.cursor,
      asked: (walk?.asked ?? 0) + batch.asked,
      whole: (walk?.whole ?? true) && answers.whole,
    }
    yield { records: answers.records, checkpoint: place(), progress: { done: done + walk.asked } }
  }
  if (context.signal.aborted) return
  const { asked = 0, whole = true } = walk ?? {}
  walk = undefined
  yield {
    records: [],
    checkpoint: place(),
    progress: { done: done + asked },
    ...(whole && { completes: ['client'] }),
  }
}

const pullDrop = (
  drop: DropSettings,
  { nhifFullRoll }: ShaSettings,
  files: Checkpoint | undefined,
  signal: AbortSignal,
) => pullFiles(drop, makeReader({ encoding: drop.encoding, fullRoll: nhifFullRoll }), files, signal)

/** The files alone; nothing is asked of the service. */
export async function* waiting(
  { drop, ...settings }: ShaSettings,
  checkpoint: Checkpoint | undefined,
  signal: AbortSignal,
): AsyncGenerator<Page> {
  if (drop) yield* pullDrop(drop, { drop, ...settings }, readFiles(checkpoint), signal)
}

const readFiles = (checkpoint: Checkpoint | undefined): Checkpoint | undefined =>
  checkpoint?.files === undefined ? undefined : fieldsOf(checkpoint.files)

const readWalk = ({ cursor, asked, whole }: Checkpoint = {}): Walk | undefined =>
  typeof cursor === 'string'
    ? { cursor, asked: typeof asked === 'number' ? asked : 0, whole: whole === true }
    : undefined

type Batch = {
  readonly cursor: string
  /** What is known of each person. */
  readonly people: readonly (readonly Identifier[])[]
  readonly asked: number
}

/** So many people whom SHA cannot be asked about end a batch, so that a walk through another country's people shows progress. */
const mostPassedOver = 2_000

/**
 * Groups of people with the identifiers that SHA can be asked by: Kenyan ones only. A person's identifiers share a cursor up to
 * the last, which has the person's own.
 */
async function* batches(
  known: AsyncIterable<Known>,
  { service, size, after }: { service: Service; size: number; after: string },
): AsyncGenerator<Batch> {
  let people: Identifier[][] = []
  let person: Identifier[] = []
  let asked = 0
  let passed = 0
  let reached = after
  for await (const { cursor, identifier } of known) {
    if (service.takes(identifier)) {
      person.push(identifier)
      asked += 1
    }
    if (cursor === reached) continue
    reached = cursor
    passed += 1
    if (person.length > 0) people.push(person)
    person = []
    if (asked < size && passed < mostPassedOver) continue
    yield { cursor, people, asked }
    people = []
    asked = 0
    passed = 0
  }
  if (person.length > 0) people.push(person)
  if (people.length > 0) yield { cursor: reached, people, asked }
}

type Answers = {
  readonly records: readonly RawRecord[]
  /** Every question was answered, be it with nobody. */
  readonly whole: boolean
}

/** The answers in the order of the people, `inFlight` under way at a time; undefined when the signal came first. */
const askAll = async (
  service: Service,
  { people }: Batch,
  inFlight: number,
  signal: AbortSignal,
): Promise<Answers | undefined> => {
  const answers: RawRecord[][] = []
  const put = new Set<string>()
  const failed = new AbortController()
  const either = AbortSignal.any([signal, failed.signal])
  let next = 0
  const worker = async (): Promise<void> => {
    for (let i = next++; i < people.length; i = next++) {
      const found: RawRecord[] = []
      answers[i] = found
      for (const identifier of inOrder(people[i] ?? [])) {
        const { type, issuer, value } = identifier
        const key = `${type} ${issuer} ${value}`
        if (put.has(key) || (type === lastResort && found.some(isAnswer))) continue
        put.add(key)
        const answer = await askOne(service, identifier, either)
        if (answer) found.push(answer)
      }
    }
  }
  try {
    await Promise.all(Array.from({ length: inFlight }, worker))
  } catch (error) {
    failed.abort(error)
    if (signal.aborted) return undefined
    throw error
  }
  const records = answers.flat()
  return { records, whole: records.every(({ data }) => data.unreadable === undefined) }
}

const isAnswer = ({ data }: RawRecord): boolean => data.refused === undefined && data.unreadable === undefined

const inOrder = (person: readonly Identifier[]): Identifier[] => [
  ...person.filter(({ type }) => type !== lastResort),
  ...person.filter(({ type }) => type === lastResort),
]

/** An answer that cannot be read is this person's trouble, not the pull's: it is kept as a record that will be rejected. */
const askOne = async (
  service: Service,
  identifier: Identifier,
  signal: AbortSignal,
): Promise<RawRecord | undefined> => {
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
