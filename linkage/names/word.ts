/** One word of a name: folded, as it sounds, and which names it may be. Knows no country and no column. */
import { foldWord, toLatin } from './fold.ts'
import { groupsOf, headOf } from './known.ts'
import { skeletonOf, soundOf } from './sound.ts'

/** One word of a name, ready for comparing. */
export type Word = {
  /** Folded, in its own script. */
  readonly text: string
  /** In Latin letters, spelt as it sounds. */
  readonly sound: string
  /** What all its spellings share, for blocking keys. */
  readonly key: string
  /** Names it may be, by the tables of known names; a short form may be several. */
  readonly groups: readonly number[]
  /** A lone Latin or Cyrillic letter that stands for a name. */
  readonly initial: boolean
  /** Written in a script without all vowels, so only the consonants of `sound` count. */
  readonly consonantsOnly: boolean
  /** Which letters `text` holds, and which `sound`, a bit each: what most words differ in, found in one step. */
  readonly letters: number
  readonly sounds: number
}

/** Words between names that are no names: son of, daughter of. */
const particles = new Set(['bin', 'binti', 'bint', 'ibn', 'arap', 'uulu', 'uluu', 'kyzy', 'уулу', 'кызы', 'wa'])

/** Spellings seen before. A pure function's results: emptying it changes nothing but time. */
const seen = new Map<string, Word | null>()
const mostSeen = 100_000

/** Folds one written word; null when it is a particle or holds no letter. */
export function wordOf(written: string): Word | null {
  const known = seen.get(written)
  if (known !== undefined) return known
  if (seen.size >= mostSeen) seen.clear()
  const word = makeWord(foldWord(written))
  seen.set(written, word)
  return word
}

/** The same of one among very many words that are each asked for once: it is not kept. */
export function wordOnce(written: string): Word | null {
  const known = seen.get(written)
  return known === undefined ? makeWord(foldWord(written)) : known
}

function makeWord(text: string): Word | null {
  if (text === '' || particles.has(text)) return null
  const sound = soundOf(toLatin(text))
  const groups = groupsOf(text)
  const key = skeletonOf(groups.length === 0 ? sound : soundOf(headFor(text, groups)))
  return {
    text,
    sound,
    key: key || text,
    groups,
    initial: isInitial(text),
    consonantsOnly: isConsonantal(text),
    letters: maskOf(text),
    sounds: maskOf(sound),
  }
}

function maskOf(text: string): number {
  let mask = 0
  for (let at = 0; at < text.length; at += 1) mask |= 1 << (text.charCodeAt(at) & 31)
  return mask
}

/** A word that heads a group stands for itself; another for the first name it may be. */
function headFor(text: string, groups: readonly number[]): string {
  for (const group of groups) if (headOf(group) === text) return text
  return headOf(groups[0] ?? -1)
}

const isInitial = (text: string): boolean => text.length === 1 && /^[a-zа-я]$/.test(text)

/** Scripts that write no short vowels, or, as Thai, not all: Hebrew, Arabic. A folded word is of one script. */
const isConsonantal = (text: string): boolean =>
  (text >= '\u0590' && text < '\u0900') || (text >= '\u0e00' && text < '\u0e80')

/** Several words written as one: Abdi Rahman, Abdirahman. */
export const joinWords = (one: Word, other: Word): Word | null => wordOf(one.text + other.text)
