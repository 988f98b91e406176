/**
 * What a telephone in common is worth. The model's `same` is for one that a household shares; an agent's, a school's or an employer's
 * is in the records of hundreds, and says where somebody lives rather than who it is. So its weight falls as term frequencies have it
 * (Fellegi and Sunter 1969; Winkler 1988: chance agreement on a value is as likely as the value is frequent).
 */
import type { Model } from './model.ts'

/** How many persons hold a telephone, those of the pair among them; undefined where nobody has counted: it then counts as a household's. */
export type PhoneHolders = (phone: string) => number | undefined

/** The key under which the holders of a telephone are counted; it brings nobody together. In clear: hash it before it is stored. */
export const phoneKey = (phone: string): string => `h:${phone}`

/** People of one household who may hold one telephone. */
const household = 8

type PhonePart = { readonly level: 'same' | 'shared' | 'different'; readonly weight: number }

/**
 * The telephone that says most of those that both records hold; undefined when one holds none. It never weighs more than the model's
 * `same`, so that a count that comes too late, or not at all, decides as if there were none.
 */
export function comparePhones(
  { weights: { phone: weights } }: Model,
  a: readonly string[],
  b: readonly string[],
  holders?: PhoneHolders,
): PhonePart | undefined {
  if (a.length === 0 || b.length === 0) return undefined
  let fewest = Number.POSITIVE_INFINITY
  for (const phone of a) if (b.includes(phone)) fewest = Math.min(fewest, holders?.(phone) ?? 1)
  if (fewest === Number.POSITIVE_INFINITY) return { level: 'different', weight: weights.different }
  if (fewest <= household) return { level: 'same', weight: weights.same }
  return { level: 'shared', weight: Math.max(weights.shared, weights.same - Math.log2(fewest / household)) }
}
