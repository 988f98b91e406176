/** Lao script to Latin letters by its sounds, close to the usual romanisation: ສົມສັກ -> somsak, ພົມມະຈັນ -> phommachan. */
import { laoNormal } from '../../schemas/values/name.ts'

const initials: { readonly [letter: string]: string } = {
  ກ: 'k',
  ຂ: 'kh',
  ຄ: 'kh',
  ງ: 'ng',
  ຈ: 'ch',
  ສ: 's',
  ຊ: 's',
  ຍ: 'y',
  ດ: 'd',
  ຕ: 't',
  ຖ: 'th',
  ທ: 'th',
  ນ: 'n',
  ບ: 'b',
  ປ: 'p',
  ຜ: 'ph',
  ຝ: 'f',
  ພ: 'ph',
  ຟ: 'f',
  ມ: 'm',
  ຢ: 'y',
  ຣ: 'r',
  ລ: 'l',
  ວ: 'v',
  ຫ: 'h',
  ອ: '',
  ຮ: 'h',
}
const finals: { readonly [letter: string]: string } = {
  ກ: 'k',
  ງ: 'ng',
  ຍ: 'i',
  ດ: 't',
  ຕ: 't',
  ນ: 'n',
  ບ: 'p',
  ມ: 'm',
  ວ: 'o',
  ຣ: 'n',
  ລ: 'n',
  ສ: 't',
  ຈ: 't',
}
/** What stands after ຫ and takes its sound away. */
const softened = 'ງຍນມລຣວ'
const marks = /[\u0ec8-\u0ecc]/g
const before = 'ເແໂໄໃ'
const signs = /^[\u0eb0-\u0eb9\u0ebb\u0ebd\u0ecd]+/

/** Vowels by the sign before the consonant and the signs after it; the letters ວ ຍ ອ count as signs where no vowel is written. */
const vowels: { readonly [shape: string]: string } = {
  ະ: 'a',
  'ັ': 'a',
  າ: 'a',
  'ິ': 'i',
  'ີ': 'i',
  'ຶ': 'eu',
  'ື': 'eu',
  'ືອ': 'eu',
  'ຸ': 'u',
  'ູ': 'u',
  'ົ': 'o',
  'ໍ': 'o',
  'ໍາ': 'am',
  ຽ: 'ie',
  'ົວ': 'ua',
  'ັວ': 'ua',
  'ົວະ': 'ua',
  'ັຍ': 'ai',
  ວ: 'ua',
  ອ: 'o',
  ເ: 'e',
  ເະ: 'e',
  ເັ: 'e',
  ເິ: 'eu',
  ເີ: 'eu',
  ເຶອ: 'eua',
  ເືອ: 'eua',
  ເົາ: 'ao',
  ເາະ: 'o',
  ເຍ: 'ie',
  ເັຍ: 'ie',
  ແ: 'ae',
  ແະ: 'ae',
  ແັ: 'ae',
  ໂ: 'o',
  ໂະ: 'o',
  ໄ: 'ai',
  ໃ: 'ai',
}

const isConsonant = (letter: string | undefined): boolean => letter !== undefined && letter in initials
const isSign = (letter: string | undefined): boolean => letter !== undefined && signs.test(letter)

/** Latin letters for a Lao word. Letters of other scripts pass unchanged. */
export function romaniseLao(word: string): string {
  const text = laoNormal(word).replace(marks, '')
  let out = ''
  let at = 0
  while (at < text.length) {
    const syllable = readSyllable(text, at)
    out += syllable.sound
    at = syllable.end
  }
  return out
}

function readSyllable(text: string, from: number): { sound: string; end: number } {
  let at = from
  const lead = before.includes(text.charAt(at)) ? text.charAt(at++) : ''
  const onset = readOnset(text, at)
  if (onset.end === at) return { sound: lead ? '' : foreign(text.charAt(at)), end: Math.max(at, from + 1) }
  at = onset.end
  const written = signs.exec(text.slice(at))?.[0] ?? ''
  at += written.length
  const carried = carriedVowel(text, at, lead + written)
  const vowel = vowels[lead + written + carried] ?? vowels[lead + written] ?? (lead + written === '' ? '' : 'a')
  at += carried.length
  // A final closes the syllable only if it does not open the next one.
  const letter = text.charAt(at)
  const closes = vowel !== '' && letter in finals && !isSign(text[at + 1]) && !opensNext(text, at)
  if (!closes) return { sound: onset.sound + vowel, end: at }
  return { sound: onset.sound + vowel + finals[letter], end: at + 1 }
}

/** ວ, ຍ or ອ that is (part of) the vowel here: no vowel sign follows it. */
function carriedVowel(text: string, at: number, shape: string): string {
  const letter = text.charAt(at)
  if (letter === '' || isSign(text[at + 1])) return ''
  const next = text.charAt(at + 1)
  if (`${shape}${letter}` in vowels && 'ວຍອ'.includes(letter)) {
    // ວ or ອ alone between two consonants is the vowel; at a word's end too.
    return shape !== '' || next === '' || isConsonant(next) ? letter : ''
  }
  return ''
}

/** ພອນ: the ອ after a consonant is its vowel, so that consonant opens a syllable and closes none. */
function opensNext(text: string, at: number): boolean {
  const next = text.charAt(at + 1)
  return (next === 'ອ' || next === 'ວ') && !isSign(text[at + 2]) && isConsonant(text[at + 2])
}

function readOnset(text: string, at: number): { sound: string; end: number } {
  const first = text.charAt(at)
  const sound = initials[first]
  if (sound === undefined) return { sound: '', end: at }
  const second = text.charAt(at + 1)
  if (first === 'ຫ' && second !== '' && softened.includes(second) && !(second === 'ວ' && !isSign(text[at + 2]))) {
    return { sound: initials[second] ?? '', end: at + 2 }
  }
  return { sound, end: at + 1 }
}

/** Signs that cannot start a syllable say nothing; a repeated word (ໆ) neither. */
const foreign = (letter: string): string => (/[\u0e80-\u0eff]/.test(letter) ? '' : letter)
