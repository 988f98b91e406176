/** Pairs that are one person, pairs that were found, and those of these that are right. */
export type Score = { truePairs: number; foundPairs: number; correct: number }

export const noScore = (): Score => ({ truePairs: 0, foundPairs: 0, correct: 0 })
export const precisionOf = ({ correct, foundPairs }: Score): number => (foundPairs === 0 ? 1 : correct / foundPairs)
export const recallOf = ({ correct, truePairs }: Score): number => (truePairs === 0 ? 1 : correct / truePairs)

/** Counts a pair that is one person. */
export function enter(score: Score | undefined, isFound: boolean): void {
  if (!score) return
  score.truePairs += 1
  if (isFound) score.correct += 1
}
