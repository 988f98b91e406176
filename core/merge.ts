/** Merge and split: a steward says that two persons are one, or that one person is two. Withdrawn like any other decision. */
import { HubError } from '../errors.ts'
import type { StewardDecision } from '../schemas/contract.ts'
import { readBeneficiaries } from '../store/beneficiaries.ts'
import { decisionsBetween } from '../store/decisions.ts'
import { currentPerson } from '../store/persons.ts'
import { visible } from './answer.ts'
import type { Asker } from './asker.ts'
import { disclose } from './disclose.ts'
import type { Needs } from './needs.ts'
import { asSteward, rule, ruling } from './persons/rule.ts'
import type { Permission, Permit } from './policy.ts'
import { visibleMembers } from './review.ts'

export type MergeRequest = { persons: readonly string[]; reason: string }
export type SplitRequest = { person: string; records: readonly string[]; reason: string }

const refuse = (pointer: string, rule: string, message: string) =>
  new HubError('invalid_request', { reasons: [{ pointer, rule, message }] })

export function makeMerges(needs: Needs, permit: Permit) {
  /** Throws `not_found` unless each is a person that the asker may see; the refusal leaves a leaf. */
  async function meet(ids: readonly string[], permission: Permission, asker: Asker): Promise<void> {
    for (const id of ids) {
      const person = await currentPerson(needs.db, id)
      const [document] = person ? await readBeneficiaries(needs.db, needs.keys, [person], []) : []
      if (document && visible(document, permission)) continue
      await disclose(needs, asker, permission, 'none', [])
      throw new HubError('not_found')
    }
  }

  return {
    /** Links a record of the one with a record of the other: the two that the model holds most alike, else the first of each. */
    async merge({ persons, reason }: MergeRequest, asker: Asker): Promise<StewardDecision> {
      const steward = asSteward(asker)
      const permission = await permit(asker)
      await meet(persons, permission, asker)
      return ruling(needs, steward, permission, async (tx) => {
        const [p, q] = [await currentPerson(tx, persons[0] ?? ''), await currentPerson(tx, persons[1] ?? '')]
        if (!p || !q) throw new HubError('not_found')
        if (p === q) throw refuse('/persons', 'two-persons', 'These ids stand for one person already.')
        const one = await visibleMembers(tx, p, permission)
        const other = await visibleMembers(tx, q, permission)
        const [best] = (await decisionsBetween(tx, one, other)).sort(
          (x, y) => y.weight - x.weight || (`${x.a} ${x.b}` < `${y.a} ${y.b}` ? -1 : 1),
        )
        const [left, right] = best ? [best.a, best.b] : [one[0], other[0]]
        if (!left || !right) throw new HubError('not_found')
        const pair = { one: [left], other: [right] }
        return rule(needs, tx, steward, permission, {
          kind: 'merge',
          outcome: 'link',
          review: null,
          ...pair,
          why: reason,
        })
      })
    },

    /** Tells these records apart from all others of their person that the steward may see. */
    async split({ person, records, reason }: SplitRequest, asker: Asker): Promise<StewardDecision> {
      const steward = asSteward(asker)
      const permission = await permit(asker)
      await meet([person], permission, asker)
      return ruling(needs, steward, permission, async (tx) => {
        const current = await currentPerson(tx, person)
        const members = current ? await visibleMembers(tx, current, permission) : []
        const strange = records.findIndex((record) => !members.includes(record))
        if (strange !== -1)
          throw refuse(`/records/${strange}`, 'member', 'This is no record of the person that you may see.')
        const other = members.filter((record) => !records.includes(record))
        if (other.length === 0)
          throw refuse(
            '/records',
            'some',
            'These are all records of the person. Name those that belong to somebody else.',
          )
        const one = [...new Set(records)].sort()
        return rule(needs, tx, steward, permission, {
          kind: 'split',
          outcome: 'distinct',
          review: null,
          one,
          other,
          why: reason,
        })
      })
    },
  }
}
