import { describe, expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { eligibleInHousehold, eligibleNotEnrolled } from '../../../reconciliation/rules/eligible-not-enrolled.ts'
import type { Assessment, Benefit, Enrolment, Household, SourceRecord } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const given = { asOf: '2026-11-22', law }
type Facts = Partial<SourceRecord> & { absent?: boolean }

const score = (kind: Assessment['kind'], value: number, on = '2024-06-01'): Assessment => ({ kind, value, on })
const on = (scheme: string, more: Partial<Enrolment> = {}): Enrolment => ({
  scheme,
  branches: ['social-assistance'],
  status: 'active',
  ...more,
})
const drawn = (scheme: string, month: string): Benefit => ({
  scheme,
  branch: 'old-age',
  kind: 'cash',
  state: 'paid',
  month,
})
const older = 'ke-inua/older-persons'
const disability = 'ke-inua/disability'
const assessedOld: Facts = { birthDate: '1956-11-22', assessments: [score('poverty', 18)] }

describe('a person of no household', () => {
  const found = (facts: Facts, registry = 'ke-esr') =>
    findings(eligibleNotEnrolled, [person('p', held(registry, { ...assessedOld, ...facts }))], given)

  test('seventy years old, assessed, not enrolled: referred to the programme, with what is not drawn a month', () => {
    expect(found({})).toMatchObject([
      {
        about: older,
        owner: 'ke-inua',
        money: { amount: 200_000, currency: 'KES' },
        facts: { title: 'Inua Jamii, older persons', because: 'aged 70 or over, poverty score of at most 32' },
      },
    ])
  })

  test.each<[string, Facts]>([
    ['seventy tomorrow', { birthDate: '1956-11-23' }],
    ['perhaps seventy: only the year of birth is known', { birthDate: '1956' }],
    ['never assessed', { assessments: [] }],
    ['not poor', { assessments: [score('poverty', 33)] }],
    ['assessed after the day that the run looks at', { assessments: [score('poverty', 18, '2026-12')] }],
    ['enrolled', { enrolments: [on(older)] }],
    ['enrolled, and suspended', { enrolments: [on(older, { status: 'suspended' })] }],
    ['paid lately', { benefits: [drawn(older, '2026-09')] }],
    ['on the programme for the disabled, which excludes it', { enrolments: [on(disability)] }],
    ['a public pension', { benefits: [drawn('ke-payroll/public-pension', '2026-10')] }],
    ['on the public payroll', { enrolments: [on('ke-payroll/public-service')] }],
    ['said to have died', { death: { status: 'reported' } }],
    ['listed no more', { absent: true }],
    ['of a household: the household is looked at', { households: [{ number: 'H1', role: 'head' }] }],
  ])('not referred: %s', (_, facts) => {
    expect(found(facts)).toEqual([])
  })

  test('nobody is referred by age whose birth date is not known', () => {
    const { birthDate: _, ...unknown } = assessedOld
    expect(findings(eligibleNotEnrolled, [person('p', held('ke-esr', unknown))], given)).toEqual([])
  })

  test.each<[string, Facts]>([
    ['seventy on every day of the year of birth', { birthDate: '1955' }],
    ['was enrolled once', { enrolments: [on(older, { status: 'ended' })] }],
    ['draws a pension that he paid for', { benefits: [drawn('ke-nssf/act-2013', '2026-10')] }],
    ['a household of last year', { households: [{ number: 'H1', role: 'head', until: '2025-12-31' }] }],
    ['enrolled in what ended last year', { enrolments: [on(disability, { until: '2025' })] }],
  ])('referred: %s', (_, facts) => {
    expect(found(facts)).toMatchObject([{ about: older }])
  })

  test.each<[string, number, string[]]>([
    ['the highest grade', 4, [disability]],
    ['the grade below it', 3, []],
  ])('disability: %s', (_, value, schemes) => {
    const drafts = found({ birthDate: '1990-05-05', assessments: [score('disability', value)] })
    expect(drafts.map(({ about }) => about)).toEqual(schemes)
  })

  test('the last assessment counts', () => {
    const assessments = [score('disability', 4, '2020'), score('disability', 2, '2024-03')]
    expect(found({ birthDate: '1990-05-05', assessments })).toEqual([])
  })

  const wife: Facts = { sex: 'female', relations: [{ role: 'spouse' }], assessments: [score('poverty', 32)] }
  test.each<[string, Facts, number]>([
    ['a wife at the limit', wife, 1],
    ['a wife above it', { ...wife, assessments: [score('poverty', 32.1)] }, 0],
    ['a husband', { ...wife, sex: 'male' }, 0],
    ['sex not known', { ...wife, sex: 'not-known' }, 0],
    ['a woman of whom nobody says that she ever married', { ...wife, relations: [] }, 0],
  ])('in Pakistan: %s', (_, facts, count) => {
    expect(found({ birthDate: '1990-05-05', ...facts }, 'pk-nser')).toHaveLength(count)
  })
})

describe('the members of a household', () => {
  const member = (id: string, role: Household['role'], facts: Facts = {}, until?: string) =>
    person(
      id,
      held('ke-inua', { sourceId: id, households: [{ number: 'H1', role, ...(until && { until }) }], ...facts }),
    )
  const grandfather = member('a', 'head', assessedOld)

  test('one of them may be entitled', () => {
    expect(findings(eligibleInHousehold, [grandfather, member('b', 'child')], given)).toMatchObject([
      { about: older, persons: ['a'], facts: { people: 1 } },
    ])
  })

  test('two of them may: one finding', () => {
    expect(findings(eligibleInHousehold, [grandfather, member('b', 'spouse', assessedOld)], given)).toMatchObject([
      { about: older, persons: ['a', 'b'], facts: { people: 2 } },
    ])
  })

  test.each<[string, ReturnType<typeof member>]>([
    ['another programme pays the household', member('b', 'other', { enrolments: [on('ke-inua/orphans')] })],
    [
      'his wife has a public pension',
      member('b', 'spouse', { benefits: [drawn('ke-payroll/public-pension', '2026-10')] }),
    ],
  ])('not referred: %s', (_, other) => {
    expect(findings(eligibleInHousehold, [grandfather, other], given)).toEqual([])
  })

  test.each<[string, ReturnType<typeof member>]>([
    [
      'who drew the other programme has moved out',
      member('b', 'other', { enrolments: [on('ke-inua/orphans')] }, '2026-11-21'),
    ],
    ['a grown child has public pay', member('b', 'child', { enrolments: [on('ke-payroll/public-service')] })],
    ['his wife is in the same programme, which is for persons', member('b', 'spouse', { enrolments: [on(older)] })],
  ])('referred: %s', (_, other) => {
    expect(findings(eligibleInHousehold, [grandfather, other], given)).toHaveLength(1)
  })

  test('a programme for households that one of them is on', () => {
    const needy: Facts = { birthDate: '1990-05-05', assessments: [score('disability', 4)] }
    expect(findings(eligibleInHousehold, [member('a', 'child', needy)], given)).toHaveLength(1)
    const enrolled = member('b', 'child', { enrolments: [on(disability)] })
    expect(findings(eligibleInHousehold, [member('a', 'child', needy), enrolled], given)).toEqual([])
  })

  test('two registries count her in a household: that of the programmes counts', () => {
    const both = person(
      'a',
      held('ke-sha', { households: [{ number: 'HH1', role: 'head' }] }),
      held('ke-inua', { ...assessedOld, households: [{ number: 'H1', role: 'head' }] }),
    )
    expect(findings(eligibleInHousehold, [both], given)).toHaveLength(1)
    expect(findings(eligibleNotEnrolled, [both], given)).toEqual([])
  })
})
