/** Judging: what the model says about records and those they may be one with. */
import { compareUnlessDistinct, type Part } from '../../linkage/compare.ts'
import { decide } from '../../linkage/decide.ts'
import type { Prepared } from '../../linkage/features.ts'
import type { PhoneHolders } from '../../linkage/phones.ts'
import type { HashedKey } from '../../store/blocking.ts'
import { findCandidates } from '../../store/candidates.ts'
import { byModel, type DecisionRow } from '../../store/decisions.ts'
import type { Queryable } from '../../store/pool.ts'
import type { Needs } from '../needs.ts'
import type { Book } from './book.ts'
import { holdersOf } from './holders.ts'
import type { Keyed } from './keyed.ts'
import type { Pause } from './pause.ts'
import { worthOpening } from './worth.ts'

/** A blocking key held by more records than this is too common to look into. */
export const candidateLimit = 200

export type Pair = { readonly of: string; readonly candidate: string }
/** Pairs that were decided about, the greater ids by the lesser. */
export type Judged = Map<string, Set<string>>

/**
 * Decides about each pair once; pairs that are plainly distinct leave no row. Those that share a telephone are decided about again when it
 * is known how many hold it.
 */
export async function judge(
  needs: Needs,
  db: Queryable,
  pairs: readonly Pair[],
  prepared: ReadonlyMap<string, Prepared>,
  judged: Judged,
  pause?: Pause,
): Promise<DecisionRow[]> {
  const rows: DecisionRow[] = []
  const callers: (readonly [Prepared, Prepared])[] = []
  let compared = 0
  for (const { of, candidate } of pairs) {
    const [a, b] = of < candidate ? [of, candidate] : [candidate, of]
    // Two changed records find each other twice, and a candidate may have been a partner before.
    const others = judged.get(a)
    if (others?.has(b)) continue
    if (others) others.add(b)
    else judged.set(a, new Set([b]))
    compared += 1
    if (compared % comparedAtOnce === 0) await pause?.()
    const [left, right] = [prepared.get(a), prepared.get(b)]
    const row = left && right && decideOn(needs, left, right)
    if (row && sharesPhone(row)) callers.push([left, right])
    else if (row) rows.push(row)
  }
  if (callers.length === 0) return rows
  const holders = await holdersOf(needs, db, callers)
  return [...rows, ...callers.flatMap(([left, right]) => decideOn(needs, left, right, holders) ?? [])]
}

/** A millisecond's work. */
const comparedAtOnce = 64

const sharesPhone = ({ parts }: DecisionRow) => parts.some(({ on, level }) => on === 'phone' && level === 'same')

/** `left` has the lesser id. Undefined when they are distinct. */
function decideOn({ model }: Needs, left: Prepared, right: Prepared, holders?: PhoneHolders): DecisionRow | undefined {
  const parts = compareUnlessDistinct(model, left, right, holders)
  if (!parts) return undefined
  const { outcome, weight, probability, model: version } = decide(model, parts)
  if (outcome === 'distinct') return undefined
  const stated = parts.filter(isStated)
  return { a: left.id, b: right.id, outcome, weight, probability, parts: stated, model: version, made_by: byModel }
}

export const isJudged = (judged: Judged, { a, b }: Pick<DecisionRow, 'a' | 'b'>) => judged.get(a)?.has(b) === true

/** What neither or only one of the two states weighs nothing, and goes without saying. */
const isStated = (part: Part) => part.level !== 'missing'

/** Decides about records and their candidates in the store. */
export async function judgeCandidates(
  needs: Needs,
  db: Queryable,
  book: Book,
  asked: readonly Keyed[],
  judged: Judged,
): Promise<DecisionRow[]> {
  const worth = worthOpening(needs.model, asked)
  // Side by side, so that the server looks for the candidates of some while others are compared here.
  const found = await Promise.all(
    inSlices(asked).map(async (some) => {
      const { pairs } = await findCandidates(db, needs.keys, some, candidateLimit, worth)
      return judge(needs, db, pairs, await book.prepare(pairs.map(({ candidate }) => candidate)), judged, book.pause)
    }),
  )
  return found.flat()
}

/** So many as one question to the store is about. */
export function inSlices<One>(all: readonly One[]): One[][] {
  const slices: One[][] = []
  for (let from = 0; from < all.length; from += sliceLength) slices.push(all.slice(from, from + sliceLength))
  return slices
}
const sliceLength = 100

/**
 * Decides about records and those of the others who share a key with them that is not too common, whatever the store holds; of a common
 * key's holders those in the parts that are sought.
 */
export function judgeTogether(
  needs: Needs,
  db: Queryable,
  asked: readonly Keyed[],
  others: readonly Keyed[],
  judged: Judged,
): Promise<DecisionRow[]> {
  const holders = new Map<string, Keyed[]>()
  for (const other of others)
    for (const { key } of other.keys) {
      const known = holders.get(key)
      if (known) known.push(other)
      else holders.set(key, [other])
    }
  const worth = worthOpening(needs.model, asked)
  const pairs = asked.flatMap((one): Pair[] => {
    const met = new Map<Keyed, boolean>()
    for (const key of one.keys)
      for (const other of nearBy(holders.get(key.key) ?? [], key))
        met.set(other, key.mayCall || met.get(other) === true)
    return [...met].flatMap(([{ id, preview }, mayCall]) =>
      id !== one.id &&
      (!preview || worth(one.id, new DataView(preview.buffer, preview.byteOffset, preview.length), 0, mayCall))
        ? [{ of: one.id, candidate: id }]
        : [],
    )
  })
  return judge(needs, db, pairs, new Map([...asked, ...others].map(({ id, prepared }) => [id, prepared])), judged)
}

/** Of too many holders of a key those in the parts that are sought, as in the store; nobody where they are too many as well. */
function nearBy(held: readonly Keyed[], { key, part, sought }: HashedKey): readonly Keyed[] {
  if (held.length <= candidateLimit) return held
  const parts = part !== 0 && sought ? new Set(sought()) : undefined
  const partOf = (other: Keyed) => other.keys.find((one) => one.key === key)?.part ?? 0
  const some = parts ? held.filter((other) => parts.has(partOf(other))) : []
  return some.length <= candidateLimit ? some : []
}

/** Whom changed records were decided about with before: they are compared again, even if no key brings them together now. */
export function partners(resolvedBefore: readonly string[], standing: readonly DecisionRow[]): Pair[] {
  const about = new Set(resolvedBefore)
  return standing.flatMap(({ a, b }) => [
    ...(about.has(a) ? [{ of: a, candidate: b }] : []),
    ...(about.has(b) ? [{ of: b, candidate: a }] : []),
  ])
}
