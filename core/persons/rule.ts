/**
 * Ruling: a steward decides, with a reason; everybody whom it touches is put together anew, and the audit leaf commits with it.
 * What contradicts a ruling that stands is refused: nobody's "no" is overridden by the way.
 */
import { type ErrorCode, HubError } from '../../errors.ts'
import type { StewardDecision, StewardDecisionSummary } from '../../schemas/contract.ts'
import { dropRuled, putRuled, ruledBetween, verdictsAbout } from '../../store/decisions.ts'
import { newId } from '../../store/ids.ts'
import { lockPersons, membershipsOf, membersOf } from '../../store/persons.ts'
import type { Queryable } from '../../store/pool.ts'
import { registriesOf } from '../../store/records.ts'
import { dropUnasked, setReviewState } from '../../store/reviews.ts'
import {
  type FullRuling,
  listRulings,
  putRuling,
  type RulingKind,
  type RulingOutcome,
  type RulingRow,
  readRuling,
  standingOf,
  withdrawRuling,
} from '../../store/rulings.ts'
import type { Asker } from '../asker.ts'
import { disclose, discloseWithin, type Outcome } from '../disclose.ts'
import type { Needs } from '../needs.ts'
import { type PageOf, type PageQuery, pageOf, readCursor, usualLimit } from '../page.ts'
import type { Permission, Permit } from '../policy.ts'
import { makeBook } from './book.ts'
import { regroup } from './regroup.ts'

export type Steward = Asker & { readonly officer: string }
type Ruling = {
  readonly kind: RulingKind
  readonly outcome: RulingOutcome
  readonly review: string | null
  readonly one: readonly string[]
  readonly other: readonly string[]
  readonly why: string
}

/** A steward waits this long for whoever is writing, in milliseconds. */
const lockMs = 10_000
/** Pairs that one ruling may tell apart: a person of twenty years of monthly records and another one. */
const mostPairs = 100_000
/** Persons that an answer names, as the contract says. Those beyond are shown by their records, and leave their leaf too. */
const mostPersons = 1_000
/** Records put together anew at once; whoever is linked to them over more corners than this stays as it is. */
const mostAround = 5_000

/** A decision is somebody's: without the officer's name there is none, whatever the purpose asks for. */
export function asSteward(asker: Asker): Steward {
  const { officer } = asker
  if (!officer)
    throw new HubError('officer_missing', {
      detail: 'A decision needs the officer who takes it: send a Pamoja-Officer header.',
    })
  return { ...asker, officer }
}

/** A transaction that holds the persons' lock. What it refuses tells about people too, and leaves a leaf. */
export async function ruling<Result>(
  needs: Needs,
  steward: Steward,
  permission: Permission,
  work: (tx: Queryable) => Promise<Result>,
): Promise<Result> {
  const locked = async (tx: Queryable): Promise<Result> => {
    await lockPersons(tx)
    return work(tx)
  }
  try {
    return await needs.db.transaction(locked, { settings: { lock_timeout: `${lockMs}ms` } })
  } catch (reason) {
    const refused = reason instanceof HubError ? refusals[reason.code] : undefined
    if (refused) await disclose(needs, steward, permission, refused, [])
    throw reason
  }
}

const refusals: { readonly [Code in ErrorCode]?: Outcome } = {
  decision_conflict: 'conflict',
  invalid_request: 'conflict',
  not_found: 'none',
}

/** Writes a ruling and what follows from it, inside a transaction of `ruling`. Throws `decision_conflict`, and then nothing follows. */
export async function rule(
  needs: Needs,
  tx: Queryable,
  steward: Steward,
  permission: Permission,
  { kind, outcome, review, one, other, why }: Ruling,
): Promise<StewardDecision> {
  const records = [...one, ...other]
  const before = await personsOf(tx, records)
  const row = {
    id: newId(),
    kind,
    outcome,
    review,
    one_side: [...one],
    other_side: [...other],
    agency: permission.agency,
    client: steward.client,
    officer: steward.officer,
    decided_at: needs.now(),
  }
  await putRuling(tx, needs.keys, { ...row, why })
  if (outcome !== 'later') {
    if (one.length * other.length > mostPairs) throw tooMany()
    const pairs = one.flatMap((left) => other.map((right) => [left, right] as const))
    if ((await ruledBetween(tx, one, other)).some((said) => said.outcome !== outcome))
      throw new HubError('decision_conflict')
    await putRuled(tx, row.id, outcome, pairs, row.decided_at)
    await regroupAround(needs, tx, records)
    await mustHold(tx, outcome, one, other)
  }
  const after = await personsOf(tx, records)
  await discloseWithin(tx, needs, steward, permission, 'decided', [...new Set([...before, ...after])])
  return toDecision({ ...row, lapsed_at: null, withdrawn_at: null, withdrawn_by: null }, after)
}

const tooMany = () => {
  const message = `These are more than ${mostPairs} pairs of records. Tell fewer records apart at once.`
  return new HubError('invalid_request', { reasons: [{ pointer: '/records', rule: 'most-pairs', message }] })
}

const personsOf = async (tx: Queryable, records: readonly string[]): Promise<string[]> =>
  [...new Set((await membershipsOf(tx, records)).map(({ person }) => person))].sort()

/** Another ruling, or a chain of them, may stand in the way of this one. */
async function mustHold(tx: Queryable, outcome: 'link' | 'distinct', one: readonly string[], other: readonly string[]) {
  const left = new Set(await personsOf(tx, one))
  const together = (await personsOf(tx, other)).some((person) => left.has(person))
  if (together !== (outcome === 'link')) throw new HubError('decision_conflict')
}

/** Puts everybody together anew who hangs together with these records, by links that are followed or not. */
async function regroupAround(needs: Needs, tx: Queryable, records: readonly string[]): Promise<void> {
  const near = new Set<string>()
  let next: readonly string[] = records
  while (next.length > 0 && near.size < mostAround) {
    const persons = [...new Set((await membershipsOf(tx, next)).map(({ person }) => person))]
    const added = (await membersOf(tx, persons)).map(({ record }) => record).filter((record) => !near.has(record))
    for (const record of added) near.add(record)
    const links = (await verdictsAbout(tx, added)).filter(({ outcome }) => outcome === 'link')
    next = [...new Set(links.flatMap(({ a, b }) => [a, b]))].filter((record) => !near.has(record))
  }
  const changed = [...near].sort()
  const before = new Map((await membershipsOf(tx, changed)).map(({ record, person }) => [record, person]))
  const book = makeBook(needs, tx, [], new Map())
  await regroup(needs, tx, book, { changed, fresh: new Set(), before, decisions: [], strangers: new Set() })
}

const stateOf = ({ lapsed_at, withdrawn_at }: RulingRow): StewardDecision['state'] =>
  withdrawn_at ? 'withdrawn' : lapsed_at ? 'lapsed' : 'standing'

/** What a list says: nothing that tells people apart, as its one leaf names nobody. */
export const toSummary = (row: RulingRow): StewardDecisionSummary => ({
  ...toHead(row),
  oneSideCount: row.one_side.length,
  otherSideCount: row.other_side.length,
})

/** Without what was written: an answer to a write is kept for repeats, and people write names. */
export const toDecision = (row: RulingRow, persons: readonly string[]): StewardDecision => ({
  ...toHead(row),
  oneSide: row.one_side,
  otherSide: row.other_side,
  persons: persons.slice(0, mostPersons),
  personCount: persons.length,
})

const toHead = (row: RulingRow) => ({
  id: row.id,
  kind: row.kind,
  outcome: row.outcome,
  state: stateOf(row),
  agency: row.agency,
  officer: row.officer,
  decidedAt: row.decided_at.toISOString(),
  ...(row.review && { review: row.review }),
  ...(row.lapsed_at && { lapsedAt: row.lapsed_at.toISOString() }),
  ...(row.withdrawn_at && { withdrawnAt: row.withdrawn_at.toISOString() }),
  ...(row.withdrawn_by && { withdrawnBy: row.withdrawn_by }),
})

export function makeRulings(needs: Needs, permit: Permit) {
  /** The ruling, or `not_found`: one about records of other registries looks like none, and leaves a leaf too. */
  async function meet(id: string, permission: Permission, asker: Asker): Promise<FullRuling> {
    const row = await readRuling(needs.db, needs.keys, id)
    const records = row ? await registriesOf(needs.db, [...row.one_side, ...row.other_side]) : []
    if (row && records.every(({ registry }) => permission.registries.includes(registry))) return row
    await disclose(needs, asker, permission, 'none', [])
    throw new HubError('not_found')
  }

  return {
    /** One decision with what was written. */
    async read(id: string, asker: Asker): Promise<StewardDecision> {
      const permission = await permit(asker)
      const row = await meet(id, permission, asker)
      const persons = await personsOf(needs.db, [...row.one_side, ...row.other_side])
      await disclose(needs, asker, permission, 'shown', persons)
      const { why, whyWithdrawn } = row
      return {
        ...toDecision(row, persons),
        reason: why,
        ...(whyWithdrawn !== null && { withdrawalReason: whyWithdrawn }),
      }
    },

    async list({ cursor, limit = usualLimit }: PageQuery, asker: Asker): Promise<PageOf<StewardDecisionSummary>> {
      const before = readCursor(cursor, 'id')?.[0] ?? null
      const permission = await permit(asker)
      const rows = await listRulings(needs.db, permission.registries, { before, limit: limit + 1 })
      await disclose(needs, asker, permission, 'listed', [])
      return pageOf(rows, limit, (row) => row.id, toSummary)
    },

    /** Takes a decision back: what the model and the other stewards say holds again. */
    async withdraw(id: string, reason: string, asker: Asker): Promise<StewardDecision> {
      const steward = asSteward(asker)
      const permission = await permit(asker)
      await meet(id, permission, asker)
      return ruling(needs, steward, permission, async (tx) => {
        const row = await readRuling(tx, needs.keys, id)
        if (!row) throw new HubError('not_found')
        if (row.withdrawn_at) throw new HubError('decision_conflict', { detail: 'This decision was withdrawn before.' })
        const at = needs.now()
        const records = [...row.one_side, ...row.other_side]
        const before = await personsOf(tx, records)
        await dropRuled(tx, id)
        await withdrawRuling(tx, needs.keys, { id, by: steward.officer, why: reason, at })
        if (row.review) {
          const [last] = await standingOf(tx, row.review)
          await setReviewState(tx, row.review, !last ? 'open' : last.outcome === 'later' ? 'later' : 'decided')
        }
        await regroupAround(needs, tx, records)
        if (row.review) await dropUnasked(tx, row.review)
        const after = await personsOf(tx, records)
        await discloseWithin(tx, needs, steward, permission, 'withdrawn', [...new Set([...before, ...after])])
        return toDecision({ ...row, withdrawn_at: at, withdrawn_by: steward.officer }, after)
      })
    },
  }
}
