/** Addresses as the kernel compares them: sets of words, rare ones counting for more. */
import { overlap, type WordSets, wordSets } from './word-sets.ts'

export const addressLevels = ['exact', 'most', 'half', 'some', 'else'] as const
export type Addresses = { readonly kind: 'address'; readonly sets: WordSets }

export const addressFeatures = (values: readonly string[]): Addresses => ({ kind: 'address', sets: wordSets(values) })

export function compareAddress({ sets }: Addresses, x: number, y: number): number {
  if (x === y) return 0
  const share = overlap(sets, x, y)
  if (share >= 0.75) return 1
  if (share >= 0.45) return 2
  return share >= 0.2 ? 3 : 4
}
