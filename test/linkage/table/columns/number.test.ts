import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Encoded, encode } from '../../../../linkage/table/columns/encode.ts'
import { foldNumber, foldNumberBytes, foldPhone, foldPhoneBytes } from '../../../../linkage/table/columns/number.ts'
import type { FoldBytes } from '../../../../linkage/table/columns/recode.ts'
import { atomsOf } from '../../../../linkage/table/kernel/atoms.ts'
import { termOf } from '../../../../linkage/table/kernel/weights.ts'
import { type FieldName, type Packed, type TextColumn, textAt } from '../../../../linkage/table/table.ts'
import { columnOf } from '../tables.ts'

const written = fc.oneof(
  fc.string({ unit: 'binary-ascii', maxLength: 20 }),
  fc.string({ unit: fc.constantFrom('0', '0', '1', '7', 'a', 'Z', ' ', '-', '+'), maxLength: 70 }),
)

function foldedBytes(text: string, fold: FoldBytes): string {
  const to = new Uint8Array(text.length)
  const end = fold(Buffer.from(text), 0, text.length, to, 0)
  return Buffer.from(to.subarray(0, end)).toString()
}

test.each([
  ['numbers', foldNumber, foldNumberBytes],
  ['telephones', foldPhone, foldPhoneBytes],
] as const)('bytes of %s are folded as their text is', (_, fold, foldBytes) => {
  fc.assert(
    fc.property(written, (text) => {
      expect(foldedBytes(text, foldBytes)).toBe(fold(text))
    }),
  )
})

/** Of few telephones, each in several forms, so that many are one. */
const telephone = fc
  .tuple(fc.constantFrom('0', '0', '', '00', '+254 ', '0-'), fc.constantFrom('712345678', '712345679', '071234', '12'))
  .map((parts) => parts.join(''))

function pack({ codes, values }: TextColumn): { codes: typeof codes; values: Packed } {
  const start = new Int32Array(values.length + 1)
  for (const [at, value] of values.entries()) start[at + 1] = (start[at] ?? 0) + value.length
  return { codes, values: { bytes: Buffer.from(values.join('')), start } }
}

test.each(['phone', 'nationalId', 'identifier:old', 'postcode'] as const)(
  'a column of packed values comes out as one of strings does: %s',
  (field: FieldName) => {
    fc.assert(
      fc.property(fc.array(fc.oneof(written, telephone), { maxLength: 40 }), (texts) => {
        const column = columnOf(texts)
        const encoded = [column, pack(column)].map(
          (one): Encoded | undefined => encode({ size: texts.length, fields: new Map([[field, [one]]]) })[0],
        )
        const [strings, packed] = encoded
        if (!strings || !packed) throw new RangeError('a column is encoded')
        expect(packed.packed && strings.values.map((_, at) => textAt(packed.packed ?? [], at))).toEqual(strings.values)
        expect(packed.codes).toEqual(strings.codes)
        expect(packed.features).toEqual(strings.features)
        expect(termOf(packed)).toEqual(termOf(strings))
        expect(atomsOf(packed, texts.length)).toEqual(atomsOf(strings, texts.length))
      }),
    )
  },
)
