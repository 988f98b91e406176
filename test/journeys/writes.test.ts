/** Writes on the wire: carried out once, refused with a reason, and never a word about the people in them. */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PushAnswer, SyncRun } from '../../schemas/contract.ts'
import { type DemoHub, demoHub } from '../kit/demo-hub.ts'
import {
  type Answer,
  canariesOf,
  expectProblem,
  lookupPath,
  makeWire,
  nationalId,
  type Sent,
  type Wire,
} from '../kit/wire.ts'

let demo: DemoHub
let wire: Wire
beforeAll(async () => {
  demo = await demoHub(120)
  wire = makeWire(demo)
}, 180_000)
afterAll(() => demo?.close())

/** A woman in both Kenyan registries. */
const taken = '99000011'
const ask = (value: string) => wire.send({ path: lookupPath, body: nationalId(value) })
const key = () => randomUUID()
const write = (sent: Sent, idempotency: string | null = key()) =>
  wire.send({
    client: 'demo-operator',
    scope: 'registries:write',
    ...sent,
    headers: { 'Idempotency-Key': idempotency, ...sent.headers },
  })
const push = (data: Record<string, string>, idempotency: string | null = key()) =>
  write({ path: '/v1/registries/ke-nssf/records', body: { stream: 'member', records: [{ data }] } }, idempotency)
const post = (path: string, idempotency: string | null = key()) => write({ path, method: 'POST' }, idempotency)
const member = (no: string) => ({
  'NSSF NO': no,
  SURNAME: 'Sharer',
  'OTHER NAMES': 'Wambui',
  STATUS: 'Active',
  DOB: '18/08/1961',
})
const syncs = '/v1/registries/la-lsso/syncs'
/** An id that the hub gave to nothing. */
const nobody = '0192f5c2-7a10-7c44-9f0e-3b2a1c4d5e6f'
const replays = '/v1/registries/ke-nssf/rejections/replay'

describe('writes', () => {
  const withoutKey: [string, (idempotency: string | null) => Promise<Answer>][] = [
    ['a push', (idempotency) => push(member('9907770002'), idempotency)],
    ['a sync', (idempotency) => post(syncs, idempotency)],
    ['a replay of all', (idempotency) => post(replays, idempotency)],
    ['a replay of one', (idempotency) => post(`/v1/registries/ke-nssf/rejections/${nobody}/replay`, idempotency)],
  ]
  test.each(withoutKey)('%s without a key is refused, and with one that is too short', async (_, call) => {
    expectProblem(await call(null), 400, 'idempotency_key_missing')
    expectProblem(await call('short'), 400, 'invalid_request')
  })

  test.each([
    ['a push', '/v1/registries/ke-nssf/records'],
    ['a sync', syncs],
    ['a replay of all', replays],
    ['a replay of one', `/v1/registries/ke-nssf/rejections/${nobody}/replay`],
  ])('%s with a token for reading is refused', async (_, path) => {
    const reading = { client: 'demo-operator', scope: 'registries:read', method: 'POST' } as const
    expectProblem(await wire.send({ path, ...reading, headers: { 'Idempotency-Key': key() } }), 403, 'scope_missing')
  })

  test('a push that is repeated is carried out once and answered alike; the key with another body is refused', async () => {
    const once = key()
    const first = await push(member('9907770003'), once)
    const again = await push(member('9907770003'), once)
    expect([first.status, first.body]).toEqual([200, { accepted: 1, unchanged: 0, rejected: [] }])
    expect([again.status, again.body]).toEqual([first.status, first.body])
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual(['false', 'true'])
    expectProblem(await push(member('9907770004'), once), 422, 'idempotency_key_reused')
    expect((await push(member('9907770004'))).body).toMatchObject({ accepted: 1 })
  })

  test('a push that was refused leaves its key free for the mended one', async () => {
    const once = key()
    const path = '/v1/registries/ke-nssf/records'
    expectProblem(await write({ path, body: { stream: 'member', records: [] } }, once), 400, 'invalid_request')
    expectProblem(await write({ path, text: '{"stream":' }, once), 400, 'malformed_body')
    expect((await push(member('9907770005'), once)).status).toBe(200)
  })

  test('a bad record is a rejection that repeats nothing; its replay answers why it is refused again', async () => {
    const pushed = await push({ ...member('99O777'), 'ID NO': '99000001' })
    const { rejected } = pushed.body as PushAnswer
    expect(rejected).toMatchObject([{ index: 0, reasons: [{ pointer: '/NSSF NO', rule: 'pattern' }] }])
    const listed = await wire.send({
      path: '/v1/registries/ke-nssf/rejections?state=open&limit=200',
      client: 'demo-operator',
      scope: 'registries:read',
    })
    const { items } = listed.body as { items: { id: string; reasons: { rule: string; pointer: string }[] }[] }
    const mine = items.filter(({ reasons }) => reasons.some(({ pointer }) => pointer === '/NSSF NO')).at(-1)
    const [once, path] = [key(), `/v1/registries/ke-nssf/rejections/${mine?.id}/replay`]
    const replay = await post(path, once)
    expect(replay.body).toMatchObject({ outcome: 'rejected', reasons: [{ rule: 'pattern' }] })
    const again = await post(path, once)
    expect([again.body, again.headers.get('idempotency-replayed')]).toEqual([replay.body, 'true'])
    expectProblem(await post(`/v1/registries/ke-nssf/rejections/${nobody}/replay`, once), 422, 'idempotency_key_reused')
    expectProblem(await post(`/v1/registries/la-lsso/rejections/${mine?.id}/replay`), 404, 'not_found')
    expectProblem(await post(`/v1/registries/ke-nssf/rejections/${nobody}/replay`), 404, 'not_found')
  })

  test('a sync that is started again with its key is the same sync; with another key it is refused while it runs', async () => {
    const once = key()
    const first = await post(syncs, once)
    expect(first.status).toBe(202)
    const run = first.body as SyncRun
    expect(first.headers.get('location')).toBe(`${syncs}/${run.id}`)
    const again = await post(syncs, once)
    expect([again.status, (again.body as SyncRun).id, again.headers.get('idempotency-replayed')]).toEqual([
      202,
      run.id,
      'true',
    ])
    while (['queued', 'running'].includes((await demo.hub.core.syncRun('la-lsso', run.id)).status)) await sleep(20)
    // A run that no worker was told of: it stays queued until the sweeper comes.
    await demo.owner.query(
      "insert into sync_run (id, registry, status, queued_at) values ($1, 'la-lsso', 'queued', now())",
      [nobody],
    )
    try {
      expectProblem(await post(syncs), 409, 'sync_running')
    } finally {
      await demo.owner.query('delete from sync_run where id = $1', [nobody])
    }
  })

  test.each(['/v1/registries/ke-none/syncs', '/v1/registries/ke-none/rejections/replay'])(
    'an unknown registry is not found: %s',
    async (path) => expectProblem(await post(path), 404, 'not_found'),
  )

  test('a push of more records, or more bytes, than a page may have is refused whole', async () => {
    const path = '/v1/registries/ke-nssf/records'
    const records = (count: number, size: number) => ({
      stream: 'member',
      records: Array.from({ length: count }, () => ({ data: { NOTE: 'x'.repeat(size) } })),
    })
    expectProblem(await write({ path, body: records(501, 1) }), 400, 'invalid_request')
    expectProblem(await write({ path, body: records(500, 9_000) }), 413, 'payload_too_large')
  })
})

describe('a number that two people hold', () => {
  test('shows nobody as soon as a second holder is pushed', async () => {
    expect((await ask(taken)).body).toMatchObject({ outcome: 'match' })
    const pushed = await push({
      'NSSF NO': '9907770001',
      SURNAME: 'Sharer',
      'OTHER NAMES': 'Wambui',
      'ID NO': taken,
      DOB: '17/08/1961',
      SEX: 'M',
      'DATE JOINED': '01/02/1999',
      STATUS: 'Active',
    })
    expect(pushed.body).toEqual({ accepted: 1, unchanged: 0, rejected: [] })
    while ((await demo.hub.core.backlog()).waiting > 0) await sleep(20)
    const { result, left } = await wire.leavesOf(() => ask(taken))
    expectProblem(result, 409, 'identifier_conflict')
    expect(left).toMatchObject([{ outcome: 'conflict' }])
    expect(left[0]).not.toHaveProperty('subject')
  })
})

test('no refusal, log line or leaf names anybody who was written or asked about', async () => {
  const canaries = canariesOf(demo, ['Sharer', '99O777', '9907770001', '9907770003'])
  const refused = wire.answers.filter(({ status }) => status >= 400).map(({ text }) => text)
  expect(refused.length).toBeGreaterThan(20)
  for (const text of [...refused, demo.log.join('\n'), JSON.stringify(await wire.leaves())])
    expect(canaries.filter((canary) => text.includes(canary))).toEqual([])
})
