/**
 * One spelling for words that sound alike in the countries we serve. The rules unite what clerks vary when they write a
 * name in Latin letters: French and English romanisation of Lao (x/s, ou/u, v/w, -nh/-n, -th/-d/-t, silent -e), Kenyan
 * spelling (y/i, w/u, ch/c, l/r, doubled letters, closing h), Urdu (q/k, ee/i, oo/u), Mc and Mac. First vowels stay:
 * Otieno and Atieno are brother and sister.
 *
 * A dictionary of a million words is read at every run, so the rules are walks over one row of letters, each in place; a
 * chain of regular expressions takes ten times as long.
 */
const codeOf = (letter: string): number => letter.charCodeAt(0)
const [a, b, c, d, e, g] = [codeOf('a'), codeOf('b'), codeOf('c'), codeOf('d'), codeOf('e'), codeOf('g')]
const [h, i, j, k, l, m] = [codeOf('h'), codeOf('i'), codeOf('j'), codeOf('k'), codeOf('l'), codeOf('m')]
const [n, o, p, q, r, s] = [codeOf('n'), codeOf('o'), codeOf('p'), codeOf('q'), codeOf('r'), codeOf('s')]
const [t, u, v, w, x, y, z] = [
  codeOf('t'),
  codeOf('u'),
  codeOf('v'),
  codeOf('w'),
  codeOf('x'),
  codeOf('y'),
  codeOf('z'),
]

const isVowel = (code: number | undefined): boolean =>
  code === a || code === e || code === i || code === o || code === u
/** A following h takes nothing away from these: Khamphone, Kamphone. */
const takesBreath = (code: number): boolean =>
  code === p || code === t || code === k || code === g || code === d || code === b

const mostLetters = 128
/** The letters being worked on; reused, so that a call allocates nothing but its result. Zeroes stand behind the last letter. */
const row = new Uint16Array(mostLetters + 4)

/** The sound of a lower-case Latin word without accents; letters of other scripts count as consonants. Longer words are cut at 128 letters. */
export function soundOf(word: string): string {
  let length = Math.min(word.length, mostLetters)
  for (let at = 0; at < length; at += 1) row[at] = word.charCodeAt(at)
  length = cut(expandMc(length))
  length = cut(consonants(length))
  length = cut(longE(length))
  length = cut(longVowels(length))
  length = cut(glides(length))
  length = cut(endings(length))
  return Reflect.apply(String.fromCharCode, null, row.subarray(0, length))
}

/** Ends the row after so many letters. */
function cut(length: number): number {
  row[length] = 0
  row[length + 1] = 0
  row[length + 2] = 0
  return length
}

/** McDonald as MacDonald. */
function expandMc(length: number): number {
  if (row[0] !== m || row[1] !== c || length < 5 || length >= mostLetters) return length
  row.copyWithin(2, 1, length)
  row[1] = a
  return length + 1
}

/** q, ck -> k; x, sh -> s; zh, dzh, ch, j -> c; other c as k; no breath after p t k g d b. */
function consonants(length: number): number {
  let end = 0
  for (let at = 0; at < length; at += 1) {
    let code = row[at] ?? 0
    const next = row[at + 1]
    if (code === q || (code === c && next === k)) {
      if (code === c) at += 1
      code = k
    } else if (code === x) code = s
    else if (code === j) code = c
    else if (code === z && next === h) {
      at += 1
      code = c
    } else if (code === d && next === z && row[at + 2] === h) {
      at += 2
      code = c
    } else if (code === c) {
      if (next === h) at += 1
      else if (!isVowel(next) && next !== y) code = k
      row[end] = code
      end += 1
      continue
    }
    if ((takesBreath(code) || code === s) && row[at + 1] === h) at += 1
    row[end] = code
    end += 1
  }
  return end
}

/** aew, aeo, eow -> eo; ae -> e. */
function longE(length: number): number {
  let end = 0
  for (let at = 0; at < length; at += 1) {
    const code = row[at] ?? 0
    const next = row[at + 1]
    const third = row[at + 2]
    row[end] = code
    if (code === a && next === e) {
      row[end] = e
      at += 1
      if (third === w || third === o) {
        row[end + 1] = o
        end += 1
        at += 1
      }
    } else if (code === e && next === o && third === w && at + 3 === length) {
      row[end + 1] = o
      end += 1
      at += 2
    }
    end += 1
  }
  return end
}

/** ee -> i; ou, oo -> u; y -> i. */
function longVowels(length: number): number {
  let end = 0
  for (let at = 0; at < length; at += 1) {
    let code = row[at] ?? 0
    const next = row[at + 1]
    if (code === e && next === e) {
      code = i
      at += 1
    } else if (code === o && (next === u || next === o)) {
      code = u
      at += 1
    } else if (code === y) code = i
    row[end] = code
    end += 1
  }
  return end
}

/** Between consonant and vowel w -> u; after u none; elsewhere v. nh -> n. */
function glides(length: number): number {
  let end = 0
  let before = 0
  for (let at = 0; at < length; at += 1) {
    const code = row[at] ?? 0
    const next = row[at + 1]
    const last = before
    before = code
    if (code === n && next === h) at += 1
    if (code !== w) row[end] = code
    else if (!isVowel(next)) row[end] = v
    else if (end > 0 && !isVowel(last)) row[end] = u
    else if (last === u) continue
    else row[end] = v
    end += 1
  }
  return end
}

/** No h after a closing vowel; ia -> ie within the word; l and r are one; no closing e; b and d close as p and t; no letter twice. */
function endings(from: number): number {
  let length = from
  if (row[length - 1] === h && isVowel(row[length - 2])) length -= 1
  for (let at = 0; at < length; at += 1) {
    const code = row[at]
    if (code === i && row[at + 1] === a && at + 2 < length && !isVowel(row[at + 2])) row[at + 1] = e
    if (code === r) row[at] = l
  }
  if (length > 3 && row[length - 1] === e && !isVowel(row[length - 2])) length -= 1
  if (row[length - 1] === b) row[length - 1] = p
  if (row[length - 1] === d) row[length - 1] = t
  let end = 0
  for (let at = 0; at < length; at += 1) {
    if (at > 0 && row[at] === row[end - 1]) continue
    row[end] = row[at] ?? 0
    end += 1
  }
  return end
}

/** The consonants of a sound, with its first letter whatever it is; short sounds stay whole, or too many would be alike. */
export function skeletonOf(sound: string): string {
  let skeleton = sound.charAt(0)
  for (let at = 1; at < sound.length && skeleton.length < 6; at += 1)
    if (!isVowel(sound.charCodeAt(at))) skeleton += sound.charAt(at)
  return skeleton.length < 3 ? sound.slice(0, 4) : skeleton
}
