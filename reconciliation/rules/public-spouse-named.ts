import type { Money } from '../../schemas/contract.ts'
import { type Dossier, type FactRef, householdsOf, relationsOf } from '../dossier.ts'
import { evidenceOf, listed, schemeOf } from '../facts.ts'
import { identifierKey } from '../groups.ts'
import { householdKey, livingIn } from '../person.ts'
import { groupRule } from '../rule.ts'
import { about, on, paidLately } from './public-pay-on-benefit.ts'

type Beneficiary = {
  readonly dossier: Dossier
  readonly named: readonly FactRef[]
  readonly benefits: ReadonlyMap<string, { readonly refs: readonly FactRef[]; readonly money: Money | undefined }>
}
type Paid = { readonly dossier: Dossier; readonly payroll: string; readonly refs: readonly FactRef[] }

const leads = (role: string | undefined): boolean => role === 'head' || role === 'spouse'

/** Then the rule about households has it. */
const shareHome = (one: Dossier, other: Dossier, day: string): boolean =>
  householdsOf(one).some((home) => {
    const key = householdKey(home)
    const roles = [one, other].map((dossier) => livingIn(dossier, key, day)?.value.role)
    return roles.every(leads) && roles[0] !== roles[1]
  })

/** R23, husband or wife as the beneficiary's registry names them, by number. */
export const publicSpouseNamed = groupRule({
  ...about,
  id: 'R23c',
  name: 'public-spouse-named',
  title: 'A poverty benefit, and public pay or pension of the husband or wife on file',
  says: 'Somebody on a means-tested benefit is married, as a registry has it by number, to somebody who is on the public payroll or draws a pension of the state. Couples whom a registry counts in one household are found by their household.',
  message: 'On {scheme}; the husband or wife on file is on {payroll}.',
  subject: 'identifier',
  least: 2,
  begin: (key, given) => {
    const beneficiaries: Beneficiary[] = []
    const paid: Paid[] = []
    return {
      add: (dossier) => {
        const named = relationsOf(dossier).filter(
          ({ value: { role, identifier } }) => role === 'spouse' && identifier && identifierKey(identifier) === key,
        )
        const benefits = named.length > 0 ? [...on(dossier, 'means-tested', given)] : []
        if (benefits.length > 0) {
          const withMoney = benefits.map(
            ([scheme, refs]) => [scheme, { refs, money: paidLately(dossier, scheme, given) }] as const,
          )
          beneficiaries.push({ dossier, named: named.map(({ ref }) => ref), benefits: new Map(withMoney) })
        }
        if (!listed(dossier).some(({ record }) => record.identifiers.some((one) => identifierKey(one) === key))) return
        for (const [payroll, refs] of [...on(dossier, 'payroll', given)].slice(0, 1))
          paid.push({ dossier, payroll, refs })
      },
      end: () =>
        beneficiaries.flatMap(({ dossier, named, benefits }) => {
          const other = paid.find((one) => one.dossier.person !== dossier.person)
          if (!other || shareHome(dossier, other.dossier, given.asOf)) return []
          return [...benefits].map(([scheme, { refs, money }]) => ({
            about: `${scheme} ${dossier.person}`,
            owner: schemeOf(given.law, scheme)?.registry ?? '',
            evidence: evidenceOf([...refs, ...other.refs, ...named]),
            ...(money && { money }),
            facts: { scheme, payroll: other.payroll },
            persons: [dossier.person, other.dossier.person],
          }))
        }),
    }
  },
})
