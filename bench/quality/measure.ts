/** Right and missed pairs of records beside the demo country's truth, by group, and what the missed ones have in common. */

import { ageOn } from '../../demo/calendar.ts'
import type { DemoCountry } from '../../demo/country.ts'
import type { LinkRecord } from '../../linkage/record.ts'
import { scriptOf } from '../../schemas/values/name.ts'
import type { Persons } from './persons.ts'

export type Score = { truePairs: number; foundPairs: number; correct: number }
export const precisionOf = ({ correct, foundPairs }: Score): number => (foundPairs === 0 ? 1 : correct / foundPairs)
export const recallOf = ({ correct, truePairs }: Score): number => (truePairs === 0 ? 1 : correct / truePairs)

/** Which pairs of records count. */
export const scopes = ['all pairs', 'different lists', 'different registries', 'different statements'] as const
export type Scope = (typeof scopes)[number]

export type GroupScore = { readonly of: string; readonly group: string; readonly score: Score }
export type Miss = { readonly pairs: number; readonly why: string }

export type Measured = {
  readonly scores: ReadonlyMap<Scope, Score>
  readonly groups: readonly GroupScore[]
  /** Of pairs of different statements: what was missed, and pairs that were taken for one person and are not; most first. */
  readonly missed: readonly Miss[]
  readonly wrong: readonly Miss[]
}

type Sides = { readonly records: readonly LinkRecord[]; readonly truth: Int32Array; readonly found: Persons }

export function measure(country: DemoCountry, sides: Sides): Measured {
  const { records, truth, found } = sides
  const scores = new Map<Scope, Score>(scopes.map((scope) => [scope, { truePairs: 0, foundPairs: 0, correct: 0 }]))
  const groups = new Map<string, Score>()
  const missed = new Map<string, number>()
  const wrong = new Map<string, number>()
  const inScope = scopeOf(sides)
  const groupsOf = makeGroups(country, records)
  forPairs(truth, (a, b) => {
    const isFound = found.persons[a] === found.persons[b]
    for (const scope of scopes) {
      const score = scores.get(scope)
      if (!score || !inScope[scope](a, b)) continue
      score.truePairs += 1
      if (isFound) score.correct += 1
    }
    if (!inScope['different lists'](a, b)) return
    for (const name of groupsOf(truth[a] ?? -1, a, b)) {
      const score = groups.get(name) ?? { truePairs: 0, foundPairs: 0, correct: 0 }
      score.truePairs += 1
      if (isFound) score.correct += 1
      groups.set(name, score)
    }
    if (!isFound && inScope['different statements'](a, b)) count(missed, whyMissed(sides, a, b))
  })
  forPairs(found.persons, (a, b) => {
    for (const scope of scopes) {
      const score = scores.get(scope)
      if (score && inScope[scope](a, b)) score.foundPairs += 1
    }
    if (truth[a] !== truth[b]) count(wrong, whyFound(sides, a, b))
  })
  return { scores, groups: byName(groups), missed: mostFirst(missed), wrong: mostFirst(wrong) }
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

function makeGroups(country: DemoCountry, records: readonly LinkRecord[]) {
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
    ]
  }
  const scripts = records.map(({ names }) => [...new Set(names.map(({ full }) => scriptOf(full)))].sort().join('+'))
  return (index: number, a: number, b: number): string[] => {
    const known = own.get(index) ?? groupsOfPerson(index)
    own.set(index, known)
    const [one = '', other = ''] = [scripts[a], scripts[b]].sort()
    return [...known, `script|${one === other ? one : `${one} beside ${other}`}`]
  }
}

function whyMissed({ found, truth }: Sides, a: number, b: number): string {
  void truth
  const [one = 0, other = 0] = [found.statements.of[a], found.statements.of[b]]
  const { outcome, parts, guards, probability } = found.judge(one, other)
  const met = found.areCandidates(one, other) ? '' : 'no key in common; '
  const said = outcome === 'link' ? 'link, refused within its person' : outcome
  const stated = parts.filter(({ level }) => level !== 'missing').map(({ on, level }) => `${on} ${level}`)
  const by = guards.length > 0 ? ` (${guards.join(', ')})` : probability < 0.99 ? ' (weight)' : ''
  return `${met}${said}${by}: ${stated.join(', ')}`
}

function whyFound(sides: Sides, a: number, b: number): string {
  return whyMissed(sides, a, b)
}

const count = (counts: Map<string, number>, name: string) => void counts.set(name, (counts.get(name) ?? 0) + 1)

const mostFirst = (counts: ReadonlyMap<string, number>): Miss[] =>
  [...counts].map(([why, pairs]) => ({ why, pairs })).sort((a, b) => b.pairs - a.pairs || (a.why < b.why ? -1 : 1))

const byName = (groups: ReadonlyMap<string, Score>): GroupScore[] =>
  [...groups]
    .map(([name, score]) => {
      const [of = '', group = ''] = name.split('|')
      return { of, group, score }
    })
    .sort((a, b) => (a.of === b.of ? (a.group < b.group ? -1 : 1) : a.of < b.of ? -1 : 1))
