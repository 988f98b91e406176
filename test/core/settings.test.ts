import { afterAll, beforeAll, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { applySettings, readSettings, type Settings } from '../../core/settings.ts'
import { demoRegistries, demoSettings } from '../../demo/settings.ts'
import { HubError } from '../../errors.ts'
import { agreementsFor, readClient } from '../../store/agreements.ts'
import { type TestDatabase, testDatabase } from '../kit/database.ts'

const key = { publicKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } }
const demoText = demoSettings(
  { demo: key, 'demo-lao': key, 'demo-operator': key, 'demo-reconciler': key, 'demo-steward': key },
  { url: 'http://127.0.0.1:1', key: 'k', username: 'u', password: 'p' },
)
const reasonsOf = (text: string) => {
  try {
    readSettings(text)
    return []
  } catch (reason) {
    if (reason instanceof HubError) return reason.reasons
    throw reason
  }
}
let database: TestDatabase
beforeAll(async () => {
  database = await testDatabase()
})
afterAll(() => database.drop())

test('the settings of the demo fit', () => {
  expect(reasonsOf(demoText)).toEqual([])
})

test('every problem is named at once, by where it stands', () => {
  const settings = readSettings(demoText) as Settings & { extra?: string }
  settings.extra = 'x'
  for (const registry of Object.values(settings.registries)) registry.nightly = '25:00'
  const pointers = reasonsOf(stringify(settings)).map((reason) => reason.pointer)
  expect(pointers).toEqual(expect.arrayContaining(['/registries/ke-nssf/nightly', '/registries/ke-sha/nightly']))
  expect(pointers.length).toBeGreaterThanOrEqual(4)
})

test('names that stand nowhere else in the file are named', () => {
  const settings = readSettings(demoText)
  settings.agreements = settings.agreements.map((agreement) => ({
    ...agreement,
    purpose: 'unknown',
    registries: ['ke-other'],
  }))
  expect(reasonsOf(stringify(settings)).map((reason) => reason.rule)).toContain('known-name')
})

test('what is no network is named by its place, before anything is sent', () => {
  const settings = readSettings(demoText)
  settings.events = { networks: ['10.20.0.0/16', '10.20.0.0/33', 'fd00::/8', '300.1.1.1/8'] }
  expect(reasonsOf(stringify(settings)).map(({ pointer, rule }) => `${pointer} ${rule}`)).toEqual([
    '/events/networks/1 cidr',
    '/events/networks/3 cidr',
  ])
})

test('a client that may write names the registries that it may write to, and they stand in the file', () => {
  const settings = readSettings(demoText)
  const operator = settings.clients['demo-operator']
  if (!operator) throw new Error('no operator')
  expect(operator.registries).toEqual(demoRegistries)
  delete operator.registries
  expect(reasonsOf(stringify(settings))).toMatchObject([
    {
      pointer: '/clients/demo-operator/registries',
      rule: 'required',
      message: expect.stringMatching(/registries:write/),
    },
  ])
  operator.registries = ['ke-nssf', 'ke-other']
  expect(reasonsOf(stringify(settings))).toMatchObject([
    { pointer: '/clients/demo-operator/registries', rule: 'known-name', message: expect.stringMatching(/ke-other/) },
  ])
})

const january = '2026-01-01T00:00:00Z'
const june = '2026-06-01T00:00:00+03:00'
const december = '2026-12-01T00:00:00Z'
const pairs: [says: string, first: [string, string], second: [string, string], other: object, pointers: string[]][] = [
  ['one within the other', [january, december], [january, june], {}, ['/agreements/1']],
  ['the later one written first', [june, december], [january, december], {}, ['/agreements/1']],
  ['one that begins when the other ends', [january, june], ['2026-05-31T21:00:00Z', december], {}, []],
  [
    'one that begins a second before the other ends',
    [january, june],
    ['2026-05-31T20:59:59Z', december],
    {},
    ['/agreements/1'],
  ],
  ['another purpose', [january, december], [january, december], { purpose: 'reconciliation' }, []],
  ['another agency', [january, december], [january, december], { agency: 'demo-lao-office' }, []],
]
test.each(pairs)('two agreements of an agency and purpose, %s', (_says, [from, until], second, other, pointers) => {
  const settings = readSettings(demoText)
  const one = { agency: 'demo-clinic', purpose: 'coverage-check', registries: ['ke-nssf'], fields: ['name' as const] }
  settings.agreements = [
    { ...one, from, until },
    { ...one, ...other, from: second[0], until: second[1] },
  ]
  const reasons = reasonsOf(stringify(settings))
  expect(reasons.map(({ pointer }) => pointer)).toEqual(pointers)
  for (const { rule, message } of reasons)
    expect({ rule, message }).toEqual({ rule: 'no-overlap', message: expect.stringContaining('/agreements/0') })
})

test('a private key among the public ones is refused', () => {
  const settings = readSettings(demoText)
  for (const client of Object.values(settings.clients)) client.keys = [{ ...key.publicKey, d: 'secret' }]
  expect(reasonsOf(stringify(settings)).length).toBeGreaterThan(0)
  expect(JSON.stringify(reasonsOf(stringify(settings)))).not.toContain('secret')
})

test('what is not YAML says so', () => {
  expect(reasonsOf('registries: [').map((reason) => reason.rule)).toEqual(['yaml'])
})

test('demo clients open nothing in production', async () => {
  await applySettings(database.db, readSettings(demoText), 'production')
  expect(await readClient(database.db, 'demo')).toBeUndefined()
  await applySettings(database.db, readSettings(demoText), 'demo')
  expect(await readClient(database.db, 'demo')).toMatchObject({ agency: 'demo-clinic', active: true })
})

test('a client that the file no longer names is switched off, and its agreements end', async () => {
  const settings = readSettings(demoText)
  await applySettings(database.db, settings, 'demo')
  delete settings.clients.demo
  settings.agreements = settings.agreements.filter(({ agency }) => agency !== 'demo-clinic')
  expect(await agreementsInForce('demo-operator', 'reconciliation')).toBe(1)
  await applySettings(database.db, settings, 'demo')
  expect(await readClient(database.db, 'demo')).toBeUndefined()
  const [row] = await database.db.query<{ open: number }>(
    `select count(*)::int as open from agreement where agency = 'demo-clinic' and valid_until > now()`,
  )
  expect(row?.open).toBe(0)
  expect(await agreementsInForce('demo-operator', 'reconciliation')).toBe(1)
})

const agreementsInForce = async (client: string, purpose: string) =>
  (await agreementsFor(database.db, client, purpose)).filter((agreement) => agreement.valid_until > new Date()).length
