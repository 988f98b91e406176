/** Lists in the hub's own schema: the pension fund's ledger, and everything that further registries write. */
import type { Contribution } from '../../schemas/contract.ts'
import { makeName } from '../../schemas/values/name.ts'
import { addMonths } from '../calendar.ts'
import type { DemoCountry } from '../country.ts'
import { worked } from '../employed.ts'
import type { Person } from '../person.ts'
import type { ListedRecord } from '../plants/planter.ts'
import { nssfShare } from '../schemes.ts'

const scheme = 'ke-nssf/act-2013'
const kes = (shillings: number) => ({ amount: shillings * 100, currency: 'KES' as const })

/** What the fund received for a worker from each month's payment of the employer; undefined when nothing was. */
export const ledgerRecord = (
  person: Person,
  { employers }: DemoCountry,
  monthsOf: (employer: number) => readonly string[],
): ListedRecord | undefined => {
  const { job, nssf, identity } = person
  const employer = job && employers[job.employer]
  const name = makeName(person.words.map(({ written }) => written).join(' '))
  if (!job || !nssf || !employer || !name) return undefined
  const line = (month: string, component: string, share: number): Contribution => ({
    scheme,
    month,
    component,
    state: 'allocated',
    total: kes(share * 2),
    paidOn: `${addMonths(month, 1)}-08`,
    employer: { id: employer.number, name: employer.name },
    reference: `R${employer.number}-${month}`,
  })
  const contributions = monthsOf(employer.index).flatMap((month) => {
    if (!worked(person, month) || person.told?.unreceived?.includes(month)) return []
    const { tier1, tier2 } = nssfShare(person.told?.shareOf?.nssf ?? job.pay, month)
    return [line(month, 'tier-1', tier1), ...(tier2 > 0 && !nssf.contractedOut ? [line(month, 'tier-2', tier2)] : [])]
  })
  if (contributions.length === 0) return undefined
  return {
    registry: 'ke-nssf',
    handle: person.handle,
    record: {
      stream: 'ledger',
      sourceId: `ledger/${nssf.number}`,
      names: [name],
      sex: person.sex,
      birthDate: person.born,
      identifiers: [
        { type: 'nssf-number', issuer: 'ke', value: nssf.number },
        ...(identity && identity.type !== 'birth-certificate'
          ? [{ type: identity.type, issuer: 'ke' as const, value: person.told?.nssfIdentity ?? identity.number }]
          : []),
      ],
      enrolments: [],
      contributions,
      benefits: [],
      quality: [],
      synthetic: true,
    },
  }
}

/** A record as a line of a complete list. */
export const recordLine = ({ record }: ListedRecord): string => `${JSON.stringify(record)}\n`
