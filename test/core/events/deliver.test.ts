import { createHash, createPublicKey, verify } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { deliverDue } from '../../../core/events/deliver.ts'
import { signingKey } from '../../../core/events/signature.ts'
import { announce, claimDeliveries, countDue, forgetDelivered } from '../../../store/deliveries.ts'
import { newId } from '../../../store/ids.ts'
import { type TestCore, testCore } from '../../kit/core.ts'

type Received = { url: string; headers: IncomingHttpHeaders; body: string }
type Answer = { status: number; headers?: Record<string, string> } | 'silence'

/** A real receiver on this machine that answers as told and keeps what it got. */
async function receiver() {
  const received: Received[] = []
  let answer: Answer = { status: 204 }
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      received.push({ url: request.url ?? '', headers: request.headers, body })
      if (answer === 'silence') return void request.socket.destroy()
      response.writeHead(answer.status, answer.headers).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answers: (next: Answer) => {
      answer = next
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}

let test: TestCore
let hook: Awaited<ReturnType<typeof receiver>>
let now: number
const opened = { type: 'finding.opened', registry: 'ke-nssf', subject: newId(), data: { rule: 'R02', state: 'open' } }

beforeEach(async () => {
  test = await testCore([])
  await test.owner.query(`update client set registries = '{ke-nssf,ke-sha}' where id = 'desk'`)
  hook = await receiver()
  now = Date.parse('2026-11-23T04:00:00Z')
})
afterEach(async () => {
  await hook.close()
  await test.close()
})

const needs = (networks = ['127.0.0.0/8']) => ({
  ...test.needs,
  now: () => new Date(now),
  events: { source: 'https://hub.example.org', networks },
})
async function subscribe(registries = ['ke-nssf'], url = hook.url) {
  const id = newId()
  await test.needs.db.query(
    `insert into subscription (id, agency, client, url, events, registries, state, created_at)
     values ($1, 'clinic', 'desk', $2, '{finding.opened}', $3, 'active', now())`,
    [id, url, registries],
  )
  return id
}
const tell = (events: readonly (typeof opened)[] = [opened]) => announce(test.needs.db, events, new Date(now))
const deliveries = () =>
  test.needs.db.query<{ id: string; state: string; attempts: number; next_at: Date; answer: string | null }>(
    'select id, state, attempts, next_at, answer from delivery order by id',
  )

describe('delivering events', () => {
  it('tells each subscriber of its own registries and kinds of events only', async () => {
    await subscribe(['ke-nssf'])
    await subscribe(['ke-sha'])
    expect(await tell([opened, { ...opened, type: 'finding.resolved' }, { ...opened, registry: 'la-lsso' }])).toBe(1)
    expect(await deliverDue(needs())).toBe(1)
    const [got] = hook.received
    const [row] = await deliveries()
    expect(JSON.parse(got?.body ?? '')).toEqual({
      specversion: '1.0',
      id: row?.id,
      source: 'https://hub.example.org',
      type: 'org.pamoja.finding.opened',
      subject: opened.subject,
      time: '2026-11-23T04:00:00.000Z',
      datacontenttype: 'application/json',
      data: { registry: 'ke-nssf', rule: 'R02', state: 'open' },
    })
    expect(row).toMatchObject({ state: 'delivered', attempts: 1, answer: '204' })
  })

  it('tells a client that was switched off nothing more, not even what has waited', async () => {
    await subscribe()
    await tell()
    const { owner } = test
    await owner.query(`update client set active = false where id = 'desk'`)
    expect(await tell()).toBe(0)
    expect(await deliverDue(needs())).toBe(0)
    expect(hook.received).toEqual([])
    expect(await deliveries()).toMatchObject([{ state: 'waiting', attempts: 0 }])
  })

  it.each([
    ['whose agreement has ended', `update agreement set valid_until = '2026-11-23T04:00:00Z' where agency = 'clinic'`],
    ['whose agreement covers it no more', `update agreement set registries = '{ke-sha}' where agency = 'clinic'`],
    ['who acts for it no more', `update client set registries = '{ke-sha}' where id = 'desk'`],
  ])('tells nobody of a registry %s, not even what has waited', async (_who, change) => {
    await subscribe()
    now -= 1_000
    expect(await tell()).toBe(1)
    now += 1_000
    await test.owner.query(change)
    expect(await tell()).toBe(0)
    expect(await deliverDue(needs())).toBe(0)
    expect(await countDue(test.needs.db, new Date(now))).toBe(0)
    expect(hook.received).toEqual([])
  })

  it('signs what it sends, so that a receiver can verify method, address, type and content', async () => {
    await subscribe()
    await tell()
    await deliverDue(needs())
    const [got] = hook.received
    if (!got) throw new Error('nothing was received')
    const { headers, body } = got
    const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`
    expect(headers['content-digest']).toBe(digest)
    const parameters = String(headers['signature-input']).replace('pamoja=', '')
    const key = signingKey(test.needs.keys.signingSeed)
    expect(parameters).toBe(
      `("@method" "@target-uri" "content-type" "content-digest");created=${now / 1000};keyid="${key.id}";alg="ed25519"`,
    )
    const base = [
      '"@method": POST',
      `"@target-uri": ${hook.url}`,
      '"content-type": application/cloudevents+json',
      `"content-digest": ${digest}`,
      `"@signature-params": ${parameters}`,
    ].join('\n')
    const signature = Buffer.from(/^pamoja=:(.*):$/.exec(String(headers.signature))?.[1] ?? '', 'base64')
    const publicKey = createPublicKey({ key: { ...key.publicJwk }, format: 'jwk' })
    expect(verify(null, Buffer.from(base), publicKey, signature)).toBe(true)
    expect(verify(null, Buffer.from(base.replace('POST', 'PUT')), publicKey, signature)).toBe(false)
  })

  it('sends again with the same id until it is taken, each time later', async () => {
    await subscribe()
    await tell()
    hook.answers({ status: 503 })
    await deliverDue(needs())
    expect(await deliverDue(needs())).toBe(0)
    now += 12_000
    hook.answers('silence')
    await deliverDue(needs())
    now += 30_000
    hook.answers({ status: 200 })
    await deliverDue(needs())
    expect(hook.received.map(({ body }) => JSON.parse(body).id)).toEqual(Array(3).fill((await deliveries())[0]?.id))
    expect(await deliveries()).toMatchObject([{ state: 'delivered', attempts: 3 }])
  })

  it('waits as long as the receiver asks', async () => {
    await subscribe()
    await tell()
    hook.answers({ status: 429, headers: { 'retry-after': '600' } })
    await deliverDue(needs())
    const [row] = await deliveries()
    expect(row?.next_at.getTime()).toBeGreaterThan(now + 500_000)
  })

  it('follows no redirect', async () => {
    await subscribe()
    await tell()
    hook.answers({ status: 302, headers: { location: `${hook.url}/elsewhere` } })
    await deliverDue(needs())
    expect(hook.received.map(({ url }) => url)).toEqual(['/hook'])
    expect(await deliveries()).toMatchObject([{ state: 'waiting', answer: '302' }])
  })

  it('gives up after fourteen attempts, and the dead letter says why', async () => {
    await subscribe()
    await tell()
    hook.answers({ status: 500 })
    for (let attempt = 0; attempt < 20; attempt++) {
      await deliverDue(needs())
      now += 7 * 3_600_000
    }
    expect(hook.received).toHaveLength(14)
    expect(await deliveries()).toMatchObject([{ state: 'dead', attempts: 14, answer: '500' }])
  })

  it('pauses a subscription whose receiver is gone', async () => {
    await subscribe()
    await tell()
    hook.answers({ status: 410 })
    await deliverDue(needs())
    now += 3_600_000
    expect(await deliverDue(needs())).toBe(0)
    expect(await tell()).toBe(0)
    expect(await test.needs.db.query('select state from subscription')).toEqual([{ state: 'paused' }])
  })

  it('connects to no private address, also when it was open to the outside when it was given', async () => {
    await subscribe()
    await tell()
    await deliverDue(needs([]))
    expect(hook.received).toEqual([])
    expect(await deliveries()).toMatchObject([{ state: 'waiting', answer: 'public-address' }])
  })

  it('a slow receiver holds nobody else up: no more than four of one subscription are taken at a time', async () => {
    const busy = await subscribe()
    await tell(Array.from({ length: 30 }, () => opened))
    const other = await subscribe()
    await tell()
    const claimed = await claimDeliveries(test.needs.db, new Date(now), new Date(now + 60_000), 16, 4)
    expect(claimed.filter(({ subscription }) => subscription === busy)).toHaveLength(4)
    expect(claimed.filter(({ subscription }) => subscription === other)).toHaveLength(1)
  })

  it('no backlog starves another subscription: the first of each is taken before the second of any', async () => {
    for (let count = 0; count < 5; count++) await subscribe()
    await tell(Array.from({ length: 6 }, () => opened))
    now += 1_000
    const late = await subscribe()
    await tell()
    const claimed = await claimDeliveries(test.needs.db, new Date(now), new Date(now + 60_000), 16, 4)
    expect(claimed).toHaveLength(16)
    expect(claimed.filter(({ subscription }) => subscription === late)).toHaveLength(1)
    expect(new Set(claimed.map(({ subscription }) => subscription)).size).toBe(6)
  })

  it('forgets what was delivered long ago, and dead letters once their subscription has ended', async () => {
    const [ended, active] = [await subscribe(), await subscribe()]
    await tell([opened, opened])
    await test.needs.db.query(
      `update delivery set settled_at = $1, state = case when id in (select min(id::text)::uuid from delivery group by subscription)
         then 'dead' else 'delivered' end`,
      [new Date(now)],
    )
    await test.needs.db.query(`update subscription set state = 'ended' where id = $1`, [ended])
    await forgetDelivered(test.needs.db, new Date(now))
    expect(await deliveries()).toHaveLength(4)
    await forgetDelivered(test.needs.db, new Date(now + 1))
    const left = await test.needs.db.query('select subscription, state from delivery')
    expect(left).toEqual([{ subscription: active, state: 'dead' }])
  })
})
