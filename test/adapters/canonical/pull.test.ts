import { afterEach, describe, expect, test } from 'vitest'
import { canonical } from '../../../adapters/canonical/adapter.ts'
import { PullError } from '../../../adapters/contract.ts'
import { type Inbox, makeInbox, pullAll } from '../folder.ts'
import { birthLine, deathLine, ndjson } from './source.ts'

let inbox: Inbox | undefined
afterEach(() => inbox?.remove())

const pull = async (files: Record<string, string | Uint8Array>) => {
  inbox = await makeInbox(files)
  const adapter = canonical({
    registry: 'ke-crs',
    timeZone: 'Africa/Nairobi',
    today: '2026-11-22',
    inbox: inbox.path,
    options: { settleMs: 0 },
  })
  const pages = await pullAll(adapter)
  const told = pages
    .flatMap((page) => page.records)
    .map((raw) => {
      const result = adapter.normalise(raw)
      return result.outcome === 'record' ? result.record.sourceId : `${raw.origin}: ${result.reasons[0]?.rule}`
    })
  return { told, completes: pages.flatMap((page) => page.completes ?? []) }
}

describe('lists in the hub’s own schema', () => {
  test.each([
    ['death.full.ndjson', ['death']],
    ['death.2026-11-22.full.ndjson', ['death']],
    ['death.full.jsonl', ['death']],
    ['death.ndjson', []],
    ['full.ndjson', []],
    ['deaths-full.ndjson', []],
  ])('%s is the complete list of %j', async (name, streams) => {
    expect(await pull({ [name]: ndjson([deathLine(1)]) })).toEqual({ told: ['D1'], completes: streams })
  })

  test('a complete list may leave out the stream that its name says, may have a slash in it, and may be empty', async () => {
    const { stream: _, ...line } = deathLine(1)
    expect(await pull({ 'death_42.full.ndjson': ndjson([line]) })).toEqual({ told: ['D1'], completes: ['death/42'] })
    await inbox?.remove()
    expect(await pull({ 'death.full.ndjson': '\n' })).toEqual({ told: [], completes: ['death'] })
  })

  test('lines that cannot be read are told one by one, and whoever stands in them is not taken for gone', async () => {
    const { stream: _, ...nowhere } = deathLine(4)
    const name = Buffer.from(ndjson([deathLine(9)]).replace('Wafula', 'Waf?la'))
    name[name.indexOf('?')] = 0xff
    const text = ndjson([deathLine(1), '{"sourceId": "D2"', '[1]', 'null', nowhere])
    expect(await pull({ 'x.ndjson': Buffer.concat([Buffer.from(text), name]) })).toEqual({
      told: [
        'D1',
        'x.ndjson line 2: line-not-json',
        'x.ndjson line 3: line-not-json',
        'x.ndjson line 4: line-not-json',
        'x.ndjson line 5: stream-missing',
        'x.ndjson line 6: line-not-utf-8',
      ],
      completes: [],
    })
    await inbox?.remove()
    expect(await pull({ 'death.full.ndjson': ndjson([deathLine(1), '{', deathLine(2)]) })).toMatchObject({
      told: ['D1', 'death.full.ndjson line 2: line-not-json', 'D2'],
      completes: [],
    })
  })

  test('a record of another stream in a complete list is not taken, and the list is none', async () => {
    expect(await pull({ 'death.full.ndjson': ndjson([deathLine(1), birthLine(2)]) })).toEqual({
      told: ['D1', 'death.full.ndjson line 2: list-differs'],
      completes: [],
    })
  })

  test('a byte order mark and line ends of any kind are read; other files are told', async () => {
    const text = ndjson([deathLine(1), deathLine(2)]).replaceAll('\n', '\r\n')
    expect((await pull({ 'a.csv': 'x', 'b.ndjson': `\ufeff${text}` })).told).toEqual([
      'a.csv: file-kind-unknown',
      'D1',
      'D2',
    ])
  })
})

test.each([
  ['encoding', 'gb18030'],
  ['streams', 'death'],
  ['streams', [7]],
])('a setting that does not fit is refused by name: options.%s', (name, value) => {
  const settings = { registry: 'ke-crs', timeZone: 'Africa/Nairobi', today: '2026-11-22', inbox: '/x' }
  expect(() => canonical({ ...settings, options: { [name]: value } })).toThrow(PullError)
  expect(() => canonical({ ...settings, options: { [name]: value } })).toThrow(`options.${name}`)
})
