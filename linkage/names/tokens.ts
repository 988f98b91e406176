/** The words of a whole name, by the part they stand in. */
import type { Name } from '../../schemas/contract.ts'
import { isTitle } from '../../schemas/values/name.ts'
import { wordsOf } from './fold.ts'
import { type Word, wordOf } from './word.ts'

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

const optionalRoles = new Set(['patronymic', 'father', 'husband', 'clan'])
const mostTokens = 6

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
