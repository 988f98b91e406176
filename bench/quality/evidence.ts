/**
 * Recall by script among pairs whose records state the same about the person, however it is spelt. Scripts go with registries, and
 * registries with numbers and dates: without this, what a list leaves out looks like a fault of its script.
 */
import { prepare } from '../../linkage/features.ts'
import type { LinkRecord } from '../../linkage/record.ts'
import { enter, noScore, recallOf, type Score } from './score.ts'

/** What two records state about one person, told without comparing a word: a number, dates of birth, words of names, villages. */
export function evidenceOf(a: LinkRecord, b: LinkRecord): string {
  const words = Math.min(wordsOf(a), wordsOf(b))
  return [
    shareNumber(a, b) ? 'a common number' : 'no common number',
    precisions[Math.min(precisionOf(a), precisionOf(b))],
    words < 2 ? 'one word of a name' : `${words === 2 ? 'two' : 'three'} words`,
    ...(namesVillage(a) && namesVillage(b) ? ['village'] : []),
  ].join(', ')
}

const shareNumber = ({ identifiers }: LinkRecord, other: LinkRecord): boolean =>
  identifiers.some(({ type, issuer, value }) =>
    other.identifiers.some((one) => one.type === type && one.issuer === issuer && one.value === value),
  )

const precisions = ['no birth date', 'year of birth', 'birth date']
function precisionOf(record: LinkRecord): number {
  const { birth } = prepare(record)
  if (!birth) return 0
  return birth.heaped || birth.day === 0 ? 1 : 2
}

const wordsOf = ({ names }: LinkRecord): number =>
  Math.max(0, ...names.map(({ parts }) => parts.filter(({ role }) => role !== 'title').length))
const namesVillage = ({ addresses }: LinkRecord): boolean => addresses.some(({ locality }) => locality !== undefined)

/** Pairs of one country, of one evidence and one script. */
export type EvidenceScore = {
  readonly country: string
  readonly evidence: string
  readonly script: string
  readonly score: Score
}

export class EvidenceTally {
  private readonly counts = new Map<string, EvidenceScore>()

  add(kind: Omit<EvidenceScore, 'score'>, isFound: boolean): void {
    const name = Object.values(kind).join('|')
    const known = this.counts.get(name) ?? { ...kind, score: noScore() }
    this.counts.set(name, known)
    enter(known.score, isFound)
  }

  /** Of countries that write in several scripts. */
  scores(): EvidenceScore[] {
    const all = [...this.counts.values()]
    return all.filter(({ country, script }) => all.some((one) => one.country === country && one.script !== script))
  }
}

/** A script of a country: what was found of its pairs, and what would be if each were found as often as all pairs of its evidence. */
export type ScriptStanding = {
  readonly country: string
  readonly script: string
  readonly score: Score
  readonly expected: number
}

export function scriptStandings(scores: readonly EvidenceScore[]): ScriptStanding[] {
  const likeRecall = ({ country, evidence }: EvidenceScore): number =>
    recallOf(sumOf(scores.filter((one) => one.country === country && one.evidence === evidence)))
  const names = [...new Set(scores.map(({ country, script }) => `${country}|${script}`))].sort()
  return names.map((name) => {
    const own = scores.filter(({ country, script }) => `${country}|${script}` === name)
    const [country = '', script = ''] = name.split('|')
    const score = sumOf(own)
    const found = own.reduce((sum, one) => sum + one.score.truePairs * likeRecall(one), 0)
    return { country, script, score, expected: found / score.truePairs }
  })
}

const sumOf = (scores: readonly EvidenceScore[]): Score => ({
  ...noScore(),
  truePairs: scores.reduce((sum, { score }) => sum + score.truePairs, 0),
  correct: scores.reduce((sum, { score }) => sum + score.correct, 0),
})
