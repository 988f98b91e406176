/** R23 to R28: cash transfers to those who are paid by the state, through one hand, too much, or not at all. */
import type { Household, Relation } from '../../schemas/contract.ts'
import { assisted, cash, disability, member, money, olderPersons, paid, publicService } from './money.ts'
import type { Planter, Subject } from './planter.ts'

const staff = (p: Planter, one: Subject, more: Parameters<Planter['record']>[3] = {}): void =>
  p.record('ke-payroll', 'staff', one, { enrolments: [member(publicService, p.month(70))], ...more })

const relation = (role: Relation['role'], { identifiers: [identifier] }: Subject): Relation[] =>
  identifier ? [{ role, identifier }] : []

const home = (number: string, role: Household['role'] = 'head'): Household[] => [{ number, role, from: '2021' }]

const onPayroll = (p: Planter): void => {
  const self = p.kenyan({ age: 44 })
  staff(p, self)
  assisted(p, self, disability)
  p.fires('R23', 'On the public payroll and on a poverty benefit.', [self])

  const [husband, wife] = [p.kenyan({ age: 51, sex: 'male' }), p.kenyan({ age: 47, sex: 'female' })]
  staff(p, husband)
  p.record('ke-inua', 'assessed', husband, { households: home('H-0110') })
  assisted(p, wife, disability, { households: home('H-0110', 'spouse') })
  p.fires('R23', 'The husband is on the public payroll.', [wife, husband])

  const [uncle, niece] = [p.kenyan({ age: 53, sex: 'male' }), p.kenyan({ age: 37, sex: 'female' })]
  staff(p, uncle)
  p.record('ke-inua', 'assessed', uncle, { households: home('H-0111', 'other') })
  assisted(p, niece, disability, { households: home('H-0111') })
  p.near('R23', 'An uncle in the household is on the public payroll.', [niece, uncle])

  const former = p.kenyan({ age: 55 })
  staff(p, former, {
    enrolments: [member(publicService, p.month(90), { status: 'ended', until: `${p.month(40)}-30` })],
  })
  assisted(p, former, disability)
  p.near('R23', 'Left the public service years ago.', [former])
}

const caregivers = (p: Planter): void => {
  const helper = p.kenyan({ age: 39 })
  const [one, other] = [p.kenyan({ age: 82 }), p.kenyan({ age: 79 })]
  assisted(p, one, olderPersons, { households: home('H-0101'), relations: relation('caregiver', helper) })
  assisted(p, other, olderPersons, { households: home('H-0102'), relations: relation('caregiver', helper) })
  p.fires('R24', 'One caregiver collects for two households.', [one, other])

  const daughter = p.kenyan({ age: 41 })
  const [mother, aunt] = [p.kenyan({ age: 84, sex: 'female' }), p.kenyan({ age: 81, sex: 'female' })]
  assisted(p, mother, olderPersons, { households: home('H-0103'), relations: relation('caregiver', daughter) })
  assisted(p, aunt, olderPersons, { households: home('H-0103', 'other'), relations: relation('caregiver', daughter) })
  p.near('R24', 'One caregiver for two people of one household.', [mother, aunt])
}

const payments = (p: Planter): void => {
  const over = p.kenyan({ age: 75 })
  assisted(p, over, olderPersons, {
    benefits: cash(p, olderPersons, (ago) => (ago === 3 ? { amount: money(6_000) } : {})),
  })
  p.fires('R25', 'Paid three months’ money for two.', [over])
  const twice = p.kenyan({ age: 76 })
  const [first, ...rest] = cash(p, olderPersons)
  const again = rest.map((one, i) => (i === 0 && first?.reference ? { ...one, reference: first.reference } : one))
  assisted(p, twice, olderPersons, { benefits: [...(first ? [first] : []), ...again] })
  p.fires('R25', 'One payment reference, paid in two cycles.', [twice])
  const parts = p.kenyan({ age: 77 })
  const halves = [1, 2].map((part) =>
    paid(olderPersons, p.month(1), 4_000, { amount: money(2_000), reference: `part-${part}` }),
  )
  assisted(p, parts, olderPersons, { benefits: halves })
  p.near('R25', 'Paid in two parts.', [parts])
  const corrected = p.kenyan({ age: 79 })
  assisted(p, corrected, olderPersons, {
    benefits: [
      paid(olderPersons, p.month(1), 4_000),
      paid(olderPersons, p.month(1), 4_000, { state: 'clawed-back', reference: 'twice' }),
    ],
  })
  p.near('R25', 'Paid twice, and clawed back once.', [corrected])

  const back = (count: number, more: Parameters<Planter['record']>[3] = {}) => {
    const one = p.kenyan({ age: 85 })
    assisted(p, one, olderPersons, {
      benefits: cash(p, olderPersons, (ago) => (ago < 2 * count ? { state: 'returned' } : {})),
      ...more,
    })
    return one
  }
  p.fires('R26', 'Three cycles came back uncollected.', [back(3)])
  p.near('R26', 'Two cycles.', [back(2)])
  p.near('R26', 'Seen alive since.', [back(3, { events: [{ kind: 'proof-of-life', on: p.day(10) }] })])
}

const shared = (p: Planter): void => {
  const phone = (n: number, digits: string, households: (i: number) => string) =>
    Array.from({ length: n }, (_, i) => {
      const one = p.kenyan({ age: 71 + i, phone: `+254748${digits}` })
      assisted(p, one, olderPersons, { phones: [...one.phones], households: home(households(i)) })
      return one
    })
  p.fires(
    'R27',
    'Six strangers on one telephone.',
    phone(6, '100001', (i) => `H-02${i}0`),
  )
  p.near(
    'R27',
    'Four on one telephone.',
    phone(4, '100002', (i) => `H-03${i}0`),
  )

  const account = (number: string, households: readonly string[]) =>
    households.map((household, i) => {
      const one = p.kenyan({ age: 74 + i })
      assisted(p, one, olderPersons, {
        accounts: [{ institution: 'kcb', number }],
        households: home(household, i === 0 ? 'head' : 'other'),
      })
      return one
    })
  p.fires('R27', 'The money of two strangers goes to one account.', account('1199000001', ['H-0401', 'H-0402']))
  p.near('R27', 'A couple with one account.', account('1199000002', ['H-0403', 'H-0403']))
}

const leftOut = (p: Planter): void => {
  const poor = (age: number, score: number, more: Parameters<Planter['record']>[3] = {}) => {
    const one = p.kenyan({ age })
    p.record('ke-inua', 'assessed', one, {
      assessments: [{ kind: 'poverty', value: score, scale: 'ke-esr-pmt-2019', on: p.month(8) }],
      households: home(`H-A${one.index}`),
      ...more,
    })
    return one
  }
  p.fires('R28', 'Seventy-four, poor, and in no programme.', [poor(74, 12)])
  p.fires('R28', 'Severely disabled, and in no programme.', [
    poor(33, 15, {
      assessments: [
        { kind: 'poverty', value: 15, scale: 'ke-esr-pmt-2019', on: p.month(8) },
        { kind: 'disability', value: 4, scale: 'wg-ss', on: p.month(8) },
      ],
    }),
  ])
  p.near('R28', 'Seventy-five, and never assessed.', [poor(75, 78, { assessments: [] })])
  p.near('R28', 'A slight disability.', [
    poor(34, 15, { assessments: [{ kind: 'disability', value: 2, scale: 'wg-ss', on: p.month(8) }] }),
  ])
  const enrolled = poor(76, 14)
  assisted(p, enrolled, olderPersons)
  p.near('R28', 'Enrolled.', [enrolled])
  p.near('R28', 'Too young for the older persons’ programme.', [poor(55, 13)])
}

const wives = (p: Planter): void => {
  const surveyed = (name: string, id: string, score: number, more: Parameters<Planter['record']>[3] = {}) => {
    const one = p.foreigner('pk', { name, sex: 'female', born: '1987-02-03', id })
    p.record('pk-bisp', 'household', one, {
      assessments: [{ kind: 'poverty', value: score, scale: 'pk-nser-pmt', on: p.month(5) }],
      relations: [{ role: 'spouse' }],
      ...more,
    })
    return one
  }
  p.fires('R28', 'A poor wife whom no programme has enrolled.', [surveyed('Rubina Kausar', '3630100000044', 24)])
  p.near('R28', 'Above the programme’s score.', [surveyed('Shazia Parveen', '3630100000066', 51)])
  p.near('R28', 'Enrolled.', [
    surveyed('Kalsoom Bibi', '3630100000088', 19, { enrolments: [member('pk-bisp/kafaalat', p.month(20))] }),
  ])
}

export const plantAssistance = (p: Planter): void => {
  onPayroll(p)
  caregivers(p)
  payments(p)
  shared(p)
  leftOut(p)
  wives(p)
}
