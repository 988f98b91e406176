/** SHA's AfyaLink: a token that lasts a while, and two questions about one identifier. */
import type { Identifier } from '../../schemas/contract.ts'
import { PullError, type RawRecord } from '../contract.ts'
import { type Http, type HttpAnswer, makeHttp } from '../transports/http.ts'
import { labelOf } from './labels.ts'
import { fieldsOf, listOf, textOf, withoutSensitive } from './reading.ts'
import type { ServiceSettings } from './settings.ts'

type Question = {
  readonly identifier: Identifier
  readonly signal: AbortSignal
  /** Asks both services at once: quicker for one look-up, dearer for a pull through people that SHA does not know. */
  readonly together?: boolean
}

export type Service = {
  /** Whether SHA takes questions by an identifier of this type and issuer. */
  takes(identifier: Identifier): boolean
  /**
   * What SHA says about an identifier; undefined when it knows nobody by it. Rejects with PullErrors: `skip` for what it does
   * not take, without a call.
   */
  ask(question: Question): Promise<RawRecord | undefined>
}

const paths = {
  token: '/v1/hie-auth',
  eligibility: '/v2/eligibility',
  client: '/v3/client-registry/fetch-client',
} as const

/** A look-up has two seconds for its whole answer: one whose turn comes later than this had better not queue at all. */
const lookUpPatienceMs = 1_500

export const makeService = (settings: ServiceSettings): Service => {
  const http = makeHttp({
    baseUrl: settings.baseUrl,
    timeoutMs: settings.timeoutMs,
    maxBytes: settings.maxBytes,
    perSecond: settings.perSecond,
    breaker: { failures: 5, coolMs: 30_000 },
  })
  const get = withToken(http, settings)

  const takes = ({ type, issuer }: Identifier): boolean => labelOf(type) !== undefined && issuer === 'ke'

  const ask = async ({ identifier, signal, together }: Question): Promise<RawRecord | undefined> => {
    const label = labelOf(identifier.type)
    if (label === undefined || !takes(identifier)) throw notTaken()
    const query = { identification_type: label, identification_number: identifier.value }
    const caller: Caller = { signal, ...(together && { patienceMs: lookUpPatienceMs }) }
    const eligibility = () => get(paths.eligibility, query, caller)
    const early = together ? eligibility() : undefined
    // Whoever fails first is thrown below; the other must not become an unhandled rejection.
    early?.catch(() => undefined)
    const client = await get(paths.client, { ...query, agent: settings.agent }, caller)
    const total = totalOf(client)
    if (early) return toRaw(identifier, client, await early)
    if (total > 1) return toRaw(identifier, client, undefined)
    if (total === 0 && client.status !== 400) return undefined
    return toRaw(identifier, client, await eligibility())
  }
  return { takes, ask }
}

const notTaken = () =>
  new PullError('skip', 'SHA takes no questions by this type of identifier, or by one of this issuer.')

const totalOf = ({ status, body }: HttpAnswer): number => {
  if (status >= 400) return 0
  const message = fieldsOf(fieldsOf(body).message)
  const found = listOf(message.result).length
  return typeof message.total === 'number' && message.total > found ? message.total : found
}

/** Both answers in one raw record. Of several people only their numbers are kept: nothing may be taken from any of them. */
const toRaw = (
  identifier: Identifier,
  client: HttpAnswer,
  eligibility: HttpAnswer | undefined,
): RawRecord | undefined => {
  const total = totalOf(client)
  const known = eligibility !== undefined && eligibility.status < 400
  const refused = client.status === 400 || eligibility?.status === 400
  if (total === 0 && !known && !refused) return undefined
  const result = listOf(fieldsOf(fieldsOf(client.body).message).result)
  return {
    stream: 'client',
    // The same for everybody: the same answer must make the same raw record, and a path may name nobody.
    origin: `${paths.client} and ${paths.eligibility}`,
    data: {
      asked: { type: identifier.type, value: identifier.value },
      total,
      client: total === 1 ? withoutSensitive(result[0]) : null,
      ...(total > 1 && { clients: result.map((one) => textOf(fieldsOf(one).id)) }),
      eligibility: known && total <= 1 ? withoutSensitive(fieldsOf(eligibility.body).message) : null,
      ...(refused && { refused: true }),
    },
  }
}

/** Who waits: until the signal, and at most so long for a turn. */
type Caller = { readonly signal: AbortSignal; readonly patienceMs?: number }
type Get = (path: string, query: { readonly [name: string]: string }, caller: Caller) => Promise<HttpAnswer>

/**
 * GET with a token that is fetched once and kept until shortly before it ends. A refusal with a token that was not fetched
 * just now may only mean that it was withdrawn: one new token, one more try.
 */
const withToken = (http: Http, settings: ServiceSettings): Get => {
  let current: { readonly token: Promise<Token> } | undefined

  const tokenNow = async (caller: Caller): Promise<{ value: string; fresh: boolean }> => {
    if (current) {
      const held = current
      const token = await held.token.catch(() => undefined)
      if (token && token.until > Date.now()) return { value: token.value, fresh: false }
      // Another call may have replaced it while we waited.
      if (current === held) current = undefined
      if (current) return tokenNow(caller)
    }
    const mine = { token: fetchToken(http, settings, caller) }
    current = mine
    try {
      return { value: (await mine.token).value, fresh: true }
    } catch (error) {
      if (current === mine) current = undefined
      throw error
    }
  }

  const send = (path: string, query: { readonly [name: string]: string }, caller: Caller, token: string) =>
    http.getJson(path, { ...caller, query, headers: { authorization: `Bearer ${token}` } })

  return async (path, query, caller) => {
    const first = await tokenNow(caller)
    try {
      return await send(path, query, caller, first.value)
    } catch (error) {
      if (first.fresh || !(error instanceof PullError) || error.recovery !== 'stop') throw error
      const held = await current?.token.catch(() => undefined)
      if (held?.value === first.value) current = undefined
      return send(path, query, caller, (await tokenNow(caller)).value)
    }
  }
}

type Token = { readonly value: string; readonly until: number }

/** Lifetime of a token that does not say how long it lasts. */
const assumedLifeMs = 5 * 60_000
/** So that a token does not end between our look at the clock and the service's; at most half of its life. */
const marginMs = 30_000

const fetchToken = async (
  http: Http,
  { consumerKey, username, password }: ServiceSettings,
  caller: Caller,
): Promise<Token> => {
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
  const { status, body } = await http.getJson(paths.token, {
    query: { key: consumerKey },
    headers: { authorization },
    ...caller,
    orText: true,
  })
  const value = typeof body === 'string' ? body : fieldsOf(body).token
  if (status >= 400 || typeof value !== 'string' || !/^[\x21-\x7e]+$/.test(value)) {
    throw new PullError(
      'stop',
      `GET ${paths.token}: no token in the answer (${status}). Check options.consumerKey, username and password.`,
    )
  }
  return { value, until: endOf(value) ?? Date.now() + assumedLifeMs }
}

/** When a JWT ends, less a margin; undefined when the token is not one that says so. */
const endOf = (token: string): number | undefined => {
  try {
    const { exp } = fieldsOf(JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')))
    if (typeof exp !== 'number') return undefined
    const left = exp * 1000 - Date.now()
    return Date.now() + left - Math.min(marginMs, left / 2)
  } catch {
    return undefined
  }
}
