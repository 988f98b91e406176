/** Which written words are one name: the groups of the name tables, looked up by folded word. */
import { chineseNames, kyrgyzNames, laoNames, pakistaniNames } from './asian.ts'
import { foldWord } from './fold.ts'
import { kenyanNames } from './kenyan.ts'
import { nicknames } from './nicknames.ts'
import { spellings } from './spellings.ts'

type Tables = {
  /** By folded word the groups that it may belong to; usually one. */
  readonly groupsOfWord: ReadonlyMap<string, readonly number[]>
  /** Groups that share a word, such as Mohamed and Muhammad: not plainly different names. */
  readonly touching: ReadonlySet<number>
  /** The first spelling in Latin letters of a group, for keys that all its spellings share. */
  readonly heads: readonly string[]
}

const pairOf = (one: number, other: number): number => (one < other ? one * 65_536 + other : other * 65_536 + one)

function readTables(): Tables {
  const groups = [kenyanNames, laoNames, pakistaniNames, kyrgyzNames, chineseNames, nicknames, spellings].flatMap(
    (table) => table.split(';').map((group) => [...new Set(group.trim().split(/\s+/).map(foldWord))]),
  )
  const groupsOfWord = new Map<string, number[]>()
  for (const [number, words] of groups.entries())
    for (const word of words) {
      const known = groupsOfWord.get(word)
      if (known) known.push(number)
      else groupsOfWord.set(word, [number])
    }
  const touching = new Set<number>()
  for (const numbers of groupsOfWord.values())
    for (const one of numbers) for (const other of numbers) touching.add(pairOf(one, other))
  const heads = groups.map((words) => words.find((word) => /^[a-z]+$/.test(word)) ?? words[0] ?? '')
  return { groupsOfWord, touching, heads }
}

let tables: Tables | undefined
/** Read when they are first asked for: a thread that prepares no names needs none. */
const known = (): Tables => {
  tables ??= readTables()
  return tables
}

const none: readonly number[] = []

export const groupsOf = (word: string): readonly number[] => known().groupsOfWord.get(word) ?? none

export const headOf = (group: number): string => known().heads[group] ?? ''

export function shareGroup(one: readonly number[], other: readonly number[]): boolean {
  for (let at = 0; at < one.length; at += 1)
    for (let place = 0; place < other.length; place += 1) if (one[at] === other[place]) return true
  return false
}

/** True when both words are known names and no table connects them: Wanjiku and Wanjiru are two names, not a slip of the pen. */
export function areTwoNames(one: readonly number[], other: readonly number[]): boolean {
  const { touching } = known()
  for (const mine of one) for (const theirs of other) if (touching.has(pairOf(mine, theirs))) return false
  return one.length > 0 && other.length > 0
}
