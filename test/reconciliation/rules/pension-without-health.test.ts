import { expect, test } from 'vitest'
import { law, within } from '../../../reconciliation/law/countries.ts'
import { pensionWithoutHealth } from '../../../reconciliation/rules/pension-without-health.ts'
import type { Benefit, Death, Enrolment } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const asOf = '2026-11-22'
const pension = (more: Partial<Benefit> = {}): Benefit => ({
  scheme: 'ke-nssf/act-2013',
  branch: 'old-age',
  kind: 'cash',
  state: 'paid',
  month: '2026-10',
  ...more,
})
const cover = (more: Partial<Enrolment> = {}): Enrolment => ({
  scheme: 'ke-sha/shif',
  branches: ['medical-care'],
  status: 'active',
  ...more,
})
type Case = { benefit?: Benefit; enrolment?: Enrolment; absent?: boolean; death?: Death; registries?: string[] }
const found = ({ benefit = pension(), enrolment, absent = false, death, registries }: Case) =>
  findings(
    pensionWithoutHealth,
    [
      person(
        'p',
        held('ke-nssf', { benefits: [benefit] }),
        ...(enrolment ? [held('ke-sha', { enrolments: [enrolment], absent, ...(death && { death }) })] : []),
      ),
    ],
    { asOf, law: within(law, registries ?? ['ke-nssf', 'ke-sha', 'ke-inua', 'la-lsso']) },
  )

test('the last month is the latest, in whatever order the lists have them', () => {
  const benefits = ['2026-10', '2026-11', '2026-09'].map((month) => pension({ month }))
  const drafts = findings(pensionWithoutHealth, [person('p', held('ke-nssf', { benefits }))], {
    asOf,
    law: within(law, ['ke-nssf', 'ke-sha']),
  })
  expect(drafts).toMatchObject([{ facts: { month: '2026-11' }, evidence: [{ pointer: '/benefits/1' }, {}, {}] }])
})

test('the health scheme is told whom it can enrol', () => {
  expect(found({})).toMatchObject([
    {
      about: 'ke-sha/shif',
      owner: 'ke-sha',
      facts: { pension: 'ke-nssf/act-2013', month: '2026-10', cover: 'never enrolled' },
    },
  ])
})

test.each<[string, Case]>([
  ['cover ended yesterday', { enrolment: cover({ until: '2026-11-21' }) }],
  ['cover is called inactive', { enrolment: cover({ status: 'inactive' }) }],
  [
    'only the old fund, which has ended',
    { enrolment: cover({ scheme: 'ke-sha/nhif', status: 'ended', until: '2024-09-30' }) },
  ],
])('lapsed: %s', (_, given) => {
  expect(found(given)).toMatchObject([{ facts: { cover: 'lapsed' } }])
})

test('a health record that is listed no more is as none', () => {
  expect(found({ enrolment: cover(), absent: true })).toMatchObject([{ facts: { cover: 'never enrolled' } }])
})

test.each<[string, Case]>([
  ['covered', { enrolment: cover() }],
  ['covered through today', { enrolment: cover({ until: '2026-11-22' }) }],
  ['cover ends some time this year', { enrolment: cover({ until: '2026' }) }],
  ['the registry contradicts itself', { enrolment: cover({ status: 'unknown' }) }],
  ['the pension ended half a year ago', { benefit: pension({ month: '2026-05' }) }],
  ['the payment came back', { benefit: pension({ state: 'returned' }) }],
  ['a survivor’s pension is not the question here', { benefit: pension({ branch: 'survivors' }) }],
  ['perhaps dead: nobody writes to the dead', { enrolment: cover({ status: 'ended' }), death: { status: 'reported' } }],
  ['the hub does not read the health registry, so its silence means nothing', { registries: ['ke-nssf'] }],
  ['one scheme pays the pension and covers health', { benefit: pension({ scheme: 'la-lsso/nssf' }) }],
])('not found: %s', (_, given) => {
  expect(found(given)).toEqual([])
})
