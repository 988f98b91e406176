/** Which script a word is written in, by its code points. */

/** `accented` scripts lose their marks when folded (Greek, Hebrew); `other` ones write vowels as marks, or nobody here reads them. */
export type WrittenIn = 'latin' | 'lao' | 'cyrillic' | 'arabic' | 'han' | 'accented' | 'other' | 'none'

/** First and last code point; what stands in between counts for the script. Of two scripts with as many letters the first counts. */
const ranges: readonly (readonly [number, number, WrittenIn])[] = [
  [0x41, 0x5a, 'latin'],
  [0x61, 0x7a, 'latin'],
  [0xaa, 0x24f, 'latin'],
  [0x250, 0x2af, 'latin'],
  [0x1e00, 0x1eff, 'latin'],
  [0xff21, 0xff5a, 'latin'],
  [0xfb00, 0xfb06, 'latin'],
  [0xe80, 0xeff, 'lao'],
  [0x400, 0x52f, 'cyrillic'],
  [0x1c80, 0x1c8f, 'cyrillic'],
  [0x600, 0x6ff, 'arabic'],
  [0x750, 0x77f, 'arabic'],
  [0x8a0, 0x8ff, 'arabic'],
  [0xfb50, 0xfdff, 'arabic'],
  [0xfe70, 0xfeff, 'arabic'],
  [0x2e80, 0x2fdf, 'han'],
  [0x3005, 0x3007, 'han'],
  [0x3400, 0x4dbf, 'han'],
  [0x4e00, 0x9fff, 'han'],
  [0xf900, 0xfaff, 'han'],
  [0x20000, 0x3ffff, 'han'],
  [0x370, 0x3ff, 'accented'],
  [0x1f00, 0x1fff, 'accented'],
  [0x590, 0x5ff, 'accented'],
]
const order: readonly WrittenIn[] = ['latin', 'lao', 'cyrillic', 'arabic', 'han', 'accented', 'other']

const isLetter = /\p{L}/u

/** Place of each code point's script in `order`, by 16 code points; the ranges begin and end there, nearly. */
const scriptOfBlock = new Int8Array(0x40000 >> 4).fill(-1)
for (const [first, last, script] of ranges) scriptOfBlock.fill(order.indexOf(script), first >> 4, (last >> 4) + 1)

const counts = new Int32Array(order.length)
const other = order.indexOf('other')

/** The script that most letters of a word are written in; `none` when it has no letter. */
export function writtenIn(word: string): WrittenIn {
  counts.fill(0)
  for (let at = 0; at < word.length; at += 1) {
    const code = word.codePointAt(at) ?? 0
    if (code > 0xffff) at += 1
    if (code < 0x41) continue
    const place = scriptOfBlock[code >> 4] ?? -1
    if (place >= 0) counts[place] = (counts[place] ?? 0) + 1
    else if (isLetter.test(String.fromCodePoint(code))) counts[other] = (counts[other] ?? 0) + 1
  }
  let best = -1
  let most = 0
  for (const [place, count] of counts.entries()) if (count > most) [best, most] = [place, count]
  return order[best] ?? 'none'
}

/** True for a word of nothing but the letters A to Z, large or small. */
export function isLatinWord(word: string): boolean {
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at) | 0x20
    if (code < 0x61 || code > 0x7a) return false
  }
  return true
}

/** True for a folded word of Chinese characters. */
export const isHanWord = (folded: string): boolean => folded >= '\u3400' && folded < '\ua000'

/** True for a folded word in which each letter is a syllable at least: Chinese, Japanese, Korean. */
export const isSyllabic = (folded: string): boolean =>
  isHanWord(folded) || (folded >= '\u3040' && folded < '\u3100') || (folded >= '\uac00' && folded < '\ud7b0')
