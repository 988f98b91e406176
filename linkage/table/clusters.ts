/**
 * Puts the records of a table together into persons. Links are taken from the surest to the least sure. Two groups become one only when
 * their records agree well enough on the whole (see `leastMean`), so that one mistaken link is no bridge between two people.
 */
import type { Scorer } from './kernel/scorer.ts'
import { sortByKey } from './kernel/sort.ts'
import { inSteps } from './kernel/steps.ts'
import { probabilityOf } from './kernel/weights.ts'
import type { Links } from './linked.ts'
import { placesFrom } from './links.ts'

export type Lists = {
  /** Which of two clean lists a record stands in. */
  readonly source: Int32Array
  /** Whether a record of the first list, in which the first row stands, may have several in the second. */
  readonly each: 'one-to-one' | 'one-to-many'
}

/**
 * Mean probability over all pairs between two groups from which on they are one. A pair's own probability does not know what the links
 * around it say, so it is too low for records that hang together through others: the mean need not reach one half.
 */
const leastMean = 1 / 3
/** So many records stand for a group when two are compared. */
const mostCompared = 20

/** Of each row the lowest row of its person. `least` is the weight from which on a pair is a link. Deterministic. */
export function clusterRows(size: number, scored: Links, least: number, scorer: Scorer, lists?: Lists): Int32Array {
  const { a, b } = scored
  const parent = rowsUpTo(size)
  const groups = makeGroups(size)
  const areOne = (one: number, other: number): boolean => {
    // A link alone is reason enough for two records.
    if (groups.isOne(one) && groups.isOne(other)) return true
    const [left, right] = [groups.rowsOf(one), groups.rowsOf(other)]
    return lists ? fitLists(left, right, lists) : agree(left, right, scorer)
  }
  const follow = (link: number): void => {
    const one = rootOf(parent, a[link] ?? 0)
    const other = rootOf(parent, b[link] ?? 0)
    if (one === other || !areOne(one, other)) return
    const root = Math.min(one, other)
    parent[Math.max(one, other)] = root
    groups.join(one, other, root)
  }
  for (const link of surestFirst(scored, least)) follow(link)
  inSteps(0, size, (from, to) => settle(parent, from, to))
  return parent
}

function rowsUpTo(size: number): Int32Array {
  const rows = new Int32Array(size)
  for (let row = 0; row < size; row += 1) rows[row] = row
  return rows
}

/** The parent of a row stands before it, so that it is settled already. */
function settle(parent: Int32Array, from: number, to: number): void {
  for (let row = from; row < to; row += 1) parent[row] = parent[parent[row] ?? 0] ?? 0
}

/** Places of the links from the greatest weight to the least, of equal ones in their order. */
function surestFirst({ weight }: Links, least: number): Int32Array {
  const rows = placesFrom(weight, least)
  // The bits of a float without its sign sort as it does; of a negative one the other way round.
  const bits = new Int32Array(weight.slice().buffer)
  const keys = rows.map((i) => {
    const one = bits[i] ?? 0
    return one < 0 ? one : ~(one | 0x80000000)
  })
  return sortByKey({ keys, rows, size: rows.length }).rows
}

/** The rows of each group, as a chain from its first row to its last: most groups have one or two, and there are very many. */
function makeGroups(size: number) {
  const next = new Int32Array(size).fill(-1)
  const first = rowsUpTo(size)
  const last = first.slice()
  return {
    isOne: (root: number): boolean => first[root] === last[root],
    rowsOf: (root: number): number[] => {
      const rows: number[] = []
      for (let row = first[root] ?? -1; row >= 0; row = next[row] ?? -1) rows.push(row)
      return rows
    },
    /** Puts the rows of `right` behind those of `left`; the group is called by `root`. */
    join: (left: number, right: number, root: number): void => {
      next[last[left] ?? 0] = first[right] ?? 0
      const [begin, end] = [first[left] ?? 0, last[right] ?? 0]
      first[root] = begin
      last[root] = end
    },
  }
}

function rootOf(parent: Int32Array, row: number): number {
  let root = row
  while (parent[root] !== root) {
    parent[root] = parent[parent[root] ?? 0] ?? 0
    root = parent[root] ?? 0
  }
  return root
}

/** Between two clean lists a record has at most one counterpart; a record of the first list several, when that is allowed. */
function fitLists(left: readonly number[], right: readonly number[], { source, each }: Lists): boolean {
  const ofFirst = [...left, ...right].filter((row) => source[row] === source[0]).length
  return each === 'one-to-many' && ofFirst === 1
}

function agree(left: readonly number[], right: readonly number[], scorer: Scorer): boolean {
  let sum = 0
  let pairs = 0
  for (const x of left.slice(0, mostCompared))
    for (const y of right.slice(0, mostCompared)) {
      sum += probabilityOf(scorer.weigh(x, y, Number.NEGATIVE_INFINITY))
      pairs += 1
    }
  return sum / pairs >= leastMean
}
