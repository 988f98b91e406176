/** Sends a request with a token, and again when that is safe and may help. */
import { isProblem, PamojaProblem } from './problem.ts'
import type { Scope } from './scope.ts'
import type { Tokens } from './token.ts'

export type SendOptions = {
  readonly fetch: typeof fetch
  readonly tokens: Tokens
  /** How often a request is sent at most. */
  readonly tries: number
  /** Milliseconds that one try may take. */
  readonly timeout: number
  /** Milliseconds before the second try; doubles from then on. */
  readonly pause: number
}

/** An answer that asks for more patience than this is given to the caller. Seconds. */
const mostPatience = 30
/** Statuses that may be another the next time. */
const passing = new Set([429, 502, 503, 504])
/** POSTs that only ask: sending them twice changes nothing. */
const asking = /\/v1\/(beneficiaries\/(lookup|search)|matches|matches\/explain)$/

/** A fetch for one scope. Throws PamojaProblem `unreachable` when there is no answer; the caller's abort passes through. */
export const makeSend =
  (options: SendOptions, scope: Scope | undefined) =>
  async (request: Request): Promise<Response> => {
    const repeatable =
      request.method === 'GET' || request.headers.has('Idempotency-Key') || asking.test(new URL(request.url).pathname)
    let renewed = false
    for (let tried = 1; ; tried++) {
      const token = scope && (await options.tokens.get(scope, request.signal))
      const answer = await once(request.clone(), token, options)
      if (answer instanceof Response && answer.status === 401 && scope && token && !renewed) {
        // Not carried out, so it may be sent again whatever it is: the token was withdrawn, or the hub has new keys.
        renewed = true
        options.tokens.drop(scope, token)
        continue
      }
      const pause =
        repeatable && tried < options.tries ? await pauseAfter(answer, options.pause * 2 ** (tried - 1)) : undefined
      if (pause === undefined) {
        if (answer instanceof Response) return answer
        throw answer
      }
      await sleep(pause, request.signal)
    }
  }

async function once(
  request: Request,
  token: string | undefined,
  options: SendOptions,
): Promise<Response | PamojaProblem> {
  if (token !== undefined) request.headers.set('Authorization', `Bearer ${token}`)
  const { signal } = request
  try {
    return await options.fetch(request, { signal: AbortSignal.any([signal, AbortSignal.timeout(options.timeout)]) })
  } catch (cause) {
    signal.throwIfAborted()
    return new PamojaProblem('unreachable', 'The hub does not answer.', { cause })
  }
}

/** Milliseconds to wait before the next try; undefined when another try is of no use. */
async function pauseAfter(answer: Response | PamojaProblem, usual: number): Promise<number | undefined> {
  // Not all at the same moment: everybody's retries would arrive together.
  const spread = usual * (0.5 + Math.random())
  if (!(answer instanceof Response)) return spread
  if (!passing.has(answer.status) && !(await isInProgress(answer))) return undefined
  const wait = retryAfter(answer.headers.get('Retry-After'))
  if (wait === undefined) return spread
  return wait > mostPatience ? undefined : wait * 1000 + spread / 10
}

/** The first request with this Idempotency-Key is still running; its answer will come. */
async function isInProgress(answer: Response): Promise<boolean> {
  if (answer.status !== 409) return false
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => undefined)
  return isProblem(body) && body.code === 'idempotency_in_progress'
}

/** Seconds; the header holds them, or a date. */
function retryAfter(header: string | null): number | undefined {
  if (header === null) return undefined
  const seconds = /^\d+$/.test(header) ? Number(header) : (Date.parse(header) - Date.now()) / 1000
  return Number.isNaN(seconds) ? undefined : Math.max(seconds, 0)
}

const sleep = (ms: number, signal: AbortSignal) =>
  new Promise<void>((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
