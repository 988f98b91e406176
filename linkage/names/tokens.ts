import type { Name } from '../../schemas/contract.ts'
import { isTitle, scriptOf } from '../../schemas/values/name.ts'
import { foldWord, toLatin, wordsOf } from './fold.ts'
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
  readonly groups: readonly number[]
  /** A lone Latin letter that stands for a name. */
  readonly initial: boolean
  /** Written in Arabic script, so `sound` holds consonants only. */
  readonly consonantsOnly: boolean
}

export type Token = Word & {
  /** Stands where the given name stands. */
  readonly given: boolean
  /** May be left out by another registry without contradiction: a father's, husband's or clan's name. */
  readonly optional: boolean
}

export type PreparedName = {
  readonly tokens: readonly Token[]
  /** The registry itself says which part is the given name. */
  readonly givenIsSure: boolean
  /** Tokens that are not optional. */
  readonly required: number
}

/** Words between names that are no names: son of, daughter of. */
const particles = new Set(['bin', 'binti', 'bint', 'ibn', 'arap', 'uulu', 'uluu', 'kyzy', 'уулу', 'кызы', 'wa'])
const optionalRoles = new Set(['patronymic', 'father', 'husband', 'clan'])
const mostTokens = 6

/** Spellings seen before. A pure function's results: emptying it changes nothing but time. */
const seen = new Map<string, Word | null>()
const mostSeen = 50_000

/** Folds one written word; null when it is a particle or holds no letter. */
function wordOf(written: string): Word | null {
  const known = seen.get(written)
  if (known !== undefined) return known
  if (seen.size >= mostSeen) seen.clear()
  const word = makeWord(foldWord(written))
  seen.set(written, word)
  return word
}

function makeWord(text: string): Word | null {
  if (text === '' || particles.has(text)) return null
  const sound = soundOf(toLatin(text))
  const groups = groupsOf(text)
  const [group] = groups
  const key = skeletonOf(group === undefined ? sound : soundOf(headOf(group)))
  const consonantsOnly = scriptOf(text) === 'Arab'
  return { text, sound, key: key || text, groups, initial: /^[a-zа-я]$/.test(text), consonantsOnly }
}

/** Several words written as one: Abdi Rahman, Abdirahman. */
export const joinWords = (one: Word, other: Word): Word | null => wordOf(one.text + other.text)

/** The tokens of a name, without titles. */
export function tokensOf(name: Name): PreparedName {
  const parts = name.parts.length > 0 ? name.parts : [{ role: 'unknown' as const, value: name.full }]
  const givenIsSure = parts.some((part) => part.role === 'given')
  const other = parts.findIndex((part) => part.role === 'other')
  const tokens: Token[] = []
  for (const [index, { role, value }] of parts.entries()) {
    if (role === 'title') continue
    for (const [nth, written] of wordsOf(value).entries()) {
      const word = isTitle(written) ? null : wordOf(written)
      if (!word || tokens.length === mostTokens) continue
      const given = givenIsSure ? role === 'given' : other >= 0 ? index === other && nth === 0 : tokens.length === 0
      tokens.push({ ...word, given, optional: optionalRoles.has(role) })
    }
  }
  return { tokens, givenIsSure, required: tokens.filter((token) => !token.optional).length }
}
