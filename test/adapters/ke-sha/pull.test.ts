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

  test('the member export completes the list of members, and nothing completes the service’s', async () => {
    const completed = (await pull(await source())).flatMap((page) => page.completes ?? [])
    expect(completed).toEqual(['nhif'])
  })

  test('an export in parts completes nothing when the settings say so', async () => {
    const completed = (await pull(await source({ options: { nhifFullRoll: false } }))).flatMap(
      (page) => page.completes ?? [],
    )
    expect(completed).toEqual([])
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
