/** Every operation of the contract, asked rightly and in every wrong way that the contract rules out. */
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Operation, operations } from '../../schemas/operations.ts'
import { exampleBody, type Kit, makeKit, pathOf, requiredHeaders } from './kit.ts'

const ours = operations().filter((operation) => operation.servedBy === undefined)
const table = ours.map((operation) => [operation.id, operation] as const)
const withToken = table.filter(([, { scopes }]) => scopes.length > 0)
const withBody = table.filter(([, { body }]) => body !== undefined)

let kit: Kit
let token: string
beforeAll(async () => {
  kit = await makeKit()
  token = await kit.token()
})

function send(
  operation: Operation,
  change: {
    path?: string
    method?: string
    headers?: Record<string, string | undefined>
    body?: unknown
    noToken?: boolean
  } = {},
) {
  const method = (change.method ?? operation.method) as 'get'
  let sent = request(kit.app)[method](change.path ?? pathOf(operation))
  const usual = {
    ...requiredHeaders(operation),
    ...(operation.scopes.length > 0 && !change.noToken && { Authorization: `Bearer ${token}` }),
  }
  for (const [name, value] of Object.entries({ ...usual, ...change.headers }))
    if (value !== undefined) sent = sent.set(name, value)
  if (!operation.body && change.body === undefined) return sent
  const body = change.body ?? exampleBody(operation.id)
  return sent
    .set('Content-Type', change.headers?.['Content-Type'] ?? 'application/json')
    .send(typeof body === 'string' ? body : JSON.stringify(body))
}

const problemOf = (response: {
  status: number
  type: string
  body: { code?: string; reasons?: { pointer: string; rule: string }[] }
}) => ({
  status: response.status,
  type: response.type,
  code: response.body.code,
  reasons: response.body.reasons?.map(({ pointer, rule }) => `${pointer} ${rule}`),
})

describe.each(table)('%s', (_id, operation) => {
  test('answers as documented when asked rightly', async () => {
    const response = await send(operation)
    const successes = Object.keys(operation.responses)
      .filter((status) => status < '300')
      .map(Number)
    expect(successes).toContain(response.status)
    expect(Object.keys(operation.responses[response.status] ?? {})).toContain(response.type)
    expect(response.headers['cache-control']).toBe('no-store')
  })

  test('refuses a filter that it does not know', async () => {
    expect(problemOf(await send(operation, { path: `${pathOf(operation)}?colour=red` }))).toEqual({
      status: 400,
      type: 'application/problem+json',
      code: 'invalid_request',
      reasons: ['query/colour additionalProperties'],
    })
  })

  test('refuses other methods with the list of those that there are', async () => {
    const response = await send(operation, {
      method: 'put',
      headers: { 'Content-Type': 'application/json' },
      body: '{}',
    })
    expect(problemOf(response)).toMatchObject({ status: 405, code: 'method_not_allowed' })
    expect(response.headers.allow).toContain(operation.method.toUpperCase())
  })

  test('refuses to answer in another form', async () => {
    expect(problemOf(await send(operation, { headers: { Accept: 'image/png' } }))).toMatchObject({
      status: 406,
      code: 'not_acceptable',
    })
  })

  test('a path in capitals or with a slash at the end is another path', async () => {
    for (const path of [
      pathOf(operation).replace(/[a-z]/, (letter) => letter.toUpperCase()),
      `${pathOf(operation)}/`,
    ]) {
      expect(problemOf(await send(operation, { path }))).toMatchObject({ status: 404, code: 'route_not_found' })
    }
  })
})

describe.each(withToken)('%s', (_id, operation) => {
  test('needs a token, and says how to send it', async () => {
    const response = await send(operation, { noToken: true })
    expect(problemOf(response)).toMatchObject({ status: 401, code: 'token_missing' })
    expect(response.headers['www-authenticate']).toBe('Bearer realm="pamoja"')
  })

  test('needs its scope', async () => {
    const poor = await kit.token({ scope: 'something:else' })
    expect(problemOf(await send(operation, { headers: { Authorization: `Bearer ${poor}` } }))).toMatchObject({
      status: 403,
      code: 'scope_missing',
    })
  })

  test.each(Object.keys(requiredHeaders(operation)))('needs %s', async (name) => {
    const code = name === 'Idempotency-Key' ? 'idempotency_key_missing' : 'purpose_missing'
    expect(problemOf(await send(operation, { headers: { [name]: undefined } }))).toMatchObject({ status: 400, code })
    expect(problemOf(await send(operation, { headers: { [name]: 'Ä b' } })).reasons).toEqual([`header/${name} pattern`])
  })
})

describe.each(withBody)('%s', (_id, operation) => {
  test.each([
    ['text/plain', 'text/plain'],
    ['no type at all', ''],
    ['another charset', 'application/json; charset=utf-16'],
    ['a quoted other charset', 'application/json; charset="latin1"'],
    ['a second parameter', 'application/json; charset=utf-8; x=y'],
    ['a form', 'application/x-www-form-urlencoded'],
    ['multipart', 'multipart/form-data; boundary=x'],
    ['a suffix type', 'application/merge-patch+json'],
    ['a longer type', 'application/jsonx'],
    ['two types', 'application/json, text/plain'],
  ])('refuses %s as the body type', async (_name, type) => {
    expect(problemOf(await send(operation, { headers: { 'Content-Type': type } }))).toMatchObject({
      status: 415,
      code: 'unsupported_media_type',
    })
  })

  test.each([
    ['nothing', '', 'malformed_body'],
    ['no JSON', '{', 'malformed_body'],
    ['two equal keys', '{"a":1,"a":2}', 'malformed_body'],
    ['a list', '[]', 'invalid_request'],
    ['an empty object', '{}', 'invalid_request'],
    ['null', 'null', 'invalid_request'],
  ])('refuses %s as the body', async (_name, body, code) => {
    expect(problemOf(await send(operation, { body }))).toMatchObject({ status: 400, code })
  })

  test('refuses a body that is too large before it is read whole', async () => {
    const body = JSON.stringify({ x: 'y'.repeat(operation.bodyLimit.bytes) })
    expect(problemOf(await send(operation, { body }))).toMatchObject({ status: 413, code: 'payload_too_large' })
  })

  test('refuses a name that the contract does not know, and repeats no value', async () => {
    const body = { ...(exampleBody(operation.id) as object), nickname: 'Wanjiku-Secret' }
    const response = await send(operation, { body })
    expect(problemOf(response).reasons).toContain('/nickname additionalProperties')
    expect(response.text).not.toContain('Wanjiku-Secret')
  })
})
