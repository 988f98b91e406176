import { addMonths, lastDay } from '../dates.ts'
import { benefitsOf, type Dossier } from '../dossier.ts'
import { evidenceOf, isPaidOut } from '../facts.ts'
import { grouped } from '../grouped.ts'
import { deathsOf, type KnownDeath, monthOf, sumOf } from '../person.ts'
import { personRule } from '../rule.ts'

/**
 * The death that counts: a registered one before a reported one, and the latest date of those, so that nobody is said to have been
 * paid too much because one registry writes an earlier day.
 */
const deathOf = (dossier: Dossier): KnownDeath | undefined => {
  const deaths = deathsOf(dossier)
  const sure = deaths.filter(({ status }) => status !== 'reported')
  return (sure.length > 0 ? sure : deaths).sort((a, b) => (lastDay(a.date) < lastDay(b.date) ? 1 : -1))[0]
}

export const paidAfterDeath = personRule({
  id: 'R02',
  name: 'paid-after-death',
  title: 'Paid after death',
  says: 'A registry says that the person died, and another one, or the same, paid a benefit for a time after the month of death. Pensions of the survivors are not meant. A death that is only reported, without a death record, makes it a question rather than a result.',
  message: '{scheme} paid {payments} times for {first} to {last}. The person died in {died} ({status}).',
  reason:
    'A benefit ends with the life of the person. The family may be entitled to survivors’ benefits or a funeral grant instead: check that before asking for money back.',
  severity: 'S1',
  action: 'hold',
  aim: 'integrity',
  evidence: 'confirmed',
  dueInDays: 14,
  parameters: {
    graceMonths: { value: 0, says: 'Months after the month of death that may still be paid.', least: 0, most: 12 },
    arrearsMonths: {
      value: 2,
      says: 'Months that a payment may lie behind the time that it is for, where it does not name that time.',
      least: 0,
      most: 12,
    },
  },
  subject: 'person',
  find: (dossier, { asOf, parameters }) => {
    const death = deathOf(dossier)
    if (!death) return []
    const ended = addMonths(lastDay(death.date), parameters.graceMonths)
    const paid = benefitsOf(dossier).flatMap(({ value, registry, ref }) => {
      if (value.branch === 'survivors' || value.kind === 'service' || !isPaidOut(value)) return []
      const month = monthOf(value, parameters.arrearsMonths)
      return month && month > ended && month <= asOf.slice(0, 7) ? [{ value, registry, ref, month }] : []
    })
    return [...grouped(paid, ({ value }) => value.scheme)].map(([scheme, payments]) => {
      const months = payments.map(({ month }) => month).sort()
      const money = sumOf(payments.map(({ value }) => value.amount))
      return {
        about: scheme,
        occasion: death.date,
        owner: payments[0]?.registry ?? death.registry,
        evidence: evidenceOf([death.ref, ...payments.map(({ ref }) => ref)]),
        severity: death.status === 'reported' ? 'S2' : 'S1',
        facts: {
          scheme,
          payments: payments.length,
          first: months[0] ?? '',
          last: months.at(-1) ?? '',
          died: death.date.slice(0, 7),
          status: death.status,
        },
        ...(money && { money }),
      }
    })
  },
})
