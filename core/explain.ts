/** Explain: why two records, or two persons, are linked or not. */
import { HubError } from '../errors.ts'
import type { Decision } from '../linkage/decide.ts'
import type { Explanation, RefusedLink } from '../schemas/contract.ts'
import { byModel, type DecisionRow, decisionsBetween } from '../store/decisions.ts'
import { currentPerson, membershipsOf } from '../store/persons.ts'
import { readResolved, type StoredRecord } from '../store/records.ts'
import type { Asker } from './asker.ts'
import { disclose } from './disclose.ts'
import { judgePairs, toEvidence } from './evidence.ts'
import type { Needs } from './needs.ts'
import type { Permission, Permit } from './policy.ts'
import { visibleMembers } from './review.ts'

export type ExplainQuery = { readonly records: readonly string[] } | { readonly persons: readonly string[] }
type Decided = DecisionRow & { refused: string | null }
type Pair = readonly [StoredRecord, StoredRecord]
type Judged = { readonly pair: Pair; readonly judged: Decision }

/** Of a person's records, so many are compared when nothing was decided about any. */
const mostCompared = 20

export const makeExplain = (needs: Needs, permit: Permit) => {
  /** The records of the two sides that the asker may see. An empty side: not there, or not yours. */
  async function sidesOf(query: ExplainQuery, permission: Permission): Promise<[string[], string[]]> {
    const visibleOf = async (id: string): Promise<string[]> => {
      if ('records' in query) {
        const [stored] = await readResolved(needs.db, needs.keys, [id])
        return stored && permission.registries.includes(stored.record.registry) ? [id] : []
      }
      const person = await currentPerson(needs.db, id)
      return person ? visibleMembers(needs.db, person, permission) : []
    }
    const [one, other] = 'records' in query ? query.records : query.persons
    return [await visibleOf(one ?? ''), await visibleOf(other ?? '')]
  }

  return async (query: ExplainQuery, asker: Asker): Promise<Explanation> => {
    const permission = await permit(asker)
    const [one, other] = await sidesOf(query, permission)
    const decided = one.length > 0 && other.length > 0 ? await decisionsBetween(needs.db, one, other) : []
    const stored = await readResolved(needs.db, needs.keys, pickRecords(one, other, decided))
    const best = await bestPair(needs, stored, new Set(one), new Set(other), decided)
    const members = await membershipsOf(needs.db, best?.pair.map(({ id }) => id) ?? [])
    const persons = [...new Set(members.map(({ person }) => person))].sort()
    if (!best || persons.length === 0) {
      await disclose(needs, asker, permission, 'none', [])
      throw new HubError('not_found')
    }
    const { pair, judged } = best
    const [left, right] = pair
    const about = decided.filter(({ a, b }) => [a, b].includes(left.id) && [a, b].includes(right.id))
    const model = about.find(({ made_by }) => made_by === byModel)
    const rulings = about.filter(({ made_by }) => made_by !== byModel)
    const evidence = toEvidence(needs.model, permission, judged, model)
    const refused = evidence.complete ? toRefused(model?.refused) : undefined
    await disclose(needs, asker, permission, 'shown', persons)
    return {
      linked: persons.length === 1,
      because: becauseOf(persons.length === 1, rulings, model, judged.outcome, evidence.complete),
      records: [left.id, right.id],
      persons,
      evidence,
      decisions: rulings.map(({ made_by }) => made_by).sort(),
      ...(refused && { refused }),
    }
  }
}

/** As it was noted: the rule, and what it fell over. */
function toRefused(noted: string | null | undefined): RefusedLink | undefined {
  const [rule, ...on] = noted?.split(' ') ?? []
  return rule ? { rule: rule as RefusedLink['rule'], ...(on.length > 0 && { on: on.join(' ') }) } : undefined
}

function becauseOf(
  together: boolean,
  rulings: readonly Decided[],
  model: Decided | undefined,
  now: 'link' | 'review' | 'distinct',
  isComplete: boolean,
): Explanation['because'] {
  const [ruled] = rulings
  if (ruled) return ruled.outcome === 'link' ? 'steward-link' : 'steward-distinct'
  if (together) return model?.outcome === 'link' && !model.refused ? 'model-link' : 'through-others'
  // What the machine makes of it tells about every field.
  if (!isComplete) return 'not-linked'
  if (model?.outcome === 'review') return 'review'
  if (model) return 'refused'
  return now === 'distinct' ? 'model-distinct' : 'never-met'
}

/** The records worth reading: of the strongest decision, else the first of either side. */
function pickRecords(one: readonly string[], other: readonly string[], decided: readonly Decided[]): string[] {
  const [best] = strongest(decided)
  return best ? [best.a, best.b] : [...one.slice(0, mostCompared), ...other.slice(0, mostCompared)]
}

const strongest = (decided: readonly Decided[]): Decided[] =>
  [...decided].sort(
    (x, y) =>
      Number(y.made_by !== byModel) - Number(x.made_by !== byModel) ||
      y.weight - x.weight ||
      (`${x.a} ${x.b}` < `${y.a} ${y.b}` ? -1 : 1),
  )

async function bestPair(
  needs: Needs,
  stored: readonly StoredRecord[],
  one: ReadonlySet<string>,
  other: ReadonlySet<string>,
  decided: readonly Decided[],
): Promise<Judged | undefined> {
  const [first] = strongest(decided)
  const byId = new Map(stored.map((each) => [each.id, each]))
  if (first) {
    const [a, b] = [byId.get(first.a), byId.get(first.b)]
    return a && b ? bestOf(needs, [[a, b]]) : undefined
  }
  const others = stored.filter(({ id }) => other.has(id))
  return bestOf(
    needs,
    stored
      .filter(({ id }) => one.has(id))
      .flatMap((left) => others.filter(({ id }) => id !== left.id).map((right): Pair => [left, right])),
  )
}

/** The pair that weighs most, the first of equals. */
async function bestOf(needs: Needs, pairs: readonly Pair[]): Promise<Judged | undefined> {
  const judged = await judgePairs(needs, pairs)
  const all = pairs.flatMap((pair, at) => (judged[at] ? [{ pair, judged: judged[at] }] : []))
  return all.sort((one, other) => other.judged.weight - one.judged.weight)[0]
}
