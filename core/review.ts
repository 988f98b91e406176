/** Reviews: what the machine would not decide alone, read side by side and decided by a steward. */
import { HubError } from '../errors.ts'
import type { Review, ReviewDetail, ReviewSide, StewardDecision } from '../schemas/contract.ts'
import { type Document, readBeneficiaries } from '../store/beneficiaries.ts'
import { byModel, decisionsBetween } from '../store/decisions.ts'
import { membershipsOf, membersOf } from '../store/persons.ts'
import type { Queryable } from '../store/pool.ts'
import { readResolved, registriesOf, type StoredRecord } from '../store/records.ts'
import { listRegistries } from '../store/registries.ts'
import { listReviews, type ReviewRow, type ReviewState, readReview, setReviewState } from '../store/reviews.ts'
import { rulingsOf } from '../store/rulings.ts'
import { toBeneficiary } from './answer.ts'
import type { Asker } from './asker.ts'
import { disclose } from './disclose.ts'
import { judgePairs, seesSums, toEvidence } from './evidence.ts'
import type { Needs } from './needs.ts'
import { type PageOf, type PageQuery, pageOf, readCursor, usualLimit } from './page.ts'
import { toDocument, trustOf } from './persons/document.ts'
import { asSteward, rule, ruling, toSummary } from './persons/rule.ts'
import type { Permission, Permit } from './policy.ts'
import { toRecord } from './read.ts'
import type { Registries } from './registries/registries.ts'

export type ReviewQuery = PageQuery & { state?: ReviewState | undefined; registry?: string | undefined }
export type Verdict = { outcome: 'link' | 'distinct' | 'later'; reason: string }

/** Records of persons that stand in agreed registries. */
export async function visibleMembers(tx: Queryable, person: string, { registries }: Permission): Promise<string[]> {
  const members = (await membersOf(tx, [person])).map(({ record }) => record)
  const agreed = (await registriesOf(tx, members)).filter(({ registry }) => registries.includes(registry))
  return agreed.map(({ id }) => id).sort()
}

export function makeReviews(needs: Needs, permit: Permit, registries: Registries) {
  const isVisible = (review: ReviewRow | undefined, permission: Permission): review is ReviewRow =>
    review?.registries.every((registry) => permission.registries.includes(registry)) ?? false

  /** The review, or `not_found`: answered by itself, foreign and never asked look the same, and each leaves a leaf. */
  async function meet(id: string, permission: Permission, asker: Asker): Promise<ReviewRow> {
    const review = await readReview(needs.db, id)
    if (isVisible(review, permission)) return review
    await disclose(needs, asker, permission, 'none', [])
    throw new HubError('not_found')
  }

  /** One side: the record that is compared, what it says by itself, and the person it belongs to. */
  async function side(stored: StoredRecord, person: string, permission: Permission): Promise<ReviewSide> {
    const { registry } = stored.record
    const alone = only(toDocument(person, [stored], trustOf(await listRegistries(needs.db))), permission)
    const [document] = await readBeneficiaries(needs.db, needs.keys, [person], permission.fields)
    const status = await registries.status(permission, document?.registries ?? [], new Map())
    return {
      person,
      record: toRecord(stored, permission),
      stated: toBeneficiary(
        alone,
        permission,
        status.filter((one) => one.registry === registry),
      ),
      beneficiary: toBeneficiary(document ?? alone, permission, status),
    }
  }

  return {
    async list(query: ReviewQuery, asker: Asker): Promise<PageOf<Review>> {
      const { limit = usualLimit, state = null, registry = null } = query
      const after = readCursor(query.cursor, 'id')?.[0] ?? null
      const permission = await permit(asker)
      const rows = await listReviews(needs.db, permission.registries, { after, limit: limit + 1, state, registry })
      await disclose(needs, asker, permission, 'listed', [])
      return pageOf(
        rows,
        limit,
        (row) => row.id,
        (row) => toReview(row, seesSums(permission)),
      )
    },

    async read(id: string, asker: Asker): Promise<ReviewDetail> {
      const permission = await permit(asker)
      const review = await meet(id, permission, asker)
      const stored = await readResolved(needs.db, needs.keys, [review.a, review.b])
      const [one, other] = [review.a, review.b].map((record) => stored.find((each) => each.id === record))
      const members = await membershipsOf(needs.db, [review.a, review.b])
      const [left, right] = [review.a, review.b].map((record) => members.find((each) => each.record === record)?.person)
      const [judged] = one && other ? await judgePairs(needs, [[one, other]]) : []
      if (!one || !other || !left || !right || !judged) throw new HubError('not_found')
      const decided = await decisionsBetween(needs.db, [review.a], [review.b])
      const evidence = toEvidence(
        needs.model,
        permission,
        judged,
        decided.find(({ made_by }) => made_by === byModel),
      )
      const sides = [await side(one, left, permission), await side(other, right, permission)]
      const decisions = (await rulingsOf(needs.db, id, permission.registries)).map(toSummary)
      await disclose(needs, asker, permission, 'shown', [...new Set([left, right])])
      return { ...toReview(review, evidence.complete), sides, evidence, decisions }
    },

    /** Decides. A "distinct" tells all records of both persons apart that the steward may see, so that no other two of them join. */
    async decide(id: string, { outcome, reason }: Verdict, asker: Asker): Promise<StewardDecision> {
      const steward = asSteward(asker)
      const permission = await permit(asker)
      await meet(id, permission, asker)
      return ruling(needs, steward, permission, async (tx) => {
        const review = await readReview(tx, id)
        if (!isVisible(review, permission)) throw new HubError('not_found')
        if (review.state === 'decided')
          throw new HubError('decision_conflict', { detail: 'This review was decided before; withdraw that decision.' })
        await setReviewState(tx, id, outcome === 'later' ? 'later' : 'decided')
        const [one, other] =
          outcome === 'distinct'
            ? [await visibleMembers(tx, review.p, permission), await visibleMembers(tx, review.q, permission)]
            : [[review.a], [review.b]]
        return rule(needs, tx, steward, permission, { kind: 'review', outcome, review: id, one, other, why: reason })
      })
    },
  }
}

/** A document that is built here, and not read from the store, has every field: those that are not agreed go. */
const only = (document: Document, { fields }: Permission): Document => ({
  ...document,
  facts: Object.fromEntries(fields.map((field) => [field, document.facts[field] ?? []])),
})

/** The sum of all comparisons tells about each of them. `isSummed`: whether all of them may be told. */
const toReview = (row: ReviewRow, isSummed: boolean): Review => ({
  id: row.id,
  state: row.state,
  openedAt: row.opened_at.toISOString(),
  registries: [...row.registries],
  ...(isSummed && { weight: row.weight, probability: row.probability }),
})
