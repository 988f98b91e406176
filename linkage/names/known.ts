/** Which written words are one name: the groups of the name tables, looked up by folded word. */
import { chineseNames, kyrgyzNames, laoNames, pakistaniNames } from './asian.ts'
import { foldWord } from './fold.ts'
import { kenyanNames } from './kenyan.ts'

const groups = [kenyanNames, laoNames, pakistaniNames, kyrgyzNames, chineseNames].flatMap((table) =>
  table.split(';').map((group) => [...new Set(group.trim().split(/\s+/).map(foldWord))]),
)

/** Groups that a word may belong to; usually one. */
const groupsOfWord = new Map<string, number[]>()
for (const [number, words] of groups.entries())
  for (const word of words) {
    const known = groupsOfWord.get(word)
    if (known) known.push(number)
    else groupsOfWord.set(word, [number])
  }

/** Groups that share a word, such as Mohamed and Muhammad: not plainly different names. */
const touching = new Set<string>()
for (const numbers of groupsOfWord.values())
  for (const one of numbers) for (const other of numbers) if (one < other) touching.add(`${one}-${other}`)

const none: readonly number[] = []

export const groupsOf = (word: string): readonly number[] => groupsOfWord.get(word) ?? none

/** The first spelling in Latin letters of a group, for keys that all its spellings share. */
const heads = groups.map((words) => words.find((word) => /^[a-z]+$/.test(word)) ?? words[0] ?? '')
export const headOf = (group: number): string => heads[group] ?? ''

export const shareGroup = (one: readonly number[], other: readonly number[]): boolean =>
  one.some((group) => other.includes(group))

/** True when both words are known names and no table connects them: Wanjiku and Wanjiru are two names, not a slip of the pen. */
export const areTwoNames = (one: readonly number[], other: readonly number[]): boolean =>
  one.length > 0 &&
  other.length > 0 &&
  !one.some((a) => other.some((b) => a === b || touching.has(a < b ? `${a}-${b}` : `${b}-${a}`)))
