import { at, type DossierRecord } from '../dossier.ts'
import { evidenceOf, isPaidOut, isRegister, listed, listOf } from '../facts.ts'
import { grouped } from '../grouped.ts'
import { ownNumbers, typeOf } from '../identity.ts'
import { personRule } from '../rule.ts'

const contradict = (records: readonly DossierRecord[]): boolean =>
  [...grouped(records.flatMap(ownNumbers), typeOf).values()].some(
    (numbers) => new Set(numbers.map(({ value }) => value)).size > 1,
  )

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
