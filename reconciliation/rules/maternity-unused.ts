import type { PartialDate } from '../../schemas/contract.ts'
import { contributedBefore, monthsIn } from '../contributed.ts'
import { addDays, daysBetween, firstDay, lastDay, shared } from '../dates.ts'
import { benefitsOf, type Dossier, eventsOf } from '../dossier.ts'
import { evidenceOf, schemeOf } from '../facts.ts'
import { inForce } from '../law/law.ts'
import { countryOf, monthOf, saidDead } from '../person.ts'
import { personRule } from '../rule.ts'

/** A claim is one in whatever state. Without a birth on it, one from four months before the birth on may be for it. */
const isClaimed = (dossier: Dossier, scheme: string, birth: PartialDate): boolean =>
  benefitsOf(dossier).some(({ value }) => {
    if (value.scheme !== scheme || value.branch !== 'maternity') return false
    const claimed = value.eventOn ?? monthOf(value)
    if (claimed === undefined) return true
    const around = {
      from: addDays(firstDay(birth), value.eventOn ? -60 : -120),
      until: value.eventOn ? addDays(lastDay(birth), 60) : '9999-12-31',
    }
    const both = shared(around, { from: firstDay(claimed), until: lastDay(claimed) })
    return both.from <= both.until
  })

/** R18. */
export const maternityUnused = personRule({
  id: 'R18',
  name: 'maternity-unused',
  title: 'Maternity benefit not claimed',
  says: 'A mother paid contributions for long enough before the birth to be entitled to the maternity cash benefit, and three months after it nobody has claimed it.',
  message:
    'A birth in {birth}, {months} months of contributions to {scheme} before it, and no claim after {days} days.',
  reason: 'She has paid for it. Many mothers do not know that they are entitled, or how to claim.',
  severity: 'S2',
  action: 'notify',
  aim: 'take-up',
  evidence: 'linked',
  dueInDays: 30,
  parameters: {
    days: { value: 90, says: 'Days after the birth without a claim.', least: 30, most: 365 },
    lookBackDays: { value: 730, says: 'Days after which a birth is not looked at any more.', least: 90, most: 3650 },
  },
  subject: 'person',
  find: (dossier, { asOf, law, parameters }) => {
    if (saidDead(dossier)) return []
    const births = eventsOf(dossier).filter(({ value: { kind, on } }) => kind === 'birth-given' && on.length >= 7)
    const seen = new Set<string>()
    return births.flatMap(({ value: { on }, registry, ref }) => {
      const country = countryOf(registry)
      const waited = daysBetween(lastDay(on), asOf)
      if (!country || waited <= parameters.days || waited > parameters.lookBackDays) return []
      return Object.entries(law.countries[country]?.maternity ?? {}).flatMap(([scheme, rules]) => {
        const known = schemeOf(law, scheme)
        const rule = inForce(rules, on)
        const about = `${scheme} ${on.slice(0, 7)}`
        if (!known?.payouts || !rule || seen.has(about) || isClaimed(dossier, scheme, on)) return []
        const before = contributedBefore(dossier, scheme, on, rule.within)
        const months = monthsIn(before)
        if (months < rule.months) return []
        seen.add(about)
        return [
          {
            about,
            owner: known.registry,
            evidence: evidenceOf([ref, ...before.map((line) => line.ref)]),
            facts: { scheme, birth: on.slice(0, 7), months, days: parameters.days },
          },
        ]
      })
    })
  },
})
