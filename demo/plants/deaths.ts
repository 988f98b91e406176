/** R02 and R03: benefits that go on after a death, and deaths that did not happen. */
import { addMonths } from '../calendar.ts'
import { assisted, cash, lsso, lssoPaid, member, money, olderPersons, paid, pensioned, publicPension } from './money.ts'
import type { Planter, Subject } from './planter.ts'

const buried = (p: Planter, one: Subject, date: string, status: 'registered' | 'verified' = 'registered'): void =>
  p.record('ke-crvs', 'death', one, { death: { status, date } })

const paidAfterDeath = (p: Planter): void => {
  const listed = p.kenyan({ age: 78 })
  assisted(p, listed, olderPersons)
  buried(p, listed, `${p.month(6)}-17`)
  p.fires('R02', 'On the cash-transfer list, buried half a year ago, and still paid.', [listed], {
    from: `${p.month(5)}-01`,
  })

  const flagged = p.kenyan({ age: 71, cover: 'none', died: `${p.month(5)}-04` })
  pensioned(p, flagged)
  p.fires('R02', 'The health insurer’s flag alone says that the pensioner died: a question, not a result.', [flagged])

  const lastMonth = p.kenyan({ age: 80 })
  assisted(p, lastMonth, olderPersons)
  buried(p, lastMonth, `${p.month(1)}-03`)
  p.near('R02', 'The month of death is still due.', [lastMonth])

  const returned = p.kenyan({ age: 83 })
  assisted(p, returned, olderPersons, {
    benefits: cash(p, olderPersons, (ago) => (ago < 4 ? { state: ago === 1 ? 'returned' : 'clawed-back' } : {})),
  })
  buried(p, returned, `${p.month(4)}-20`)
  p.near('R02', 'What was paid after the death came back.', [returned])

  const survivors = p.kenyan({ age: 69 })
  buried(p, survivors, `${p.month(8)}-20`)
  p.record('ke-payroll', 'pension', survivors, {
    benefits: [paid(publicPension, p.month(2), 9_000, { branch: 'survivors' })],
  })
  p.near('R02', 'The survivors draw their own pension under the name of the dead.', [survivors])
}

const deadHereAliveThere = (p: Planter): void => {
  const works = p.kenyan({ age: 41, pay: 38_000, cover: 'employed' })
  buried(p, works, p.day(220), 'verified')
  p.fires('R03', 'Registered as dead, and at work in the months since.', [works], { from: p.day(160) })

  const seen = p.kenyan({ age: 76 })
  p.record('ke-inua', 'beneficiary', seen, {
    enrolments: [member(olderPersons, p.month(24))],
    events: [{ kind: 'proof-of-life', on: p.day(20) }],
  })
  buried(p, seen, p.day(300))
  p.fires('R03', 'Registered as dead, and seen alive at the pay point nine months later.', [seen], { from: p.day(20) })

  const treated = p.lao({ sex: 'male', age: 47, insured: false })
  p.record('la-crvs', 'death', treated, { death: { status: 'registered', date: p.day(150) } })
  p.record('la-lsso', 'account', treated, {
    contributions: [lssoPaid(p.month(12))],
    benefits: [
      {
        scheme: lsso,
        branch: 'sickness',
        kind: 'service',
        state: 'paid',
        from: p.day(40),
        amount: money(700_000, 'LAK'),
      },
    ],
  })
  p.fires('R03', 'Registered as dead, and treated at the fund’s expense four months later.', [treated])

  const lateReturn = p.kenyan({ age: 52, pay: 27_000, cover: 'employed' })
  buried(p, lateReturn, `${p.month(3)}-10`)
  p.near('R03', 'Lists run on for some weeks after a death.', [lateReturn])

  const flagOnly = p.kenyan({ age: 36, pay: 33_000, cover: 'employed', told: { aliveFlag: 0 } })
  p.near('R03', 'A flag without a death record, beside a living worker.', [flagOnly])

  const before = p.kenyan({ age: 77 })
  p.record('ke-inua', 'beneficiary', before, {
    enrolments: [member(olderPersons, p.month(24), { status: 'deceased', until: `${p.month(9)}-01` })],
    events: [{ kind: 'proof-of-life', on: `${addMonths(p.asOf, -12)}-11` }],
  })
  buried(p, before, p.day(280))
  p.near('R03', 'Seen alive before the death.', [before])
}

export const plantDeaths = (p: Planter): void => {
  paidAfterDeath(p)
  deadHereAliveThere(p)
}
