/** What the log and the metrics say, and what they must not. */
import request from 'supertest'
import { beforeAll, describe, expect, test } from 'vitest'
import { clientId, type Kit, lookup, makeKit, personId } from './kit.ts'

let kit: Kit
beforeAll(async () => {
  kit = await makeKit()
})

describe('the log', () => {
  test('has one line a request with operation, client, status and trace, and nothing of what was asked', async () => {
    const own = await makeKit()
    const secret = 'Zawadi-Canary'
    await lookup(
      own,
      { 'Pamoja-Officer': secret, 'Pamoja-Case': secret, 'User-Agent': secret },
      { identifier: { type: 'national-id', issuer: 'ke', value: secret } },
    )
    await request(own.app).get(`/v1/${secret}?q=${secret}`)
    await lookup(own, {}, { name: secret, [secret]: secret })
    const lines = own.log.map((line) => JSON.parse(line))
    expect(lines.map(({ operation, status, client, problem }) => [operation, status, client, problem])).toEqual([
      ['lookupBeneficiary', 200, clientId, undefined],
      ['none', 404, undefined, 'route_not_found'],
      ['lookupBeneficiary', 400, clientId, 'invalid_request'],
    ])
    expect(lines.every(({ traceId }) => /^[0-9a-f]{32}$/.test(traceId))).toBe(true)
    expect(own.log.join('')).not.toContain(secret)
  })

  test('a trace that is not well-formed is replaced, not repeated', async () => {
    for (const bad of [
      'x',
      '00-00000000000000000000000000000000-00f067aa0ba902b7-01',
      '00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01',
      `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01-extra`,
    ]) {
      const { headers } = await request(kit.app).get('/healthz').set('traceparent', bad)
      expect(headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
      expect(headers.traceparent?.slice(3, 35)).not.toBe(bad.slice(3, 35))
    }
  })
})

describe('metrics', () => {
  test('count answers by operation and status, and name nobody', async () => {
    const own = await makeKit()
    await lookup(own)
    await request(own.app).get(`/v1/beneficiaries/${personId}`)
    const { text } = await request(own.app).get('/metrics')
    expect(text).toContain('pamoja_http_request_duration_seconds_count{operation="lookupBeneficiary",status="200"} 1')
    expect(text).toContain('pamoja_http_request_duration_seconds_count{operation="getBeneficiary",status="401"} 1')
    expect(text).not.toContain(personId)
  })
})
