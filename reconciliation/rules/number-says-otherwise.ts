import { impliedByIdentifier } from '../../schemas/values/identifier.ts'
import { firstDay, holds, lastDay } from '../dates.ts'
import { at } from '../dossier.ts'
import { evidenceOf, listed } from '../facts.ts'
import { grouped } from '../grouped.ts'
import { bornOn, prepared } from '../identity.ts'
import { personRule } from '../rule.ts'

export const numberSaysOtherwise = personRule({
  id: 'R11',
  name: 'number-says-otherwise',
  title: 'The number speaks of another sex or birth date',
  says: 'Chinese, Kyrgyz and Pakistani identity numbers tell the holder’s sex, the first two the birth date as well. The record beside the number says otherwise. A birth date that is known by its year or month is compared as far as it goes.',
  message: 'In {registry}, the {type} of {issuer} speaks of {what} than the record beside it.',
  reason:
    'Either the number or the record is somebody else’s, or one of them has a slip. People may also have changed their entry by law: nothing is overwritten.',
  severity: 'S2',
  action: 'review',
  aim: 'quality',
  evidence: 'linked',
  dueInDays: 60,
  parameters: {},
  subject: 'person',
  find: (dossier) => {
    const odd = listed(dossier).flatMap((held) =>
      held.record.identifiers.flatMap((identifier, index) => {
        const implied = impliedByIdentifier(identifier)
        if (!implied.birthDate && !implied.sex) return []
        const { birth, sex } = prepared(held)
        const born = birth && bornOn(birth)
        const otherBirth =
          implied.birthDate && born && !holds({ from: firstDay(born), until: lastDay(born) }, implied.birthDate)
        const otherSex = implied.sex && sex && implied.sex !== sex
        if (!otherBirth && !otherSex) return []
        const what =
          otherBirth && otherSex ? 'another sex and birth date' : otherSex ? 'another sex' : 'another birth date'
        return [{ held, identifier, what, ref: at(held, `/identifiers/${index}`) }]
      }),
    )
    const about = ({ held, identifier }: (typeof odd)[number]): string =>
      `${identifier.type} ${identifier.issuer} ${held.registry}`
    return [...grouped(odd, about)].map(([key, same]) => {
      const [{ held, identifier, what }] = same
      return {
        about: key,
        owner: held.registry,
        evidence: evidenceOf(same.map(({ ref }) => ref)),
        facts: { registry: held.registry, type: identifier.type, issuer: identifier.issuer, what },
      }
    })
  },
})
