/**
 * One spelling for words that sound alike in the countries we serve. The rules unite what clerks vary when they write a
 * name in Latin letters: French and English romanisation of Lao (x/s, ou/u, v/w, -nh/-n, -th/-d/-t, silent -e), Kenyan
 * spelling (y/i, w/u, ch/c, l/r, doubled letters, closing h), Urdu (q/k, ee/i, oo/u). First vowels stay: Otieno and
 * Atieno are brother and sister.
 */
const rules: readonly (readonly [RegExp, string])[] = [
  [/ck|q/g, 'k'],
  [/x/g, 's'],
  [/dzh|zh/g, 'j'],
  [/([ptkgdb])h/g, '$1'],
  [/sh/g, 's'],
  [/ch|j/g, 'C'],
  [/c(?![aeiouy])/g, 'k'],
  [/C/g, 'c'],
  [/ae[wo]|eow$/g, 'eo'],
  [/ae/g, 'e'],
  [/ee/g, 'i'],
  [/ou|oo/g, 'u'],
  [/y/g, 'i'],
  [/([^aeiou])w(?=[aeiou])/g, '$1u'],
  [/uw(?=[aeiou])/g, 'u'],
  [/w/g, 'v'],
  [/nh/g, 'n'],
  [/([aeiou])h$/, '$1'],
  [/ia(?=[^aeiou])/g, 'ie'],
  [/r/g, 'l'],
  [/(?<=..[^aeiou])e$/, ''],
  [/b$/, 'p'],
  [/d$/, 't'],
  [/(.)\1+/g, '$1'],
]

/** The sound of a lower-case Latin word without accents. */
export function soundOf(word: string): string {
  let sound = word
  for (const [pattern, by] of rules) sound = sound.replace(pattern, by)
  return sound
}

/** The consonants of a sound, with its first letter whatever it is; short sounds stay whole, or too many would be alike. */
export function skeletonOf(sound: string): string {
  const skeleton = sound.charAt(0) + sound.slice(1).replace(/[aeiou]/g, '')
  return skeleton.length < 3 ? sound.slice(0, 4) : skeleton.slice(0, 6)
}
