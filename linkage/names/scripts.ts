/** Further scripts in Latin letters, near enough for the sound of a name; a word that nobody here can read stays as it is. */

type Table = ReadonlyMap<string, string>
const tableOf = (entries: string): Table =>
  new Map(entries.split(/\s+/).map((entry) => [entry.charAt(0), entry.slice(1)]))

const letters = tableOf(
  'αa βv γg δd εe ζz ηi θth ιi κk λl μm νn ξx οo πp ρr σs τt υi φf χch ψps ωo ' +
    'აa ბb გg დd ეe ვv ზz თt იi კk ლl მm ნn ოo პp ჟzh რr სs ტt უu ფp ქk ღgh ყq შsh ჩch ცts ძdz წts ჭch ხkh ჯj ჰh ' +
    'աa բb գg դd եe զz էe ըe թt ժzh իi լl խkh ծts կk հh ձdz ղgh ճch մm յy նn շsh ոo չch պp ջj ռr սs վv տt րr ցts ւu փp քk օo ֆf ' +
    'א בb גg דd הh וv זz חh טt י כk ךk לl מm םm נn ןn סs ע פp ףp צts ץts קk רr שsh תt',
)
const digraphs: readonly (readonly [RegExp, string])[] = [
  [/ου/g, 'u'],
  [/αι/g, 'e'],
  [/ει|οι/g, 'i'],
  [/αυ/g, 'av'],
  [/ευ/g, 'ev'],
  [/γγ|γκ/g, 'g'],
  [/^μπ/, 'b'],
  [/^ντ/, 'd'],
]

/** Scripts with a letter for each sound: Greek, Georgian, Armenian; Hebrew without its vowels. */
function byLetter(word: string): string {
  let text = word
  for (const [pattern, by] of digraphs) text = text.replace(pattern, by)
  return [...text].map((letter) => letters.get(letter) ?? letter).join('')
}

/** Place within a block of 128: the Indian scripts from Devanagari to Malayalam are laid out alike. */
const indianVowels: { readonly [place: number]: string } = Object.fromEntries(
  '05a 06a 07i 08i 09u 0au 0bri 0ee 0fe 10ai 12o 13o 14au 3ea 3fi 40i 41u 42u 43ri 46e 47e 48ai 4ao 4bo 4cau 4d'
    .split(' ')
    .map((entry) => [Number.parseInt(entry.slice(0, 2), 16), entry.slice(2)]),
)
const indianConsonants: { readonly [place: number]: string } = Object.fromEntries(
  (
    '15k 16kh 17g 18gh 19ng 1ach 1bch 1cj 1djh 1en 1ft 20th 21d 22dh 23n 24t 25th 26d 27dh 28n 29n 2ap 2bph 2cb 2dbh 2em 2fy 30r 31r 32l 33l 34l ' +
    '35v 36sh 37sh 38s 39h 58q 59kh 5agh 5bz 5cr 5dr 5ef 5fy'
  )
    .split(' ')
    .map((entry) => [Number.parseInt(entry.slice(0, 2), 16), entry.slice(2)]),
)
/** From here on (Tamil, Telugu, Kannada, Malayalam) a closing a is spoken. */
const southern = 0xb80

function indian(word: string): string {
  let out = ''
  for (let at = 0; at < word.length; at += 1) {
    const code = word.charCodeAt(at)
    const consonant = indianConsonants[code & 0x7f]
    if (consonant === undefined) {
      out += (code & 0x7f) === 2 ? 'n' : (indianVowels[code & 0x7f] ?? '')
      continue
    }
    const next = word.charCodeAt(at + 1) & 0x7f
    const isLast = at + 1 >= word.length
    const carriesVowel = !isLast && ((next >= 0x3e && next <= 0x4d) || next === 0x3c)
    out += consonant + (carriesVowel || (isLast && code < southern) ? '' : 'a')
  }
  return out
}

const onsets = 'g kk n d tt r m b pp s ss  j jj ch k t p h'.split(' ')
const nuclei = 'a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i'.split(' ')
const codas = ' k k k n n n t l k m l l l p l m p p t t ng t t k t p t'.split(' ')

/** Korean syllables are numbered by their parts. */
function korean(word: string): string {
  let out = ''
  for (const syllable of word) {
    const number = (syllable.codePointAt(0) ?? 0) - 0xac00
    if (number < 0 || number >= 11_172) out += syllable
    else out += `${onsets[Math.floor(number / 588)]}${nuclei[Math.floor((number % 588) / 28)]}${codas[number % 28]}`
  }
  return out
}

/** Rows of eight from U+1200: a consonant with each vowel. */
const ethiopicRows =
  'h l h m s r s sh k kw k kw b v t ch h hw n ny  k kw h hw w  z zh y d d j g gw g t ch p ts ts f p'.split(' ')
const ethiopicVowels = ['e', 'u', 'i', 'a', 'e', '', 'o', 'wa']
const ethiopic = (word: string): string =>
  [...word]
    .map((letter) => {
      const place = (letter.codePointAt(0) ?? 0) - 0x1200
      const row = ethiopicRows[place >> 3]
      // The bare carriers stand for their vowel, the first of them for a.
      return row === undefined ? letter : row + (row === '' && (place & 7) === 0 ? 'a' : ethiopicVowels[place & 7])
    })
    .join('')

const thaiLetters = tableOf(
  'กk ขkh ฃkh คkh ฅkh ฆkh งng จch ฉch ชch ซs ฌch ญy ฎd ฏt ฐth ฑth ฒth ณn ดd ตt ถth ทth ธth นn บb ปp ผph ฝf พph ฟf ภph มm ยy รr ฤrue ลl ' +
    'วw ศs ษs สs หh ฬl อo ฮh ะa ัa าa ำam ิi ีi ึue ืue ุu ูu เe แae โo ใai ไai',
)
const thai = (word: string): string =>
  [...word.replace(/[ก-ฮ][ิุ]?์/g, '')].map((letter) => thaiLetters.get(letter) ?? '').join('')

const kanaRows = tableOf(
  'あa いi うu えe おo かka きki くku けke こko がga ぎgi ぐgu げge ごgo さsa しshi すsu せse そso ざza じji ずzu ぜze ぞzo たta ちchi つtsu てte とto だda ぢji ' +
    'づzu でde どdo なna にni ぬnu ねne のno はha ひhi ふfu へhe ほho ばba びbi ぶbu べbe ぼbo ぱpa ぴpi ぷpu ぺpe ぽpo まma みmi むmu めme もmo やya ゆyu よyo らra りri ' +
    'るru れre ろro わwa をo んn ゔvu',
)
const smallKana = tableOf('ゃya ゅyu ょyo ぁa ぃi ぅu ぇe ぉo')

/** Hiragana, and Katakana moved to it; a long vowel is written once, as passports do. */
function japanese(word: string): string {
  let out = ''
  for (const letter of word) {
    const code = letter.codePointAt(0) ?? 0
    const kana = code >= 0x30a1 && code <= 0x30f4 ? String.fromCodePoint(code - 0x60) : letter
    const small = smallKana.get(kana)
    if (small !== undefined)
      out = /(?:sh|ch|j)i$/.test(out) ? out.slice(0, -1) + small.slice(-1) : out.replace(/i$/, '') + small
    else if (kana !== 'ー' && kana !== 'っ') out += kanaRows.get(kana) ?? letter
  }
  return out.replace(/ou|oo/g, 'o').replace(/uu/g, 'u')
}

const readers: readonly (readonly [number, number, (word: string) => string])[] = [
  [0x370, 0x5ff, byLetter],
  [0x10a0, 0x10ff, byLetter],
  [0x1f00, 0x1fff, byLetter],
  [0x900, 0xd7f, indian],
  [0xe00, 0xe7f, thai],
  [0x1200, 0x135f, ethiopic],
  [0x3040, 0x30ff, japanese],
  [0xac00, 0xd7a3, korean],
]

/** A folded word of Greek, Georgian, Armenian, Hebrew, Indian, Thai, Ethiopic, Japanese (kana) or Korean in Latin letters. */
export function romaniseOther(word: string): string {
  const code = word.charCodeAt(0)
  for (const [first, last, read] of readers) if (code >= first && code <= last) return read(word) || word
  return word
}
