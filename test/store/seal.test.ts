import fc from 'fast-check'
import { expect, test } from 'vitest'
import { blind, blind64, type SealContext, seal, unseal } from '../../store/seal.ts'
import { testKeys } from '../kit/keys.ts'

const keys = testKeys()
const at: SealContext = { table: 'source_record', row: '018f:1', column: 'sealed' }
const damaged = expect.objectContaining({ code: 'internal' })
const context = fc.record({ table: fc.string(), row: fc.string(), column: fc.string() })

test('what was sealed opens again at its own place, text or bytes', () => {
  fc.assert(
    fc.property(context, fc.string({ unit: 'binary' }), (place, text) => {
      expect(unseal(keys, place, seal(keys, place, text)).toString()).toBe(text)
    }),
  )
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      const plain = Buffer.from(bytes)
      expect(unseal(keys, at, seal(keys, at, plain)).equals(plain)).toBe(true)
    }),
  )
})

test('a value with any one bit flipped does not open', () => {
  const sealed = seal(keys, at, 'Akinyi Otieno')
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const flipped = Buffer.from(sealed)
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
    expect(() => unseal(keys, at, flipped), `bit ${bit}`).toThrow(/changed, cut or moved|is not here/)
  }
})

test('a value that was cut or lengthened does not open', () => {
  const sealed = seal(keys, at, 'Akinyi Otieno')
  for (let length = 0; length < sealed.length; length++) {
    expect(() => unseal(keys, at, sealed.subarray(0, length)), `${length} bytes`).toThrow(damaged)
  }
  expect(() => unseal(keys, at, Buffer.concat([sealed, Buffer.of(0)]))).toThrow(damaged)
})

test('a value that was moved to another table, row or column does not open', () => {
  fc.assert(
    fc.property(context, context, (here, there) => {
      fc.pre(JSON.stringify(here) !== JSON.stringify(there))
      expect(() => unseal(keys, there, seal(keys, here, 'x'))).toThrow(damaged)
    }),
  )
  expect(() => unseal(keys, { ...at, table: 'source_recor', row: `d${at.row}` }, seal(keys, at, 'x'))).toThrow(damaged)
})

test('the same text is never sealed to the same bytes, and none of it shows', () => {
  const sealed = Array.from({ length: 2_000 }, () => seal(keys, at, 'Akinyi Otieno'))
  expect(new Set(sealed.map((one) => one.toString('hex'))).size).toBe(sealed.length)
  expect(new Set(sealed.map((one) => one.subarray(3, 15).toString('hex'))).size).toBe(sealed.length)
  expect(sealed.every((one) => !one.includes('Akinyi'))).toBe(true)
})

test('a newer key seals from now on, and the older one still opens what it sealed', () => {
  const both = testKeys('test', 2)
  expect(unseal(both, at, seal(keys, at, 'x')).toString()).toBe('x')
  const sealed = seal(both, at, 'y')
  expect(sealed.readUInt16BE(1)).toBe(2)
  expect(() => unseal(keys, at, sealed)).toThrow(expect.objectContaining({ code: 'wrong_key' }))
  // The version itself is protected: it cannot be turned back to a key that is here.
  sealed.writeUInt16BE(1, 1)
  expect(() => unseal(both, at, sealed)).toThrow(damaged)
})

test('another key file opens nothing', () => {
  expect(() => unseal(testKeys('other'), at, seal(keys, at, 'x'))).toThrow(damaged)
})

test('a blind index is equal for equal values and keys only', () => {
  const key = keys.identifierKey('ke-nssf', 'national-id')
  const hash = blind(key, 'ke:12345678')
  expect(blind(key, 'ke:12345678').equals(hash)).toBe(true)
  expect(blind(key, 'ke:12345679').equals(hash)).toBe(false)
  expect(blind(keys.identifierKey('ke-sha', 'national-id'), 'ke:12345678').equals(hash)).toBe(false)
  expect(blind(keys.identifierKey('ke-nssf', 'alien-id'), 'ke:12345678').equals(hash)).toBe(false)
  expect(hash).toHaveLength(32)
  expect(blind(key, 'ke:12345678', 16).equals(hash.subarray(0, 16))).toBe(true)
})

// RFC 4231, test case 1.
test('blind is HMAC-SHA256, and blind64 its first eight bytes as a signed number', () => {
  const key = Buffer.alloc(20, 0x0b)
  const digest = 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7'
  expect(blind(key, 'Hi There').toString('hex')).toBe(digest)
  expect(blind64(key, 'Hi There')).toBe(BigInt.asIntN(64, BigInt(`0x${digest.slice(0, 16)}`)))
})

test('blocking keys use the whole signed range, as PostgreSQL bigint does', () => {
  const signs = new Set(Array.from({ length: 64 }, (_, n) => blind64(keys.blockingKey, String(n)) < 0n))
  expect(signs).toEqual(new Set([true, false]))
})
