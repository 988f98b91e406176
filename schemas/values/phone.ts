import type { Identifier, Phone } from '../contract.ts'
import { asciiDigits, isScientific } from './digits.ts'
import { isPlaceholderText } from './placeholder.ts'

type Issuer = Identifier['issuer']

/** Country code and the national number without its trunk 0: mobile first, then fixed lines. */
const plans: { readonly [country in Issuer]: { readonly code: string; readonly national: RegExp } } = {
  ke: { code: '254', national: /^([17]\d{8}|[2-6]\d{6,8})$/ },
  la: { code: '856', national: /^(20\d{8}|30\d{7}|[2-8]\d{7})$/ },
  pk: { code: '92', national: /^(3\d{9}|[2-9]\d{8,9})$/ },
  kg: { code: '996', national: /^\d{9}$/ },
  cn: { code: '86', national: /^(1[3-9]\d{9}|[2-9]\d{8,10})$/ },
}

/** Numbers typed to fill the box, in E.164. */
const junk = new Set([
  '+254700000000',
  '+254700000001',
  '+254712345678',
  '+254722000000',
  '+254205555555',
  '+923001234567',
  '+923000000000',
  '+8613800000000',
  '+8613800138000',
  '+996555000000',
  '+8562055555555',
])

export type ReadPhone = { readonly phone?: Phone; readonly note?: 'placeholder-removed' | 'phone-unreadable' }

/**
 * A telephone number in E.164. A number without a country code is read under `country`'s plan, with or without its
 * trunk 0 (spreadsheets lose it); a cell with several numbers gives the first that can be read. Nothing written gives {}.
 */
export function readPhone(written: unknown, country: Issuer): ReadPhone {
  if (typeof written !== 'string' && typeof written !== 'number' && typeof written !== 'bigint') {
    return written === undefined || written === null ? {} : { note: 'phone-unreadable' }
  }
  const text = asciiDigits(String(written).normalize('NFKC')).trim()
  if (text === '') return {}
  if (isPlaceholderText(text)) return { note: 'placeholder-removed' }
  let worst: ReadPhone = { note: 'phone-unreadable' }
  for (const piece of text.split(/[/,;|\n]| or /i)) {
    const read = onePhone(piece.trim(), country)
    if (read.phone) return read
    if (read.note === 'placeholder-removed') worst = read
  }
  return worst
}

function onePhone(text: string, country: Issuer): ReadPhone {
  if (isScientific(text) || /\p{L}/u.test(text)) return { note: 'phone-unreadable' }
  const bare = text.replace(/^(\d+)\.0$/, '$1').replace(/\(0\)/g, '')
  const digits = bare.replace(/\D/g, '')
  if (/^(\d)\1*$/.test(digits)) return { note: 'placeholder-removed' }
  const phone =
    /^\+/.test(bare) || /^00[1-9]/.test(digits) ? international(digits.replace(/^00/, '')) : national(digits, country)
  if (!phone) return { note: 'phone-unreadable' }
  return junk.has(phone) || /(\d)\1{7,}$/.test(phone) ? { note: 'placeholder-removed' } : { phone }
}

function international(digits: string): Phone | undefined {
  const plan = Object.values(plans).find(({ code }) => digits.startsWith(code))
  if (!plan) return /^[1-9]\d{6,14}$/.test(digits) ? `+${digits}` : undefined
  const rest = digits.slice(plan.code.length).replace(/^0/, '')
  return plan.national.test(rest) ? `+${plan.code}${rest}` : undefined
}

function national(digits: string, country: Issuer): Phone | undefined {
  const { code, national: pattern } = plans[country]
  const rest = digits.replace(/^0/, '')
  if (pattern.test(rest)) return `+${code}${rest}`
  return digits.startsWith(code) ? international(digits) : undefined
}
