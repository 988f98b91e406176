/** The hub as a stranger meets it on the wire: requests that no SDK would send, and tokens that nobody should accept. */
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { type CryptoKey, generateKeyPair, importJWK, SignJWT } from 'jose'
import { expect } from 'vitest'
import type { ErrorCode } from '../../errors.ts'
import type { Problem } from '../../schemas/contract.ts'
import { operations } from '../../schemas/operations.ts'
import { validators } from '../../schemas/validate.ts'
import type { Scope } from '../../sdk/scope.ts'
import type { DemoHub } from './demo-hub.ts'

export type Sent = {
  readonly method?: string
  readonly path: string
  readonly client?: string
  readonly scope?: Scope
  /** Replaces the header that the client's token makes; null sends none. */
  readonly authorization?: string | null
  /** Added to the usual ones; null leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>
  readonly body?: unknown
  /** Sent as it is, in place of `body`. */
  readonly text?: string | Uint8Array
}
export type Answer = {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The parsed body; undefined when it is no JSON. */
  readonly body: unknown
  /** Where the answer is not what the contract says; empty when it is, or when no operation has the path. */
  readonly faults: readonly unknown[]
}

export type Leaf = Readonly<Record<string, unknown>>

export const lookupPath = '/v1/beneficiaries/lookup'
export const nationalId = (value: string) => ({ identifier: { type: 'national-id', issuer: 'ke', value } })

export type Wire = ReturnType<typeof makeWire>

export function makeWire(demo: DemoHub) {
  const answers: Answer[] = []
  const clients = new Map<string, ReturnType<DemoHub['client']>>()
  const clientOf = (id: string) => clients.get(id) ?? clients.set(id, demo.client(id)).get(id) ?? demo.client(id)

  async function send(sent: Sent): Promise<Answer> {
    const { client = 'demo', scope = 'beneficiaries:read', text, body } = sent
    const authorization =
      sent.authorization === undefined ? `Bearer ${await clientOf(client).token(scope)}` : sent.authorization
    const usual: Record<string, string | null> = {
      authorization,
      ...(scope === 'beneficiaries:read' && { 'pamoja-purpose': 'coverage-check', 'pamoja-officer': 'officer-1' }),
      ...((body !== undefined || text !== undefined) && { 'content-type': 'application/json' }),
      ...Object.fromEntries(Object.entries(sent.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value])),
    }
    const headers = Object.entries(usual).filter((one): one is [string, string] => one[1] !== null)
    const content = text ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await fetch(new URL(sent.path, demo.url), {
      method: sent.method ?? (content === undefined ? 'GET' : 'POST'),
      headers,
      ...(content !== undefined && { body: content }),
      redirect: 'error',
    })
    const answered = await response.text()
    const parsed = parse(answered)
    const { status, headers: told } = response
    const answer = { status, headers: told, text: answered, body: parsed, faults: faultsOf(sent, response, parsed) }
    answers.push(answer)
    return answer
  }

  const leaves = async (): Promise<Leaf[]> => {
    const rows = await demo.owner.query<{ body: string }>(
      `select convert_from(body, 'UTF8') as body from audit_leaf order by xid, id`,
    )
    return rows.map(({ body }) => JSON.parse(body))
  }
  /** What a call answers, and the audit leaves that it leaves. */
  async function leavesOf<Result>(call: () => Promise<Result>): Promise<{ result: Result; left: Leaf[] }> {
    const before = (await leaves()).length
    const result = await call()
    return { result, left: (await leaves()).slice(before) }
  }

  /** A token signed by the hub's own key (or another), with the usual claims but for those given. */
  async function forge(claims: Record<string, unknown> = {}, key?: CryptoKey): Promise<string> {
    const [own] = JSON.parse(readFileSync(path.join(demo.home, 'keys', 'issuer.json'), 'utf8'))
    const now = Math.floor(Date.now() / 1000)
    const usual = {
      iss: demo.url,
      aud: demo.url,
      sub: 'demo',
      client_id: 'demo',
      jti: randomUUID(),
      iat: now,
      exp: now + 200,
    }
    return new SignJWT({ ...usual, scope: 'beneficiaries:read', ...claims })
      .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: own.kid })
      .sign(key ?? (await importJWK(own, 'ES256')))
  }
  const foreignKey = async () => (await generateKeyPair('ES256')).privateKey
  return { send, answers, leaves, leavesOf, forge, foreignKey }
}

/** What every refusal has in common, whatever was refused. */
export const expectProblem = (answer: Answer, status: number, code: ErrorCode) => {
  expect([answer.status, (answer.body as { code?: string } | undefined)?.code]).toEqual([status, code])
  expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(answer.body).toMatchObject({
    type: `/problems/${code}`,
    status,
    traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
  })
  expect(answer.faults).toEqual([])
}

/** Names, numbers and birth dates of the people whom the demo's stories are about, and more that the caller knows of. */
export const canariesOf = ({ stories }: DemoHub, more: readonly string[]): string[] =>
  [
    ...more,
    ...Object.values(stories).flatMap(({ people }) =>
      people.flatMap(({ name, born, identifiers }) => [name, born, ...identifiers.map(({ value }) => value)]),
    ),
  ].filter((canary) => canary.length > 3)

/** A problem without what differs from call to call. */
export const shapeOf = ({ status, body, headers }: Answer) => {
  const { traceId: _one, ...rest } = body as Problem
  return { http: status, media: headers.get('content-type'), cache: headers.get('cache-control'), ...rest }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Holds an answer against the operation that the contract has for its path. */
function faultsOf(sent: Sent, response: Response, body: unknown): readonly unknown[] {
  const { pathname } = new URL(sent.path, 'http://hub.invalid')
  const method = sent.method ?? (sent.body === undefined && sent.text === undefined ? 'GET' : 'POST')
  const operation = operations().find(
    (one) =>
      one.method === method.toLowerCase() && new RegExp(`^${one.path.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname),
  )
  if (!operation) return []
  const type = response.headers.get('content-type')?.split(';')[0]
  const validate = validators().get(operation.id)?.responses().get(`${response.status} ${type}`)
  return validate ? validate(body) : [`${operation.id} documents no ${response.status} ${type}`]
}
