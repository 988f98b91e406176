import type { Enrolment } from '../../schemas/contract.ts'
import { addDays, firstDay, lastDay } from '../dates.ts'
import { contributionsOf, type Dossier, enrolmentsOf } from '../dossier.ts'
import { isOpen, isReceived, schemeOf } from '../facts.ts'
import { isMember, saidDead } from '../person.ts'
import { personRule } from '../rule.ts'

/** Categories that pay for themselves. Of anybody else an employer, the state or a principal may see to it. */
const payers = new Set(['informal', 'self-employed', 'voluntary', 'unemployed'])

const paysHerself = ({ category, employer }: Enrolment): boolean =>
  employer === undefined && category !== undefined && payers.has(category)

/** A contribution that came lately, or for a month after the end, will move the end: the registry has not told yet. */
const hasPaid = (dossier: Dossier, scheme: string, until: string, asOf: string, days: number): boolean =>
  contributionsOf(dossier).some(({ value }) => {
    if (value.scheme !== scheme || !isReceived(value)) return false
    return (
      value.month > until.slice(0, 7) || (value.paidOn !== undefined && lastDay(value.paidOn) >= addDays(asOf, -days))
    )
  })

/** R29. Only an end that is known to the day, or a month that lies wholly within the time. */
export const coverageLapsing = personRule({
  id: 'R29',
  name: 'coverage-lapsing',
  title: 'Cover is about to end',
  says: 'The cover of somebody who pays for herself ends within a month, and no payment has come. Cover that an employer, the state or a principal pays for is left out.',
  message: 'Cover in {scheme} ends on {until}, and no payment has come.',
  reason: 'A reminder in time keeps people covered: of the informal workers registered with Kenya’s SHA, few pay on.',
  severity: 'S3',
  action: 'notify',
  aim: 'take-up',
  evidence: 'linked',
  dueInDays: 14,
  parameters: { days: { value: 30, says: 'Days before the end of cover.', least: 1, most: 180 } },
  subject: 'person',
  find: (dossier, { asOf, law, parameters }) => {
    if (saidDead(dossier)) return []
    const last = addDays(asOf, parameters.days)
    const covers = enrolmentsOf(dossier)
    const told = new Set<string>()
    return covers.flatMap(({ value, registry, ref }) => {
      const { scheme, until } = value
      const known = schemeOf(law, scheme)
      if (!until || known?.financing !== 'contributory' || !isOpen(known, last) || !isMember(value, asOf)) return []
      if (firstDay(until) < asOf || lastDay(until) > last || !paysHerself(value)) return []
      const after = addDays(lastDay(until), 1)
      const goesOn = covers.some(({ value: other }) => other.scheme === scheme && isMember(other, after))
      const about = `${registry} ${scheme} ${until}`
      if (told.has(about) || goesOn || hasPaid(dossier, scheme, until, asOf, parameters.days)) return []
      told.add(about)
      return [{ about, owner: registry, evidence: [ref], facts: { scheme, until } }]
    })
  },
})
