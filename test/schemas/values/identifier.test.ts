import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Identifier, IdentifierType } from '../../../schemas/contract.ts'
import { impliedByIdentifier, looksLike, readIdentifier, uniqueTypes } from '../../../schemas/values/identifier.ts'

type Vector = {
  in: string
  ok: boolean | null
  normalise?: string
  compact?: string
  upgrade?: string
  sex?: 'M' | 'F'
  dob?: string
  type?: string
}
const vectors: Record<string, Vector[]> = JSON.parse(
  readFileSync(new URL('../../vectors/identifiers.json', import.meta.url), 'utf8'),
)
const placeholders: Record<string, string[]> = JSON.parse(
  readFileSync(new URL('../../vectors/placeholders.json', import.meta.url), 'utf8'),
)

const schemes: [string, IdentifierType, Identifier['issuer']][] = [
  ['cn_resident_id', 'national-id', 'cn'],
  ['pk_cnic', 'national-id', 'pk'],
  ['ke_national_id', 'national-id', 'ke'],
  ['ke_kra_pin', 'tax-pin', 'ke'],
  ['ke_maisha_upi', 'maisha-number', 'ke'],
  ['ke_sha_cr', 'sha-cr-number', 'ke'],
  ['ke_nssf_member', 'nssf-number', 'ke'],
  ['kg_pin', 'national-id', 'kg'],
  ['pk_eobi_no', 'eobi-number', 'pk'],
]
const shaTypes: Record<string, IdentifierType> = { 'SHA-NUMBER': 'sha-number', HOUSEHOLD: 'sha-household-number' }
/** A right shape that people type to fill the box; the shape is fine, the value is still junk. */
const shapedPlaceholders = new Set(['12345678'])

describe.each(schemes)('the published vectors of %s', (scheme, schemeType, issuer) => {
  test.each(vectors[scheme] ?? [])('$in', (vector) => {
    const type = shaTypes[vector.type ?? ''] ?? schemeType
    const read = readIdentifier(type, issuer, vector.in)
    if (shapedPlaceholders.has(vector.in)) {
      expect(read).toEqual({ outcome: 'placeholder' })
      return
    }
    expect(read.outcome === 'ok').toBe(vector.ok !== false)
    if (read.outcome !== 'ok') return
    expect(Boolean(read.doubtful)).toBe(vector.ok === null || vector.in.startsWith('P'))
    const expected = vector.normalise ?? vector.compact ?? vector.upgrade
    if (expected) expect(read.identifier.value).toBe(expected)
    const implied = impliedByIdentifier(read.identifier)
    if (vector.sex) expect(implied.sex).toBe(vector.sex === 'M' ? 'male' : 'female')
    if (vector.dob) expect(implied.birthDate).toBe(vector.dob)
  })
})

test.each(placeholders.id_any ?? [])('%s is a placeholder under every type, so it never becomes a key', (junk) => {
  for (const type of ['national-id', 'passport', 'nssf-number'] as const)
    expect(readIdentifier(type, 'ke', junk)).toEqual({ outcome: 'placeholder' })
})

test.each(placeholders.kra_pin ?? [])('the junk tax PIN %s is a placeholder', (junk) => {
  expect(readIdentifier('tax-pin', 'ke', junk)).toEqual({ outcome: 'placeholder' })
})

test.each([
  ['national-id', 'cn', '11010519491331002X', 'date'],
  ['national-id', 'cn', '110105194912310021', 'check-digit'],
  ['national-id', 'kg', '22902200399001', 'date'],
  ['national-id', 'kg', '2.01012E+13', 'excel-scientific'],
  ['national-id', 'pk', '3.5201E+12', 'excel-scientific'],
  ['national-id', 'cn', 110105194912310020, 'excel-precision'],
  ['national-id', 'ke', 'A123456', 'pattern'],
  ['passport', 'ke', { a: 1 }, 'not-text'],
  ['lsso-number', 'la', 'ກຂຄ', 'pattern'],
] as const)('a %s of %s written %s breaks the rule %4$s', (type, issuer, written, rule) => {
  expect(readIdentifier(type, issuer, written)).toMatchObject({ outcome: 'invalid', rule })
})

test.each([
  ['national-id', 'ke', 9876543, '9876543'],
  ['national-id', 'ke', ' 22 334 455 ', '22334455'],
  ['lsso-number', 'la', '໐໑-໒໓໔໕໖', '01-23456'],
  ['national-id', 'pk', '35201–0000001–1', '3520100000011'],
  ['refugee-id', 'ke', 'nai-123456', 'NAI-123456'],
] as const)('a %s of %s written %s is read as %4$s', (type, issuer, written, value) => {
  expect(readIdentifier(type, issuer, written)).toEqual({ outcome: 'ok', identifier: { type, issuer, value } })
})

test.each([undefined, null, '', '   '])('nothing written (%j) is empty, not a placeholder', (written) => {
  expect(readIdentifier('national-id', 'ke', written)).toEqual({ outcome: 'empty' })
})

test.each([
  ['22334455', 'ke', ['national-id']],
  ['A123456', 'ke', ['passport']],
  ['2099000001', 'ke', ['nssf-number']],
  ['A000000001B', 'ke', ['tax-pin']],
  ['CR9900000000001-1', 'ke', ['sha-cr-number']],
  ['42101-0000002-2', 'pk', ['national-id']],
  ['22902200499001', 'kg', ['national-id']],
  ['12345678', 'ke', []],
  ['hello', 'ke', []],
] as const)('%s of %s looks like %j', (written, issuer, types) => {
  expect(looksLike(written, issuer)).toEqual(types)
})

test('what a registry gives anew with each job or journey is not unique', () => {
  for (const type of ['passport', 'lsso-number', 'eobi-number', 'sha-household-number', 'temporary-id'] as const)
    expect(uniqueTypes.has(type)).toBe(false)
  for (const type of ['national-id', 'nssf-number', 'sha-cr-number'] as const) expect(uniqueTypes.has(type)).toBe(true)
})

test('reading a value that was read before changes nothing, and no message repeats the value', () => {
  const types = fc.constantFrom<IdentifierType>(
    'national-id',
    'nssf-number',
    'sha-number',
    'passport',
    'tax-pin',
    'eobi-number',
  )
  const issuers = fc.constantFrom<Identifier['issuer']>('ke', 'la', 'pk', 'kg', 'cn')
  const values = fc.oneof(fc.string(), fc.stringMatching(/^[0-9A-Z .-]{3,20}$/), fc.stringMatching(/^\d{5,18}$/))
  fc.assert(
    fc.property(types, issuers, values, (type, issuer, written) => {
      const once = readIdentifier(type, issuer, written)
      if (once.outcome === 'ok')
        expect(readIdentifier(type, issuer, once.identifier.value)).toMatchObject({ identifier: once.identifier })
      if (once.outcome === 'invalid' && written.trim().length > 3) expect(once.message).not.toContain(written.trim())
    }),
  )
})
