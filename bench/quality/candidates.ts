/**
 * Which records the hub would compare: the rules of `findCandidates` (store/blocking.ts) over all records in memory. Records that
 * say the same are one statement; a statement stands for its copies.
 */
import { candidateLimit } from '../../core/resolve.ts'
import type { PartedKey } from '../../linkage/blocking.ts'

/** As in store/blocking.ts: keys held by so few are looked into whole, a person's records count so often, and a part is cut at so many. */
const few = 32
const perPerson = 3
const mostOfPart = candidateLimit * 10

/** Who holds a key, by part; and what a look at it finds, by the asker's part: undefined when they are too many. */
type Held = {
  readonly all: number[]
  readonly parts: Map<string, { readonly key: PartedKey; readonly statements: number[] }>
  records: number
  looks?: Map<string, readonly number[] | undefined>
  /** Some look at this key is cut, so a holder may be found by another whom it does not find itself. */
  isCut?: boolean
}

export type Candidates = {
  /** Pairs of statements, two numbers each, the lesser first; a few may stand twice. */
  readonly pairs: Int32Array
  /** Statements that hold a key too common to look into. */
  readonly truncated: number
  /** Whether two statements were brought together. */
  readonly areCandidates: (a: number, b: number) => boolean
}

/** `keys`: of each statement; `copies`: how many records say the same. */
export function findCandidates(keys: readonly (readonly PartedKey[])[], copies: Int32Array): Candidates {
  const held = holdersOf(keys, copies)
  const looksOf = (own: readonly PartedKey[]) =>
    own.flatMap(({ key, own: part = '' }) => {
      const holders = held.get(key)
      return holders ? [{ holders, found: look(holders, part, copies) }] : []
    })
  const pairs = new Pairs()
  const met = new Int32Array(keys.length).fill(-1)
  let truncated = 0
  for (const [one, own] of keys.entries()) {
    const looks = looksOf(own)
    if (looks.some(({ found }) => !found)) truncated += 1
    for (const { holders, found = [] } of looks)
      for (const other of found) {
        // A lesser one has met this one already.
        if (other === one || met[other] === one || (other < one && !holders.isCut)) continue
        met[other] = one
        pairs.add(Math.min(one, other), Math.max(one, other))
      }
  }
  const finds = (a: number, b: number) => looksOf(keys[a] ?? []).some(({ found }) => found?.includes(b))
  return { pairs: pairs.whole(), truncated, areCandidates: (a, b) => finds(a, b) || finds(b, a) }
}

function holdersOf(keys: readonly (readonly PartedKey[])[], copies: Int32Array): Map<string, Held> {
  const held = new Map<string, Held>()
  for (const [statement, own] of keys.entries())
    for (const key of own) {
      const holders = held.get(key.key) ?? { all: [], parts: new Map(), records: 0 }
      const part = holders.parts.get(key.own ?? '') ?? { key, statements: [] }
      part.statements.push(statement)
      holders.all.push(statement)
      holders.records += copies[statement] ?? 1
      holders.parts.set(key.own ?? '', part)
      held.set(key.key, holders)
    }
  return held
}

function look(holders: Held, part: string, copies: Int32Array): readonly number[] | undefined {
  if (holders.records <= few) return holders.all
  if (!holders.looks) {
    const entries = [...holders.parts].map(([own, { key }]) => [own, lookInto(holders, key, copies)] as const)
    holders.looks = new Map(entries)
    holders.isCut = entries.some(([, found]) => !found)
  }
  return holders.looks.get(part)
}

function lookInto({ all, parts }: Held, { own, sought }: PartedKey, copies: Int32Array): readonly number[] | undefined {
  const records = (some: readonly number[], most: number) =>
    some.reduce((total, statement) => total + Math.min(most, copies[statement] ?? 1), 0)
  const wanted = own !== undefined && sought ? ['', ...sought].map((part) => parts.get(part)?.statements ?? []) : [all]
  if (wanted.some((part) => records(part, Number.POSITIVE_INFINITY) >= mostOfPart)) return undefined
  const found = wanted.flat()
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
