import type { Contribution, Month } from '../../schemas/contract.ts'
import { addMonths } from '../dates.ts'
import { contributionsOf, type Dossier, type Sourced } from '../dossier.ts'
import { evidenceOf, isOpen, isReceived } from '../facts.ts'
import type { Draft } from '../finding.ts'
import { inForce, type Law, type SchemeLaw } from '../law/law.ts'
import { ageOn, saidDead, sexOf } from '../person.ts'
import { personRule } from '../rule.ts'

type Scheme = readonly [id: string, law: SchemeLaw]
type Line = Sourced<Contribution>

const known = new WeakMap<Law, readonly (readonly [Scheme, Scheme])[]>()

/** Pairs of a pension and a health scheme of one country, both of which every employee has to be in. One scheme for both is no pair. */
const pairsOf = (law: Law): readonly (readonly [Scheme, Scheme])[] => {
  const before = known.get(law)
  if (before) return before
  const duties = Object.entries(law.schemes).filter(([, { mandatory }]) => mandatory)
  const pensions = duties.filter(
    ([, { branches }]) => branches.includes('old-age') && !branches.includes('medical-care'),
  )
  const health = duties.filter(([, { branches }]) => branches.includes('medical-care') && !branches.includes('old-age'))
  const pairs = pensions.flatMap((pension) =>
    health.flatMap((other) => (other[1].country === pension[1].country ? [[pension, other] as const] : [])),
  )
  known.set(law, pairs)
  return pairs
}

/** Money that an employer paid, or declared where the registry does not say what it received. */
const isPaid = (line: Contribution, scheme: SchemeLaw): boolean =>
  line.employer !== undefined && (isReceived(line) || (!scheme.ledger && line.state === 'declared'))

/** Nobody pays for a pension who has reached its age. */
const isPastPension = (dossier: Dossier, law: Law, scheme: SchemeLaw, month: Month): boolean => {
  const ages = inForce(law.countries[scheme.country]?.pensionAge, month)
  const age = ageOn(dossier, law, `${month}-01`)
  if (!ages || !age) return false
  const sex = sexOf(dossier, law)?.sex
  return age.most >= (sex ? ages[sex] : Math.min(ages.male, ages.female))
}

export const oneSidedContributions = personRule({
  id: 'R05',
  name: 'one-sided-contributions',
  title: 'Pays for the pension and not for health, or the reverse',
  says: 'For a month, an employer paid a worker’s contribution to one of two schemes that every employee has to be in, and nothing stands in the other for that month: neither paid nor declared, by anybody. Months whose lists may still come in, or never came, are left out, and so are pension contributions of those who have reached pension age.',
  message: 'From {first} to {last}, {months} months were paid to {paid} and none of them to {lacking}.',
  reason:
    'Both are owed for every month of employment. A worker finds out about the missing one in hospital, or in old age.',
  severity: 'S2',
  action: 'notify',
  aim: 'take-up',
  evidence: 'linked',
  dueInDays: 30,
  parameters: {
    months: { value: 6, says: 'Months that are looked at.', least: 1, most: 36 },
    lagMonths: {
      value: 2,
      says: 'Months that lists need to come in: later ones are not looked at.',
      least: 0,
      most: 12,
    },
    fewest: { value: 1, says: 'Months that have to be one-sided.', least: 1, most: 36 },
  },
  subject: 'person',
  find: (dossier, { asOf, law, delivered, parameters }) => {
    const lines = contributionsOf(dossier)
    if (lines.length === 0 || saidDead(dossier)) return []
    const last = addMonths(asOf, -Math.max(1, parameters.lagMonths))
    const first = addMonths(last, 1 - parameters.months)
    const draft = ([paid, paidLaw]: Scheme, [lacking, lackingLaw]: Scheme): Draft[] => {
      const isOwed = (month: Month): boolean =>
        isOpen(paidLaw, `${month}-01`) &&
        isOpen(lackingLaw, `${month}-01`) &&
        (delivered(lacking, 'returns', month) || delivered(lacking, 'ledger', month)) &&
        !(lackingLaw.branches.includes('old-age') && isPastPension(dossier, law, lackingLaw, month))
      const stands = new Set(
        lines.flatMap(({ value }) => (value.scheme === lacking && value.state !== 'reversed' ? [value.month] : [])),
      )
      const alone: Line[] = lines.filter(
        ({ value }) =>
          value.scheme === paid &&
          first <= value.month &&
          value.month <= last &&
          !stands.has(value.month) &&
          isPaid(value, paidLaw) &&
          isOwed(value.month),
      )
      const months = [...new Set(alone.map(({ value }) => value.month))].sort()
      if (alone.length === 0 || months.length < parameters.fewest) return []
      return [
        {
          about: `${paid} ${lacking}`,
          owner: lackingLaw.registry,
          evidence: evidenceOf(alone.map(({ ref }) => ref)),
          facts: { paid, lacking, months: months.length, first: months[0] ?? '', last: months.at(-1) ?? '' },
        },
      ]
    }
    return pairsOf(law).flatMap(([pension, health]) => [...draft(pension, health), ...draft(health, pension)])
  },
})
