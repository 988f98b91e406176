import { describe, expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { childLabour } from '../../../reconciliation/rules/child-labour.ts'
import { injuryClaims } from '../../../reconciliation/rules/injury-claims.ts'
import { platformWorkUncovered } from '../../../reconciliation/rules/platform-work-uncovered.ts'
import type { Benefit, LifeEvent, SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const given = { asOf: '2026-11-22', law }
const pilot = 'cn-pilot/injury'
type Facts = Partial<SourceRecord> & { absent?: boolean }

/** A day of thirty deliveries in Beijing. */
const day = (on: string, insured: number | undefined, more: Partial<LifeEvent> = {}): LifeEvent => ({
  kind: 'work-day',
  on,
  place: 'CN-BJ',
  service: 'delivery',
  employer: { id: 'P1' },
  count: 30,
  ...(insured !== undefined && { insured }),
  ...more,
})
const rider = (...records: [registry: string, facts: Facts][]) =>
  person('p', ...records.map(([registry, facts], index) => held(registry, { sourceId: `${index}`, ...facts })))

describe('orders without injury insurance', () => {
  const found = (events: LifeEvent[], more: Facts = {}) =>
    findings(platformWorkUncovered, [rider(['cn-pilot', { events, ...more }])], given)

  test('a month with two days that are not fully insured is one finding', () => {
    expect(found([day('2026-11-02', 30), day('2026-11-03', 0), day('2026-11-04', 29)])).toMatchObject([
      {
        about: `${pilot} P1 2026-11`,
        owner: 'cn-pilot',
        facts: { scheme: pilot, month: '2026-11', days: 2, orders: 90, insured: 59 },
      },
    ])
  })

  test('each platform and each month is a finding of its own', () => {
    const events = [day('2026-10-30', 0), day('2026-11-03', 0), day('2026-11-03', 0, { employer: { id: 'P2' } })]
    expect(found(events).map(({ about }) => about)).toEqual([
      `${pilot} P1 2026-10`,
      `${pilot} P1 2026-11`,
      `${pilot} P2 2026-11`,
    ])
  })

  test.each<[string, LifeEvent]>([
    ['every order insured', day('2026-11-03', 30)],
    ['no order on that day', day('2026-11-03', 0, { count: 0 })],
    ['the day before the pilot', day('2022-06-30', 0)],
    ['a province that is not known to be in the pilot', day('2026-11-03', 0, { place: 'CN-GS' })],
    ['the place is not known', (({ place: _, ...rest }) => rest)(day('2026-11-03', 0))],
    ['a kind of work that is not insured by the order', day('2026-11-03', 0, { service: 'domestic' })],
    ['only the month is known', day('2026-11', 0)],
    ['after the day that the run looks at', day('2026-11-23', 0)],
  ])('no finding: %s', (_, event) => {
    expect(found([event])).toEqual([])
  })

  test('the first day of the pilot, and a day of which no premium is told, are found', () => {
    expect(found([day('2022-07-01', undefined)])).toHaveLength(1)
  })

  test('the platform tells the orders, another registry the premiums', () => {
    const { count: _, ...premiums } = day('2026-11-03', 30)
    const orders: [string, Facts] = ['cn-platform', { events: [day('2026-11-03', undefined)] }]
    expect(findings(platformWorkUncovered, [rider(orders, ['cn-pilot', { events: [premiums] }])], given)).toEqual([])
    expect(findings(platformWorkUncovered, [rider(orders)], given)).toHaveLength(1)
  })

  test('a record that its registry lists no more says nothing', () => {
    expect(found([day('2026-11-03', 0)], { absent: true })).toEqual([])
  })
})

describe('injuries', () => {
  const paid = (eventOn: string, scheme = pilot, more: Partial<Benefit> = {}): Benefit => ({
    scheme,
    branch: 'employment-injury',
    kind: 'cash',
    state: 'paid',
    amount: { amount: 640_000, currency: 'CNY' },
    eventOn,
    ...more,
  })
  const found = (events: LifeEvent[], benefits: Benefit[]) =>
    findings(injuryClaims, [rider(['cn-pilot', { events, benefits }])], given)

  test('paid for a day on which no order had a premium', () => {
    expect(found([day('2026-10-03', 0)], [paid('2026-10-03')])).toMatchObject([
      { about: `uncovered ${pilot} 2026-10`, money: { amount: 640_000, currency: 'CNY' }, facts: { month: '2026-10' } },
    ])
  })

  test('a premium in a record that is merely linked covers the day', () => {
    const part = rider(['cn-pilot', { events: [day('2026-10-03', 0)], benefits: [paid('2026-10-03')] }])
    const whole = rider(
      ['cn-pilot', { events: [day('2026-10-03', 0)], benefits: [paid('2026-10-03')] }],
      ['cn-pilot', { events: [day('2026-10-03', 9)] }],
    )
    expect(findings(injuryClaims, [part], given)).toHaveLength(1)
    expect(findings(injuryClaims, [part], { ...given, whole })).toEqual([])
  })

  test('paid by the pilot and by another scheme', () => {
    const other = paid('2026-10-03', 'cn-social/injury', { amount: { amount: 900_000, currency: 'CNY' } })
    expect(found([day('2026-10-03', 30)], [paid('2026-10-03'), other])).toMatchObject([
      { about: `twice ${pilot} 2026-10`, money: { amount: 640_000, currency: 'CNY' } },
    ])
  })

  test.each<[string, LifeEvent[], Benefit[]]>([
    ['an insured day', [day('2026-10-03', 30)], [paid('2026-10-03')]],
    ['some of the orders were insured, perhaps this one', [day('2026-10-03', 1)], [paid('2026-10-03')]],
    ['nothing is known about the day', [day('2026-10-02', 0)], [paid('2026-10-03')]],
    [
      'a day for another platform was insured',
      [day('2026-10-03', 0), day('2026-10-03', 9, { employer: { id: 'P2' } })],
      [paid('2026-10-03')],
    ],
    ['only the month of the injury is known', [day('2026-10-03', 0)], [paid('2026-10')]],
    ['the claim was refused', [day('2026-10-03', 0)], [paid('2026-10-03', pilot, { state: 'failed' })]],
    [
      'paid by a scheme that does not insure by the order',
      [day('2026-10-03', 0)],
      [paid('2026-10-03', 'la-lsso/nssf')],
    ],
    ['two injuries', [], [paid('2026-10-03'), paid('2026-10-04', 'cn-social/injury')]],
    ['perhaps one injury', [], [paid('2026-10-03'), paid('2026-10', 'cn-social/injury')]],
    [
      'money from one, care from the other',
      [],
      [paid('2026-10-03'), paid('2026-10-03', 'cn-social/injury', { kind: 'service' })],
    ],
    ['two parts of one benefit', [], [paid('2026-10-03'), paid('2026-10-03')]],
  ])('no finding: %s', (_, events, benefits) => {
    expect(found(events, benefits)).toEqual([])
  })
})

describe('children at work', () => {
  const employer = { id: 'E1' }
  const declared = (month: string): Facts => ({
    contributions: [{ scheme: 'ke-nssf/act-2013', month, state: 'declared', employer }],
  })
  const found = (facts: Facts, registry = 'ke-nssf') => findings(childLabour, [rider([registry, facts])], given)

  test('fifteen in all of the month that an employer declared; a second month is the same finding', () => {
    const contributions = ['2026-09', '2026-10'].flatMap((month) => declared(month).contributions ?? [])
    expect(found({ birthDate: '2010-11-01', contributions })).toMatchObject([
      {
        about: 'ke-nssf E1',
        owner: 'ke-nssf',
        facts: { employer: 'E1', age: 15, limit: 16, first: '2026-09', last: '2026-10', days: 2 },
      },
    ])
  })

  test.each<[string, Facts, string?]>([
    ['sixteen on the last day of the month', { birthDate: '2010-10-31', ...declared('2026-10') }],
    ['perhaps sixteen: only the year of birth is known', { birthDate: '2010', ...declared('2026-10') }],
    [
      'perhaps sixteen: a day that offices write for a year',
      { birthDate: '2010-12-31', quality: [{ code: 'birth-date-heaped', pointer: '/dob' }], ...declared('2026-10') },
    ],
    ['no birth date', declared('2026-10')],
    [
      'nobody employed her: savings',
      { birthDate: '2015-05-05', contributions: [{ scheme: 'ke-nssf/haba-haba', month: '2026-10', state: 'paid' }] },
    ],
    [
      'a mistake that was reversed',
      {
        birthDate: '2015-05-05',
        contributions: [{ scheme: 'ke-nssf/act-2013', month: '2026-10', state: 'reversed', employer }],
      },
    ],
    ['after the day that the run looks at', { birthDate: '2015-05-05', ...declared('2026-12') }],
    ['listed no more', { birthDate: '2015-05-05', absent: true, ...declared('2026-10') }],
    ['in Laos children may work from fourteen', { birthDate: '2012-01-05', ...declared('2026-10') }, 'la-lsso'],
    ['a rider on the sixteenth birthday', { birthDate: '2010-11-03', events: [day('2026-11-03', 30)] }, 'cn-pilot'],
    ['logged in, and no order', { birthDate: '2012-11-03', events: [day('2026-11-03', 0, { count: 0 })] }, 'cn-pilot'],
  ])('no finding: %s', (_, facts, registry) => {
    expect(found(facts, registry)).toEqual([])
  })

  test.each<[string, Facts, string?]>([
    ['the day before the sixteenth birthday', { birthDate: '2010-11-04', events: [day('2026-11-03', 30)] }, 'cn-pilot'],
    ['too young on every day of the year of birth', { birthDate: '2011', ...declared('2026-10') }],
  ])('found: %s', (_, facts, registry) => {
    expect(found(facts, registry)).toHaveLength(1)
  })

  test('a birth date that only the platform believes does not hide a child from the population register, and another record does', () => {
    const platform: [string, Facts] = ['ke-rides', { birthDate: '2006-01-05', events: [day('2026-11-03', 30)] }]
    const child: Facts = { birthDate: '2011-03-03' }
    expect(findings(childLabour, [rider(['ke-iprs', child], platform)], given)).toHaveLength(1)
    expect(findings(childLabour, [rider(['ke-sha', child], platform)], given)).toEqual([])
  })
})
