/** Requests about a person that the hub refuses before it looks anybody up, each with its problem. */
import type { ErrorCode } from '../../errors.ts'
import type { Beneficiary } from '../../schemas/contract.ts'
import { lookupPath, nationalId, type Sent, type Wire } from './wire.ts'

export const number = '99000001'

const bearer = async (token: Promise<string>) => `Bearer ${await token}`
const longAgo = () => Math.floor(Date.now() / 1000) - 600

/** What is asked here is sent to the look-up with her number, but for what the row changes. */
type BadRequest = readonly [
  says: string,
  status: number,
  code: ErrorCode,
  sent: (wire: Wire, person: Beneficiary) => Promise<Partial<Sent>> | Partial<Sent>,
]
export const badRequests: readonly BadRequest[] = [
  ['no token', 401, 'token_missing', () => ({ authorization: null })],
  ['a token that is none', 401, 'token_invalid', () => ({ authorization: 'Bearer made-up' })],
  ['a password in place of a token', 401, 'token_invalid', () => ({ authorization: 'Basic ZGVtbzpkZW1v' })],
  [
    'a token that a foreign key signed',
    401,
    'token_invalid',
    async (wire) => ({ authorization: await bearer(wire.forge({}, await wire.foreignKey())) }),
  ],
  [
    'an expired token',
    401,
    'token_invalid',
    async (wire) => ({ authorization: await bearer(wire.forge({ iat: longAgo(), exp: longAgo() + 300 })) }),
  ],
  [
    'a token for another service',
    401,
    'token_invalid',
    async (wire) => ({ authorization: await bearer(wire.forge({ aud: 'https://other.example' })) }),
  ],
  [
    'a token of a client that is none',
    401,
    'token_invalid',
    async (wire) => ({ authorization: await bearer(wire.forge({ client_id: 'nobody', sub: 'nobody' })) }),
  ],
  [
    'a token without the scope',
    403,
    'scope_missing',
    async (wire) => ({ authorization: await bearer(wire.forge({ scope: 'registries:read' })) }),
  ],
  ['no purpose', 400, 'purpose_missing', () => ({ headers: { 'Pamoja-Purpose': null } })],
  ['a purpose that is no code', 400, 'invalid_request', () => ({ headers: { 'Pamoja-Purpose': 'Because I can!' } })],
  ['no officer', 400, 'officer_missing', () => ({ headers: { 'Pamoja-Officer': null } })],
  [
    'a purpose that nobody registered',
    403,
    'agreement_missing',
    () => ({ headers: { 'Pamoja-Purpose': 'curiosity' } }),
  ],
  ['a purpose for which the agency has no agreement', 403, 'agreement_missing', () => ({ client: 'demo-operator' })],
  [
    'an agreement that has expired',
    403,
    'agreement_missing',
    () => ({ headers: { 'Pamoja-Purpose': 'reconciliation' } }),
  ],
  ['a filter that nobody knows', 400, 'invalid_request', () => ({ path: `${lookupPath}?verbose=true` })],
  ['a field that nobody knows', 400, 'invalid_request', () => ({ body: { ...nationalId(number), everything: true } })],
  [
    'an identifier type that nobody knows',
    400,
    'invalid_request',
    () => ({ body: { identifier: { type: 'nickname', issuer: 'ke', value: number } } }),
  ],
  ['a list where one identifier belongs', 400, 'invalid_request', () => ({ body: [nationalId(number)] })],
  ['a filler for the identifier', 400, 'identifier_invalid', () => ({ body: nationalId('00000000') })],
  ['the word none for the identifier', 400, 'identifier_invalid', () => ({ body: nationalId('N/A') })],
  ['an identifier that breaks its rule', 400, 'identifier_invalid', () => ({ body: nationalId(`${number}${number}`) })],
  [
    'an identifier that a spreadsheet has rounded',
    400,
    'identifier_invalid',
    () => ({ body: nationalId('9.9000001E+07') }),
  ],
  ['half a body', 400, 'malformed_body', () => ({ text: JSON.stringify(nationalId(number)).slice(0, -3) })],
  [
    'a field that stands twice',
    400,
    'malformed_body',
    () => ({ text: `{"identifier":{"type":"national-id","issuer":"ke","value":"1","value":"${number}"}}` }),
  ],
  ['a NUL in the body', 400, 'malformed_body', () => ({ text: JSON.stringify(nationalId(`${number}\0`)) })],
  ['bytes that are no text', 400, 'malformed_body', () => ({ text: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]) })],
  ['no body', 400, 'malformed_body', () => ({ method: 'POST', body: undefined })],
  [
    'a form',
    415,
    'unsupported_media_type',
    () => ({ text: `value=${number}`, headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }),
  ],
  ['JSON that calls itself text', 415, 'unsupported_media_type', () => ({ headers: { 'Content-Type': 'text/plain' } })],
  ['a caller who wants a web page', 406, 'not_acceptable', () => ({ headers: { Accept: 'text/html' } })],
  ['a body of a megabyte', 413, 'payload_too_large', () => ({ body: nationalId(number.repeat(130_000)) })],
  ['another method', 405, 'method_not_allowed', () => ({ method: 'DELETE', body: undefined })],
  [
    'the number in the path',
    400,
    'invalid_request',
    () => ({ path: `/v1/beneficiaries/${number}`, method: 'GET', body: undefined }),
  ],
  ['a path that there is not', 404, 'route_not_found', () => ({ path: `/v1/people/${number}` })],
  [
    'a search for a name alone',
    400,
    'invalid_request',
    (_wire, person) => ({ path: '/v1/beneficiaries/search', body: { name: person.name?.full } }),
  ],
  [
    'a filter of another list',
    400,
    'invalid_request',
    (_wire, person) => ({
      path: `/v1/beneficiaries/${person.id}/enrolments?status=active`,
      method: 'GET',
      body: undefined,
    }),
  ],
  [
    'a filter that stands twice',
    400,
    'invalid_request',
    (_wire, person) => ({
      path: `/v1/beneficiaries/${person.id}/enrolments?limit=1&limit=2`,
      method: 'GET',
      body: undefined,
    }),
  ],
  [
    'a page that nobody gave out',
    400,
    'invalid_request',
    (_wire, person) => ({
      path: `/v1/beneficiaries/${person.id}/contributions?cursor=made-up`,
      method: 'GET',
      body: undefined,
    }),
  ],
  [
    'a month that is none',
    400,
    'invalid_request',
    (_wire, person) => ({
      path: `/v1/beneficiaries/${person.id}/contributions?from=2026-13`,
      method: 'GET',
      body: undefined,
    }),
  ],
]
