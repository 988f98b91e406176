/** R01: two schemes that exclude each other, for one person or within one household. */
import type { Household } from '../../schemas/contract.ts'
import { chineseId } from './identity.ts'
import { assisted, cash, member, money, olderPersons, orphans, paid, pensioned, publicPension } from './money.ts'
import type { Planter } from './planter.ts'

const inHousehold = (number: string, role: Household['role'], more: Partial<Household> = {}): Household[] => [
  { number, role, from: '2020', ...more },
]

const onePerson = (p: Planter): void => {
  const both = p.kenyan({ age: 73, cover: 'informal' })
  assisted(p, both, olderPersons)
  pensioned(p, both)
  p.fires('R01', 'Draws a public pension and the older persons’ cash transfer.', [both], { from: `${p.month(24)}-01` })
  p.fires('R23', 'A public pensioner on a poverty benefit.', [both], { from: `${p.month(24)}-01` })

  const moved = p.kenyan({ age: 70, cover: 'informal' })
  p.record('ke-inua', 'beneficiary', moved, {
    enrolments: [member(olderPersons, p.month(30), { status: 'ended', until: `${p.month(14)}-28` })],
    benefits: [paid(olderPersons, p.month(15), 4_000)],
  })
  pensioned(p, moved, { enrolments: [member(publicPension, p.month(13))] })
  p.near('R01', 'The cash transfer ended before the pension began.', [moved])

  const chinese = p.foreigner('cn', { name: '王建国', sex: 'male', born: '1957-03-12', id: chineseId('1957-03-12', 1) })
  const both2 = (ago: number) => [
    paid('cn-social/employee-pension', p.month(ago), 3_100, yuan(3_100)),
    paid('cn-social/resident-pension', p.month(ago), 210, yuan(210)),
  ]
  p.record('cn-social', 'pension', chinese, { benefits: [3, 2, 1].flatMap(both2) })
  p.fires('R01', 'Draws the employees’ pension and the residents’ pension.', [chinese])

  const before = p.foreigner('cn', {
    name: '李桂英',
    sex: 'female',
    born: '1960-08-02',
    id: chineseId('1960-08-02', 2),
  })
  p.record('cn-social', 'pension', before, {
    benefits: [
      paid('cn-social/resident-pension', p.month(9), 210, yuan(210)),
      ...[3, 2, 1].map((ago) => paid('cn-social/employee-pension', p.month(ago), 2_900, yuan(2_900))),
    ],
  })
  p.near('R01', 'The residents’ pension stopped when the employees’ pension began.', [before])
}

const yuan = (units: number) => ({
  branch: 'old-age' as const,
  amount: money(units, 'CNY'),
  entitled: money(units, 'CNY'),
})

const oneHousehold = (p: Planter): void => {
  const household = p.household()
  const [old, carer] = [
    p.kenyan({ age: 75, household }),
    p.kenyan({ age: 38, household, role: 'spouse', sex: 'female' }),
  ]
  assisted(p, old, olderPersons, { households: inHousehold('H-0001', 'head') })
  assisted(p, carer, orphans, { households: inHousehold('H-0001', 'other') })
  p.fires('R01', 'One household in two Inua Jamii programmes.', [old, carer], { from: `${p.month(24)}-01` })

  const [stays, left] = [p.kenyan({ age: 74 }), p.kenyan({ age: 35, sex: 'female' })]
  assisted(p, stays, olderPersons, { households: inHousehold('H-0002', 'head') })
  assisted(p, left, orphans, {
    households: [
      ...inHousehold('H-0002', 'child', { until: `${p.month(30)}-01` }),
      ...inHousehold('H-0003', 'head', { from: `${p.month(30)}-02` }),
    ],
  })
  p.near('R01', 'The daughter left the household before her own benefit began.', [stays, left])

  const [early, late] = [p.kenyan({ age: 79 }), p.kenyan({ age: 44, sex: 'female' })]
  assisted(p, early, olderPersons, { households: inHousehold('H-0004', 'head') })
  assisted(p, late, orphans, {
    enrolments: [member(orphans, p.day(20))],
    benefits: cash(p, orphans).slice(-1),
    households: inHousehold('H-0004', 'other'),
  })
  p.near('R01', 'A household that moves from one programme to the other, both running for a few weeks.', [early, late])
}

export const plantDouble = (p: Planter): void => {
  onePerson(p)
  oneHousehold(p)
}
