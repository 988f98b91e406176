/**
 * GET JSON from a registry's service: timeout, size limit, rate limit, circuit breaker, `Retry-After`.
 *
 * Every failure says what to do next (PullError). No message holds a query value, a header or a piece of the answer:
 * identifiers travel in the query, secrets in the headers, people in the answer.
 */
import { PullError } from '../contract.ts'
import { type Breaker, makeBreaker } from './breaker.ts'
import { makeTurns, TurnTooLate } from './turns.ts'

export type HttpOptions = {
  /** Absolute http(s) address without user, query or fragment; paths are appended to its own path. */
  readonly baseUrl: string
  /** Longest time for one call, from the connection to the last byte of the answer. Waiting for the rate limit is not counted. */
  readonly timeoutMs: number
  /** Longest answer, in bytes after decompression. */
  readonly maxBytes: number
  /** At most this many calls a second, evenly spaced. Unset: as fast as the caller asks. */
  readonly perSecond?: number
  /** After so many failures in a row, fail at once for so long; then one call tries again. */
  readonly breaker: { readonly failures: number; readonly coolMs: number }
  /** Milliseconds since the epoch; tests set it. */
  readonly now?: () => number
}

type HttpRequest = {
  readonly query?: { readonly [name: string]: string }
  readonly headers?: { readonly [name: string]: string }
  readonly signal?: AbortSignal
  /**
   * Longest wait for the rate limit; a call whose turn would come later is refused at once (`retry`, with the seconds after which
   * asking again makes sense). Unset: as long as it takes.
   */
  readonly patienceMs?: number
  /** An answer that is not JSON is given as its text: some token services answer with a bare token. */
  readonly orText?: boolean
}

/** `body` is parsed JSON, or `null` when a 400, 404 or 422 (or a 204) came without any. */
export type HttpAnswer = { readonly status: number; readonly body: unknown }

export type Http = {
  /**
   * Answers 2xx, and also 400, 404 and 422, which mean something to the caller.
   * Throws PullError: `retry` for the network, timeouts, 408, 425, 429 and 5xx; `stop` for 401, 403, redirects and the
   * other 4xx; `skip` for an answer that is too large or not JSON. An aborted signal rejects with its reason.
   */
  getJson(path: string, request?: HttpRequest): Promise<HttpAnswer>
}

/** Statuses that are answers, not failures: "no such person", "not a number I know". */
const returned = new Set([400, 404, 422])
const askAgain = new Set([408, 425, 429])
const tooLong = new Set([413, 414, 431])
const longestRetryAfter = 24 * 60 * 60

/** Makes a client for one service. Throws PullError('stop') when the options do not fit. */
export const makeHttp = (options: HttpOptions): Http => {
  const base = readBase(options.baseUrl)
  const now = options.now ?? Date.now
  const breaker = makeBreaker({ ...options.breaker, now })
  const turns = makeTurns(options.perSecond, now)

  const getJson = async (path: string, request: HttpRequest = {}): Promise<HttpAnswer> => {
    const url = addressOf(base, path, request.query)
    const headers = headersOf(request.headers)
    request.signal?.throwIfAborted()
    const turn = await turns(request.signal, request.patienceMs).catch((error: unknown) => {
      throw error instanceof TurnTooLate ? tooBusy(path, error) : error
    })
    try {
      return await guarded(breaker, path, request.signal, () => {
        turn.take()
        return call({ url, headers, path, options, now, signal: request.signal, orText: request.orText === true })
      })
    } finally {
      // A call that was not made leaves its turn to the next.
      turn.giveBack()
    }
  }
  return { getJson }
}

const tooBusy = (path: string, { waitMs }: TurnTooLate): PullError =>
  new PullError('retry', `GET ${path}: not tried, too many calls wait for the rate limit.`, {
    retryAfter: Math.ceil(waitMs / 1000),
  })

/** Runs one call under the breaker: only a silent or broken service counts as its failure, and an abort counts as nothing. */
const guarded = async (
  breaker: Breaker,
  path: string,
  signal: AbortSignal | undefined,
  run: () => Promise<HttpAnswer>,
): Promise<HttpAnswer> => {
  signal?.throwIfAborted()
  const pass = breaker.enter()
  if (!pass.open) {
    throw new PullError('retry', `GET ${path}: not tried, the service has failed too often in a row.`, {
      retryAfter: pass.retryAfter,
    })
  }
  try {
    const answer = await run()
    breaker.succeeded()
    return answer
  } catch (error) {
    if (error instanceof ServiceDown) {
      breaker.failed()
      throw error.toPullError()
    }
    if (signal?.aborted) {
      breaker.left()
      throw signal.reason
    }
    breaker.succeeded()
    throw error
  }
}

/** The service did not answer, or answered that it is broken: the only thing that the breaker counts. */
class ServiceDown extends Error {
  readonly retryAfter: number | undefined

  constructor(message: string, retryAfter?: number) {
    super(message)
    this.retryAfter = retryAfter
  }

  toPullError(): PullError {
    return new PullError('retry', this.message, this.retryAfter === undefined ? {} : { retryAfter: this.retryAfter })
  }
}

type Call = {
  readonly url: URL
  readonly headers: Headers
  readonly path: string
  readonly options: HttpOptions
  readonly now: () => number
  readonly signal: AbortSignal | undefined
  readonly orText: boolean
}

const call = async (asked: Call): Promise<HttpAnswer> => {
  const { url, headers, path, options, signal } = asked
  const timeout = AbortSignal.timeout(options.timeoutMs)
  const either = signal ? AbortSignal.any([signal, timeout]) : timeout
  try {
    // Redirects are not followed: they could carry the secret headers and the identifier to another host.
    const response = await fetch(url, { headers, redirect: 'manual', signal: either })
    const body = await readAnswer(response, asked)
    return { status: response.status, body }
  } catch (error) {
    if (error instanceof PullError || error instanceof ServiceDown || signal?.aborted) throw error
    if (timeout.aborted) throw new ServiceDown(`GET ${path}: no answer within ${options.timeoutMs} ms.`)
    throw new ServiceDown(`GET ${path}: the connection failed (${networkCode(error)}).`)
  }
}

const readAnswer = async (response: Response, { path, options, now, orText }: Call): Promise<unknown> => {
  const { status } = response
  if (response.ok || returned.has(status)) {
    const text = await readText(response, path, options.maxBytes)
    return response.ok ? parse(text, path, response, orText) : parseOrNull(text)
  }
  await response.body?.cancel()
  const retryAfter = readRetryAfter(response.headers.get('retry-after'), now())
  if (status >= 500) throw new ServiceDown(`GET ${path}: the service answered ${status}.`, retryAfter)
  throw refusal(status, path, retryAfter)
}

const refusal = (status: number, path: string, retryAfter: number | undefined): PullError => {
  if (askAgain.has(status)) {
    const wait = retryAfter === undefined ? {} : { retryAfter }
    return new PullError('retry', `GET ${path}: the service answered ${status} and asks us to wait.`, wait)
  }
  if (tooLong.has(status))
    return new PullError('skip', `GET ${path}: the service answered ${status}; this request is too long for it.`)
  if (status >= 300 && status < 400) {
    return new PullError(
      'stop',
      `GET ${path}: the service answered with a redirect (${status}), which is not followed. Set the final address.`,
    )
  }
  if (status === 401 || status === 403) {
    return new PullError(
      'stop',
      `GET ${path}: the service refused our credentials (${status}). Check the key and what it may read.`,
    )
  }
  return new PullError(
    'stop',
    `GET ${path}: the service answered ${status}. Check the address and the version of the service.`,
  )
}

/** Reads the body while counting, so that an endless answer costs at most `maxBytes` of memory. */
const readText = async (response: Response, path: string, maxBytes: number): Promise<string> => {
  const tooLarge = () => new PullError('skip', `GET ${path}: the answer is larger than ${maxBytes} bytes.`)
  if (Number(response.headers.get('content-length') ?? 0) > maxBytes) {
    await response.body?.cancel()
    throw tooLarge()
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength
    // Leaving the loop cancels the body and with it the connection.
    if (size > maxBytes) throw tooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size).toString('utf8')
}

const parse = (text: string, path: string, response: Response, orText: boolean): unknown => {
  if (response.status === 204 || text === '') return null
  try {
    return JSON.parse(text)
  } catch {
    // A page of HTML is a gateway or a maintenance notice: the service is not there. Broken JSON is this item's own fault.
    if (/^text\/html/i.test(response.headers.get('content-type') ?? '')) {
      throw new ServiceDown(`GET ${path}: the answer is a web page, not JSON.`)
    }
    if (orText) return text.trim()
    throw new PullError('skip', `GET ${path}: the answer is not JSON.`)
  }
}

const parseOrNull = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Seconds to wait, from `Retry-After` in either form; undefined when absent or unreadable. */
const readRetryAfter = (header: string | null, now: number): number | undefined => {
  if (header === null) return undefined
  const seconds = /^\s*\d+\s*$/.test(header) ? Number(header) : Math.ceil((Date.parse(header) - now) / 1000)
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), longestRetryAfter) : undefined
}

/** The system's own code, such as ECONNRESET. Never the message: it may quote the address with its query. */
const networkCode = (error: unknown): string => {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : undefined
  return typeof code === 'string' ? code : 'network error'
}

const readBase = (written: string): URL => {
  const url = URL.canParse(written) ? new URL(written) : undefined
  const fits = url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash
  if (!fits) {
    throw new PullError(
      'stop',
      'baseUrl must be an absolute http or https address without user, password, query or fragment.',
    )
  }
  return url
}

const addressOf = (base: URL, path: string, query: HttpRequest['query']): URL => {
  const url = new URL(base)
  url.pathname = `${base.pathname.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`
  for (const [name, value] of Object.entries(query ?? {})) url.searchParams.set(name, value)
  return url
}

const headersOf = (given: HttpRequest['headers']): Headers => {
  try {
    return new Headers({ accept: 'application/json', ...given })
  } catch {
    // The thrown message would quote the value, which may be a secret.
    throw new PullError(
      'stop',
      'A request header holds a character that HTTP does not allow. Check the key in the settings.',
    )
  }
}
