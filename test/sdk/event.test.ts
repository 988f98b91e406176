import { expect, it } from 'vitest'
import { toCloudEvent } from '../../core/events/event.ts'
import { signedHeaders, signingKey } from '../../core/events/signature.ts'
import { type EventRequest, UnverifiedEvent, verifyEvent } from '../../sdk/event.ts'

const key = signingKey(Buffer.alloc(32, 7))
const at = new Date('2026-11-23T04:00:00Z')
const event = toCloudEvent(
  { type: 'finding.opened', registry: 'ke-nssf', subject: 'finding-1', data: { rule: 'R02', state: 'open' } },
  'delivery-1',
  at,
  'urn:pamoja:hub',
)
const body = JSON.stringify(event)
const url = 'https://fund.example/hook?from=hub'
const headers = signedHeaders(
  key,
  { method: 'POST', url, type: 'application/cloudevents+json', body },
  at.getTime() / 1000,
)
const request: EventRequest = { url, headers, body }
const check = (change: Partial<EventRequest>, now = at, publicJwk = key.publicJwk) =>
  verifyEvent({ ...request, ...change }, publicJwk as never, { now })

it('gives the event of a request that the hub signed, as text or as bytes', () => {
  expect(check({})).toEqual(event)
  expect(check({ body: Buffer.from(body) })).toEqual(event)
})

it.each<[string, Partial<EventRequest>, Date?]>([
  ['other content', { body: body.replace('R02', 'R03') }],
  [
    'other content with its own digest',
    {
      body: '{}',
      headers: { ...headers, 'content-digest': 'sha-256=:RBNvo1WzZ4oRRq0W9+hknpT7T8If536DEMBg9hyq/4o=:' },
    },
  ],
  ['another address', { url: 'https://elsewhere.example/hook' }],
  ['another content type', { headers: { ...headers, 'content-type': 'application/json' } }],
  ['a signature of nothing', { headers: { ...headers, 'signature-input': `pamoja=();created=1;keyid="${key.id}"` } }],
  ['no signature', { headers: { ...headers, signature: undefined } }],
  ['two signatures', { headers: { ...headers, signature: [String(headers.signature), 'x'] } }],
  ['a replay', {}, new Date(at.getTime() + 301_000)],
  ['a signature of the future', {}, new Date(at.getTime() - 301_000)],
])('refuses %s', (_what, change, now) => {
  expect(() => check(change, now)).toThrow(UnverifiedEvent)
})

it('refuses what another hub signed, also under this one’s key id', () => {
  const other = signingKey(Buffer.alloc(32, 8))
  expect(() => check({}, at, other.publicJwk)).toThrow(/another key/)
  expect(() => check({}, at, { ...other.publicJwk, kid: key.id })).toThrow(/does not fit/)
})

it('refuses a request in which any letter of a signed part has changed', () => {
  for (const [name, value] of Object.entries(headers))
    for (let place = 0; place < value.length; place++) {
      const letter = value[place] === 'a' ? 'b' : 'a'
      const changed = `${value.slice(0, place)}${letter}${value.slice(place + 1)}`
      expect(() => check({ headers: { ...headers, [name]: changed } }), `${name} ${place}`).toThrow(UnverifiedEvent)
    }
})
