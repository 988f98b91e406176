/** What a steward is asked, is shown and decides. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { toDecision } from '../../core/persons/rule.ts'
import { applySettings } from '../../core/settings.ts'
import { allFields, desk, testSettings } from '../kit/core.ts'
import type { Line } from '../kit/paper.ts'
import { type PaperHub, paperHub } from '../kit/paper-hub.ts'

/** Name and birth date alone agree: the machine does not decide that. */
const grace: Line = { no: '990000001', name: 'Grace Wanjiru Kamau', born: '1988-03-14' }
const graceAtSha: Line = { ...grace, no: 'CR9900000000001-1' }
const peter: Line = { no: '990000002', name: 'Peter Otieno Ouma', born: '1990-01-05', sex: 'male', id: '99000002' }
const reason = 'Seen with both cards at the counter.'
const asker = { ...desk, operation: 'decideReview' }
const nobody = '0192f5c2-7a10-7c44-9f0e-3b2a1c4d5e6f'

let hub: PaperHub
beforeEach(async () => {
  hub = await paperHub()
})
afterEach(() => hub.close())

const list = async (query: Parameters<PaperHub['core']['listReviews']>[0] = {}) =>
  (await hub.core.listReviews(query, desk)).items
async function only() {
  const [review, more] = await list()
  if (!review || more) throw new Error('not one review')
  return review
}
const areOne = async () => (await hub.personOf(grace)) === (await hub.personOf(graceAtSha))

describe('a question', () => {
  test('is asked about two persons whom the machine would not link alone, once, and found by state and registry', async () => {
    await hub.bring([grace, graceAtSha, peter])
    const review = await only()
    expect(review).toMatchObject({ state: 'open', registries: ['ke-nssf', 'ke-sha'] })
    expect(review.probability).toBeGreaterThan(0.1)
    expect(await list({ registry: 'ke-sha' })).toEqual([review])
    expect(await list({ registry: 'la-lsso' })).toEqual([])
    expect(await list({ state: 'decided' })).toEqual([])
    await hub.resolveAgain()
    expect(await only()).toEqual(review)
  })

  test('is one question for two persons of many records', async () => {
    const months = [1, 2, 3, 4].map((n) => ({ ...grace, no: `r-${n}`, id: '99000001' }))
    await hub.bring([...months, graceAtSha])
    expect(await list()).toHaveLength(1)
  })

  test('goes by itself when the model no longer asks it', async () => {
    await hub.bring([grace, graceAtSha])
    const { id } = await only()
    await hub.bring([grace, { ...graceAtSha, name: 'Achieng Odhiambo', born: '1950-01-09' }])
    expect(await list()).toEqual([])
    await expect(hub.core.readReview(id, desk)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('goes when the two have become one by other links', async () => {
    await hub.bring([grace, graceAtSha])
    await hub.bring([
      { ...grace, id: '99000001' },
      { ...graceAtSha, id: '99000001' },
    ])
    expect(await areOne()).toBe(true)
    expect(await list()).toEqual([])
  })

  test('is asked too where the model links, but the person would hold two national ids', async () => {
    const one: Line = { ...grace, no: '990000005', id: '99000005', phone: '+254712000005', sex: 'female' }
    const bridge: Line = { ...graceAtSha, phone: '+254712000005', sex: 'female' }
    const other: Line = { ...one, no: '990000006', id: '99000606' }
    await hub.bring([one, bridge, other])
    expect(await hub.personOf(one)).not.toBe(await hub.personOf(other))
    const [review] = await list()
    expect(review).toBeDefined()
    const between = await hub.core.explain({ records: [await hub.recordOf(bridge), await hub.recordOf(other)] }, desk)
    const same = await hub.core.explain({ records: [await hub.recordOf(bridge), await hub.recordOf(one)] }, desk)
    expect([between, same].find((one) => !one.linked)).toMatchObject({
      because: 'refused',
      refused: { rule: 'identifiers-conflict', on: 'national-id' },
      evidence: { outcome: 'link' },
    })
  })

  test('shows both sides, what each record says, the reasons and what asked for a human; both persons are in the audit log', async () => {
    await hub.bring([grace, graceAtSha])
    const { id } = await only()
    const before = (await hub.leaves()).length
    const review = await hub.core.readReview(id, desk)
    const left = (await hub.leaves()).slice(before)
    expect(review.sides.map((side) => side.person).sort()).toEqual(
      [await hub.personOf(grace), await hub.personOf(graceAtSha)].sort(),
    )
    expect(review.sides.map((side) => side.stated.name?.full)).toEqual([grace.name, grace.name])
    expect(review.evidence).toMatchObject({
      complete: true,
      outcome: 'review',
      guards: [{ name: 'name-and-birth-date-alone' }],
    })
    const total = review.evidence.reasons.reduce((sum, one) => sum + one.weight, hub.needs.model.priorWeight)
    expect(total).toBeCloseTo(review.evidence.weight ?? 0, 3)
    expect(left).toHaveLength(2)
    for (const leaf of left) expect(leaf).toMatchObject({ outcome: 'shown', officer: 'officer-7', hasSubject: true })
  })

  test('about a registry that is not agreed is not there, and looks like one that was never asked', async () => {
    await hub.bring([grace, graceAtSha])
    const { id } = await only()
    const narrow = { ...desk, purpose: 'names' }
    expect((await hub.core.listReviews({}, narrow)).items).toEqual([])
    const problems = await Promise.all(
      [id, nobody].map((one) => hub.core.readReview(one, narrow).catch((problem: unknown) => String(problem))),
    )
    expect(problems[0]).toBe(problems[1])
    await expect(hub.core.decideReview(id, { outcome: 'link', reason }, narrow)).rejects.toMatchObject({
      code: 'not_found',
    })
    expect(await areOne()).toBe(false)
    expect((await hub.leaves()).at(-1)).toMatchObject({ outcome: 'none', hasSubject: false })
  })

  test('shows no sum, and no comparison of a field that is not agreed', async () => {
    await hub.bring([grace, { ...grace, no: '990000009' }])
    const narrow = { ...desk, purpose: 'names' }
    const [review] = (await hub.core.listReviews({}, narrow)).items
    if (!review) throw new Error('no review')
    expect(Object.keys(review).sort()).toEqual(['id', 'openedAt', 'registries', 'state'])
    const { evidence, sides } = await hub.core.readReview(review.id, narrow)
    expect(evidence.reasons.map(({ on }) => on)).toEqual(['name'])
    expect(Object.keys(evidence).sort()).toEqual(['complete', 'guards', 'model', 'reasons'])
    expect(evidence.guards).toEqual([])
    for (const { stated, beneficiary } of sides)
      for (const shown of [stated, beneficiary])
        expect(Object.keys(shown).filter((key) => !['id', 'registries', 'name', 'otherNames'].includes(key))).toEqual(
          [],
        )
  })
})

/** Settings with one purpose more, for which the clinic may see everything but who employs whom. */
const withoutEmployment = {
  ...testSettings,
  purposes: { ...testSettings.purposes, identity: { title: 'Identity', legalBasis: 'Test', needsOfficer: false } },
  agreements: [
    ...testSettings.agreements,
    {
      ...{ agency: 'clinic', purpose: 'identity', registries: ['ke-nssf', 'ke-sha'] },
      fields: allFields.filter((field) => field !== 'enrolments' && field !== 'contributions'),
      ...{ from: '2024-01-01T00:00:00Z', until: '2099-01-01T00:00:00Z' },
    },
  ],
}

describe('what a question tells', () => {
  test('of a telephone that a dozen people hold: that name and birth date stand alone', async () => {
    const phone = '+254712000001'
    const holders = [...Array(12).keys()].map(
      (n): Line => ({
        no: `99000010${n}`,
        name: `Peter ${'BCDFGHJKLMNP'[n]}a${'bcdfghjklmnp'[n]}undu Mwangi`,
        born: `${1950 + n}-0${1 + (n % 9)}-11`,
        sex: 'male',
        phone,
      }),
    )
    const jane: Line = { no: '990000008', name: 'Jane Achieng Odhiambo', born: '1990-06-07', sex: 'female', phone }
    await hub.bring([jane, ...holders])
    await hub.bring([jane, ...holders, { ...jane, no: 'CR9900000000008-1' }])
    const between = { records: [await hub.recordOf(jane), await hub.recordOf({ ...jane, no: 'CR9900000000008-1' })] }
    const alone = { outcome: 'review', guards: [{ name: 'name-and-birth-date-alone' }] }
    const asked = (await list()).find(({ registries }) => registries.length === 2)
    expect((await hub.core.readReview(asked?.id ?? '', desk)).evidence).toMatchObject(alone)
    expect((await hub.core.explain(between, desk)).evidence).toMatchObject(alone)
  })

  test('of a common employer: nothing, not by a sum either, where employment is not agreed', async () => {
    await applySettings(hub.needs.db, withoutEmployment, 'development')
    const identity = { ...desk, purpose: 'identity' }
    const worker = { name: 'Kim Chebet', employer: 'Mlima Textiles Ltd' }
    const man: Line = { ...worker, no: '990000021', sex: 'male', id: '99013245' }
    const woman: Line = { ...worker, no: 'CR9900000000021-1', sex: 'female', id: '99012345' }
    await hub.bring([man, woman])
    const { id, weight } = await only()
    expect((await hub.core.readReview(id, desk)).evidence.reasons).toContainEqual(
      expect.objectContaining({ level: 'swapped-at-work' }),
    )
    const read = await hub.core.readReview(id, identity)
    const [listed] = (await hub.core.listReviews({}, identity)).items
    const why = await hub.core.explain({ records: [await hub.recordOf(man), await hub.recordOf(woman)] }, identity)
    expect(why).toMatchObject({ because: 'not-linked', evidence: { complete: false } })
    expect(listed?.id).toBe(id)
    expect(weight).toBeGreaterThan(0)
    for (const told of [read, listed, read.evidence, why.evidence]) {
      expect(told).not.toHaveProperty('weight')
      expect(told).not.toHaveProperty('probability')
    }
  })

  test('where no employer is in common: the sum, to whoever reads it with every other field', async () => {
    await applySettings(hub.needs.db, withoutEmployment, 'development')
    await hub.bring([grace, graceAtSha])
    const { id, weight } = await only()
    expect(await hub.core.readReview(id, { ...desk, purpose: 'identity' })).toMatchObject({ weight })
  })
})

describe('a decision', () => {
  test('link: one person from now on, and its documents say what both say', async () => {
    await hub.bring([grace, { ...graceAtSha, phone: '+254712000009' }])
    const { id } = await only()
    const decision = await hub.core.decideReview(id, { outcome: 'link', reason }, asker)
    expect(decision).toMatchObject({ kind: 'review', outcome: 'link', state: 'standing', review: id })
    expect(await areOne()).toBe(true)
    expect(decision.persons).toEqual([await hub.personOf(grace)])
    const shown = await hub.core.readBeneficiary(await hub.personOf(grace), desk)
    expect(shown.registries.filter((one) => one.status === 'record')).toHaveLength(2)
    expect((await list({ state: 'decided' })).map((one) => one.id)).toEqual([id])
    expect(await list({ state: 'open' })).toEqual([])
  })

  test('distinct: remembered when both are resolved again, when everybody is, and when new evidence would link them', async () => {
    await hub.bring([grace, graceAtSha])
    const { id } = await only()
    await hub.core.decideReview(id, { outcome: 'distinct', reason }, asker)
    expect(await list({ state: 'open' })).toEqual([])
    await hub.resolveAgain([grace, graceAtSha])
    await hub.resolveAgain()
    expect(await areOne()).toBe(false)
    const shared = { id: '99000001', phone: '+254712000001' }
    const [one, other] = [
      { ...grace, ...shared },
      { ...graceAtSha, ...shared },
    ]
    await hub.bring([one, other])
    expect(await areOne()).toBe(false)
    // A third record that is like both joins one of them, never both.
    await hub.bring([one, other, { ...one, no: '990000003' }])
    expect(await areOne()).toBe(false)
    expect(await list({ state: 'open' })).toEqual([])
  })

  test('later: the question waits aside, is not asked anew, and may be decided then', async () => {
    await hub.bring([grace, graceAtSha])
    const { id } = await only()
    const later = await hub.core.decideReview(id, { outcome: 'later', reason }, asker)
    await hub.resolveAgain()
    expect(await list()).toMatchObject([{ id, state: 'later' }])
    await hub.core.decideReview(id, { outcome: 'link', reason }, asker)
    expect(await areOne()).toBe(true)
    await hub.core.withdrawDecision(later.id, reason, asker)
    expect(await list()).toMatchObject([{ id, state: 'decided' }])
  })

  test.each(['link', 'distinct', 'later'] as const)('%s, withdrawn, leaves everything as it was', async (outcome) => {
    await hub.bring([grace, graceAtSha])
    const lines = [grace, graceAtSha]
    const review = await only()
    const before = await hub.groups(lines)
    const decision = await hub.core.decideReview(review.id, { outcome, reason }, asker)
    if (outcome !== 'later')
      await expect(hub.core.decideReview(review.id, { outcome: 'link', reason }, asker)).rejects.toMatchObject({
        code: 'decision_conflict',
      })
    await hub.core.withdrawDecision(decision.id, 'A mistake.', asker)
    expect(await hub.groups(lines)).toEqual(before)
    expect(await only()).toEqual(review)
    await expect(hub.core.withdrawDecision(decision.id, reason, asker)).rejects.toMatchObject({
      code: 'decision_conflict',
    })
  })

  test('needs an officer, keeps what was written sealed, and its audit leaf commits with it or neither does', async () => {
    await hub.bring([grace, graceAtSha])
    const { id } = await only()
    const { officer: _, ...unnamed } = asker
    await expect(hub.core.decideReview(id, { outcome: 'link', reason }, unnamed)).rejects.toMatchObject({
      code: 'officer_missing',
    })
    await hub.owner.query('revoke insert on audit_leaf from pamoja_app')
    await expect(hub.core.decideReview(id, { outcome: 'link', reason }, asker)).rejects.toMatchObject({
      code: 'audit_unavailable',
    })
    expect(await areOne()).toBe(false)
    await hub.owner.query('grant insert on audit_leaf to pamoja_app')
    const before = (await hub.leaves()).length
    const decision = await hub.core.decideReview(id, { outcome: 'link', reason }, asker)
    expect(decision).not.toHaveProperty('reason')
    expect((await hub.leaves()).slice(before)).toMatchObject([
      { outcome: 'decided', operation: 'decideReview', hasSubject: true },
      { outcome: 'decided', hasSubject: true },
    ])
    expect(await hub.core.readDecision(decision.id, desk)).toMatchObject({ reason, officer: 'officer-7' })
    const [row] = await hub.owner.query<{ reason: Buffer }>('select reason from ruling')
    expect(row?.reason.includes(Buffer.from('counter'))).toBe(false)
  })

  test('a link does not follow a record that speaks of somebody else one day', async () => {
    await hub.bring([grace, graceAtSha])
    const decision = await hub.core.decideReview((await only()).id, { outcome: 'link', reason }, asker)
    expect(await areOne()).toBe(true)
    await hub.bring([grace, { ...peter, no: graceAtSha.no }])
    expect(await areOne()).toBe(false)
    expect(await hub.core.readDecision(decision.id, desk)).toMatchObject({ state: 'lapsed' })
  })

  test('about records of further registries is not told to whoever reads the question with less', async () => {
    const twin = { ...grace, no: '990000009' }
    const married: Line = { ...graceAtSha, name: 'Njeri Muthoni Otieno', born: '1970' }
    await hub.bring([grace, twin, married])
    const persons = [await hub.personOf(grace), await hub.personOf(married)]
    await hub.core.merge({ persons, reason }, asker)
    const { id } = await only()
    const { oneSide, otherSide } = await hub.core.decideReview(id, { outcome: 'distinct', reason }, asker)
    expect([...oneSide, ...otherSide]).toContain(await hub.recordOf(married))
    expect((await hub.core.readReview(id, desk)).decisions).toHaveLength(1)
    expect((await hub.core.readReview(id, { ...desk, purpose: 'names' })).decisions).toEqual([])
  })

  test('says whom it is about, and leaves a leaf a person, where it is read by itself, and not in a list', async () => {
    await hub.bring([grace, graceAtSha])
    const { id, ...written } = await hub.core.decideReview((await only()).id, { outcome: 'distinct', reason }, asker)
    const before = (await hub.leaves()).length
    const { items } = await hub.core.listDecisions({}, desk)
    expect(items).toMatchObject([{ id, outcome: 'distinct', oneSideCount: 1, otherSideCount: 1 }])
    const ids = [...written.oneSide, ...written.otherSide, ...written.persons]
    expect(ids).toHaveLength(4)
    expect(ids.filter((one) => JSON.stringify(items).includes(one))).toEqual([])
    const decision = await hub.core.readDecision(id, desk)
    expect(decision).toMatchObject({ persons: written.persons, personCount: 2, reason })
    const left = (await hub.leaves()).slice(before)
    expect(left.map(({ outcome, hasSubject }) => [outcome, hasSubject])).toEqual([
      ['listed', false],
      ['shown', true],
      ['shown', true],
    ])
  })

  test('about more persons than an answer names says how many there are', () => {
    const persons = [...Array(1_200).keys()].map((n) => `person-${n}`)
    const row = { id: 'd', kind: 'split', outcome: 'distinct', review: null } as const
    const by = { agency: 'county', client: 'c', officer: 'o', decided_at: new Date(0) }
    const open = { lapsed_at: null, withdrawn_at: null, withdrawn_by: null }
    const decision = toDecision({ ...row, one_side: ['a'], other_side: ['b'], ...by, ...open }, persons)
    expect([decision.persons, decision.personCount]).toEqual([persons.slice(0, 1_000), 1_200])
  })

  test('of another registry is not there', async () => {
    await hub.bring([grace, graceAtSha])
    const decision = await hub.core.decideReview((await only()).id, { outcome: 'link', reason }, asker)
    const narrow = { ...desk, purpose: 'names' }
    expect((await hub.core.listDecisions({}, desk)).items.map((one) => one.id)).toEqual([decision.id])
    expect((await hub.core.listDecisions({}, narrow)).items).toEqual([])
    for (const call of [
      () => hub.core.readDecision(decision.id, narrow),
      () => hub.core.withdrawDecision(decision.id, reason, narrow),
    ])
      await expect(call()).rejects.toMatchObject({ code: 'not_found' })
  })
})
