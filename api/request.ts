/** Reads a request as the contract describes it: parameters, headers and body, each checked before anybody uses them. */
import express, { type Request, type RequestHandler, type Response } from 'express'
import { type ErrorCode, HubError, type Reason } from '../errors.ts'
import type { Location, Operation } from '../schemas/operations.ts'
import type { OperationValidators } from '../schemas/validate.ts'
import { parseStrictJson } from './json-scan.ts'

type Values = { readonly [name: string]: unknown }
export type Checked = {
  readonly path: Values
  readonly query: Values
  readonly headers: Values
  readonly body: unknown
  /** The body as it came, for telling a repeated request from another one. */
  readonly bytes: Buffer
}

const json = 'application/json'
/** JSON nested deeper than this is no request of ours. */
const depth = 32
/** A whole number as people write it: `1e2`, `0x10` and ` 5` are not. */
const wholeNumber = /^(0|[1-9]\d{0,8})$/

/** A missing header that has a problem of its own. */
const missingHeader: Record<string, ErrorCode> = {
  'Pamoja-Purpose': 'purpose_missing',
  'Idempotency-Key': 'idempotency_key_missing',
}

/**
 * Throws the problem that fits; when several places are wrong, `invalid_request` names them all. `misfits` knows what else is wrong with
 * what was asked, beyond the contract.
 */
export async function checkRequest(
  request: Request,
  response: Response,
  operation: Operation,
  check: OperationValidators,
  misfits: (asked: Pick<Checked, 'query' | 'body'>) => readonly Reason[] = () => [],
): Promise<Checked> {
  const path = collect(operation, 'path', (name) => [request.params[name]])
  const query = readQuery(request, operation)
  const headers = collect(operation, 'header', (name) => request.headersDistinct[name.toLowerCase()] ?? [])
  const twice = [...path.reasons, ...query.reasons, ...headers.reasons]
  const broken = [...check.path(path.values), ...check.query(query.values), ...check.header(headers.values)]
  // What stands there twice is left out above, and is not missing for that.
  const reasons = [...twice, ...broken.filter((reason) => !twice.some(({ pointer }) => pointer === reason.pointer))]
  for (const [name, code] of Object.entries(missingHeader)) {
    if (reasons.some((reason) => reason.pointer === `header/${name}` && reason.rule === 'required'))
      throw new HubError(code)
  }
  const bytes = await readBody(request, response, operation)
  const body = operation.body ? parseStrictJson(bytes, { depth, keys: operation.bodyLimit.keys }) : undefined
  if (operation.body) reasons.push(...(check.body.get(json)?.(body) ?? []))
  const known = new Set(reasons.map(({ pointer }) => pointer))
  reasons.push(...misfits({ query: query.values, body }).filter(({ pointer }) => !known.has(pointer)))
  if (reasons.length > 0) throw new HubError('invalid_request', { reasons: reasons.slice(0, 100) })
  return { path: path.values, query: query.values, headers: headers.values, body, bytes }
}

type Collected = { readonly values: Values; readonly reasons: Reason[] }

/** The values of the parameters that the contract names. One that stands there twice is refused: which one would count? */
function collect(operation: Operation, location: Location, read: (name: string) => readonly unknown[]): Collected {
  const values: Record<string, unknown> = {}
  const reasons: Reason[] = []
  for (const { name, in: where, schema } of operation.parameters) {
    if (where !== location) continue
    const [value, ...more] = read(name)
    if (more.length > 0) reasons.push({ pointer: `${location}/${name}`, rule: 'once', message: `Send ${name} once.` })
    else if (value !== undefined) values[name] = schema.type === 'integer' ? toWholeNumber(value) : value
  }
  return { values, reasons }
}

const toWholeNumber = (value: unknown) => (typeof value === 'string' && wholeNumber.test(value) ? Number(value) : value)

function readQuery(request: Request, operation: Operation): Collected {
  const mark = request.originalUrl.indexOf('?')
  const given = new URLSearchParams(mark === -1 ? '' : request.originalUrl.slice(mark + 1))
  const known = collect(operation, 'query', (name) => given.getAll(name))
  const names = new Set(
    operation.parameters.filter((parameter) => parameter.in === 'query').map((parameter) => parameter.name),
  )
  // An unknown filter that is dropped silently answers a question that nobody asked.
  const unknown = [...new Set(given.keys())].filter((name) => !names.has(name))
  return { ...known, values: { ...known.values, ...Object.fromEntries(unknown.map((name) => [name, ''])) } }
}

const utf8Json = /^application\/json\s*(;\s*charset\s*=\s*("utf-8"|utf-8)\s*)?$/i

const readers = new Map<number, RequestHandler>()

/** Reads a body of at most so many bytes, whatever its type says; larger ones are refused before they are read whole. */
function readerOf(limit: number): RequestHandler {
  const reader = readers.get(limit) ?? express.raw({ type: () => true, limit })
  readers.set(limit, reader)
  return reader
}

async function readBody(request: Request, response: Response, operation: Operation): Promise<Buffer> {
  const sent =
    request.get('transfer-encoding') !== undefined || !['0', undefined].includes(request.get('content-length'))
  if (!operation.body) {
    if (sent)
      throw new HubError('invalid_request', {
        reasons: [{ pointer: '', rule: 'no-body', message: 'Send no body here.' }],
      })
    return Buffer.alloc(0)
  }
  const types = request.headersDistinct['content-type'] ?? []
  if (sent && !(types.length === 1 && utf8Json.test(types[0] ?? ''))) throw new HubError('unsupported_media_type')
  const read = readerOf(operation.bodyLimit.bytes)
  await new Promise<void>((resolve, reject) =>
    read(request, response, (error?: unknown) => (error ? reject(error) : resolve())),
  )
  const body: unknown = request.body
  if (!Buffer.isBuffer(body) || body.length === 0) {
    throw new HubError('malformed_body', { reasons: [{ pointer: '', rule: 'required', message: 'Send a JSON body.' }] })
  }
  return body
}
