/** Merge and split by a steward, and the way back. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { desk } from '../kit/core.ts'
import type { Line } from '../kit/paper.ts'
import { type PaperHub, paperHub } from '../kit/paper-hub.ts'

const grace: Line = { no: '990000001', name: 'Grace Wanjiru Kamau', born: '1988-03-14', sex: 'female', id: '99000001' }
const graceAtSha: Line = { ...grace, no: 'CR9900000000001-1' }
const married: Line = { no: 'CR9900000000002-1', name: 'Njeri Muthoni Otieno', born: '1988', phone: '+254712000002' }
const peter: Line = { no: '990000002', name: 'Peter Otieno Ouma', born: '1990-01-05', sex: 'male', id: '99000002' }
const all = [grace, graceAtSha, married, peter]
const reason = 'Certificate seen.'

let hub: PaperHub
beforeEach(async () => {
  hub = await paperHub()
  await hub.bring(all)
})
afterEach(() => hub.close())

const merge = async (one: Line, other: Line) =>
  hub.core.merge({ persons: [await hub.personOf(one), await hub.personOf(other)], reason }, desk)
const split = async (person: Line, ...records: Line[]) =>
  hub.core.split(
    { person: await hub.personOf(person), records: await Promise.all(records.map(hub.recordOf)), reason },
    desk,
  )
const read = async (id: string) => (await hub.core.readBeneficiary(id, desk)).id

test('a merge makes one person of two: one id stays, the other redirects, and the history is kept', async () => {
  const [one, other] = [await hub.personOf(grace), await hub.personOf(married)]
  const decision = await merge(grace, married)
  expect(decision).toMatchObject({ kind: 'merge', outcome: 'link', state: 'standing', persons: [one] })
  expect(await hub.personOf(married)).toBe(one)
  expect(await read(other)).toBe(one)
  await hub.resolveAgain()
  expect(await hub.personOf(married)).toBe(one)
  expect(
    await hub.owner.query('select count(*)::int as count from membership where person = $1 and until is not null', [
      other,
    ]),
  ).toEqual([{ count: 1 }])
})

test('a merge that is withdrawn gives each its id back, also when others joined in between', async () => {
  const [one, other] = [await hub.personOf(grace), await hub.personOf(married)]
  const decision = await merge(grace, married)
  const joined = [3, 4, 5, 6].map((n) => ({ ...married, no: `CR990000000000${n}-1`, name: married.name }))
  await hub.bring([...all, ...joined])
  await hub.core.withdrawDecision(decision.id, 'Two women.', desk)
  expect(await hub.personOf(grace)).toBe(one)
  expect(await hub.personOf(married)).toBe(other)
  expect(await read(one)).toBe(one)
  expect(await read(other)).toBe(other)
})

test('nested merges come apart in any order, each id with its own', async () => {
  const ids = await Promise.all([grace, married, peter].map(hub.personOf))
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const decisions = [await merge(grace, married), await merge(grace, peter)]
    expect(new Set(await Promise.all(all.map(hub.personOf))).size).toBe(1)
    for (const index of order) await hub.core.withdrawDecision(decisions[index]?.id ?? '', 'No.', desk)
    expect(await Promise.all([grace, married, peter].map(hub.personOf))).toEqual(ids)
    expect(await Promise.all(ids.map(read))).toEqual(ids)
  }
})

test('a split tells records apart for ever, and is refused for records that are not there, or all of them', async () => {
  const person = await hub.personOf(grace)
  expect(await hub.personOf(graceAtSha)).toBe(person)
  for (const records of [[peter], [grace, peter]])
    await expect(split(grace, ...records)).rejects.toMatchObject({ reasons: [{ rule: 'member' }] })
  await expect(split(grace, grace, graceAtSha)).rejects.toMatchObject({ reasons: [{ rule: 'some' }] })
  const decision = await split(grace, graceAtSha)
  expect(decision.persons).toHaveLength(2)
  await hub.resolveAgain()
  expect(await hub.personOf(graceAtSha)).not.toBe(await hub.personOf(grace))
  await hub.core.withdrawDecision(decision.id, 'One woman.', desk)
  expect(await hub.personOf(graceAtSha)).toBe(person)
  expect(await hub.personOf(grace)).toBe(person)
  for (const id of decision.persons) expect(await read(id)).toBe(person)
})

test('what contradicts a decision that stands is refused, and nothing has changed', async () => {
  await split(grace, graceAtSha)
  const before = await hub.groups(all)
  await expect(merge(grace, graceAtSha)).rejects.toMatchObject({ code: 'decision_conflict' })
  await merge(grace, married)
  // Grace at SHA is told apart from Grace: to join her with the married one would join all three.
  await expect(merge(married, graceAtSha)).rejects.toMatchObject({ code: 'decision_conflict' })
  await expect(split(grace, married)).rejects.toMatchObject({ code: 'decision_conflict' })
  expect(await hub.personOf(graceAtSha)).toBe(Object.keys(before).find((id) => before[id]?.includes(graceAtSha.no)))
  expect((await hub.core.listDecisions({}, desk)).items).toHaveLength(2)
})

test('a person is not merged with itself, nor with nobody, nor with somebody whom the asker may not see', async () => {
  await expect(merge(grace, graceAtSha)).rejects.toMatchObject({ reasons: [{ rule: 'two-persons' }] })
  const narrow = { ...desk, purpose: 'names' }
  const nobody = '0192f5c2-7a10-7c44-9f0e-3b2a1c4d5e6f'
  const own = await hub.personOf(peter)
  const problems = await Promise.all(
    [nobody, await hub.personOf(married)].map((id) =>
      hub.core.merge({ persons: [own, id], reason }, narrow).catch((problem: unknown) => String(problem)),
    ),
  )
  expect(problems[0]).toBe(problems[1])
  expect((await hub.leaves()).filter((leaf) => leaf.outcome === 'none')).toHaveLength(2)
})

test('what is refused tells about people too: it leaves a leaf, and nothing else', async () => {
  await merge(grace, married)
  const before = await hub.leaves()
  await expect(merge(grace, married)).rejects.toMatchObject({ code: 'invalid_request' })
  await expect(split(grace, married)).rejects.toMatchObject({ code: 'decision_conflict' })
  await expect(split(grace, peter)).rejects.toMatchObject({ code: 'invalid_request' })
  const left = (await hub.leaves()).slice(before.length)
  expect(left.map(({ outcome, officer }) => [outcome, officer])).toEqual(Array(3).fill(['conflict', 'officer-7']))
  expect((await hub.core.listDecisions({}, desk)).items).toHaveLength(1)
})
