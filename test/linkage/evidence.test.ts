import { expect, test } from 'vitest'
import { blockingKeys } from '../../linkage/blocking.ts'
import { compare, compareUnlessDistinct } from '../../linkage/compare.ts'
import { decide } from '../../linkage/decide.ts'
import { packEvidence, unpackEvidence } from '../../linkage/evidence.ts'
import { prepare } from '../../linkage/features.ts'
import { defaultModel } from '../../linkage/model.ts'
import type { LinkRecord } from '../../linkage/record.ts'

const unpacked = (text: string): LinkRecord => {
  const record = unpackEvidence('x', text)
  if (!record) throw new Error('not read')
  return record
}
const full: LinkRecord = {
  id: 'x',
  registry: 'ke-sha',
  stream: 'client',
  names: [
    {
      full: 'Grace Wanjiru Kamau',
      script: 'Latn',
      parts: [
        { role: 'given', value: 'Grace' },
        { role: 'other', value: 'Wanjiru' },
        { role: 'family', value: 'Kamau' },
      ],
    },
    { full: 'ສົມສັກ', script: 'Laoo', parts: [] },
  ],
  sex: 'female',
  birthDate: '1988-03-14',
  birthDateHeaped: true,
  identifiers: [
    { type: 'national-id', issuer: 'ke', value: '99000001' },
    { type: 'sha-household-number', issuer: 'ke', value: 'HH9900000000001-1' },
  ],
  phones: ['+254712000001', '+254712000002'],
  addresses: [
    { country: 'ke', regionCode: 'KE-47', region: 'Nairobi City', district: 'Langata', locality: 'Karen' },
    { country: 'la', region: 'ວຽງຈັນ' },
  ],
  relations: [
    {
      role: 'spouse',
      name: { full: 'Peter Otieno', script: 'Latn', parts: [{ role: 'unknown', value: 'Peter Otieno' }] },
      identifier: { type: 'national-id', issuer: 'ke', value: '99000002' },
    },
  ],
  employers: [{ id: 'ke-sha:EMP-1', name: 'Mlima Textiles Ltd' }, { id: 'ke-sha:EMP-2' }],
}
const bare: LinkRecord = {
  id: 'x',
  registry: 'r',
  stream: 's',
  names: [],
  birthDateHeaped: false,
  identifiers: [],
  phones: [],
  addresses: [],
  relations: [],
}

test.each([
  ['everything', full],
  ['nothing', bare],
])('evidence that says %s comes back as it was', (_, record) => {
  expect(unpackEvidence('x', packEvidence(record))).toEqual(record)
})

test('evidence from before employers were packed is read', () => {
  const { employers, ...others } = full
  expect(employers).toHaveLength(2)
  expect(unpackEvidence('x', packEvidence(others))).toEqual(others)
})

const [, ...body]: unknown[] = JSON.parse(packEvidence(full))
test.each([
  ['no format, as at first', JSON.stringify(body)],
  ['a later format', JSON.stringify([2, ...body])],
  ['a format that begins with the same digit', JSON.stringify([12, ...body])],
  ['something that is no JSON', '\u0001\u0000'],
  ['nothing', ''],
])('evidence of %s is not read', (_, text) => {
  expect(unpackEvidence('x', text)).toBeUndefined()
})

test('what was unpacked blocks and compares as the record itself does', () => {
  const again = prepare(unpacked(packEvidence(full)))
  expect(blockingKeys(again)).toEqual(blockingKeys(prepare(full)))
  expect(compare(defaultModel, again, prepare(full))).toEqual(compare(defaultModel, prepare(full), prepare(full)))
})

test('equal evidence is equal text, and each part of it makes another one', () => {
  expect(packEvidence({ ...full })).toBe(packEvidence(full))
  const others: Partial<LinkRecord>[] = [
    { sex: 'male' },
    { birthDate: '1988-03-15' },
    { birthDateHeaped: false },
    { phones: [] },
    { names: full.names.slice(1) },
    { identifiers: full.identifiers.slice(1) },
    { addresses: full.addresses.slice(1) },
    { relations: [] },
    { employers: [{ id: 'ke-sha:EMP-1' }] },
    { stream: 'nhif' },
  ]
  const texts = others.map((other) => packEvidence({ ...full, ...other }))
  expect(new Set([...texts, packEvidence(full)]).size).toBe(others.length + 1)
})

const births = [undefined, '1988', '1988-03', '1988-03-14', '1988-03-15', '1978-03-14', '1960-01-01']
const names = ['Grace Wanjiru Kamau', 'Grace Kamau', 'G Kamau', 'Kamua Graec', 'Peter Otieno Ouma']
const numbers = [undefined, '99000001', '99000010', '99777777']
const phones = [[], ['+254712000001'], ['+254712000009']]
const all = births.flatMap((birthDate) =>
  names.flatMap((name) =>
    numbers.flatMap((value) =>
      phones.map(
        (held, index): LinkRecord => ({
          ...bare,
          names: [{ full: name, script: 'Latn', parts: [{ role: 'unknown', value: name }] }],
          ...(birthDate && { birthDate }),
          ...(index < 2 && { sex: 'female' }),
          identifiers: value ? [{ type: 'national-id', issuer: 'ke', value }] : [],
          phones: held,
          addresses: index === 0 ? [] : [{ country: 'ke', regionCode: 'KE-47', locality: 'Karen' }],
        }),
      ),
    ),
  ),
)

test('a pair that ends early is one that would have been told apart, and no other changes', () => {
  let [early, kept] = [0, 0]
  const prepared = all.map(prepare)
  const some = prepared.filter((_, index) => index % 7 === 0)
  for (const one of some)
    for (const other of prepared) {
      const whole = compare(defaultModel, one, other)
      const parts = compareUnlessDistinct(defaultModel, one, other)
      if (parts) {
        kept++
        expect(parts).toEqual(whole)
      } else {
        early++
        expect(decide(defaultModel, whole).outcome).toBe('distinct')
      }
    }
  expect(early).toBeGreaterThan(1_000)
  expect(kept).toBeGreaterThan(1_000)
})
