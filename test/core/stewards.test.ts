/** What holds whatever stewards decide, in whatever order, and take back in whatever order. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { HubError } from '../../errors.ts'
import { desk } from '../kit/core.ts'
import type { Line } from '../kit/paper.ts'
import { type PaperHub, paperHub } from '../kit/paper-hub.ts'

const people: [name: string, born: string, id: string][] = [
  ['Grace Wanjiru Kamau', '1988-03-14', '99000001'],
  ['Peter Otieno Ouma', '1990-01-05', '99000002'],
  ['Amina Hassan Yusuf', '1979-02-03', '99000003'],
]
/** Three people of three records each, and one of each who says too little to be linked: a question. */
const lines: Line[] = people.flatMap(([name, born, id], who) => [
  { no: `99000010${who}`, name, born, id },
  { no: `99000020${who}`, name, born, id },
  { no: `CR990000000030${who}-1`, name, born, id },
  { no: `CR990000000040${who}-1`, name, born },
])
const reason = 'Decided by the dice.'

let hub: PaperHub
beforeAll(async () => {
  hub = await paperHub()
  await hub.bring(lines)
})
afterAll(() => hub.close())

const at = (index: number) => lines[index % lines.length] ?? { no: '', name: '' }
const index = fc.nat({ max: lines.length - 1 })
type Step =
  | { do: 'merge'; one: number; other: number }
  | { do: 'split'; records: number[] }
  | { do: 'review'; nth: number; outcome: 'link' | 'distinct' | 'later' }
  | { do: 'resolve'; records: number[] }
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('merge' as const), one: index, other: index }),
  fc.record({ do: fc.constant('split' as const), records: fc.uniqueArray(index, { minLength: 1, maxLength: 3 }) }),
  fc.record({
    do: fc.constant('review' as const),
    nth: fc.nat({ max: 5 }),
    outcome: fc.constantFrom('link' as const, 'distinct' as const, 'later' as const),
  }),
  fc.record({ do: fc.constant('resolve' as const), records: fc.uniqueArray(index, { minLength: 1, maxLength: 4 }) }),
)

/** Takes a step; undefined when it decides nothing, or is refused as it should be. */
async function take(one: Step): Promise<string | undefined> {
  try {
    if (one.do === 'resolve') return void (await hub.resolveAgain(one.records.map(at)))
    if (one.do === 'merge') {
      const persons = [await hub.personOf(at(one.one)), await hub.personOf(at(one.other))]
      return (await hub.core.merge({ persons, reason }, desk)).id
    }
    if (one.do === 'split') {
      const person = await hub.personOf(at(one.records[0] ?? 0))
      const records = []
      for (const line of one.records.map(at))
        if ((await hub.personOf(line)) === person) records.push(await hub.recordOf(line))
      return (await hub.core.split({ person, records, reason }, desk)).id
    }
    const open = (await hub.core.listReviews({ state: 'open' }, desk)).items
    const review = open[one.nth % Math.max(1, open.length)]
    return review && (await hub.core.decideReview(review.id, { outcome: one.outcome, reason }, desk)).id
  } catch (problem) {
    if (problem instanceof HubError && ['decision_conflict', 'invalid_request'].includes(problem.code)) return undefined
    throw problem
  }
}

async function takeAll(steps: readonly Step[]): Promise<string[]> {
  const decided: string[] = []
  for (const one of steps) decided.push(...[await take(one)].filter((id) => id !== undefined))
  return decided
}

/** Everything that stewards must not lose: who belongs to whom under which id, the documents, the questions. */
async function picture() {
  const groups = await hub.groups(lines)
  const documents = []
  for (const id of Object.keys(groups).sort()) documents.push(await hub.core.readBeneficiary(id, desk))
  const questions = (await hub.core.listReviews({}, desk)).items.map(({ id: _, openedAt: __, ...rest }) => rest)
  return { groups, documents, questions: questions.map((one) => JSON.stringify(one)).sort() }
}
const partition = async () =>
  Object.values(await hub.groups(lines))
    .map((group) => group.join(' '))
    .sort()
const shuffled = <Item>(items: readonly Item[], keys: readonly number[]): Item[] =>
  items
    .map((item, place) => ({ item, key: keys[place] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
async function withdrawAll(ids: readonly string[]): Promise<void> {
  for (const id of ids) await hub.core.withdrawDecision(id, 'Taken back.', desk)
}
/** A question between one whom a split made and one whom a merge made larger; it is answered, then split, merge and answer are withdrawn. */
const askedOfNobody: [Step[], number[]] = [
  [
    { do: 'merge', one: 0, other: 7 },
    { do: 'split', records: [4] },
    { do: 'review', nth: 3, outcome: 'link' },
  ],
  [2, 1, 3],
]
const order = fc.array(fc.nat(), { minLength: 9, maxLength: 9 })

test('whatever was decided, and in whatever order it is withdrawn: ids, members, documents and questions are as before', async () => {
  const before = await picture()
  expect(Object.keys(before.groups).length).toBeGreaterThan(3)
  expect(before.questions.length).toBeGreaterThan(0)
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), order, async (steps, keys) => {
      await withdrawAll(shuffled(await takeAll(steps), keys))
      expect(await picture()).toEqual(before)
    }),
    { numRuns: 40, examples: [askedOfNobody] },
  )
})

test('what stands does not depend on the order in which it was decided, nor on what is resolved again', async () => {
  const pairs = fc.uniqueArray(fc.tuple(index, index), { minLength: 2, maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(pairs, order, async (some, keys) => {
      const merges = some.map(([one, other]): Step => ({ do: 'merge', one, other }))
      const first = await takeAll(merges)
      const after = await partition()
      await hub.resolveAgain()
      expect(await partition()).toEqual(after)
      await withdrawAll(first)
      const second = await takeAll(shuffled(merges, keys))
      expect(await partition()).toEqual(after)
      await withdrawAll(second)
    }),
    { numRuns: 15 },
  )
})

test('records that a steward told apart never share a person, whatever else is merged, split or resolved', async () => {
  await fc.assert(
    fc.asyncProperty(index, fc.array(step, { maxLength: 6 }), order, async (which, steps, keys) => {
      const decided = await takeAll([{ do: 'split', records: [which] }, ...steps])
      await hub.resolveAgain()
      const members = await hub.owner.query<{ record: string; person: string }>(
        'select record, person from membership where until is null',
      )
      const personOf = new Map(members.map(({ record, person }) => [record, person]))
      for (const id of decided) {
        const { outcome, oneSide, otherSide } = await hub.core.readDecision(id, desk)
        const shared = oneSide.some((one) => otherSide.some((other) => personOf.get(one) === personOf.get(other)))
        if (outcome !== 'later') expect(shared).toBe(outcome === 'link')
      }
      await withdrawAll(shuffled(decided, keys))
    }),
    { numRuns: 20 },
  )
})
