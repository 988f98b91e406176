/** The rules of each identifier, one row per (issuer, type). Sources: GB 11643-1999, the Kenyan FHIR guide, published samples. */
import type { Identifier, IdentifierType } from '../contract.ts'
import { isRealDay } from './civil.ts'
import { asciiDigits } from './digits.ts'

export type IdentifierRule = {
  /** From the written form (see `writtenForm`) to the normalised value. */
  readonly normalise: (value: string) => string
  readonly pattern: RegExp
  /** The pattern in words, for the message. */
  readonly shape: string
  /** The name of the broken rule, or undefined. Runs after the pattern. */
  readonly check?: (value: string) => 'date' | 'check-digit' | undefined
  /** Why a value that passes deserves a second look. */
  readonly doubt?: (value: string) => string | undefined
  /** A last rewriting after the checks, such as the upgrade of a withdrawn form. */
  readonly finish?: (value: string) => string
  /** A narrower shape for recognising the type in a foreign column. */
  readonly telling?: RegExp
}

/** NFKC, ASCII digits, upper case, one kind of dash, no spaces; what spreadsheets append to numbers (`.0`) removed. */
export function writtenForm(text: string): string {
  return asciiDigits(text.normalize('NFKC'))
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\s\u200b-\u200f\u202a-\u202e\u2060\ufeff]/g, '')
    .toUpperCase()
    .replace(/^(\d+)\.0*$/, '$1')
    .replace(/^[-.']+|[-.]+$/g, '')
}

const asWritten = (value: string): string => value
const withoutDashes = (value: string): string => value.replace(/-/g, '')
const withoutLeadingZeros = (value: string): string => value.replace(/^0+(?=\d)/, '')

const shaNumber = (prefix: 'CR' | 'SHA' | 'HH'): IdentifierRule => ({
  normalise: asWritten,
  // The digit after the dash follows no public rule (it is not Luhn, Verhoeff, Damm or MOD 11-10): opaque.
  pattern: new RegExp(`^${prefix}\\d{13}(-\\d{1,3})?$`),
  shape: `${prefix}, thirteen digits, a dash and a digit`,
  doubt: (value) => (value.includes('-') ? undefined : 'suffix-lost'),
})

const chineseWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** ISO 7064 MOD 11-2 over the first 17 digits. */
function chineseCheck(digits: string): string {
  const sum = chineseWeights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return '10X98765432'.charAt(sum % 11)
}

const chineseFull = (value: string): string => (value.length === 15 ? `${value.slice(0, 6)}19${value.slice(6)}` : value)

function checkChinese(value: string): 'date' | 'check-digit' | undefined {
  const full = chineseFull(value)
  if (!isRealDay(Number(full.slice(6, 10)), Number(full.slice(10, 12)), Number(full.slice(12, 14)))) return 'date'
  return full.length === 17 || chineseCheck(full) === full.charAt(17) ? undefined : 'check-digit'
}

type RuleTable = { readonly [issuer in Identifier['issuer']]: { readonly [type in IdentifierType]?: IdentifierRule } }

export const identifierRules: RuleTable = {
  ke: {
    'sha-cr-number': shaNumber('CR'),
    'sha-number': shaNumber('SHA'),
    'sha-household-number': shaNumber('HH'),
    'tax-pin': {
      normalise: withoutDashes,
      pattern: /^[AP]\d{9}[A-Z]$/,
      shape: 'A (or P for a company), nine digits and a letter',
      doubt: (value) => (value.startsWith('P') ? 'company-pin' : undefined),
    },
    'national-id': {
      // Registries strip and keep leading zeros differently, so the stripped form is the value.
      normalise: withoutLeadingZeros,
      pattern: /^\d{5,9}$/,
      shape: 'five to nine digits',
      telling: /^\d{6,8}$/,
    },
    'nssf-number': { normalise: withoutDashes, pattern: /^\d{9,10}$/, shape: 'nine or ten digits' },
    'maisha-number': {
      normalise: withoutLeadingZeros,
      // Adults keep their identity-card number as their Maisha number.
      pattern: /^(\d{14}|\d{5,9})$/,
      shape: 'fourteen digits, or the number of the old identity card',
      telling: /^\d{14}$/,
    },
    passport: {
      normalise: withoutDashes,
      pattern: /^(?=.*\d)[0-9A-Z]{4,20}$/,
      shape: 'four to twenty letters and digits',
      telling: /^[A-Z]{1,2}\d{6,7}$/,
    },
  },
  la: {},
  pk: {
    'national-id': {
      normalise: withoutDashes,
      pattern: /^[1-8]\d{12}$/,
      shape: 'thirteen digits, the first from 1 to 8',
      doubt: (value) => (value.endsWith('0') ? 'last-digit-zero' : undefined),
    },
    'old-national-id': { normalise: withoutDashes, pattern: /^\d{11}$/, shape: 'eleven digits' },
    'eobi-number': {
      normalise: withoutDashes,
      pattern: /^\d{4}[A-Z]?\d{6}$|^\d{10}$/,
      shape: 'four digits, a letter and six digits',
      doubt: (value) => (/[A-Z]/.test(value) ? undefined : 'letter-lost'),
      telling: /^\d{4}[A-Z]\d{6}$/,
    },
  },
  kg: {
    'national-id': {
      normalise: withoutDashes,
      pattern: /^[12]\d{4}(19|20)\d{7}$/,
      shape: 'fourteen digits: 1 or 2, day, month, year and five more',
      check: (value) =>
        isRealDay(Number(value.slice(5, 9)), Number(value.slice(3, 5)), Number(value.slice(1, 3))) ? undefined : 'date',
    },
  },
  cn: {
    'national-id': {
      normalise: withoutDashes,
      pattern: /^(\d{17}[\dX]|\d{15})$/,
      shape: 'eighteen digits, the last perhaps X',
      check: checkChinese,
      // The 15-digit card was withdrawn on 2013-01-01: the century and the check character complete it.
      finish: (value) => (value.length === 15 ? chineseFull(value) + chineseCheck(chineseFull(value)) : value),
    },
  },
}
