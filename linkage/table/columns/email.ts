/** E-mail addresses as the kernel compares them: the name before the @ first of all. */
import { type Ints, sharedInts } from './shared.ts'
import { isSlip, lengthOf, packTexts, similarity, type Texts } from './texts.ts'

export const emailLevels = ['exact', 'same-name', 'similar', 'else'] as const
export type Emails = {
  readonly kind: 'email'
  /** Equal for equal names before the @, and for equal digits in them. */
  readonly local: Ints
  readonly digits: Ints
  readonly texts: Texts
}

export const foldEmail = (written: string): string => written.normalize('NFKC').toLowerCase().replaceAll(/\s/g, '')

export function emailFeatures(values: readonly string[]): Emails {
  const known = new Map<string, number>()
  const locals = values.map((value) => value.split('@')[0] ?? '')
  const [local, digits] = [sharedInts(values.length), sharedInts(values.length)]
  for (const [index, text] of locals.entries()) {
    const at = known.get(text) ?? known.size
    known.set(text, at)
    local[index] = at
    digits[index] = digitsOf(text)
  }
  return { kind: 'email', local, digits, texts: packTexts(locals) }
}

/** A text's digits as one number. */
function digitsOf(text: string): number {
  let digits = 0
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i)
    if (code >= 0x30 && code <= 0x39) digits = (Math.imul(digits, 11) + code - 0x2f) | 0
  }
  return digits
}

/** Up to four digits are what people of one name add to it; as `digitsOf` counts, they stay below this. */
const fiveDigits = 11 ** 4

/** Other digits tell people of one name apart, however alike the rest is; a slip is forgiven in the letters, or in a long number. */
export function compareEmail({ local, digits, texts }: Emails, x: number, y: number): number {
  if (x === y) return 0
  if (local[x] === local[y]) return 1
  const [one, other] = [digits[x] ?? 0, digits[y] ?? 0]
  const differ = one !== other && one !== 0 && other !== 0
  const short = one > 0 && one < fiveDigits && other > 0 && other < fiveDigits
  const isForgiven = !(differ && short) && Math.min(lengthOf(texts, x), lengthOf(texts, y)) >= 4
  if (isForgiven && isSlip(texts, x, y)) return 1
  if (differ) return 3
  return similarity(texts, x, y, 0.88) >= 0.88 ? 2 : 3
}
