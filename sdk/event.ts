/** Receiving events: what a subscriber's own server does with a POST from the hub. */
import { createHash, createPublicKey, verify } from 'node:crypto'
import type { EventType } from './contract.ts'

/** A CloudEvent of the hub (CloudEvents 1.0). The same `id` may come again: keep it, and do nothing the second time. */
export type PamojaEvent = {
  readonly specversion: '1.0'
  readonly id: string
  readonly source: string
  readonly type: `org.pamoja.${EventType}`
  /** The id of the finding or run. */
  readonly subject: string
  readonly time: string
  readonly datacontenttype: 'application/json'
  /** Ids, rules and states; nothing about a person. Read the finding to know more. */
  readonly data: { readonly registry: string; readonly [name: string]: string | number }
}

/** A request as it came in. `url` is the one that was given when subscribing; `body` its bytes, before anybody parsed them. */
export type EventRequest = {
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string | Uint8Array
}

/** Why a request is not taken for an event. Answer it with 401, and do nothing else with it. */
export class UnverifiedEvent extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'UnverifiedEvent'
  }
}

/** The key that a subscription shows: an Ed25519 key as a JSON Web Key (RFC 8037). */
export type EventKey = { readonly kty: string; readonly crv: string; readonly x: string; readonly kid: string }

const covered = ['@method', '@target-uri', 'content-type', 'content-digest']
/** As the hub writes them (RFC 9421); whatever reads otherwise is not the hub's. */
const input =
  /^pamoja=(\("@method" "@target-uri" "content-type" "content-digest"\);created=(\d{1,12});keyid="([\w-]{1,100})";alg="ed25519")$/
const signed = /^pamoja=:([A-Za-z0-9+/]{85}[AQgw]==):$/

/**
 * The event in a request, after its signature (RFC 9421), the digest of its content (RFC 9530) and its age were checked. `maxAge` in
 * seconds: an older signature may be a replay. Throws UnverifiedEvent.
 */
export function verifyEvent(
  request: EventRequest,
  key: EventKey,
  { now = new Date(), maxAge = 300 }: { readonly now?: Date; readonly maxAge?: number } = {},
): PamojaEvent {
  const header = (name: string) => {
    const value = request.headers[name]
    if (typeof value !== 'string') throw new UnverifiedEvent(`The header ${name} is missing, or there more than once.`)
    return value
  }
  const [, parameters = '', created = '', kid = ''] = input.exec(header('signature-input')) ?? []
  const [, signature = ''] = signed.exec(header('signature')) ?? []
  if (!parameters || !signature) throw new UnverifiedEvent('The signature is not written as the hub writes it.')
  if (kid !== key.kid) throw new UnverifiedEvent('Signed with another key; read the subscription for the present one.')
  if (Math.abs(now.getTime() / 1000 - Number(created)) > maxAge)
    throw new UnverifiedEvent('The signature is older than allowed, or the clocks differ.')
  const digest = `sha-256=:${createHash('sha256').update(request.body).digest('base64')}:`
  if (header('content-digest') !== digest) throw new UnverifiedEvent('The content is not what was signed.')
  const values = ['POST', new URL(request.url).href, header('content-type'), digest]
  const lines = covered.map((name, place) => `"${name}": ${values[place]}`)
  const base = [...lines, `"@signature-params": ${parameters}`].join('\n')
  const publicKey = createPublicKey({ key: { ...key }, format: 'jwk' })
  if (!verify(null, Buffer.from(base), publicKey, Buffer.from(signature, 'base64')))
    throw new UnverifiedEvent('The signature does not fit the request.')
  return JSON.parse(Buffer.from(request.body).toString('utf8')) as PamojaEvent
}
