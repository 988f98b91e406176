import type { LifeEvent } from '../../schemas/contract.ts'
import { type Dossier, eventsOf, type Sourced } from '../dossier.ts'
import { evidenceOf } from '../facts.ts'
import { grouped } from '../grouped.ts'
import { inForce, type Law } from '../law/law.ts'
import { countryOf } from '../person.ts'
import { personRule } from '../rule.ts'

type Day = Sourced<LifeEvent>
export type WorkDay = {
  readonly on: string
  readonly orders: number
  /** Orders with a premium, all files together. */
  readonly insured: number
  readonly platform: string
  readonly scheme: string
  readonly days: readonly [Day, ...Day[]]
}

/** The scheme that insures the orders of a day, if its place and kind of work are known to be in it. */
const insurer = ({ registry, value }: Day, law: Law): string | undefined =>
  Object.entries(law.schemes).find(([, { country, insuresOrders }]) => {
    const pilot = country === countryOf(registry) ? inForce(insuresOrders, value.on) : undefined
    const { place = '', service = '' } = value
    return pilot?.regions.includes(place) && pilot.services.includes(service)
  })?.[0]

/**
 * Days of work for a platform that a scheme insures order by order. The platform's file and that of the premiums may be two registries':
 * they are put together by platform and day. Only days known as such.
 */
export const insurableDays = (dossier: Dossier, law: Law, asOf: string): WorkDay[] => {
  const days = eventsOf(dossier).filter(
    ({ value: { kind, on } }) => kind === 'work-day' && on.length === 10 && on <= asOf,
  )
  return [...grouped(days, ({ value: { on, employer } }) => `${on} ${employer?.id ?? ''}`).values()].flatMap(
    (ofDay) => {
      const scheme = ofDay.map((day) => insurer(day, law)).find((known) => known !== undefined)
      const [{ value }] = ofDay
      if (!scheme) return []
      // Two files about one day count the same orders, so neither orders nor premiums are added up.
      const orders = Math.max(...ofDay.map((day) => day.value.count ?? 0))
      const insured = Math.max(...ofDay.map((day) => day.value.insured ?? 0))
      return [{ on: value.on, orders, insured, platform: value.employer?.id ?? 'unknown', scheme, days: ofDay }]
    },
  )
}

/** R19. */
export const platformWorkUncovered = personRule({
  id: 'R19',
  name: 'platform-work-uncovered',
  title: 'Platform work without injury insurance',
  says: 'A platform gave orders to a worker, in a region and a kind of work where each order has to be insured against injury, and paid no premium, or premiums for fewer orders than were completed. One finding for a worker, a platform and a month.',
  message: '{insured} of {orders} orders in {month} were insured by {scheme}; {days} days are not fully covered.',
  reason: 'A rider who is hurt on such a day stands without insurance, through no fault of his.',
  severity: 'S1',
  action: 'notify',
  aim: 'take-up',
  evidence: 'linked',
  dueInDays: 14,
  parameters: {},
  subject: 'person',
  find: (dossier, { asOf, law }) => {
    const days = insurableDays(dossier, law, asOf)
    return [...grouped(days, ({ on, platform, scheme }) => `${scheme} ${platform} ${on.slice(0, 7)}`)].flatMap(
      ([about, ofMonth]) => {
        const open = ofMonth.filter(({ orders, insured }) => insured < orders)
        const [first] = open
        if (!first) return []
        return [
          {
            about,
            owner: first.days[0].registry,
            evidence: evidenceOf(open.flatMap((day) => day.days.map(({ ref }) => ref))),
            facts: {
              scheme: first.scheme,
              month: first.on.slice(0, 7),
              days: open.length,
              orders: ofMonth.reduce((sum, { orders }) => sum + orders, 0),
              insured: ofMonth.reduce((sum, { orders, insured }) => sum + Math.min(orders, insured), 0),
            },
          },
        ]
      },
    )
  },
})
