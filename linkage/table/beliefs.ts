/** What is believed about comparisons before any data are seen: where training starts, and what holds it when data are few. */
import type { Kind } from './columns/features.ts'
import type { FieldName } from './table.ts'

/** Share of true matches by level, in the order of the kind's levels. */
const usualM: { readonly [K in Kind]: readonly number[] } = {
  name: [0.8, 0.04, 0.07, 0.03, 0.02, 0.005, 0.005, 0.03],
  fullName: [0.53, 0.2, 0.15, 0.03, 0.01, 0.05, 0.01, 0.02],
  birth: [0.85, 0.015, 0.05, 0.03, 0.02, 0.015, 0.02],
  number: [0.85, 0.07, 0.03, 0.05],
  text: [0.75, 0.07, 0.05, 0.13],
  address: [0.6, 0.15, 0.1, 0.05, 0.1],
  email: [0.75, 0.1, 0.05, 0.1],
  category: [0.97, 0.03],
}

/** A number that is one person's own is hardly ever another one altogether. */
const ownNumber: readonly number[] = [0.88, 0.07, 0.03, 0.02]
export const usualMOf = (field: FieldName, kind: Kind): readonly number[] =>
  field === 'nationalId' || field.startsWith('identifier:') ? ownNumber : usualM[kind]

/** Share of pairs of two people by level, where a sample showed none. */
export const usualU: { readonly [K in Kind]: readonly number[] } = {
  name: [0.005, 0.002, 0.003, 0.01, 0.005, 0.0025, 0.0025, 0.97],
  fullName: [0.00002, 0.00002, 0.0001, 0.0003, 0.001, 0.001, 0.02, 0.97758],
  birth: [0.0001, 0.0001, 0.0007, 0.001, 0.002, 0.015, 0.981],
  number: [0.0001, 0.0005, 0.001, 0.9984],
  text: [0.02, 0.01, 0.02, 0.95],
  address: [0.0005, 0.0005, 0.002, 0.02, 0.977],
  email: [0.0001, 0.0003, 0.001, 0.9986],
  category: [0.5, 0.5],
}

/** However few records there are to see it in, two people agree exactly at least so often: birth dates are 80 years of days. */
export const leastChance: { readonly [K in Kind]?: number } = { birth: 1 / 30_000 }

/** How many matches the beliefs above are worth against those that are seen. */
export const strength = 20

/** Share of matches whose given and family name stand in each other's place. */
export const usualSwap = 0.01
