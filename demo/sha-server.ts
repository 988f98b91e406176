/**
 * A small HTTP service that plays SHA's AfyaLink from the demo country: token, eligibility and client registry, with the
 * published paths, shapes, statuses and quirks. Its data is synthetic; it keeps nothing and logs nothing.
 */
import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { DemoCountry } from './country.ts'
import { faultsOf } from './faults.ts'
import { labels, openShaBook, type ShaBook } from './sha-answers.ts'

export type ShaServerOptions = {
  readonly country: DemoCountry
  /** 0 or unset: any free port. */
  readonly port?: number
  readonly host?: string
  /** The consumer key and the Basic credentials that a client must bring. */
  readonly key: string
  readonly username: string
  readonly password: string
  /** Scales the fault rates, as for the files; 0 answers clean records. */
  readonly faults?: number
  readonly tokenSeconds?: number
  /** Answers 429 beyond this many calls within a second. */
  readonly perSecond?: number
}

export type ShaServer = {
  /** Base address without a slash at the end. */
  readonly url: string
  close(): Promise<void>
  /** Makes the next calls fail with a status, as a service does on a bad day. */
  failNext(status: number, times?: number): void
  /** Withdraws every token before its time. */
  withdrawTokens(): void
  /** How often each path was asked so far. */
  calls(): { readonly [path: string]: number }
}

type Reply = { readonly status: number; readonly body: unknown; readonly headers?: { readonly [name: string]: string } }
type Desk = { readonly options: ShaServerOptions; readonly book: ShaBook; readonly tokens: Map<string, number> }
type Handler = (desk: Desk, url: URL, request: IncomingMessage) => Reply

const message = (status: number, text: string, headers?: Reply['headers']): Reply => ({
  status,
  body: { message: text },
  ...(headers && { headers }),
})

/** Starts the service on 127.0.0.1 and resolves when it listens. Rejects when the port is taken. */
export const startShaServer = async (options: ShaServerOptions): Promise<ShaServer> => {
  const faults = faultsOf(options.country.seed, options.faults ?? 1)
  const desk: Desk = { options, book: openShaBook(options.country, faults), tokens: new Map() }
  const calls: Record<string, number> = {}
  const failures: number[] = []
  const withinLimit = makeLimit(options.perSecond)

  const answer = (request: IncomingMessage): Reply => {
    const url = new URL(request.url ?? '/', 'http://sha.invalid')
    calls[url.pathname] = (calls[url.pathname] ?? 0) + 1
    const failure = failures.shift()
    if (failure !== undefined)
      return message(failure, 'Service unavailable', failure === 429 ? { 'retry-after': '1' } : {})
    if (!withinLimit()) return message(429, 'Too many requests', { 'retry-after': '1' })
    const handler = request.method === 'GET' ? handlers[url.pathname] : undefined
    return handler ? handler(desk, url, request) : message(404, 'Not found')
  }

  const server = createServer((request, response) => {
    const { status, body, headers } = safely(() => answer(request))
    const text = JSON.stringify(body)
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers })
    response.end(text)
  })
  const port = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1')
  return {
    url: `http://${options.host ?? '127.0.0.1'}:${port}`,
    close: () => close(server),
    failNext: (status, times = 1) => void failures.push(...Array<number>(times).fill(status)),
    withdrawTokens: () => desk.tokens.clear(),
    calls: () => ({ ...calls }),
  }
}

const safely = (run: () => Reply): Reply => {
  try {
    return run()
  } catch {
    return message(500, 'Server error')
  }
}

/** `GET /v1/hie-auth?key=` with Basic credentials: a token that ends. */
const giveToken: Handler = ({ options, tokens }, url, request) => {
  const expected = `Basic ${Buffer.from(`${options.username}:${options.password}`).toString('base64')}`
  if (url.searchParams.get('key') !== options.key || request.headers.authorization !== expected) {
    return message(401, 'Invalid credentials')
  }
  const expires = Math.floor(Date.now() / 1000) + (options.tokenSeconds ?? 3600)
  const token = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ iss: 'synthetic-sha', exp: expires })}.${randomBytes(24).toString('base64url')}`
  tokens.set(token, expires * 1000)
  return { status: 200, body: { token } }
}
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Checks the token and the question before the handler sees them. */
const asked =
  (
    known: readonly string[],
    needsAgent: boolean,
    reply: (book: ShaBook, label: string, number: string) => Reply,
  ): Handler =>
  ({ book, tokens }, url, request) => {
    const until = tokens.get((request.headers.authorization ?? '').replace(/^Bearer /, ''))
    if (until === undefined || until <= Date.now()) return message(401, 'Invalid or expired token')
    const label = url.searchParams.get('identification_type') ?? ''
    const number = url.searchParams.get('identification_number') ?? ''
    if (!known.includes(label) || !number || (needsAgent && !url.searchParams.get('agent')))
      return message(400, 'Bad parameters')
    return reply(book, label, number)
  }

/** Answers about the first person under the number: that the guide shows one person is no promise that there is one. */
const eligibility = asked(labels, false, (book, label, number) => {
  const person = book.find(label, number)[0]
  return person
    ? { status: 200, body: { message: book.eligibility(person, { label, number }) } }
    : message(404, 'Individual not found')
})

const fetchClient = asked([...labels, 'Birth Certificate'], true, (book, label, number) => {
  const people = book.find(label, number)
  return {
    status: 200,
    body: { message: { total: people.length, result: people.map((person) => book.client(person)) } },
  }
})

const handlers: { readonly [path: string]: Handler } = {
  '/v1/hie-auth': giveToken,
  '/v2/eligibility': eligibility,
  '/v3/client-registry/fetch-client': fetchClient,
}

const makeLimit = (perSecond: number | undefined) => {
  let second = 0
  let count = 0
  return (): boolean => {
    const now = Math.floor(Date.now() / 1000)
    if (now !== second) [second, count] = [now, 0]
    count += 1
    return perSecond === undefined || count <= perSecond
  }
}

const listen = (server: Server, port: number, host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
