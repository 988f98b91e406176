/**
 * Which records the hub would compare: the rules of `findCandidates` (store/blocking.ts) over all records in memory. Records that
 * say the same are one statement; a statement stands for its copies.
 */
import { candidateLimit } from '../../core/persons/judge.ts'
import type { PartedKey } from '../../linkage/blocking.ts'

/** As in store/blocking.ts: keys held by so few are looked into whole, a person's records count so often, and a part is cut at so many. */
const few = 32
const perPerson = 3
const mostOfPart = candidateLimit * 10

/** Who holds a key, by part (empty: does not say); and what looks at it found: undefined when they were too many. */
type Held = {
  readonly all: number[]
  readonly parts: Map<string, number[]>
  records: number
  readonly looks: Map<string, readonly number[] | undefined>
}

export type Candidates = {
  /** Pairs of statements, two numbers each, the lesser first, each once. */
  readonly pairs: Int32Array
  /** Statements that hold a key too common to look into. */
  readonly truncated: number
  /** Whether two statements were brought together. */
  readonly areCandidates: (a: number, b: number) => boolean
}

/** `keys`: of each statement; `copies`: how many records say the same. */
export function findCandidates(keys: readonly (readonly PartedKey[])[], copies: Int32Array): Candidates {
  const held = holdersOf(keys, copies)
  const met = new Int32Array(keys.length).fill(-1)
  const found: Int32Array[] = []
  const pairs = new Pairs()
  let truncated = 0
  for (const [one, own] of keys.entries()) {
    const mine: number[] = []
    let isCut = false
    met[one] = one
    for (const key of own) {
      const holders = look(held.get(key.key), key, copies)
      if (!holders) isCut = true
      for (const other of holders ?? []) {
        if (met[other] === one) continue
        met[other] = one
        mine.push(other)
        // A look goes one way where parts do: the lesser one has met this one, or has not.
        if (other > one || !has(found[other], one)) pairs.add(Math.min(one, other), Math.max(one, other))
      }
    }
    found.push(Int32Array.from(mine).sort())
    if (isCut) truncated += 1
  }
  return { pairs: pairs.whole(), truncated, areCandidates: (a, b) => has(found[a], b) || has(found[b], a) }
}

function has(sorted: Int32Array | undefined, one: number): boolean {
  let [low, high] = [0, sorted?.length ?? 0]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted?.[middle] ?? 0) < one) low = middle + 1
    else high = middle
  }
  return sorted?.[low] === one
}

function holdersOf(keys: readonly (readonly PartedKey[])[], copies: Int32Array): Map<string, Held> {
  const held = new Map<string, Held>()
  for (const [statement, own] of keys.entries())
    for (const { key, own: part = '' } of own) {
      const holders: Held = held.get(key) ?? { all: [], parts: new Map(), records: 0, looks: new Map() }
      holders.all.push(statement)
      holders.records += copies[statement] ?? 1
      const together = holders.parts.get(part)
      if (together) together.push(statement)
      else holders.parts.set(part, [statement])
      held.set(key, holders)
    }
  return held
}

function look(held: Held | undefined, { own, sought }: PartedKey, copies: Int32Array): readonly number[] | undefined {
  if (!held || held.records <= few) return held?.all ?? []
  const parts = own !== undefined && sought ? ['', ...sought] : undefined
  const name = parts?.join('|') ?? 'all'
  if (!held.looks.has(name))
    held.looks.set(name, lookInto(parts ? parts.map((part) => held.parts.get(part) ?? []) : [held.all], copies))
  return held.looks.get(name)
}

function lookInto(parts: readonly (readonly number[])[], copies: Int32Array): readonly number[] | undefined {
  const records = (some: readonly number[], most: number) =>
    some.reduce((total, statement) => total + Math.min(most, copies[statement] ?? 1), 0)
  if (parts.some((part) => records(part, Number.POSITIVE_INFINITY) >= mostOfPart)) return undefined
  const found = parts.flat()
  return records(found, perPerson) > candidateLimit ? undefined : found
}

/** A list of pairs that grows. */
class Pairs {
  private held = new Int32Array(1 << 20)
  private size = 0

  add(a: number, b: number): void {
    if (this.size + 2 > this.held.length) {
      const larger = new Int32Array(this.held.length * 2)
      larger.set(this.held)
      this.held = larger
    }
    this.held[this.size] = a
    this.held[this.size + 1] = b
    this.size += 2
  }

  whole(): Int32Array {
    return this.held.subarray(0, this.size)
  }
}
