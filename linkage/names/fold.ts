/** Words of a name as the engine compares them, whatever script they are written in. */
import { laoNormal, latinGarble } from '../../schemas/values/name.ts'
import { simplified } from './han.ts'
import { romaniseLao } from './lao.ts'
import { foldArabic, romaniseArabic, romaniseCyrillic } from './letters.ts'
import { pinyinOf } from './pinyin.ts'
import { isLatinWord, writtenIn } from './script.ts'
import { romaniseOther } from './scripts.ts'

const apostrophes = /['`\u00b4\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02c8\u2032\u05f3\uff07]/g

/** Lower case, without apostrophes, accents and tone marks; one spelling per script. Letters of no known script are kept. */
export function foldWord(word: string): string {
  if (isLatinWord(word)) return word.toLowerCase()
  const bare = word.replace(apostrophes, '').toLowerCase()
  if (isLatinWord(bare)) return bare
  switch (writtenIn(bare)) {
    case 'lao':
      return laoNormal(bare).replace(/[^\u0e80-\u0eff]/g, '')
    case 'arabic':
      return foldArabic(bare.normalize('NFKC')).replace(/[^\p{Script=Arabic}]/gu, '')
    case 'cyrillic':
      return bare.normalize('NFC').replace(/[^\p{L}]/gu, '')
    case 'han':
      return simplified(bare.normalize('NFKC').replace(/[^\p{Script=Han}]/gu, ''))
    case 'latin':
      return foldLatin(bare)
    case 'accented':
      return bare
        .normalize('NFKD')
        .replace(/[^\p{L}]/gu, '')
        .replaceAll('ς', 'σ')
    default:
      return bare.normalize('NFKC').replace(/[^\p{L}\p{M}]/gu, '')
  }
}

/** Latin letters that are no accented form of another. */
const special: { readonly [letter: string]: string } = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
  ð: 'd',
  ħ: 'h',
  ŋ: 'ng',
  ə: 'a',
  ɛ: 'e',
  ɔ: 'o',
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
  ƴ: 'y',
  ŧ: 't',
}

const foldLatin = (word: string): string => word.normalize('NFKD').replace(/[^a-z]/g, (letter) => special[letter] ?? '')

/** A folded word in Latin letters; Arabic and Hebrew script give consonants only; what nobody can read stays. */
export function toLatin(folded: string): string {
  if (isLatinWord(folded)) return folded
  switch (writtenIn(folded)) {
    case 'lao':
      return romaniseLao(folded)
    case 'cyrillic':
      return romaniseCyrillic(folded)
    case 'arabic':
      return romaniseArabic(folded)
    case 'han':
      return pinyinOf(folded)
    default:
      return romaniseOther(folded)
  }
}

/** The written words of a name: split at spaces, dots and dashes, not at apostrophes. Lao in a legacy font gives none: it cannot be read. */
export function wordsOf(text: string): string[] {
  if (latinGarble(text)) return []
  return text.split(/[\s.,;/()\-\u2010-\u2015_]+/).filter((word) => /\p{L}/u.test(word))
}
