import { createHmac, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { blind, blind32, blind64 } from '../../store/seal.ts'

const expected = (key: Buffer, text: string) => createHmac('sha256', key).update(text, 'utf8').digest()

describe('a keyed hash', () => {
  it('is HMAC-SHA256 as node:crypto has it, whatever the text and its length', () => {
    const keys = [randomBytes(32), randomBytes(32), randomBytes(64), Buffer.alloc(32)]
    const texts = fc.oneof(fc.string({ maxLength: 70 }), fc.string({ unit: 'binary', maxLength: 70 }))
    fc.assert(
      fc.property(fc.constantFrom(...keys), texts, (key, text) => {
        const whole = expected(key, text)
        expect(blind(key, text)).toEqual(whole)
        expect(blind(key, text, 16)).toEqual(whole.subarray(0, 16))
        expect(blind64(key, text)).toBe(whole.readBigInt64BE(0))
        expect(blind32(key, text)).toBe(whole.readInt32BE(4))
      }),
      { numRuns: 2_000 },
    )
  })

  it('is right at the length where a text no longer fits into one block', () => {
    const key = randomBytes(32)
    for (const length of [0, 1, 3, 4, 54, 55, 56, 57, 63, 64, 65, 1_000])
      expect(blind(key, 'x'.repeat(length))).toEqual(expected(key, 'x'.repeat(length)))
  })

  it('is the one of RFC 4231, test case 2', () => {
    expect(blind(Buffer.from('Jefe'), 'what do ya want for nothing?').toString('hex')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
  })
})
