/** Cyrillic and Arabic letters to Latin ones. */

const cyrillic: { readonly [letter: string]: string } = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  ң: 'n',
  о: 'o',
  ө: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ү: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'sh',
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
  і: 'i',
  ғ: 'g',
  қ: 'k',
  һ: 'h',
  ұ: 'u',
  ә: 'a',
}

/** Latin letters that look like Cyrillic ones and get typed for them. */
const lookalikes: { readonly [letter: string]: string } = {
  a: 'а',
  b: 'в',
  c: 'с',
  e: 'е',
  h: 'н',
  k: 'к',
  m: 'м',
  o: 'о',
  p: 'р',
  t: 'т',
  x: 'х',
  y: 'у',
}

/** Latin letters for a lower-case word written mostly in Cyrillic; Latin lookalikes in it are read as Cyrillic. */
export const romaniseCyrillic = (word: string): string =>
  [...word].map((letter) => cyrillic[lookalikes[letter] ?? letter] ?? letter).join('')

/** One code point for letters that Arabic and Urdu keyboards type differently; short vowels and joiners removed. */
const arabicFolds: { readonly [letter: string]: string } = {
  ي: 'ی',
  ى: 'ی',
  ئ: 'ی',
  ك: 'ک',
  ه: 'ہ',
  ة: 'ہ',
  ھ: 'ہ',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ؤ: 'و',
}
const arabicMarks = /[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]/g

export const foldArabic = (word: string): string =>
  word.replace(arabicMarks, '').replace(/./gu, (letter) => arabicFolds[letter] ?? letter)

/** Consonants only: Arabic script does not write short vowels, and ا و ی stand for several long ones. */
const arabic: { readonly [letter: string]: string } = {
  ب: 'b',
  پ: 'p',
  ت: 't',
  ٹ: 't',
  ث: 's',
  ج: 'j',
  چ: 'ch',
  ح: 'h',
  خ: 'kh',
  د: 'd',
  ڈ: 'd',
  ذ: 'z',
  ر: 'r',
  ڑ: 'r',
  ز: 'z',
  ژ: 'zh',
  س: 's',
  ش: 'sh',
  ص: 's',
  ض: 'z',
  ط: 't',
  ظ: 'z',
  غ: 'gh',
  ف: 'f',
  ق: 'q',
  ک: 'k',
  گ: 'g',
  ل: 'l',
  م: 'm',
  ن: 'n',
  ں: 'n',
  ہ: 'h',
}

/** The consonants of a folded Arabic-script word in Latin letters. */
export const romaniseArabic = (word: string): string => [...word].map((letter) => arabic[letter] ?? '').join('')
