import { afterEach, describe, expect, test } from 'vitest'
import type { Page } from '../../../adapters/contract.ts'
import { keSha } from '../../../adapters/ke-sha/adapter.ts'
import { makeSource, type Source, serviceOptions, settingsFor } from './source.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})
const source = async (given: Parameters<typeof makeSource>[0] = {}): Promise<Source> => {
  const made = await makeSource(given)
  open.push(made)
  return made
}

const pull = async ({ adapter, known }: Source, checkpoint?: Page['checkpoint']): Promise<Page[]> => {
  const pages: Page[] = []
  for await (const page of adapter.pull(checkpoint, { signal: new AbortController().signal, known })) pages.push(page)
  return pages
}
const completedBy = (pages: readonly Page[]) => pages.flatMap((page) => page.completes ?? [])
const clientsOf = (pages: readonly Page[]) =>
  pages.flatMap((page) => page.records).filter(({ stream }) => stream === 'client')
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

describe('pull', () => {
  test('delivers the files first, then what the service says about everybody whom the hub knows', async () => {
    const made = await source()
    const records = (await pull(made)).flatMap((page) => page.records)
    const streams = records.map(({ stream }) => stream)
    expect(streams.lastIndexOf('nhif')).toBeLessThan(streams.indexOf('client'))
    const asked = made.country.people.filter((person) => person.nssf && person.sha)
    const results = records.filter(({ stream }) => stream === 'client').map((raw) => made.adapter.normalise(raw))
    expect(results.filter(({ outcome }) => outcome === 'record').length).toBe(
      asked.filter((person) => person.identity?.number !== '99000015').length,
    )
    expect(results.filter(({ outcome }) => outcome === 'rejection')).toHaveLength(1)
  })

  test('the member export completes the list of members, and a whole walk that of the service’s clients', async () => {
    const pages = await pull(await source())
    expect(completedBy(pages)).toEqual(['nhif', 'client'])
    expect(pages.at(-1)?.completes).toEqual(['client'])
  })

  test('an export in parts completes nothing when the settings say so', async () => {
    expect(completedBy(await pull(await source({ options: { nhifFullRoll: false } })))).toEqual(['client'])
  })

  test('a walk over several pulls is whole when it ends, whichever page each of them was cut off after', async () => {
    const made = await source({ options: { askPage: 7 } })
    const asked = new Set<string>()
    const done: number[] = []
    let checkpoint: Page['checkpoint'] | undefined
    for (let life = 0; life < 100; life += 1) {
      const pages = made.adapter.pull(checkpoint, { signal: new AbortController().signal, known: made.known })
      for await (const page of pages) {
        checkpoint = JSON.parse(JSON.stringify(page.checkpoint))
        for (const raw of page.records) if (raw.stream === 'client') asked.add(JSON.stringify(raw.data.asked))
        if (checkpoint?.cursor !== undefined) done.push(page.progress?.done ?? 0)
        if (page.completes?.includes('client')) {
          expect(asked.size).toBe(clientsOf(await pull(await source())).length)
          // Each life would begin at nothing if the place in the walk did not count.
          expect(done).toEqual([...done].sort((a, b) => a - b))
          return
        }
        break
      }
    }
    expect.unreachable('the walk never completed')
  })

  test.each([
    ['that was left by a version which did not say so', { cursor: 'ke-0000003' }],
    ['in which somebody was left out', { cursor: 'ke-0000003', asked: 7, whole: false }],
  ])('a walk %s completes nothing, and the next one does', async (_, place) => {
    const made = await source()
    const first = await pull(made, place)
    expect(clientsOf(first).length).toBeGreaterThan(0)
    expect(completedBy(first)).not.toContain('client')
    expect(completedBy(await pull(made, first.at(-1)?.checkpoint))).toEqual(['client'])
  })

  test('an answer that could not be read leaves its person out, so that the walk completes nothing', async () => {
    expect(completedBy(await pull(await source({ options: { maxBytes: 7_000 } })))).toEqual(['nhif'])
  })

  test('a service that fails ends the walk before its end, and the list stays open', async () => {
    const made = await source()
    const pages: Page[] = []
    const run = async () => {
      for await (const page of made.adapter.pull(undefined, {
        signal: new AbortController().signal,
        known: made.known,
      })) {
        pages.push(page)
        made.server.failNext(500)
      }
    }
    expect(await failureOf(run())).toMatchObject({ recovery: 'retry' })
    expect(completedBy(pages)).toEqual(['nhif'])
  })

  test('people of other countries are passed over without a call, and the place moves past them', async () => {
    const made = await source()
    const known = async function* () {
      yield { cursor: 'a', identifier: { type: 'national-id', issuer: 'la', value: '99000001' } } as const
      yield { cursor: 'b', identifier: { type: 'national-id', issuer: 'ke', value: '99000001' } } as const
      yield { cursor: 'c', identifier: { type: 'national-id', issuer: 'la', value: '99000002' } } as const
    }
    const pages = await pull({ ...made, known })
    expect(clientsOf(pages).map(({ data }) => data.asked)).toEqual([{ type: 'national-id', value: '99000001' }])
    expect(pages.map(({ checkpoint }) => checkpoint.cursor)).toContain('c')
    expect(made.server.calls()['/v3/client-registry/fetch-client']).toBe(1)
  })

  test('SHA’s own number is asked by only where a person’s other numbers brought no answer', async () => {
    const made = await source()
    const number = made.country.people.flatMap(({ identity, sha }) =>
      identity?.number === '99000001' && sha ? [sha.number] : [],
    )[0]
    const own = { type: 'sha-number', issuer: 'ke', value: number ?? '' } as const
    const asked = async (national: string) => {
      const known = async function* () {
        yield { cursor: '', identifier: own }
        yield { cursor: 'a', identifier: { type: 'national-id', issuer: 'ke', value: national } } as const
      }
      return clientsOf(await pull({ ...made, known })).map(({ data }) => data.asked)
    }
    expect(await asked('99000001')).toEqual([{ type: 'national-id', value: '99000001' }])
    expect(await asked('1234599')).toEqual([{ type: own.type, value: own.value }])
  })

  test('a broken answer about one person is told and does not stop the others', async () => {
    const made = await source({ options: { maxBytes: 7_000 } })
    const raws = (await pull(made)).flatMap((page) => page.records).filter(({ stream }) => stream === 'client')
    const results = raws.map((raw) => ({ raw, result: made.adapter.normalise(raw) }))
    const unreadable = results.filter(
      ({ result }) => result.outcome === 'rejection' && result.reasons[0]?.rule === 'answer-unreadable',
    )
    // A household of six makes an answer that is larger than that.
    expect(unreadable.map(({ raw }) => raw.data.asked)).toContainEqual({ type: 'national-id', value: '99000006' })
    expect(results.filter(({ result }) => result.outcome === 'record').length).toBeGreaterThan(20)
  })

  test('after an outage it goes on where it was, and asks nobody twice', async () => {
    const made = await source({ options: { inFlight: 1, askPage: 5 } })
    const pages: Page[] = []
    const run = async () => {
      for await (const page of made.adapter.pull(undefined, {
        signal: new AbortController().signal,
        known: made.known,
      })) {
        pages.push(page)
        if (page.records.some(({ stream }) => stream === 'client')) made.server.failNext(500)
      }
    }
    expect(await failureOf(run())).toMatchObject({ recovery: 'retry' })
    const rest = await pull(made, pages.at(-1)?.checkpoint)
    const numbers = (of: readonly Page[]) =>
      of
        .flatMap((page) => page.records)
        .filter(({ stream }) => stream === 'client')
        .map(({ data }) => JSON.stringify(data.asked))
    const whole = numbers(await pull(await source()))
    expect([...numbers(pages), ...numbers(rest)]).toEqual(whole)
    expect(rest.flatMap((page) => page.records).filter(({ stream }) => stream === 'nhif')).toEqual([])
  })

  test('a finished pull begins the next one with everybody again', async () => {
    const made = await source()
    const last = (await pull(made)).at(-1)
    const again = await pull(made, last?.checkpoint)
    expect(again.flatMap((page) => page.records).some(({ stream }) => stream === 'client')).toBe(true)
    expect(again.flatMap((page) => page.records).some(({ stream }) => stream === 'nhif')).toBe(false)
  })

  test('keeps within the calls a second that the registry allows', async () => {
    const made = await source({ options: { perSecond: 200 } })
    const began = Date.now()
    await pull(made)
    const calls = Object.values(made.server.calls()).reduce((sum, count) => sum + count, 0)
    expect(Date.now() - began).toBeGreaterThanOrEqual(((calls - 1) / 200) * 1000 * 0.95)
  })

  test('without an address it reads files alone, and cannot be asked', async () => {
    const made = await source()
    const adapter = keSha(settingsFor({}, made.inbox))
    expect(adapter.fetchOne).toBeUndefined()
    const records = (await pull({ ...made, adapter })).flatMap((page) => page.records)
    expect(records.length).toBeGreaterThan(20)
    expect(made.server.calls()).toEqual({})
  })

  test('without an inbox it asks the service alone', async () => {
    const made = await source()
    const adapter = keSha(settingsFor(serviceOptions(made.server.url)))
    const streams = new Set(
      (await pull({ ...made, adapter })).flatMap((page) => page.records).map(({ stream }) => stream),
    )
    expect([...streams]).toEqual(['client'])
  })

  test('a named file is read alone', async () => {
    const made = await source({ options: { file: 'nhif-members.csv' } })
    const streams = new Set((await pull(made)).flatMap((page) => page.records).map(({ stream }) => stream))
    expect([...streams]).toEqual(['nhif'])
    expect(made.server.calls()).toEqual({})
  })
})
