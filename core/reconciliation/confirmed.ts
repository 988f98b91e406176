/**
 * Confirmed evidence: which of a person's records are hers beyond a doubt of the machine's. Told from the records themselves and from
 * what stewards said, so that it is the same for a past night. What concerns money rests on nothing weaker.
 */
import { compare } from '../../linkage/compare.ts'
import { decide } from '../../linkage/decide.ts'
import { comparable, type Prepared, prepare } from '../../linkage/features.ts'
import type { Model } from '../../linkage/model.ts'
import { toLinkRecord } from '../../linkage/record.ts'
import type { Dossier, DossierRecord } from '../../reconciliation/dossier.ts'
import type { IdentifierType } from '../../schemas/contract.ts'

/** Numbers that are lent, given for a while, or held by a household confirm nobody. */
const weak: ReadonlySet<IdentifierType> = new Set(['sha-household-number', 'mandate-number', 'temporary-id'])

/** Records that stewards said are one person's, by either record. */
export type Ruled = ReadonlyMap<string, readonly string[]>

/**
 * A person's records, parted: those of one part share a number of a strong type and agree in name and birth date, link by link, or a
 * steward joined them. Each part is a dossier of the same person; the part that holds the first record comes first.
 */
export function confirmedParts(model: Model, dossier: Dossier, ruled: Ruled): readonly Dossier[] {
  const { person, records } = dossier
  if (records.length < 2) return [dossier]
  const leader = records.map((_, place) => place)
  const find = (place: number): number => {
    let at = place
    while (leader[at] !== at) at = leader[at] ?? at
    return at
  }
  const join = (one: number, other: number) => {
    const [first, second] = [find(one), find(other)].sort((a, b) => a - b)
    if (first !== undefined && second !== undefined) leader[second] = first
  }
  const named = records.map(namedAs)
  const agree = agreement(model, records, named)
  const holders = new Map<string, number[]>()
  const places = new Map(records.map(({ id }, place) => [id, place]))
  for (const [place, { id, record }] of records.entries()) {
    for (const identifier of record.identifiers) {
      const own = weak.has(identifier.type) ? undefined : comparable(identifier)
      if (!own) continue
      const number = `${own.type}:${own.issuer}:${own.value}`
      const others = holders.get(number) ?? []
      holders.set(number, others)
      for (const other of others) if (find(other) !== find(place) && agree(other, place)) join(other, place)
      // Lists that come every month say the same every month: one of them is enough for others to be compared with.
      if (named[place] === undefined || !others.some((other) => named[other] === named[place])) others.push(place)
    }
    for (const other of ruled.get(id) ?? []) {
      const joined = places.get(other)
      if (joined !== undefined) join(joined, place)
    }
  }
  const parts = new Map<number, DossierRecord[]>()
  for (const [place, record] of records.entries()) {
    const part = parts.get(find(place))
    if (part) part.push(record)
    else parts.set(find(place), [record])
  }
  return parts.size === 1 ? [dossier] : [...parts.values()].map((part) => ({ person, records: part }))
}

/** Birth date and names, letter by letter; undefined without a birth date. */
const namedAs = ({ record: { names, birthDate } }: DossierRecord): string | undefined =>
  birthDate ? `${birthDate} ${names.map(({ full }) => full).join('|')}` : undefined

/** Whether two of the records agree in name and birth date. Most say both alike (`named`), and are not compared. */
function agreement(
  model: Model,
  records: readonly DossierRecord[],
  named: readonly (string | undefined)[],
): (one: number, other: number) => boolean {
  // Lists that come every month say the same about the person every month.
  const said = (place: number) => {
    const { names, birthDate, identifiers } = records[place]?.record ?? {}
    return JSON.stringify([names, birthDate, identifiers])
  }
  const prepared = new Map<number, Prepared>()
  const judged = new Map<string, boolean>()
  const ready = (place: number): Prepared | undefined => {
    const held = records[place]
    const one = prepared.get(place) ?? (held && prepare(toLinkRecord(held.id, held.record)))
    if (one) prepared.set(place, one)
    return one
  }
  return (one, other) => {
    if (named[one] && named[one] === named[other]) return true
    const pair = `${said(one)}\n${said(other)}`
    const known = judged.get(pair)
    if (known !== undefined) return known
    const [left, right] = [ready(one), ready(other)]
    const answer = left !== undefined && right !== undefined && isSame(model, left, right)
    judged.set(pair, answer)
    return answer
  }
}

/** The engine would link them, and neither the names nor the birth dates speak against it. */
function isSame(model: Model, left: Prepared, right: Prepared): boolean {
  const parts = compare(model, left, right)
  const weightOf = (on: string) => parts.find((part) => part.on === on)?.weight ?? 0
  return weightOf('name') > 0 && weightOf('birthDate') >= 0 && decide(model, parts).outcome === 'link'
}
