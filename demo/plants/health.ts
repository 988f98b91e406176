/** R04 to R06 and R29: pension without health cover, one-sided contributions, gaps, and cover that is about to lapse. */
import { pensioned } from './money.ts'
import type { Planter } from './planter.ts'

const pensionWithoutHealth = (p: Planter): void => {
  const lapsed = p.kenyan({ age: 68, cover: 'none', coveredUntil: p.day(60) })
  pensioned(p, lapsed)
  p.fires('R04', 'Draws a pension; the health cover has lapsed.', [lapsed], { from: p.day(59) })

  const never = p.kenyan({ age: 72, cover: false })
  pensioned(p, never)
  p.fires('R04', 'Draws a pension, and is unknown to the health insurer.', [never])

  const covered = p.kenyan({ age: 66, cover: 'informal' })
  pensioned(p, covered)
  p.near('R04', 'Covered.', [covered])

  const unclear = p.kenyan({ age: 67, cover: 'informal', told: { contradicted: true } })
  pensioned(p, unclear)
  p.near('R04', 'The insurer’s answer contradicts itself, so nobody knows.', [unclear])

  const dead = p.kenyan({ age: 81 })
  pensioned(p, dead, { benefits: [] })
  p.record('ke-crvs', 'death', dead, { death: { status: 'registered', date: p.day(400) } })
  p.near('R04', 'Dead, and no longer paid.', [dead])
}

const oneSided = (p: Planter): void => {
  const noHealth = p.kenyan({ age: 33, pay: 29_500, cover: 'none' })
  p.fires('R05', 'The employer pays for the pension and not for health.', [noHealth])

  const noPension = p.kenyan({ age: 29, pay: 25_000, nssf: false, cover: 'employed' })
  p.fires('R05', 'The employer pays for health and not for the pension.', [noPension])

  const past = p.kenyan({ age: 64, pay: 40_000, nssf: false, cover: 'employed' })
  p.near('R05', 'Past pension age: only health is owed.', [past])

  const both = p.kenyan({ age: 31, pay: 26_000, cover: 'employed' })
  p.near('R05', 'Both are paid.', [both])
}

const gaps = (p: Planter): void => {
  const employer = p.employer(9)
  const worker = (unpaid: readonly number[]) =>
    p.kenyan({ age: 37, pay: 30_000, employer, cover: 'employed', told: { unpaid: unpaid.map((ago) => p.month(ago)) } })
  const middle = worker([6, 5])
  p.fires('R06', 'Two months are missing in the middle of a job.', [middle], { from: `${p.month(6)}-01` })
  const since = worker([4, 3, 2, 1])
  p.fires('R06', 'Nothing has come for months, while the job goes on.', [since], { from: `${p.month(4)}-01` })

  const short = worker([5])
  p.near('R06', 'One month alone.', [short])

  const leave = worker([6, 5, 4])
  p.record('ke-payroll', 'leave', leave, {
    events: [6, 5, 4].map((ago) => ({ kind: 'unpaid-leave' as const, on: p.month(ago) })),
  })
  p.near('R06', 'Three months of unpaid leave.', [leave])

  const tierOne = p.kenyan({ age: 45, pay: 96_000, employer, cover: 'employed', contractedOut: true })
  p.near('R06', 'The second tier goes to another fund by agreement.', [tierOne])
}

const lapsing = (p: Planter): void => {
  // Nobody but the population register makes the hub ask about them.
  const covered = (cover: 'informal' | 'sponsored', days: number) => {
    const one = p.kenyan({ age: 40, cover, coveredUntil: p.day(-days) })
    p.record('ke-iprs', 'person', one, {})
    return one
  }
  p.fires('R29', 'Pays by the year, and the year ends in two weeks.', [covered('informal', 14)])
  p.near('R29', 'There are six weeks left.', [covered('informal', 45)])
  p.near('R29', 'The state pays.', [covered('sponsored', 14)])
}

export const plantHealth = (p: Planter): void => {
  pensionWithoutHealth(p)
  oneSided(p)
  gaps(p)
  lapsing(p)
}
