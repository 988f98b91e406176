/**
 * People of one country in three registries each, and one in twelve in a fourth: pension fund, health insurance, population register,
 * old-age cash transfer. Two years of contributions, households, employers of all sizes, payments; and what goes wrong now and then. Nobody of
 * them exists.
 */
import * as numbers from '../../demo/numbers.ts'
import { Random } from '../../demo/random.ts'
import type { Benefit, Contribution, Employer, SourceRecord } from '../../schemas/contract.ts'
import { type Human, human, recordOf } from '../population.ts'

const seed = 17
const months = [
  '2025-11',
  '2025-12',
  ...Array.from({ length: 10 }, (_, at) => `2026-${String(at + 1).padStart(2, '0')}`),
]
const money = (amount: number) => ({ amount, currency: 'KES' as const })

/** The same person, whichever country the population gave her: what is measured is one country's night. */
const kenyan = (one: Human): Human => ({ ...one, country: 'ke', id: numbers.nationalId(one.index) })

/** All records about a person. */
export function recordsAbout(index: number): SourceRecord[] {
  const one = kenyan(human(index))
  const random = new Random(seed, 'work', index)
  const age = ageOf(one)
  const pay = 1_500_000 + 10_000 * random.between(0, 900)
  const employer = age >= 18 && age < 60 && random.chance(0.45) ? employerOf(random) : undefined
  const isPoor = age >= 70 && random.chance(0.6)
  const isDead = age >= 70 && random.chance(0.002)
  return [
    pensionRecord(one, employer, pay, random),
    healthRecord(one, random.chance(0.99) ? employer : undefined, pay),
    identityRecord(one, isDead),
    ...(isPoor ? [transferRecord(one, random)] : []),
  ]
}

/** A few employers of thousands, thousands of a handful: a Zipf law over forty thousand of them. */
const employerOf = (random: Random): Employer => ({ id: `E${Math.floor(40_000 ** random.next())}` })

/** NSSF Act 2013, Third Schedule: the lower earnings limit, in minor units. */
const lowerLimit = (month: string) => (month < '2026-02' ? 800_000 : 900_000)
/** One employer in a hundred does not pay in a month what it declared. */
const isPaidIn = (employer: Employer, month: string) => new Random(seed, 'paid', employer.id, month).chance(0.99)

function pensionRecord(one: Human, employer: Employer | undefined, pay: number, random: Random): SourceRecord {
  const record = recordOf(one, 'ke-nssf')
  const lines = (month: string): Contribution[] => {
    const share = Math.round(Math.min(pay, lowerLimit(month)) * 0.06)
    const line = {
      scheme: 'ke-nssf/act-2013',
      month,
      component: 'tier-1',
      base: money(pay),
      employeeShare: money(share),
      employerShare: money(share),
      total: money(2 * share),
      ...(employer && { employer }),
    }
    const received: Contribution[] = employer && isPaidIn(employer, month) ? [{ ...line, state: 'paid' }] : []
    return [{ ...line, state: 'declared' }, ...received]
  }
  const declared = employer ? months.filter(() => !random.chance(0.002)) : []
  const isPensioner = ageOf(one) >= 60 && random.chance(0.99)
  return {
    ...record,
    enrolments: record.enrolments.map((enrolment) => ({ ...enrolment, ...(employer && { employer }) })),
    contributions: declared.flatMap(lines),
    benefits: isPensioner ? months.map((month) => pension(month, pay)) : [],
  }
}

const pension = (month: string, pay: number): Benefit => ({
  scheme: 'ke-nssf/act-2013',
  branch: 'old-age',
  kind: 'cash',
  state: 'paid',
  month,
  amount: money(Math.round(pay / 4)),
  paidOn: `${month}-28`,
})

function healthRecord(one: Human, employer: Employer | undefined, pay: number): SourceRecord {
  const record = recordOf(one, 'ke-sha')
  const number = numbers.householdNumber(Math.floor(one.index / 4))
  const role = one.index % 4 === 0 ? 'head' : ageOf(one) < 18 ? 'child' : 'other'
  const line = (month: string): Contribution => ({
    scheme: 'ke-sha/shif',
    month,
    state: 'paid',
    base: money(pay),
    total: money(Math.round(pay * 0.0275)),
    ...(employer && { employer }),
  })
  return { ...record, households: [{ number, role }], contributions: employer ? months.map(line) : [] }
}

const ageOf = ({ born }: Human) => 2026 - Number(born.slice(0, 4))
const none = { enrolments: [], contributions: [], benefits: [], quality: [], synthetic: true } as const
const nationalIdOf = (one: Human) => ({ type: 'national-id' as const, issuer: 'ke' as const, value: one.id })

function identityRecord(one: Human, isDead: boolean): SourceRecord {
  const { names, addresses = [] } = recordOf(one, 'ke-nssf')
  return {
    registry: 'ke-iprs',
    stream: 'person',
    sourceId: one.id,
    names,
    sex: one.sex,
    birthDate: one.born,
    identifiers: [nationalIdOf(one)],
    addresses,
    ...none,
    ...(isDead && { death: { status: 'verified', date: '2026-03-14' } }),
  }
}

function transferRecord(one: Human, random: Random): SourceRecord {
  const { names, addresses = [] } = recordOf(one, 'ke-nssf')
  const payment = (month: string): Benefit => ({
    scheme: 'ke-inua/older-persons',
    branch: 'old-age',
    kind: 'cash',
    state: random.chance(0.01) ? 'returned' : 'paid',
    month,
    amount: money(random.chance(0.001) ? 400_000 : 200_000),
    entitled: money(200_000),
    paidOn: `${month}-20`,
    reference: `${one.index}-${month}`,
  })
  return {
    registry: 'ke-inua',
    stream: 'beneficiary',
    sourceId: `B${one.index}`,
    names,
    sex: one.sex,
    birthDate: one.born,
    identifiers: [nationalIdOf(one)],
    phones: [one.phone],
    addresses,
    ...none,
    accounts: [{ institution: 'mpesa', number: random.chance(0.01) ? `agent-${one.index % 50}` : one.phone }],
    enrolments: [
      {
        scheme: 'ke-inua/older-persons',
        branches: ['old-age'],
        status: 'active',
        memberNumber: `B${one.index}`,
        from: '2024-01-01',
      },
    ],
    benefits: months.map(payment),
  }
}
