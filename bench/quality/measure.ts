/** Right and missed pairs of records beside the demo country's truth, by group, and what the missed ones have in common. */

import { ageOn } from '../../demo/calendar.ts'
import type { DemoCountry } from '../../demo/country.ts'
import type { LinkRecord } from '../../linkage/record.ts'
import { scriptOf } from '../../schemas/values/name.ts'
import { type EvidenceScore, EvidenceTally, evidenceOf } from './evidence.ts'
import type { Persons } from './persons.ts'
import { enter, noScore, type Score } from './score.ts'

/** Which pairs of records count. */
export const scopes = ['all pairs', 'different lists', 'different registries', 'different statements'] as const
export type Scope = (typeof scopes)[number]

/** Of pairs of different lists; `hard`: those of them whose records do not say the same, word for word; `asked`: those of these that are missed and wait for a steward. */
export type GroupScore = {
  readonly of: string
  readonly group: string
  readonly score: Score
  readonly hard: Score
  readonly asked: number
}
type Group = { readonly score: Score; readonly hard: Score; asked: number }
/** Pairs that are alike in what became of them, and in what the model saw. */
export type Told = { readonly pairs: number; readonly kind: string; readonly seen: string }

/** Questions that are alike in what the model saw: of how many the answer is one person, and of how many two. */
type Asked = { readonly seen: string; one: number; two: number }

export type Measured = {
  readonly scores: ReadonlyMap<Scope, Score>
  /** Of pairs of different statements: how many the keys brought together. */
  readonly compared: number
  readonly groups: readonly GroupScore[]
  /** Of pairs of different lists and statements. */
  readonly evidence: readonly EvidenceScore[]
  /** Missed pairs of different lists and statements, and pairs that were taken for one person and are not; most first. */
  readonly missed: readonly Told[]
  readonly wrong: readonly Told[]
  /** Pairs of statements that wait for a steward. */
  readonly asked: readonly Asked[]
}

type Sides = { readonly records: readonly LinkRecord[]; readonly truth: Int32Array; readonly found: Persons }

export function measure(country: DemoCountry, sides: Sides): Measured {
  const { records, truth, found } = sides
  const scores = new Map<Scope, Score>(scopes.map((scope) => [scope, noScore()]))
  const groups = new Map<string, Group>()
  const evidence = new EvidenceTally()
  let compared = 0
  const missed = new Tally()
  const wrong = new Tally()
  const inScope = scopeOf(sides)
  const scripts = records.map(({ names }) => [...new Set(names.map(({ full }) => scriptOf(full)))].sort().join('+'))
  const groupsOf = makeGroups(country, ownScripts(scripts, truth))
  forPairs(truth, (a, b) => {
    const isFound = found.persons[a] === found.persons[b]
    for (const scope of scopes) if (inScope[scope](a, b)) enter(scores.get(scope), isFound)
    const isHard = inScope['different statements'](a, b)
    const { of } = found.statements
    if (isHard && found.areCandidates(of[a] ?? 0, of[b] ?? 0)) compared += 1
    if (!inScope['different lists'](a, b)) return
    const told = !isFound && isHard ? tell(found, a, b) : undefined
    if (told) missed.add(told)
    const [one, other] = [records[a], records[b]]
    const script = [...new Set([scripts[a], scripts[b]])].sort().join(' beside ')
    const home = country.people[truth[a] ?? -1]?.country
    if (isHard && one && other && home)
      evidence.add({ country: home, evidence: evidenceOf(one, other), script }, isFound)
    for (const name of [...groupsOf(truth[a] ?? -1), `script of the pair|${script}`]) {
      const group = groups.get(name) ?? { score: noScore(), hard: noScore(), asked: 0 }
      groups.set(name, group)
      enter(group.score, isFound)
      if (isHard) enter(group.hard, isFound)
      if (told?.kind.startsWith(asked)) group.asked += 1
    }
  })
  forPairs(found.persons, (a, b) => {
    for (const scope of scopes) {
      const score = scores.get(scope)
      if (score && inScope[scope](a, b)) score.foundPairs += 1
    }
    if (truth[a] !== truth[b]) wrong.add(tell(found, a, b))
  })
  return {
    scores,
    compared,
    groups: byName(groups),
    evidence: evidence.scores(),
    missed: missed.mostFirst(),
    wrong: wrong.mostFirst(),
    asked: answersTo(sides),
  }
}

/** Calls with every two places that carry one number. */
function forPairs(numbers: Int32Array, look: (a: number, b: number) => void): void {
  const together = new Map<number, number[]>()
  for (const [at, number] of numbers.entries()) {
    const known = together.get(number)
    if (known) known.push(at)
    else together.set(number, [at])
  }
  for (const places of together.values())
    for (const [index, a] of places.entries()) for (const b of places.slice(index + 1)) look(a, b)
}

function scopeOf({ records, found }: Sides): { readonly [S in Scope]: (a: number, b: number) => boolean } {
  const lists = records.map(({ registry, stream }) => `${registry} ${stream.split('/')[0]}`)
  const { of } = found.statements
  return {
    'all pairs': () => true,
    'different lists': (a, b) => lists[a] !== lists[b],
    'different registries': (a, b) => records[a]?.registry !== records[b]?.registry,
    'different statements': (a, b) => of[a] !== of[b],
  }
}

/** The last year of each band. */
const bands = [4, 17, 34, 59, 150]

/** Of each person the script that some list writes the name in; Latin where none writes it in another. */
function ownScripts(scripts: readonly string[], truth: Int32Array): Map<number, string> {
  const own = new Map<number, string>()
  for (const [at, script] of scripts.entries()) {
    const person = truth[at] ?? -1
    if (script !== 'Latn' || !own.has(person)) own.set(person, script)
  }
  return own
}

function makeGroups(country: DemoCountry, scripts: ReadonlyMap<number, string>) {
  const own = new Map<number, readonly string[]>()
  const groupsOfPerson = (index: number): readonly string[] => {
    const person = country.people[index]
    if (!person) return []
    const age = ageOn(person.born, country.asOf)
    const band = bands.findIndex((last) => age <= last)
    const from = band === 0 ? 0 : (bands[band - 1] ?? 0) + 1
    return [
      `sex|${person.sex}`,
      `age|${band === bands.length - 1 ? `${from} and over` : `${from} to ${bands[band]}`}`,
      `region|${person.country}-${person.place.code} ${person.place.name}`,
      `own script|${scripts.get(index)}`,
    ]
  }
  return (index: number): readonly string[] => {
    const known = own.get(index) ?? groupsOfPerson(index)
    own.set(index, known)
    return known
  }
}

const asked = 'asked: '

/** Comparisons that say little about who it is. */
const weak = new Set(['name', 'sex', 'locality'])

/** What the model makes of two records, and what it saw; the kinds are for people who read reports. */
function tell({ statements, judge, areCandidates }: Persons, a: number, b: number): Omit<Told, 'pairs'> {
  const [one = 0, other = 0] = [statements.of[a], statements.of[b]]
  const { outcome, parts, guards } = judge(one, other)
  const stated = parts.filter(({ level }) => level !== 'missing')
  const seen = stated.map(({ on, level }) => `${on} ${level}`).join(', ')
  if (outcome === 'link')
    return { kind: areCandidates(one, other) ? 'linked, but numbers contradict' : 'never compared', seen }
  if (outcome === 'review') return { kind: `${asked}${guards.join(', ') || 'not sure enough'}`, seen }
  return { kind: stated.every(({ on }) => weak.has(on)) ? 'nothing but a name in common' : 'told apart', seen }
}

function answersTo({ truth, found }: Sides): Asked[] {
  const { statements, persons, questions } = found
  const counts = new Map<string, Asked>()
  for (const { a, b } of questions) {
    const [left = -1, right = -1] = [statements.records[a]?.[0], statements.records[b]?.[0]]
    if (persons[left] === persons[right]) continue
    const { seen } = tell(found, left, right)
    const alike = counts.get(seen) ?? { seen, one: 0, two: 0 }
    counts.set(seen, alike)
    alike[truth[left] === truth[right] ? 'one' : 'two'] += 1
  }
  return [...counts.values()].sort((x, y) => y.one + y.two - x.one - x.two || (x.seen < y.seen ? -1 : 1))
}

class Tally {
  private readonly counts = new Map<string, Told>()

  add({ kind, seen }: Omit<Told, 'pairs'>): void {
    const name = `${kind}|${seen}`
    this.counts.set(name, { pairs: (this.counts.get(name)?.pairs ?? 0) + 1, kind, seen })
  }

  mostFirst(): Told[] {
    return [...this.counts.values()].sort((a, b) => b.pairs - a.pairs || (a.seen < b.seen ? -1 : 1))
  }
}

const byName = (groups: ReadonlyMap<string, Group>): GroupScore[] =>
  [...groups]
    .map(([name, scores]) => {
      const [of = '', group = ''] = name.split('|')
      return { of, group, ...scores }
    })
    .sort((a, b) => (a.of === b.of ? (a.group < b.group ? -1 : 1) : a.of < b.of ? -1 : 1))
