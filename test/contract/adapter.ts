/**
 * The suite that every adapter passes. It says when an adapter is done: `pamoja adapter test NAME` runs it, too.
 * An adapter's own test file calls `adapterContract` with a source it can prepare, and with fixtures raw -> expected.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import {
  type Adapter,
  type Checkpoint,
  type Normalised,
  type Page,
  type PullContext,
  PullError,
  type RawRecord,
} from '../../adapters/contract.ts'
import { validateSourceRecord } from '../../schemas/validate.ts'
import { mangled, markers, placesOf, replacedAt } from './mangle.ts'

export type Fixture = { readonly name: string; readonly raw: RawRecord; readonly expected: Normalised }

/** An adapter on a source of its own, ready to be pulled. */
export type Subject = {
  readonly adapter: Adapter
  /** What the hub knows from other registries; for services that list nobody. */
  readonly known?: PullContext['known']
  close(): Promise<void>
}

export type AdapterUnderTest = {
  readonly name: string
  /**
   * Prepares a source of at least three pages and an adapter for it. `poisoned` is the same source with one record broken
   * so that it can only be rejected. Every call prepares the same content anew.
   */
  make(source: 'clean' | 'poisoned'): Promise<Subject>
  readonly fixtures: readonly Fixture[]
  /** Sources that fail, each with the recovery it must ask for. */
  readonly failures: readonly {
    readonly name: string
    make(): Promise<Subject>
    readonly recovery: PullError['recovery']
  }[]
  /** Keys, names and numbers that the sources hold: none may stand in an error or an origin. */
  readonly secrets: readonly string[]
}

/** Reads `*.json` of a folder, each a list of fixtures. */
export const readFixtures = (folder: string): Fixture[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .flatMap((name): Fixture[] => JSON.parse(readFileSync(join(folder, name), 'utf8')))

const mostRecordsInAPage = 1000
const longest = { pointer: 200, rule: 60, message: 400 }

export const adapterContract = (subject: AdapterUnderTest): void => {
  const open: Subject[] = []
  const prepare = async (source: 'clean' | 'poisoned'): Promise<Subject> => {
    const made = await subject.make(source)
    open.push(made)
    return made
  }
  afterEach(async () => {
    for (const made of open.splice(0)) await made.close()
  })

  describe(`the contract of ${subject.name}: pull`, () => {
    pullContract(subject, prepare)
  })
  describe(`the contract of ${subject.name}: normalise`, () => {
    normaliseContract(subject, prepare)
  })
}

type Prepare = (source: 'clean' | 'poisoned') => Promise<Subject>

const nobody: PullContext['known'] = async function* () {}

const pull = (made: Subject, checkpoint?: Checkpoint, signal = new AbortController().signal): AsyncIterable<Page> =>
  made.adapter.pull(checkpoint, { signal, known: made.known ?? nobody })

const collect = async (pages: AsyncIterable<Page>): Promise<Page[]> => {
  const all: Page[] = []
  for await (const page of pages) all.push(page)
  return all
}

const recordsOf = (pages: readonly Page[]): RawRecord[] => pages.flatMap((page) => page.records)
const keysOf = (pages: readonly Page[]): Set<string> => new Set(recordsOf(pages).map((raw) => JSON.stringify(raw)))
const stored = (checkpoint: Checkpoint): Checkpoint => JSON.parse(JSON.stringify(checkpoint))
const missing = (from: ReadonlySet<string>, all: ReadonlySet<string>): string[] =>
  [...all].filter((key) => !from.has(key))

function pullContract(subject: AdapterUnderTest, prepare: Prepare): void {
  test('yields pages of bounded size, JSON-safe, whose origins name nobody', async () => {
    const pages = await collect(pull(await prepare('clean')))
    expect(pages.length).toBeGreaterThanOrEqual(3)
    for (const page of pages) {
      expect(page.records.length).toBeLessThanOrEqual(mostRecordsInAPage)
      expect(stored(page.checkpoint)).toEqual(page.checkpoint)
    }
    for (const raw of recordsOf(pages)) {
      expect(JSON.parse(JSON.stringify(raw))).toEqual(raw)
      for (const secret of subject.secrets) expect(raw.origin).not.toContain(secret)
    }
  })

  test('delivers the same records for the same source, under ids that stay the same', async () => {
    const ids = async () => {
      const made = await prepare('clean')
      return recordsOf(await collect(pull(made))).map((raw) => made.adapter.normalise(raw))
    }
    const [first, second] = [await ids(), await ids()]
    expect(second).toEqual(first)
    const sourceIds = first.flatMap((result) => (result.outcome === 'record' ? [result.record.sourceId] : []))
    expect(new Set(sourceIds).size).toBe(sourceIds.length)
    expect(sourceIds.length).toBeGreaterThan(0)
  })

  test('resumed from any checkpoint, loses nothing', async () => {
    const made = await prepare('clean')
    const pages = await collect(pull(made))
    const all = keysOf(pages)
    for (const [index, page] of pages.entries()) {
      const rest = await collect(pull(made, stored(page.checkpoint)))
      const before = keysOf(pages.slice(0, index + 1))
      expect(missing(new Set([...before, ...keysOf(rest)]), all)).toHaveLength(0)
    }
  })

  test('killed after every page, still comes to deliver everything', async () => {
    const made = await prepare('clean')
    const all = keysOf(await collect(pull(made)))
    const delivered = new Set<string>()
    let checkpoint: Checkpoint | undefined
    for (let life = 0; life < 200 && missing(delivered, all).length > 0; life += 1) {
      for await (const page of pull(made, checkpoint)) {
        for (const key of keysOf([page])) delivered.add(key)
        checkpoint = stored(page.checkpoint)
        break
      }
    }
    expect(missing(delivered, all)).toHaveLength(0)
  })

  test('calls a list complete only when all of it has been delivered, by this pull or those it goes on from', async () => {
    const made = await prepare('clean')
    const pages = await collect(pull(made))
    const whole = (stream: string) =>
      new Set(
        recordsOf(pages)
          .filter((raw) => raw.stream === stream)
          .map((raw) => JSON.stringify(raw)),
      )
    for (let from = 0; from <= pages.length; from += 1) {
      const seen = pages.slice(0, from)
      const start = seen.at(-1)
      for await (const page of pull(made, start && stored(start.checkpoint))) {
        seen.push(page)
        for (const stream of page.completes ?? []) expect(missing(keysOf(seen), whole(stream))).toHaveLength(0)
      }
    }
  })

  test('begins anew, and loses nothing, when a checkpoint is not one of its own', async () => {
    const made = await prepare('clean')
    const all = keysOf(await collect(pull(made)))
    for (const checkpoint of [{}, { done: 7, current: [], cursor: { deep: null } }]) {
      expect(missing(keysOf(await collect(pull(made, checkpoint))), all)).toHaveLength(0)
    }
  })

  test('ends within one page of an abort', async () => {
    const made = await prepare('clean')
    const controller = new AbortController()
    let after = 0
    const run = async () => {
      for await (const _ of pull(made, undefined, controller.signal)) {
        if (controller.signal.aborted) after += 1
        controller.abort(new Error('stopping'))
      }
    }
    // It may end quietly or with the reason of the abort; anything else is a failure.
    await run().catch((error: unknown) => expect(error).toBe(controller.signal.reason))
    expect(controller.signal.aborted).toBe(true)
    expect(after).toBeLessThanOrEqual(1)
  })

  test('a poisoned record is rejected with a reason, and its neighbours survive', async () => {
    const accepted = async (source: 'clean' | 'poisoned') => {
      const made = await prepare(source)
      const results = recordsOf(await collect(pull(made))).map((raw) => made.adapter.normalise(raw))
      const ids = results.flatMap((result) => (result.outcome === 'record' ? [result.record.sourceId] : []))
      return { ids: new Set(ids), rejected: results.length - ids.length }
    }
    const [clean, poisoned] = [await accepted('clean'), await accepted('poisoned')]
    expect(missing(poisoned.ids, clean.ids)).toHaveLength(1)
    expect(missing(clean.ids, poisoned.ids)).toHaveLength(0)
    expect(poisoned.rejected).toBe(clean.rejected + 1)
  })

  test.each(subject.failures.map((failure) => [failure.name, failure] as const))(
    'fails with what to do next and nothing about anybody: %s',
    async (_, failure) => {
      const made = await failure.make()
      const error = await collect(pull(made)).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      await made.close()
      expect(error).toBeInstanceOf(PullError)
      if (!(error instanceof PullError)) return
      expect(error.recovery).toBe(failure.recovery)
      const told = `${error.stack} ${String(error.cause)} ${JSON.stringify(error)}`
      for (const secret of subject.secrets) expect(told).not.toContain(secret)
    },
  )
}

function normaliseContract(subject: AdapterUnderTest, prepare: Prepare): void {
  const raws = subject.fixtures.map(({ raw }) => raw)

  test.each(subject.fixtures.map((fixture) => [fixture.name, fixture] as const))('%s', async (_, { raw, expected }) => {
    const { adapter } = await prepare('clean')
    expect(adapter.normalise(raw)).toEqual(expected)
  })

  test('answers the same for the same, throws for nothing, and its answers fit the schema', async () => {
    const { adapter } = await prepare('clean')
    fc.assert(
      fc.property(mangled(raws), (raw) => {
        const before = JSON.stringify(raw)
        const result = adapter.normalise(raw)
        expect(adapter.normalise(structuredClone(raw))).toEqual(result)
        expect(JSON.stringify(raw)).toBe(before)
        check(adapter, result)
        expect(Reflect.get({}, 'polluted')).toBeUndefined()
      }),
      { numRuns: 600 },
    )
  })

  test('never repeats a value in a reason or a note, wherever the value stood', async () => {
    const { adapter } = await prepare('clean')
    for (const raw of raws) {
      for (const path of placesOf(raw.data)) {
        for (const marker of markers) {
          const result = adapter.normalise(replacedAt(raw, ['data', ...path], marker))
          const remarks = result.outcome === 'rejection' ? result.reasons : result.record.quality
          expect(JSON.stringify(remarks)).not.toContain(marker)
        }
      }
    }
  })

  test('a record of a stream that it does not have is a rejection', async () => {
    const { adapter } = await prepare('clean')
    const [raw] = raws
    if (!raw) throw new Error('An adapter needs fixtures.')
    const result = adapter.normalise({ ...raw, stream: 'no-such-stream' })
    expect(result.outcome).toBe('rejection')
    check(adapter, result)
  })
}

/** A record fits the schema and bears its registry; a rejection has reasons that fit theirs. */
const check = (adapter: Adapter, result: Normalised): void => {
  if (result.outcome === 'record') {
    expect(validateSourceRecord(result.record)).toEqual([])
    expect(result.record.registry).toBe(adapter.registry)
    return
  }
  expect(result.reasons.length).toBeGreaterThan(0)
  for (const reason of result.reasons) {
    expect(reason.pointer).toMatch(/^(\/|$)/)
    for (const field of ['pointer', 'rule', 'message'] as const)
      expect(reason[field].length).toBeLessThanOrEqual(longest[field])
    expect(Math.min(reason.rule.length, reason.message.length)).toBeGreaterThan(0)
  }
  expect((result.sourceId ?? 'x').length).toBeLessThanOrEqual(120)
}
