import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readPhone } from '../../../schemas/values/phone.ts'

type Vector = { in: string; e164?: string }
const vectors: { ke_phone: Vector[] } = JSON.parse(
  readFileSync(new URL('../../vectors/identifiers.json', import.meta.url), 'utf8'),
)
const placeholders: { phone: string[] } = JSON.parse(
  readFileSync(new URL('../../vectors/placeholders.json', import.meta.url), 'utf8'),
)

test.each(vectors.ke_phone)('the published vector $in', ({ in: written, e164 }) => {
  expect(readPhone(written, 'ke')).toEqual(e164 ? { phone: e164 } : { note: 'placeholder-removed' })
})

test.each(placeholders.phone)('%s joins nobody, whatever country wrote it', (written) => {
  for (const country of ['ke', 'la', 'pk', 'kg', 'cn'] as const) {
    const read = readPhone(written, country)
    if (country === homeOf(written)) expect(read).toEqual({ note: 'placeholder-removed' })
  }
})

function homeOf(written: string): string {
  if (/^(0300)/.test(written)) return 'pk'
  if (/^138/.test(written)) return 'cn'
  if (/^0205/.test(written)) return 'la'
  if (/^0555/.test(written)) return 'kg'
  return 'ke'
}

test.each([
  ['020 55 123 456', 'la', '+8562055123456'],
  ['໐໒໐ ໕໕໑໒໓໔໕໖', 'la', '+8562055123456'],
  ['0301-2345678', 'pk', '+923012345678'],
  ['0555 123 456', 'kg', '+996555123456'],
  ['13912345678', 'cn', '+8613912345678'],
  ['+254 (0) 712 000 001', 'ke', '+254712000001'],
  ['00254712000001', 'ke', '+254712000001'],
  ['+256 772 123456', 'ke', '+256772123456'],
  ['0712000001 / 0733000002', 'ke', '+254712000001'],
  [712000001, 'ke', '+254712000001'],
] as const)('%s written in %s is %s', (written, country, phone) => {
  expect(readPhone(written, country)).toEqual({ phone })
})

test.each(['2.54712E+11', 'call the chief', '07120', {}, true])(
  '%s cannot be read as a telephone number',
  (written) => {
    expect(readPhone(written, 'ke')).toEqual({ note: 'phone-unreadable' })
  },
)

test.each([undefined, null, '', ' '])('nothing written (%j) leaves no note', (written) => {
  expect(readPhone(written, 'ke')).toEqual({})
})
