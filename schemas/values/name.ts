import type { Name, Script } from '../contract.ts'
import { asciiDigits } from './digits.ts'
import { isPlaceholderName } from './placeholder.ts'

export { isPlaceholderName } from './placeholder.ts'

/** Marks typed for an apostrophe that NFKC would tear into a space and an accent. */
const tornApostrophes = /[\u00b4\u0384\u1fbd\u1fbf\u1fef\u1ffd\u1ffe\uff07]/g
/** Printable ASCII and Lao: most cells hold nothing that would have to be replaced. */
const plain = /^[ -_a-~\u0e80-\u0eff]*$/
const ascii = /^[ -~]*$/
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]/g

const tone = '[\u0ec8-\u0ecc]'
const upperOrLowerVowel = '[\u0eb1\u0eb4-\u0eb9\u0ebb\u0ecd]'
const toneBeforeVowel = new RegExp(`(${tone})(${upperOrLowerVowel})`, 'g')

/**
 * A name or place as written, made readable: one kind of space, no invisible controls, compatibility forms (full-width
 * letters, ligatures, no-break spaces) replaced. Lao stays as written, because NFKC would respell ໝ and ຳ; `laoNormal`
 * is for comparing. Numbers become text; anything else that is not text becomes ''.
 */
export function tidy(text: unknown): string {
  if (typeof text !== 'string' && typeof text !== 'number' && typeof text !== 'bigint') return ''
  if (typeof text === 'string' && plain.test(text)) return text.replace(/ {2,}/g, ' ').trim()
  return String(text)
    .replace(tornApostrophes, "'")
    .replace(/[^\u0e80-\u0eff]+/g, (run) => run.normalize('NFKC'))
    .replace(invisible, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}

const scripts: readonly (readonly [Script, RegExp])[] = [
  ['Latn', /\p{Script=Latin}/gu],
  ['Laoo', /\p{Script=Lao}/gu],
  ['Cyrl', /\p{Script=Cyrillic}/gu],
  ['Arab', /\p{Script=Arabic}/gu],
  ['Hans', /\p{Script=Han}/gu],
]

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

/** The script that most letters are written in; Zyyy when there is none that we know. */
export function scriptOf(text: string): Script {
  let best: Script = 'Zyyy'
  let most = 0
  for (const [script, pattern] of scripts) {
    const letters = count(text, pattern)
    if (letters > most) [best, most] = [script, letters]
  }
  return best
}

const titles = new Set(
  [
    'mr',
    'mrs',
    'ms',
    'miss',
    'dr',
    'prof',
    'rev',
    'hon',
    'bw',
    'bi',
    'ທ້າວ',
    'ທ',
    'ນາງ',
    'ນ',
    'ທ່ານ',
    '先生',
    '女士',
  ].map((title) => laoNormal(title)),
)

/** True for a title that stands as a word of its own: Mr, Dr., ທ້າວ, ນ. */
export const isTitle = (word: string): boolean => titles.has(laoNormal(word).toLowerCase().replace(/\.$/, ''))

/**
 * True for a name with characters that names are not written with: digits, symbols, markup, a formula, an emoji. It may still be
 * somebody's name with something typed into it, so it deserves a note, not a refusal.
 */
export const isUnlikelyName = (text: string): boolean => /[^\p{L}\p{M}\s.,'’ʼ‘`´()/·-]/u.test(text)

const usable = (value: string): boolean => value !== '' && !isPlaceholderName(value)

/**
 * A canonical name, or undefined when nothing (or only a placeholder) was written. Without parts, the words stand in
 * writing order with role unknown (a leading title is told apart); nobody is forced into first and last.
 */
export function makeName(full: string, parts?: Name['parts']): Name | undefined {
  const written = tidy(full)
  if (!usable(written)) return undefined
  const given = parts?.map(({ role, value }) => ({ role, value: tidy(value) })).filter(({ value }) => usable(value))
  return { full: written, script: scriptOf(written), parts: given?.length ? given : wordsOf(written) }
}

function wordsOf(written: string): Name['parts'] {
  const words = written.split(' ').filter((word) => /\p{L}/u.test(word))
  const leading = words.findIndex((word) => !isTitle(word))
  // The schema holds twelve parts; whoever has more keeps the rest in the last one.
  const parts = words.length > 12 ? [...words.slice(0, 11), words.slice(11).join(' ')] : words
  return parts.map((value, index) => ({ role: index < leading ? 'title' : 'unknown', value }))
}

/**
 * Lao text in one spelling, for comparing: ຳ and ໍາ alike wherever a tone mark sits between (NFKC alone leaves
 * ນ້ຳ and ນໍ້າ different), vowel signs before tone marks, ຫຼ as ຫລ, ໝ as ຫມ, ໜ as ຫນ, Lao digits as ASCII.
 */
export function laoNormal(text: string): string {
  if (ascii.test(text)) return text
  return asciiDigits(text.replace(tornApostrophes, "'").normalize('NFKC'))
    .replace(invisible, '')
    .replace(toneBeforeVowel, '$2$1')
    .replace(/\u0eab\u0ebc/g, '\u0eab\u0ea5')
}

/**
 * True for Lao typed in an 8-bit legacy font (Saysettha, Alice): it arrives as Latin letters with signs in the middle of
 * words, like `¦ö´¦ñ¡`. Such a name cannot be read back without the font's table.
 */
export function latinGarble(text: string): boolean {
  const dense = text.replace(/\s/g, '')
  const upperHalf = count(dense, /[\u0080-\u00ff]/g) / dense.length
  // NFKC has made digits and fractions of some signs, and letters of others.
  const signs = count(dense, /[\d\u2044\u0080-\u00a9\u00ab-\u00b3\u00b5\u00b6\u00b8\u00b9\u00bb-\u00bf\u00d7\u00f7]/g)
  if (upperHalf >= 0.3 && (signs > 0 || (upperHalf > 2 / 3 && dense.length >= 4))) return true
  return count(dense, /\p{L}[[\]{}<>@#$%^*=|\\~](?=\p{L})/gu) >= 2
}
