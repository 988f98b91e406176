/** Words of a name as the engine compares them, whatever script they are written in. */
import { laoNormal, latinGarble, scriptOf } from '../../schemas/values/name.ts'
import { romaniseLao } from './lao.ts'
import { foldArabic, romaniseArabic, romaniseCyrillic } from './letters.ts'

const apostrophes = /['`\u00b4\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u02c8\u2032\uff07]/g

/** Lower case, without apostrophes, accents and tone marks; one spelling per script. */
export function foldWord(word: string): string {
  const bare = word.replace(apostrophes, '').toLowerCase()
  if (/^[a-z]+$/.test(bare)) return bare
  switch (scriptOf(bare)) {
    case 'Laoo':
      return laoNormal(bare).replace(/[^\u0e80-\u0eff]/g, '')
    case 'Arab':
      return foldArabic(bare.normalize('NFKC')).replace(/[^\p{Script=Arabic}]/gu, '')
    case 'Cyrl':
      return bare.normalize('NFC').replace(/[^\p{L}]/gu, '')
    case 'Hans':
      return bare.replace(/[^\p{Script=Han}]/gu, '')
    default:
      return foldLatin(bare)
  }
}

const special: { readonly [letter: string]: string } = {
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ı: 'i',
  þ: 'th',
  ð: 'd',
}

const foldLatin = (word: string): string => word.normalize('NFKD').replace(/[^a-z]/g, (letter) => special[letter] ?? '')

/** A folded word in Latin letters; Arabic script gives consonants only, Chinese characters stay. */
export function toLatin(folded: string): string {
  if (/^[a-z]*$/.test(folded)) return folded
  switch (scriptOf(folded)) {
    case 'Laoo':
      return romaniseLao(folded)
    case 'Cyrl':
      return romaniseCyrillic(folded)
    case 'Arab':
      return romaniseArabic(folded)
    default:
      return folded
  }
}

/** The written words of a name: split at spaces, dots and dashes, not at apostrophes. Lao in a legacy font gives none: it cannot be read. */
export function wordsOf(text: string): string[] {
  if (latinGarble(text)) return []
  return text.split(/[\s.,;/()\-\u2010-\u2015_]+/).filter((word) => /\p{L}/u.test(word))
}
