/** How two different numbers are one slip apart: two neighbours swapped; or one character wrong, missing or too many. */
export type Slip = 'swapped' | 'one-off'

/** The slip between two numbers; undefined when they are the same, or further apart. Symmetric. */
export function slipBetween(one: string, other: string): Slip | undefined {
  if (one === other || Math.abs(one.length - other.length) > 1) return undefined
  let start = 0
  while (start < one.length && one.charCodeAt(start) === other.charCodeAt(start)) start += 1
  let end = 0
  const most = Math.min(one.length, other.length) - start
  while (end < most && one.charCodeAt(one.length - 1 - end) === other.charCodeAt(other.length - 1 - end)) end += 1
  const left = one.slice(start, one.length - end)
  const right = other.slice(start, other.length - end)
  if (left.length <= 1 && right.length <= 1) return 'one-off'
  const isSwapped =
    left.length === 2 && right.length === 2 && left.charAt(0) === right.charAt(1) && left.charAt(1) === right.charAt(0)
  return isSwapped ? 'swapped' : undefined
}

/** True when two different numbers are one slip apart. */
export const isNear = (one: string, other: string): boolean => slipBetween(one, other) !== undefined
