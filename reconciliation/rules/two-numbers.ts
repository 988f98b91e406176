import { slipBetween } from '../../linkage/near.ts'
import { at } from '../dossier.ts'
import { evidenceOf, listed } from '../facts.ts'
import { grouped } from '../grouped.ts'
import { ownNumbers, typeOf } from '../identity.ts'
import { personRule } from '../rule.ts'

export const twoNumbers = personRule({
  id: 'R09',
  name: 'two-numbers',
  title: 'One person, two numbers of a kind that people have one of',
  says: 'Records that the hub holds for one person bear two different valid numbers of one type and issuer, of which everybody has one at a time. Numbers that a scheme gives to its members are R07’s affair. Two numbers that differ by one slip of the pen are told as such, and weigh less.',
  message:
    'Records of one person bear {numbers} different numbers of type {type} ({issuer}); {registry} holds {own}. {slip}',
  reason:
    'A number that was issued anew leaves cover and payments under the old one; a second identity can draw twice; and two people who were taken for one have to be told apart.',
  severity: 'S1',
  action: 'review',
  aim: 'integrity',
  evidence: 'linked',
  dueInDays: 30,
  parameters: {},
  subject: 'person',
  find: (dossier, { law }) => {
    const borne = listed(dossier).flatMap((held) => ownNumbers(held).map((number) => ({ number, held })))
    return [...grouped(borne, ({ number }) => typeOf(number)).values()].flatMap((bearers) => {
      const values = [...new Set(bearers.map(({ number }) => number.value))].sort()
      if (values.length < 2) return []
      const [one = '', other = ''] = values
      const slip = values.length === 2 && slipBetween(one, other) !== undefined
      const { type, issuer } = bearers[0].number
      const registries = grouped(bearers, ({ held }) => held.registry)
      // Who asks the authority does not ask it about itself, unless nobody else holds a number.
      const authorities = new Set(Object.values(law.authorities).flat())
      const others = [...registries.keys()].filter((id) => !authorities.has(id))
      const asked = others.length > 0 ? others : [...registries.keys()]
      return asked.map((registry) => ({
        about: `${type} ${issuer} ${registry}`,
        owner: registry,
        severity: slip ? 'S2' : 'S1',
        evidence: evidenceOf(
          [...bearers]
            .sort((a, b) => Number(b.held.registry === registry) - Number(a.held.registry === registry))
            .map(({ held }) => at(held, '/identifiers')),
        ),
        facts: {
          numbers: values.length,
          type,
          issuer,
          registry,
          own: new Set(registries.get(registry)?.map(({ number }) => number.value)).size,
          slip: slip ? 'They differ by one slip of the pen.' : 'They have little in common.',
        },
      }))
    })
  },
})
