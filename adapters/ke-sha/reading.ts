/** Reading answers whose shape nobody guarantees: never throws, and what is not there is empty. */
import { tidy } from '../../schemas/values/name.ts'
import { isSensitive } from '../transports/header.ts'

export type Fields = { readonly [field: string]: unknown }

/** Longer than any field of an answer that we read. */
const longestText = 1000

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {}

/** A copy: a pushed list may carry a property `constructor`, and then its own `map` would throw. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? Array.from<unknown>(value) : [])

/** Tidied text ("Jane " loses its space); '' for what is no text, or is absurdly long. */
export const textOf = (value: unknown): string => {
  if (typeof value === 'string' && value.length > longestText) return ''
  return tidy(value)
}

/** An employer's code as SHA gives them; undefined for anything else, which may be a name. */
export const employerCodeOf = (text: string): string | undefined => {
  const code = text.replace(/\.0$/, '')
  return /^[0-9A-Za-z-]{1,40}$/.test(code) ? code : undefined
}

/** Text that fits a bound of the schema; undefined when there is none. */
export const clipped = (value: unknown, most: number): string | undefined =>
  textOf(value).slice(0, most).trim() || undefined

/** 1, "1", true and "True" mean yes, and 0, "0", false and "False" no; the rest says nothing. */
export const flagOf = (value: unknown): boolean | undefined => {
  const text = typeof value === 'boolean' ? String(value) : textOf(value).toLowerCase()
  if (text === '1' || text === 'true') return true
  return text === '0' || text === 'false' ? false : undefined
}

/** A household with its dependants nests six levels; an answer nested without end must not overflow the stack. */
const deepest = 12

/** Fields that no one may hold back from being dropped: ciphertext of personal data, of no use here. */
const opaque = new Set(['_pii'])

/**
 * An answer without ethnicity, photographs, fingerprints and the like. A field that held something stays as null, so that
 * `normalise` can tell that it was dropped.
 */
export const withoutSensitive = (value: unknown, depth = 0): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (depth > deepest) return null
  if (Array.isArray(value)) return listOf(value).map((inner) => withoutSensitive(inner, depth + 1))
  const kept: [string, unknown][] = []
  for (const [field, inner] of Object.entries(value)) {
    if (opaque.has(field)) continue
    if (!isSensitive(field)) kept.push([field, withoutSensitive(inner, depth + 1)])
    else if (holdsSomething(inner)) kept.push([field, null])
  }
  return Object.fromEntries(kept)
}

const holdsSomething = (value: unknown): boolean =>
  value !== null &&
  value !== undefined &&
  value !== '' &&
  value !== 0 &&
  value !== false &&
  !(Array.isArray(value) && value.length === 0)

/** Pointers to the sensitive fields of an answer (its dependants' too), whether they still hold something or not. */
export const sensitiveIn = (value: unknown, pointer: string, depth = 0): string[] => {
  if (depth > deepest) return []
  if (Array.isArray(value)) return listOf(value).flatMap((inner, i) => sensitiveIn(inner, `${pointer}/${i}`, depth + 1))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, inner]) => {
    const here = `${pointer}/${field.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (field.length <= 100 && isSensitive(field)) return holdsSomething(inner) || inner === null ? [here] : []
    return sensitiveIn(inner, here, depth + 1)
  })
}
