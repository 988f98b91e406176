import { comparable } from '../../linkage/features.ts'
import { enrolmentTypes, uniqueTypes } from '../../schemas/values/identifier.ts'
import { at, type DossierRecord } from '../dossier.ts'
import { evidenceOf, isPaidOut, isRegister, listed, listOf } from '../facts.ts'
import { grouped } from '../grouped.ts'
import { personRule } from '../rule.ts'

/** Numbers that a person has from the state; a scheme's own number is what being listed twice doubles. */
const ownNumbers = ({ record }: DossierRecord): string[] =>
  record.identifiers.flatMap((identifier) => {
    const number = comparable(identifier)
    return number && uniqueTypes.has(number.type) && !enrolmentTypes.has(number.type)
      ? [`${number.type}:${number.issuer} ${number.value}`]
      : []
  })

const contradict = (records: readonly DossierRecord[]): boolean => {
  const numbers = new Set(records.flatMap(ownNumbers))
  return new Set([...numbers].map((number) => number.split(' ')[0])).size < numbers.size
}

export const twiceInRegistry = personRule({
  id: 'R07',
  name: 'twice-in-registry',
  title: 'One person twice in one registry',
  says: 'A list that should hold everybody once holds the person under two or more record numbers: the same number from the state, or the same person by all that the records say, with nothing against it. It happens when somebody changes jobs and is enrolled anew. If the numbers from the state differ, R09 speaks instead.',
  message: '{registry} lists the person {records} times in its list {list}.',
  reason:
    'Contributions that are split over two numbers make two small pensions, or none. Both numbers should lead to one account from now on.',
  severity: 'S2',
  action: 'review',
  aim: 'quality',
  evidence: 'linked',
  dueInDays: 60,
  parameters: {},
  subject: 'person',
  find: (dossier, { law }) => {
    const lists = grouped(
      listed(dossier).filter((held) => isRegister(law, held)),
      (held) => `${held.registry} ${listOf(held)}`,
    )
    return [...lists].flatMap(([about, records]) => {
      const [first] = records
      if (records.length < 2 || contradict(records)) return []
      const paid = records.filter(({ record }) => record.benefits.some(isPaidOut))
      return [
        {
          about,
          owner: first.registry,
          severity: paid.length > 1 ? 'S1' : 'S2',
          evidence: evidenceOf(records.map((held) => at(held))),
          facts: { registry: first.registry, list: listOf(first), records: records.length },
        },
      ]
    })
  },
})
