import { expect, test } from 'vitest'
import { law } from '../../../reconciliation/law/countries.ts'
import { incompatibleInHousehold } from '../../../reconciliation/rules/incompatible-in-household.ts'
import type { Household } from '../../../schemas/contract.ts'
import { findings, held, person } from '../../kit/dossiers.ts'

const asOf = '2026-11-22'
type Home = Partial<Household>
const member = (id: string, scheme: string | undefined, home: Home = {}, registry = 'ke-inua') =>
  person(
    id,
    held(registry, {
      sourceId: id,
      households: [{ number: 'H-1', role: 'head', from: '2023-01-01', ...home }],
      enrolments: scheme ? [{ scheme, branches: ['social-assistance'], status: 'active', from: '2025-02-01' }] : [],
    }),
  )
const older = 'ke-inua/older-persons'
const orphans = 'ke-inua/orphans'

test('a grandmother with the older persons’ transfer and a child with that for orphans, in one household', () => {
  const drafts = findings(incompatibleInHousehold, [member('a', older), member('b', orphans), member('c', undefined)], {
    asOf,
    law,
  })
  expect(drafts).toMatchObject([
    { about: `${orphans} ${older}`, owner: 'ke-inua', persons: ['b', 'a'], facts: { since: '2025-02-01' } },
  ])
})

test('who joined the household later brings the day of joining', () => {
  const people = [member('a', older, { from: '2026-09-01' }), member('b', orphans)]
  expect(findings(incompatibleInHousehold, people, { asOf, law })).toMatchObject([{ facts: { since: '2026-09-01' } }])
})

test.each<[string, ReturnType<typeof member>[]]>([
  ['two households', [member('a', older), member('b', orphans, { number: 'H-2' })]],
  ['one of them has moved out', [member('a', older, { until: '2026-08-31' }), member('b', orphans)]],
  ['one of them moved in this month', [member('a', older, { from: '2026-11-01' }), member('b', orphans)]],
  ['one of them moved in some time this year', [member('a', older, { from: '2026' }), member('b', orphans)]],
  ['the same programme for both', [member('a', orphans), member('b', orphans)]],
  [
    'a household of another registry, which is no household of the programme',
    [member('a', older, {}, 'ke-sha'), member('b', orphans, {}, 'ke-sha')],
  ],
])('not found: %s', (_, people) => {
  expect(findings(incompatibleInHousehold, people, { asOf, law })).toEqual([])
})

test('a membership without a beginning is no overlap since ever', () => {
  const undated = person(
    'b',
    held('ke-inua', {
      sourceId: 'b',
      households: [{ number: 'H-1', role: 'other', from: '2023-01-01' }],
      enrolments: [{ scheme: orphans, branches: ['social-assistance'], status: 'active' }],
    }),
  )
  expect(findings(incompatibleInHousehold, [member('a', older), undated], { asOf, law })).toEqual([])
})

test('at stake is what the one paid for months in which the other was drawn', () => {
  const paid = ['2025-01', '2025-02', '2025-03', '2026-09'].map((month) => ({
    scheme: orphans,
    branch: 'social-assistance' as const,
    kind: 'cash' as const,
    state: 'paid' as const,
    month,
    amount: { amount: 200_000, currency: 'KES' as const },
  }))
  const [held0] = member('b', orphans).records
  const child = person('b', ...(held0 ? [{ ...held0, record: { ...held0.record, benefits: paid } }] : []))
  const joined = member('a', older, { from: '2026-08-15' })
  expect(findings(incompatibleInHousehold, [joined, child], { asOf, law })).toMatchObject([
    { facts: { since: '2026-08-15' }, money: { amount: 200_000, currency: 'KES' } },
  ])
})
