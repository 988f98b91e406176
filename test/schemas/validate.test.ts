import { describe, expect, test } from 'vitest'
import type { SourceRecord } from '../../schemas/contract.ts'
import { validateSourceRecord, validators } from '../../schemas/validate.ts'

const body = (operation: string, value: unknown) =>
  validators().get(operation)?.body.get('application/json')?.(value) ?? []
const brief = (reasons: readonly { pointer: string; rule: string }[]) =>
  reasons.map(({ pointer, rule }) => `${pointer} ${rule}`)

const record: SourceRecord = {
  registry: 'ke-nssf',
  stream: 'member',
  sourceId: 'm-1',
  names: [{ full: 'Atieno', script: 'Latn', parts: [] }],
  identifiers: [],
  enrolments: [],
  contributions: [],
  benefits: [],
  quality: [],
}

describe('a source record', () => {
  test('that fits has no reasons', () => {
    expect(validateSourceRecord(record)).toEqual([])
  })

  test.each<[string, object, string]>([
    ['no name', { names: [] }, '/names minItems'],
    [
      'a month that is none',
      { contributions: [{ scheme: 'ke-nssf/a', month: '2026-13', state: 'paid' }] },
      '/contributions/0/month pattern',
    ],
    [
      'a fraction of a cent',
      {
        benefits: [
          {
            scheme: 'ke-nssf/a',
            branch: 'old-age',
            kind: 'cash',
            state: 'paid',
            amount: { amount: 0.5, currency: 'KES' },
          },
        ],
      },
      '/benefits/0/amount/amount type',
    ],
    ['a field of its own', { note: 'x' }, '/note additionalProperties'],
    ['a registry in capitals', { registry: 'KE-NSSF' }, '/registry pattern'],
  ])('with %s says where and which rule', (_name, change, expected) => {
    expect(brief(validateSourceRecord({ ...record, ...change }))).toEqual([expected])
  })
})

describe('reasons', () => {
  test.each<[string, unknown, string]>([
    ['a missing field', { identifier: { type: 'national-id', value: '1' } }, 'issuer is missing.'],
    [
      'a wrong type',
      { identifier: { type: 'national-id', issuer: 'ke', value: 24681357 } },
      'Write a text. The number as written: spaces, dashes and small letters do no harm.',
    ],
    [
      'an unknown field',
      { identifier: { type: 'national-id', issuer: 'ke', value: '1' }, refesh: true },
      'refesh is not part of the contract. Known here: identifier, refresh.',
    ],
    [
      'an unknown word',
      { identifier: { type: 'national-id', issuer: 'xx', value: '1' } },
      'Write one of: ke, la, pk, kg, cn.',
    ],
    ['an empty text', { identifier: { type: 'national-id', issuer: 'ke', value: '' } }, 'Write at least 1 character.'],
    [
      'a long text',
      { identifier: { type: 'national-id', issuer: 'ke', value: '1'.repeat(61) } },
      'Write at most 60 characters.',
    ],
  ])('for %s teach what would be right', (_name, value, message) => {
    expect(body('lookupBeneficiary', value).map((reason) => reason.message)).toEqual([message])
  })

  test('for a search with a name alone ask for one thing more, once', () => {
    expect(body('searchBeneficiaries', { name: 'Atieno', sex: 'female' })).toEqual([
      { pointer: '', rule: 'anyOf', message: 'Give at least one of: birthDate, phone, place, identifiers.' },
    ])
  })

  test('never repeat a value or a name that the sender made up', () => {
    const secret = 'Zawadi "Canary" <24681357>'
    const value = {
      [secret]: secret,
      identifier: { type: secret, issuer: secret, value: secret.repeat(9), [secret]: 1 },
    }
    expect(body('lookupBeneficiary', value).length).toBeGreaterThan(4)
    expect(JSON.stringify(body('lookupBeneficiary', value))).not.toMatch(/Zawadi|24681357/)
    const pushed = { stream: 'member', records: [{ data: { [secret]: 'x'.repeat(10_001) } }] }
    expect(brief(body('pushRecords', pushed))).toEqual(['/records/0/data/(name) maxLength'])
  })

  test('stop at a hundred', () => {
    const records = Array.from({ length: 400 }, () => ({ origin: '', data: {} }))
    expect(body('pushRecords', { stream: 'member', records })).toHaveLength(100)
  })

  test('are not found on inherited properties', () => {
    expect(brief(body('lookupBeneficiary', JSON.parse('{"__proto__":{"identifier":{}}}')))).toContain(
      '/identifier required',
    )
  })
})
