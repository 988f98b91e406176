import type { Identifier, IdentifierType, PartialDate, Sex } from '../contract.ts'
import { isScientific } from './digits.ts'
import { type IdentifierRule, identifierRules, writtenForm } from './identifier-rules.ts'
import { foldPlaceholder, isPlaceholderText } from './placeholder.ts'

type Issuer = Identifier['issuer']

export type ReadIdentifier =
  | { readonly outcome: 'ok'; readonly identifier: Identifier; readonly doubtful?: string }
  | { readonly outcome: 'empty' }
  | { readonly outcome: 'placeholder' }
  | { readonly outcome: 'invalid'; readonly rule: string; readonly message: string }

/** Types of which a person holds one at a time, so that two different valid values speak against one person.
 * Not here: numbers given anew (passport, permit, temporary and mandate numbers), to a household, or with each new
 * job (LSSO, EOBI). */
export const uniqueTypes: ReadonlySet<IdentifierType> = new Set<IdentifierType>([
  'national-id',
  'old-national-id',
  'maisha-number',
  'alien-id',
  'refugee-id',
  'tax-pin',
  'nssf-number',
  'nhif-number',
  'sha-cr-number',
  'sha-number',
])

/** Those of them that a scheme gives to whom it enrols: who is enrolled twice, by two employers, holds two. */
export const enrolmentTypes: ReadonlySet<IdentifierType> = new Set<IdentifierType>([
  'nssf-number',
  'nhif-number',
  'sha-cr-number',
  'sha-number',
])

const sequences = new Set([
  '12345',
  '123456',
  '1234567',
  '12345678',
  '123456789',
  '1234567890',
  '0123456789',
  '87654321',
])
const junkPins = new Set(['A000000000A', 'A000000000Z', 'A123456789B', 'P000000000P'])

/** Junk that must never become a key: it would join thousands of people. */
function isPlaceholder(value: string): boolean {
  const folded = foldPlaceholder(value)
  return (
    isPlaceholderText(value) ||
    /^0+$/.test(folded) ||
    /^(\w)\1{4,}$/.test(folded) ||
    sequences.has(folded) ||
    junkPins.has(folded)
  )
}

const anyRule: IdentifierRule = {
  normalise: (value) => value,
  pattern: /^(?=.*\d)[0-9A-Z-]{4,20}$/,
  shape: 'four to twenty letters A-Z, digits and dashes, with a digit',
}

const ruleOf = (type: IdentifierType, issuer: Issuer): IdentifierRule => identifierRules[issuer][type] ?? anyRule

const invalid = (rule: string, message: string): ReadIdentifier => ({ outcome: 'invalid', rule, message })

/**
 * An identifier as a registry wrote it (text or number), in its normalised form. `invalid` names the broken rule
 * (`pattern`, `date`, `check-digit`, `excel-scientific`, `excel-precision`, `not-text`); the message never holds the value. `doubtful` values are
 * usable but deserve a quality note.
 */
export function readIdentifier(type: IdentifierType, issuer: Issuer, written: unknown): ReadIdentifier {
  if (written === undefined || written === null) return { outcome: 'empty' }
  if (typeof written !== 'string' && typeof written !== 'number' && typeof written !== 'bigint') {
    return invalid('not-text', 'An identifier is text or a whole number.')
  }
  const value = writtenForm(String(written))
  if (value === '') return { outcome: String(written).trim() === '' ? 'empty' : 'placeholder' }
  if (isScientific(value)) {
    return invalid(
      'excel-scientific',
      'A spreadsheet has rounded this number (1.23E+13). Format the column as text and export it again.',
    )
  }
  if (typeof written === 'number' && !Number.isSafeInteger(written)) {
    return invalid(
      'excel-precision',
      'This number is too long to be kept as a number. Format the column as text and export it again.',
    )
  }
  if (isPlaceholder(value)) return { outcome: 'placeholder' }
  const rule = ruleOf(type, issuer)
  const normal = rule.normalise(value)
  if (isPlaceholder(normal)) return { outcome: 'placeholder' }
  if (!rule.pattern.test(normal)) return invalid('pattern', `A ${type} of ${issuer} is ${rule.shape}.`)
  const broken = rule.check?.(normal)
  if (broken) return invalid(broken, `This ${type} of ${issuer} has the right shape, but its ${broken} is wrong.`)
  const doubtful = rule.doubt?.(normal)
  const identifier: Identifier = { type, issuer, value: rule.finish?.(normal) ?? normal }
  return { outcome: 'ok', identifier, ...(doubtful && { doubtful }) }
}

/**
 * The types of an issuer whose own shape the value has, most telling first: for a number in the wrong column. Types without a shape
 * of their own never appear.
 */
export function looksLike(written: string, issuer: Issuer): IdentifierType[] {
  const value = writtenForm(written)
  if (isScientific(value) || isPlaceholder(value)) return []
  const rules = identifierRules[issuer]
  const types = Object.keys(rules) as IdentifierType[]
  return types.filter((type) => {
    const rule = rules[type]
    if (!rule) return false
    const normal = rule.normalise(value)
    return (rule.telling ?? rule.pattern).test(normal) && rule.check?.(normal) === undefined
  })
}

/** What a valid identifier says about its holder: China birth date and sex, Kyrgyzstan both (1 female, 2 male), Pakistan sex. */
export function impliedByIdentifier(identifier: Identifier): { birthDate?: PartialDate; sex?: Sex } {
  if (identifier.type !== 'national-id') return {}
  const { issuer, value } = identifier
  if (issuer === 'cn') {
    return {
      birthDate: `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`,
      sex: oddIsMale(value[16]),
    }
  }
  if (issuer === 'kg') {
    return {
      birthDate: `${value.slice(5, 9)}-${value.slice(3, 5)}-${value.slice(1, 3)}`,
      sex: value.startsWith('1') ? 'female' : 'male',
    }
  }
  // A last digit 0 is doubtful: one source calls it female, others refuse it.
  if (issuer === 'pk' && value.at(-1) !== '0') return { sex: oddIsMale(value.at(-1)) }
  return {}
}

const oddIsMale = (digit: string | undefined): Sex => (Number(digit) % 2 === 1 ? 'male' : 'female')
