/** The words of a whole name, by the part they stand in. */
import type { Name } from '../../schemas/contract.ts'
import { isTitle } from '../../schemas/values/name.ts'
import type { Word } from './word.ts'
import { readWritten, type WrittenWord } from './written.ts'

export type Token = Word & {
  /** Stands where the given name stands. */
  readonly given: boolean
  /** May be left out by another registry without contradiction: a father's, husband's or clan's name. */
  readonly optional: boolean
  /** With the particles before it as one word: van Dyke, Vandyke. */
  readonly joined?: Word
}

export type PreparedName = {
  readonly tokens: readonly Token[]
  /** The registry itself says which part is the given name. */
  readonly givenIsSure: boolean
  /** Tokens that are not optional. */
  readonly required: number
  /** 1 Sr, 2 Jr or II, 3 III, ... */
  readonly generation?: number
}

const optionalRoles = new Set(['patronymic', 'father', 'husband', 'clan'])
const mostTokens = 6

/** The tokens of a name, without titles. */
export function tokensOf(name: Name): PreparedName {
  const parts = name.parts.length > 0 ? name.parts : [{ role: 'unknown' as const, value: name.full }]
  const givenIsSure = parts.some((part) => part.role === 'given')
  const other = parts.findIndex((part) => part.role === 'other')
  const { words, generation } = readWritten(
    parts.map(({ role, value }) => (role === 'title' ? '' : value)),
    isTitle,
  )
  const isGiven = ({ text, nth, given }: WrittenWord, index: number): boolean => {
    if (givenIsSure) return parts[text]?.role === 'given'
    if (other >= 0) return text === other && nth === 0
    return given ?? (index === 0 && words[1]?.given !== true)
  }
  const tokens = words.slice(0, mostTokens).map((written, index) => ({
    ...written.word,
    given: isGiven(written, index),
    optional: optionalRoles.has(parts[written.text]?.role ?? ''),
    ...(written.joined && { joined: written.joined }),
  }))
  const required = tokens.filter((token) => !token.optional).length
  return { tokens, givenIsSure, required, ...(generation !== undefined && { generation }) }
}
