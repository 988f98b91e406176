/** R19 to R21: platform workers without injury cover, injuries on uncovered days, and children at work. */
import type { Benefit, LifeEvent } from '../../schemas/contract.ts'
import { chineseId } from './identity.ts'
import { money } from './money.ts'
import type { Planter, Subject } from './planter.ts'

const pilot = 'cn-pilot/injury'
const platform = { id: '91990000MA00000018', name: 'Kuaipao Delivery' }

const days = (
  p: Planter,
  ago: readonly number[],
  count: number,
  insured: number,
  more: Partial<LifeEvent> = {},
): LifeEvent[] =>
  ago.map((day) => ({
    kind: 'work-day',
    on: p.day(day),
    place: 'CN-BJ',
    service: 'delivery',
    employer: platform,
    count,
    insured,
    ...more,
  }))

const rider = (
  p: Planter,
  name: string,
  sequence: number,
  events: readonly LifeEvent[],
  more: Parameters<Planter['record']>[3] = {},
) => {
  const born = `199${sequence % 10}-0${1 + (sequence % 9)}-1${sequence % 10}`
  const one = p.foreigner('cn', { name, sex: sequence % 2 ? 'male' : 'female', born, id: chineseId(born, sequence) })
  p.record('cn-pilot', 'worker-day', one, { events: [...events], ...more })
  return one
}

const injury = (p: Planter, scheme: string, ago: number): Benefit => ({
  scheme,
  branch: 'employment-injury',
  kind: 'cash',
  state: 'paid',
  month: p.day(ago - 5).slice(0, 7),
  amount: money(6_400, 'CNY'),
  reference: `I-${p.day(ago)}`,
  eventOn: p.day(ago),
})

const uncovered = (p: Planter): void => {
  p.fires('R19', 'Orders on every day, and no premium for any.', [rider(p, '张强', 101, days(p, [12, 11, 10], 31, 0))])
  p.fires('R19', 'Premiums for some of the orders.', [rider(p, '孙丽', 102, days(p, [9, 8], 40, 26))])
  p.near('R19', 'Every order insured.', [rider(p, '周杰', 103, days(p, [9, 8], 28, 28))])
  p.near('R19', 'Logged in, and no order taken.', [rider(p, '吴芳', 104, days(p, [9], 0, 0))])
  p.near('R19', 'Before the pilot began.', [rider(p, '郑涛', 105, days(p, [1], 20, 0, { on: '2022-06-20' }))])
}

const injured = (p: Planter): void => {
  const open = rider(p, '徐磊', 111, days(p, [30], 18, 0), { benefits: [injury(p, pilot, 30)] })
  p.fires('R19', 'The day of the injury was not insured.', [open])
  p.fires('R20', 'Hurt on a day without a premium, and paid.', [open])

  const twice = rider(p, '马超', 113, days(p, [40], 18, 18), { benefits: [injury(p, pilot, 40)] })
  p.record('cn-social', 'injury', twice, { benefits: [injury(p, 'cn-social/injury', 40)] })
  p.fires('R20', 'One injury, paid by the pilot and by the employees’ scheme.', [twice])

  p.near('R20', 'Hurt on an insured day.', [
    rider(p, '朱琳', 112, days(p, [35], 18, 18), { benefits: [injury(p, pilot, 35)] }),
  ])
  const other = rider(p, '胡军', 115, days(p, [60], 22, 22), { benefits: [injury(p, pilot, 60)] })
  p.record('cn-social', 'injury', other, { benefits: [injury(p, 'cn-social/injury', 200)] })
  p.near('R20', 'Two injuries, half a year apart.', [other])
}

const children = (p: Planter): void => {
  const boy = p.kenyan({ age: 15, pay: 12_000, cover: 'employed', since: p.month(6) })
  p.fires('R21', 'Fifteen, and on an employer’s return.', [boy])
  const born = `${Number(p.asOf.slice(0, 4)) - 15}-01-20`
  const child = p.foreigner('cn', { name: '林小龙', sex: 'male', born, id: chineseId(born, 121) })
  p.record('cn-pilot', 'worker-day', child, { events: days(p, [6, 5], 12, 12) })
  p.fires('R21', 'Fifteen, and riding for a platform.', [child])

  const year = String(Number(p.day(6).slice(0, 4)) - 16)
  const perhaps = p.foreigner('cn', { name: '何小军', sex: 'male', born: year, id: chineseId(`${year}-11-30`, 123) })
  p.record('cn-pilot', 'worker-day', perhaps, { events: days(p, [6, 5], 12, 12) })
  p.near('R21', 'By the year of birth alone, sixteen is possible.', [perhaps])

  const young: Subject = p.kenyan({ age: 17, pay: 14_000, cover: 'employed', since: p.month(3) })
  p.near('R21', 'Seventeen: of working age.', [young])
}

export const plantWork = (p: Planter): void => {
  uncovered(p)
  injured(p)
  children(p)
}
